//! Work with documents in chromium with JavaScript switched off, on the screen of a small laptop:
//! what a specialist, a leader and a clerk do on an ordinary day, each on their own pages.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lienthong::demo::client::Client;
use lienthong::demo::errands;

use super::{Browser, Program, Seat, is_wanted, phone, stage};

pub const DRAFTER: &str = "chuyenvien.hue";
pub const LEADER: &str = "chutich.hue";
const CLERK: &str = "vanthu.hue";
const NEIGHBOUR: &str = "vanthu.danang";
const ADMINISTRATOR: &str = "quantri.mau";
const LEADER_NAME: &str = "Phan Văn Chủ Tịch";
const DRAFTER_NAME: &str = "Trương Thị Soạn Thảo";
const CLERK_NAME: &str = "Hồ Thị Văn Thư";
/// The province next door.
const NEIGHBOUR_CODE: &str = "H17";
/// An agency under the leader's, which opens its desk on this day.
const BELOW: (&str, &str) = ("H57.104", "Thuận Hóa");
/// How many documents wait for the leader.
const WAITING: usize = 10;
const INITIALLED: &str = "Kế hoạch rà soát hồ sơ lưu trữ";
const TASK: &str = "Tổng hợp số liệu văn thư quý IV";
const QUESTION: &str = "Kinh phí lấy từ nguồn nào?";
const OPINION: &str = "Lấy từ kinh phí thường xuyên.";
const NOT_OURS: &str = "Nội dung thuộc thẩm quyền của Sở Nội vụ.";
const SENT_IN_ERROR: &str = "Gửi nhầm phụ lục.";
const RETURNED: &str = "Thiếu căn cứ pháp lý ở phần đầu.";
const MORE: &str = "Bổ sung phụ lục 3.";
const ANNEX: &str = "phu-luc-3.pdf";
const NOTED: &str = "Đã thay bản lưu tại phòng.";
const KEPT: &str = "Văn bản đã được phân công xử lý.";

type Officers = BTreeMap<&'static str, Client>;

#[tokio::test(flavor = "multi_thread")]
async fn officers_do_a_days_work_without_javascript_and_ten_papers_are_signed_on_a_phone() {
    if !is_wanted() {
        return;
    }
    let program = Program::start();
    let logins = [DRAFTER, LEADER, CLERK, NEIGHBOUR, ADMINISTRATOR];
    let mut officers = stage::officers(&program.address, logins).await;
    let signed_in_at = Timestamp::now();
    let browser = Browser::open(false).await;
    let seat = Seat::before(&browser, &program.address);
    seat.page.set_window_size(1280, 720).await.unwrap();
    a_draft(&seat, &officers).await;
    initials(&seat, &officers).await;
    others_wait(officers.get_mut(DRAFTER).unwrap()).await;
    a_task(&seat, &officers).await;
    agencies_below(&seat, &officers).await;
    come_from_the_press(officers.get_mut(LEADER).unwrap()).await;
    phone::sign_all(&program.address, &officers[LEADER], signed_in_at).await;
    a_refusal(&seat, &officers).await;
    a_recall(&seat, &officers).await;
    an_update(&seat, &officers).await;
    browser.close().await;
}

fn subject(place: usize) -> String {
    format!("Kế hoạch kiểm tra công tác văn thư, đợt {place}")
}

/// Written, addressed to somebody who was searched for, and put before the leader once a question
/// was answered.
async fn a_draft(seat: &Seat, officers: &Officers) {
    seat.become_person(&officers[DRAFTER]).await;
    seat.go("/can-bo/van-ban-di").await;
    seat.click("main a[href='/can-bo/van-ban-di/tao']").await;
    seat.fill("textarea[name=subject]", &subject(1)).await;
    seat.fill("textarea[name=body]", "Căn cứ kế hoạch năm.\n1. Kiểm tra tại chỗ.").await;
    seat.click("main form[action$='/tao'] button").await;
    seat.says(&subject(1)).await;
    let draft = seat.path().await;
    seat.click("main a[href$='/noi-nhan']").await;
    seat.fill("input[name=tim]", "da nang").await;
    seat.click("main form.filters button").await;
    seat.touch(&format!("input[name=code][value='{NEIGHBOUR_CODE}']")).await;
    seat.click("button[name=addressed][value='1']").await;
    seat.says("Đã thêm nơi nhận.").await;
    seat.go(&draft).await;
    seat.click("main a[href$='/xin-y-kien']").await;
    seat.tick(LEADER_NAME).await;
    seat.fill("textarea[name=question]", QUESTION).await;
    seat.click("main form[action$='/xin-y-kien'] button").await;
    assert_eq!(seat.path().await, draft);
    seat.says(QUESTION).await;

    seat.become_person(&officers[LEADER]).await;
    seat.go("/can-bo/van-ban-di").await;
    seat.click("main a[href$='xem=xin-y-kien']").await;
    seat.open(&subject(1)).await;
    seat.click("main a[href$='/y-kien']").await;
    seat.touch("input[name=view]").await;
    seat.fill("textarea[name=reason]", OPINION).await;
    seat.click("main form[action$='/y-kien'] button").await;
    seat.says("Đã gửi ý kiến.").await;

    seat.become_person(&officers[DRAFTER]).await;
    seat.go(&draft).await;
    seat.says(OPINION).await;
    seat.click("main form[action$='/trinh-ky'] button").await;
    seat.says("Đã trình ký.").await;
}

