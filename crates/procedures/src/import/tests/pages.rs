//! A captured page, taken apart by its headings.

use super::super::page::split;
use super::super::reading::Why;
use super::super::{flattened, read};
use crate::level::Levels;

/// A page of our own in the shape of a capture.
fn page(steps: &str, components: &str) -> String {
    format!(
        "Cấp thẻ đọc sáchTên thủ tụcCấp thẻ đọc sáchMã thủ tục1.999999Số quyết định12/QĐ-BTPCấp \
         thực hiệnCấp tỉnh, Cấp xãLoại thủ tụcTTHC được giao luật quy định chi tiếtLĩnh vựcThư \
         việnĐối tượng thực hiệnCông dân Việt NamCơ quan có thẩm quyềnĐịa chỉ tiếp nhận HSSố 1 phố \
         SáchCơ quan được ủy quyềnCơ quan phối hợpThủ tục hành chính liên quanKhông có thông \
         tinTrình Tự Thực Hiện{steps}Cách Thức Thực HiệnHình thức nộpThời gianPhí, lệ phíMô tảTrực \
         tiếp3 NgàyMiễn phíThành phần hồ sơ{components}Căn cứ pháp lýTên văn bản pháp lýMã văn \
         bảnLuật Thư viện46/2019/QH14Cơ quan thực hiệnThư viện tỉnhYêu cầu, điều kiện thực \
         hiệnTừ 6 tuổi trở lên.Kết quả xử lýThẻ đọc sáchMã: KQ.G15.999999Từ khóathẻ thư viện, đọc \
         sáchMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"
    )
}

const TABLE: &str = "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn1 bản chính";

#[test]
fn each_part_is_found_under_its_heading() {
    let page = split(&page("Bước 1: Nộp đơn.", TABLE)).unwrap();
    assert_eq!(page.name, "Cấp thẻ đọc sách");
    assert_eq!(page.code, "1.999999");
    assert_eq!(page.decision, "12/QĐ-BTP");
    assert_eq!(page.receiving, "Số 1 phố Sách");
    assert_eq!(page.steps, "Bước 1: Nộp đơn.");
    assert_eq!(page.components, TABLE);
    assert_eq!(page.legal_bases, "Luật Thư viện46/2019/QH14");
    assert_eq!(page.executing, "Thư viện tỉnh");
    assert_eq!(page.results, "Thẻ đọc sáchMã: KQ.G15.999999");
    assert_eq!(page.keywords, "thẻ thư viện, đọc sách");
    assert_eq!(page.description, "Không có thông tin");
}

#[test]
fn a_headings_words_inside_a_sentence_are_no_heading() {
    let steps = "Lập hồ sơ theo mục 5.3 (Thành phần hồ sơ); Cơ quan thực hiện: Căn cứ pháp lý và \
                 điều kiện; Kết quả xử lý được gửi lại.";
    let page = split(&page(steps, TABLE)).unwrap();
    assert_eq!(page.steps, steps);
    assert_eq!(page.components, TABLE);
    assert_eq!(page.executing, "Thư viện tỉnh");
}

#[test]
fn a_page_without_a_heading_says_which() {
    let text = page("x", TABLE).replace("Lĩnh vực", "");
    assert_eq!(split(&text), Err("Lĩnh vực"));
}

fn capture(code: &str, raw: &str) -> Vec<u8> {
    serde_json::json!({ "ma_thu_tuc": code, "ten_thu_tuc": "Cấp thẻ đọc sách",
        "cap_thuc_hien": "Cấp xã", "raw_text": raw })
    .to_string()
    .into_bytes()
}

#[test]
fn a_capture_becomes_a_version() {
    let reading = read(&capture("1.999999", &page("Bước 1: Nộp.\nBước 2: Nhận.", TABLE))).unwrap();
    assert_eq!(reading.doubts, []);
    let version = reading.version;
    assert_eq!(version.levels, Levels { ward: true, province: true, ..Levels::default() });
    assert_eq!(version.steps.len(), 2);
    assert_eq!(version.steps[1].name, "Bước 2");
    assert_eq!(version.agencies.publishing.unwrap().name, "Bộ Tư pháp");
    assert_eq!(version.keywords, ["thẻ thư viện", "đọc sách"]);
    assert_eq!(version.requirements, "Từ 6 tuổi trở lên.");
}

#[test]
fn a_page_of_another_procedure_waits_for_a_person() {
    let reading = read(&capture("1.999998", &page("x", TABLE))).unwrap();
    assert_eq!(reading.doubts[0].why, Why::AnotherCode);
    assert_eq!(reading.doubts[0].text, "1.999999");
    assert!(reading.needs_a_person());
}

#[test]
fn a_page_that_cannot_be_taken_apart_leaves_the_fields_beside_it() {
    let reading = read(&capture("1.999999", "trang trống")).unwrap();
    assert_eq!(reading.doubts[0].why, Why::PageNotSplit);
    assert_eq!(reading.version.name, "Cấp thẻ đọc sách");
    assert_eq!(reading.version.levels, Levels { ward: true, ..Levels::default() });
}

#[test]
fn steps_are_parted_only_where_they_are_numbered_in_order() {
    let steps =
        flattened::steps("Mở đầu.\n- Bước 1: Nộp.\n+ Bổ sung.\na) Bước 2. Nhận.\nBước 7: ?");
    let told: Vec<_> = steps.iter().map(|step| (step.name.as_str(), step.text.as_str())).collect();
    assert_eq!(
        told,
        [("", "Mở đầu."), ("Bước 1", "Nộp.\n+ Bổ sung."), ("Bước 2", "Nhận.\nBước 7: ?")]
    );
}

#[test]
fn broken_lines_are_mended_and_odd_letters_cleaned() {
    use super::super::clean::{block, line};
    assert_eq!(
        block("thông báo rộng\nrãi cho dân.\n- Một\n\n\ta) Hai"),
        "thông báo rộng rãi cho dân.\n- Một\na) Hai"
    );
    assert_eq!(line("Ho\u{0323}c\u{200e}\u{a0} sinh\n"), "Học sinh");
    assert_eq!(line("\u{f0fc} điểm"), "• điểm");
}
