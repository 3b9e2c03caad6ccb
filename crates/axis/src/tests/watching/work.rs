//! The work list: what a person does about it, and what passes by itself.

use identity::Scribe;
use jiff::civil::Date;
use platform::figures;
use uuid::Uuid;
use wire::vxp::TransportStatus;

use super::super::nation::*;
use super::{administrator, scribe, verbs};
use crate::commands::{keeping, settling, watching};
use crate::delivery::Route;
use crate::refusal::Refusal;
use crate::trace::What;
use crate::watch_fault::WatchFault;
use crate::work::{Task, TaskKind};
use crate::{Kind, queries};

async fn only_task(nation: &Nation) -> Task {
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    tasks.into_iter().next().unwrap()
}

async fn open_tasks(nation: &Nation) -> usize {
    nation.read(|tx| queries::tasks(tx, 10)).await.len()
}

#[tokio::test]
async fn what_nobody_delivers_goes_to_the_successor_that_a_person_names() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, LANGSON], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let task = only_task(&nation).await;
    assert_eq!(task.kind, TaskKind::Stranded);
    let by = scribe(&nation);
    let redirect = |code: &'static str| settling::redirect(nation.ctx(), &by, (task.id, ""), code);
    for (code, fault) in [
        ("H99.99", WatchFault::Successor),
        (PLANNING, WatchFault::Successor),
        (LANGSON, WatchFault::SameReceiver),
        (JUSTICE, WatchFault::SameReceiver),
    ] {
        match redirect(code).await {
            Err(Refusal::Watch(found)) => assert_eq!(found, fault, "{code}"),
            other => panic!("{code}: {other:?}"),
        }
        assert_eq!(open_tasks(&nation).await, 1, "{code}");
    }
    redirect(HOME).await.unwrap();
    let moved = nation.delivery(accepted.deliveries[1]).await;
    assert_eq!((moved.to_code.as_str(), moved.route), (HOME, Route::Mailbox));
    assert_eq!(moved.to_name, "Bộ Nội vụ");
    assert_eq!(moved.transport, TransportStatus::Initial);
    assert!(nation.waiting("sys.hub", Kind::Document).await.contains(&moved.id));
    let trace = nation.trace(accepted.packet).await;
    assert!(trace.contains(&(What::Routed, "H37 → G09".to_owned())), "{trace:?}");
    assert_eq!(open_tasks(&nation).await, 0);
    assert!(matches!(redirect(HOME).await, Err(Refusal::Watch(WatchFault::SettledAlready))));
    // What the new receiver says is said about this document.
    nation.send("sys.hub", &status(HOME, HUE, 1, "03")).await.unwrap();
    let heard = nation.standing(HUE, &document_id(HUE, 1), HOME).await;
    assert_eq!(heard.business().map(|code| code.code().to_owned()).as_deref(), Some("03"));
    assert_eq!(verbs(&nation, "axis.settle").await, 1);
}

#[tokio::test]
async fn closing_tells_the_sender_that_it_did_not_arrive_and_why() {
    let nation = Nation::new().await;
    let accepted = nation
        .send("sys.H57", &written(&document(HUE, &[JUSTICE, LANGSON], 1), "t"))
        .await
        .unwrap();
    let task = only_task(&nation).await;
    let by = scribe(&nation);
    let without = settling::close(nation.ctx(), &by, (task.id, "  ")).await;
    assert!(matches!(without, Err(Refusal::Watch(WatchFault::Note))));
    settling::close(nation.ctx(), &by, (task.id, "Đã gửi bản giấy")).await.unwrap();
    let closed = nation.delivery(accepted.deliveries[1]).await;
    assert_eq!(closed.transport, TransportStatus::Fail);
    assert_eq!(closed.description, "Đã gửi bản giấy");
    assert_eq!(open_tasks(&nation).await, 0);
}

#[tokio::test]
async fn sending_again_needs_a_way_and_then_takes_it() {
    let nation = Nation::new().await;
    let accepted = nation
        .send("sys.H57", &written(&document(HUE, &[JUSTICE, LANGSON], 1), "t"))
        .await
        .unwrap();
    let task = only_task(&nation).await;
    let by = scribe(&nation);
    let early = settling::resend(nation.ctx(), &by, (task.id, "")).await;
    assert!(matches!(early, Err(Refusal::Watch(WatchFault::NoWayYet))), "{early:?}");
    assert_eq!(nation.delivery(accepted.deliveries[1]).await.route, Route::Nowhere);

    let said = (TransportStatus::Fail, "ổ đĩa đầy");
    nation.say(accepted.deliveries[0], said).await.unwrap();
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    let failed = tasks.iter().find(|task| task.kind == TaskKind::Failed).unwrap();
    assert_eq!(failed.detail, "ổ đĩa đầy");
    settling::resend(nation.ctx(), &by, (failed.id, "")).await.unwrap();
    let again = nation.delivery(accepted.deliveries[0]).await;
    assert_eq!(again.transport, TransportStatus::Initial);
    assert!(nation.trace(accepted.packet).await.iter().any(|(what, _)| *what == What::Again));
    nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    assert_eq!(open_tasks(&nation).await, 1, "the stranded one");
}

