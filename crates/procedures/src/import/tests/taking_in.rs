//! What an import does with a record: the rules, one by one.

use jiff::Timestamp;
use uuid::Uuid;

use super::super::intake::{Intake, decide};
use super::super::reading::{Doubt, Format, ReadPart, Reading, Why};
use crate::code::Code;
use crate::procedure::{Entry, Origin, ProcedureId, Status, VersionId};
use crate::version::{RouteStep, Version};

fn reading(name: &str) -> Reading {
    let version = Version::new(Code::parse("1.999999").unwrap(), name);
    Reading { format: Format::Flattened, version, doubts: Vec::new() }
}

fn entry(origin: Origin, status: Status, name: &str) -> Entry {
    Entry {
        id: VersionId(Uuid::from_u128(1)),
        procedure: ProcedureId(Uuid::from_u128(2)),
        number: 1,
        status,
        origin,
        effective_from: Some(Timestamp::UNIX_EPOCH),
        effective_to: None,
        version: reading(name).version,
    }
}

#[test]
fn an_unknown_procedure_is_published() {
    assert!(matches!(decide(&[], &reading("a")), Intake::Publish(_)));
}

#[test]
fn the_same_text_changes_nothing() {
    let there = entry(Origin::Native, Status::Published, "a");
    assert_eq!(decide(&[there], &reading("a")), Intake::Same);
}

#[test]
fn another_text_follows_but_not_over_a_fuller_one() {
    let captured = entry(Origin::Flattened, Status::Published, "a");
    assert!(matches!(decide(&[captured], &reading("b")), Intake::Publish(_)));
    let native = entry(Origin::Native, Status::Published, "a");
    assert_eq!(decide(std::slice::from_ref(&native), &reading("b")), Intake::Beside);
    let record = Reading { format: Format::Native, ..reading("b") };
    assert!(matches!(decide(&[native], &record), Intake::Publish(_)));
}

#[test]
fn a_person_decides_where_people_wrote_or_ended_something() {
    for (origin, status) in [
        (Origin::Hand, Status::Published),
        (Origin::Native, Status::Suspended),
        (Origin::Flattened, Status::Abolished),
    ] {
        let there = entry(origin, status, "a");
        assert!(
            matches!(decide(&[there], &reading("b")), Intake::Draft(_)),
            "{origin:?} {status:?}"
        );
    }
    let mut strange = reading("a");
    strange.doubts.push(Doubt::new(ReadPart::Code, Why::AnotherCode, "1.000001"));
    assert!(matches!(decide(&[], &strange), Intake::Draft(_)));
}

#[test]
fn what_no_source_could_know_goes_over() {
    let mut there = entry(Origin::Shipped, Status::Published, "a");
    there.version.name_en = Some("A".to_owned());
    there.version.route = vec![RouteStep {
        name_vi: "Tiếp nhận".to_owned(),
        name_en: "Reception".to_owned(),
        role: "clerk".to_owned(),
        hours: 2,
    }];
    let Intake::Publish(version) = decide(std::slice::from_ref(&there), &reading("b")) else {
        panic!("published")
    };
    assert_eq!(version.name, "b");
    assert_eq!(version.name_en.as_deref(), Some("A"));
    assert_eq!(version.route, there.version.route);
    assert_eq!(decide(&[there], &reading("a")), Intake::Same);
}
