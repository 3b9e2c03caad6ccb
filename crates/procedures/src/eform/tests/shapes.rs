use platform::words::Locale;

use super::support::{around, filled, household, places, post, speech, step};
use crate::eform::{Answers, Ask, Flow, Place, Places, Shape};

fn shape(answers: &Answers, at: &str, told: bool) -> Shape {
    let (form, places) = (household(), places());
    let flow = Flow::new(&form, answers, around(&places));
    flow.shape(step(&form, at), &speech(Locale::Vi), told).unwrap()
}

fn html(shape: &Shape) -> String {
    let field = |ask: &Ask| match ask {
        Ask::Field(markup) => markup.to_string(),
        Ask::Files(files) => format!("[{}]", files.path),
    };
    shape.asks.iter().map(field).collect()
}

#[test]
fn a_page_of_one_field_has_it_as_its_heading() {
    let shape = shape(&Answers::default(), "birth", false);
    assert_eq!(shape.heading, None);
    let html = html(&shape);
    assert!(html.contains("<h1>Sinh ngày nào?</h1>"), "{html}");
    for part in ["birth_date-day", "birth_date-month", "birth_date-year"] {
        assert!(html.contains(&format!("name=\"{part}\"")), "{html}");
    }
}

#[test]
fn a_page_of_several_has_its_own_heading_and_labels() {
    let shape = shape(&filled(&household()), "name", false);
    assert_eq!(shape.heading.as_deref(), Some("Chủ hộ là ai?"));
    let html = html(&shape);
    assert!(!html.contains("<h1"));
    assert!(html.contains("value=\"Nguyễn Thị Hòa\""), "{html}");
    assert!(html.contains("value=\"001190 012345\""), "as typed: {html}");
    assert!(html.contains("autocomplete=\"name\""), "{html}");
}

#[test]
fn what_a_person_typed_never_becomes_markup() {
    let form = household();
    let mut answers = Answers::default();
    post(&form, &mut answers, "name", &[("owner_name", "\"><script>alert(1)</script>")]);
    let html = html(&shape(&answers, "name", true));
    assert!(!html.contains("<script>"), "{html}");
}

#[test]
fn faults_are_shown_only_when_they_are_to_be_told() {
    let fresh = shape(&Answers::default(), "name", false);
    assert!(fresh.errors.is_empty() && !html(&fresh).contains("aria-invalid"));
    let told = shape(&Answers::default(), "name", true);
    assert_eq!(told.errors.of("owner_name"), Some("Nhập họ, chữ đệm, tên"));
    assert!(html(&told).contains("Nhập họ, chữ đệm, tên"));
}

#[test]
fn every_error_stands_at_an_input_of_its_page() {
    let (form, places) = (household(), places());
    let empty = Answers::default();
    let flow = Flow::new(&form, &empty, around(&places));
    for step in flow.steps() {
        let shape = flow.shape(*step, &speech(Locale::Vi), true).unwrap();
        let html = html(&shape);
        for (name, _) in shape.errors.iter() {
            let there =
                html.contains(&format!("id=\"f-{name}\"")) || html.contains(&format!("[{name}]"));
            assert!(there, "{name} is not on the page: {html}");
        }
    }
}

#[test]
fn an_address_offers_the_communes_of_the_province_chosen() {
    let form = household();
    let before = html(&shape(&Answers::default(), "home", false));
    assert!(before.contains("Thành phố Hải Phòng") && !before.contains("Phường"), "{before}");
    let mut answers = Answers::default();
    post(&form, &mut answers, "home", &[("home-province", "31")]);
    let after = html(&shape(&answers, "home", true));
    assert!(after.contains("Phường Thủy Nguyên") && !after.contains("Phường Ba Đình"), "{after}");
}

#[test]
fn places_stand_in_the_order_in_which_people_look_for_them() {
    let place = |code: &str, name: &str| Place { code: code.to_owned(), name: name.to_owned() };
    let communes = [("3", "Xã Đông Anh"), ("1", "Phường Ba Đình"), ("2", "Phường Cửa Nam")];
    let communes = communes.map(|(code, name)| ("01".to_owned(), place(code, name)));
    let provinces = [place("46", "Thành phố Huế"), place("92", "Thành phố Cần Thơ")];
    let places = Places::new(provinces.to_vec(), communes.to_vec());
    let names = |places: &[Place]| places.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(places.provinces()), ["Thành phố Cần Thơ", "Thành phố Huế"]);
    assert_eq!(names(places.communes("01")), ["Phường Ba Đình", "Phường Cửa Nam", "Xã Đông Anh"]);
}

#[test]
fn a_list_shows_its_items_and_asks_for_more_while_there_is_room() {
    let form = household();
    let mut answers = filled(&form);
    let list = shape(&answers, "members", false);
    let names: Vec<&str> = list.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Thành viên 1", "Thành viên 2"]);
    assert_eq!(list.items[1].step, "members.1");
    assert_eq!(list.items[0].rows[1].value, "20.000.000 ₫");
    assert!(html(&list).contains("Còn thành viên nào nữa không?"));
    post(&form, &mut answers, "members.2", &[]);
    assert!(shape(&answers, "members", false).asks.is_empty());
}

#[test]
fn a_file_field_says_what_it_takes_and_what_it_has() {
    let shape = shape(&filled(&household()), "paper", false);
    let Some(Ask::Files(files)) = shape.asks.first() else { panic!("no file field") };
    assert_eq!(files.hint, "Nhận tệp PDF, PNG; mỗi tệp không quá 1 MB, nhiều nhất 2 tệp.");
    assert_eq!(files.attachments.len(), 1);
    assert!(files.rule.reuse && files.required && files.heading);
}

#[test]
fn an_ending_says_why_and_asks_nothing() {
    let form = household();
    let mut answers = Answers::default();
    post(&form, &mut answers, "role", &[("role", "child")]);
    let shape = shape(&answers, "minor", false);
    assert!(shape.stop && shape.asks.is_empty());
    assert_eq!(shape.text.as_deref(), Some("Người chưa thành niên không đứng tên được."));
}

#[test]
fn optional_fields_are_marked_and_a_declaration_is_a_box_to_tick() {
    let note = html(&shape(&Answers::default(), "note", false));
    assert!(note.contains("<textarea") && note.contains("class=\"optional\""), "{note}");
    let sure = html(&shape(&Answers::default(), "sure", false));
    assert!(sure.contains("type=\"checkbox\""), "{sure}");
    assert!(sure.contains("Tôi cam đoan lời khai là đúng"), "{sure}");
}
