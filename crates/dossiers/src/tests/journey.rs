//! One dossier from the first question to the rating, through the front door.

use platform::outside::sent;

use super::town::{PROCEDURE, Town, pdf};

#[tokio::test]
async fn a_birth_is_registered_from_the_first_question_to_the_rating() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;

    let confirmation = binh.get(&format!("{dossier}/xac-nhan")).await;
    assert!(confirmation.has("Đã nộp hồ sơ"));
    // Monday 09:00, eight working hours, Tuesday is Culture Day: Wednesday 09:30.
    assert!(confirmation.has("09:30 thứ tư, 25/11/2026"), "{}", confirmation.text);

    let mut clerk = town.officer("mot.cua").await;
    let queue = clerk.get("/can-bo/ho-so").await;
    assert!(queue.has("Nguyễn Thị Bình"), "{}", queue.text);
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Nguyễn An Nhiên") && desk.has("giay-chung-sinh.pdf"), "{}", desk.text);
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("H57.101.01-261123-0001"));
    assert!(desk.has("17:00 thứ sáu, 27/11/2026"), "{}", desk.text);
    assert!(desk.has("24/11 (Ngày Văn hóa Việt Nam)"));
    town.done(&mut clerk, &dossier, ("chuyen", &[("ghi-chu", "Đủ giấy tờ")])).await;

    let mut specialist = town.officer("chuyen.vien").await;
    let wording = [("ten", "Giấy khai sinh"), ("so", "12/2026"), ("noi-dung", "Trẻ: An Nhiên")];
    town.done(&mut specialist, &dossier, ("du-thao", &wording)).await;
    town.done(&mut specialist, &dossier, ("chuyen", &[])).await;

    let mut leader = town.officer("lanh.dao").await;
    let page = leader.get(&format!("/can-bo{dossier}/viec/quyet-dinh")).await;
    assert!(page.has("12/2026"), "the proposal stands in the form: {}", page.text);
    town.done(&mut leader, &dossier, ("quyet-dinh", &wording)).await;

    let mut desk_clerk = town.officer("tra.ket.qua").await;
    town.done(&mut desk_clerk, &dossier, ("tra-ket-qua", &[("cach", "person")])).await;

    let story = binh.get(&dossier).await;
    for line in [
        "Đã nộp trực tuyến",
        "Đã tiếp nhận",
        "Đã chuyển sang bước: Thẩm tra",
        "Đã có kết quả",
        "Đã trả kết quả",
    ] {
        assert!(story.has(line), "{line}: {}", story.text);
    }
    assert!(!story.has("Đủ giấy tờ"), "what officers write among themselves stays there");

    let wallet = binh.get("/vi-giay-to").await;
    assert!(wallet.has("Giấy khai sinh") && wallet.has("12/2026"));
    let result = binh.get(&format!("{dossier}/ket-qua")).await;
    let code = result.text.split("/kiem-tra/").nth(1).unwrap()[..14].to_owned();
    let check = town.house.get(&format!("/kiem-tra/{code}")).await;
    assert!(check.has("Giấy tờ này là thật") && check.has("N. T. Bình"), "{}", check.text);
    assert!(!check.has("Nguyễn Thị Bình") && !check.has("046095001234"));

    let rate = format!("{dossier}/danh-gia");
    let version = binh.get(&rate).await.input("version").unwrap().to_owned();
    let rated = binh.post(&rate, &[("diem", "5"), ("loi", "Nhanh"), ("version", &version)]).await;
    assert_eq!(rated.location(), dossier, "{}", rated.text);
    let desk = leader.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("5 trên 5 điểm"));
}

#[tokio::test]
async fn every_step_is_told_to_the_applicant_once() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.house.run_jobs().await;
    town.house.run_jobs().await;
    let messages = town.house.ctx.store.read(|tx| sent(tx, None, None, 20)).await.unwrap();
    let short: Vec<&str> = messages
        .iter()
        .filter(|message| message.channel == "sms" && message.recipient == "0912345678")
        .map(|message| message.text.as_str())
        .collect();
    assert_eq!(short.len(), 2, "{short:?}");
    let accepted = "Ho so H57.101.01-261123-0001 da duoc tiep nhan. \
                    Hen tra ket qua 17:00 thu sau, 27/11/2026.";
    assert!(short.contains(&accepted), "{short:?}");
}

#[tokio::test]
async fn a_second_click_finds_the_same_dossier() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let draft = town.filled(&mut binh).await;
    binh.get(&format!("{draft}/buoc/check")).await;
    let mut other_tab = binh.clone();
    let first = binh.post(&format!("{draft}/nop"), &[]).await;
    let second = other_tab.post(&format!("{draft}/nop"), &[]).await;
    assert_eq!(first.location(), second.location());
    let list = binh.get("/ho-so").await;
    assert_eq!(list.text.matches("Mới đăng ký").count(), 1, "{}", list.text);
    assert!(!list.has("Đang soạn"));
}

