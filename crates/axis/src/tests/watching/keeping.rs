//! Bytes go when their time is over; what is known about them stays.

use wire::vxp::TransportStatus;

use super::super::nation::*;
use super::{scribe, verbs};
use crate::commands::keeping;
use crate::refusal::Refusal;
use crate::trace::What;
use crate::watch_fault::WatchFault;

const DAY: i64 = 24 * 60 * 60;

async fn keep_for(nation: &Nation, kind: &str, days: Option<i64>) {
    let today = platform::clock::local(nation.now()).date();
    keeping::set_retention(nation.ctx(), &scribe(nation), (kind, days), today).await.unwrap();
}

#[tokio::test]
async fn bytes_go_and_digests_trace_and_receipts_stay() {
    let nation = Nation::new().await;
    keep_for(&nation, "edoc", Some(30)).await;
    let small = written(&document(HUE, &[JUSTICE], 1), "small");
    let large = written(&document(HUE, &[JUSTICE], 2), &"large ".repeat(40_000));
    let waits = written(&document(HUE, &[JUSTICE], 3), "still waits");
    let mut sent = Vec::new();
    for packet in [&small, &large, &waits] {
        sent.push(nation.send("sys.H57", packet).await.unwrap());
    }
    for accepted in &sent[..2] {
        nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    }
    let word = nation.send("sys.hub", &status(JUSTICE, HUE, 1, "03")).await.unwrap();
    nation.say(word.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    nation.pass_seconds(29 * DAY);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 0, "not before their time");
    nation.pass_seconds(2 * DAY);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 2);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 0, "once");
    for accepted in &sent[..2] {
        assert!(matches!(nation.bytes(accepted.packet).await, Err(Refusal::Discarded)));
        let kept = nation.packet(accepted.packet).await;
        assert_eq!(kept.sha256.len(), 64);
        assert!(kept.receipt.matches('.').count() == 2);
        let trace = nation.trace(accepted.packet).await;
        assert_eq!(trace.first().map(|one| one.0), Some(What::Accepted));
        assert_eq!(trace.last().map(|one| one.0), Some(What::Discarded));
        let receipt = nation.delivery(accepted.deliveries[0]).await.receipt;
        assert!(receipt.is_some());
    }
    assert_eq!(nation.bytes(sent[2].packet).await.unwrap(), waits, "nobody has fetched it");
    assert!(nation.bytes(word.packet).await.is_ok(), "statuses have a rule of their own");
    assert_eq!(nation.count("SELECT COUNT(*) FROM platform_file").await, 0, "the file is let go");
    assert_eq!(verbs(&nation, "axis.remove-bytes").await, 2);
}

#[tokio::test]
async fn what_is_held_stays_and_goes_when_it_is_held_no_longer() {
    let nation = Nation::new().await;
    keep_for(&nation, "edoc", Some(1)).await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    let (by, id) = (scribe(&nation), accepted.packet);
    let hold = |reason: &'static str| keeping::hold(nation.ctx(), &by, (id, reason));
    assert!(matches!(hold(" ").await, Err(Refusal::Watch(WatchFault::Reason))));
    hold("Thanh tra theo CV 12/TTr").await.unwrap();
    assert!(matches!(hold("again").await, Err(Refusal::Watch(WatchFault::HeldAlready))));
    nation.pass_seconds(3 * DAY);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 0);
    assert_eq!(nation.bytes(id).await.unwrap(), packet);
    keeping::lift_hold(nation.ctx(), &by, id).await.unwrap();
    assert!(matches!(keeping::lift_hold(nation.ctx(), &by, id).await, Err(Refusal::Nothing)));
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 1);
    assert!(matches!(hold("too late").await, Err(Refusal::Watch(WatchFault::BytesGone))));
    let nowhere = keeping::hold(nation.ctx(), &by, (crate::PacketId(uuid::Uuid::nil()), "x")).await;
    assert!(matches!(nowhere, Err(Refusal::Nothing)));
    assert_eq!(verbs(&nation, "axis.hold").await, 1);
    assert_eq!(verbs(&nation, "axis.lift-hold").await, 1);
}

#[tokio::test]
async fn without_a_rule_and_by_a_rule_for_ever_everything_stays() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    nation.pass_seconds(4_000 * DAY);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 0);
    keep_for(&nation, "edoc", Some(30)).await;
    keep_for(&nation, "edoc", None).await;
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 0, "the last that was set");
    let by = scribe(&nation);
    let today = platform::clock::local(nation.now()).date();
    for (kind, days) in [("letter", Some(1)), ("edoc", Some(0)), ("edoc", Some(99_999))] {
        assert!(keeping::set_retention(nation.ctx(), &by, (kind, days), today).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_and_a_removal_at_the_same_moment_never_both_win() {
    let nation = Nation::side_by_side().await;
    keep_for(&nation, "edoc", Some(1)).await;
    let mut sent = Vec::new();
    for number in 1..=20 {
        let packet = written(&document(HUE, &[JUSTICE], number), "text");
        let accepted = nation.send("sys.H57", &packet).await.unwrap();
        nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
        sent.push(accepted.packet);
    }
    nation.pass_seconds(3 * DAY);
    let remover = {
        let ctx = nation.ctx().clone();
        tokio::spawn(async move { keeping::remove_overdue(&ctx).await })
    };
    let mut held = Vec::new();
    for id in &sent {
        let by = scribe(&nation);
        held.push(keeping::hold(nation.ctx(), &by, (*id, "giữ")).await.is_ok());
    }
    remover.await.unwrap().unwrap();
    for (id, is_held) in sent.into_iter().zip(held) {
        assert_eq!(nation.bytes(id).await.is_ok(), is_held, "held, or gone, and both know");
    }
}
