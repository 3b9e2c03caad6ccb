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
    for (at, pairs, vi, en) in [
        (
            "birth",
            &date("31", "2", "1990")[..],
            "birth_date: Nhập ngày sinh là một ngày có thật, ví dụ 27 3 2025",
            "birth_date: Enter date of birth as a real day, for example 27 3 2025",
        ),
        (
            "birth",
            &date("", "2", "1990"),
            "birth_date: Nhập thêm ngày của ngày sinh",
            "birth_date: Add the day of date of birth",
        ),
        (
            "birth",
            &date("3", "", "1990"),
            "birth_date: Nhập thêm tháng của ngày sinh",
            "birth_date: Add the month of date of birth",
        ),
        (
            "birth",
            &date("3", "2", "90"),
            "birth_date: Nhập năm của ngày sinh bằng bốn chữ số, ví dụ 1985",
            "birth_date: Enter the year of date of birth with four digits, for example 1985",
        ),
        (
            "home",
            &[("home-province", ""), ("home-commune", "")],
            "home-province: Chọn tỉnh, thành phố của nơi ở",
            "home-province: Choose the province or city of home",
        ),
        (
            "home",
            &[("home-commune", "")],
            "home-commune: Chọn xã, phường, đặc khu của nơi ở",
            "home-commune: Choose the commune or ward of home",
        ),
        (
            "home",
            &[("home-commune", "11311")],
            "home-commune: Chọn lại xã, phường, đặc khu của nơi ở trong danh sách của tỉnh, thành phố đã chọn",
            "home-commune: Choose the commune or ward of home again, from the list of the province chosen",
        ),
        (
            "name",
            &[("owner_number", "00119001234")],
            "owner_number: Nhập số định danh cá nhân gồm đủ 12 chữ số, như trên thẻ căn cước",
            "owner_number: Enter personal number with all 12 digits, as on the identity card",
        ),
        (
            "name",
            &[("owner_name", "Nguyễn 2")],
            "owner_name: Nhập họ, chữ đệm, tên chỉ gồm chữ cái, như trong giấy tờ",
            "owner_name: Enter full name in letters only, as in the documents",
        ),
        (
            "name",
            &[("owner_name", "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan")],
            "owner_name: Rút ngắn họ, chữ đệm, tên còn nhiều nhất 30 ký tự",
            "owner_name: Shorten full name to 30 characters or fewer",
        ),
        (
            "note",
            &[("email", "hoa@nha")],
            "email: Nhập thư điện tử theo mẫu ten@example.vn",
            "email: Enter e-mail like name@example.vn",
        ),
        (
            "members.1",
            &[("members.1.capital", "nhiều")],
            "members.1.capital: Nhập số tiền góp bằng chữ số, ví dụ 1.500.000",
            "members.1.capital: Enter capital in figures, for example 1,500,000",
        ),
        (
            "members.1",
            &[("members.1.capital", "1000,5")],
            "members.1.capital: Nhập số tiền góp là số nguyên, không có phần lẻ",
            "members.1.capital: Enter capital as a whole number",
        ),
        (
            "members.1",
            &[("members.1.capital", "999")],
            "members.1.capital: Nhập số tiền góp từ 1.000 trở lên",
            "members.1.capital: Enter capital of 1,000 or more",
        ),
        (
            "members.1",
            &[("members.1.capital", "9.000.000.001")],
            "members.1.capital: Nhập số tiền góp không quá 9.000.000.000",
            "members.1.capital: Enter capital of 9,000,000,000 or less",
        ),
        (
            "members.0",
            &[
                ("members.0.joined-day", "1"),
                ("members.0.joined-month", "1"),
                ("members.0.joined-year", "1989"),
            ],
            "members.0.joined: Nhập thời điểm tham gia sau ngày sinh của chủ hộ",
            "members.0.joined: Enter a time of joining after the head's birth",
        ),
        (
            "role",
            &[("role", "king")],
            "role: Chọn người được khai trong danh sách",
            "role: Choose for whom from the list",
        ),
        ("sure", &[], "sure: Đánh dấu vào ô cam đoan", "sure: Tick the declaration"),
    ] {
        assert_eq!(after(at, pairs), (vec![vi.to_owned()], vec![en.to_owned()]), "{at} {pairs:?}");
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
