//! A small world to judge in: an authority with people, a seal, a server and a clock.

use jiff::{SignedDuration, Timestamp};
use wire::algorithm::{Digest, PublicKey, SignatureAlgorithm};
use wire::pki::certificate::{Certificate, Serial};
use wire::pki::crl::{self, Crl, CrlProfile, Entry, Reason};
use wire::pki::der::Oid;
use wire::pki::extension::{DistributionPoint, Extension, ExtensionBuilder, KeyUsage, key_id};
use wire::pki::issue::{self, CertificateProfile};
use wire::pki::name::Name;
use wire::pki::ocsp::Response;
use wire::pki::oids;
use wire::pki::path::Anchor;
use wire::pki::time_stamp::{self, Imprint, Request, StampProfile};

use crate::key::KeyKind;
use crate::signing::{self, Format, Order};
use crate::software::{SoftwareKey, generate};
use crate::verdict::{Policy, Question, Report, Trust, judge};

pub fn day(text: &str) -> Timestamp {
    format!("{text}T02:00:00Z").parse().unwrap()
}

pub struct Holder {
    pub key: SoftwareKey,
    pub certificate: Certificate,
}

impl Holder {
    pub fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Vec<u8> {
        self.key.sign(algorithm, message).unwrap()
    }
}

/// What one certificate differs in.
pub struct Wish<'a> {
    pub names: &'a [(Oid, &'a str)],
    pub usage: KeyUsage,
    pub purposes: &'a [Oid],
    pub from: &'a str,
    pub until: &'a str,
    pub kind: KeyKind,
    pub told: Told<'a>,
}

/// Where a certificate says that its issuer tells about revocation.
#[derive(Clone, Copy, Default)]
pub struct Told<'a> {
    pub list: Option<&'a str>,
    pub responder: Option<&'a str>,
}

impl Told<'_> {
    fn put(self, extensions: ExtensionBuilder) -> ExtensionBuilder {
        let lists: Vec<DistributionPoint> =
            self.list.into_iter().map(DistributionPoint::at).collect();
        let extensions = if lists.is_empty() { extensions } else { extensions.crl_points(&lists) };
        match self.responder {
            Some(address) => extensions.authority_access(&[address], &[]),
            None => extensions,
        }
    }
}

pub const SIGNS: KeyUsage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CONTENT_COMMITMENT);

pub const PERSON: &[(Oid, &str)] = &[
    (oids::COUNTRY, "VN"),
    (oids::ORGANIZATION, "Ủy ban nhân dân xã Thử"),
    (oids::TITLE, "Chủ tịch"),
    (oids::COMMON_NAME, "Nguyễn Văn An"),
];
pub const SEAL: &[(Oid, &str)] = &[
    (oids::COUNTRY, "VN"),
    (oids::ORGANIZATION, "Ủy ban nhân dân xã Thử"),
    (oids::COMMON_NAME, "Ủy ban nhân dân xã Thử"),
];

impl Default for Wish<'_> {
    fn default() -> Self {
        Wish {
            names: PERSON,
            usage: SIGNS,
            purposes: &[oids::DOCUMENT_SIGNING],
            from: "2025-01-01",
            until: "2028-01-01",
            kind: KeyKind::P256,
            told: Told::default(),
        }
    }
}

pub struct World {
    pub root: Holder,
    pub issuing: Holder,
    pub person: Holder,
    pub seal: Holder,
    pub server: Holder,
    pub clock: Holder,
}

fn serial() -> Serial {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1000);
    Serial::new(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes()).unwrap()
}

fn fresh(kind: KeyKind) -> SoftwareKey {
    SoftwareKey::open(&generate(kind).unwrap()).unwrap()
}

fn certify(
    issuer: Option<&Holder>,
    key: SoftwareKey,
    (names, from, until): (&[(Oid, &str)], &str, &str),
    extensions: &[Extension],
) -> Holder {
    let subject = Name::build(names).unwrap();
    let profile = CertificateProfile {
        serial: &serial(),
        issuer: issuer.map_or(&subject, |issuer| &issuer.certificate.subject),
        subject: &subject,
        not_before: day(from),
        not_after: day(until),
        key: key.public_key(),
        extensions,
    };
    let signer = issuer.map_or(&key, |issuer| &issuer.key);
    let prepared = issue::prepare(&profile, signer.kind().usual_algorithm()).unwrap();
    let value = signer.sign(prepared.algorithm(), prepared.to_be_signed()).unwrap();
    let certificate = Certificate::read(&prepared.finish(&value)).unwrap();
    Holder { key, certificate }
}

