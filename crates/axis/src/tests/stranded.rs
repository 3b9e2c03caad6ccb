//! What nobody delivered goes on by itself when there is a way.

use futures_util::future::join_all;
use jiff::ToSpan;
use jiff::civil::Date;
use platform::clock::local;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::nation::*;
use super::watching::{scribe, verbs};
use crate::commands::links::{self, NewLink};
use crate::commands::systems::{self, Change};
use crate::commands::{Sender, rerouting, settling};
use crate::delivery::{DeliveryId, Route};
use crate::system::SystemId;
use crate::trace::What;
use crate::{Kind, queries};

const DAY_SECONDS: i64 = 24 * 60 * 60;

pub fn today(nation: &Nation) -> Date {
    local(nation.now()).date()
}

/// Another axis that nobody asks anything in these tests.
pub async fn link(nation: &Nation, covers: &str) -> Uuid {
    let new = NewLink {
        name: "Trục quốc gia".to_owned(),
        address: "https://truc.example".to_owned(),
        system_id: "sys.H57".to_owned(),
        secret: Zeroizing::new("mat-khau-du-dai".to_owned()),
        every_seconds: 60,
        covers: covers.to_owned(),
    };
    links::add(nation.ctx(), &scribe(nation), new).await.unwrap()
}

/// Letters from Huế to Lạng Sơn, to which there is no way.
pub async fn letters(nation: &Nation, count: u32) -> Vec<DeliveryId> {
    let mut sent = Vec::new();
    for number in 1..=count {
        let packet = written(&document(HUE, &[LANGSON], number), "text");
        sent.extend(nation.send("sys.H57", &packet).await.unwrap().deliveries);
    }
    sent
}

pub async fn look(nation: &Nation) -> u64 {
    rerouting::look(nation.ctx()).await.unwrap()
}

async fn routed(nation: &Nation, id: DeliveryId) -> usize {
    let packet = nation.delivery(id).await.packet;
    let trace = nation.trace(packet).await;
    trace.iter().filter(|(what, _)| *what == What::Routed).count()
}

async fn passed(nation: &Nation) -> i64 {
    nation.count("SELECT COUNT(*) FROM axis_task WHERE kind = 'stranded' AND how = 'passed'").await
}

#[tokio::test]
async fn a_cover_takes_along_what_waited_for_it_once() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 3).await;
    assert_eq!(look(&nation).await, 0, "there is no way yet");
    assert_eq!(nation.read(|tx| queries::tasks(tx, 10)).await.len(), 3);
    let other = link(&nation, "").await;
    let (by, from) = (scribe(&nation), today(&nation));
    links::cover(nation.ctx(), &by, (other, LANGSON), (from, None)).await.unwrap();
    nation.house.run_jobs().await;
    for id in &sent {
        let one = nation.delivery(*id).await;
        assert_eq!((one.route, one.link), (Route::Link, Some(other)));
        assert_eq!(one.next_at, Some(nation.now()), "its turn is now");
        assert_eq!(routed(&nation, *id).await, 1);
    }
    assert_eq!(nation.read(|tx| queries::tasks(tx, 10)).await, []);
    assert_eq!(passed(&nation).await, 3);
    assert_eq!((verbs(&nation, "axis.route").await, verbs(&nation, "axis.settle").await), (3, 3));
    assert_eq!(look(&nation).await, 0, "and nothing twice");
    nation.house.run_jobs().await;
    assert_eq!(routed(&nation, sent[0]).await, 1);
}

#[tokio::test]
async fn the_first_day_of_a_cover_comes_by_itself() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 1).await;
    let other = link(&nation, "").await;
    let first = today(&nation).checked_add(3.days()).unwrap();
    let by = scribe(&nation);
    links::cover(nation.ctx(), &by, (other, LANGSON), (first, None)).await.unwrap();
    nation.house.run_jobs().await;
    nation.pass_seconds(2 * DAY_SECONDS);
    nation.house.run_jobs().await;
    assert_eq!(look(&nation).await, 0);
    assert_eq!(nation.delivery(sent[0]).await.route, Route::Nowhere);
    // From 23 November 9:00 to 26 November 0:00.
    nation.pass_seconds(15 * 3_600);
    nation.house.run_jobs().await;
    assert_eq!(nation.delivery(sent[0]).await.link, Some(other));
}

