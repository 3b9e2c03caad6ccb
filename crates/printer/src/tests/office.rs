//! Documents, registers and slips of an office.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{POINTS_PER_MM, press, request};
use crate::block::Places;

fn letterhead() -> Value {
    json!({
        "above": "", "agency": "Ủy ban nhân dân\nthành phố Huế",
        "agency_name": "Ủy ban nhân dân thành phố Huế", "number": "", "place": "Huế",
        "place_and_date": "Huế, ngày 23 tháng 11 năm 2026",
        "issued_at": "2026-11-23T09:00:00+07:00",
    })
}

/// A letter to two ministries and a province, not yet numbered.
fn letter() -> Value {
    let text = |words: &str| json!({"kind": "paragraph", "number": "", "title": "", "text": words});
    json!({
        "letterhead": letterhead(), "kind": "Công văn", "is_letter": true,
        "subject": "phối hợp rà soát thủ tục hành chính liên thông",
        "notation": "UBND-VP", "number": "", "date": "", "urgency": "", "urgency_until": "",
        "addressees": ["Bộ Tư pháp", "Bộ Nội vụ", "Ủy ban nhân dân thành phố Đà Nẵng"],
        "bases": [],
        "body": [
            text("Thực hiện Nghị quyết của Chính phủ, Ủy ban nhân dân thành phố Huế đề nghị các \
                  cơ quan phối hợp rà soát các thủ tục hành chính liên thông."),
            text("Văn bản tham gia ý kiến gửi về trước ngày 05 tháng 12 năm 2026."),
        ],
        "recipients": ["Như trên", "Chủ tịch, các Phó Chủ tịch", "Lưu: VT, VP"],
        "signer": {"capacity": ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"],
                   "name": "Nguyễn Văn An"},
        "draft": "",
    })
}

/// A decision with every level of numbering.
fn decision() -> Value {
    let mut decision = letter();
    let one = |kind: &str, number: &str, title: &str, text: &str| json!({"kind": kind, "number": number, "title": title, "text": text});
    let article = "Quy chế này quy định việc tiếp nhận, xử lý và gửi văn bản điện tử. ".repeat(6);
    let change = json!({
        "kind": "Quyết định", "is_letter": false, "addressees": [], "notation": "QĐ-UBND",
        "subject": "Về việc ban hành Quy chế văn thư điện tử",
        "urgency": "HỎA TỐC", "urgency_until": "Trước 10 giờ ngày 24/11/2026",
        "bases": ["Căn cứ Luật Tổ chức chính quyền địa phương",
                  "Căn cứ Nghị định số 30/2020/NĐ-CP", "Theo đề nghị của Chánh Văn phòng"],
        "body": [
            one("centre", "", "QUYẾT ĐỊNH:", ""),
            one("part", "I", "Quy định", ""),
            one("chapter", "I", "Những quy định chung", ""),
            one("section", "1", "Phạm vi", ""),
            one("subsection", "1", "Đối tượng", ""),
            one("article", "1", "Phạm vi điều chỉnh", &article),
            one("article", "2", "", "Giao Văn phòng:"),
            one("clause", "1", "Hằng ngày", &article),
            one("clause", "2", "", &article),
            one("point", "a", "", &article),
            one("point", "đ", "", "Báo cáo hằng tháng;"),
            one("dash", "", "", "kèm số liệu."),
            one("article", "3", "Hiệu lực", "Quyết định này có hiệu lực từ ngày ký."),
        ],
    });
    let (Value::Object(all), Value::Object(more)) = (&mut decision, change) else { panic!() };
    all.extend(more);
    decision
}

fn register(columns: &[&str]) -> Value {
    let row: serde_json::Map<String, Value> =
        columns.iter().map(|name| ((*name).to_owned(), json!("Nội dung"))).collect();
    json!({
        "letterhead": letterhead(), "title": "Sổ đăng ký văn bản", "book": "Công văn",
        "year": 2026, "period": "Từ ngày 01/01 đến ngày 23/11",
        "range": "Từ số 01 đến số 60", "rows": vec![Value::Object(row); 60],
    })
}

