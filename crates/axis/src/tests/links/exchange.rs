//! A province's axis under the nation's: documents and statuses go both ways, each once.

use jiff::SignedDuration;
use jiff::civil::date;
use wire::edxml::StatusCode;
use wire::vxp::{Answer, MessageType, TransportStatus};

use super::{Axis, LARGE, document, status};
use crate::commands::linking::{self, Round};
use crate::commands::{links, settling};
use crate::delivery::Route;
use crate::link::Health;
use crate::packet::{Origin, PacketId};
use crate::store::{link_traffic, links as store};
use crate::work::TaskKind;
use crate::{queries, store as tables};

/// The nation knows the ministry G22 itself and the province Huế by its axis; the province knows
/// its communes itself and everybody else by the nation.
struct Two {
    nation: Axis,
    province: Axis,
    link: uuid::Uuid,
    commune: String,
    other: String,
}

async fn two() -> Two {
    let (nation, province) = (Axis::open().await, Axis::open().await);
    let (commune, other) = (province.commune(0).await, province.commune(1).await);
    nation.system("sys.G22", &["G22"]).await;
    nation.system("sys.H57", &[&commune, &other]).await;
    province.system("phan-mem.phuong", &[&commune]).await;
    province.system("phan-mem.xa", &[&other]).await;
    let link = province.link((&nation.address, "sys.H57"), "*").await;
    Two { nation, province, link, commune, other }
}

impl Two {
    async fn round(&self) -> Round {
        linking::run(&self.province.house.ctx, self.link).await.unwrap()
    }

    async fn health(&self) -> (Health, String) {
        let link = self.link;
        let known = self.province.read(move |tx| store::one(tx, link)).await.unwrap();
        (known.health, known.health_detail)
    }
}

