use std::collections::BTreeSet;

use jiff::civil::date;
use platform::words::{Locale, Speech, WordFile, Words};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::eform::{
    Account, Answers, Attribute, Definition, Flow, Known, Place, Places, Step, Surroundings,
};
use crate::shipped::read;
use crate::version::Version;

#[derive(Deserialize)]
struct Sample {
    of: String,
    case: String,
    answers: Value,
}

fn versions_with_forms() -> Vec<(Version, Definition)> {
    let versions = read().unwrap().into_iter().map(|shipped| shipped.version);
    versions.filter_map(|version| Some((version.clone(), version.form?))).collect()
}

fn form(code: &str) -> Definition {
    let all = versions_with_forms();
    all.into_iter().find(|(version, _)| version.code.as_str() == code).unwrap().1
}

fn samples() -> Vec<Sample> {
    let mut samples: Vec<Sample> = serde_json::from_str(include_str!("samples.json")).unwrap();
    let file = json!([{
        "id": "01234567-89ab-7def-8123-456789abcdef", "name": "giay-to.pdf",
        "media": "application/pdf", "size_bytes": 250_000, "sha256": "ab".repeat(32),
    }]);
    for sample in &mut samples {
        let answers = sample.answers.as_object_mut().unwrap();
        for value in answers.values_mut().filter(|value| **value == json!("FILE")) {
            *value = file.clone();
        }
    }
    samples
}

fn places() -> Places {
    let place = |code: &str, name: &str| Place { code: code.to_owned(), name: name.to_owned() };
    Places::new(
        vec![place("01", "Thành phố Hà Nội"), place("31", "Thành phố Hải Phòng")],
        vec![
            ("01".to_owned(), place("00004", "Phường Ba Đình")),
            ("31".to_owned(), place("11311", "Phường Thủy Nguyên")),
        ],
    )
}

fn around(places: &Places) -> Surroundings<'_> {
    Surroundings { today: date(2026, 11, 23), places }
}

fn speech(locale: Locale) -> Speech {
    let files = [WordFile {
        name: "procedures",
        vi: include_str!("../../eform/words/vi.ftl"),
        en: include_str!("../../eform/words/en.ftl"),
    }];
    Words::load(&files).unwrap().speak(locale)
}

/// Posts what the sample says on a step, as its page would.
fn post(form: &Definition, step: Step, sample: &Answers, answers: &mut Answers) {
    let page = &form.pages()[step.page().unwrap()];
    let mut pairs = Vec::new();
    for field in page.fields.iter().map(|field| &form.fields()[*field]) {
        let path = field.path(form.groups(), step.item());
        for attachment in sample.attachments(&path) {
            answers.attach(&path, attachment);
        }
        pairs.extend(field.inputs(&path).into_iter().filter(|input| sample.has(input)));
    }
    let mut pairs: Vec<(String, String)> =
        pairs.into_iter().map(|input| (input.clone(), sample.get(&input).to_owned())).collect();
    if let (Step::List(_), Some(group)) = (step, page.group.map(|group| &form.groups()[group])) {
        let more = answers.items(group) < sample.items(group);
        let said = if more { "yes" } else { "no" };
        pairs.push((format!("{}.more", group.name), said.to_owned()));
    }
    answers.take(form, step, &platform::web::form::Answers::from_pairs(pairs));
}

/// Walks a form from its first page to the check, page by page.
fn walk(form: &Definition, sample: &Sample) -> (Answers, Vec<String>) {
    let places = places();
    let wanted = Answers::from_document(form, &sample.answers);
    let mut answers = Answers::default();
    let mut at = Flow::new(form, &answers, around(&places)).steps()[0];
    let mut walked = Vec::new();
    while at != Step::Check {
        walked.push(at.address(form));
        assert!(walked.len() < 100, "{}: {walked:?}", sample.case);
        post(form, at, &wanted, &mut answers);
        let flow = Flow::new(form, &answers, around(&places));
        let faults = flow.faults_on(at);
        assert!(faults.is_empty(), "{}: {} {faults:?}", sample.case, at.address(form));
        at = flow.next(at);
    }
    (answers, walked)
}