/// What the templates of an office are given; none: it is another's.
pub fn paper(template: &str) -> Option<Value> {
    let opinion = json!({"name": "Nguyễn Văn An", "text": "Giao Phòng Nội vụ.\nTrước 30/11.",
                         "at": "09:00 23/11/2026"});
    match template {
        "document" => Some(decision()),
        "register-out" => Some(register(&[
            "number",
            "date",
            "subject",
            "signer",
            "recipients",
            "kept_by",
            "copies",
            "sent_at",
            "receipt",
            "note",
        ])),
        "register-in" => Some(register(&[
            "arrived_on",
            "number",
            "author",
            "symbol",
            "date",
            "subject",
            "handler",
            "sent_at",
            "receipt",
            "note",
        ])),
        "follow-up" => Some(register(&[
            "number", "document", "handler", "deadline", "progress", "reply", "note",
        ])),
        "handling-slip" => Some(json!({
            "letterhead": letterhead(), "number": "57", "arrived_on": "23/11/2026",
            "author": "Bộ Tư pháp", "symbol": "123/BTP-KSTT", "date": "20/11/2026",
            "kind": "Công văn", "subject": "Về việc rà soát", "deadline": "30/11/2026",
            "leaders": [opinion], "heads": [], "handlers": [],
            "qr": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'><rect width='1' height='1'/></svg>",
            "address": "https://example.vn/can-bo/van-ban-den/1",
        })),
        "office-list" => Some(json!({
            "letterhead": letterhead(), "title": "Mục lục văn bản", "under": "Hồ sơ số 12",
            "notes": ["Thời hạn bảo quản: 20 năm"],
            "columns": [{"head": "Số", "parts": 0, "is_number": true},
                        {"head": "Trích yếu", "parts": 3, "is_number": false}],
            "rows": [["1", "Rà soát thủ tục"], ["2", "https://example.vn/".repeat(9)]],
            "foot": "Cán bộ thử in lúc 09:00",
        })),
        _ => None,
    }
}

fn printed(data: Value) -> Option<(Vec<u8>, Places)> {
    let printed = press()?.print(&request("document", data)).unwrap();
    Some((printed.pdf, printed.places.unwrap()))
}

/// The words of the pages, laid out as they stand; none where poppler is missing.
fn words(pdf: &[u8]) -> Option<String> {
    let child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("skipped: pdftotext is not installed");
        return None;
    };
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = child.wait_with_output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_document_that_is_numbered_late_says_where() {
    let Some((_, places)) = printed(letter()) else { return };
    let [number, day] = places.fields.as_slice() else { panic!("{places:?}") };
    assert_eq!((number.name, day.name), ("so-ky-hieu", "ngay-ban-hanh"));
    assert_eq!((number.is_italic, day.is_italic), (false, true));
    let height_mm = 297.0;
    for field in &places.fields {
        assert_eq!((field.page, field.size_points), (1, 13.0));
        // Below the agency and the State's name, on one line, 13 pt high with its tails.
        let top_mm = height_mm - (field.bottom + field.height) / POINTS_PER_MM;
        assert!((30.0..60.0).contains(&top_mm), "{field:?}");
        assert!((13.0..16.0).contains(&field.height), "{field:?}");
    }
    assert!((number.bottom - day.bottom).abs() < 0.1, "{places:?}");
    // Room for "0000/UBND-VP" left of the middle, for the whole day right of it.
    assert!(number.left > 30.0 * POINTS_PER_MM && number.left + number.width < 300.0);
    assert!(day.left > 300.0 && day.left + day.width < 190.0 * POINTS_PER_MM + 1.0, "{day:?}");
    assert!((80.0..140.0).contains(&number.width) && (130.0..180.0).contains(&day.width));
}

#[test]
fn a_document_that_has_its_number_has_no_places_left() {
    let mut data = letter();
    data["number"] = json!("15/UBND-VP");
    data["date"] = json!("ngày 23 tháng 11 năm 2026");
    let Some((pdf, places)) = printed(data) else { return };
    assert!(places.fields.is_empty());
    let Some(words) = words(&pdf) else { return };
    assert!(words.contains("Số: 15/UBND-VP"), "{words}");
    assert!(words.contains("Huế, ngày 23 tháng 11 năm 2026"), "{words}");
}

