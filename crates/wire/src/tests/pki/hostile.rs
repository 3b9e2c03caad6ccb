//! Whatever the bytes are, the readers end without harm; and a changed bit is never signed.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::kit::{Key, Kind, Party, days, name, now, serial};
use super::mutants::mutants;
use crate::algorithm::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::cms::{self, Content, Original, SignatureProfile, SignedData};
use crate::pki::crl::{self, Crl, CrlProfile, Entry, Reason};
use crate::pki::der::{Oid, Reader, to_der, write};
use crate::pki::general_name::GeneralName;
use crate::pki::name::Name;
use crate::pki::ocsp::{self, CertId, ResponderId, ResponseProfile, SingleResponse, Status};
use crate::pki::request::Request;
use crate::pki::time_stamp::{self, Imprint, StampProfile, Token};
use crate::pki::{identifier, oids, pem, request};

/// One true message of each format, made once.
struct Samples {
    root: Party,
    end: Party,
    stamper: Party,
    all: Vec<(&'static str, Vec<u8>)>,
}

fn samples() -> &'static Samples {
    static MADE: OnceLock<Samples> = OnceLock::new();
    MADE.get_or_init(|| {
        let root = Party::root("Gốc", Kind::P256);
        let end = root.end_with("Nguyễn Văn An", Kind::P256, |spec| {
            spec.extend(|all| {
                all.subject_names(&[GeneralName::Dns("a.vn".to_owned())])
                    .authority_access(&["http://o.vn"], &[])
                    .crl_points(&[crate::pki::extension::DistributionPoint::at("http://c.vn")])
            });
        });
        let stamper = root.end_with("Dấu", Kind::P256, |spec| {
            spec.extend(|all| all.extended_key_usage(&[oids::TIME_STAMPING]));
        });
        let all = vec![
            ("certificate", end.certificate.der().to_vec()),
            ("request", sample_request()),
            ("list", sample_list(&root)),
            ("question", sample_question(&root, &end)),
            ("answer", sample_answer(&root, &end)),
            ("signed", sample_signed(&end)),
            ("stamp question", sample_stamp_request().write()),
            ("stamp answer", sample_stamp(&stamper)),
        ];
        Samples { root, end, stamper, all }
    })
}

fn sample_request() -> Vec<u8> {
    let key = Key::new(Kind::P256);
    key.finish(&request::prepare(&name("An"), &key.public, &[], key.algorithm()).unwrap())
}

fn sample_list(root: &Party) -> Vec<u8> {
    let profile = CrlProfile {
        issuer: &root.certificate.subject,
        issuer_key_id: &root.key_id(),
        this_update: days(-1),
        next_update: days(6),
        number: 1,
    };
    let entry = |number| Entry {
        serial: serial(number),
        revoked_at: now(),
        reason: Reason::Hold,
        invalid_since: Some(now()),
    };
    let entries: Vec<Entry> = (1..9).map(entry).collect();
    root.key.finish(&crl::prepare(&profile, &entries, root.key.algorithm()).unwrap())
}

fn sample_question(root: &Party, end: &Party) -> Vec<u8> {
    let id = CertId::new(Digest::Sha1, &root.certificate, &end.certificate.serial);
    ocsp::Request::write(&[id], Some(&[1; 16])).unwrap()
}

fn sample_answer(root: &Party, end: &Party) -> Vec<u8> {
    let answer = SingleResponse {
        id: CertId::new(Digest::Sha1, &root.certificate, &end.certificate.serial),
        status: Status::Revoked { at: now(), reason: Reason::KeyCompromise },
        this_update: now(),
        next_update: Some(days(1)),
        archive_cutoff: None,
    };
    let responder = ResponderId::Name(root.certificate.subject.clone());
    let profile = ResponseProfile {
        responder: &responder,
        produced_at: now(),
        answers: &[answer],
        nonce: Some(&[1; 16]),
        certificates: std::slice::from_ref(&root.certificate),
    };
    root.key.finish(&ocsp::prepare(&profile, root.key.algorithm()).unwrap())
}

