//! Repeated groups whose items are asked on several pages, files among them.

use platform::words::Locale;
use serde_json::{Value, json};

use super::support::{around, filled, pdf, places, post, route, speech, step, told};
use crate::eform::{Answers, Definition, Flow};

/// The household where each member also gives a paper, on a page of its own.
fn document() -> Value {
    let mut document: Value = serde_json::from_str(super::support::HOUSEHOLD).unwrap();
    let item = &mut document["schema"]["properties"]["members"]["items"];
    item["properties"]["card"] = json!({ "type": "array", "format": "files" });
    item["required"].as_array_mut().unwrap().push(json!("card"));
    document["files"]["members.card"] = json!({ "component": "K2", "accept": ["application/pdf"] });
    let page = json!({ "id": "member-card", "section": "members", "group": "members",
        "fields": ["card"] });
    document["pages"].as_array_mut().unwrap().insert(7, page);
    for tag in ["vi", "en"] {
        document["words"][tag]["pages"]["member-card"] = json!({ "heading": "Giấy tờ" });
        document["words"][tag]["fields"]["members.card"] = json!({ "label": "Thẻ căn cước" });
    }
    document
}

fn form() -> Definition {
    Definition::from_value(document()).unwrap()
}

fn both_cards(form: &Definition) -> Answers {
    let mut answers = filled(form);
    for item in 0..2 {
        answers.attach(&format!("members.{item}.card"), pdf(10 + item));
        post(form, &mut answers, &format!("member-card.{item}"), &[]);
    }
    answers
}

#[test]
fn an_item_is_walked_page_by_page_and_back() {
    let (form, places) = (form(), places());
    let answers = both_cards(&form);
    let walked: Vec<String> =
        route(&form, &answers).into_iter().filter(|at| at.starts_with("member")).collect();
    assert_eq!(
        walked,
        ["members.0", "member-card.0", "members.1", "member-card.1", "members"],
        "all of one item, then the next, then the list"
    );
    let flow = Flow::new(&form, &answers, around(&places));
    assert!(flow.is_ready(), "{:?}", flow.faults());
    let at = |address: &str| step(&form, address);
    assert_eq!(flow.next(at("members.1")), at("member-card.1"));
    assert_eq!(flow.next(at("member-card.1")), at("members"));
    assert_eq!(flow.previous(at("member-card.1")), Some(at("members.1")));
    assert_eq!(flow.previous(at("members.1")), Some(at("members")));
    assert_eq!(flow.after_change(at("members.1")), at("members"), "the card is there already");
    assert!(flow.is_about(at("members"), at("member-card.1")));
    assert!(!flow.is_about(at("home"), at("member-card.1")));
    assert_eq!(crate::eform::Step::find(&form, "member-card"), None, "the list has one address");
}

#[test]
fn adding_another_asks_all_its_pages_and_its_card() {
    let (form, places) = (form(), places());
    let mut answers = both_cards(&form);
    post(&form, &mut answers, "members", &[("members.more", "yes")]);
    let new = [("members.2.full_name", "Đỗ Văn Cường"), ("members.2.capital", "2000")];
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.next(step(&form, "members")).address(&form), "members.2");
    post(&form, &mut answers, "members.2", &new);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.next(step(&form, "members.2")).address(&form), "member-card.2");
    assert_eq!(flow.first_open().unwrap().address(&form), "member-card.2");
    assert_eq!(told(&form, &answers, Locale::Vi)[0], "members.2.card: Tải lên thẻ căn cước");
}

#[test]
fn files_stand_with_their_item_and_move_up_with_it() {
    let (form, places) = (form(), places());
    let mut answers = both_cards(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    let given = |flow: &Flow<'_>| -> Vec<(String, String, String)> {
        let all = flow.given_files().into_iter();
        all.map(|(path, component, file)| (path, component.to_owned(), file.name)).collect()
    };
    let line = |path: &str, component: &str, number: u32| {
        (path.to_owned(), component.to_owned(), format!("bien-ban-{number}.pdf"))
    };
    let paper = line("paper", "K1", 1);
    assert_eq!(
        given(&flow),
        [line("members.0.card", "K2", 10), line("members.1.card", "K2", 11), paper.clone()]
    );
    let document = flow.submission()["answers"].clone();
    assert_eq!(document["members"].as_array().unwrap().len(), 2);
    assert_eq!(document["members"][1]["full_name"], "Lê Thị Bình");
    assert_eq!(document["members"][1]["card"][0]["name"], "bien-ban-11.pdf");
    let back = Answers::from_document(&form, &document);
    assert_eq!(Flow::new(&form, &back, around(&places)).submission()["answers"], document);
    answers.remove_item(&form.groups()[0], 0);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(given(&flow), [line("members.0.card", "K2", 11), paper]);
}

