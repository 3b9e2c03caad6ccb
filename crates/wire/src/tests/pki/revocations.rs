//! OCSP with openssl on the other side, and what evidence decides.

use jiff::SignedDuration;

use super::kit::{Kind, OpenSsl, Party, at_time, days, now, serial};
use crate::algorithm::Digest;
use crate::pki::certificate::{Certificate, Serial};
use crate::pki::crl::{self, Crl, CrlProfile, Entry, Reason};
use crate::pki::ocsp::{
    self, CertId, OcspFault, Refusal, Request, Responder, ResponderId, Response, ResponseProfile,
    SingleResponse, Status,
};
use crate::pki::oids;
use crate::pki::revocation::{Freshness, Inquiry, Source, UnknownReason, Verdict, decide};

struct House {
    root: Party,
    responder: Party,
    end: Party,
}

fn house(kind: Kind) -> House {
    let root = Party::root("Gốc", kind);
    let responder = root.end_with("Trả lời trạng thái", kind, |spec| {
        spec.extend(|all| all.extended_key_usage(&[oids::OCSP_SIGNING]).ocsp_no_check());
    });
    let end = root.end("Nguyễn Văn An", Kind::P256);
    House { root, responder, end }
}

fn single(issuer: &Certificate, serial: &Serial, status: Status) -> SingleResponse {
    let id = CertId::new(Digest::Sha1, issuer, serial);
    let soon = now() + SignedDuration::from_hours(1);
    SingleResponse { id, status, this_update: now(), next_update: Some(soon), archive_cutoff: None }
}

fn respond(by: &Party, answers: &[SingleResponse], nonce: Option<&[u8]>, along: bool) -> Vec<u8> {
    let responder = ResponderId::by_key(&by.certificate);
    let certificates = if along { vec![by.certificate.clone()] } else { Vec::new() };
    let profile = ResponseProfile {
        responder: &responder,
        produced_at: now(),
        answers,
        nonce,
        certificates: &certificates,
    };
    by.key.finish(&ocsp::prepare(&profile, by.key.algorithm()).unwrap())
}

#[test]
fn openssl_accepts_our_answers_by_issuer_and_by_delegate() {
    let revoked = Status::Revoked { at: days(-1), reason: Reason::KeyCompromise };
    for kind in [Kind::Rsa, Kind::P256, Kind::Ed25519] {
        let house = house(kind);
        let issuer = &house.root.certificate;
        let Some(openssl) = OpenSsl::find() else { return };
        openssl.put("root.pem", issuer.pem()).put("end.pem", house.end.certificate.pem());
        let statuses = [(Status::Good, "good"), (revoked, "revoked"), (Status::Unknown, "unknown")];
        for (status, word) in statuses {
            for by in [&house.root, &house.responder] {
                let answer = single(issuer, &house.end.certificate.serial, status);
                let is_delegate = std::ptr::eq(by, &house.responder);
                openssl.put("resp.der", respond(by, &[answer], None, is_delegate));
                let said = openssl.run(&format!(
                    "ocsp -respin resp.der -issuer root.pem -cert end.pem -CAfile root.pem \
                     -attime {} -no_nonce -validity_period 999999999",
                    at_time()
                ));
                let is_right = said.contains("Response verify OK")
                    && said.contains(&format!("end.pem: {word}"));
                assert!(is_right, "{kind:?} {word}\n{said}");
                assert!(word != "revoked" || said.contains("Reason: keyCompromise"), "{said}");
            }
        }
    }
}

#[test]
fn questions_of_openssl_are_answered_with_their_nonce() {
    let Some(openssl) = OpenSsl::find() else { return };
    let house = house(Kind::P256);
    openssl.put("root.pem", house.root.certificate.pem());
    openssl.put("end.pem", house.end.certificate.pem());
    for digest in ["sha1", "sha256"] {
        openssl.run(&format!(
            "ocsp -issuer root.pem -{digest} -cert end.pem -serial 77 -reqout req.der -nonce"
        ));
        let request = Request::read(&openssl.get("req.der")).unwrap();
        assert_eq!(request.items.len(), 2);
        assert!(request.items[0].means(&house.root.certificate, &house.end.certificate.serial));
        assert_eq!(request.items[1].serial, serial(77));
        let answers: Vec<SingleResponse> = request
            .items
            .iter()
            .map(|id| SingleResponse {
                id: id.clone(),
                status: Status::Good,
                this_update: now(),
                next_update: None,
                archive_cutoff: None,
            })
            .collect();
        let ask = |nonce: &[u8]| {
            let der = respond(&house.responder, &answers, Some(nonce), true);
            openssl.put("resp.der", der).try_run(&format!(
                "ocsp -reqin req.der -respin resp.der -issuer root.pem -CAfile root.pem -no_nonce \
                 -attime {} -validity_period 999999999",
                at_time()
            ))
        };
        let (is_well, said) = ask(&request.nonce.clone().unwrap());
        assert!(is_well && said.contains("Response verify OK"), "{said}");
        let (is_well, said) = ask(&[9; 16]);
        assert!(!is_well && said.contains("Nonce Verify error"), "{said}");
    }
}

