//! What may be done when, told by the law: each rule at work through the front door.

use jiff::SignedDuration;
use jiff::civil::DateTime;
use platform::clock::instant;
use platform::testing::Visitor;

use super::town::{Town, pdf};

const WANTED: [(&str, &str); 3] =
    [("giay-to", "0"), ("giay-to-0", "Thiếu trang 2"), ("ly-do", "Giấy chứng sinh chưa đủ trang.")];

fn at(town: &Town, moment: &str) {
    let moment: DateTime = moment.parse().unwrap();
    town.house.ctx.clock.set(instant(moment));
}

/// Answers the open request with a file and a word.
async fn supplemented(binh: &mut Visitor, dossier: &str) {
    let path = format!("{dossier}/bo-sung");
    let page = binh.get(&path).await;
    let version = page.input("version").unwrap().to_owned();
    let files = [("tep", "trang-2.pdf", "application/pdf", &pdf("trang 2")[..])];
    let kept = binh.upload(&format!("{path}/tep"), &[("giay-to", "KQ.01")], &files).await;
    assert_eq!(kept.location(), path, "{}", kept.text);
    let given = binh.post(&path, &[("version", &version), ("loi", "Đã chụp lại")]).await;
    assert_eq!(given.location(), dossier, "{}", given.text);
}

#[tokio::test]
async fn while_a_supplement_is_awaited_the_clock_stands() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    at(&town, "2026-11-25T10:00");
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("bo-sung", &WANTED)).await;
    let mut binh = town.binh().await;
    let told = binh.get(&dossier).await;
    assert!(told.has("Thiếu trang 2") && told.has("Hạn: thứ sáu, 25/12/2026"), "{}", told.text);
    at(&town, "2026-12-01T09:00");
    let mut binh = town.binh().await;
    supplemented(&mut binh, &dossier).await;
    // Due on Friday 27; stopped on Wednesday 25: two days were left, counted from 1 December.
    let told = binh.get(&dossier).await;
    assert!(told.has("17:00 thứ năm, 03/12/2026"), "{}", told.text);
    assert!(told.has("còn lại 2 ngày làm việc"), "{}", told.text);
    let mut clerk = town.officer("mot.cua").await;
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("trang-2.pdf") && desk.has("Đã chụp lại"), "{}", desk.text);
}

#[tokio::test]
async fn after_acceptance_a_supplement_is_asked_for_once() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    // Before acceptance everything missing may be asked for, again if need be.
    town.done(&mut clerk, &dossier, ("bo-sung", &WANTED)).await;
    supplemented(&mut binh, &dossier).await;
    assert!(clerk.get(&format!("/can-bo{dossier}")).await.has("Mới đăng ký"));
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.done(&mut clerk, &dossier, ("bo-sung", &WANTED)).await;
    supplemented(&mut binh, &dossier).await;
    let twice = town.act(&mut clerk, &dossier, ("bo-sung", &WANTED)).await;
    assert_eq!(twice.status, 409);
    assert!(twice.has("Đã yêu cầu bổ sung rồi"), "{}", twice.text);
}

#[tokio::test]
async fn an_unanswered_request_ends_the_dossier_only_when_its_time_has_passed() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.done(&mut clerk, &dossier, ("bo-sung", &WANTED)).await;
    let reason = [("ly-do", "Quá hạn bổ sung.")];
    let early = town.act(&mut clerk, &dossier, ("qua-han-bo-sung", &reason)).await;
    assert!(early.has("Chưa hết hạn bổ sung") && early.has("23/12/2026"), "{}", early.text);
    town.house.ctx.clock.advance(SignedDuration::from_hours(24 * 31));
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("qua-han-bo-sung", &reason)).await;
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Dừng xử lý") && desk.has("Thông báo dừng giải quyết hồ sơ"));
}

#[tokio::test]
async fn a_refusal_gives_its_reason_on_slip_03() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    let empty = town.act(&mut clerk, &dossier, ("tu-choi", &[])).await;
    assert_eq!(empty.status, 422);
    assert!(empty.title().starts_with("Lỗi: "));
    let reason = [("ly-do", "Không thuộc thẩm quyền của xã.")];
    town.done(&mut clerk, &dossier, ("tu-choi", &reason)).await;
    let slip = binh.get(&format!("{dossier}/phieu/slip03/1")).await;
    assert!(slip.has("Phiếu từ chối tiếp nhận giải quyết hồ sơ"), "{}", slip.text);
    assert!(slip.has("Không thuộc thẩm quyền của xã."));
    assert!(binh.get(&dossier).await.has("Không được tiếp nhận"));
}