pub fn authority(issuer: Option<&Holder>, name: &str) -> Holder {
    authority_told(issuer, name, Told::default())
}

pub fn authority_told(issuer: Option<&Holder>, name: &str, told: Told<'_>) -> Holder {
    let key = fresh(KeyKind::P256);
    let own = key_id(key.public_key());
    let above = issuer.map_or(own, |above| key_id(above.key.public_key()));
    let extensions = ExtensionBuilder::new()
        .authority(None)
        .key_usage(KeyUsage::CERTIFICATE_SIGN.and(KeyUsage::CRL_SIGN))
        .subject_key_id(key.public_key())
        .authority_key_id(&above);
    let extensions = told.put(extensions).finish();
    let names = [(oids::COUNTRY, "VN"), (oids::COMMON_NAME, name)];
    certify(issuer, key, (&names, "2020-01-01", "2040-01-01"), &extensions)
}

pub fn holder(issuer: &Holder, wish: &Wish<'_>) -> Holder {
    let key = fresh(wish.kind);
    let extensions = ExtensionBuilder::new()
        .end_entity()
        .key_usage(wish.usage)
        .subject_key_id(key.public_key())
        .authority_key_id(&key_id(issuer.key.public_key()));
    let mut extensions = wish.told.put(extensions);
    if !wish.purposes.is_empty() {
        extensions = extensions.extended_key_usage(wish.purposes);
    }
    let dates = (wish.names, wish.from, wish.until);
    certify(Some(issuer), key, dates, &extensions.finish())
}

impl World {
    pub fn new() -> World {
        World::told(Told::default(), Told::default())
    }

    /// A world whose root tells about its authority, and the authority about its people, there.
    pub fn told(of_authority: Told<'_>, of_people: Told<'_>) -> World {
        let root = authority(None, "Gốc thử");
        let issuing = authority_told(Some(&root), "Cấp phát thử", of_authority);
        let person = holder(&issuing, &Wish { told: of_people, ..Wish::default() });
        let seal = holder(&issuing, &Wish { names: SEAL, told: of_people, ..Wish::default() });
        let name: &[(Oid, &str)] = &[(oids::COUNTRY, "VN"), (oids::COMMON_NAME, "may.thu.vn")];
        let purposes: &[Oid] = &[oids::SERVER_AUTH];
        let server = holder(&issuing, &Wish { names: name, purposes, ..Wish::default() });
        let clock = World::clock(&issuing, "2036-01-01");
        World { root, issuing, person, seal, server, clock }
    }

    pub fn clock(issuing: &Holder, until: &str) -> Holder {
        let names: &[(Oid, &str)] = &[(oids::COUNTRY, "VN"), (oids::COMMON_NAME, "Giờ thử")];
        let purposes: &[Oid] = &[oids::TIME_STAMPING];
        let usage = KeyUsage::DIGITAL_SIGNATURE;
        holder(issuing, &Wish { names, purposes, usage, until, ..Wish::default() })
    }

    /// Lists of both authorities, as of a day.
    pub fn crls(&self, as_of: &str, revoked: &[(&Certificate, &str, Reason)]) -> Vec<Crl> {
        let list = |issuer: &Holder, entries: &[Entry]| {
            let profile = CrlProfile {
                issuer: &issuer.certificate.subject,
                issuer_key_id: &key_id(issuer.key.public_key()),
                this_update: day(as_of),
                next_update: day(as_of) + SignedDuration::from_hours(24 * 30),
                number: 1,
            };
            let algorithm = issuer.key.kind().usual_algorithm();
            let prepared = crl::prepare(&profile, entries, algorithm).unwrap();
            let value = issuer.sign(algorithm, prepared.to_be_signed());
            Crl::read_der(prepared.finish(&value)).unwrap()
        };
        let entries: Vec<Entry> = revoked
            .iter()
            .map(|(certificate, since, reason)| Entry {
                serial: certificate.serial.clone(),
                revoked_at: day(since),
                reason: *reason,
                invalid_since: None,
            })
            .collect();
        vec![list(&self.root, &[]), list(&self.issuing, &entries)]
    }

