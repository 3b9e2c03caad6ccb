//! The day comes on which a unit begins, or is no longer.

use futures_util::future::join_all;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use platform::clock::local;

use super::house::{Town, closing, draft};
use crate::commands::days::{is_due, turn};
use crate::commands::{self, Closing, Draft};
use crate::{Kind, queries};

async fn pass_days(town: &Town, days: i64) {
    town.ctx().clock.advance(SignedDuration::from_hours(24 * days));
}

async fn turned(town: &Town) -> usize {
    turn(town.ctx()).await.unwrap()
}

async fn due(town: &Town) -> bool {
    let now = town.ctx().clock.now();
    town.ctx().store.read(move |tx| is_due(tx, now)).await.unwrap()
}

async fn revision(town: &Town) -> i64 {
    town.ctx().store.read(queries::revision).await.unwrap()
}

/// Codes of what changed after a revision, and when.
async fn changed(town: &Town, revision: i64) -> Vec<(String, Timestamp)> {
    let read = move |tx: &mut platform::store::Tx| queries::changed_after(tx, revision);
    let rows = town.ctx().store.read(read).await.unwrap();
    rows.into_iter().map(|(unit, at)| (unit.code.to_string(), at)).collect()
}

fn today(town: &Town) -> Date {
    local(town.ctx().clock.now()).date()
}

#[tokio::test]
async fn a_unit_that_ends_is_told_again_on_the_first_day_without_it_and_once() {
    let town = Town::small().await;
    town.close("H57.02", date(2026, 11, 25), &["H57"]).await.unwrap();
    let (decided, version) = (revision(&town).await, town.unit("H57.02").await.version);
    assert!(due(&town).await);
    assert_eq!(turned(&town).await, 0, "what was entered today tells itself");
    assert!(!due(&town).await);
    pass_days(&town, 2).await;
    assert_eq!((today(&town), turned(&town).await), (date(2026, 11, 25), 0), "its last day");
    assert_eq!(changed(&town, decided).await, []);
    pass_days(&town, 1).await;
    assert!(due(&town).await);
    assert_eq!(turned(&town).await, 1);
    let now = town.ctx().clock.now();
    assert_eq!(changed(&town, decided).await, [("H57.02".to_owned(), now)]);
    let ended = town.unit("H57.02").await;
    assert_eq!((ended.version, ended.valid_to), (version + 1, Some(date(2026, 11, 25))));
    let story = town.history("H57.02").await;
    assert_eq!(story[..2], ["organisations.end", "organisations.close"]);
    let told = revision(&town).await;
    assert_eq!(turned(&town).await, 0);
    pass_days(&town, 1).await;
    assert_eq!(turned(&town).await, 0);
    assert_eq!(revision(&town).await, told, "a day on which nothing turns changes nothing");
    let page = town.house.get("/don-vi/H57.02/lich-su").await;
    assert!(page.has("Hết ngày hoạt động cuối cùng"), "{}", page.text);
}

#[tokio::test]
async fn a_unit_that_begins_is_told_on_its_first_day() {
    let town = Town::small().await;
    let first = date(2026, 12, 1);
    let later = Draft {
        valid_from: Some(first),
        ..draft("H57.30", "Sở Nông nghiệp và Môi trường thành phố Huế", Kind::Department)
    };
    commands::create(town.ctx(), &town.everything(), later).await.unwrap();
    turned(&town).await;
    let decided = revision(&town).await;
    // Nothing ran for days: what was missed is told at the first look.
    pass_days(&town, 10).await;
    assert_eq!(turned(&town).await, 1);
    assert_eq!(changed(&town, decided).await.len(), 1);
    assert_eq!(town.history("H57.30").await[0], "organisations.begin");
}

#[tokio::test]
async fn whoever_changed_it_on_the_day_has_told_it() {
    let town = Town::small().await;
    town.close("H57.02", date(2026, 11, 23), &["H57"]).await.unwrap();
    turned(&town).await;
    pass_days(&town, 1).await;
    let at = town.target("H57.02").await;
    commands::reopen(town.ctx(), &town.everything(), at, "nhầm".to_owned()).await.unwrap();
    town.close("H57.02", date(2026, 11, 23), &["H57"]).await.unwrap();
    assert_eq!(turned(&town).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_whole_province_turns_in_several_units_of_work_each_once() {
    let town = Town::country().await;
    let at = town.target("H26").await;
    let end = Closing { with_children: true, ..closing(date(2026, 11, 30), &["H01"]) };
    commands::close(town.ctx(), &town.everything(), at, end).await.unwrap();
    turned(&town).await;
    let decided = revision(&town).await;
    pass_days(&town, 8).await;
    let turns = join_all((0..4).map(|_| turn(town.ctx()))).await;
    let units: usize = turns.into_iter().map(Result::unwrap).sum();
    assert!(units > 120, "the wards and communes of Hà Nội: {units}");
    assert_eq!(changed(&town, decided).await.len(), units);
    let told = town.ctx().store.read(|tx| {
        let sql = "SELECT COUNT(*) FROM organisations_change WHERE verb = 'organisations.end'";
        tx.one::<(i64,)>(sql, &[])
    });
    let told: Result<_, platform::store::StoreError> = told.await;
    assert_eq!(told.unwrap().0, units as i64);
}
