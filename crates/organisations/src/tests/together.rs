//! Several officers at the same moment: on PostgreSQL their units of work run side by side.

use futures_util::future::join_all;
use jiff::civil::date;

use super::house::{Town, closing, draft};
use crate::commands::{self, Recoding};
use crate::{Code, Kind, Refusal};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_closings_at_once_one_holds() {
    let town = Town::small().await;
    let (all, at) = (town.everything(), town.target("H57.02").await);
    let day = date(2026, 12, 31);
    let tries = ["H17", "G15", "H57.20", "H57.101"]
        .map(|heir| commands::close(town.ctx(), &all, at, closing(day, &[heir])));
    let results = join_all(tries).await;
    let held = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!(held, 1, "{results:?}");
    let told = |result: &&Result<_, Refusal>| **result == Err(Refusal::ChangedMeanwhile);
    assert_eq!(results.iter().filter(told).count(), 3, "{results:?}");
    let closings = town.history("H57.02").await;
    assert_eq!(closings, ["organisations.close", "organisations.create"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_is_issued_once_however_many_ask_for_it() {
    let town = Town::small().await;
    let all = town.everything();
    let tries = (0..8).map(|number| {
        let name = format!("Sở số {number}");
        commands::create(town.ctx(), &all, draft("H57.14", &name, Kind::Department))
    });
    let results = join_all(tries).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for refused in results.into_iter().filter_map(Result::err) {
        assert!(matches!(refused, Refusal::CodeTaken { .. }), "{refused:?}");
    }
}

/// Each move alone is fine; both would hang the two units below each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_moves_at_once_never_make_a_ring() {
    let town = Town::small().await;
    town.create("H57.03", "Sở Nội vụ thành phố Huế", Kind::Department).await;
    let all = town.everything();
    let (first, second) = (town.target("H57.02").await, town.target("H57.03").await);
    let recoding = |code: &str| Recoding {
        code: Code::issue(code).unwrap(),
        provisional: false,
        reason: String::new(),
    };
    let (one, two) = tokio::join!(
        commands::recode(town.ctx(), &all, first, recoding("H57.03.01")),
        commands::recode(town.ctx(), &all, second, recoding("H57.02.01")),
    );
    let held = [&one, &two].iter().filter(|result| result.is_ok()).count();
    assert_eq!(held, 1, "{one:?} {two:?}");
}

/// A unit is created below one that is being closed: it may not outlive it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_is_born_below_a_unit_that_ends_at_the_same_moment() {
    let town = Town::small().await;
    let all = town.everything();
    let at = town.target("H57.101").await;
    let centre = draft("H57.101.01", "Trung tâm", Kind::OneStopCentre);
    let (ended, born) = tokio::join!(
        commands::close(town.ctx(), &all, at, closing(date(2026, 6, 30), &[])),
        commands::create(town.ctx(), &all, centre),
    );
    match (ended, born) {
        (Ok(_), Err(Refusal::OutlivesTheUnitAbove { .. })) => {}
        (Err(Refusal::UnitsBelowInForce { count: 1 }), Ok(_)) => {}
        other => panic!("both or neither: {other:?}"),
    }
}
