//! A supplement that asks for answers: exactly those questions are open again, the answers before
//! are kept, and the office sees what changed.

use platform::testing::Visitor;

use super::town::{Town, pdf};

/// The name of the child is to be given again.
const NAME: [(&str, &str); 3] = [
    ("cau-hoi", "child-name"),
    ("cau-hoi-child-name", "Tên chưa khớp giấy chứng sinh"),
    ("ly-do", "Xin sửa lại họ tên của trẻ."),
];

const NEW_NAME: [(&str, &str); 1] = [("child_name", "Nguyễn An Nhi")];

/// A dossier that was accepted and then asked back, with whoever acts on it.
async fn asked(town: &Town, wanted: &[(&str, &str)]) -> (String, Visitor, Visitor) {
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.done(&mut clerk, &dossier, ("bo-sung", wanted)).await;
    (dossier, binh, clerk)
}

async fn give(citizen: &mut Visitor, dossier: &str, words: &str) -> platform::testing::Answer {
    let path = format!("{dossier}/bo-sung");
    let page = citizen.get(&path).await;
    let version = page.input("version").unwrap().to_owned();
    citizen.post(&path, &[("version", &version), ("loi", words)]).await
}

#[tokio::test]
async fn a_named_question_is_answered_again_and_both_editions_are_kept() {
    let town = Town::build().await;
    let (dossier, mut binh, mut clerk) = asked(&town, &NAME).await;

    let told = binh.get(&dossier).await;
    assert!(told.has("Họ tên trẻ</strong>: Tên chưa khớp giấy chứng sinh"), "{}", told.text);
    let slip = binh.get(&format!("{dossier}/phieu/slip02/1")).await;
    assert!(slip.has("Họ tên trẻ") && slip.has("Tên chưa khớp giấy chứng sinh"), "{}", slip.text);
    let supplement = binh.get(&format!("{dossier}/bo-sung")).await;
    assert!(supplement.has(&format!("{dossier}/buoc/child-name")), "{}", supplement.text);
    assert!(!supplement.has(&format!("{dossier}/buoc/birth")) && supplement.has("Chưa sửa"));

    let question = binh.get(&format!("{dossier}/buoc/child-name")).await;
    assert!(question.has("Câu trả lời đã gửi") && question.has("Nguyễn An Nhiên"));
    assert_eq!(question.input("child_name"), Some("Nguyễn An Nhiên"));
    let answer = binh.post(&format!("{dossier}/buoc/child-name"), &NEW_NAME).await;
    assert_eq!(answer.location(), format!("{dossier}/bo-sung"), "{}", answer.text);
    let supplement = binh.get(&format!("{dossier}/bo-sung")).await;
    assert!(supplement.has("Đã sửa") && supplement.has("<td>Nguyễn An Nhi</td>"));
    // Until it is sent the office has the answers it had.
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Nguyễn An Nhiên") && !desk.has("<td>Nguyễn An Nhi</td>"), "{}", desk.text);

    let given = give(&mut binh, &dossier, "").await;
    assert_eq!(given.location(), dossier, "{}", given.text);
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    let row = "<th scope=\"row\">Họ tên trẻ</th><td>Nguyễn An Nhiên</td><td>Nguyễn An Nhi</td>";
    assert!(desk.has(row), "{}", desk.text);
    assert!(desk.has("<dd>Nguyễn An Nhi</dd>"), "the answers in force are the new ones");
    assert!(binh.get(&dossier).await.has(row));
    // Sent once: it is closed again.
    let closed = binh.post(&format!("{dossier}/buoc/child-name"), &NEW_NAME).await;
    assert_eq!(closed.status, 409, "{}", closed.text);
}