fn accepted(answer: &Answer) -> PacketId {
    let id = answer.doc_id();
    PacketId::parse(&id.unwrap_or_else(|| panic!("{answer:?}"))).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_of_the_nation_reaches_a_commune_with_its_very_bytes_and_its_status_comes_back()
{
    let two = two().await;
    for (number, size_bytes) in [(1, 100), (2, LARGE)] {
        let packet = document(("G22", &[&two.commune, &two.other]), number, size_bytes);
        accepted(&two.nation.send("sys.G22", (MessageType::Edoc, "G22"), &packet).await);
        let round = two.round().await;
        assert_eq!((round.taken, round.refused, round.failed), (2, 0, 0), "{round:?}");
        for system in ["phan-mem.phuong", "phan-mem.xa"] {
            let got = two.province.receive(system, MessageType::Edoc).await;
            assert_eq!(got, std::slice::from_ref(&packet), "the very bytes");
        }
        let said = status((&two.commune, "G22"), number, StatusCode::Accepted);
        let kind = (MessageType::Status, two.commune.as_str());
        accepted(&two.province.send("phan-mem.phuong", kind, &said).await);
        assert_eq!(two.round().await.sent, 1);
        let heard = two.nation.receive("sys.G22", MessageType::Status).await;
        assert_eq!(heard, [said]);
    }
    assert_eq!(two.round().await, Round::default(), "nothing is left to do");
    assert_eq!(two.health().await.0, Health::Well);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_fetched_says_by_whom_it_came_and_what_was_sent_says_its_name_there() {
    let two = two().await;
    let packet = document(("G22", &[&two.commune]), 1, 100);
    accepted(&two.nation.send("sys.G22", (MessageType::Edoc, "G22"), &packet).await);
    two.round().await;
    let found = two
        .province
        .read(|tx| queries::by_document(tx, "G22", &super::document_id("G22", 1)))
        .await
        .unwrap();
    assert_eq!(found.origin, Origin::Link(two.link));
    assert_eq!(found.sent_by_name, "Trục bên kia");

    let packet = document((&two.commune, &["G22", &two.other]), 2, 100);
    let kind = (MessageType::Edoc, two.commune.as_str());
    let id = accepted(&two.province.send("phan-mem.phuong", kind, &packet).await);
    two.round().await;
    let deliveries = two.province.read(move |tx| queries::deliveries_of(tx, id)).await;
    let beyond = deliveries.iter().find(|one| one.to_code == "G22").unwrap();
    assert_eq!((beyond.route, beyond.link), (Route::Link, Some(two.link)));
    assert_eq!(beyond.transport, TransportStatus::Done);
    let (own, delivery) = (beyond.id, beyond.id);
    let theirs = two.province.read(move |tx| queries::links::sent(tx, own)).await.unwrap();
    let there = two
        .nation
        .read(move |tx| queries::packet(tx, PacketId::parse(&theirs).unwrap()))
        .await
        .unwrap();
    assert_eq!(
        there.sha256,
        two.province.read(move |tx| queries::packet(tx, id)).await.unwrap().sha256
    );
    let trace = two.province.read(move |tx| queries::trace(tx, id)).await;
    let forwarded = |one: &&crate::Event| one.what == crate::What::Forwarded;
    assert_eq!(trace.iter().filter(forwarded).count(), 1);
    assert_eq!(trace.iter().find(forwarded).unwrap().delivery, Some(delivery));
    // The neighbour is reached here, and not through the nation.
    assert_eq!(two.province.receive("phan-mem.xa", MessageType::Edoc).await.len(), 1);
    let to_nation = two.nation.receive("sys.G22", MessageType::Edoc).await;
    assert_eq!(to_nation, [packet]);
    assert!(two.nation.receive("sys.H57", MessageType::Edoc).await.is_empty(), "nothing came back");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_that_got_lost_is_said_again_and_nothing_is_taken_twice() {
    let two = two().await;
    let packet = document(("G22", &[&two.commune]), 1, 100);
    let id = accepted(&two.nation.send("sys.G22", (MessageType::Edoc, "G22"), &packet).await);
    two.round().await;
    // As if the process had died between the commit and the acknowledgement.
    let ctx = &two.nation.house.ctx;
    let mut offered = two.nation.read(move |tx| queries::deliveries_of(tx, id)).await;
    let delivery = offered.remove(0);
    assert_eq!(delivery.transport, TransportStatus::Done);
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| {
            let initial = (TransportStatus::Initial, now, "");
            tables::deliveries::set_try(tx, &delivery, initial, (0, None))
        })
        .await
        .unwrap();
    assert_eq!(two.round().await, Round::default(), "known already");
    let again = two.nation.read(move |tx| queries::deliveries_of(tx, id)).await;
    assert_eq!(again[0].transport, TransportStatus::Done, "acknowledged again");
    assert_eq!(two.province.receive("phan-mem.phuong", MessageType::Edoc).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_handed_over_without_anybody_noting_it_is_handed_over_again_and_arrives_once() {
    let two = two().await;
    let packet = document((&two.commune, &["G22"]), 1, LARGE);
    let kind = (MessageType::Edoc, two.commune.as_str());
    let id = accepted(&two.province.send("phan-mem.phuong", kind, &packet).await);
    assert_eq!(two.round().await.sent, 1);
    let ctx = &two.province.house.ctx;
    let delivery = two.province.read(move |tx| queries::deliveries_of(tx, id)).await.remove(0);
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| {
            let unknown = (TransportStatus::Processing, now, "");
            tables::deliveries::set_try(tx, &delivery, unknown, (0, None))
        })
        .await
        .unwrap();
    assert_eq!(two.round().await.sent, 1, "sent again");
    assert_eq!(two.nation.receive("sys.G22", MessageType::Edoc).await, [packet], "and there once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_refused_with_its_reason_and_offered_no_more() {
    let two = two().await;
    // The nation believes that this ministry is in Huế; the province knows better.
    two.nation.system("sys.lac", &["G01"]).await;
    two.province.system("cong-an", &["G22"]).await;
    let packet = document(("G22", &[&two.commune]), 1, 100);
    accepted(&two.nation.send("sys.G22", (MessageType::Edoc, "G22"), &packet).await);
    let round = two.round().await;
    assert_eq!((round.taken, round.refused), (0, 1), "it speaks for somebody who is here");
    let link = two.link;
    let untaken = two.province.read(move |tx| link_traffic::untaken(tx, link, 10)).await;
    assert!(untaken[0].reason.starts_with("19 "), "{:?}", untaken[0]);
    assert_eq!(two.round().await, Round::default(), "it is not offered again");
    assert_eq!(two.health().await.0, Health::Well, "one bad packet is no trouble of the link");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_other_axis_refuses_for_good_is_for_a_person_at_once() {
    let two = two().await;
    // Nobody at the nation has mapped the province's third commune to this system.
    let third = two.province.commune(2).await;
    two.province.system("phan-mem.ba", &[&third]).await;
    let packet = document((&third, &["G22"]), 1, 100);
    let kind = (MessageType::Edoc, third.as_str());
    let id = accepted(&two.province.send("phan-mem.ba", kind, &packet).await);
    let round = two.round().await;
    assert_eq!((round.sent, round.failed), (0, 1));
    let deliveries = two.province.read(move |tx| queries::deliveries_of(tx, id)).await;
    assert_eq!(deliveries[0].transport, TransportStatus::Fail);
    assert!(deliveries[0].description.contains("19"), "{}", deliveries[0].description);
    let tasks = two.province.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].delivery, Some(deliveries[0].id));
    assert_eq!(two.round().await, Round::default(), "and it is not tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_exchanged_and_the_bytes_stay() {
    let two = two().await;
    let days = (date(2026, 1, 1), None);
    let (ctx, scribe) = (&two.province.house.ctx, two.province.scribe());
    let ours = two.province.commune(2).await;
    two.province.system("phan-mem.ba", &[&ours]).await;
    // The nation sends to its own code of the commune.
    let theirs = two.nation.commune(3).await;
    two.nation.system("sys.H57.ba", &[&theirs]).await;
    let pair = (two.link, ours.as_str(), theirs.as_str());
    links::add_code(ctx, &scribe, pair, days).await.unwrap();
    let clash = (two.link, two.commune.as_str(), theirs.as_str());
    assert!(links::add_code(ctx, &scribe, clash, days).await.is_err(), "one name, one agency");
    let link = two.link;
    let known = two.province.read(move |tx| store::codes(tx, link)).await;
    assert_eq!(known.len(), 1);

    let changed = links::NewLink {
        name: "Trục quốc gia".to_owned(),
        address: two.nation.address.clone(),
        system_id: "sys.H57.ba".to_owned(),
        secret: zeroize::Zeroizing::default(),
        every_seconds: 60,
        covers: "*".to_owned(),
    };
    links::change(ctx, &scribe, (two.link, changed)).await.unwrap();
    let packet = document(("G22", &[&theirs]), 1, 100);
    accepted(&two.nation.send("sys.G22", (MessageType::Edoc, "G22"), &packet).await);
    assert_eq!(two.round().await.taken, 1);
    let got = two.province.receive("phan-mem.ba", MessageType::Edoc).await;
    assert_eq!(got, [packet], "nothing in it was rewritten");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_axis_that_is_not_there_costs_no_packet_a_try_and_is_told_apart_from_a_wrong_secret() {
    let two = two().await;
    let packet = document((&two.commune, &["G22"]), 1, 100);
    let kind = (MessageType::Edoc, two.commune.as_str());
    let id = accepted(&two.province.send("phan-mem.phuong", kind, &packet).await);
    let (ctx, scribe) = (&two.province.house.ctx, two.province.scribe());
    let with = |address: &str, secret: &str| links::NewLink {
        name: "Trục quốc gia".to_owned(),
        address: address.to_owned(),
        system_id: "sys.H57".to_owned(),
        secret: zeroize::Zeroizing::new(secret.to_owned()),
        every_seconds: 60,
        covers: "*".to_owned(),
    };
    let nowhere = with("http://127.0.0.1:9", "");
    links::change(ctx, &scribe, (two.link, nowhere)).await.unwrap();
    assert_eq!(two.round().await, Round::default());
    assert_eq!(two.health().await.0, Health::Unreachable);
    let wrong = with(&two.nation.address, "mot-mat-khau-khac-0123456789abcdef");
    links::change(ctx, &scribe, (two.link, wrong)).await.unwrap();
    two.round().await;
    assert_eq!(two.health().await.0, Health::WrongSecret);
    let tasks = two.province.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.len(), 1, "a wrong secret is for a person at once");
    let waiting = two.province.read(move |tx| queries::deliveries_of(tx, id)).await.remove(0);
    assert_eq!((waiting.transport, waiting.attempts), (TransportStatus::Initial, 0));
    let right = with(&two.nation.address, super::SECRET);
    links::change(ctx, &scribe, (two.link, right)).await.unwrap();
    assert_eq!(two.round().await.sent, 1, "it goes by itself");
    assert_eq!(two.health().await.0, Health::Well);
    assert!(two.province.read(|tx| queries::tasks(tx, 10)).await.is_empty(), "off the list again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_visits_links_that_have_something_to_take_before_their_turn() {
    let two = two().await;
    let ctx = &two.province.house.ctx;
    two.round().await;
    ctx.clock.advance(SignedDuration::from_secs(3));
    let packet = document((&two.commune, &["G22"]), 1, 100);
    let kind = (MessageType::Edoc, two.commune.as_str());
    accepted(&two.province.send("phan-mem.phuong", kind, &packet).await);
    two.province.look_at_links().await;
    assert_eq!(two.nation.receive("sys.G22", MessageType::Edoc).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_not_due_puts_no_job_into_the_queue() {
    let two = two().await;
    let ctx = &two.province.house.ctx;
    let schedules = [crate::link_jobs::SCHEDULE];
    let turns = async || platform::jobs::run_schedules(ctx, &schedules).await.unwrap();
    two.round().await;
    turns().await;
    for _ in 0..5 {
        ctx.clock.advance(SignedDuration::from_secs(2));
        assert_eq!(turns().await, 0, "nothing to hand over, and not its turn");
    }
    ctx.clock.advance(SignedDuration::from_secs(60));
    assert!(turns().await + turns().await > 0, "its turn has come");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_visits_a_link_at_a_time() {
    let two = two().await;
    let ctx = &two.province.house.ctx;
    let (link, holder, now) = (two.link, ctx.ids.next(), ctx.clock.now());
    let until = now + SignedDuration::from_secs(12);
    let held: Result<bool, platform::store::StoreError> =
        ctx.store.write(move |tx| store::hold(tx, (link, holder), (now, until))).await;
    assert!(held.unwrap());
    assert!(two.round().await.is_held);
    ctx.clock.advance(SignedDuration::from_secs(13));
    assert!(!two.round().await.is_held, "whoever is silent has lost it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_ends_leaves_what_waits_to_the_next_and_what_it_may_have_seen_to_a_person() {
    let two = two().await;
    let (ctx, scribe) = (&two.province.house.ctx, two.province.scribe());
    let kind = (MessageType::Edoc, two.commune.as_str());
    let mut sent = Vec::new();
    for number in [1, 2] {
        let packet = document((&two.commune, &["G22"]), number, 100);
        let id = accepted(&two.province.send("phan-mem.phuong", kind, &packet).await);
        sent.push(two.province.read(move |tx| queries::deliveries_of(tx, id)).await.remove(0));
    }
    let (begun, now) = (sent[1].clone(), ctx.clock.now());
    let begin = move |tx: &mut platform::store::Tx| {
        let status = (TransportStatus::Processing, now, "");
        tables::deliveries::set_try(tx, &begun, status, (1, None))
    };
    ctx.store.write(begin).await.unwrap();
    links::end(ctx, &scribe, two.link).await.unwrap();
    assert!(two.round().await.is_held, "nobody visits it any more");
    assert!(links::end(ctx, &scribe, two.link).await.is_err());
    let state = async |place: usize| {
        let id = sent[place].id;
        let one = two.province.read(move |tx| queries::delivery(tx, id)).await.unwrap();
        (one.route, one.link, one.transport)
    };
    assert_eq!(state(0).await, (Route::Nowhere, None, TransportStatus::Initial));
    assert_eq!(state(1).await, (Route::Link, Some(two.link), TransportStatus::Fail));
    let tasks = two.province.read(|tx| queries::tasks(tx, 10)).await;
    let mut kinds: Vec<TaskKind> = tasks.iter().map(|task| task.kind).collect();
    kinds.sort_by_key(|kind| kind.code());
    assert_eq!(kinds, [TaskKind::LinkRefused, TaskKind::Stranded]);
    let refused = tasks.iter().find(|task| task.kind == TaskKind::LinkRefused).unwrap().id;
    let early = settling::resend(ctx, &scribe, (refused, "")).await;
    assert!(early.is_err(), "there is no other way yet");

    let next = two.province.link((&two.nation.address, "sys.H57"), "*").await;
    two.province.house.run_jobs().await;
    assert_eq!(state(0).await, (Route::Link, Some(next), TransportStatus::Initial));
    settling::resend(ctx, &scribe, (refused, "")).await.unwrap();
    assert_eq!(state(1).await, (Route::Link, Some(next), TransportStatus::Initial));
    assert_eq!(two.province.read(|tx| queries::tasks(tx, 10)).await, []);
    linking::run(ctx, next).await.unwrap();
    assert_eq!(state(0).await.2, TransportStatus::Done);
    assert_eq!(state(1).await.2, TransportStatus::Done);
    assert_eq!(two.nation.receive("sys.G22", MessageType::Edoc).await.len(), 2, "each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agencies_of_the_other_axis_are_known_for_information() {
    let two = two().await;
    two.round().await;
    let ctx = &two.province.house.ctx;
    let question = ("van phong chinh phu".to_owned(), String::new(), 20);
    let (found, total) = queries::links::agencies(ctx, two.link, question).await.unwrap();
    assert_eq!(total, 1, "{found:?}");
    assert_eq!(found[0].code, "G22");
}