#[test]
fn a_letter_has_its_parts_where_the_decree_wants_them() {
    let Some((pdf, places)) = printed(letter()) else { return };
    assert_eq!(places.block.page, 1);
    assert!((places.block.centre_x / POINTS_PER_MM - 150.0).abs() < 1.0, "{places:?}");
    let Some(words) = words(&pdf) else { return };
    let order = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "V/v phối hợp",
        "Kính gửi:",
        "- Bộ Tư pháp;",
        "- Bộ Nội vụ;",
        "- Ủy ban nhân dân thành phố Đà Nẵng.",
        "Thực hiện Nghị quyết",
        "năm 2026./.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn An",
    ];
    let mut at = 0;
    for part in order {
        let found = words[at..].find(part).unwrap_or_else(|| panic!("{part}: {words}"));
        at += found;
    }
    for part in ["Nơi nhận:", "- Như trên;", "- Lưu: VT, VP."] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains("CÔNG VĂN"), "{words}");
}

#[test]
fn a_decision_has_every_level_and_numbers_its_pages_from_the_second() {
    let Some((pdf, places)) = printed(decision()) else { return };
    let Some(words) = words(&pdf) else { return };
    for part in [
        "QUYẾT ĐỊNH",
        "HỎA TỐC",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Theo đề nghị của Chánh Văn phòng.",
        "Phần I",
        "Chương I",
        "NHỮNG QUY ĐỊNH CHUNG",
        "Mục 1",
        "Tiểu mục 1",
        "Điều 1. Phạm vi điều chỉnh",
        "Điều 2. Giao Văn phòng:",
        "1. Hằng ngày",
        "đ) Báo cáo hằng tháng;",
        "- kèm số liệu.",
        "hiệu lực từ ngày ký./.",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let pages: Vec<&str> = words.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert_eq!(pages.len(), places.block.page as usize, "signed on the last page");
    assert!(pages.len() > 1);
    let first_line =
        |page: &str| page.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned);
    assert_ne!(first_line(pages[0]).as_deref(), Some("1"));
    for (at, page) in pages.iter().enumerate().skip(1) {
        assert_eq!(first_line(page), Some((at + 1).to_string()));
    }
}

#[test]
fn a_committee_stands_above_the_name_of_its_place() {
    let mut data = letter();
    data["letterhead"]["agency"] = json!("Ủy ban nhân dân thành phố Huế");
    let (Some(one), Some(other)) = (printed(letter()), printed(data)) else { return };
    assert_eq!(one, other);
}

#[test]
fn one_addressee_stands_on_the_line_of_the_address() {
    let mut data = letter();
    data["addressees"] = json!(["Bộ Tư pháp"]);
    let Some((pdf, _)) = printed(data) else { return };
    let Some(words) = words(&pdf) else { return };
    assert!(words.contains("Kính gửi: Bộ Tư pháp."), "{words}");
}

#[test]
fn registers_repeat_their_columns_on_every_page() {
    let Some(press) = press() else { return };
    for (name, heading, columns) in [
        ("register-out", "Nơi nhận văn bản", 10),
        ("register-in", "Tác giả", 10),
        ("follow-up", "Tiến độ giải quyết", 7),
    ] {
        let printed = press.print(&request(name, paper(name).unwrap())).unwrap();
        assert_eq!(printed.places, None, "{name}");
        let Some(words) = words(&printed.pdf) else { return };
        let pages: Vec<&str> =
            words.split('\u{c}').filter(|page| page.contains("Nội dung")).collect();
        assert!(pages.len() > 1, "{name}");
        for page in pages {
            let plain = page.split_whitespace().collect::<Vec<_>>().join(" ");
            let first = heading.split(' ').next().unwrap();
            assert!(
                plain.contains(first) && plain.contains(&format!("({columns})")),
                "{name}: {page}"
            );
            assert!(!plain.contains(&format!("({})", columns + 1)), "{name}");
        }
    }
}