#[test]
fn answers_of_openssl_are_read_and_verified() {
    let Some(openssl) = OpenSsl::find() else { return };
    let house = house(Kind::Rsa);
    let number = &house.end.certificate.serial;
    openssl.put("root.pem", house.root.certificate.pem());
    openssl.put("end.pem", house.end.certificate.pem());
    openssl.put("resp.pem", house.responder.certificate.pem());
    openssl.put("resp.key", house.responder.key.pem());
    openssl.put(
        "index.txt",
        format!(
            "R\t291123020000Z\t261101020000Z,superseded\t{number:0>4}\tunknown\t/CN=An\n",
            number = number.to_string()
        ),
    );
    openssl.run("ocsp -issuer root.pem -cert end.pem -reqout req.der -nonce");
    openssl.run(
        "ocsp -index index.txt -CA root.pem -rsigner resp.pem -rkey resp.key -reqin req.der \
         -respout resp.der -ndays 3 -rmd sha256",
    );
    let request = Request::read(&openssl.get("req.der")).unwrap();
    let response = Response::read(&openssl.get("resp.der")).unwrap();
    assert_eq!(response.nonce, request.nonce);
    let issuer = &house.root.certificate;
    let responder = response.verify(issuer, now()).unwrap();
    let certificate = house.responder.certificate.clone();
    assert_eq!(responder, Responder::Delegated { certificate, is_no_check: true });
    let answer = response.answer(issuer, number).unwrap();
    let at = "2026-11-01T02:00:00Z".parse().unwrap();
    assert_eq!(answer.status, Status::Revoked { at, reason: Reason::Superseded });
}

#[test]
fn our_questions_are_read_by_openssl_and_by_us() {
    let house = house(Kind::P256);
    let number = &house.end.certificate.serial;
    let items = [Digest::Sha1, Digest::Sha256]
        .map(|digest| CertId::new(digest, &house.root.certificate, number));
    let der = Request::write(&items, Some(&[7; 32])).unwrap();
    let read = Request::read(&der).unwrap();
    assert_eq!((read.items.as_slice(), read.nonce), (&items[..], Some(vec![7; 32])));
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.put("req.der", der);
    let said = openssl.run("ocsp -reqin req.der -req_text");
    assert!(said.contains("Hash Algorithm: sha256") && said.contains("OCSP Nonce"), "{said}");
}

#[test]
fn only_who_may_answer_is_believed() {
    let house = house(Kind::P256);
    let issuer = &house.root.certificate;
    let good = single(issuer, &house.end.certificate.serial, Status::Good);
    let verify = |by: &Party, along: bool| {
        Response::read(&respond(by, std::slice::from_ref(&good), None, along))
            .unwrap()
            .verify(issuer, now())
    };
    assert_eq!(verify(&house.root, false), Ok(Responder::Issuer));
    assert!(verify(&house.responder, true).is_ok());
    assert_eq!(verify(&house.responder, false), Err(OcspFault::Responder));
    let without_purpose = house.root.end("Ai đó", Kind::P256);
    assert_eq!(verify(&without_purpose, true), Err(OcspFault::Responder));
    let other_root = Party::root("Gốc", Kind::P256);
    let appoint = |by: &Party, until| {
        by.end_with("Trả lời trạng thái", Kind::P256, |spec| {
            spec.until = until;
            spec.extend(|all| all.extended_key_usage(&[oids::OCSP_SIGNING]));
        })
    };
    assert_eq!(verify(&appoint(&other_root, days(9)), true), Err(OcspFault::Responder));
    let ended = appoint(&house.root, days(-1));
    assert_eq!(verify(&ended, true), Err(OcspFault::ResponderExpired));
    assert!(verify(&other_root, true).is_err());
}

#[test]
fn a_refusal_is_a_refusal() {
    for refusal in [Refusal::MalformedRequest, Refusal::TryLater, Refusal::Unauthorized] {
        let der = ocsp::error_response(refusal);
        assert_eq!(Response::read(&der).unwrap_err(), OcspFault::Refused(refusal));
    }
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.put("r.der", ocsp::error_response(Refusal::TryLater));
    let (_, said) = openssl.try_run("ocsp -respin r.der");
    assert!(said.contains("trylater"), "{said}");
}