fn sample_signed(end: &Party) -> Vec<u8> {
    let profile = SignatureProfile {
        content: Content::Attached(b"content"),
        digest: Digest::Sha256,
        certificate: &end.certificate,
        chain: &[],
        signing_time: Some(now()),
    };
    end.key.finish(&cms::prepare(&profile, end.key.algorithm()).unwrap())
}

fn sample_stamp_request() -> time_stamp::Request {
    time_stamp::Request {
        imprint: Imprint::of(Digest::Sha256, b"content"),
        policy: Some(oids::ANY_POLICY),
        nonce: Some(vec![5]),
        wants_certificate: true,
    }
}

fn sample_stamp(stamper: &Party) -> Vec<u8> {
    let number = serial(9);
    let profile = StampProfile {
        policy: oids::ANY_POLICY,
        serial: &number,
        at: now(),
        accuracy: None,
        is_ordered: false,
        certificate: &stamper.certificate,
        chain: &[],
        digest: Digest::Sha256,
    };
    let prepared =
        time_stamp::prepare(&sample_stamp_request(), &profile, stamper.key.algorithm()).unwrap();
    stamper.key.finish(&prepared)
}

/// Every reader, on the same bytes.
fn read_as_everything(bytes: &[u8]) {
    let _ = Certificate::read(bytes);
    let _ = Certificate::read_bundle(bytes);
    let _ = Request::read(bytes);
    let _ = ocsp::Request::read(bytes);
    let _ = time_stamp::Request::read(bytes);
    let _ = time_stamp::read_response(bytes);
    let _ = Name::read(bytes).map(|name| name.to_string());
    let _ = identifier::read_key(bytes);
    let _ = pem::read_all(bytes);
    let _ = to_der(bytes, 1 << 20);
    if let Ok(crl) = Crl::read(bytes) {
        assert!(crl.entries().count() <= crl.len());
    }
    if let Ok(response) = ocsp::Response::read(bytes) {
        let _ = response.verify(&samples().root.certificate, now());
    }
    if let Ok(signed) = SignedData::read(bytes) {
        for signer in &signed.signers {
            let _ = signed.check(signer, Original::Inside, &samples().end.certificate);
            let _ = signed.evidence(signer);
            let _ = signer.certificate_values();
        }
        let _ = signed.complete(0, &cms::Additions::default());
    }
    let _ = Token::read(bytes);
    for element in Reader::new(bytes).filter_map(Result::ok) {
        let _ = GeneralName::read(element);
        let _ = element.text();
        let _ = element.time();
        let _ = element.named_bits();
        let _ = element.oid().map(|oid| oid.to_string());
    }
}

/// Which signed thing in the samples still holds after the bytes were changed, and what it says.
fn still_signed(kind: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let samples = samples();
    match kind {
        "certificate" => {
            let read = Certificate::read(bytes).ok()?;
            read.is_signed_by(&samples.root.certificate).ok()?;
            Some(read.subject.der().to_vec())
        }
        "list" => {
            let read = Crl::read(bytes).ok()?;
            read.is_signed_by(&samples.root.certificate).ok()?;
            Some(read.entries().flat_map(|entry| entry.serial.to_string().into_bytes()).collect())
        }
        "answer" => {
            let read = ocsp::Response::read(bytes).ok()?;
            read.verify(&samples.root.certificate, now()).ok()?;
            Some(format!("{:?}", read.answers).into_bytes())
        }
        "signed" => {
            let read = SignedData::read(bytes).ok()?;
            let signer = read.signers.first()?;
            read.check(signer, Original::Inside, &samples.end.certificate).ok()?;
            read.content().map(<[u8]>::to_vec)
        }
        "stamp answer" => {
            let time_stamp::Response::Granted(token) = time_stamp::read_response(bytes).ok()?
            else {
                return None;
            };
            let token = Token::read(&token).ok()?;
            let imprint = Imprint::of(Digest::Sha256, b"content");
            token.check(&imprint, &samples.stamper.certificate).ok()?;
            Some(token.at.to_string().into_bytes())
        }
        _ => None,
    }
}

