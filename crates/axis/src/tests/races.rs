//! Many at the same moment, with units of work that get in each other's way.

use futures_util::future::join_all;
use wire::edxml::BusinessKind;

use super::nation::*;
use crate::refusal::Refusal;
use crate::standing::Nonsense;
use crate::{Kind, TransportStatus};

#[tokio::test]
async fn the_same_from_many_hands_is_sent_once() {
    let nation = Nation::side_by_side().await;
    let packet = written(&document(HUE, &[JUSTICE, HOME, DANANG], 1), "text");
    let sent = join_all((0..16).map(|_| nation.send("sys.H57", &packet))).await;
    let sent: Vec<_> = sent.into_iter().map(Result::unwrap).collect();
    assert_eq!(sent.iter().filter(|one| !one.repeated).count(), 1);
    assert!(sent.iter().all(|one| one.packet == sent[0].packet));
    assert!(sent.iter().all(|one| one.receipt == sent[0].receipt));
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 1);
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_delivery").await, 3);
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_key").await, 1, "one key for all");
}

#[tokio::test]
async fn of_two_contents_one_is_sent() {
    let nation = Nation::side_by_side().await;
    let packets: Vec<_> =
        (0..8).map(|at| written(&document(HUE, &[JUSTICE], 1), &format!("text {at}"))).collect();
    let sent = join_all(packets.iter().map(|packet| nation.send("sys.H57", packet))).await;
    assert_eq!(sent.iter().filter(|one| one.is_ok()).count(), 1);
    let refused = sent.iter().filter_map(|one| one.as_ref().err());
    assert!(refused.into_iter().all(|one| matches!(one, Refusal::SentAlready { .. })));
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await.len(), 1);
}

#[tokio::test]
async fn updates_at_the_same_moment_are_all_kept() {
    let nation = Nation::side_by_side().await;
    let update = with_business(document(HUE, &[JUSTICE], 1), BusinessKind::Update);
    let packets: Vec<_> = (0..4).map(|at| written(&update, &format!("text {at}"))).collect();
    for sent in join_all(packets.iter().map(|packet| nation.send("sys.H57", packet))).await {
        assert!(!sent.unwrap().repeated);
    }
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await.len(), 4);
}

#[tokio::test]
async fn words_at_the_same_moment_are_all_heard_and_the_furthest_stands() {
    let nation = Nation::side_by_side().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let sent = nation.send("sys.H57", &packet).await.unwrap();
    nation.fetch(sent.deliveries[0]).await.unwrap();
    let words: Vec<_> =
        ["01", "03", "04", "05", "06"].map(|code| status(JUSTICE, HUE, 1, code)).into();
    for said in join_all(words.iter().map(|word| nation.send("sys.hub", word))).await {
        said.unwrap();
    }
    let stands = nation.delivery(sent.deliveries[0]).await;
    assert_eq!(stands.business().unwrap().code(), "06");
    assert_eq!(nation.waiting("sys.H57", Kind::Status).await.len(), 5);
    assert_eq!(nation.trace(sent.packet).await.len(), 7);
}

#[tokio::test]
async fn who_asks_for_it_back_many_times_at_once_asks_once() {
    let nation = Nation::side_by_side().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let sent = nation.send("sys.H57", &packet).await.unwrap();
    nation.fetch(sent.deliveries[0]).await.unwrap();
    let asks: Vec<_> = (0..6)
        .map(|at| status_at(HUE, JUSTICE, (1, "13"), &format!("2026/11/23 09:00:0{at}")))
        .collect();
    let asked = join_all(asks.iter().map(|ask| nation.send("sys.H57", ask))).await;
    assert_eq!(asked.iter().filter(|one| one.is_ok()).count(), 1);
    let why =
        |one: &Refusal| matches!(one, Refusal::OutOfPlace { why: Nonsense::AskedAlready, .. });
    assert!(asked.iter().filter_map(|one| one.as_ref().err()).all(why));
}

#[tokio::test]
async fn fetching_and_calling_back_at_the_same_moment_is_one_or_the_other() {
    for round in 1..=6 {
        let nation = Nation::side_by_side().await;
        let packet = written(&document(HUE, &[JUSTICE], round), "text");
        let id = nation.send("sys.H57", &packet).await.unwrap().deliveries[0];
        let ask = status(HUE, JUSTICE, round, "13");
        let (fetched, asked) =
            futures_util::future::join(nation.fetch(id), nation.send("sys.H57", &ask)).await;
        asked.unwrap();
        let stands = nation.delivery(id).await;
        match fetched {
            Ok(()) => {
                assert_eq!(stands.transport, TransportStatus::Processing);
                assert_eq!((stands.recalled_at, stands.asked_at.is_some()), (None, true));
            }
            Err(Refusal::Recalled | Refusal::Store(_)) => {
                assert!(stands.recalled_at.is_some());
                assert_eq!(stands.transport, TransportStatus::Initial);
            }
            Err(other) => panic!("{other}"),
        }
    }
}