/// A list from `from_days` to `to_days`, in which `number` is revoked.
fn list(by: &Party, from_days: i64, to_days: i64, revoked: &[Entry]) -> Crl {
    let profile = CrlProfile {
        issuer: &by.certificate.subject,
        issuer_key_id: &by.key_id(),
        this_update: days(from_days),
        next_update: days(to_days),
        number: 1,
    };
    let prepared = crl::prepare(&profile, revoked, by.key.algorithm()).unwrap();
    Crl::read_der(by.key.finish(&prepared)).unwrap()
}

fn entry(of: &Party, at_days: i64, reason: Reason) -> Entry {
    let serial = of.certificate.serial.clone();
    Entry { serial, revoked_at: days(at_days), reason, invalid_since: None }
}

fn ask(house: &House, ocsp: &[Response], crls: &[Crl], at_days: i64) -> Verdict {
    decide(&Inquiry {
        certificate: &house.end.certificate,
        issuer: &house.root.certificate,
        at: days(at_days),
        ocsp,
        crls,
        freshness: Freshness::default(),
        allows_sha1: false,
    })
}

#[test]
fn lists_decide_by_their_dates() {
    let house = house(Kind::P256);
    let clean = [list(&house.root, -1, 6, &[])];
    let good = |this_days| Verdict::Good {
        source: Source::Crl(0),
        this_update: days(this_days),
        revoked_later: None,
    };
    assert_eq!(ask(&house, &[], &clean, 0), good(-1));
    assert_eq!(ask(&house, &[], &clean, -5), good(-1), "a later list knows what was before");
    assert_eq!(ask(&house, &[], &clean, 8), Verdict::Unknown(UnknownReason::Stale));
    let long = [list(&house.root, -200, 160, &[])];
    assert_eq!(ask(&house, &[], &long, 0), good(-200), "roots make a list twice a year");
    let young = Freshness { age_max: Some(SignedDuration::from_hours(24)), ..Freshness::default() };
    let strict = decide(&Inquiry {
        certificate: &house.end.certificate,
        issuer: &house.root.certificate,
        at: now(),
        ocsp: &[],
        crls: &long,
        freshness: young,
        allows_sha1: false,
    });
    assert_eq!(strict, Verdict::Unknown(UnknownReason::Stale));
    assert_eq!(ask(&house, &[], &[], 0), Verdict::Unknown(UnknownReason::NoEvidence));
    let after_end = [list(&house.root, 400, 410, &[])];
    assert_eq!(ask(&house, &[], &after_end, 0), Verdict::Unknown(UnknownReason::AfterExpiry));
    let stranger = Party::root("Khác", Kind::P256);
    let other = [list(&stranger, -1, 6, &[])];
    assert_eq!(ask(&house, &[], &other, 0), Verdict::Unknown(UnknownReason::NoEvidence));
    let forger = Party::root("Gốc", Kind::P256);
    let forged = [list(&forger, -1, 6, &[])];
    assert_eq!(ask(&house, &[], &forged, 0), Verdict::Unknown(UnknownReason::NotAuthentic));
}

#[test]
fn a_revocation_counts_from_its_day_on() {
    let house = house(Kind::P256);
    let revoked = [list(&house.root, -1, 6, &[entry(&house.end, -3, Reason::KeyCompromise)])];
    let since_third = |reason| Verdict::Revoked { since: days(-3), reason, source: Source::Crl(0) };
    assert_eq!(ask(&house, &[], &revoked, 0), since_third(Reason::KeyCompromise));
    assert_eq!(
        ask(&house, &[], &revoked, 90),
        since_third(Reason::KeyCompromise),
        "also when stale"
    );
    let Verdict::Good { revoked_later, .. } = ask(&house, &[], &revoked, -4) else { panic!() };
    assert_eq!(revoked_later, Some((days(-3), Reason::KeyCompromise)));
    let mut backdated = entry(&house.end, -3, Reason::KeyCompromise);
    backdated.invalid_since = Some(days(-7));
    let backdated = [list(&house.root, -1, 6, &[backdated])];
    assert!(matches!(ask(&house, &[], &backdated, -4), Verdict::Revoked { .. }));
}

#[test]
fn a_suspension_ends_when_a_newer_list_does_not_know_it() {
    let house = house(Kind::P256);
    let held = || list(&house.root, -4, 3, &[entry(&house.end, -5, Reason::Hold)]);
    let lifted = || list(&house.root, -1, 6, &[]);
    let hold = Verdict::Revoked { since: days(-5), reason: Reason::Hold, source: Source::Crl(0) };
    assert_eq!(ask(&house, &[], &[held()], 0), hold);
    assert!(matches!(ask(&house, &[], &[held(), lifted()], 0), Verdict::Good { .. }));
    assert_eq!(ask(&house, &[], &[held(), lifted()], -3), hold, "it was held on that day");
    let compromised = list(&house.root, -4, 3, &[entry(&house.end, -5, Reason::KeyCompromise)]);
    assert!(matches!(ask(&house, &[], &[compromised, lifted()], 0), Verdict::Revoked { .. }));
}

