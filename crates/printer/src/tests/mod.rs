//! The press through its own door, with every template it knows.

mod office;

use serde_json::{Value, json};

use crate::press::{Press, Printed};
use crate::templates::NAMES;
use crate::world::Fonts;
use crate::{read_frame, write_answer};

/// The machine may lack the fonts; then there is nothing to try.
fn press() -> Option<Press> {
    match Fonts::load(&[]) {
        Ok(fonts) => Some(Press::new(fonts)),
        Err(why) => {
            println!("skipped: {why}");
            None
        }
    }
}

fn slip() -> Value {
    let mut slip = json!({
        "letterhead": {
            "above": "Ủy ban nhân dân phường Ví Dụ", "agency": "Trung tâm Phục vụ hành chính công",
            "agency_name": "Trung tâm Phục vụ hành chính công",
            "number": "12/GTN", "place_and_date": "Ví Dụ, ngày 23 tháng 11 năm 2026",
            "issued_at": "2026-11-23T09:00:00+07:00",
        },
        "code": "H57.112-261123-0001",
        "subject": {
            "name": "Nguyễn Thị Mẫu", "identity": "046190000012", "address": "12 đường Ví Dụ",
            "phone": "0900000001", "email": "mau@example.vn", "acting": "",
        },
        "procedure": "Đăng ký khai sinh", "procedure_code": "1.001193",
        "track_address": "https://example.vn/tra-cuu", "office_phone": "",
        "qr": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'><rect width='1' height='1'/></svg>",
        "papers": [{"name": "Giấy chứng sinh", "originals": 1, "copies": 0, "files": 1}],
        "sets": 1, "time_limit": "Trong ngày", "received_at": "09:00", "due_at": "17:00",
        "because": "trong ngày", "result_place": "Tại quầy", "received_by": "Trần Văn Ví Dụ",
        "fees": [{"name": "Lệ phí", "amount": "8.000 ₫"}],
        "items": [{
            "name": "Giấy chứng sinh", "what": "Chụp lại", "holder": "Nguyễn Văn An",
            "detail": "Chủ tịch", "unit": "Phường Ví Dụ", "unit_code": "H57.112",
            "profile": "Chữ ký của cán bộ", "serial": "5F".repeat(20), "carrier": "USB Token",
            "carrier_number": "0123",
        }],
        "about": "recover", "addressee": "Cục Chứng thực số và Bảo mật thông tin",
        "reason": "Ảnh mờ", "legal_basis": "", "stage": "Khi tiếp nhận", "answer_by": "30/11",
        "officer": "Trần Văn Ví Dụ", "due_before": "25/11", "due_new": "27/11", "times": 1,
        "signer": "Lê Thị Thử", "signer_role": "Chủ tịch", "period": "Tháng 11",
        "rows": [], "sent_at": "09:00", "receiving_office": "Phường Ví Dụ", "sections": [],
        "files": [{"component": "Giấy", "name": "a.pdf", "size": "1 KB", "sha256": "ab"}],
        "title": "Giấy khai sinh", "dossier_code": "H57.112-261123-0001", "body": ["Đã đăng ký."],
        "check_code": "AB12-CD34", "check_address": "https://example.vn/kiem-tra/AB12-CD34",
    });
    let (Value::Object(all), Value::Object(more)) = (&mut slip, verdict()) else { panic!() };
    all.extend(more);
    slip
}

/// What the report about a signed file has beside that.
fn verdict() -> Value {
    json!({
        "lang": "vi", "standing": "Hợp lệ", "tone": "good", "summary": "Có chữ ký hợp lệ.",
        "next": "Giữ nguyên tệp.", "reasons": ["Lý do"], "facts": [["Tệp", "a".repeat(200)]],
        "words": {"notes": "Nên biết", "file": "Tệp", "expert": "Chi tiết", "foot": "Lập lúc 09:00."},
        "signatures": [{
            "heading": "Chữ ký 1", "standing": "Không hợp lệ", "tone": "bad", "reasons": ["Đã sửa"],
            "facts": [["Người ký", "Nguyễn Văn An"]], "notes": ["Không có dấu thời gian"],
            "path": ["An", "Gốc"], "details": [["SHA-256", "ab ".repeat(32)]],
        }],
    })
}

fn request(template: &str, data: Value) -> Vec<u8> {
    json!({ "template": template, "data": data }).to_string().into_bytes()
}

#[test]
fn every_template_makes_a_pdf() {
    let Some(press) = press() else { return };
    for name in NAMES {
        let data = office::paper(name).unwrap_or_else(slip);
        let printed =
            press.print(&request(name, data)).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(printed.pdf.starts_with(b"%PDF-1."), "{name}");
    }
}

const POINTS_PER_MM: f64 = 72.0 / 25.4;

