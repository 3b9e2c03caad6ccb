//! Systems that fetch and acknowledge at the same moment are served together, and each is answered
//! for itself.

use futures_util::future::join_all;
use uuid::Uuid;

use super::nation::*;
use crate::TransportStatus::{Done, Initial, Processing};
use crate::commands::{Accepted, Word};
use crate::refusal::Refusal;
use crate::system::SystemId;
use crate::trace::What;
use crate::{Kind, TransportStatus};

const SENT: u32 = 40;

fn hub() -> SystemId {
    SystemId::parse("sys.hub").unwrap()
}

fn word(status: TransportStatus) -> Word {
    Word { status, description: String::new(), by: "sys.hub".to_owned() }
}

/// Each to two agencies of one system: one name for two deliveries.
async fn sent(nation: &Nation) -> Vec<Accepted> {
    let letters: Vec<_> = (1..=SENT)
        .map(|number| written(&document(HUE, &[JUSTICE, HOME], number), &format!("text {number}")))
        .collect();
    let sent = join_all(letters.iter().map(|letter| nation.send("sys.H57", letter))).await;
    sent.into_iter().map(Result::unwrap).collect()
}

async fn serves_each(nation: Nation) {
    let (ctx, hub) = (nation.ctx(), hub());
    let sent = sent(&nation).await;
    let names = sent.iter().map(|one| one.packet.0).chain([Uuid::max()]);
    let begun = join_all(names.map(|name| nation.handover.begin(ctx, &hub, name))).await;
    assert!(matches!(begun[SENT as usize], Err(Refusal::Nothing)));
    let begun: Vec<_> = begun.into_iter().filter_map(Result::ok).collect();
    assert_eq!(begun.len(), SENT as usize);
    for (outgoing, accepted) in begun.iter().zip(&sent) {
        assert_eq!(outgoing.packet, accepted.packet);
        assert_eq!(outgoing.deliveries, accepted.deliveries);
        for one in nation.deliveries(accepted.packet).await {
            assert_eq!((one.transport, one.receipt), (Processing, None));
        }
    }
    // Each is fetched twice at the same moment: one receipt.
    let ends = begun.iter().chain(&begun);
    let ended = join_all(ends.map(|one| nation.handover.end(ctx, &hub, one.clone()))).await;
    assert!(ended.iter().all(Result::is_ok), "{ended:?}");
    let names = || sent.iter().map(|one| one.packet.0);
    let words = names().chain(names()).chain([Uuid::max()]);
    let said =
        join_all(words.map(|name| nation.handover.take_word(ctx, (&hub, name), word(Done)))).await;
    assert_eq!(said.iter().filter(|said| said.is_ok()).count(), 2 * SENT as usize);
    assert!(matches!(said[2 * SENT as usize], Err(Refusal::Nothing)));
    let stations = [What::Accepted, What::Fetched, What::Fetched, What::Done, What::Done];
    for accepted in &sent {
        for one in nation.deliveries(accepted.packet).await {
            assert!(one.transport == Done && one.receipt.is_some());
        }
        let trace = nation.trace(accepted.packet).await;
        assert_eq!(trace.iter().map(|(what, _)| *what).collect::<Vec<_>>(), stations);
    }
    let log = nation.log().await;
    let rows = log.iter().filter(|entry| entry.verb == "axis.transport").count();
    assert_eq!(rows, 4 * SENT as usize, "each delivery fetched once and done once");
    let day = platform::clock::local(nation.now()).date();
    let period = platform::figures::Period::day(day);
    let counted = nation.read(move |tx| {
        platform::figures::total(tx, "axis.delivered", &[("delay", "1-minute")], period)
    });
    assert_eq!(counted.await, 2 * i64::from(SENT));
    assert!(nation.waiting("sys.hub", Kind::Document).await.is_empty());
}

#[tokio::test]
async fn who_fetches_in_company_is_served_like_one_who_comes_alone() {
    serves_each(Nation::new().await).await;
}

#[tokio::test]
async fn units_that_get_in_each_others_way_serve_each_once_all_the_same() {
    serves_each(Nation::side_by_side().await).await;
}

#[tokio::test]
async fn a_word_that_is_refused_for_one_agency_is_written_for_none() {
    let nation = Nation::new().await;
    let (ctx, hub) = (nation.ctx(), hub());
    let sent = sent(&nation).await;
    for one in sent.iter().step_by(4) {
        let name = one.deliveries[1].0;
        nation.handover.take_word(ctx, (&hub, name), word(Done)).await.unwrap();
    }
    let words = sent
        .iter()
        .map(|one| nation.handover.take_word(ctx, (&hub, one.packet.0), word(Processing)));
    for (place, (said, accepted)) in join_all(words).await.iter().zip(&sent).enumerate() {
        let stand = nation.deliveries(accepted.packet).await;
        let stand: Vec<_> = stand.iter().map(|one| one.transport).collect();
        let stations = nation.trace(accepted.packet).await.len();
        if place % 4 == 0 {
            assert!(matches!(said, Err(Refusal::DoneAlready)), "{said:?}");
            assert_eq!((stand, stations), (vec![Initial, Done], 2));
        } else {
            assert!(said.is_ok(), "{said:?}");
            assert_eq!((stand, stations), (vec![Processing, Processing], 3));
        }
    }
}