#[tokio::test]
async fn what_waits_too_long_is_on_the_list_once_by_mail_and_passes_when_it_arrives() {
    let nation = Nation::new().await;
    administrator(&nation).await;
    let address = "UPDATE identity_account SET email = $1, email_proved_at = $2";
    let told = ("quan.tri@example.vn".to_owned(), nation.now());
    nation
        .write(move |tx, _| Ok(tx.execute(address, &[&told.0, &told.1]).map(drop)?))
        .await
        .unwrap();
    let mut express = document(HUE, &[JUSTICE], 1);
    express.other.priority = "3".to_owned();
    let late = nation.send("sys.H57", &written(&express, "1")).await.unwrap();
    nation.send("sys.H57", &written(&document(HUE, &[HOME], 2), "2")).await.unwrap();
    watching::look(nation.ctx()).await.unwrap();
    assert_eq!(open_tasks(&nation).await, 0, "nothing is late yet");
    nation.pass_seconds(31 * 60);
    watching::look(nation.ctx()).await.unwrap();
    watching::look(nation.ctx()).await.unwrap();
    let task = only_task(&nation).await;
    assert_eq!((task.kind, task.delivery), (TaskKind::Old, Some(late.deliveries[0])));
    assert_eq!(verbs(&nation, "axis.late").await, 1);
    nation.house.run_jobs().await;
    let letters = nation.read(|tx| platform::outside::sent(tx, None, None, 10)).await;
    assert_eq!(letters.len(), 1, "one letter for both looks");
    assert_eq!(letters[0].recipient, "quan.tri@example.vn");
    assert!(letters[0].text.contains("/quan-tri/truc/viec"), "{}", letters[0].text);
    let today: Date = platform::clock::local(nation.now()).date();
    let gauge = move |name: &'static str, urgency: &'static str| {
        move |tx: &mut platform::store::Tx| {
            figures::latest(tx, name, &[("urgency", urgency)], today)
        }
    };
    assert_eq!(nation.read(gauge(watching::WAITING, "3")).await, Some(1));
    assert_eq!(nation.read(gauge(watching::WAITING_AGE, "3")).await, Some(31 * 60));
    let waiting = nation.read(gauge(watching::WAITING, "0")).await;
    assert_eq!(waiting, Some(1));
    let badge = nation.read(move |tx| figures::latest(tx, "axis.tasks", &[], today)).await;
    assert_eq!(badge, Some(1));

    nation.say(late.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    watching::look(nation.ctx()).await.unwrap();
    assert_eq!(open_tasks(&nation).await, 0);
    assert_eq!(nation.read(gauge(watching::WAITING_AGE, "3")).await, Some(0));
}

#[tokio::test]
async fn a_rule_of_alarm_holds_from_its_day_and_never_before_today() {
    let nation = Nation::new().await;
    let by = scribe(&nation);
    let today = platform::clock::local(nation.now()).date();
    let yesterday = today.yesterday().unwrap();
    let past = keeping::set_alarm(nation.ctx(), &by, (0, 10), yesterday).await;
    assert!(matches!(past, Err(Refusal::Watch(WatchFault::From))));
    for (urgency, minutes) in [(7, 10), (0, 0), (0, 1_000_000)] {
        assert!(keeping::set_alarm(nation.ctx(), &by, (urgency, minutes), today).await.is_err());
    }
    keeping::set_alarm(nation.ctx(), &by, (0, 10), today).await.unwrap();
    nation.send("sys.H57", &written(&document(HUE, &[HOME], 2), "2")).await.unwrap();
    nation.pass_seconds(11 * 60);
    watching::look(nation.ctx()).await.unwrap();
    assert_eq!(only_task(&nation).await.kind, TaskKind::Old);
    assert_eq!(verbs(&nation, "axis.set-alarm").await, 1);
}

#[tokio::test]
async fn two_who_settle_one_task_do_it_once() {
    let nation = Nation::side_by_side().await;
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE, LANGSON], 1), "t")).await.unwrap();
    let task = only_task(&nation).await.id;
    let close = |by: Scribe| {
        let ctx = nation.ctx().clone();
        async move { settling::close(&ctx, &by, (task, "xong")).await }
    };
    let (one, other) = tokio::join!(close(scribe(&nation)), close(scribe(&nation)));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let late = one.and(other);
    assert!(matches!(late, Err(Refusal::Watch(WatchFault::SettledAlready))), "{late:?}");
    assert_eq!(verbs(&nation, "axis.settle").await, 1);
    let none = settling::close(nation.ctx(), &scribe(&nation), (Uuid::nil(), "x")).await;
    assert!(matches!(none, Err(Refusal::Nothing)));
}
