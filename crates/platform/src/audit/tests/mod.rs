//! A log that proves itself: the tree by its published vectors, the whole by being tampered with.

mod log;
mod note;
mod searching;
mod tampering;
mod tree;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::{Act, Fault, Head, Verdict, record, seal, signing_key, verify};
use crate::Ctx;
use crate::testing::House;

/// A house with so many sealed rows, in heads of five.
async fn house_with(rows: usize) -> House {
    let house = House::build(Vec::new()).await;
    for number in 0..rows {
        write(&house.ctx, number).await;
        if number % 5 == 4 {
            seal(&house.ctx).await.unwrap();
        }
    }
    seal(&house.ctx).await.unwrap();
    house
}

/// One act of a person, or, every third, of the program itself.
async fn write(ctx: &Ctx, number: usize) -> Uuid {
    ctx.clock.advance(SignedDuration::from_secs(1));
    let act = act(ctx, number);
    let id = act.id;
    ctx.store.write(move |tx| record(tx, &act)).await.unwrap();
    id
}

fn act(ctx: &Ctx, number: usize) -> Act {
    Act {
        id: ctx.ids.next(),
        at: ctx.clock.now(),
        actor: (number % 3 != 2).then(|| Uuid::from_u128(1 + number as u128 % 3)),
        actor_name: format!("Nguyễn Thị {number}"),
        unit: None,
        verb: if number.is_multiple_of(2) { "sample.accept" } else { "sample.refuse" },
        object: format!("letter:{number}"),
        detail: json!({ "number": number, "note": "Đủ giấy tờ" }),
    }
}

async fn verdict(ctx: &Ctx) -> Verdict {
    verdict_with(ctx, &[]).await
}

async fn verdict_with(ctx: &Ctx, held: &[String]) -> Verdict {
    let key = signing_key(ctx).await.unwrap();
    verify(&ctx.store, &[key.public().clone()], held).await.unwrap()
}

async fn fault(ctx: &Ctx) -> Option<Fault> {
    verdict(ctx).await.fault
}

async fn newest(ctx: &Ctx) -> Head {
    ctx.store.read(super::head).await.unwrap().unwrap()
}

async fn id_at(ctx: &Ctx, seq: i64) -> Uuid {
    const ID: &str = "SELECT id FROM platform_audit WHERE seq = $1";
    let (id,): (Uuid,) = ctx.store.read(move |tx| tx.one(ID, &[&seq])).await.unwrap();
    id
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at + SignedDuration::from_secs(seconds)
}