#[test]
fn answers_and_lists_are_weighed_together() {
    let house = house(Kind::P256);
    let number = &house.end.certificate.serial;
    let issuer = &house.root.certificate;
    let response = |status, by: &Party| {
        Response::read(&respond(by, &[single(issuer, number, status)], None, true)).unwrap()
    };
    let good = response(Status::Good, &house.responder);
    let unknown = response(Status::Unknown, &house.responder);
    assert!(matches!(
        ask(&house, std::slice::from_ref(&good), &[], 0),
        Verdict::Good { source: Source::Ocsp(0), .. }
    ));
    assert_eq!(ask(&house, &[unknown], &[], 0), Verdict::Unknown(UnknownReason::NotKnown));
    let revoked = [list(&house.root, -1, 6, &[entry(&house.end, -3, Reason::Superseded)])];
    let verdict = ask(&house, std::slice::from_ref(&good), &revoked, 0);
    assert!(matches!(verdict, Verdict::Revoked { source: Source::Crl(0), .. }), "{verdict:?}");
    assert_eq!(
        ask(&house, std::slice::from_ref(&good), &[], 40),
        Verdict::Unknown(UnknownReason::Stale)
    );
    let checked = house.root.end_with("Khác", Kind::P256, |spec| {
        spec.extend(|all| all.extended_key_usage(&[oids::OCSP_SIGNING]));
    });
    let by_revoked = response(Status::Good, &checked);
    let dismissed = [list(&house.root, -1, 6, &[entry(&checked, -2, Reason::KeyCompromise)])];
    let Verdict::Good { source, .. } = ask(&house, &[by_revoked], &dismissed, 0) else { panic!() };
    assert_eq!(source, Source::Crl(0), "the answer of a revoked responder is not used");
}

#[test]
fn a_responder_that_keeps_an_archive_speaks_of_what_has_ended() {
    let house = house(Kind::P256);
    let issuer = &house.root.certificate;
    let respond_later = |archive_cutoff| {
        let answer = SingleResponse {
            this_update: days(400),
            next_update: Some(days(401)),
            archive_cutoff,
            ..single(issuer, &house.end.certificate.serial, Status::Good)
        };
        Response::read(&respond(&house.root, &[answer], None, false)).unwrap()
    };
    let forgets = ask(&house, &[respond_later(None)], &[], 0);
    assert_eq!(forgets, Verdict::Unknown(UnknownReason::AfterExpiry));
    let keeps = ask(&house, &[respond_later(Some(days(-1000)))], &[], 0);
    assert!(matches!(keeps, Verdict::Good { .. }), "{keeps:?}");
    let too_late = ask(&house, &[respond_later(Some(days(380)))], &[], 0);
    assert_eq!(too_late, Verdict::Unknown(UnknownReason::AfterExpiry));
}

#[test]
fn a_list_is_checked_against_each_key_and_not_only_the_first() {
    let root = Party::root("Gốc", Kind::P256);
    let impostor = Party::root("Gốc", Kind::P256);
    let crl = list(&root, -1, 6, &[]);
    assert!(crl.is_signed_by(&impostor.certificate).is_err());
    assert!(crl.is_signed_by(&root.certificate).is_ok());
    let crl = list(&root, -1, 6, &[]);
    assert!(crl.is_signed_by(&root.certificate).is_ok());
    assert!(crl.is_signed_by(&impostor.certificate).is_err());
}

#[test]
fn evidence_signed_with_a_broken_digest_is_not_believed_unless_asked_for() {
    let Some(openssl) = OpenSsl::find() else { return };
    let house = house(Kind::Rsa);
    let number = house.end.certificate.serial.to_string();
    openssl.put("root.pem", house.root.certificate.pem()).put("root.key", house.root.key.pem());
    openssl.put("end.pem", house.end.certificate.pem());
    openssl.put("index.txt", format!("V\t291123020000Z\t\t{number:0>4}\tunknown\t/CN=An\n"));
    openssl.run("ocsp -issuer root.pem -cert end.pem -reqout req.der -no_nonce");
    openssl.run(
        "ocsp -index index.txt -CA root.pem -rsigner root.pem -rkey root.key -reqin req.der \
         -respout resp.der -rmd sha1",
    );
    let response = Response::read(&openssl.get("resp.der")).unwrap();
    let at = response.produced_at;
    let ask = |allows_sha1| {
        decide(&Inquiry {
            certificate: &house.end.certificate,
            issuer: &house.root.certificate,
            at,
            ocsp: std::slice::from_ref(&response),
            crls: &[],
            freshness: Freshness::default(),
            allows_sha1,
        })
    };
    assert_eq!(ask(false), Verdict::Unknown(UnknownReason::NotAuthentic));
    assert!(matches!(ask(true), Verdict::Good { .. }));
}
