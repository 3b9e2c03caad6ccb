use platform::words::Locale;

use super::support::{around, filled, household, places, post, speech, step};
use crate::eform::{Answers, Flow};

#[test]
fn every_answer_is_kept_as_typed_right_or_wrong() {
    let form = household();
    let mut answers = Answers::default();
    let typed = [("owner_name", "  hòa 2 "), ("owner_number", "abc")];
    post(&form, &mut answers, "name", &typed);
    assert_eq!(answers.get("owner_name"), "  hòa 2 ");
    assert_eq!(answers.get("owner_number"), "abc");
}

#[test]
fn a_page_takes_only_what_it_asks() {
    let form = household();
    let mut answers = Answers::default();
    let foreign = [("role", "self"), ("owner_name", "x"), ("members.0.capital", "5"), ("z", "z")];
    post(&form, &mut answers, "role", &foreign);
    assert_eq!(answers.texts().collect::<Vec<_>>(), [("role", "self")]);
}

#[test]
fn no_text_holds_what_a_database_cannot() {
    let form = household();
    let mut answers = Answers::default();
    post(&form, &mut answers, "note", &[("note", "a\0b")]);
    assert_eq!(answers.get("note"), "ab");
}

#[test]
fn an_unticked_box_is_an_answer_and_an_absent_field_keeps_its_own() {
    let form = household();
    let mut answers = filled(&form);
    post(&form, &mut answers, "sure", &[]);
    assert_eq!(answers.get("sure"), "");
    post(&form, &mut answers, "name", &[("owner_name", "Mai")]);
    assert_eq!(answers.get("owner_number"), "001190 012345");
}

#[test]
fn answers_travel_as_json() {
    let form = household();
    let answers = filled(&form);
    let text = serde_json::to_string(&answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&text).unwrap(), answers);
}

#[test]
fn what_was_handed_in_can_be_answered_again() {
    let (form, places) = (household(), places());
    let answers = filled(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    let back = Answers::from_document(&form, &flow.submission()["answers"]);
    let again = Flow::new(&form, &back, around(&places));
    assert_eq!(again.submission(), flow.submission());
}

#[test]
fn the_summary_tells_every_answer_asked_in_both_languages() {
    let (form, places) = (household(), places());
    let answers = filled(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    let lines = |locale| {
        let mut lines = Vec::new();
        for section in flow.summary(&speech(locale)) {
            lines.push(format!("# {}", section.title));
            for block in section.blocks {
                lines.extend(block.heading.map(|heading| format!("## {heading}")));
                lines.extend(block.rows.iter().map(|row| format!("{}: {}", row.label, row.value)));
            }
        }
        lines.join("\n")
    };
    insta::assert_snapshot!(lines(Locale::Vi), @r"
    # Chủ hộ
    Người được khai: Cho người khác
    Họ, chữ đệm, tên: Nguyễn Thị Hòa
    Số định danh cá nhân: 001190012345
    Ngày sinh: 05/03/1990
    Nơi ở: 12 Quán Thánh, Phường Ba Đình, Thành phố Hà Nội
    # Thành viên
    ## Thành viên 1
    Họ tên thành viên: Trần Văn An
    Số tiền góp: 20.000.000 ₫
    Tham gia từ: năm 2020
    ## Thành viên 2
    Họ tên thành viên: Lê Thị Bình
    Số tiền góp: 1.500.000 ₫
    Tham gia từ: Không khai
    Tổng vốn góp: 21.500.000 ₫
    Loại hộ: group
    # Giấy tờ
    Biên bản họp: bien-ban-1.pdf
    Ghi chú: Không
    Thư điện tử: Không khai
    Cam đoan: Có
    ");
    insta::assert_snapshot!(lines(Locale::En), @r"
    # Head
    For whom: Someone else
    Full name: Nguyễn Thị Hòa
    Personal number: 001190012345
    Date of birth: 5 platform-month-3 1990
    Home: 12 Quán Thánh, Phường Ba Đình, Thành phố Hà Nội
    # Members
    ## Member 1
    Member's full name: Trần Văn An
    Capital: 20,000,000 VND
    Joined: in 2020
    ## Member 2
    Member's full name: Lê Thị Bình
    Capital: 1,500,000 VND
    Joined: Not provided
    Total capital: 21,500,000 VND
    Kind of household: group
    # Papers
    Minutes: bien-ban-1.pdf
    Note: Không
    E-mail: Not provided
    Declaration: Yes
    ");
}

#[test]
fn each_row_of_the_summary_leads_to_the_page_that_changes_it() {
    let (form, places) = (household(), places());
    let answers = filled(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    for section in flow.summary(&speech(Locale::Vi)) {
        for row in section.blocks.iter().flat_map(|block| &block.rows) {
            if let Some(change) = &row.change {
                assert!(flow.has(step(&form, change)), "{}", row.path);
            } else {
                assert!(["total", "kind"].contains(&row.path.as_str()), "{}", row.path);
            }
        }
    }
}

#[test]
fn a_wrong_answer_is_told_back_as_typed() {
    let (form, places) = (household(), places());
    let mut answers = filled(&form);
    let wrong = [("birth_date-day", "31"), ("birth_date-month", "2")];
    post(&form, &mut answers, "birth", &wrong);
    let flow = Flow::new(&form, &answers, around(&places));
    let rows = flow.rows(step(&form, "birth"), &speech(Locale::Vi));
    assert_eq!(rows[0].value, "31/2/1990");
}