/// Put before two for their initials, sent back by the first with a reason, mended, and initialled
/// by both; then it is its author's again.
async fn initials(seat: &Seat, officers: &Officers) {
    seat.become_person(&officers[DRAFTER]).await;
    seat.go("/can-bo/van-ban-di/tao").await;
    seat.fill("textarea[name=subject]", INITIALLED).await;
    seat.fill("textarea[name=body]", "1. Rà soát hồ sơ.").await;
    seat.click("main form[action$='/tao'] button").await;
    let draft = seat.path().await;
    put_before_both(seat, &draft).await;

    seat.become_person(&officers[LEADER]).await;
    seat.go("/can-bo/van-ban-di").await;
    seat.click("main a[href$='xem=ky-nhay']").await;
    seat.open(INITIALLED).await;
    seat.click("main a[href$='/tra-lai']").await;
    // Not without a reason.
    seat.click("main form[action$='/tra-lai'] button").await;
    assert!(seat.page.title().await.unwrap().starts_with("Lỗi: "));
    seat.fill("textarea[name=reason]", RETURNED).await;
    seat.click("main form[action$='/tra-lai'] button").await;
    seat.says("Đã trả lại người soạn.").await;

    seat.become_person(&officers[DRAFTER]).await;
    seat.go(&draft).await;
    seat.says(&format!("{LEADER_NAME} trả lại: {RETURNED}")).await;
    seat.click("main a[href$='/sua']").await;
    seat.fill("textarea[name=body]", "\n2. Nêu căn cứ pháp lý.").await;
    seat.click("main form[action$='/sua'] button").await;
    put_before_both(seat, &draft).await;
    for person in [LEADER, CLERK] {
        seat.become_person(&officers[person]).await;
        seat.go("/can-bo/van-ban-di?xem=ky-nhay").await;
        seat.open(INITIALLED).await;
        seat.says("2. Nêu căn cứ pháp lý.").await;
        seat.click("main form[action$='/ky-nhay'] button").await;
        seat.says("Đã ký nháy.").await;
    }
    seat.become_person(&officers[DRAFTER]).await;
    seat.go(&draft).await;
    seat.says(&format!("{LEADER_NAME}: Đã ký nháy")).await;
    seat.says(&format!("{CLERK_NAME}: Đã ký nháy")).await;
    seat.found("main form[action$='/trinh-ky'] button").await;
}

async fn put_before_both(seat: &Seat, draft: &str) {
    seat.go(draft).await;
    seat.click("main a[href$='/trinh-ky-nhay']").await;
    seat.choose("select[name=people]", LEADER_NAME).await;
    seat.choose("select[name=people-2]", CLERK_NAME).await;
    seat.click("main form[action$='/trinh-ky-nhay'] button").await;
    seat.says("Đã trình ký nháy.").await;
}

/// The same as above, without looking.
async fn others_wait(drafter: &mut Client) {
    for place in 2..=WAITING {
        drafter.get("/can-bo/van-ban-di/tao").await.unwrap();
        let subject = subject(place);
        let draft = [("subject", subject.as_str()), ("body", "Một đoạn văn.")];
        drafter.send("/tao", &draft).await.unwrap();
        let path = drafter.path.clone();
        drafter.get(&format!("{path}/noi-nhan")).await.unwrap();
        drafter.send_where("code", &[("code", NEIGHBOUR_CODE)]).await.unwrap();
        drafter.get(&path).await.unwrap();
        drafter.send("/trinh-ky", &[]).await.unwrap();
        drafter.says("Đã trình ký.").unwrap();
    }
}

