//! The administration through its doors: who gets in, what forms do, what is kept when they err.

use super::house::Town;
use crate::mandate::Scope;

type Fields = &'static [(&'static str, &'static str)];
type Files = &'static [(&'static str, &'static str, &'static str, &'static [u8])];

#[tokio::test]
async fn without_a_mandate_the_administration_is_not_there() {
    let town = Town::small().await;
    let paths = [
        "/quan-tri/don-vi",
        "/quan-tri/don-vi/tao",
        "/quan-tri/don-vi/nhap",
        "/quan-tri/don-vi/xuat",
        "/quan-tri/don-vi/H57",
        "/quan-tri/don-vi/H57.02/ten",
    ];
    let mut officer = town.officer(None).await;
    let mut other = town.officer_of("H17").await;
    for path in paths {
        let stranger = town.get(path).await;
        assert_eq!(stranger.status, 303, "{path}: to the sign-in");
        assert!(stranger.location().starts_with("/dang-nhap"), "{path}");
        assert_eq!(officer.get(path).await.status, 404, "{path}: no mandate");
        let expected = if path.contains("H57") { 404 } else { 200 };
        assert_eq!(other.get(path).await.status, expected, "{path}: another province's officer");
    }
}

#[tokio::test]
async fn an_officer_sees_his_own_part_with_the_navigation() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    let page = officer.get("/quan-tri/don-vi").await;
    assert!(page.has("href=\"/quan-tri/don-vi/H57.02\"") && !page.has("don-vi/H17\""));
    assert!(page.has("aria-current=\"page\""), "the navigation knows where we are");
    let found = officer.get("/quan-tri/don-vi?q=tu+phap").await;
    assert!(found.has("H57.02") && !found.has("G15"), "nothing outside is found");
    let own = officer.get("/quan-tri/don-vi/H57").await;
    assert!(own.has("H57/lien-he") && !own.has("H57/ten") && !own.has("H57/ket-thuc"));
    let below = officer.get("/quan-tri/don-vi/H57.02").await;
    assert!(below.has("H57.02/ten") && below.has("H57.02/ket-thuc"));
    assert!(!below.has("H57.02/mo-lai"), "what has not ended is not reopened");
}

#[tokio::test]
async fn a_unit_is_created_by_its_last_group_and_the_page_says_so() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    let form = officer.get("/quan-tri/don-vi/tao").await;
    assert!(form.has("Đã dùng: 02, 20, 101–102"), "{}", form.text);
    let fields = [
        ("kind", "department"),
        ("name", " Sở  Y tế thành phố Huế "),
        ("identifier", "14"),
        ("provisional", "yes"),
        ("valid_from-day", "1"),
        ("valid_from-month", "7"),
        ("valid_from-year", "2025"),
    ];
    let made = officer.post("/quan-tri/don-vi/tao", &fields).await;
    assert_eq!((made.status.as_u16(), made.location()), (303, "/quan-tri/don-vi/H57.14"));
    let page = officer.get("/quan-tri/don-vi/H57.14").await;
    assert!(page.has("Đã tạo đơn vị") && page.has("mã tạm"));
    let unit = town.unit("H57.14").await;
    assert_eq!(unit.name.as_str(), "Sở Y tế thành phố Huế");
    assert_eq!(unit.valid_from, Some(jiff::civil::date(2025, 7, 1)));
}

#[tokio::test]
async fn a_form_with_mistakes_comes_back_with_every_answer() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    officer.get("/quan-tri/don-vi/tao").await;
    let fields = [
        ("kind", ""),
        ("name", ""),
        ("short_name", "Sở \"Y\" tế"),
        ("identifier", "1 4-"),
        ("valid_from-day", "31"),
        ("valid_from-month", "2"),
        ("valid_from-year", "2025"),
        ("note", "Ghi chú <b>"),
    ];
    let page = officer.post("/quan-tri/don-vi/tao", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Lỗi: "), "{}", page.title());
    for mistake in ["Chưa chọn loại", "Chưa nhập tên", "Mã chưa đúng dạng", "Không có ngày này"]
    {
        assert_eq!(
            page.text.matches(mistake).count(),
            2,
            "in the summary and at the field: {mistake}"
        );
    }
    for target in ["#f-kind", "#f-name", "#f-identifier", "#f-valid_from"] {
        let id = format!("id=\"{}\"", &target[1..]);
        assert!(page.has(&format!("href=\"{target}\"")) && page.has(&id), "{target}");
    }
    assert_eq!(page.input("short_name"), Some("Sở &#34;Y&#34; tế"));
    assert_eq!(page.input("identifier"), Some("1 4-"));
    assert!(page.has("Ghi chú &#60;b&#62;"));
}

