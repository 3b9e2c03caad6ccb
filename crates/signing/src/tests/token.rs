//! A key that this installation does not have, and software that is not this one: what an officer
//! signs with who takes the file away.

use std::sync::Arc;

use platform::store::StoreError;
use trust::clockwork::Asker;
use trust::signing::{Format, Order};
use trust::{Certificate, KeyKind, SoftwareKey, Stamper};
use wire::algorithm::Digest;
use wire::pdf::Certification;
use wire::pdf::picture::{Ink, Picture};
use wire::pdf::sign::{Purpose, RESERVED_BYTES_USUAL, Request, Shown, Statement, prepare};
use wire::pdf::stamp::{Rectangle, Stamp};
use wire::pdf::time::to_pdf;
use wire::pki::certificate::Certificate as X509;
use wire::pki::cms::{self, Content, SignatureProfile};
use wire::pki::issue::{self, CertificateProfile};
use wire::pki::name::Name;
use wire::pki::time_stamp::Imprint;
use wire::pki::{oids, pem, request};
use zeroize::Zeroizing;

use super::commune::{COMMUNE, COMMUNE_NAME, Town};
use super::drawing::spot;

type Pkcs8 = Zeroizing<Vec<u8>>;

pub struct Token {
    pub key: SoftwareKey,
    /// As its file would have it.
    pub pkcs8: Pkcs8,
    pub certificate: Certificate,
}

impl Token {
    /// Of an officer of the commune; the register knows it.
    pub async fn of(town: &mut Town, login: &str) -> Token {
        let (pkcs8, key) = fresh();
        let pkcs10 = asked(&key, &format!("Cán bộ {login}"));
        let fields = [
            ("profile", "officer"),
            ("unit", COMMUNE),
            ("login", login),
            ("title", "Chủ tịch"),
            ("carrier", "pki-token"),
            ("pkcs10", pkcs10.as_str()),
        ];
        Token { certificate: town.certify(&fields).await, key, pkcs8 }
    }

    /// The seal of the commune, on a token of its own.
    pub async fn seal(town: &mut Town) -> Token {
        let (pkcs8, key) = fresh();
        let pkcs10 = asked(&key, COMMUNE_NAME);
        let fields = [
            ("profile", "seal"),
            ("unit", COMMUNE),
            ("carrier", "pki-token"),
            ("pkcs10", pkcs10.as_str()),
        ];
        Token { certificate: town.certify(&fields).await, key, pkcs8 }
    }

    /// The same key and name in a certificate that only itself vouches for.
    pub fn of_nobody(&self) -> Token {
        let (pkcs8, key) = fresh();
        let known = self.x509();
        let profile = CertificateProfile {
            serial: &known.serial,
            issuer: &Name::build(&[(oids::COMMON_NAME, "Không ai biết")]).unwrap(),
            subject: &known.subject,
            not_before: known.not_before,
            not_after: known.not_after,
            key: key.public_key(),
            extensions: &[],
        };
        let prepared = issue::prepare(&profile, key.kind().usual_algorithm()).unwrap();
        let value = key.sign(prepared.algorithm(), prepared.to_be_signed()).unwrap();
        let der = prepared.finish(&value);
        Token { key, pkcs8, certificate: Certificate { der, ..self.certificate.clone() } }
    }

    /// A signature without time, as simple software makes it.
    pub fn sign(&self, town: &Town, pdf: &[u8], field: &str) -> Vec<u8> {
        self.sign_as(town, pdf, (field, None))
    }

    /// Seen on the page, so many points wide and high.
    pub fn sign_shown(&self, town: &Town, pdf: &[u8], size: f64) -> Vec<u8> {
        let picture = Picture::read(&spot((32, 32), [200, 20, 20], 0), Ink::Red).unwrap();
        let stamp = Stamp::picture(Arc::new(picture), size, size);
        let rectangle = Rectangle { left: 60.0, bottom: 400.0, width: size, height: size };
        let shown = Shown { page: 1, rectangle, stamp: &stamp };
        self.sign_how(town, pdf, ("Signature1", None, Some(shown)))
    }

    pub fn sign_as(
        &self,
        town: &Town,
        pdf: &[u8],
        (field, certification): (&str, Option<Certification>),
    ) -> Vec<u8> {
        self.sign_how(town, pdf, (field, certification, None))
    }

