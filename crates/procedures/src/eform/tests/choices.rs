//! Several choices, "none of these", and what is said about them.

use platform::words::Locale;
use serde_json::{Value, json};

use super::support::{around, filled, places, post, speech, step, told};
use crate::eform::{Answers, Ask, Definition, Flow};

/// The household with a question of several choices: at most two, or none of them.
fn form() -> Definition {
    let mut document: Value = serde_json::from_str(super::support::HOUSEHOLD).unwrap();
    let choices = json!(["deaf", "blind", "lame", "none"]);
    document["schema"]["properties"]["needs"] =
        json!({ "type": "array", "maxItems": 2, "items": { "type": "string", "enum": choices } });
    let required = document["schema"]["required"].as_array_mut().unwrap();
    required.push(json!("needs"));
    document["layout"]["needs"] = json!({ "alone": "none" });
    let pages = document["pages"].as_array_mut().unwrap();
    pages.push(json!({ "id": "needs", "section": "papers", "fields": ["needs"] }));
    pages.push(json!({ "id": "eyes", "section": "papers", "stop": true,
        "show_if": "has(needs, 'blind') and count(needs) == 1" }));
    for (tag, label, choices) in [
        ("vi", "Cần hỗ trợ gì?", ["Người khiếm thính", "Người khiếm thị", "Đi lại", "Không cần"]),
        ("en", "Which help?", ["Hearing", "Seeing", "Walking", "None of these"]),
    ] {
        let [deaf, blind, lame, none] = choices;
        document["words"][tag]["fields"]["needs"] = json!({ "label": label, "short": "Hỗ trợ",
            "choices": { "deaf": deaf, "blind": blind, "lame": lame, "none": none } });
        document["words"][tag]["pages"]["eyes"] = json!({ "heading": "?", "text": "?" });
    }
    Definition::from_value(document).unwrap()
}

fn answered(chosen: &[&str]) -> Answers {
    let form = form();
    let mut answers = filled(&form);
    let pairs: Vec<(&str, &str)> = chosen.iter().map(|choice| ("needs", *choice)).collect();
    post(&form, &mut answers, "needs", &pairs);
    answers
}

#[test]
fn what_is_chosen_is_handed_in_as_a_list_in_the_order_of_the_form() {
    let (form, places) = (form(), places());
    let answers = answered(&["lame", "deaf", "deaf"]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert!(flow.is_ready(), "{:?}", flow.faults());
    let document = flow.submission()["answers"].clone();
    assert_eq!(document["needs"], json!(["deaf", "lame"]));
    let back = Answers::from_document(&form, &document);
    let again = Flow::new(&form, &back, around(&places));
    assert_eq!(again.submission()["answers"], document);
}

#[test]
fn each_mistake_says_how_to_mend_it() {
    for (chosen, wanted) in [
        (&[][..], "needs: Chọn ít nhất một mục: hỗ trợ"),
        (&["deaf", "none"], "needs: Chỉ chọn “Không cần” hoặc chỉ chọn các mục khác: hỗ trợ"),
        (&["deaf", "blind", "lame"], "needs: Chọn nhiều nhất 2 mục: hỗ trợ"),
        (&["deaf", "rich"], "needs: Chọn hỗ trợ trong danh sách"),
    ] {
        let told = told(&form(), &answered(chosen), Locale::Vi);
        assert_eq!(told, [wanted], "{chosen:?}");
    }
    assert!(told(&form(), &answered(&["none"]), Locale::Vi).is_empty());
}

#[test]
fn the_page_shows_boxes_with_what_was_ticked_right_or_wrong() {
    let (form, places) = (form(), places());
    let answers = answered(&["deaf", "none"]);
    let flow = Flow::new(&form, &answers, around(&places));
    let shape = flow.shape(step(&form, "needs"), &speech(Locale::Vi), true).unwrap();
    let Ask::Field(html) = &shape.asks[0] else { panic!("no file") };
    let html = html.to_string();
    assert_eq!(html.matches("type=\"checkbox\"").count(), 4, "{html}");
    assert_eq!(html.matches(" checked").count(), 2, "{html}");
    assert!(html.contains("<h1>Cần hỗ trợ gì?</h1>"), "{html}");
    assert!(html.contains("Chọn nhiều nhất 2 mục.") && html.contains("bỏ trống các mục khác"));
    assert!(html.contains("id=\"f-needs\"") && shape.errors.of("needs").is_some());
}

#[test]
fn unticking_all_takes_the_answer_back() {
    let form = form();
    let mut answers = answered(&["deaf"]);
    post(&form, &mut answers, "needs", &[]);
    assert_eq!(answers.chosen("needs"), Vec::<&str>::new());
    assert!(answers.has("needs"));
}

#[test]
fn conditions_see_which_and_how_many_were_chosen() {
    let (form, places) = (form(), places());
    for (chosen, stops) in
        [(&["blind"][..], true), (&["blind", "deaf"], false), (&["deaf"], false), (&[], false)]
    {
        let answers = answered(chosen);
        let flow = Flow::new(&form, &answers, around(&places));
        assert_eq!(flow.stop().is_some(), stops, "{chosen:?}");
    }
}

#[test]
fn the_summary_lists_the_choices_by_name() {
    let (form, places) = (form(), places());
    let answers = answered(&["lame", "deaf"]);
    let flow = Flow::new(&form, &answers, around(&places));
    let rows = flow.rows(step(&form, "needs"), &speech(Locale::En));
    assert_eq!(rows[0].value, "Hearing\nWalking");
    assert_eq!(rows[0].change.as_deref(), Some("needs"));
}
