//! Work that comes back.

use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::clock::instant;
use crate::jobs::{Every, Schedule, run_due, run_schedules};
use crate::store::Tx;

fn at(day: i8, hour: i8, minute: i8, second: i8) -> Timestamp {
    instant(date(2026, 11, day).at(hour, minute, second, 0))
}

#[test]
fn the_next_turn() {
    let daily = |hour, minute| Every::DailyAt { hour, minute };
    for (every, after, next) in [
        (Every::Seconds(5), at(23, 9, 0, 0), at(23, 9, 0, 5)),
        (Every::Seconds(5), at(23, 9, 0, 4), at(23, 9, 0, 5)),
        (Every::Minutes(15), at(23, 9, 0, 0), at(23, 9, 15, 0)),
        (Every::Minutes(15), at(23, 9, 14, 59), at(23, 9, 15, 0)),
        // A day of minutes turns at midnight in Vietnam, 17:00 UTC.
        (Every::Minutes(24 * 60), at(23, 9, 0, 0), at(24, 0, 0, 0)),
        (daily(2, 30), at(23, 2, 29, 59), at(23, 2, 30, 0)),
        (daily(2, 30), at(23, 2, 30, 0), at(24, 2, 30, 0)),
        (daily(0, 0), at(23, 23, 59, 59), at(24, 0, 0, 0)),
        (Every::Seconds(0), at(23, 9, 0, 0), at(23, 9, 0, 1)),
    ] {
        assert_eq!(every.next(after), next, "{every:?} after {after}");
    }
}

const HOURLY: Schedule = Schedule { kind: SAMPLE.kind, every: Every::Minutes(60) };

async fn turns(ctx: &Ctx) -> usize {
    run_schedules(ctx, &[HOURLY]).await.unwrap()
}

#[tokio::test]
async fn a_turn_comes_once_each_time() {
    let house = House::build(Vec::new()).await;
    assert_eq!(turns(&house.ctx).await, 0, "the first turn is at the next hour");
    pass(&house.ctx, 3_600);
    assert_eq!(turns(&house.ctx).await, 1);
    assert_eq!(turns(&house.ctx).await, 0);
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 1);
    pass(&house.ctx, 3_599);
    assert_eq!(turns(&house.ctx).await, 0);
    pass(&house.ctx, 1);
    assert_eq!(turns(&house.ctx).await, 1);
}

#[tokio::test]
async fn turns_missed_are_one_turn() {
    let house = House::build(Vec::new()).await;
    turns(&house.ctx).await;
    pass(&house.ctx, 10 * 3_600 + 60);
    assert_eq!(turns(&house.ctx).await, 1);
    assert_eq!(turns(&house.ctx).await, 0);
}

#[tokio::test]
async fn a_turn_is_dropped_while_the_one_before_still_waits() {
    let house = House::build(Vec::new()).await;
    turns(&house.ctx).await;
    for _ in 0..3 {
        pass(&house.ctx, 3_600);
        turns(&house.ctx).await;
    }
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 1);
}

#[tokio::test]
async fn of_many_processes_one_gets_the_turn() {
    let house = House::build(Vec::new()).await;
    for round in 0..10 {
        pass(&house.ctx, 3_600);
        let mut hands = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let ctx = house.ctx.clone();
            hands.spawn(async move { turns(&ctx).await });
        }
        let won: usize = hands.join_all().await.into_iter().sum();
        assert_eq!(won, usize::from(round > 0), "round {round}");
        let done = run_due(&house.ctx, &[SAMPLE]).await.unwrap().done;
        assert_eq!(done, usize::from(round > 0));
    }
}

#[tokio::test]
async fn a_look_that_says_no_is_no_turn() {
    const LOOK: Schedule = Schedule {
        kind: SAMPLE.kind,
        every: Every::Look {
            seconds: 5,
            when: |tx: &mut Tx, _| {
                let sql = "SELECT 1 FROM platform_outbox LIMIT 1";
                Ok(tx.opt::<(i64,)>(sql, &[])?.is_some())
            },
        },
    };
    let house = House::build(Vec::new()).await;
    let look = async || {
        pass(&house.ctx, 5);
        run_schedules(&house.ctx, &[LOOK]).await.unwrap()
    };
    assert_eq!((look().await, look().await), (0, 0));
    let message = crate::outside::Message {
        key: "k".to_owned(),
        to: "a@example.vn".to_owned(),
        subject: String::new(),
        text: String::new(),
    };
    house.ctx.outside.mail.send(message).await.unwrap();
    assert_eq!((look().await, look().await), (0, 1), "seen, and then its turn");
}