#[tokio::test]
async fn every_act_on_a_unit_works_by_its_form() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    let steps: [(&str, Fields, &str, &str); 7] = [
        ("ten", &[("name", "Sở Công lý"), ("reason", "QĐ 1")], "H57.02", "Đã lưu thông tin"),
        ("lien-he", &[("phone", "0234 3822 222")], "H57.02", "Đã lưu thông tin liên hệ"),
        ("them-ma", &[("identifier", "000.00.02.H57")], "H57.02", "Đã thêm mã khác"),
        ("bo-ma", &[("identifier", "000.00.02.h57")], "H57.02", "Đã bỏ mã khác"),
        (
            "ket-thuc",
            &[
                ("last_day-day", "31"),
                ("last_day-month", "12"),
                ("last_day-year", "2026"),
                ("successors", "H57.20: hộ tịch\nG15"),
                ("reason", "QĐ 2"),
            ],
            "H57.02",
            "Đã ghi việc kết thúc",
        ),
        ("mo-lai", &[("reason", "ghi nhầm")], "H57.02", "Đã mở lại"),
        ("ma", &[("identifier", "H57.03"), ("reason", "QĐ 3")], "H57.03", "Đã cấp mã"),
    ];
    for (act, fields, code, notice) in steps {
        let path = format!("/quan-tri/don-vi/H57.02/{act}");
        let form = officer.get(&path).await;
        assert_eq!(form.status, 200, "{act}");
        let version = form.input("version").unwrap().to_owned();
        let mut fields = fields.to_vec();
        fields.push(("version", &version));
        let done = officer.post(&path, &fields).await;
        let expected = format!("/quan-tri/don-vi/{code}");
        assert_eq!(done.location(), expected, "{act}: {}", done.text);
        assert!(officer.get(&expected).await.has(notice), "{act}");
    }
    assert_eq!(town.history("H57.03").await.len(), 8);
}

#[tokio::test]
async fn whoever_is_late_sees_his_answers_and_may_send_them_again() {
    let town = Town::small().await;
    let (mut first, mut second) = (town.officer_of("H57").await, town.officer_of("H57").await);
    let path = "/quan-tri/don-vi/H57.02/ten";
    let version = first.get(path).await.input("version").unwrap().to_owned();
    second.get(path).await;
    let name = |name: &'static str, version: &str| {
        [("name", name.to_owned()), ("version", version.to_owned())]
    };
    let sent = name("Sở Một", &version);
    first.post(path, &[("name", &sent[0].1), ("version", &sent[1].1)]).await;
    let late = second.post(path, &[("name", "Sở Hai"), ("version", &version)]).await;
    assert_eq!(late.status, 422);
    assert!(late.has("vừa được người khác thay đổi"));
    assert_eq!(late.input("name"), Some("Sở Hai"));
    let now = late.input("version").unwrap().to_owned();
    let again = second.post(path, &[("name", "Sở Hai"), ("version", &now)]).await;
    assert_eq!(again.status, 303);
    assert_eq!(town.unit("H57.02").await.name.as_str(), "Sở Hai");
}

#[tokio::test]
async fn refusals_stand_at_the_field_that_mends_them() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    let table: [(&str, Fields, &str); 6] = [
        ("ma", &[("identifier", "H57.101"), ("version", "1")], "#f-identifier"),
        ("ma", &[("identifier", "H17.14"), ("version", "1")], "#f-identifier"),
        ("ten", &[("name", "Sở Tư pháp thành phố Huế"), ("version", "1")], "#f-name"),
        ("lien-he", &[("email", "không có"), ("version", "1")], "#f-email"),
        (
            "ket-thuc",
            &[
                ("last_day-day", "1"),
                ("last_day-month", "1"),
                ("last_day-year", "2027"),
                ("successors", "H47"),
                ("reason", "QĐ"),
                ("version", "1"),
            ],
            "#f-successors",
        ),
        ("ket-thuc", &[("successors", "H17"), ("version", "1")], "#f-last_day"),
    ];
    for (act, fields, target) in table {
        let path = format!("/quan-tri/don-vi/H57.02/{act}");
        officer.get(&path).await;
        let page = officer.post(&path, fields).await;
        assert_eq!(page.status, 422, "{act} {fields:?}: {}", page.text);
        assert!(page.has(&format!("href=\"{target}\"")), "{act} {fields:?}");
    }
    assert_eq!(town.history("H57.02").await, ["organisations.create"]);
}

