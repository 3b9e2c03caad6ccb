//! What is about one document reaches a recipient in the order of acceptance, also while an earlier
//! packet about it has only just got a way.

use futures_util::future::{join, join_all};
use uuid::Uuid;
use wire::edxml::BusinessKind;

use super::nation::*;
use super::stranded::{letters, link, look, today};
use super::watching::scribe;
use crate::commands::{links, settling};
use crate::delivery::{DeliveryId, Route};
use crate::{Kind, queries};

/// Deliveries of one document at one recipient of which a later one has a way and an earlier one
/// has none.
const OVERTAKEN: &str = "SELECT COUNT(*) FROM axis_delivery later
    JOIN axis_delivery earlier ON earlier.from_key = later.from_key
        AND earlier.document_id = later.document_id AND earlier.to_key = later.to_key
        AND earlier.id < later.id
    WHERE later.route <> 'nowhere' AND later.recalled_at IS NULL
        AND earlier.route = 'nowhere' AND earlier.transport = 'initial'
        AND earlier.recalled_at IS NULL";

fn update(number: u32) -> Vec<u8> {
    written(&with_business(document(HUE, &[LANGSON], number), BusinessKind::Update), "text")
}

/// A way that the job has not seen yet.
async fn covered(nation: &Nation) -> Uuid {
    let other = link(nation, "").await;
    let (by, first) = (scribe(nation), today(nation));
    links::cover(nation.ctx(), &by, (other, LANGSON), (first, None)).await.unwrap();
    other
}

async fn route(nation: &Nation, id: DeliveryId) -> Route {
    nation.delivery(id).await.route
}

#[tokio::test]
async fn an_update_goes_behind_the_stranded_document_though_there_is_a_way_by_now() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 1).await;
    let other = covered(&nation).await;
    let changed = nation.send("sys.H57", &update(1)).await.unwrap().deliveries[0];
    assert_eq!(route(&nation, sent[0]).await, Route::Nowhere, "its job has not run");
    assert_eq!(route(&nation, changed).await, Route::Nowhere, "and this one waits with it");
    let another = written(&document(HUE, &[LANGSON], 2), "text");
    let another = nation.send("sys.H57", &another).await.unwrap().deliveries[0];
    assert_eq!(route(&nation, another).await, Route::Link, "another document does not");
    nation.house.run_jobs().await;
    for id in [sent[0], changed] {
        assert_eq!(nation.delivery(id).await.link, Some(other));
    }
    assert_eq!(nation.read(|tx| queries::tasks(tx, 10)).await, []);
    let routed = "SELECT COUNT(*) FROM axis_event WHERE what = 'routed'";
    assert_eq!(nation.count(routed).await, 2, "each once");
}

#[tokio::test]
async fn a_mailbox_shows_the_document_before_its_update() {
    let nation = Nation::new().await;
    let mut sent = letters(&nation, 130).await;
    nation.connect("sys.H37", &[LANGSON]).await;
    let changed = nation.send("sys.H57", &update(130)).await.unwrap().deliveries[0];
    let early = nation.send("sys.H57", &update(1)).await.unwrap().deliveries[0];
    let seen = nation.waiting("sys.H37", Kind::Document).await;
    assert_eq!(seen, [&sent[..100], &[early]].concat(), "the first had gone along");
    nation.house.run_jobs().await;
    sent.extend([changed, early]);
    assert_eq!(nation.waiting("sys.H37", Kind::Document).await, sent);
}

#[tokio::test]
async fn a_replacement_waits_for_what_it_replaces() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 1).await;
    covered(&nation).await;
    let new = with_business(document(HUE, &[LANGSON], 7), BusinessKind::Replacement);
    let new = nation.send("sys.H57", &written(&new, "text")).await.unwrap().deliveries[0];
    assert_eq!(route(&nation, new).await, Route::Nowhere);
    nation.house.run_jobs().await;
    assert_eq!(route(&nation, sent[0]).await, Route::Link);
    assert_eq!(route(&nation, new).await, Route::Link);
}

#[tokio::test]
async fn a_recall_of_what_nobody_delivered_takes_effect_at_once_and_is_nobodys_work() {
    let nation = Nation::new().await;
    letters(&nation, 1).await;
    covered(&nation).await;
    let recall = with_business(document(HUE, &[LANGSON], 1), BusinessKind::Recall);
    let recall = nation.send("sys.H57", &written(&recall, "text")).await.unwrap();
    assert_eq!(recall.stranded, Vec::<String>::new());
    assert!(nation.delivery(recall.deliveries[0]).await.recalled_at.is_some());
    assert_eq!(nation.read(|tx| queries::tasks(tx, 10)).await, []);
    nation.house.run_jobs().await;
    let goes = "SELECT COUNT(*) FROM axis_delivery WHERE recalled_at IS NULL";
    assert_eq!(nation.count(goes).await, 0, "neither goes anywhere");
}

