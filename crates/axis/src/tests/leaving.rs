//! A way that ends is left in portions, in order, each packet once, however often it is broken off.

use futures_util::future::join_all;
use jiff::SignedDuration;
use wire::edxml::BusinessKind;

use super::nation::*;
use super::stranded::{letters, link, look, today};
use super::watching::{scribe, verbs};
use crate::commands::leaving::{self, STEP};
use crate::commands::systems::{self, Change};
use crate::commands::{self, links};
use crate::delivery::Route;
use crate::store::leaving as store;
use crate::store::leaving::Leaving;
use crate::system::SystemId;
use crate::{Kind, TransportStatus};

const MANY: u32 = 2 * STEP as u32 + 30;
const AT_LINK: &str = "SELECT COUNT(*) FROM axis_delivery WHERE route = 'link'";
const NOWHERE: &str = "SELECT COUNT(*) FROM axis_delivery WHERE route = 'nowhere'";

async fn ended(nation: &Nation) -> Leaving {
    let all = nation.read(store::all).await;
    assert_eq!(all.len(), 1);
    all[0].clone()
}

#[tokio::test]
async fn a_link_that_ends_is_left_in_portions_and_what_comes_meanwhile_goes_behind() {
    let nation = Nation::new().await;
    let old = link(&nation, LANGSON).await;
    let mut sent = letters(&nation, MANY).await;
    links::end(nation.ctx(), &scribe(&nation), old).await.unwrap();
    assert_eq!(nation.count(NOWHERE).await, STEP, "one portion with the end itself");
    let step = leaving::step(nation.ctx(), &ended(&nation).await).await.unwrap();
    assert!(step, "and there is more");
    assert_eq!(nation.count(NOWHERE).await, 2 * STEP);
    // Broken off here. What comes now does not go by the old link, and not before what is there.
    let new = link(&nation, "").await;
    let (by, first) = (scribe(&nation), today(&nation));
    links::cover(nation.ctx(), &by, (new, LANGSON), (first, None)).await.unwrap();
    let update = with_business(document(HUE, &[LANGSON], MANY), BusinessKind::Update);
    let update = nation.send("sys.H57", &written(&update, "text")).await.unwrap().deliveries[0];
    assert_eq!(nation.delivery(update).await.route, Route::Nowhere);
    look(&nation).await;
    assert_eq!(nation.delivery(update).await.route, Route::Nowhere, "that one has not left yet");
    assert_eq!(nation.delivery(*sent.last().unwrap()).await.link, Some(old));
    // Whoever comes next goes on.
    leaving::look(nation.ctx()).await.unwrap();
    assert_eq!(stranded(&nation).await, i64::from(MANY) + 1, "each once, and the update");
    look(&nation).await;
    sent.push(update);
    for id in sent {
        assert_eq!(nation.delivery(id).await.link, Some(new));
    }
    let twice = "SELECT COUNT(*) FROM (SELECT delivery FROM axis_event WHERE what = 'routed'
        GROUP BY delivery HAVING COUNT(*) > 1) AS twice";
    assert_eq!(nation.count(twice).await, 0);
}

async fn stranded(nation: &Nation) -> i64 {
    nation.count("SELECT COUNT(*) FROM axis_event WHERE what = 'stranded'").await
}

#[tokio::test]
async fn a_portion_that_fails_leaves_nothing_half_done() {
    let nation = Nation::new().await;
    let old = link(&nation, LANGSON).await;
    letters(&nation, MANY).await;
    links::end(nation.ctx(), &scribe(&nation), old).await.unwrap();
    let leaving = ended(&nation).await;
    let (own, broken) = (nation.ctx().clone(), leaving.clone());
    let cut: Result<(), crate::Refusal> = nation
        .ctx()
        .store
        .write(move |tx| {
            leaving::portion(tx, &own, &broken)?;
            Err(crate::Refusal::Nothing)
        })
        .await;
    cut.unwrap_err();
    assert_eq!(nation.count(NOWHERE).await, STEP);
    nation.house.run_jobs().await;
    assert_eq!(nation.count(NOWHERE).await, i64::from(MANY));
    assert_eq!(stranded(&nation).await, i64::from(MANY));
}

