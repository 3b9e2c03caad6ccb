//! The four levels of PAdES with our own messages and stamps: B-B, B-T, B-LT, B-LTA.

use super::others::RESULT;
use super::tools::{pdfsig_agrees_in, pyhanko, qpdf_agrees_in, request};
use jiff::SignedDuration;

use crate::algorithm::Digest;
use crate::pdf::changes::Level;
use crate::pdf::sign::{Prepared, Purpose, Request, prepare};
use crate::pdf::store::{Related, Store, add};
use crate::pdf::{Format, SignedFile};
use crate::pki::cms::{
    self, Additions, Attribute, Content, Original, SignatureProfile, SignedData,
};
use crate::pki::crl::{self, CrlProfile};
use crate::pki::oids;
use crate::pki::time_stamp::{self, Imprint, Response, StampProfile, Token};
use crate::tests::judges::judged_by;
use crate::tests::pki::kit::{Kind, Party, days, now, oid, serial};

struct House {
    root: Party,
    person: Party,
    organisation: Party,
    authority: Party,
    folder: tempfile::TempDir,
}

impl House {
    fn open() -> House {
        let root = Party::root("Gốc", Kind::P256);
        let person = root.end("Nguyễn Văn An", Kind::P256);
        let organisation = root.end("UBND xã Tân Lập", Kind::Rsa);
        let authority = root.end_with("Dấu thời gian", Kind::P256, |spec| {
            spec.extend(|all| all.extended_key_usage(&[oids::TIME_STAMPING]));
        });
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::write(folder.path().join("root.pem"), root.certificate.pem()).unwrap();
        House { root, person, organisation, authority, folder }
    }

    /// The token of a time stamp over these bytes.
    fn stamp(&self, imprint: Imprint, minutes: i64) -> Vec<u8> {
        let question =
            time_stamp::Request { imprint, policy: None, nonce: None, wants_certificate: true };
        let number = serial(77);
        let profile = StampProfile {
            policy: oid("1.3.6.1.4.1.99999.2"),
            serial: &number,
            at: now() + SignedDuration::from_mins(minutes),
            accuracy: None,
            is_ordered: false,
            certificate: &self.authority.certificate,
            chain: &[],
            digest: Digest::Sha256,
        };
        let key = &self.authority.key;
        let answer = time_stamp::prepare(&question, &profile, key.algorithm()).unwrap();
        let Response::Granted(token) = time_stamp::read_response(&key.finish(&answer)).unwrap()
        else {
            panic!()
        };
        token
    }

    /// B-T: signed, and the signature value stamped.
    fn sign(&self, prepared: Prepared, who: &Party) -> Vec<u8> {
        let profile = SignatureProfile {
            content: Content::Detached { digest: &prepared.digest(Digest::Sha256) },
            digest: Digest::Sha256,
            certificate: &who.certificate,
            chain: &[],
            signing_time: None,
        };
        let message = cms::prepare(&profile, who.key.algorithm()).unwrap();
        let signed = SignedData::read(&who.key.finish(&message)).unwrap();
        let token = self.stamp(Imprint::of(Digest::Sha256, &signed.signers[0].signature), 0);
        let attribute = Attribute::new(oids::SIGNATURE_TIME_STAMP, token);
        let additions = Additions { unsigned: &[attribute], ..Additions::default() };
        prepared.finish(&signed.complete(0, &additions).unwrap()).unwrap()
    }

    fn revocations(&self) -> Vec<u8> {
        let profile = CrlProfile {
            issuer: &self.root.certificate.subject,
            issuer_key_id: &self.root.key_id(),
            // Later than the signatures: an older list says nothing of them.
            this_update: now() + SignedDuration::from_mins(10),
            next_update: days(6),
            number: 1,
        };
        let key = &self.root.key;
        key.finish(&crl::prepare(&profile, &[], key.algorithm()).unwrap())
    }

