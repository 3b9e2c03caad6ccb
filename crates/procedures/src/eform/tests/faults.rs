use platform::words::Locale;

use super::support::{filled, household, pdf, post, told};
use crate::eform::{Answers, Attachment, Definition};

/// What is told after one page of the filled form is posted anew.
fn after(at: &str, pairs: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let form = household();
    let mut answers = filled(&form);
    post(&form, &mut answers, at, pairs);
    (told(&form, &answers, Locale::Vi), told(&form, &answers, Locale::En))
}

fn date<'a>(day: &'a str, month: &'a str, year: &'a str) -> [(&'a str, &'a str); 3] {
    [("birth_date-day", day), ("birth_date-month", month), ("birth_date-year", year)]
}

#[test]
fn an_empty_form_says_what_each_answer_needs() {
    let form = household();
    let wanted = [
        "role: Chọn người được khai",
        "owner_name: Nhập họ, chữ đệm, tên",
        "owner_number: Nhập số định danh cá nhân",
        "birth_date: Nhập ngày sinh có đủ ngày, tháng, năm",
        "home-province: Nhập nơi ở",
        "members.0.full_name: Nhập họ tên thành viên",
        "members.0.capital: Nhập số tiền góp",
        "members.more: Chọn có hoặc không khai thêm thành viên",
        "sure: Đánh dấu vào ô cam đoan",
    ];
    assert_eq!(told(&form, &Answers::default(), Locale::Vi), wanted);
}

#[test]
fn each_fault_has_its_sentence_in_both_languages() {
    for line in include_str!("sentences.txt").lines() {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [at, posted, vi, en] = parts[..] else { panic!("{line}") };
        let pairs: Vec<(&str, &str)> =
            posted.split("; ").filter_map(|pair| pair.split_once('=')).collect();
        assert_eq!(after(at, &pairs), (vec![vi.to_owned()], vec![en.to_owned()]), "{line}");
    }
}

#[test]
fn a_check_over_answers_speaks_with_the_forms_own_sentence() {
    let (vi, en) = after("birth", &date("24", "11", "2026"));
    assert_eq!(vi[0], "birth_date: Nhập ngày sinh không sau hôm nay");
    assert_eq!(en[0], "birth_date: Enter a date of birth that is not after today");
}

#[test]
fn a_declaration_said_no_to_is_not_made() {
    let (vi, _) = after("sure", &[("sure", "no")]);
    assert_eq!(vi, ["sure: Đánh dấu vào ô cam đoan"]);
}

#[test]
fn too_few_items_is_told_on_their_list() {
    let form = household();
    let mut answers = filled(&form);
    answers.remove_item(&form.groups()[0], 0);
    answers.remove_item(&form.groups()[0], 0);
    post(&form, &mut answers, "members", &[("members.more", "no")]);
    let vi = told(&form, &answers, Locale::Vi);
    assert!(vi.contains(&"members.more: Khai ít nhất 1 thành viên".to_owned()), "{vi:?}");
}

fn with_file(change: impl FnOnce(&mut Attachment)) -> Vec<String> {
    let form: Definition = household();
    let mut answers = filled(&form);
    let mut file = pdf(2);
    change(&mut file);
    answers.attach("paper", file);
    told(&form, &answers, Locale::Vi)
}

#[test]
fn files_are_judged_by_kind_size_and_number() {
    assert_eq!(with_file(|_| {}), [""; 0]);
    assert_eq!(
        with_file(|file| file.media = "image/webp".to_owned()),
        ["paper: Chọn tệp khác: “bien-ban-2.pdf” không thuộc loại được nhận"]
    );
    assert_eq!(
        with_file(|file| file.size_bytes = 1_000_001),
        ["paper: Chọn tệp nhỏ hơn 1 MB thay cho “bien-ban-2.pdf”"]
    );
    let form = household();
    let mut answers = filled(&form);
    answers.attach("paper", pdf(2));
    answers.attach("paper", pdf(3));
    assert_eq!(told(&form, &answers, Locale::Vi), ["paper: Bớt tệp, chỉ giữ nhiều nhất 2 tệp"]);
    for number in 1..=3 {
        answers.detach("paper", pdf(number).id);
    }
    assert_eq!(told(&form, &answers, Locale::Vi), ["paper: Tải lên biên bản họp"]);
}