#[test]
fn files_of_a_page_no_longer_asked_are_not_handed_in() {
    let (form, places) = (form(), places());
    let mut answers = filled(&form);
    post(&form, &mut answers, "role", &[("role", "child")]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert!(flow.stop().is_some() && flow.given_files().is_empty());
    assert_eq!(answers.attachments("paper").len(), 1, "they are kept");
}

#[test]
fn the_list_and_the_summary_tell_an_item_whole() {
    let (form, places) = (form(), places());
    let answers = both_cards(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    let speech = speech(Locale::Vi);
    let list = flow.shape(step(&form, "members"), &speech, false).unwrap();
    assert_eq!(list.items.len(), 2);
    let labels: Vec<&str> = list.items[1].rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["Họ tên thành viên", "Số tiền góp", "Tham gia từ", "Thẻ căn cước"]);
    let page = flow.shape(step(&form, "member-card.1"), &speech, false).unwrap();
    assert_eq!(page.heading.as_deref(), Some("Thành viên 2: Giấy tờ"));
    let sections = flow.summary(&speech);
    let members = sections.iter().find(|section| section.id == "members").unwrap();
    let headings: Vec<_> = members.blocks.iter().filter_map(|it| it.heading.as_deref()).collect();
    assert_eq!(headings, ["Thành viên 1", "Thành viên 2"]);
    assert_eq!(members.blocks[1].rows.last().unwrap().change.as_deref(), Some("member-card.1"));
}

#[test]
fn pages_of_a_group_stand_together_without_conditions_of_their_own() {
    let faults = |change: fn(&mut Value)| {
        let mut document = document();
        change(&mut document);
        Definition::from_value(document).unwrap_err().to_string()
    };
    let scattered = "schema.properties.members: the pages of a group stand together in one \
                     section, and only the first has a condition";
    let apart = faults(|document| document["pages"].as_array_mut().unwrap().swap(7, 8));
    assert!(apart.contains(scattered), "{apart}");
    let hidden = faults(|document| document["pages"][7]["show_if"] = json!("answered(birth_date)"));
    assert!(hidden.contains(scattered), "{hidden}");
}

#[test]
fn pages_of_a_group_are_left_out_together() {
    let mut document = document();
    document["pages"][6]["show_if"] = json!("role == 'other'");
    document["pages"][9]["show_if"] = json!("count(members) == 0");
    let form = Definition::from_value(document).unwrap();
    let mut answers = both_cards(&form);
    let asked = |answers: &Answers| route(&form, answers);
    assert!(asked(&answers).contains(&"member-card.0".to_owned()));
    assert!(!asked(&answers).contains(&"note".to_owned()));
    post(&form, &mut answers, "role", &[("role", "self")]);
    assert!(!asked(&answers).iter().any(|at| at.starts_with("member")));
    assert!(asked(&answers).contains(&"note".to_owned()), "what is not asked is not counted");
}

/// A paper that may be left out: the page is answered when it was passed without one.
#[test]
fn a_page_of_files_that_may_be_left_out_does_not_hold_up_the_form() {
    let mut document = document();
    let required =
        document["schema"]["properties"]["members"]["items"]["required"].as_array_mut().unwrap();
    required.retain(|name| name != "card");
    let form = Definition::from_value(document).unwrap();
    let mut answers = filled(&form);
    for item in 0..2 {
        post(&form, &mut answers, &format!("member-card.{item}"), &[]);
    }
    let places = places();
    let flow = Flow::new(&form, &answers, around(&places));
    assert!(flow.is_ready(), "{:?}", flow.first_open().map(|step| step.address(&form)));
}