#[tokio::test]
async fn only_what_was_asked_is_open_and_only_to_whoever_may_act() {
    let town = Town::build().await;
    let (dossier, mut binh, _) = asked(&town, &NAME).await;
    let born = [
        ("child_birth_date-day", "6"),
        ("child_birth_date-month", "11"),
        ("child_birth_date-year", "2026"),
    ];
    for path in ["buoc/birth", "buoc/paper", "buoc/check"] {
        let answer = binh.get(&format!("{dossier}/{path}")).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    for path in ["buoc/birth", "luu/birth"] {
        let answer = binh.post(&format!("{dossier}/{path}"), &born).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    let files = [("tep", "khac.pdf", "application/pdf", &pdf("khác")[..])];
    let path = format!("{dossier}/nop-tep/birth_paper?buoc=paper");
    assert_eq!(binh.upload(&path, &[], &files).await.status, 404);
    assert_eq!(binh.post(&format!("{dossier}/xoa"), &[]).await.status, 409);
    let mut cuong = town.cuong().await;
    assert_eq!(cuong.get(&format!("{dossier}/buoc/child-name")).await.status, 404);
    let answer = cuong.post(&format!("{dossier}/buoc/child-name"), &NEW_NAME).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_wrong_answer_is_kept_and_cannot_be_sent() {
    let town = Town::build().await;
    let (dossier, mut binh, mut clerk) = asked(&town, &NAME).await;
    let path = format!("{dossier}/buoc/child-name");
    binh.get(&path).await;
    let wrong = binh.post(&path, &[("child_name", "")]).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert!(wrong.title().starts_with("Lỗi: "), "{}", wrong.title());
    let given = give(&mut binh, &dossier, "Đã sửa").await;
    assert_eq!(given.status, 422, "{}", given.text);
    assert!(given.has("href=\"#f-to-khai\"") && given.has("Cần sửa"), "{}", given.text);
    assert!(given.has("Đã sửa</textarea>"), "what was written is kept: {}", given.text);
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Yêu cầu bổ sung giấy tờ") && desk.has("Nguyễn An Nhiên"));
}

#[tokio::test]
async fn nothing_changed_and_nothing_said_is_no_answer() {
    let town = Town::build().await;
    let (dossier, mut binh, _) = asked(&town, &NAME).await;
    let given = give(&mut binh, &dossier, "").await;
    assert_eq!(given.status, 422, "{}", given.text);
    let given = give(&mut binh, &dossier, "Tên trên giấy chứng sinh là đúng.").await;
    assert_eq!(given.location(), dossier, "{}", given.text);
}

#[tokio::test]
async fn the_whole_declaration_is_gone_through_question_by_question() {
    let town = Town::build().await;
    let wanted = [("cau-hoi", "*"), ("ly-do", "Tờ khai ghi nhầm người.")];
    let (dossier, mut binh, mut clerk) = asked(&town, &wanted).await;
    let told = binh.get(&format!("{dossier}/bo-sung")).await;
    assert!(told.has("Toàn bộ tờ khai"), "{}", told.text);
    let next = town.answer(&mut binh, &dossier, "child-name", &NEW_NAME).await;
    assert_eq!(next.location(), format!("{dossier}/buoc/birth"));
    let born = [
        ("child_birth_date-day", "6"),
        ("child_birth_date-month", "11"),
        ("child_birth_date-year", "2026"),
    ];
    let next = town.answer(&mut binh, &dossier, "birth", &born).await;
    assert_eq!(next.location(), format!("{dossier}/buoc/paper"));
    // The paper is given anew: the one that was sent stays with the dossier.
    let page = binh.get(&format!("{dossier}/buoc/paper")).await;
    let old = page.text.split("/ban-nhap/").nth(1).unwrap()[..36].to_owned();
    let path = format!("{dossier}/nop-tep/birth_paper?buoc=paper&thay={old}");
    let files = [("tep", "chung-sinh-moi.pdf", "application/pdf", &pdf("mới")[..])];
    let kept = binh.upload(&path, &[], &files).await;
    assert_eq!(kept.status, 303, "{}", kept.text);
    let next = town.answer(&mut binh, &dossier, "paper", &[]).await;
    assert_eq!(next.location(), format!("{dossier}/bo-sung"));
    let given = give(&mut binh, &dossier, "").await;
    assert_eq!(given.location(), dossier, "{}", given.text);
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    for text in [
        "<td>05/11/2026</td><td>06/11/2026</td>",
        "chung-sinh-moi.pdf",
        "<td>giay-chung-sinh.pdf (",
    ] {
        assert!(desk.has(text), "{text}: {}", desk.text);
    }
    for name in ["giay-chung-sinh.pdf", "chung-sinh-moi.pdf"] {
        let before = desk.text.split(&format!("\">{name}</a>")).next().unwrap();
        let file = before.rsplit("href=\"").next().unwrap();
        let answer = clerk.get(file).await;
        assert_eq!(answer.status, 200, "{name} can still be opened: {file}");
    }
}

#[tokio::test]
async fn what_was_begun_and_not_sent_goes_when_the_request_ends() {
    let town = Town::build().await;
    let (dossier, mut binh, mut clerk) = asked(&town, &NAME).await;
    binh.get(&format!("{dossier}/buoc/child-name")).await;
    binh.post(&format!("{dossier}/buoc/child-name"), &NEW_NAME).await;
    town.done(&mut clerk, &dossier, ("nhan-bo-sung", &[("ghi-nhan", "Đã mang bản gốc")])).await;
    let desk = clerk.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Nguyễn An Nhiên") && !desk.has("<td>Nguyễn An Nhi</td>"), "{}", desk.text);
    let answer = binh.get(&format!("{dossier}/buoc/child-name")).await;
    assert_eq!(answer.status, 409, "{}", answer.text);
}

#[tokio::test]
async fn the_clock_stands_for_answers_as_for_papers() {
    let town = Town::build().await;
    let (dossier, mut binh, mut clerk) = asked(&town, &NAME).await;
    town.answer(&mut binh, &dossier, "child-name", &NEW_NAME).await;
    assert_eq!(give(&mut binh, &dossier, "").await.location(), dossier);
    let twice = town.act(&mut clerk, &dossier, ("bo-sung", &NAME)).await;
    assert_eq!(twice.status, 409, "once after acceptance: {}", twice.text);
}

#[tokio::test]
async fn a_dossier_taken_in_on_paper_offers_no_questions() {
    let town = Town::build().await;
    let mut clerk = town.officer("mot.cua").await;
    let dossier = town.taken_in(&mut clerk, "Lê Văn Dũng", "").await;
    let page = clerk.get(&format!("/can-bo{dossier}/viec/bo-sung")).await;
    assert!(page.has("Giấy chứng sinh") && !page.has("name=\"cau-hoi\""), "{}", page.text);
}