#[tokio::test]
async fn the_schedule_looks_only_while_something_waits() {
    let nation = Nation::new().await;
    let schedules: Vec<_> = crate::watch_jobs::schedules()
        .into_iter()
        .filter(|schedule| schedule.kind == rerouting::SEEK)
        .collect();
    let turns = async || {
        nation.pass_seconds(61);
        platform::jobs::run_schedules(nation.ctx(), &schedules).await.unwrap()
    };
    assert_eq!((turns().await, turns().await), (0, 0));
    letters(&nation, 1).await;
    turns().await;
    assert_eq!(turns().await, 1);
}

#[tokio::test]
async fn more_than_one_unit_of_work_holds_go_in_order_and_each_once() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 230).await;
    nation.connect("sys.H37", &[LANGSON]).await;
    assert_eq!(nation.waiting("sys.H37", Kind::Document).await, sent[..100], "the first go along");
    nation.house.run_jobs().await;
    assert_eq!(nation.waiting("sys.H37", Kind::Document).await, sent);
    assert_eq!(passed(&nation).await, 230);
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_event WHERE what = 'routed'").await, 230);
}

#[tokio::test]
async fn two_who_look_at_once_send_each_on_once() {
    let nation = Nation::side_by_side().await;
    letters(&nation, 25).await;
    let (unit, by) = (nation.unit(LANGSON).await, nation.clerk());
    link(&nation, LANGSON).await;
    let looks = join_all((0..6).map(|_| look(&nation))).await;
    assert_eq!(looks.iter().sum::<u64>(), 25, "{looks:?}");
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_event WHERE what = 'routed'").await, 25);
    assert_eq!(verbs(&nation, "axis.route").await, 25);
    assert_eq!(passed(&nation).await, 25);
    // A desk takes what comes from now on, and nothing of what is on its way already.
    nation
        .write(move |tx, ctx| crate::commands::open_desk(tx, ctx, unit, (&by, "tester.arrived")))
        .await
        .unwrap();
    assert_eq!(look(&nation).await, 0);
}

#[tokio::test]
async fn a_link_that_ends_at_the_same_moment_keeps_nothing_to_itself() {
    for _ in 0..4 {
        let nation = Nation::side_by_side().await;
        let sent = letters(&nation, 5).await;
        let other = link(&nation, LANGSON).await;
        let by = scribe(&nation);
        let both = futures_util::future::join(
            rerouting::look(nation.ctx()),
            links::end(nation.ctx(), &by, other),
        );
        let (looked, ended) = both.await;
        looked.unwrap();
        ended.unwrap();
        let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
        for id in sent {
            let open = tasks.iter().filter(|task| task.delivery == Some(id)).count();
            assert_eq!(open, 1, "a person sees each: {tasks:?}");
        }
    }
}

#[tokio::test]
async fn a_code_that_the_catalogue_learns_is_delivered_to() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, "H37.18"], 1), "text");
    let sent = nation.send("sys.H57", &packet).await.unwrap();
    assert_eq!(sent.stranded, ["H37.18"]);
    nation.found(("H37.18", "Sở Nội vụ Lạng Sơn", organisations::Kind::Department)).await;
    nation.connect("sys.H37", &["H37.18"]).await;
    nation.house.run_jobs().await;
    assert_eq!(nation.waiting("sys.H37", Kind::Document).await, [sent.deliveries[1]]);
    let moved = nation.delivery(sent.deliveries[1]).await;
    assert_eq!(moved.to_name, "Sở Nội vụ Lạng Sơn");
    assert_eq!(moved.to_unit, Some(nation.unit("H37.18").await.0));
    // What it says is said about this delivery.
    nation.send("sys.H37", &status("H37.18", HUE, 1, "01")).await.unwrap();
    assert_eq!(nation.delivery(moved.id).await.business().map(|code| code.code()), Some("01"));
}