#[tokio::test]
async fn an_apology_comes_before_the_due_date_and_only_once() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let mut leader = town.officer("lanh.dao").await;
    let new = [
        ("ngay-moi-day", "30"),
        ("ngay-moi-month", "11"),
        ("ngay-moi-year", "2026"),
        ("ly-do", "Cần xác minh nơi sinh."),
    ];
    town.done(&mut leader, &dossier, ("hen-lai", &new)).await;
    let told = binh.get(&dossier).await;
    assert!(told.has("17:00 thứ hai, 30/11/2026"), "{}", told.text);
    assert!(told.has("Ngày hẹn lúc đầu: 17:00 thứ sáu, 27/11/2026"));
    let slip = binh.get(&format!("{dossier}/phieu/slip04/1")).await;
    assert!(slip.has("Cần xác minh nơi sinh."), "{}", slip.text);
    let later = [("ngay-moi-day", "2"), ("ngay-moi-month", "12"), new[2], new[3]];
    let twice = town.act(&mut leader, &dossier, ("hen-lai", &later)).await;
    assert!(twice.has("Đã hẹn lại rồi"), "{}", twice.text);
}

#[tokio::test]
async fn money_that_is_owed_stops_the_clock_until_it_is_noted() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let wanted = [("so-tien", "1.250.000"), ("ly-do", "Lệ phí trước bạ.")];
    town.done(&mut clerk, &dossier, ("nghia-vu-tai-chinh", &wanted)).await;
    assert!(binh.get(&dossier).await.has("1.250.000 ₫"));
    town.done(&mut clerk, &dossier, ("da-nop-tien", &[("ghi-nhan", "Biên lai 12")])).await;
    assert!(binh.get(&dossier).await.has("Đang xử lý"));
}

#[tokio::test]
async fn a_dossier_goes_back_a_step_with_a_reason_that_stays_inside() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.done(&mut clerk, &dossier, ("chuyen", &[])).await;
    let mut specialist = town.officer("chuyen.vien").await;
    let reason = [("ly-do", "Cần bản rõ hơn")];
    town.done(&mut specialist, &dossier, ("tra-lai", &reason)).await;
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Cần bản rõ hơn") && desk.has("Đã chuyển lại bước: Tiếp nhận"));
    assert!(!binh.get(&dossier).await.has("Cần bản rõ hơn"));
    let control = clerk.get(&format!("/can-bo{dossier}/phieu/slip06/1")).await;
    assert!(control.has("Phiếu kiểm soát quá trình giải quyết hồ sơ"), "{}", control.text);
    assert!(control.has("Trước hạn") && control.has("Cần bản rõ hơn"));
}

#[tokio::test]
async fn who_withdraws_is_asked_first_and_the_dossier_ends() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let path = format!("{dossier}/rut");
    let version = binh.get(&path).await.input("version").unwrap().to_owned();
    let fields = [("ly-do", "Nộp nhầm xã"), ("version", version.as_str())];
    assert_eq!(binh.post(&path, &fields).await.location(), dossier);
    assert!(binh.get(&dossier).await.has("Công dân yêu cầu rút hồ sơ"));
    let mut clerk = town.officer("mot.cua").await;
    let late = clerk.get(&format!("/can-bo{dossier}/viec/tiep-nhan")).await;
    assert_eq!(late.status, 409);
    assert!(late.has("Công dân yêu cầu rút hồ sơ"), "{}", late.text);
}

#[tokio::test]
async fn a_stopped_dossier_tells_why_on_slip_05() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let mut leader = town.officer("lanh.dao").await;
    let reason = [("ly-do", "Trẻ đã được đăng ký khai sinh."), ("can-cu", "Luật Hộ tịch")];
    town.done(&mut leader, &dossier, ("dung", &reason)).await;
    let slip = binh.get(&format!("{dossier}/phieu/slip05/1")).await;
    assert!(slip.has("Trẻ đã được đăng ký khai sinh.") && slip.has("Luật Hộ tịch"));
}

#[tokio::test]
async fn the_register_lists_what_was_received() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let register = clerk.get("/can-bo/so-theo-doi").await;
    for text in [
        "Sổ theo dõi hồ sơ",
        "H57.101.01-261123-0001",
        "Nguyễn Thị Bình",
        "Từ ngày 01/11/2026 đến ngày 30/11/2026",
    ] {
        assert!(register.has(text), "{text}: {}", register.text);
    }
    let earlier = "/can-bo/so-theo-doi?tu-day=1&tu-month=10&tu-year=2026\
                   &den-day=31&den-month=10&den-year=2026";
    assert!(clerk.get(earlier).await.has("Không có hồ sơ nào trong khoảng này."));
}

#[tokio::test]
async fn without_a_press_the_page_remains() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let pdf = binh.get(&format!("{dossier}/phieu/request/1/pdf")).await;
    assert_eq!(pdf.status, 503);
    assert!(pdf.has("Chưa tạo được bản PDF"));
    assert!(pdf.has(&format!("{dossier}/phieu/request/1\"")), "{}", pdf.text);
    let page = binh.get(&format!("{dossier}/phieu/request/1")).await;
    assert!(page.has("Xác nhận đã nhận yêu cầu trực tuyến") && page.has("Nguyễn An Nhiên"));
}
