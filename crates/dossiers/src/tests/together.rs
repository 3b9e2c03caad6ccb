//! Several at once: on PostgreSQL units of work really run side by side.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use super::town::{PROCEDURE, Town};

#[tokio::test]
async fn no_two_dossiers_of_a_day_get_the_same_code() {
    let town = Town::build().await;
    let mut clerk = town.officer("mot.cua").await;
    let path = format!("/can-bo/tiep-nhan/{PROCEDURE}");
    clerk.get(&path).await;
    let taken = (0..24).map(|number: u8| {
        let (mut hand, path) = (clerk.clone(), path.clone());
        async move {
            let once = format!("01890a5d-ac96-774b-bcce-b302099a80{number:02x}");
            let name = format!("Người số {}", char::from(b'A' + number));
            let fields = [("_once", once.as_str()), ("kenh", "direct"), ("ho-ten", &name)];
            let answer = hand.post(&path, &fields).await;
            assert_eq!(answer.status, 303, "{}", answer.text);
            let slip = hand.get(answer.location()).await;
            slip.text.split("H57.101.01-261123-").nth(1).unwrap()[..4].to_owned()
        }
    });
    let codes: BTreeSet<String> = join_all(taken).await.into_iter().collect();
    let expected: BTreeSet<String> = (1..=24).map(|number| format!("{number:04}")).collect();
    assert_eq!(codes, expected, "each once, and none left out");
}

#[tokio::test]
async fn of_two_officers_who_act_at_once_the_second_is_told_what_happened() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    let path = format!("/can-bo{dossier}/viec/tiep-nhan");
    let version = clerk.get(&path).await.input("version").unwrap().to_owned();
    let accept = |mut hand: platform::testing::Visitor| {
        let (path, version) = (path.clone(), version.clone());
        async move { hand.post(&path, &[("version", &version)]).await }
    };
    let answers = join_all([accept(clerk.clone()), accept(clerk.clone())]).await;
    let accepted = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(accepted, 1);
    let refused = answers.iter().find(|answer| answer.status == 409).unwrap();
    assert!(refused.has("Hồ sơ vừa thay đổi"), "{}", refused.text);
    assert!(refused.has("Cán bộ mot cua") && refused.has("tiếp nhận"), "{}", refused.text);
}

#[tokio::test]
async fn a_draft_sent_from_two_devices_at_once_is_one_dossier() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let draft = town.filled(&mut binh).await;
    binh.get(&format!("{draft}/buoc/check")).await;
    let send = |mut hand: platform::testing::Visitor| {
        let path = format!("{draft}/nop");
        async move { hand.post(&path, &[]).await }
    };
    // Also where two units meet on PostgreSQL: the loser is shown the one dossier.
    for answer in join_all((0..6).map(|_| send(binh.clone()))).await {
        assert_eq!(answer.location(), format!("{draft}/xac-nhan"), "{}", answer.text);
    }
    let list = binh.get("/ho-so").await;
    assert_eq!(list.text.matches("Mới đăng ký").count(), 1);
}