#[test]
fn at_least_six_procedures_have_forms_and_each_form_has_a_sample() {
    let with_forms: BTreeSet<String> =
        versions_with_forms().iter().map(|(version, _)| version.code.to_string()).collect();
    let with_samples: BTreeSet<String> = samples().into_iter().map(|sample| sample.of).collect();
    assert!(with_forms.len() >= 6);
    assert_eq!(with_forms, with_samples);
}

#[test]
fn each_sample_goes_through_to_the_end_and_hands_in_what_it_said() {
    let places = places();
    for sample in samples() {
        let form = form(&sample.of);
        let (answers, _) = walk(&form, &sample);
        let flow = Flow::new(&form, &answers, around(&places));
        assert!(flow.is_ready(), "{}: {:?}", sample.case, flow.first_open());
        assert_eq!(flow.submission()["answers"], sample.answers, "{}", sample.case);
    }
}

#[test]
fn every_page_but_endings_is_reached_by_some_sample() {
    for (version, form) in versions_with_forms() {
        let code = version.code.as_str();
        let walks = samples().into_iter().filter(|sample| sample.of == code);
        let reached: BTreeSet<String> = walks.flat_map(|sample| walk(&form, &sample).1).collect();
        for page in form.pages().iter().filter(|page| !page.stop) {
            assert!(reached.contains(&page.id), "{code}: no sample reaches {}", page.id);
        }
    }
}

#[test]
fn summaries_and_faults_speak_both_languages_without_a_gap() {
    let places = places();
    for locale in Locale::ALL {
        let speech = speech(locale);
        for sample in samples() {
            let form = form(&sample.of);
            let (answers, _) = walk(&form, &sample);
            let flow = Flow::new(&form, &answers, around(&places));
            let rows: Vec<_> = flow
                .summary(&speech)
                .into_iter()
                .flat_map(|section| section.blocks)
                .flat_map(|block| block.rows)
                .collect();
            assert!(rows.iter().all(|row| !row.label.is_empty() && !row.value.is_empty()));
            assert!(rows.iter().all(|row| !row.value.contains("procedures-")));
        }
        for (_, form) in versions_with_forms() {
            let empty = Answers::default();
            let flow = Flow::new(&form, &empty, around(&places));
            for fault in flow.faults() {
                let sentence = fault.sentence(&form, &speech);
                assert!(!sentence.contains("procedures-") && !sentence.is_empty(), "{sentence}");
            }
        }
    }
}

#[test]
fn file_fields_belong_to_components_of_their_procedure() {
    for (version, form) in versions_with_forms() {
        let codes: BTreeSet<&str> = version
            .cases
            .iter()
            .flat_map(|case| &case.components)
            .filter_map(|component| component.code.as_deref())
            .collect();
        for (field, component) in form.components() {
            assert!(codes.contains(component), "{}: {field} gives {component}", version.code);
        }
    }
}

fn mother() -> Account {
    let home = Known::Address {
        province: "01".to_owned(),
        commune: "00004".to_owned(),
        street: "12 Quán Thánh".to_owned(),
    };
    Account::default()
        .with_text(Attribute::FullName, "Trần Thị Lan")
        .with_text(Attribute::PersonalNumber, "001196012345")
        .with(Attribute::BirthDate, Known::Date(date(1996, 3, 12)))
        .with_text(Attribute::Sex, "female")
        .with_text(Attribute::Phone, "0912345678")
        .with(Attribute::Residence, home)
}

#[test]
fn a_mother_is_not_asked_what_the_state_knows_of_her() {
    let (form, places) = (form("1.001193"), places());
    let mut answers = Answers::default();
    let document = json!({ "parents": "married", "role": "mother" });
    let said = Answers::from_document(&form, &document);
    for address in ["parents", "role"] {
        let step = Step::find(&form, address).unwrap();
        post(&form, step, &said, &mut answers);
        answers.prefill(&form, &mother(), around(&places));
    }
    let flow = Flow::new(&form, &answers, around(&places));
    let mut asked = Vec::new();
    let mut at = Step::find(&form, "parents").unwrap();
    while at != Step::Check {
        asked.push(at.address(&form));
        at = flow.next(at);
    }
    for known in ["mother", "mother-home", "applicant", "applicant-home"] {
        assert!(!asked.contains(&known.to_owned()), "{known} is asked: {asked:?}");
    }
    for unknown in ["mother-ethnicity", "father", "child-name", "contact"] {
        assert!(asked.contains(&unknown.to_owned()), "{unknown} is not asked: {asked:?}");
    }
    let rows = flow.rows(Step::find(&form, "mother").unwrap(), &speech(Locale::Vi));
    assert!(rows.iter().all(|row| row.known && row.change.is_none()));
}

