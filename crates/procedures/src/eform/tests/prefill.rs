use platform::words::Locale;

use super::support::{around, household, places, post, speech, step};
use crate::eform::{Account, Answers, Attribute, Flow, Known, TaskState};

fn account() -> Account {
    Account::default()
        .with_text(Attribute::FullName, "Nguyễn Thị Hòa")
        .with_text(Attribute::PersonalNumber, "001190012345")
        .with_text(Attribute::Email, "hoa@nha.vn")
        .with(
            Attribute::Residence,
            Known::Address {
                province: "01".to_owned(),
                commune: "00004".to_owned(),
                street: "12 Quán Thánh".to_owned(),
            },
        )
}

fn prefilled(pairs: &[(&str, &[(&str, &str)])]) -> Answers {
    let (form, places) = (household(), places());
    let mut answers = Answers::default();
    for (at, posted) in pairs {
        post(&form, &mut answers, at, posted);
        answers.prefill(&form, &account(), around(&places));
    }
    answers
}

#[test]
fn what_the_account_knows_is_filled_in_and_not_asked() {
    let (form, places) = (household(), places());
    let answers = prefilled(&[("role", &[("role", "self")])]);
    assert_eq!(answers.get("owner_name"), "Nguyễn Thị Hòa");
    assert_eq!(answers.get("home-commune"), "00004");
    assert!(answers.is_known("owner_number"));
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.next(step(&form, "role")).address(&form), "birth", "name is settled");
    assert!(flow.has(step(&form, "name")), "and can still be looked at");
    assert_eq!(flow.next(step(&form, "birth")).address(&form), "members.0");
    assert_eq!(
        flow.previous(step(&form, "birth")).map(|it| it.address(&form)).as_deref(),
        Some("role")
    );
}

#[test]
fn it_waits_for_its_condition_and_is_taken_back_with_it() {
    let other = prefilled(&[("role", &[("role", "other")])]);
    assert_eq!(other.get("owner_name"), "");
    assert_eq!(other.get("email"), "hoa@nha.vn", "no condition: always");
    let changed = prefilled(&[("role", &[("role", "self")]), ("role", &[("role", "other")])]);
    assert_eq!(changed.get("owner_name"), "");
    assert!(!changed.has("home-province"));
}

#[test]
fn what_a_person_typed_stays_unless_the_field_is_locked() {
    let typed = prefilled(&[
        ("role", &[("role", "other")]),
        ("name", &[("owner_name", "Bà Năm"), ("owner_number", "079199000001")]),
        ("note", &[("email", "khac@nha.vn")]),
        ("home", &[("home-province", "31"), ("home-commune", "11311")]),
        ("role", &[("role", "self")]),
    ]);
    assert_eq!(typed.get("owner_name"), "Nguyễn Thị Hòa", "locked: the State knows better");
    assert_eq!(typed.get("email"), "khac@nha.vn");
    assert_eq!(typed.get("home-province"), "31");
    assert!(!typed.is_known("email"));
}

#[test]
fn known_answers_are_marked_and_locked_ones_cannot_be_changed() {
    let (form, places) = (household(), places());
    let answers = prefilled(&[("role", &[("role", "self")])]);
    let flow = Flow::new(&form, &answers, around(&places));
    let speech = speech(Locale::Vi);
    let name = &flow.rows(step(&form, "name"), &speech)[0];
    assert!(name.known && name.change.is_none());
    let home = &flow.rows(step(&form, "home"), &speech)[0];
    assert!(home.known && home.change.is_some());
    let role = &flow.rows(step(&form, "role"), &speech)[0];
    assert!(!role.known);
}

#[test]
fn known_answers_alone_do_not_start_a_task() {
    let (form, places) = (household(), places());
    let mut answers = Answers::default();
    answers.prefill(&form, &account(), around(&places));
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.tasks(Locale::Vi)[0].state, TaskState::NotStarted);
}