/// A change somewhere in a message: another byte, a cut, a piece twice, a byte put in.
fn mutated() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let count = samples().all.len();
    (0..count, any::<prop::sample::Index>(), any::<u8>(), 0..4_u8).prop_map(
        |(which, at, byte, how)| {
            let (kind, der) = &samples().all[which];
            let at = at.index(der.len());
            let mut der = der.clone();
            match how {
                0 => der[at] = byte,
                1 => der.truncate(at),
                2 => der.insert(at, byte),
                _ => {
                    let piece = der[at..].to_vec();
                    der.extend(piece);
                }
            }
            (*kind, der)
        },
    )
}

/// PROPTEST_CASES asks for more.
fn cases() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig { cases: asked.cases.max(2000), ..asked }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn anything_may_be_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_as_everything(&bytes);
    }

    #[test]
    fn a_changed_message_is_read_without_harm_and_says_nothing_else((kind, bytes) in mutated()) {
        read_as_everything(&bytes);
        if let Some(said) = still_signed(kind, &bytes) {
            let (_, original) = samples().all.iter().find(|(found, _)| *found == kind).unwrap();
            prop_assert_eq!(Some(said), still_signed(kind, original));
        }
    }

    #[test]
    fn nested_elements_are_read_without_harm(
        tags in proptest::collection::vec(any::<u8>(), 1..60),
        inner in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut der = inner;
        for tag in tags {
            der = write::tlv(tag & 0xbf, &[&der]);
        }
        read_as_everything(&der);
    }

    #[test]
    fn numbers_and_names_of_things_survive(
        arcs in proptest::collection::vec(any::<u32>(), 0..5),
        number in any::<u64>(),
    ) {
        let text = std::iter::once("2.999".to_owned())
            .chain(arcs.iter().map(u32::to_string))
            .collect::<Vec<_>>()
            .join(".");
        let oid: Oid = text.parse().unwrap();
        prop_assert_eq!(oid.to_string(), text);
        let der = write::oid(&oid);
        prop_assert_eq!(Reader::new(&der).oid().unwrap(), oid);
        prop_assert_eq!(Reader::new(&write::small(number)).small(), Ok(number));
    }
}

#[test]
fn numbers_as_long_as_a_uuid_survive_and_longer_ones_are_refused() {
    let uuid = format!("2.25.{}", u128::MAX);
    let oid: Oid = uuid.parse().unwrap();
    assert_eq!(oid.to_string(), uuid);
    assert_eq!(Reader::new(&write::oid(&oid)).oid(), Ok(oid));
    let longer = [&[0x69, 0x84][..], &[0x80; 17], &[0]].concat();
    assert!(Reader::new(&write::tlv(6, &[&longer])).oid().is_err());
    for wrong in ["", "1", "3.1", "1.40", "1.02", "1..2", "a.b", "1.2.-3"] {
        assert!(wrong.parse::<Oid>().is_err(), "{wrong}");
    }
}

#[test]
fn every_sample_is_what_it_says() {
    for (kind, der) in &samples().all {
        let is_signed = !matches!(*kind, "request" | "question" | "stamp question");
        assert_eq!(still_signed(kind, der).is_some(), is_signed, "{kind}");
        read_as_everything(der);
    }
    assert!(Request::read(&sample_request()).is_ok());
}

#[test]
fn well_formed_nonsense_is_read_without_harm() {
    for (kind, der) in &samples().all {
        let original = still_signed(kind, der);
        for mutant in mutants(der).take(2000) {
            read_as_everything(&mutant);
            let said = still_signed(kind, &mutant);
            assert!(said.is_none() || said == original, "{kind}: {mutant:02x?}");
        }
    }
}

#[test]
fn every_single_bit_of_a_certificate_and_a_signature_counts() {
    for kind in ["certificate", "signed"] {
        let (_, der) = samples().all.iter().find(|(found, _)| *found == kind).unwrap();
        let said = still_signed(kind, der);
        for at in 0..der.len() {
            let mut changed = der.clone();
            changed[at] ^= 1 << (at % 8);
            let still = still_signed(kind, &changed);
            assert!(still.is_none() || still == said, "{kind}: byte {at}");
        }
    }
}

/// Small files that once were of interest; more are added when something is found.
#[test]
fn the_corpus_is_read_without_harm() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/corpus/pki");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        read_as_everything(&std::fs::read(file.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 8);
}