    fn long_term(&self, file: &[u8]) -> Vec<u8> {
        let read = SignedFile::read(file).unwrap();
        let parties = [&self.root, &self.authority, &self.person, &self.organisation];
        let list = self.revocations();
        let evidence = Store {
            certificates: parties.map(|party| party.certificate.der().to_vec()).to_vec(),
            crls: vec![list.clone()],
            ocsps: vec![],
            related: read
                .signatures
                .iter()
                .map(|signature| Related {
                    key: signature.vri_key.clone(),
                    crls: vec![list.clone()],
                    ..Related::default()
                })
                .collect(),
        };
        let kept = add(file, &evidence).unwrap();
        let stamp = Request { purpose: Purpose::TimeStamp, ..request("time", None) };
        let prepared = prepare(&kept, &stamp).unwrap();
        let token = self.stamp(Imprint::of(Digest::Sha256, &prepared.to_be_signed()), 20);
        prepared.finish(&token).unwrap()
    }

    /// What pyHanko says of each signature, with the time of the test as now.
    fn pyhanko_says(&self, file: &[u8]) -> Option<Vec<String>> {
        const JUDGE: &str = r"
import sys, datetime
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.keys import load_cert_from_pemder
root = load_cert_from_pemder(sys.argv[2])
now = datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.timezone.utc)
reader = PdfFileReader(open(sys.argv[1], 'rb'))
# Revocation must be known, and only the store of the document may say it.
context = DocumentSecurityStore.read_dss(reader).as_validation_context(
    {'trust_roots': [root], 'moment': now, 'revocation_mode': 'require', 'allow_fetching': False})
for s in reader.embedded_regular_signatures:
    v = validate_pdf_signature(s, context)
    stamp = v.timestamp_validity
    print(s.field_name, v.bottom_line, v.modification_level.name, stamp.valid and stamp.trusted)
for s in reader.embedded_timestamp_signatures:
    v = validate_pdf_timestamp(s, context)
    print(s.field_name, v.intact and v.valid and v.trusted, v.coverage.name)
";
        let python = pyhanko()?;
        let path = self.folder.path().join("checked.pdf");
        std::fs::write(&path, file).unwrap();
        let root = self.folder.path().join("root.pem");
        let said = judged_by(python, JUDGE, &[path.to_str()?, root.to_str()?]).unwrap();
        Some(said.lines().map(str::to_owned).collect())
    }
}

#[test]
fn every_level_is_valid_for_others_and_for_us() {
    let house = House::open();
    let first = house.sign(prepare(RESULT, &request("person", None)).unwrap(), &house.person);
    let second = prepare(&first, &request("organisation", None)).unwrap();
    let second = house.sign(second, &house.organisation);
    let file = house.long_term(&second);
    assert!(file.starts_with(&second));
    qpdf_agrees_in(house.folder.path(), &file);
    pdfsig_agrees_in(house.folder.path(), &file, 2);
    if let Some(lines) = house.pyhanko_says(&file) {
        let expected = [
            "person True FORM_FILLING True",
            "organisation True LTA_UPDATES True",
            "time True ENTIRE_FILE",
        ];
        assert_eq!(lines, expected);
    }
    let read = SignedFile::read(&file).unwrap();
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    assert_eq!(read.store.crls.len(), 1);
    for (signature, party) in read.signatures.iter().zip([&house.person, &house.organisation]) {
        let message = SignedData::read(&signature.contents).unwrap();
        let digest = signature.digest(Digest::Sha256);
        let signer = &message.signers[0];
        let covered = message.check(signer, Original::Digest(&digest), &party.certificate).unwrap();
        assert!(covered.is_certificate_signed);
        assert!(signature.changes.level <= Level::Signatures && signature.changes.permitted);
        assert_eq!(signer.time_stamps().count(), 1);
    }
    let time = &read.signatures[2];
    assert_eq!((time.format, time.covers_all), (Format::TimeStamp, true));
    let token = Token::read(&time.contents).unwrap();
    let imprint = Imprint::of(Digest::Sha256, &time.message());
    assert!(token.check(&imprint, &house.authority.certificate).is_ok());
}
