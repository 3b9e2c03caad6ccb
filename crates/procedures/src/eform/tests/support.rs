//! A form with one of everything, answers to it, and words to speak of it.

use jiff::civil::{Date, date};
use platform::web::form;
use platform::words::{Locale, Speech, WordFile, Words};
use uuid::Uuid;

use crate::eform::{Answers, Attachment, Definition, Flow, Place, Places, Step, Surroundings};

pub const HOUSEHOLD: &str = include_str!("household.json");

pub fn household() -> Definition {
    Definition::parse(HOUSEHOLD).unwrap()
}

pub fn today() -> Date {
    date(2026, 11, 23)
}

pub fn places() -> Places {
    let place = |code: &str, name: &str| Place { code: code.to_owned(), name: name.to_owned() };
    Places::new(
        vec![place("01", "Thành phố Hà Nội"), place("31", "Thành phố Hải Phòng")],
        vec![
            ("01".to_owned(), place("00004", "Phường Ba Đình")),
            ("31".to_owned(), place("11311", "Phường Thủy Nguyên")),
        ],
    )
}

pub fn around(places: &Places) -> Surroundings<'_> {
    Surroundings { today: today(), places }
}

pub fn speech(locale: Locale) -> Speech {
    let files = [WordFile {
        name: "procedures",
        vi: include_str!("../words/vi.ftl"),
        en: include_str!("../words/en.ftl"),
    }];
    Words::load(&files).unwrap().speak(locale)
}

pub fn posted(pairs: &[(&str, &str)]) -> form::Answers {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    form::Answers::from_pairs(pairs.iter().map(owned).collect())
}

pub fn step(definition: &Definition, address: &str) -> Step {
    Step::find(definition, address).unwrap()
}

/// Posts one page.
pub fn post(definition: &Definition, answers: &mut Answers, at: &str, pairs: &[(&str, &str)]) {
    answers.take(definition, step(definition, at), &posted(pairs));
}

pub fn pdf(number: u128) -> Attachment {
    Attachment {
        id: Uuid::from_u128(number),
        name: format!("bien-ban-{number}.pdf"),
        media: "application/pdf".to_owned(),
        size_bytes: 120_000,
        sha256: "00".repeat(32),
        reused: false,
    }
}

/// The household filled in to the end.
pub fn filled(definition: &Definition) -> Answers {
    let mut answers = Answers::default();
    post(definition, &mut answers, "role", &[("role", "other")]);
    let name = [("owner_name", "Nguyễn Thị Hòa"), ("owner_number", "001190 012345")];
    post(definition, &mut answers, "name", &name);
    let birth = [("birth_date-day", "5"), ("birth_date-month", "03"), ("birth_date-year", "1990")];
    post(definition, &mut answers, "birth", &birth);
    let home =
        [("home-province", "01"), ("home-commune", "00004"), ("home-street", "12 Quán Thánh")];
    post(definition, &mut answers, "home", &home);
    let first = [
        ("members.0.full_name", "Trần Văn An"),
        ("members.0.capital", "20.000.000"),
        ("members.0.joined-year", "2020"),
    ];
    post(definition, &mut answers, "members.0", &first);
    post(definition, &mut answers, "members", &[("members.more", "yes")]);
    let second = [("members.1.full_name", "Lê Thị Bình"), ("members.1.capital", "1500000")];
    post(definition, &mut answers, "members.1", &second);
    post(definition, &mut answers, "members", &[("members.more", "no")]);
    answers.attach("paper", pdf(1));
    post(definition, &mut answers, "note", &[("note", "Không"), ("email", "")]);
    post(definition, &mut answers, "sure", &[("sure", "yes")]);
    answers
}

/// The addresses of the steps of a form with these answers.
pub fn route(definition: &Definition, answers: &Answers) -> Vec<String> {
    let places = places();
    let flow = Flow::new(definition, answers, around(&places));
    flow.steps().iter().map(|step| step.address(definition)).collect()
}

/// Every fault as "input: sentence".
pub fn told(definition: &Definition, answers: &Answers, locale: Locale) -> Vec<String> {
    let places = places();
    let flow = Flow::new(definition, answers, around(&places));
    let speech = speech(locale);
    flow.faults()
        .iter()
        .map(|fault| format!("{}: {}", fault.input, fault.sentence(definition, &speech)))
        .collect()
}
