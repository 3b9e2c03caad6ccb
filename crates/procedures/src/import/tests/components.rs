//! The tables of components, run together as captures have it.

use super::super::components::read;
use crate::component::Component;

const HEAD: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";

fn one(text: &str) -> Component {
    let (cases, doubts) = read(&format!("--{HEAD}{text}"));
    assert_eq!(doubts, []);
    assert_eq!((cases.len(), cases[0].components.len()), (1, 1), "{cases:?}");
    cases[0].components[0].clone()
}

#[test]
fn cases_have_names_and_components_counts() {
    let (cases, doubts) = read(&format!(
        "* Giấy tờ phải nộp:{HEAD}Tờ khai theo mẫu1 bản chínhẢnh 3x4 cm2 bản chính,1 bản sao\
         * Giấy tờ phải xuất trình:{HEAD}- Căn cước0 bản chính--{HEAD}Giấy ủy quyền1 bản chính"
    ));
    assert_eq!(doubts, []);
    let names: Vec<_> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["* Giấy tờ phải nộp:", "* Giấy tờ phải xuất trình:", ""]);
    let photo = &cases[0].components[1];
    assert_eq!((photo.name.as_str(), photo.originals, photo.copies), ("Ảnh 3x4 cm", 2, 1));
    assert!(cases[1].components[0].is_note, "nothing is handed in: 0 of it");
}

#[test]
fn counts_inside_a_sentence_close_no_row() {
    let paper =
        one("Người khai nộp 02 bản chính tờ khai (01 bản chính lưu): 01 bản chính.1 bản chính");
    assert_eq!(paper.originals, 1);
    assert!(paper.name.ends_with("01 bản chính."));
}

#[test]
fn a_name_may_end_in_digits_of_its_own() {
    assert_eq!(one("Sơ đồ tỷ lệ 1:10.0001 bản chính").name, "Sơ đồ tỷ lệ 1:10.000");
    assert_eq!(one("Giấy theo khoản 2 Điều 21 bản chính").name, "Giấy theo khoản 2 Điều 2");
}

#[test]
fn files_are_parted_from_the_name_where_a_word_begins_without_a_space() {
    let paper = one("Đơn đề nghị theo quy định;Mẫu số 05.docxPhụ lục 2.pdf1 bản chính");
    assert_eq!(paper.name, "Đơn đề nghị theo quy định;");
    let files: Vec<_> = paper.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files, ["Mẫu số 05.docx", "Phụ lục 2.pdf"]);
    let glued = one("Tờ khai đăng kýmau01.doc1 bản chính");
    assert!(glued.files.is_empty() || glued.files[0].name == "mau01.doc", "{glued:?}");
    let plain = one("Tệp văn bản điện tử .pdf của báo cáo1 bản chính");
    assert_eq!(plain.files, []);
    assert_eq!(plain.name, "Tệp văn bản điện tử .pdf của báo cáo");
}

#[test]
fn words_without_a_table_are_a_case_of_their_own() {
    let (cases, _) =
        read(&format!("--{HEAD}Tờ khai1 bản chínhNộp trực tuyến thì kê khai trên mạng."));
    assert_eq!(cases[1].name, "Nộp trực tuyến thì kê khai trên mạng.");
    assert_eq!(cases[1].components, []);
    assert_eq!(read("--").0, []);
    assert_eq!(read("").0, []);
}

#[test]
fn a_table_that_breaks_off_is_told() {
    let (cases, doubts) = read(&format!("--{HEAD}Đơn đề nghị cấp"));
    assert_eq!(doubts.len(), 1);
    assert_eq!(cases[1].name, "Đơn đề nghị cấp", "its words are not lost");
}