#[test]
fn the_birth_form_ends_where_another_procedure_is_needed() {
    let (form, places) = (form("1.001193"), places());
    for (parents, page) in [("recognition", "recognition"), ("foreign", "foreign")] {
        let answers = Answers::from_document(&form, &json!({ "parents": parents }));
        let flow = Flow::new(&form, &answers, around(&places));
        assert_eq!(flow.stop().map(|stop| stop.id.as_str()), Some(page));
        let shape = flow.shape(flow.next(Step::Page(0)), &speech(Locale::Vi), false).unwrap();
        assert!(shape.stop && shape.text.is_some());
    }
}

#[test]
fn rules_of_the_law_are_told_in_the_forms_own_words() {
    let places = places();
    for (code, answers, wanted) in [
        (
            "1.000894",
            json!({ "foreign": "both", "groom_birth": "2006-11-24" }),
            "groom_birth: Nhập lại ngày sinh: bên nam phải từ đủ 20 tuổi vào ngày đăng ký",
        ),
        (
            "1.000894",
            json!({ "foreign": "both", "bride_birth": "2008-11-24" }),
            "bride_birth: Nhập lại ngày sinh: bên nữ phải từ đủ 18 tuổi vào ngày đăng ký",
        ),
        (
            "1.001193",
            json!({ "parents": "mother-only", "mother_ethnicity": "01", "child_ethnicity": "02" }),
            "child_ethnicity: Chọn dân tộc của mẹ, vì chưa xác định được cha",
        ),
        (
            "1.001193",
            json!({ "parents": "mother-only", "role": "father" }),
            "role: Chọn quan hệ khác: ở trên đã chọn chưa xác định được cha",
        ),
        (
            "1.004873",
            json!({ "purpose": "marry", "status": "married" }),
            "status: Chọn lại: người đang có vợ, có chồng không được cấp giấy xác nhận để kết hôn",
        ),
        (
            "1.004194",
            json!({ "stay_until": "2028-12-25" }),
            "stay_until: Nhập ngày trong vòng 2 năm tới",
        ),
        (
            "2.001159",
            json!({ "from": "2026-11-01", "until": "2026-12-01" }),
            "until: Nhập ngày đi trong vòng 30 ngày; ở lâu hơn thì đăng ký tạm trú, mã 1.004194",
        ),
    ] {
        let form = form(code);
        let answers = Answers::from_document(&form, &answers);
        let flow = Flow::new(&form, &answers, around(&places));
        let speech = speech(Locale::Vi);
        let told: Vec<String> = flow
            .faults()
            .iter()
            .map(|fault| format!("{}: {}", fault.input, fault.sentence(&form, &speech)))
            .collect();
        assert!(told.iter().any(|line| line == wanted), "{wanted}\n{told:#?}");
    }
}

#[test]
fn calculated_fields_have_their_sums() {
    let places = places();
    for (code, case, field, wanted) in [
        ("1.001193", 0, "copy_fee", json!(24_000)),
        ("1.001193", 0, "on_time", json!(true)),
        ("1.001193", 1, "on_time", json!(false)),
        ("1.001612", 0, "total_capital", json!(50_000_000)),
        ("1.001612", 1, "total_capital", json!(350_000_000)),
        ("2.000635", 0, "fee", json!(40_000)),
        ("1.004194", 0, "persons", json!(2)),
        ("1.004194", 0, "charge", json!(7_000)),
        ("1.004194", 1, "charge", json!(0)),
        ("2.001159", 0, "nights", json!(2)),
        ("1.014027", 0, "person_age", json!(72)),
    ] {
        let form = form(code);
        let sample = samples().into_iter().filter(|sample| sample.of == code).nth(case).unwrap();
        let answers = Answers::from_document(&form, &sample.answers);
        let flow = Flow::new(&form, &answers, around(&places));
        assert_eq!(flow.submission()["calculated"][field], wanted, "{code} {field}");
    }
}