async fn come_from_the_press(leader: &mut Client) {
    errands::said_in_time(leader, "/can-bo/ky-so", "Chọn cả 10 văn bản").await.unwrap();
}

/// Given by the leader, begun, and handed on to a colleague.
async fn a_task(seat: &Seat, officers: &Officers) {
    seat.become_person(&officers[LEADER]).await;
    seat.go("/can-bo/viec").await;
    seat.click("main a[href='/can-bo/viec/giao']").await;
    seat.fill("[name=title]", TASK).await;
    seat.choose("select[name=person]", DRAFTER_NAME).await;
    seat.fill("input[name=days]", "3").await;
    seat.click("main form[action*='/viec/giao'] button").await;
    seat.says("Đã giao việc.").await;

    seat.become_person(&officers[DRAFTER]).await;
    seat.go("/can-bo/viec").await;
    seat.open(TASK).await;
    seat.click("main a[href$='/lam/bat-dau']").await;
    seat.click("main form[action$='/lam/bat-dau'] button").await;
    seat.click("main a[href$='/lam/chuyen']").await;
    seat.choose("select[name=person]", CLERK_NAME).await;
    seat.fill("[name=note]", "Văn thư có sẵn số liệu.").await;
    seat.click("main form[action$='/lam/chuyen'] button").await;
    seat.says("Việc không còn trong danh sách cần làm.").await;

    seat.become_person(&officers[CLERK]).await;
    seat.go("/can-bo/viec").await;
    seat.says(TASK).await;
}

/// An administrator opens a desk below; the leader looks at figures and overdue tasks, their own
/// and those of the agency below.
async fn agencies_below(seat: &Seat, officers: &Officers) {
    let (code, name) = BELOW;
    seat.become_person(&officers[ADMINISTRATOR]).await;
    seat.go(&format!("/quan-tri/van-phong/{code}")).await;
    seat.fill("input[name=abbreviation]", "UBND").await;
    seat.click("main form:has([name=abbreviation]) button").await;
    seat.says("Đã lưu bàn văn thư.").await;

    seat.become_person(&officers[LEADER]).await;
    seat.go("/can-bo/van-ban-thong-ke").await;
    seat.says(name).await;
    seat.click("main a[href^='/can-bo/viec/qua-han']").await;
    assert_eq!(seat.path().await, "/can-bo/viec/qua-han");
    seat.says(CLERK_NAME).await;
    seat.click("main a[href$='xem=ben-duoi']").await;
    seat.says("Không có việc nào quá hạn.").await;
    seat.open(name).await;
    seat.says(name).await;
}

/// Numbered, sealed and sent; the neighbour's clerk sends it back, and the sender reads why.
async fn a_refusal(seat: &Seat, officers: &Officers) {
    let letter = sent(seat, officers, &subject(1)).await;
    seat.become_person(&officers[NEIGHBOUR]).await;
    seat.says_in_time("/can-bo/van-ban-den", &subject(1)).await;
    seat.open(&subject(1)).await;
    seat.click("main a[href$='/viec/tra-lai']").await;
    // Not without a reason; and what went wrong is said.
    seat.click("main form[action$='/viec/tra-lai'] button").await;
    assert!(seat.page.title().await.unwrap().starts_with("Lỗi: "));
    seat.fill("textarea[name=reason]", NOT_OURS).await;
    seat.click("main form[action$='/viec/tra-lai'] button").await;
    seat.says("Đã trả lại văn bản cho bên gửi.").await;
    seat.become_person(&officers[CLERK]).await;
    seat.says_in_time(&letter, NOT_OURS).await;
}