#[tokio::test]
async fn every_answer_is_kept_right_or_wrong() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let draft = town.filled(&mut binh).await;
    let path = format!("{draft}/buoc/birth");
    binh.get(&path).await;
    let wrong = [
        ("child_birth_date-day", "31"),
        ("child_birth_date-month", "2"),
        ("child_birth_date-year", "2026"),
    ];
    let answer = binh.post(&path, &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(answer.title().starts_with("Lỗi: "), "{}", answer.title());
    assert!(answer.has("error-summary") && answer.has("value=\"31\""));
    // On another device the wrong answer is still there, and nothing can be sent with it.
    let mut telephone = town.binh().await;
    assert!(telephone.get(&format!("{path}?ve=kiem-tra")).await.has("value=\"31\""));
    telephone.get(&format!("{draft}/buoc/check")).await;
    let sent = telephone.post(&format!("{draft}/nop"), &[]).await;
    assert_eq!(sent.location(), format!("{draft}/buoc/check"));
    assert!(telephone.get(&draft).await.has("Cần sửa"));
}

#[tokio::test]
async fn what_is_typed_is_saved_without_leaving_the_page() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let draft = town.filled(&mut binh).await;
    let saved =
        binh.post(&format!("{draft}/luu/child-name"), &[("child_name", "Nguyễn An Nhi")]).await;
    assert_eq!(saved.status, 200);
    assert!(saved.has("Đã lưu 09:00"), "{}", saved.text);
    assert!(binh.get(&format!("{draft}/buoc/check")).await.has("Nguyễn An Nhi"));
}

#[tokio::test]
async fn a_file_is_refused_in_words_and_replaced_without_losing_others() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let draft = town.filled(&mut binh).await;
    let refused = town.upload(&mut binh, &draft, "anh.pdf", b"khong phai pdf").await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.has("giay-chung-sinh.pdf"), "what was there stays: {}", refused.text);
    let page = binh.get(&format!("{draft}/buoc/paper")).await;
    let file = &page.text.split("thay=").nth(1).unwrap()[..36];
    let path = format!("{draft}/nop-tep/birth_paper?buoc=paper&thay={file}");
    let files = [("tep", "ro-hon.pdf", "application/pdf", &pdf("rõ hơn")[..])];
    assert_eq!(binh.upload(&path, &[], &files).await.status, 303);
    let page = binh.get(&format!("{draft}/buoc/paper")).await;
    assert!(page.has("ro-hon.pdf") && !page.has("giay-chung-sinh.pdf"), "{}", page.text);
}

#[tokio::test]
async fn a_dossier_is_taken_in_at_the_counter_with_its_receipt() {
    let town = Town::build().await;
    let mut clerk = town.officer("mot.cua").await;
    let found = clerk.get("/can-bo/tiep-nhan?q=khai+sinh").await;
    assert!(found.has("Đăng ký khai sinh"), "{}", found.text);
    let path = format!("/can-bo/tiep-nhan/{PROCEDURE}");
    let page = clerk.get(&path).await;
    let once = page.input("_once").unwrap().to_owned();
    let fields = [
        ("_once", once.as_str()),
        ("kenh", "direct"),
        ("ho-ten", "Lê Văn Dũng"),
        ("so-dinh-danh", "046070001111"),
        ("dien-thoai", "0905 111 222"),
        ("chinh-0", "1"),
        ("sao-0", "2"),
    ];
    let taken = clerk.post(&path, &fields).await;
    assert_eq!(taken.status, 303, "{}", taken.text);
    let slip = clerk.get(taken.location()).await;
    for text in [
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "H57.101.01-261123-0001",
        "Lê Văn Dũng",
        "3 ngày làm việc",
        "Giấy chứng sinh",
    ] {
        assert!(slip.has(text), "{text}: {}", slip.text);
    }
    let again = clerk.post(&path, &fields).await;
    assert_eq!(again.location(), taken.location(), "the same form, sent twice");
    let wrong = clerk.post(&path, &[("_once", &once[..]), ("so-dinh-danh", "12")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("Nhập họ và tên người nộp") && wrong.has("value=\"12\""));
}

#[tokio::test]
async fn what_was_answered_and_ended_in_time_is_counted_once() {
    use platform::figures::{Period, by};
    use platform::store::StoreError;

    let town = Town::build().await;
    let mut binh = town.binh().await;
    let (first, second) = (town.sent(&mut binh).await, town.sent(&mut binh).await);
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &first, ("tiep-nhan", &[])).await;
    town.decided(&mut clerk, &first).await;
    // The second is answered after its eight working hours, and ends after its due date.
    town.house.ctx.clock.advance(jiff::SignedDuration::from_hours(24 * 7));
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &second, ("tiep-nhan", &[])).await;
    town.house.ctx.clock.advance(jiff::SignedDuration::from_hours(24 * 14));
    let mut clerk = town.officer("mot.cua").await;
    town.decided(&mut clerk, &second).await;
    let today = platform::clock::local(town.house.ctx.clock.now()).date();
    for name in ["dossiers.answered", "dossiers.ended"] {
        let counted = town.house.ctx.store.read::<_, StoreError, _>(move |tx| {
            by(tx, name, "in_time", &[("unit", "H57.101.01")], Period::until(today))
        });
        let counted: Vec<(String, i64)> = counted.await.unwrap().into_iter().collect();
        let expected = [("late".to_owned(), 1), ("on_time".to_owned(), 1)];
        assert_eq!(counted, expected, "{name}");
    }
}