#[tokio::test]
async fn an_act_that_makes_no_sense_says_why_instead_of_showing_its_form() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    let table = [
        ("H57/ten", 403, "do cơ quan cấp trên quản lý"),
        ("H57/ket-thuc", 403, "do cơ quan cấp trên quản lý"),
        ("H57.02/mo-lai", 409, "không có gì để mở lại"),
        ("H57/lien-he", 200, "Sửa thông tin liên hệ"),
    ];
    for (path, status, sentence) in table {
        let page = officer.get(&format!("/quan-tri/don-vi/{path}")).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.has(sentence), "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn acts_on_another_provinces_units_are_not_there() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H17").await;
    officer.get("/quan-tri/don-vi").await;
    for act in ["ten", "lien-he", "ma", "them-ma", "bo-ma", "ket-thuc", "mo-lai", "gi-do"] {
        let path = format!("/quan-tri/don-vi/H57.02/{act}");
        let fields = [("name", "X"), ("identifier", "H17.5"), ("version", "1"), ("reason", "x")];
        assert_eq!(officer.post(&path, &fields).await.status, 404, "{act}");
    }
    assert_eq!(town.history("H57.02").await, ["organisations.create"]);
}

#[tokio::test]
async fn a_sheet_is_checked_then_brought_in() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    officer.get("/quan-tri/don-vi/nhap").await;
    let sheet = "code,name,kind\nH57.14,Sở Y tế,department\nH57.15,Sai,sở\n".as_bytes();
    let files = [("sheet", "don-vi.csv", "text/csv", sheet)];
    let preview = officer.upload("/quan-tri/don-vi/nhap", &[], &files).await;
    assert_eq!(preview.status, 200, "{}", preview.text);
    assert!(preview.has("Chưa ghi gì vào danh mục") && preview.has("Không có loại cơ quan nào"));
    assert_eq!(town.by_code("H57.14").await, None);
    let apply = preview.text.split("action=\"/quan-tri/don-vi/nhap/").nth(1).unwrap();
    let apply = format!("/quan-tri/don-vi/nhap/{}", apply.split('"').next().unwrap());
    let mut other = town.officer_of("H57").await;
    other.get("/quan-tri/don-vi/nhap").await;
    assert_eq!(other.post(&apply, &[]).await.status, 404, "another officer's sheet");
    let done = officer.post(&apply, &[]).await;
    assert!(done.has("Đã nhập bảng"), "{}", done.text);
    assert_eq!(town.unit("H57.14").await.name.as_str(), "Sở Y tế");
    assert_eq!(officer.post(&apply, &[]).await.status, 404, "it is applied once");
}

#[tokio::test]
async fn what_is_no_sheet_is_told_at_the_field() {
    let town = Town::small().await;
    let mut officer = town.officer_of("H57").await;
    officer.get("/quan-tri/don-vi/nhap").await;
    let shapes: [Files; 4] = [
        &[],
        &[("sheet", "a.csv", "text/csv", b"")],
        &[("sheet", "a.csv", "text/csv", b"name;kind\nx;department\n")],
        &[("sheet", "a.pdf", "application/pdf", b"%PDF-1.7\n\xff\xfe\x00")],
    ];
    for files in shapes {
        let page = officer.upload("/quan-tri/don-vi/nhap", &[], files).await;
        assert_eq!(page.status, 422, "{files:?} {}", page.text);
        assert!(page.has("href=\"#f-sheet\""), "{files:?}");
    }
}

#[tokio::test]
async fn the_export_is_a_file_that_spreadsheets_read() {
    let town = Town::small().await;
    let mut officer = town.officer(Some(Scope::Everything)).await;
    let file = officer.get("/quan-tri/don-vi/xuat").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").contains("don-vi.csv"));
    assert!(file.bytes.starts_with("\u{feff}code,".as_bytes()));
    assert_eq!(file.text.lines().count(), 9);
}