#[tokio::test]
async fn two_who_go_on_with_it_at_once_move_each_once() {
    let nation = Nation::side_by_side().await;
    let old = link(&nation, LANGSON).await;
    letters(&nation, MANY).await;
    links::end(nation.ctx(), &scribe(&nation), old).await.unwrap();
    for looked in join_all((0..4).map(|_| leaving::look(nation.ctx()))).await {
        looked.unwrap();
    }
    assert_eq!((nation.count(AT_LINK).await, nation.count(NOWHERE).await), (0, i64::from(MANY)));
    assert_eq!(stranded(&nation).await, i64::from(MANY));
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_task").await, i64::from(MANY));
}

#[tokio::test]
async fn what_was_on_its_way_to_the_old_link_at_its_end_is_found_too() {
    let nation = Nation::new().await;
    let old = link(&nation, LANGSON).await;
    let sent = letters(&nation, 1).await;
    links::end(nation.ctx(), &scribe(&nation), old).await.unwrap();
    // A unit of work that read the covers before the end, and was written after it.
    let late = "UPDATE axis_delivery SET route = 'link', link = (SELECT id FROM axis_link)";
    nation.write(move |tx, _| Ok(tx.execute(late, &[])?)).await.unwrap();
    leaving::look(nation.ctx()).await.unwrap();
    assert_eq!(nation.delivery(sent[0]).await.route, Route::Nowhere);
    assert_eq!(nation.read(store::all).await.len(), 1, "others may be as late");
    nation.ctx().clock.advance(SignedDuration::from_secs(61));
    leaving::look(nation.ctx()).await.unwrap();
    assert_eq!(nation.read(store::all).await.len(), 0);
}

#[tokio::test]
async fn what_the_other_axis_may_have_seen_is_for_a_person() {
    let nation = Nation::new().await;
    let old = link(&nation, LANGSON).await;
    let sent = letters(&nation, 2).await;
    let begun = "UPDATE axis_delivery SET transport = 'processing' WHERE id = $1";
    let id = sent[0];
    nation.write(move |tx, _| Ok(tx.execute(begun, &[&id])?)).await.unwrap();
    links::end(nation.ctx(), &scribe(&nation), old).await.unwrap();
    assert_eq!(nation.delivery(sent[0]).await.transport, TransportStatus::Fail);
    assert_eq!(nation.delivery(sent[1]).await.route, Route::Nowhere);
    assert_eq!(verbs(&nation, "axis.give-up").await, 1);
}

#[tokio::test]
async fn a_desk_that_opens_again_at_once_is_told_of_all_that_waited_once_more() {
    let nation = Nation::new().await;
    nation.open_desk(LANGSON).await;
    let mut sent = letters(&nation, MANY).await;
    assert!(nation.told().await == sent);
    let (unit, by) = (nation.unit(LANGSON).await, nation.clerk());
    nation.write(move |tx, ctx| commands::close_desk(tx, ctx, unit, &by)).await.unwrap();
    nation.pass_seconds(1);
    nation.open_desk(LANGSON).await;
    let update = with_business(document(HUE, &[LANGSON], MANY), BusinessKind::Update);
    let update = nation.send("sys.H57", &written(&update, "text")).await.unwrap().deliveries[0];
    let letter = written(&document(HUE, &[LANGSON], MANY + 1), "text");
    let letter = nation.send("sys.H57", &letter).await.unwrap().deliveries[0];
    assert_eq!(nation.delivery(update).await.route, Route::Nowhere, "it goes behind");
    assert_eq!(nation.delivery(letter).await.route, Route::Desk);
    let told = nation.told().await;
    let again: Vec<_> = told[sent.len()..].iter().filter(|id| **id != letter).copied().collect();
    sent.push(update);
    assert!(again == sent, "in order, each once");
    leaving::look(nation.ctx()).await.unwrap();
    assert_eq!(nation.told().await.len(), told.len(), "and not again");
}

#[tokio::test]
async fn a_mailbox_that_another_system_takes_over_loses_nothing() {
    let nation = Nation::new().await;
    nation.connect("sys.H37", &[LANGSON, "X02"]).await;
    let sent = letters(&nation, MANY).await;
    let change = Change {
        version: 1,
        name: String::new(),
        agencies: vec!["X02".to_owned()],
        registers: false,
    };
    let id = SystemId::parse("sys.H37").unwrap();
    systems::change(nation.ctx(), &nation.clerk(), id, change).await.unwrap();
    nation.connect("sys.too", &[LANGSON]).await;
    nation.house.run_jobs().await;
    assert!(nation.waiting("sys.too", Kind::Document).await == sent);
}
