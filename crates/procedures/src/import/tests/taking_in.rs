//! What an import does with a record: the rules, one by one.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::super::intake::{Intake, completed, decide};
use super::super::reading::{Doubt, Format, ReadPart, Reading, Why};
use crate::channel::ChannelKind;
use crate::code::Code;
use crate::component::{Case, Component};
use crate::level::OnlineLevel;
use crate::procedure::{Entry, Origin, ProcedureId, Status, VersionId};
use crate::version::{Named, RouteStep, Version};

fn reading(name: &str) -> Reading {
    let version = Version::new(Code::parse("1.999999").unwrap(), name);
    Reading { format: Format::Flattened, version, doubts: Vec::new() }
}

/// What becomes of a record, and the version it becomes.
fn taken(entries: &[Entry], reading: &Reading) -> (Intake, Reading) {
    let reading = completed(entries, reading);
    (decide(entries, &reading), reading)
}

fn intake(entries: &[Entry], reading: &Reading) -> Intake {
    taken(entries, reading).0
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
        version: Arc::new(reading(name).version),
    }
}

#[test]
fn an_unknown_procedure_is_published() {
    assert_eq!(intake(&[], &reading("a")), Intake::Publish);
}

#[test]
fn the_same_text_changes_nothing() {
    let there = entry(Origin::Native, Status::Published, "a");
    assert_eq!(intake(&[there], &reading("a")), Intake::Same);
}

#[test]
fn another_text_follows_but_not_over_a_fuller_one() {
    let captured = entry(Origin::Flattened, Status::Published, "a");
    assert_eq!(intake(&[captured], &reading("b")), Intake::Publish);
    let native = entry(Origin::Native, Status::Published, "a");
    assert_eq!(intake(std::slice::from_ref(&native), &reading("b")), Intake::Beside);
    let record = Reading { format: Format::Native, ..reading("b") };
    assert_eq!(intake(&[native], &record), Intake::Publish);
}

#[test]
fn a_person_decides_where_people_wrote_or_ended_something() {
    for (origin, status) in [
        (Origin::Hand, Status::Published),
        (Origin::Native, Status::Suspended),
        (Origin::Flattened, Status::Abolished),
    ] {
        let there = entry(origin, status, "a");
        assert_eq!(intake(&[there], &reading("b")), Intake::Draft, "{origin:?} {status:?}");
    }
    let mut strange = reading("a");
    strange.doubts.push(Doubt::new(ReadPart::Code, Why::AnotherCode, "1.000001"));
    assert_eq!(intake(&[], &strange), Intake::Draft);
}

#[test]
fn what_no_source_could_know_goes_over() {
    let mut ours = reading("a").version;
    ours.name_en = Some("A".to_owned());
    ours.agencies.publishing = Some(Named::coded("G15", "Bộ Tư pháp"));
    ours.route = vec![RouteStep {
        name_vi: "Tiếp nhận".to_owned(),
        name_en: "Reception".to_owned(),
        role: "clerk".to_owned(),
        hours: 2,
    }];
    let paper = Component {
        code: Some("KQ.1".to_owned()),
        name: "Tờ khai".to_owned(),
        name_en: Some("Declaration".to_owned()),
        eform: true,
        ..Component::default()
    };
    ours.cases = vec![Case { components: vec![paper.clone()], ..Case::default() }];
    let there = with(Origin::Shipped, ours.clone());
    let mut new = reading("b");
    new.version.agencies.publishing = Some(Named::of("Bộ Tư pháp"));
    let bare = Component { name: "Tờ khai".to_owned(), originals: 1, ..Component::default() };
    new.version.cases = vec![Case { components: vec![bare], ..Case::default() }];
    let (intake, reading) = taken(std::slice::from_ref(&there), &new);
    assert_eq!(intake, Intake::Publish);
    let version = reading.version;
    assert_eq!((version.name.as_str(), version.name_en.as_deref()), ("b", Some("A")));
    assert_eq!(version.route, ours.route);
    assert_eq!(version.agencies.publishing, ours.agencies.publishing);
    assert_eq!(version.cases[0].components, [Component { originals: 1, ..paper }]);
}

fn with(origin: Origin, version: Version) -> Entry {
    Entry { version: Arc::new(version), ..entry(origin, Status::Published, "") }
}

/// A procedure that is filed here, with the form and the route the program ships for it.
fn filed_here() -> Version {
    let shipped = crate::shipped::read().unwrap().into_iter().map(|shipped| shipped.version);
    let version = shipped.into_iter().find(|version| version.code.as_str() == "1.001193").unwrap();
    assert!(version.form.is_some() && version.is_filed_online() && !version.route.is_empty());
    version
}

#[test]
fn a_text_that_is_silent_about_the_network_does_not_close_it() {
    let ours = filed_here();
    let mut silent = Version { form: None, route: Vec::new(), ..ours.clone() };
    silent.name = "Tên mới".to_owned();
    silent.channels.retain(|channel| channel.kind != ChannelKind::Online);
    silent.online_level = OnlineLevel::Information;
    let silent = Reading { format: Format::Native, version: silent, doubts: Vec::new() };
    let there = with(Origin::Shipped, ours.clone());
    let (intake, reading) = taken(&[there], &silent);
    assert_eq!(intake, Intake::Draft, "people use it: a person looks first");
    assert_eq!(reading.version.form, ours.form);
    assert_eq!(reading.version.route, ours.route);
    assert!(reading.version.is_filed_online());
    assert_eq!(reading.version.online_level, ours.online_level);
    assert_eq!(
        reading.version.channel(ChannelKind::Online),
        ours.channel(ChannelKind::Online),
        "with its time and fees"
    );
    assert_eq!(reading.doubts.len(), 1, "{:?}", reading.doubts);
    assert_eq!(reading.doubts[0].why, Why::OnlineKept);
}

#[test]
fn a_paper_that_the_form_asks_for_and_the_text_lost_is_told() {
    let ours = filed_here();
    let form = ours.form.clone().unwrap();
    let asked = form.components()[0].1.to_owned();
    let mut new = Reading { format: Format::Native, version: ours.clone(), doubts: Vec::new() };
    for case in &mut new.version.cases {
        case.components.retain(|paper| paper.code.as_deref() != Some(&asked));
    }
    let (intake, reading) = taken(&[with(Origin::Shipped, ours)], &new);
    assert_eq!(intake, Intake::Draft);
    assert_eq!(reading.doubts, [Doubt::new(ReadPart::Components, Why::FormAsksMore, &asked)]);
}

#[test]
fn how_much_goes_online_is_not_taken_from_a_page_that_cannot_say_it() {
    let mut ours = filed_here();
    ours.form = None;
    ours.online_level = OnlineLevel::Whole;
    let new = Version { online_level: OnlineLevel::Part, ..ours.clone() };
    let there = [with(Origin::Flattened, ours)];
    let page = Reading { format: Format::Flattened, version: new, doubts: Vec::new() };
    assert_eq!(intake(&there, &page), Intake::Same);
    let record = Reading { format: Format::Native, ..page };
    assert_eq!(taken(&there, &record).1.version.online_level, OnlineLevel::Part);
}