#[test]
fn a_paper_that_is_signed_says_where() {
    let Some(press) = press() else { return };
    for name in ["slip01", "slip02", "slip03", "slip04", "slip05", "result", "certificate-request"]
    {
        let printed = press.print(&request(name, slip())).unwrap();
        let block = printed.places.unwrap_or_else(|| panic!("{name} has no place to sign")).block;
        assert_eq!(block.page, 1, "{name}");
        // The middle of the right half of 160 mm of text that begins 30 mm from the left.
        assert!((block.centre_x / POINTS_PER_MM - 150.0).abs() < 1.0, "{name}: {block:?}");
        let room_mm = (block.position_y - block.name_y) / POINTS_PER_MM;
        assert!((20.0..=25.0).contains(&room_mm), "{name}: {room_mm} mm");
        let height = 297.0 * POINTS_PER_MM;
        assert!(block.name_y > 20.0 && block.position_y < height / 1.5, "{name}: {block:?}");
    }
}

#[test]
fn a_paper_that_nobody_signs_says_so() {
    let Some(press) = press() else { return };
    for name in ["slip06", "slip07", "request"] {
        assert_eq!(press.print(&request(name, slip())).unwrap().places, None, "{name}");
    }
}

#[test]
fn the_place_moves_with_what_stands_above_it() {
    let Some(press) = press() else { return };
    let place = |data: Value| press.print(&request("result", data)).unwrap().places.unwrap().block;
    let mut delegated = slip();
    delegated["signer_role"] = json!("TUQ. Chủ tịch\nChánh Văn phòng");
    let mut long = slip();
    long["body"] = json!(vec!["Một đoạn dài. ".repeat(60); 6]);
    let (one, two) = (place(slip()), place(delegated));
    // One line more above, and the same room below it.
    assert!((10.0..25.0).contains(&(one.position_y - two.position_y)), "{one:?} {two:?}");
    assert!((one.position_y - one.name_y - (two.position_y - two.name_y)).abs() < 0.01);
    assert_eq!(place(long).page, 2);
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let Some(press) = press() else { return };
    let asked = request("slip01", slip());
    assert_eq!(press.print(&asked).unwrap(), press.print(&asked).unwrap());
}

#[test]
fn decomposed_letters_are_printed_like_composed_ones() {
    let Some(press) = press() else { return };
    let mut other = slip();
    other["subject"]["name"] = json!("Nguye\u{302}\u{303}n Thi\u{323} Ma\u{302}\u{303}u");
    let composed = press.print(&request("slip03", slip())).unwrap();
    assert_eq!(composed, press.print(&request("slip03", other)).unwrap());
}

#[test]
fn a_letter_that_no_font_draws_is_refused_by_its_number() {
    let Some(press) = press() else { return };
    let mut data = slip();
    data["subject"]["name"] = json!("Mẫu 😀");
    let why = press.print(&request("slip01", data)).unwrap_err();
    assert!(why.contains("U+1F600"), "{why}");
}

#[test]
fn what_is_not_a_request_is_refused_with_the_reason() {
    let Some(press) = press() else { return };
    let mut undated = slip();
    undated["letterhead"]["issued_at"] = json!("yesterday");
    for (asked, why) in [
        (b"{".to_vec(), "not a request"),
        (request("slip99", slip()), "no template"),
        (request("slip01", undated), "issued_at"),
        (
            request("slip01", json!({"letterhead": {"issued_at": "2026-11-23T09:00:00Z"}})),
            "does not contain",
        ),
    ] {
        let refused = press.print(&asked).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
}

#[test]
fn text_is_never_taken_for_markup() {
    let Some(press) = press() else { return };
    let mut data = slip();
    data["subject"]["name"] = json!("#panic(\"x\") $ * _ @a <b> // /* [");
    assert!(press.print(&request("slip01", data)).is_ok());
}

#[test]
fn frames_end_orderly_and_never_grow_without_bound() {
    assert_eq!(read_frame(&mut [].as_slice()).unwrap(), None);
    assert_eq!(read_frame(&mut [0, 0, 0, 2, b'h', b'i'].as_slice()).unwrap(), Some(b"hi".to_vec()));
    assert!(read_frame(&mut [0xff, 0xff, 0xff, 0xff].as_slice()).is_err());
    assert!(read_frame(&mut [0, 0, 0, 9, b'h'].as_slice()).is_err());
    let mut answer = Vec::new();
    write_answer(&mut answer, &Err("no".to_owned())).unwrap();
    assert_eq!(answer, [1, 0, 0, 0, 2, b'n', b'o']);
    answer.clear();
    write_answer(&mut answer, &Ok(Printed { pdf: b"pdf".to_vec(), places: None })).unwrap();
    assert_eq!(answer, *b"\0\0\0\0\x03pdf\0\0\0\x04null");
}