/// Entered next door, called back by the sender, and kept there: both clerks say why.
async fn a_recall(seat: &Seat, officers: &Officers) {
    let letter = sent(seat, officers, &subject(2)).await;
    seat.become_person(&officers[NEIGHBOUR]).await;
    seat.says_in_time("/can-bo/van-ban-den", &subject(2)).await;
    seat.open(&subject(2)).await;
    seat.click("main a[href$='/viec/tiep-nhan']").await;
    seat.click("main form[action$='/viec/tiep-nhan'] button").await;
    seat.says("Đã vào sổ văn bản.").await;

    seat.become_person(&officers[CLERK]).await;
    seat.go(&letter).await;
    seat.click("main a[href$='/thu-hoi']").await;
    seat.touch("input[name=recipients]").await;
    seat.fill("textarea[name=reason]", SENT_IN_ERROR).await;
    seat.click("main form[action$='/thu-hoi'] button").await;
    seat.says("Đã gửi yêu cầu thu hồi.").await;

    seat.become_person(&officers[NEIGHBOUR]).await;
    seat.says_in_time("/can-bo/van-ban-den?muc=yeu-cau-ben-gui", SENT_IN_ERROR).await;
    seat.click("main a[href*='/van-ban-den/yeu-cau/']").await;
    seat.touch("input[name=answer][value=no]").await;
    seat.fill("textarea[name=reason]", KEPT).await;
    seat.click("main form[action*='/yeu-cau/'] button").await;
    seat.says("Đã trả lời yêu cầu của bên gửi.").await;
    seat.become_person(&officers[CLERK]).await;
    seat.says_in_time(&letter, KEPT).await;
}

/// Entered next door, then changed by the sender, who brings a file and sends it once the reason
/// is told; the receiver opens the wish, agrees, and has both files.
async fn an_update(seat: &Seat, officers: &Officers) {
    let letter = sent(seat, officers, &subject(3)).await;
    seat.become_person(&officers[NEIGHBOUR]).await;
    seat.says_in_time("/can-bo/van-ban-den", &subject(3)).await;
    seat.open(&subject(3)).await;
    let received = seat.path().await;
    seat.click("main a[href$='/viec/tiep-nhan']").await;
    seat.click("main form[action$='/viec/tiep-nhan'] button").await;
    seat.says("Đã vào sổ văn bản.").await;

    let folder = tempfile::tempdir().unwrap();
    let annex = folder.path().join(ANNEX);
    std::fs::write(&annex, platform::testing::pdf("Phu luc 3")).unwrap();
    seat.become_person(&officers[CLERK]).await;
    seat.go(&letter).await;
    seat.click("main a[href$='/cap-nhat']").await;
    seat.found("main a[href*='/tao?thay-the=']").await;
    seat.fill("input[name=file]", annex.to_str().unwrap()).await;
    seat.click("main button[value=send]").await;
    // The reason is missing; the file need not be chosen again.
    assert!(seat.page.title().await.unwrap().starts_with("Lỗi: "));
    seat.says(ANNEX).await;
    seat.fill("textarea[name=reason]", MORE).await;
    seat.click("main button[value=send]").await;
    seat.says("Đã gửi cập nhật.").await;

    seat.become_person(&officers[NEIGHBOUR]).await;
    seat.says_in_time("/can-bo/van-ban-den?muc=yeu-cau-ben-gui", MORE).await;
    seat.click("main a[href*='/van-ban-den/yeu-cau/']").await;
    seat.says("Tệp mới kèm theo bản cập nhật").await;
    seat.says(ANNEX).await;
    // Not without an answer.
    seat.click("main form[action*='/yeu-cau/'] button").await;
    assert!(seat.page.title().await.unwrap().starts_with("Lỗi: "));
    seat.touch("input[name=answer][value=yes]").await;
    seat.fill("textarea[name=reason]", NOTED).await;
    seat.click("main form[action*='/yeu-cau/'] button").await;
    seat.says("Đã trả lời yêu cầu của bên gửi.").await;
    seat.go(&received).await;
    seat.says("Kèm theo bản cập nhật").await;
    seat.says(&format!("Tệp kèm theo: {ANNEX}")).await;
    seat.become_person(&officers[CLERK]).await;
    seat.says_in_time(&letter, NOTED).await;
    seat.says(&format!("Tệp kèm theo: {ANNEX}")).await;
}

/// What the clerk does with a signed document, until it is issued. Its address.
async fn sent(seat: &Seat, officers: &Officers, subject: &str) -> String {
    seat.become_person(&officers[CLERK]).await;
    seat.says_in_time("/can-bo/van-ban-di?xem=van-thu", subject).await;
    seat.open(subject).await;
    let letter = seat.path().await;
    seat.click("main a[href$='/cap-so']").await;
    seat.click("main form[action$='/cap-so'] button").await;
    seat.says("Đã cấp số.").await;
    seat.says_in_time(&letter, "Đã ban hành").await;
    letter
}
