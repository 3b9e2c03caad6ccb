//! Dead letters, decided by an administrator.

use serde_json::json;

use super::*;
use crate::audit::{Filter, search};
use crate::jobs::{Job, JobError, JobKind, NewJob, enqueue, run_due};

const SAMPLE: JobKind = JobKind {
    kind: "sample.notice",
    run: |_, _: Job| Box::pin(async { Err(JobError::Dead("the <relay> said no".to_owned())) }),
};

async fn dead(house: &House) -> Uuid {
    let job = NewJob {
        id: house.ctx.ids.next(),
        kind: SAMPLE.kind,
        payload: json!({ "to": "nguoi.dan@example.vn" }),
        run_at: house.ctx.clock.now(),
        key: Some("letter:7".to_owned()),
    };
    let id = job.id;
    house.ctx.store.write(move |tx| enqueue(tx, &job)).await.unwrap();
    run_due(&house.ctx, &[SAMPLE]).await.unwrap();
    id
}

async fn verbs(house: &House) -> Vec<String> {
    let rows = house.ctx.store.read(|tx| search(tx, &Filter::default())).await.unwrap();
    rows.into_iter().map(|row| row.verb).collect()
}

#[tokio::test]
async fn a_keeper_sees_what_died_and_why() {
    let house = house().await;
    let id = dead(&house).await;
    let mut keeper = officer(&house, "keeper").await;
    let list = keeper.get("/quan-tri/viec-hong").await;
    assert!(list.has("sample.notice") && list.has("the &#60;relay&#62; said no"));
    let letter = keeper.get(&format!("/quan-tri/viec-hong/{id}")).await;
    assert!(letter.has("nguoi.dan@example.vn") && letter.has("letter:7"));
    assert!(letter.has("09:00 thứ hai, 23/11/2026"));
    words_are_complete(&house);
}

#[tokio::test]
async fn a_keeper_sends_a_letter_again() {
    let house = house().await;
    let id = dead(&house).await;
    let mut keeper = officer(&house, "keeper").await;
    let path = format!("/quan-tri/viec-hong/{id}");
    keeper.get(&path).await;
    let answer = keeper.post(&format!("{path}/chay-lai"), &[]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/quan-tri/viec-hong"));
    let after = keeper.get("/quan-tri/viec-hong").await;
    assert!(after.has("Đã cho chạy lại") && after.has("Không có việc nào bị dừng"));
    assert_eq!(verbs(&house).await, ["platform.resend"]);
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().failed.len(), 1);
    words_are_complete(&house);
}

#[tokio::test]
async fn a_letter_is_thrown_away_once() {
    let house = house().await;
    let id = dead(&house).await;
    let mut keeper = officer(&house, "keeper").await;
    let path = format!("/quan-tri/viec-hong/{id}");
    keeper.get(&path).await;
    keeper.post(&format!("{path}/bo"), &[]).await;
    assert!(keeper.get("/quan-tri/viec-hong").await.has("Đã bỏ hẳn"));
    keeper.post(&format!("{path}/bo"), &[]).await;
    assert!(keeper.get("/quan-tri/viec-hong").await.has("Không thay đổi gì"));
    assert_eq!(keeper.get(&path).await.status, 404);
    assert_eq!(verbs(&house).await, ["platform.discard"]);
    words_are_complete(&house);
}

#[tokio::test]
async fn for_everyone_else_there_are_no_dead_letters() {
    let house = house().await;
    let id = dead(&house).await;
    let path = format!("/quan-tri/viec-hong/{id}");
    let mut auditor = officer(&house, "auditor").await;
    for path in ["/quan-tri/viec-hong", path.as_str()] {
        assert_eq!(auditor.get(path).await.status, 404, "{path}");
        assert_ne!(house.get(path).await.status, 200, "{path}");
    }
    auditor.get("/demo/hop-thu").await;
    for change in ["chay-lai", "bo"] {
        assert_eq!(auditor.post(&format!("{path}/{change}"), &[]).await.status, 404, "{change}");
    }
    assert_eq!(verbs(&house).await, [] as [String; 0]);
}

#[tokio::test]
async fn a_form_from_elsewhere_decides_nothing() {
    let house = house().await;
    let id = dead(&house).await;
    let mut keeper = officer(&house, "keeper").await;
    let path = format!("/quan-tri/viec-hong/{id}/bo");
    let media = ("content-type", "application/x-www-form-urlencoded");
    let answer = keeper.go(http::Method::POST, &path, &[media], "").await;
    assert_eq!(answer.status, 403);
    assert_eq!(verbs(&house).await, [] as [String; 0]);
}