    pub fn chain(&self) -> Vec<Certificate> {
        vec![self.issuing.certificate.clone()]
    }

    /// A signed file; with a stamp at a day when there is one.
    pub fn signed(&self, job: &Job<'_>) -> Vec<u8> {
        let chain = self.chain();
        let order = Order {
            format: job.format,
            file: job.file,
            name: "tờ trình.txt",
            media_type: "text/plain",
            certificate: &job.signer.certificate,
            chain: &chain,
            at: day(job.at),
            field: job.field,
            reason: None,
            shown: None,
            id: job.field,
        };
        let draft = signing::prepare(&order).unwrap();
        let value = job.signer.sign(draft.algorithm(), draft.to_be_signed());
        let mut signed = draft.sign(&value).unwrap();
        if let Some((clock, at)) = job.stamp {
            let over = signed.to_be_stamped().unwrap().unwrap();
            signed = signed.stamp(&stamp(clock, &over, at, &chain)).unwrap();
        }
        if let Some(crls) = job.evidence {
            let crls = crls.iter().map(|crl| crl.der().to_vec()).collect();
            let values = signing::Values { crls, ..signing::Values::default() };
            signed = signed.with_values(&values).unwrap();
        }
        for (clock, at) in job.archives {
            let over = signed.to_be_archived(job.file).unwrap().unwrap();
            let token = stamp(clock, &over, at, &chain);
            signed = signed.archive(&token, job.file).unwrap();
        }
        signed.finish().unwrap()
    }

    pub fn judge(&self, file: &[u8], at: &str, crls: &[Crl]) -> Report {
        self.judge_with(file, None, at, crls)
    }

    pub fn judge_with(
        &self,
        file: &[u8],
        content: Option<&[u8]>,
        at: &str,
        crls: &[Crl],
    ) -> Report {
        let anchors = [Anchor::new(self.root.certificate.clone())];
        let ocsp: [Response; 0] = [];
        let trust = Trust { anchors: &anchors, certificates: &[], crls, ocsp: &ocsp, own: &[] };
        let policy = Policy::default();
        judge(file, &trust, &Question { at: day(at), policy: &policy, content })
    }
}

pub struct Job<'a> {
    pub format: Format,
    pub file: &'a [u8],
    pub signer: &'a Holder,
    pub at: &'a str,
    pub field: &'a str,
    pub stamp: Option<(&'a Holder, &'a str)>,
    pub evidence: Option<&'a [Crl]>,
    /// Over all of that, one after the other.
    pub archives: &'a [(&'a Holder, &'a str)],
}

impl<'a> Job<'a> {
    pub fn new(format: Format, file: &'a [u8], signer: &'a Holder) -> Job<'a> {
        let at = "2026-06-01";
        Job { format, file, signer, at, field: "ky1", stamp: None, evidence: None, archives: &[] }
    }

    pub fn stamped(self, clock: &'a Holder, at: &'a str) -> Job<'a> {
        Job { stamp: Some((clock, at)), ..self }
    }
}

/// A token over these bytes at a day.
pub fn stamp(clock: &Holder, over: &[u8], at: &str, chain: &[Certificate]) -> Vec<u8> {
    let request = Request {
        imprint: Imprint::of(Digest::Sha256, over),
        policy: None,
        nonce: None,
        wants_certificate: true,
    };
    let profile = StampProfile {
        policy: "1.2.3.4".parse().unwrap(),
        serial: &serial(),
        at: day(at),
        accuracy: None,
        is_ordered: false,
        certificate: &clock.certificate,
        chain,
        digest: Digest::Sha256,
    };
    let algorithm = clock.key.kind().usual_algorithm();
    let prepared = time_stamp::prepare(&request, &profile, algorithm).unwrap();
    let answer = prepared.finish(&clock.sign(algorithm, prepared.to_be_signed()));
    match time_stamp::read_response(&answer).unwrap() {
        time_stamp::Response::Granted(token) => token,
        other => panic!("{other:?}"),
    }
}

pub fn key_of(certificate: &Certificate) -> &PublicKey {
    certificate.key.as_ref().unwrap()
}

pub fn pdf() -> Vec<u8> {
    platform::testing::pdf("Quyet dinh so 12")
}

pub const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<VanBan><SoKyHieu>12/QĐ-UBND\
    </SoKyHieu><TrichYeu>Về việc cấp giấy phép</TrichYeu></VanBan>";