#[tokio::test]
async fn what_was_called_back_or_closed_stays_where_it_is() {
    let nation = Nation::new().await;
    let sent = letters(&nation, 2).await;
    nation.send("sys.H57", &status(HUE, LANGSON, 1, "13")).await.unwrap();
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    let task = tasks.iter().find(|task| task.delivery == Some(sent[1])).unwrap().id;
    settling::close(nation.ctx(), &scribe(&nation), (task, "Đã gửi bản giấy")).await.unwrap();
    nation.connect("sys.H37", &[LANGSON]).await;
    nation.house.run_jobs().await;
    for id in sent {
        assert_eq!(nation.delivery(id).await.route, Route::Nowhere);
        assert_eq!(routed(&nation, id).await, 0);
    }
}

#[tokio::test]
async fn nothing_goes_back_by_the_link_it_came_from() {
    let nation = Nation::new().await;
    let other = link(&nation, "").await;
    let from = Sender::Link { id: other, name: "Trục quốc gia".to_owned() };
    let packet = written(&document("G22", &[JUSTICE, LANGSON], 1), "text");
    let shelved = nation.shelve(packet).await.unwrap();
    let sent = nation.reception.receive(nation.ctx(), &from, &shelved, None).await.unwrap();
    let own = letters(&nation, 1).await;
    let (by, first) = (scribe(&nation), today(&nation));
    links::cover(nation.ctx(), &by, (other, LANGSON), (first, None)).await.unwrap();
    nation.house.run_jobs().await;
    assert_eq!(nation.delivery(sent.deliveries[1]).await.route, Route::Nowhere);
    assert_eq!(nation.delivery(own[0]).await.route, Route::Link);
    nation.open_desk(LANGSON).await;
    assert_eq!(nation.told().await, [sent.deliveries[1]]);
}

#[tokio::test]
async fn a_desk_that_closes_puts_what_waited_on_the_list_until_there_is_another_way() {
    let nation = Nation::new().await;
    nation.open_desk(LANGSON).await;
    let sent = letters(&nation, 1).await;
    let (unit, by) = (nation.unit(LANGSON).await, nation.clerk());
    nation.write(move |tx, ctx| crate::commands::close_desk(tx, ctx, unit, &by)).await.unwrap();
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.iter().map(|task| task.delivery).collect::<Vec<_>>(), [Some(sent[0])]);
    nation.connect("sys.H37", &[LANGSON]).await;
    assert_eq!(nation.waiting("sys.H37", Kind::Document).await, sent);
    assert_eq!(passed(&nation).await, 1);
}

#[tokio::test]
async fn what_waits_for_an_agency_whose_last_system_goes_looks_for_another_way() {
    let nation = Nation::new().await;
    nation.connect("sys.H37", &[LANGSON, "X02"]).await;
    nation.connect("sys.too", &[LANGSON]).await;
    let sent = letters(&nation, 2).await;
    nation.fetch(sent[1]).await.unwrap();
    let only = async |system: &str| {
        let change = Change {
            version: 1,
            name: String::new(),
            agencies: vec!["X02".to_owned()],
            registers: false,
        };
        let id = SystemId::parse(system).unwrap();
        systems::change(nation.ctx(), &nation.clerk(), id, change).await.unwrap();
    };
    only("sys.H37").await;
    assert_eq!(nation.delivery(sent[0]).await.route, Route::Mailbox, "the other still speaks");
    only("sys.too").await;
    assert_eq!(nation.delivery(sent[0]).await.route, Route::Nowhere);
    assert_eq!(nation.delivery(sent[1]).await.route, Route::Mailbox, "it was fetched");
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.iter().map(|task| task.delivery).collect::<Vec<_>>(), [Some(sent[0])]);
    nation.open_desk(LANGSON).await;
    assert_eq!(nation.told().await, [sent[0]]);
    assert_eq!(passed(&nation).await, 1);
}