    fn sign_how(
        &self,
        town: &Town,
        pdf: &[u8],
        (field, certification, shown): (&str, Option<Certification>, Option<Shown<'_>>),
    ) -> Vec<u8> {
        let at = town.ctx().clock.now();
        let time = to_pdf(at);
        let statement = Statement { time: &time, ..Statement::default() };
        let asked = Request {
            field,
            purpose: Purpose::Signature(statement),
            shown,
            reserved_bytes: RESERVED_BYTES_USUAL,
            certification,
        };
        let prepared = prepare(pdf, &asked).unwrap();
        let hash = prepared.digest(Digest::Sha256);
        let profile = SignatureProfile {
            content: Content::Detached { digest: &hash },
            digest: Digest::Sha256,
            certificate: &self.x509(),
            chain: &[],
            signing_time: None,
        };
        let algorithm = self.key.kind().usual_algorithm();
        let message = cms::prepare(&profile, algorithm).unwrap();
        let signature = self.key.sign(message.algorithm(), message.to_be_signed()).unwrap();
        prepared.finish(&message.finish(&signature)).unwrap()
    }

    /// With signed time inside, as good software makes it.
    pub async fn sign_stamped(&self, town: &Town, pdf: &[u8], field: &str) -> Vec<u8> {
        let (certificate, chain) = (self.x509(), self.chain(town).await);
        let order = Order {
            format: Format::Pades,
            file: pdf,
            name: "van-ban.pdf",
            media_type: "application/pdf",
            certificate: &certificate,
            chain: &chain,
            at: town.ctx().clock.now(),
            field,
            reason: None,
            shown: None,
            id: field,
        };
        let draft = trust::signing::prepare(&order).unwrap();
        let signature = self.key.sign(draft.algorithm(), draft.to_be_signed()).unwrap();
        let signed = draft.sign(&signature).unwrap();
        let over = signed.to_be_stamped().unwrap().unwrap();
        let imprint = Imprint::of(Digest::Sha256, &over);
        let asker = Asker::new().unwrap();
        let stamp = asker.stamp(town.ctx(), &Stamper::default(), imprint).await.unwrap();
        signed.stamp(&stamp.token).unwrap().finish().unwrap()
    }

    fn x509(&self) -> X509 {
        self.certificate.x509().unwrap()
    }

    async fn chain(&self, town: &Town) -> Vec<X509> {
        let certificate = self.certificate.clone();
        let read = town
            .ctx()
            .store
            .read::<_, StoreError, _>(move |tx| trust::queries::chain(tx, &certificate));
        let above = read.await.unwrap().into_iter();
        above.filter(|one| one.subject != one.issuer).collect()
    }
}

fn fresh() -> (Pkcs8, SoftwareKey) {
    trust::read_key(&trust::generate_key(KeyKind::P256).unwrap()).unwrap()
}

/// A request for a certificate, as the token's maker writes it.
pub fn asked(key: &SoftwareKey, name: &str) -> String {
    let subject = Name::build(&[(oids::COUNTRY, "VN"), (oids::COMMON_NAME, name)]).unwrap();
    let algorithm = key.kind().usual_algorithm();
    let prepared = request::prepare(&subject, key.public_key(), &[], algorithm).unwrap();
    let signature = key.sign(algorithm, prepared.to_be_signed()).unwrap();
    pem::write("CERTIFICATE REQUEST", &prepared.finish(&signature))
}

/// The file with another revision behind it, in which these objects are new or others than before.
pub fn appended(pdf: &[u8], objects: &[(u32, &str)]) -> Vec<u8> {
    let tail = String::from_utf8_lossy(&pdf[pdf.len().saturating_sub(80)..]).into_owned();
    let before = tail.split("startxref").nth(1).unwrap().split_whitespace().next().unwrap();
    let size = 200;
    let mut file = pdf.to_vec();
    if !file.ends_with(b"\n") {
        file.push(b'\n');
    }
    let mut table = String::from("xref\n");
    for (number, body) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", file.len()));
        file.extend_from_slice(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes());
    }
    let at = file.len();
    file.extend_from_slice(table.as_bytes());
    let end =
        format!("trailer\n<</Size {size}/Root 1 0 R/Prev {before}>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(end.as_bytes());
    file
}
