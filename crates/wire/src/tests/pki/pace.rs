//! How long each operation takes. Not a test of right and wrong: run with
//! `cargo test --release -p wire pace -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::Instant;

use super::kit::{Kind, Party, days, name, now, oid, serial};
use crate::algorithm::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::cms::{self, Content, Original, SignatureProfile, SignedData};
use crate::pki::crl::{self, Crl, CrlProfile, Entry, Reason};
use crate::pki::extension::{ExtensionBuilder, KeyUsage};
use crate::pki::issue::{self, CertificateProfile};
use crate::pki::ocsp::{self, CertId, ResponderId, ResponseProfile, SingleResponse, Status};
use crate::pki::oids;
use crate::pki::path::{self, Anchor, Demand, Question};
use crate::pki::time_stamp::{self, Imprint, Request, StampProfile, Token};

/// The best of ten rounds, since other programs take their share of the machine.
fn measure<T>(what: &str, times: u32, mut act: impl FnMut() -> T) {
    let round = times / 10 + 1;
    let best = (0..10)
        .map(|_| {
            let begin = Instant::now();
            for _ in 0..round {
                black_box(act());
            }
            begin.elapsed().as_secs_f64() * 1e6 / f64::from(round)
        })
        .fold(f64::INFINITY, f64::min);
    println!("{what:<44} {best:>9.1} µs");
}

#[test]
#[ignore = "measures, and says nothing about right and wrong"]
fn operations() {
    for kind in [Kind::Rsa, Kind::P256] {
        println!("{kind:?}");
        let root = Party::root("Gốc", kind);
        measure("bare signature", 500, || root.key.sign(&[7; 300]));
        issue_and_answer(&root, kind);
        stamp_and_check(&root, kind);
    }
    lists();
}

fn issue_and_answer(root: &Party, kind: Kind) {
    let end = root.end("An", kind);
    let number = serial(77);
    let subject = name("Nguyễn Văn An");
    let issue = || {
        let extensions = ExtensionBuilder::new()
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .subject_key_id(&end.key.public)
            .authority_key_id(&root.key_id())
            .finish();
        let profile = CertificateProfile {
            serial: &number,
            issuer: &root.certificate.subject,
            subject: &subject,
            not_before: now(),
            not_after: days(365),
            key: &end.key.public,
            extensions: &extensions,
        };
        issue::prepare(&profile, root.key.algorithm()).unwrap()
    };
    measure("certificate: prepare and finish, unsigned", 5000, || issue().finish(&[0; 256]));
    measure("certificate: issue", 500, || root.key.finish(&issue()));
    measure("certificate: read", 5000, || Certificate::read(end.certificate.der()));
    let id = CertId::new(Digest::Sha1, &root.certificate, &end.certificate.serial);
    let responder = ResponderId::by_key(&root.certificate);
    let answer = || {
        let answer = SingleResponse {
            id: id.clone(),
            status: Status::Good,
            this_update: now(),
            next_update: Some(days(1)),
            archive_cutoff: None,
        };
        let profile = ResponseProfile {
            responder: &responder,
            produced_at: now(),
            answers: &[answer],
            nonce: Some(&[3; 32]),
            certificates: &[],
        };
        ocsp::prepare(&profile, root.key.algorithm()).unwrap()
    };
    let question = ocsp::Request::write(std::slice::from_ref(&id), Some(&[3; 32])).unwrap();
    measure("OCSP: question read", 5000, || ocsp::Request::read(&question));
    measure("OCSP: prepare and finish, unsigned", 5000, || answer().finish(&[0; 256]));
    measure("OCSP: answer", 500, || root.key.finish(&answer()));
    let der = root.key.finish(&answer());
    measure("OCSP: read and verify", 2000, || {
        ocsp::Response::read(&der).unwrap().verify(&root.certificate, now())
    });
    let anchors = [Anchor::new(root.certificate.clone())];
    let demand = Demand::default();
    let question = Question {
        target: &end.certificate,
        pool: &[],
        anchors: &anchors,
        at: now(),
        demand: &demand,
    };
    measure("path of one: find", 2000, || path::find(&question).unwrap());
}

fn stamp_and_check(root: &Party, kind: Kind) {
    let stamper = root.end_with("Dấu", kind, |spec| {
        spec.extend(|all| all.extended_key_usage(&[oids::TIME_STAMPING]));
    });
    let request = Request {
        imprint: Imprint::of(Digest::Sha256, b"x"),
        policy: None,
        nonce: Some(vec![1, 2, 3]),
        wants_certificate: true,
    };
    let number = serial(5);
    let stamp = || {
        let profile = StampProfile {
            policy: oid("1.2.3.4"),
            serial: &number,
            at: now(),
            accuracy: None,
            is_ordered: false,
            certificate: &stamper.certificate,
            chain: &[],
            digest: Digest::Sha256,
        };
        time_stamp::prepare(&request, &profile, stamper.key.algorithm()).unwrap()
    };
    measure("time stamp: prepare and finish, unsigned", 5000, || stamp().finish(&[0; 256]));
    measure("time stamp: answer", 500, || stamper.key.finish(&stamp()));
    let der = stamper.key.finish(&stamp());
    let time_stamp::Response::Granted(token) = time_stamp::read_response(&der).unwrap() else {
        panic!()
    };
    measure("time stamp: read and check", 2000, || {
        Token::read(&token).unwrap().check(&request.imprint, &stamper.certificate).unwrap()
    });
    let digest = Digest::Sha256.of(b"document");
    let sign = || {
        let profile = SignatureProfile {
            content: Content::Detached { digest: &digest },
            digest: Digest::Sha256,
            certificate: &stamper.certificate,
            chain: std::slice::from_ref(&root.certificate),
            signing_time: None,
        };
        cms::prepare(&profile, stamper.key.algorithm()).unwrap()
    };
    measure("CMS: prepare and finish, unsigned", 5000, || sign().finish(&[0; 256]));
    measure("CMS: sign", 500, || stamper.key.finish(&sign()));
    let der = stamper.key.finish(&sign());
    measure("CMS: read", 5000, || SignedData::read(&der).unwrap());
    measure("CMS: read and check", 2000, || {
        let signed = SignedData::read(&der).unwrap();
        signed.check(&signed.signers[0], Original::Digest(&digest), &stamper.certificate).unwrap()
    });
}

fn lists() {
    let root = Party::root("Gốc", Kind::P256);
    let entry = |at: u64| Entry {
        serial: serial(at * 7 + 1),
        revoked_at: days(-5),
        reason: Reason::KeyCompromise,
        invalid_since: None,
    };
    let entries: Vec<Entry> = (0..100_000).map(entry).collect();
    let profile = CrlProfile {
        issuer: &root.certificate.subject,
        issuer_key_id: &root.key_id(),
        this_update: days(-1),
        next_update: days(6),
        number: 42,
    };
    let make = || crl::prepare(&profile, &entries, root.key.algorithm()).unwrap();
    measure("list of 100,000: make", 10, || root.key.finish(&make()));
    let der = root.key.finish(&make());
    println!("{} bytes", der.len());
    measure("list of 100,000: read", 10, || Crl::read(&der).unwrap());
    let crl = Crl::read(&der).unwrap();
    measure("list of 100,000: read and verify", 10, || {
        Crl::read(&der).unwrap().is_signed_by(&root.certificate).unwrap()
    });
    measure("list of 100,000: find", 5000, || crl.find(&serial(7 * 5000 + 1)).unwrap());
}