#[tokio::test]
async fn words_about_a_document_go_in_their_order() {
    let nation = Nation::new().await;
    let said = async |code: &str| {
        let word = status(JUSTICE, LANGSON, 3, code);
        nation.send("sys.hub", &word).await.unwrap().deliveries[0]
    };
    let arrived = said("01").await;
    assert_eq!(route(&nation, arrived).await, Route::Nowhere);
    covered(&nation).await;
    let accepted = said("03").await;
    assert_eq!(route(&nation, accepted).await, Route::Nowhere, "01 goes first");
    nation.house.run_jobs().await;
    assert_eq!(route(&nation, arrived).await, Route::Link);
    assert_eq!(route(&nation, accepted).await, Route::Link);
    assert_eq!(route(&nation, said("06").await).await, Route::Link, "nothing waits any more");
}

#[tokio::test]
async fn a_code_that_the_catalogue_learned_meanwhile_means_the_same_recipient() {
    let nation = Nation::new().await;
    let to = |kind| with_business(document(HUE, &[JUSTICE, "H37.18"], 1), kind);
    let first = written(&to(BusinessKind::New), "text");
    let first = nation.send("sys.H57", &first).await.unwrap().deliveries[1];
    nation.found(("H37.18", "Sở Nội vụ Lạng Sơn", organisations::Kind::Department)).await;
    nation.connect("sys.H37", &["H37.18"]).await;
    let changed = written(&to(BusinessKind::Update), "text");
    let changed = nation.send("sys.H57", &changed).await.unwrap().deliveries[1];
    assert_eq!(route(&nation, changed).await, Route::Nowhere);
    nation.house.run_jobs().await;
    assert_eq!(nation.waiting("sys.H37", Kind::Document).await, [first, changed]);
}

#[tokio::test]
async fn who_sends_the_update_again_by_hand_sends_the_document_before_it() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 1).await;
    let changed = nation.send("sys.H57", &update(1)).await.unwrap().deliveries[0];
    covered(&nation).await;
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    let task = tasks.iter().find(|task| task.delivery == Some(changed)).unwrap().id;
    settling::resend(nation.ctx(), &scribe(&nation), (task, "")).await.unwrap();
    assert_eq!(route(&nation, sent[0]).await, Route::Link);
    assert_eq!(route(&nation, changed).await, Route::Link);
    assert_eq!(nation.read(|tx| queries::tasks(tx, 10)).await, []);
}

#[tokio::test]
async fn what_a_person_closed_holds_up_nothing() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 1).await;
    let changed = nation.send("sys.H57", &update(1)).await.unwrap().deliveries[0];
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    let task = tasks.iter().find(|task| task.delivery == Some(sent[0])).unwrap().id;
    settling::close(nation.ctx(), &scribe(&nation), (task, "Đã gửi bản giấy")).await.unwrap();
    covered(&nation).await;
    nation.house.run_jobs().await;
    assert_eq!(route(&nation, sent[0]).await, Route::Nowhere);
    assert_eq!(route(&nation, changed).await, Route::Link);
}

#[tokio::test]
async fn nothing_overtakes_while_ways_are_found_and_updates_come_at_the_same_moment() {
    for _ in 0..3 {
        let nation = Nation::side_by_side().await;
        let sent = letters(&nation, 12).await;
        let other = covered(&nation).await;
        let packets: Vec<_> = (1..=12).map(update).collect();
        let sends = join_all(packets.iter().map(|packet| nation.send("sys.H57", packet)));
        let looks = join_all((0..3).map(|_| look(&nation)));
        let watched = join_all((0..40).map(async |_| nation.count(OVERTAKEN).await));
        let ((changed, _), seen) = join(join(sends, looks), watched).await;
        assert_eq!(seen.iter().sum::<i64>(), 0, "at no moment");
        let changed: Vec<_> = changed.into_iter().map(|one| one.unwrap().deliveries[0]).collect();
        look(&nation).await;
        assert_eq!(nation.count(OVERTAKEN).await, 0);
        for id in sent.iter().chain(&changed) {
            assert_eq!(nation.delivery(*id).await.link, Some(other));
        }
        let twice = "SELECT COUNT(*) FROM (SELECT delivery FROM axis_event WHERE what = 'routed'
            GROUP BY delivery HAVING COUNT(*) > 1) AS twice";
        assert_eq!(nation.count(twice).await, 0);
    }
}
