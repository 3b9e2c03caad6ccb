//! Finding rows.

use super::*;
use crate::audit::{Entry, Filter, search};

async fn found(ctx: &Ctx, filter: Filter) -> Vec<Entry> {
    ctx.store.read(move |tx| search(tx, &filter)).await.unwrap()
}

fn names(rows: &[Entry]) -> Vec<&str> {
    rows.iter().map(|row| row.object.as_str()).collect()
}

#[tokio::test]
async fn every_filter_narrows_alone_and_together() {
    let house = house_with(12).await;
    let ctx = &house.ctx;
    let all = found(ctx, Filter { limit: 50, ..Filter::default() }).await;
    assert_eq!(all.len(), 12);
    let from = all[3].at;
    let person = Some(Uuid::from_u128(1));
    let verb = || Some("sample.accept".to_owned());
    for (filter, expected) in [
        (Filter { from: Some(from), ..Filter::default() }, vec![11, 10, 9, 8]),
        (Filter { until: Some(later(from, -6)), ..Filter::default() }, vec![1, 0]),
        (Filter { actor: person, ..Filter::default() }, vec![9, 6, 3, 0]),
        (Filter { verb: verb(), ..Filter::default() }, vec![10, 8, 6, 4, 2, 0]),
        (Filter { actor: person, verb: verb(), ..Filter::default() }, vec![6, 0]),
        (Filter { object: Some("letter:7".to_owned()), ..Filter::default() }, vec![7]),
        (Filter { object: Some("letter:7".to_owned()), verb: verb(), ..Filter::default() }, vec![]),
        (Filter { from: Some(from), actor: person, ..Filter::default() }, vec![9]),
        (Filter { object: Some("letter".to_owned()), ..Filter::default() }, vec![]),
    ] {
        let expected: Vec<String> = expected.iter().map(|n| format!("letter:{n}")).collect();
        assert_eq!(names(&found(ctx, filter.clone()).await), expected, "{filter:?}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap() {
    let house = house_with(12).await;
    // A row of the same microsecond as another: the id decides.
    let twin = act(&house.ctx, 12);
    house.ctx.store.write(move |tx| record(tx, &twin)).await.unwrap();
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = found(&house.ctx, Filter { before, limit: 4, ..Filter::default() }).await;
        let Some(last) = page.last() else { break };
        before = Some((last.at, last.id));
        seen.extend(page.into_iter().map(|row| row.object));
    }
    let expected: Vec<String> = (0..13).rev().map(|number| format!("letter:{number}")).collect();
    assert_eq!(seen, expected);
}
