//! Each format signed, stamped and judged.

use super::kit::{Job, World, XML, pdf};
use crate::signing::Format;
use crate::verdict::{Kind, Order, Party, PartyKind, Report, Standing};

fn assert_valid(report: &Report) {
    let reasons: Vec<_> = report.findings.iter().map(|one| &one.reasons).collect();
    assert_eq!(report.standing, Standing::Valid, "{:?} {reasons:?}", report.reasons);
}

fn an() -> Party {
    Party {
        kind: PartyKind::Person,
        name: "Nguyễn Văn An".to_owned(),
        position: Some("Chủ tịch".to_owned()),
        agency: Some("Ủy ban nhân dân xã Thử".to_owned()),
    }
}

#[test]
fn every_format_is_valid_with_and_without_a_stamp_and_hands_back_what_was_signed() {
    let world = World::new();
    let crls = world.crls("2026-06-10", &[]);
    let (paper, text) = (pdf(), "tờ trình số 5".as_bytes());
    let cases: [(Format, &[u8], Kind); 5] = [
        (Format::Pades, &paper, Kind::Pdf),
        (Format::Xades, XML.as_bytes(), Kind::Xml),
        (Format::Cades, text, Kind::Cms),
        (Format::Jws, text, Kind::Jws),
        (Format::Asice, text, Kind::Container),
    ];
    for (format, file, kind) in cases {
        let stamps: &[bool] = if format == Format::Jws { &[false] } else { &[false, true] };
        for with_stamp in stamps {
            let mut job = Job::new(format, file, &world.person);
            if *with_stamp {
                job = job.stamped(&world.clock, "2026-06-02");
            }
            let signed = world.signed(&job);
            let content = (format == Format::Cades).then_some(file);
            let report = world.judge_with(&signed, content, "2026-06-12", &crls);
            assert_valid(&report);
            assert_eq!(report.kind, kind);
            let finding = &report.findings[0];
            assert_eq!(finding.signer, Some(an()), "{format:?}");
            assert!(finding.whole && finding.anchored, "{format:?}");
            assert_eq!(finding.path.len(), 3, "{format:?}");
            assert_eq!(finding.time.proved.is_some(), *with_stamp, "{format:?}");
            let part = &finding.parts[0].bytes[..];
            match format {
                Format::Pades => assert_eq!(part, &signed[..]),
                Format::Xades => assert!(part.starts_with(b"<VanBan>")),
                _ => assert_eq!(part, file),
            }
        }
    }
}

#[test]
fn without_word_about_revocation_nothing_is_valid_and_the_report_says_what_to_ask() {
    let world = World::new();
    let signed = world.signed(&Job::new(Format::Xades, XML.as_bytes(), &world.person));
    let report = world.judge(&signed, "2026-06-12", &[]);
    assert_eq!(report.standing, Standing::Unverifiable);
    assert_eq!(report.wanted.len(), 2);
    assert_eq!(report.wanted[0].certificate, world.person.certificate);
}

#[test]
fn evidence_that_was_added_is_enough() {
    let world = World::new();
    let crls = world.crls("2026-06-02", &[]);
    let paper = pdf();
    for (format, file) in [
        (Format::Pades, &paper[..]),
        (Format::Xades, XML.as_bytes()),
        (Format::Cades, b"van ban"),
        (Format::Asice, b"van ban"),
    ] {
        let job = Job::new(format, file, &world.person).stamped(&world.clock, "2026-06-02");
        let signed = world.signed(&Job { evidence: Some(&crls), ..job });
        let content = (format == Format::Cades).then_some(file);
        let report = world.judge_with(&signed, content, "2026-06-12", &[]);
        assert_valid(&report);
        let bare = world.judge_with(
            &world.signed(&Job::new(format, file, &world.person)),
            content,
            "2026-06-12",
            &[],
        );
        assert_eq!(bare.standing, Standing::Unverifiable, "{format:?}");
    }
}

#[test]
fn a_person_and_then_the_agency_is_the_order_of_the_decree() {
    let world = World::new();
    let crls = world.crls("2026-06-10", &[]);
    let first = world.signed(&Job::new(Format::Pades, &pdf(), &world.person));
    let both = world.signed(&Job { field: "ky2", ..Job::new(Format::Pades, &first, &world.seal) });
    let report = world.judge(&both, "2026-06-12", &crls);
    assert_valid(&report);
    assert_eq!(report.order, Order::PersonThenOrganisation);
    assert_eq!(report.findings[0].change.code(), "signatures");
    assert_eq!(&report.findings[0].parts[0].bytes[..], &first[..]);
    assert!(report.findings[1].whole);

    let first = world.signed(&Job::new(Format::Pades, &pdf(), &world.seal));
    let both =
        world.signed(&Job { field: "ky2", ..Job::new(Format::Pades, &first, &world.person) });
    assert_eq!(world.judge(&both, "2026-06-12", &crls).order, Order::OrganisationFirst);
}

#[test]
fn nothing_signed_is_absent_and_what_is_no_signed_file_is_unverifiable() {
    let world = World::new();
    for file in [&pdf()[..], XML.as_bytes()] {
        let report = world.judge(file, "2026-06-12", &[]);
        assert_eq!(report.standing, Standing::Absent);
        assert_eq!(report.reasons[0].code(), "no-signature");
    }
    for file in [&b""[..], b"xin chao", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"%PDF-1.7", b"<a>"] {
        let report = world.judge(file, "2026-06-12", &[]);
        assert_eq!(report.standing, Standing::Unverifiable, "{file:?}");
        assert!(!report.reasons.is_empty());
    }
}
