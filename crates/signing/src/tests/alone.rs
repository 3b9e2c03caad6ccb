//! What is signed by itself: slips in a sitting, seals by a rule.

use super::commune::{Town, sign};
use crate::step::StepState;
use crate::submission::{Ending, Scope, State};

#[tokio::test(flavor = "multi_thread")]
async fn in_a_sitting_slips_are_signed_as_they_come_and_nothing_else() {
    let town = Town::new().await;
    let before = town.slip().await;
    let mut clerk = town.at_work("motcua").await;
    let page = clerk.get("/can-bo/ky-so/phien").await;
    assert!(page.has("trong 4 giờ"), "{}", page.text);
    let answer = clerk.post("/can-bo/ky-so/phien/mo", &[("code", "000000")]).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("Mã không đúng"));
    let code = town.code();
    let answer = clerk.post("/can-bo/ky-so/phien/mo", &[("code", &code)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);

    town.pass_seconds(60);
    let slip = town.slip().await;
    let signatories = vec![town.person("motcua", "CÁN BỘ").await];
    let document = town.submit(town.paper(Scope::Document, signatories).await).await.unwrap();
    // Handed in by somebody else, though the clerk is to sign it.
    let signatories = vec![town.person("motcua", "CÁN BỘ").await];
    let mut foreign = town.paper(Scope::Slip, signatories).await;
    foreign.asked_by = Some(town.account("lanhdao").await);
    let foreign = town.submit(foreign).await.unwrap();
    let told = town.told().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].submission, told[0].ending), (slip.0, Ending::Signed));
    let (_, steps) = town.submission(slip).await;
    assert!(steps[0].sitting.is_some() && steps[0].authorisation.is_none());
    assert!(town.judged(slip).await.findings[0].is_valid());
    for waiting in [before, document, foreign] {
        assert_eq!(town.submission(waiting).await.0.state, State::Waiting);
    }

    // Over: by the clock.
    town.pass_seconds(4 * 60 * 60);
    let late = town.slip().await;
    assert_eq!(town.told().await.len(), 1);
    assert_eq!(town.submission(late).await.0.state, State::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_that_ends_before_its_job_runs_signs_nothing() {
    let town = Town::new().await;
    let mut clerk = town.at_work("motcua").await;
    let code = town.code();
    clerk.get("/can-bo/ky-so/phien").await;
    clerk.post("/can-bo/ky-so/phien/mo", &[("code", &code)]).await;
    let again = clerk.post("/can-bo/ky-so/phien/mo", &[("code", &town.code())]).await;
    assert_eq!(again.status, 409, "one is open already");
    let slip = town.slip().await;
    town.pass_seconds(10);
    clerk.get("/can-bo/ky-so/phien").await;
    let closed = clerk.post("/can-bo/ky-so/phien/dong", &[]).await;
    assert_eq!(closed.status, 303);
    assert_eq!(town.told().await, []);
    assert_eq!(town.submission(slip).await.0.state, State::Waiting);
    let acts = [town.acts("signing.open-sitting").await, town.acts("signing.close-sitting").await];
    assert!(acts.iter().all(|acts| acts.len() == 1));
    // With a code it is signed as any other.
    let code = town.code();
    assert_eq!(sign(&mut clerk, slip, &code).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_a_rule_the_program_seals_what_the_person_signed() {
    let town = Town::new().await;
    let unit = town.unit(super::commune::COMMUNE).await.0.to_string();
    let mut admin = town.at_work("quantri").await;
    admin.get("/quan-tri/con-dau/quy-tac").await;
    let code = town.code();
    let mut fields = vec![
        ("unit", unit.as_str()),
        ("scope", "result"),
        ("from-day", "22"),
        ("from-month", "11"),
        ("from-year", "2026"),
        ("code", "000000"),
    ];
    let answer = admin.post("/quan-tri/con-dau/quy-tac", &fields).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("Mã không đúng"), "{}", answer.text);
    fields[5] = ("code", &code);
    let answer = admin.post("/quan-tri/con-dau/quy-tac", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let code = town.code();
    fields[5] = ("code", &code);
    let twice = admin.post("/quan-tri/con-dau/quy-tac", &fields).await;
    assert!(twice.has("Đã có quy tắc"), "{}", twice.text);

    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let code = town.code();
    assert_eq!(sign(&mut leader, id, &code).await.status, 303);
    let told = town.told().await;
    assert_eq!(told.len(), 1);
    let (submission, steps) = town.submission(id).await;
    assert_eq!(submission.state, State::Signed);
    assert_eq!((steps[1].state, steps[1].signed_by), (StepState::Signed, None));
    let page = leader.get(&format!("/can-bo/ky-so/{id}")).await;
    assert!(page.has("Đóng dấu tự động theo quy tắc"), "{}", page.text);
    assert!(town.acts("signing.seal").await[0].detail.contains("rule"));

    // Ended, the next waits for the document clerk.
    let rule = town.acts("signing.make-sealing-rule").await[0].object.clone();
    let rule = rule.rsplit(':').next().unwrap();
    let answer = admin.post(&format!("/quan-tri/con-dau/quy-tac/{rule}/ket-thuc"), &[]).await;
    assert_eq!(answer.status, 303);
    let next = town.result().await;
    let code = town.code();
    assert_eq!(sign(&mut leader, next, &code).await.status, 303);
    assert_eq!(town.told().await.len(), 1);
    assert_eq!(town.submission(next).await.0.state, State::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_for_those_who_administer_the_unit() {
    let town = Town::new().await;
    let mut leader = town.at_work("lanhdao").await;
    assert_eq!(leader.get("/quan-tri/con-dau/quy-tac").await.status, 404);
    let answer = leader.post("/quan-tri/con-dau/quy-tac", &[("scope", "result")]).await;
    assert_eq!(answer.status, 404);
}
