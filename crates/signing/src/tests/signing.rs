//! Signing and sealing by hand and code, and every way it is refused.

use platform::testing::Visitor;
use trust::verdict::{Order, Standing};
use uuid::Uuid;

use super::commune::{Town, sign, sign_shown};
use crate::Refusal;
use crate::step::{DriverKind, StepState};
use crate::submission::{Ending, Scope, Signatory, State, SubmissionId};

#[tokio::test(flavor = "multi_thread")]
async fn the_leader_signs_the_clerk_seals_and_whoever_submitted_is_told() {
    let town = Town::new().await;
    let id = town.result().await;
    let first = town.file(id).await;

    let mut leader = town.at_work("lanhdao").await;
    let queue = leader.get("/can-bo/ky-so").await;
    assert!(queue.has("Quyết định cấp giấy phép") && queue.has("12/QĐ-UBND"), "{}", queue.text);
    let page = leader.get(&format!("/can-bo/ky-so/{id}")).await;
    let (submission, _) = town.submission(id).await;
    assert!(page.has(&submission.sha256), "the hash is shown in full");
    assert!(page.has("Cán bộ lanhdao") && page.has("CHỦ TỊCH"));
    let file = leader.get(&format!("/can-bo/ky-so/{id}/tep")).await;
    assert_eq!(file.bytes, first);
    let code = town.code();
    let answer = sign(&mut leader, id, &code).await;
    assert_eq!(answer.status, 303, "{}", answer.text);

    // Not the leader's any more, and not ended yet.
    assert!(!leader.get("/can-bo/ky-so").await.has("12/QĐ-UBND"));
    assert!(leader.get("/can-bo/ky-so?xem=da-ky").await.has("12/QĐ-UBND"));
    assert_eq!(town.told().await, []);

    let mut clerk = town.at_work("vanthu").await;
    assert!(clerk.get("/can-bo/ky-so?xem=dong-dau").await.has("12/QĐ-UBND"));
    let code = town.code();
    let answer = sign(&mut clerk, id, &code).await;
    assert_eq!(answer.status, 303, "{}", answer.text);

    let (submission, steps) = town.submission(id).await;
    assert_eq!(submission.state, State::Signed);
    assert!(steps.iter().all(|step| step.state == StepState::Signed));
    assert!(steps.iter().all(|step| step.driver == Some(DriverKind::Here)));
    assert_eq!(steps[0].sha256_before.as_ref(), Some(&submission.first_sha256));
    assert_eq!(steps[0].sha256_after, steps[1].sha256_before);
    assert_eq!(steps[1].sha256_after.as_ref(), Some(&submission.sha256));
    let told = town.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].ending, told[0].file), (Ending::Signed, Some(submission.file)));
    assert_eq!(told[0].sha256.as_ref(), Some(&submission.sha256));
    assert_eq!(told[0].subject, submission.subject);

    // Only appended to, valid, the person before the agency, both with time and evidence.
    let last = town.file(id).await;
    assert!(
        last.starts_with(
            &town.ctx().files.read(steps[0].file_after.unwrap(), 1 << 20).await.unwrap()
        )
    );
    assert!(last.starts_with(&first));
    let report = town.judged(id).await;
    assert_eq!(report.standing, Standing::Valid, "{report:?}");
    assert_eq!(report.order, Order::PersonThenOrganisation);
    assert!(report.findings.iter().all(|one| one.time.proved.is_some()));
    let store = wire::pdf::SignedFile::read(&last).unwrap().store;
    assert!(store.ocsps.len() >= 3 && !store.crls.is_empty(), "{}", store.ocsps.len());

    for (verb, count) in
        [("signing.submit", 1), ("signing.authorise", 2), ("signing.sign", 1), ("signing.seal", 1)]
    {
        let acts = town.acts(verb).await;
        assert_eq!(acts.len(), count, "{verb}");
        assert!(acts.iter().all(|act| act.unit == Some(submission.unit.0)), "{verb}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_signs_nothing_and_is_told_at_its_field() {
    let town = Town::new().await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let answer = sign(&mut leader, id, "000000").await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("Mã không đúng"), "{}", answer.text);
    let (submission, steps) = town.submission(id).await;
    assert_eq!((submission.state, submission.version), (State::Waiting, 1));
    assert_eq!(steps[0].state, StepState::Waiting);
    assert_eq!(town.acts("identity.confirm-refused").await.len(), 1);
    assert_eq!(town.acts("signing.authorise").await.len(), 0);
    let missing = sign(&mut leader, id, "").await;
    assert!(missing.title().starts_with("Lỗi: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_wrong_codes_make_their_owner_wait_and_not_the_door() {
    let town = Town::new().await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    for _ in 0..10 {
        sign(&mut leader, id, "000000").await;
    }
    let code = town.code_now();
    let answer = sign(&mut leader, id, &code).await;
    assert!(answer.title().starts_with("Lỗi: ") && !answer.has("Mã không đúng"), "{}", answer.text);
    assert_eq!(town.submission(id).await.0.version, 1);
    // At the door nothing of it counts.
    town.at_work("lanhdao").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_once_and_not_the_one_of_the_door() {
    let town = Town::new().await;
    let (first, second) = (town.result().await, town.result().await);
    let mut leader = town.at_work("lanhdao").await;
    let used_at_the_door = town.code_now();
    let answer = sign(&mut leader, first, &used_at_the_door).await;
    assert!(answer.has("Mã không đúng"), "{}", answer.text);
    let code = town.code();
    assert_eq!(sign(&mut leader, first, &code).await.status, 303);
    let answer = sign(&mut leader, second, &code).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("Mã không đúng"));
    assert_eq!(town.submission(second).await.0.version, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changed_meanwhile_is_not_signed_and_the_code_stays_good() {
    let town = Town::new().await;
    let signatories = vec![
        town.person("motcua", "CÁN BỘ").await,
        town.person("lanhdao", "CHỦ TỊCH").await,
        town.agency().await,
    ];
    let new = town.paper(Scope::Document, signatories).await;
    let (id, shown) = (new.id, new.sha256.clone());
    town.submit(new).await.unwrap();
    let mut clerk = town.at_work("motcua").await;
    let code = town.code();
    assert_eq!(sign(&mut clerk, id, &code).await.status, 303);

    let mut leader = town.at_work("lanhdao").await;
    leader.get(&format!("/can-bo/ky-so/{id}")).await;
    let code = town.code();
    let answer = sign_shown(&mut leader, id, &shown, &code).await;
    assert_eq!(answer.status, 409);
    assert!(answer.has("Tệp không còn là tệp đã xem"), "{}", answer.text);
    assert_eq!(town.submission(id).await.1[1].state, StepState::Waiting);
    assert_eq!(sign(&mut leader, id, &code).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_sign_at_once_one_wins_and_the_other_is_told() {
    let town = Town::new().await;
    let id = town.result().await;
    let mut one = town.at_work("lanhdao").await;
    let mut other = one.clone();
    let page = one.get(&format!("/can-bo/ky-so/{id}")).await;
    let shown = page.input("sha256").unwrap().to_owned();
    other.get(&format!("/can-bo/ky-so/{id}")).await;
    let first = town.code();
    // Clocks differ by half a minute: the next digits count already.
    town.pass_seconds(30);
    let second = town.code_now();
    town.pass_seconds(-30);
    let (a, b) = tokio::join!(
        sign_shown(&mut one, id, &shown, &first),
        sign_shown(&mut other, id, &shown, &second),
    );
    let statuses = [a.status.as_u16(), b.status.as_u16()];
    let won = statuses.iter().filter(|status| **status == 303).count();
    assert_eq!(won, 1, "{statuses:?}\n{}\n{}", a.text, b.text);
    assert_eq!(town.judged(id).await.findings.len(), 1);
    assert_eq!(town.acts("signing.sign").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_it_back_says_why_and_nothing_is_signed_any_more() {
    let town = Town::new().await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let path = format!("/can-bo/ky-so/{id}/tra-lai");
    leader.get(&format!("/can-bo/ky-so/{id}")).await;
    let answer = leader.post(&path, &[("reason", "  ")]).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("Chưa ghi lý do"), "{}", answer.text);
    let answer = leader.post(&path, &[("reason", "Sai căn cứ pháp lý")]).await;
    assert_eq!(answer.status, 303);
    let told = town.told().await;
    assert_eq!((told[0].ending, told[0].reason.as_str()), (Ending::Declined, "Sai căn cứ pháp lý"));
    assert_eq!((told[0].file, told[0].by_name.as_str()), (None, "Cán bộ lanhdao"));
    assert!(leader.get(&format!("/can-bo/ky-so/{id}")).await.has("Sai căn cứ pháp lý"));
    let shown = town.submission(id).await.0.sha256;
    let code = town.code();
    let answer = sign_shown(&mut leader, id, &shown, &code).await;
    assert_eq!(answer.status, 409);
    assert!(answer.has("đã bị trả lại"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seal_never_comes_before_the_person() {
    let town = Town::new().await;
    let wrong = vec![town.agency().await, town.person("lanhdao", "CHỦ TỊCH").await];
    let refused = town.submit(town.paper(Scope::Result, wrong).await).await;
    assert!(matches!(refused, Err(Refusal::SealBeforePerson)), "{refused:?}");
    let alone = vec![town.agency().await];
    let refused = town.submit(town.paper(Scope::Result, alone).await).await;
    assert!(matches!(refused, Err(Refusal::SealBeforePerson)), "{refused:?}");

    let id = town.result().await;
    let mut clerk = town.at_work("vanthu").await;
    assert!(!clerk.get("/can-bo/ky-so?xem=dong-dau").await.has("12/QĐ-UBND"));
    let page = clerk.get(&format!("/can-bo/ky-so/{id}")).await;
    assert!(page.status == 200 && page.input("sha256").is_none(), "nothing to confirm yet");
    let (shown, code) = (town.submission(id).await.0.sha256, town.code());
    let answer = sign_shown(&mut clerk, id, &shown, &code).await;
    assert_eq!(answer.status, 409);
    assert!(answer.has("Chưa đến lượt ký"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_names_the_kept_pdf_and_is_one_however_often_it_is_sent() {
    let town = Town::new().await;
    let signatories = vec![town.person("lanhdao", "CHỦ TỊCH").await];
    let new = town.paper(Scope::Document, signatories).await;
    let mut other = new.clone();
    other.sha256 = "0".repeat(64);
    assert!(matches!(town.submit(other).await, Err(Refusal::SubmissionWrong)));
    let id = town.submit(new.clone()).await.unwrap();
    assert_eq!(town.submit(new).await.unwrap(), id);
    assert_eq!(town.acts("signing.submit").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegation_that_does_not_hold_signs_nothing() {
    let town = Town::new().await;
    let account = town.account("lanhdao").await;
    let person = Signatory::Person {
        account,
        name: "Cán bộ lanhdao".to_owned(),
        capacity: "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH".to_owned(),
        delegation: Some(Uuid::from_u128(7)),
    };
    let id = town.submit(town.paper(Scope::Result, vec![person]).await).await.unwrap();
    let mut leader = town.at_work("lanhdao").await;
    let code = town.code();
    let answer = sign(&mut leader, id, &code).await;
    assert_eq!(answer.status, 409);
    assert!(answer.has("Ủy quyền ký đã hết hạn"), "{}", answer.text);
    assert_eq!(town.submission(id).await.1[0].state, StepState::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_certificate_the_page_says_what_to_do() {
    let mut town = Town::bare(platform::testing::MONDAY_MORNING).await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let page = leader.get(&format!("/can-bo/ky-so/{id}")).await;
    assert!(page.has("chưa có chứng thư chữ ký số còn hiệu lực"), "{}", page.text);
    let (shown, code) = (town.submission(id).await.0.sha256, town.code());
    let answer = sign_shown(&mut leader, id, &shown, &code).await;
    assert_eq!(answer.status, 409);
    // The code was not used up for nothing.
    town.certify_person("lanhdao", "Chủ tịch").await;
    let code = town.code();
    let mut leader = town.at_work("lanhdao").await;
    let _ = code;
    let code = town.code();
    assert_eq!(sign(&mut leader, id, &code).await.status, 303);
    let mut clerk = town.at_work("vanthu").await;
    let page = clerk.get(&format!("/can-bo/ky-so/{id}")).await;
    assert!(page.has("Cơ quan chưa có con dấu số còn hiệu lực"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_certificate_signs_nothing_and_is_not_sealed_over() {
    let mut town = Town::new().await;
    let (before, after) = (town.result().await, town.result().await);
    let mut leader = town.at_work("lanhdao").await;
    let code = town.code();
    assert_eq!(sign(&mut leader, before, &code).await.status, 303);
    let fingerprint = town.submission(before).await.1[0].certificate.clone().unwrap();
    let certificate = town.certificate(&fingerprint).await;
    // The key was in other hands since the morning, before it signed.
    let since = town.ctx().clock.now();
    town.pass_seconds(60);
    town.revoke(&certificate, Some(since)).await;

    let page = leader.get(&format!("/can-bo/ky-so/{after}")).await;
    assert!(page.has("chưa có chứng thư chữ ký số còn hiệu lực"), "{}", page.text);
    let (shown, code) = (town.submission(after).await.0.sha256, town.code());
    assert_eq!(sign_shown(&mut leader, after, &shown, &code).await.status, 409);

    let mut clerk = town.at_work("vanthu").await;
    let code = town.code();
    let answer = sign(&mut clerk, before, &code).await;
    assert_eq!(answer.status, 409, "{}", answer.text);
    assert!(answer.has("chữ ký đã có trên tệp không còn hợp lệ"), "{}", answer.text);
    assert_eq!(town.submission(before).await.1[1].state, StepState::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_is_told_once_and_signed_by_nobody() {
    let town = Town::new().await;
    let id = town.result().await;
    let withdraw = || {
        let ctx = town.ctx().clone();
        town.ctx()
            .store
            .write(move |tx| crate::commands::withdraw(tx, &ctx, id, (None, "Cán bộ motcua")))
    };
    assert!(withdraw().await.unwrap());
    assert!(!withdraw().await.unwrap());
    let told = town.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].ending, Ending::Withdrawn);
    let mut leader = town.at_work("lanhdao").await;
    assert!(!leader.get("/can-bo/ky-so").await.has("12/QĐ-UBND"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ones_affair_is_not_there() {
    let town = Town::new().await;
    let id = town.result().await;
    let mut stranger = town.at_work("nguoila").await;
    for path in ["", "/tep"] {
        assert_eq!(stranger.get(&format!("/can-bo/ky-so/{id}{path}")).await.status, 404);
    }
    let (shown, code) = (town.submission(id).await.0.sha256, town.code());
    assert_eq!(sign_shown(&mut stranger, id, &shown, &code).await.status, 404);
    let back = format!("/can-bo/ky-so/{id}/tra-lai");
    assert_eq!(stranger.post(&back, &[("reason", "không")]).await.status, 404);
    // Whoever asked for it sees it, and signs nothing.
    let mut asker = town.at_work("motcua").await;
    let page = asker.get(&format!("/can-bo/ky-so/{id}")).await;
    assert!(page.status == 200 && page.input("sha256").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_signs_several_each_named_by_its_bytes() {
    let town = Town::new().await;
    let ids = [town.result().await, town.result().await, town.result().await];
    let mut leader = town.at_work("lanhdao").await;
    leader.get("/can-bo/ky-so").await;
    let mut chosen = Vec::new();
    for id in ids {
        chosen.push(format!("{id}:{}", town.submission(id).await.0.sha256));
    }
    // The third was not as it was shown.
    chosen[2] = format!("{}:{}", ids[2], "0".repeat(64));
    let mut fields: Vec<(&str, &str)> =
        chosen.iter().map(|value| ("chosen", value.as_str())).collect();
    let page = leader.get(&several(&chosen)).await;
    let (first, _) = town.submission(ids[0]).await;
    assert!(page.status == 200 && page.has(&first.sha256), "{}", page.text);
    assert!(page.has("Tệp không còn là tệp đã xem"));

    fields.push(("code", "000000"));
    let sent = leader.post("/can-bo/ky-so/nhieu/ky", &fields).await;
    let answer = leader.get(sent.location()).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has(&first.sha256), "{}", answer.text);
    assert!(answer.has("Mã không đúng"), "{}", answer.text);
    fields.pop();
    let code = town.code();
    fields.push(("code", &code));
    let answer = leader.post("/can-bo/ky-so/nhieu/ky", &fields).await;
    assert!(answer.status == 200 && answer.has("Có văn bản chưa ký được"), "{}", answer.text);
    let states = [ids[0], ids[1], ids[2]].map(|id| town.submission(id));
    let states = futures_util::future::join_all(states).await;
    let signed = states.iter().filter(|(_, steps)| steps[0].state == StepState::Signed).count();
    assert_eq!(signed, 2);
    assert_eq!(states[0].1[0].authorisation, states[1].1[0].authorisation);
    let named = town.acts("signing.authorise").await;
    assert_eq!(named.len(), 2);
    assert!(named.iter().all(|act| !act.object.contains(&ids[2].to_string())));

    let answer = leader.get("/can-bo/ky-so/nhieu?xem=dong-dau").await;
    assert_eq!(answer.location(), "/can-bo/ky-so?xem=dong-dau", "nothing chosen");
    let queue = leader.get(answer.location()).await;
    assert!(queue.has("Chưa chọn văn bản nào"), "{}", queue.text);
}

/// The page on which those are confirmed.
fn several(chosen: &[String]) -> String {
    format!("/can-bo/ky-so/nhieu?chosen={}", chosen.join("&chosen="))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_several_is_an_address_and_coming_back_to_it_loses_nothing() {
    let town = Town::new().await;
    let ids = [town.result().await, town.result().await];
    let mut chosen = Vec::new();
    for id in ids {
        chosen.push(format!("{id}:{}", town.submission(id).await.0.sha256));
    }
    let mut leader = town.at_work("lanhdao").await;
    let queue = leader.get("/can-bo/ky-so?loai=result").await;
    let form = queue.text.split("<form").find(|form| form.contains("name=\"chosen\"")).unwrap();
    assert!(form.starts_with(" method=\"get\" action=\"/can-bo/ky-so/nhieu\""), "{form}");
    assert!(form.contains("name=\"loai\" value=\"result\""), "{form}");

    // As often as one likes, with a file read in between; another choice in another tab is its own.
    let address = format!("{}&loai=result", several(&chosen));
    let (page, alone) = (leader.get(&address).await, leader.get(&several(&chosen[1..])).await);
    let file = leader.get(&format!("/can-bo/ky-so/{}/tep", ids[0])).await;
    let again = leader.get(&address).await;
    assert_eq!((page.status.as_u16(), file.status.as_u16()), (200, 200));
    for page in [&page, &again] {
        assert!(page.has("Ký 2 văn bản bằng một mã"), "{}", page.text);
        assert!(chosen.iter().all(|one| page.has(&format!("value=\"{one}\""))));
    }
    assert!(alone.has("Ký 1 văn bản bằng một mã") && !alone.has(&chosen[0]), "{}", alone.text);

    // Back in the queue they are still ticked, and only they.
    let third = town.result().await;
    let back = leader.get(&address.replace("/nhieu", "")).await;
    assert_eq!(back.text.matches(" checked").count(), 2, "{}", back.text);
    assert!(back.has(&third.to_string()) && back.has("<option value=\"result\" selected"));

    // A wrong code leads back to the same address, with what was wrong.
    let with = |code| {
        [("loai", "result"), ("chosen", &*chosen[0]), ("chosen", &*chosen[1]), ("code", code)]
    };
    let wrong = leader.post("/can-bo/ky-so/nhieu/ky", &with("000000")).await;
    assert_eq!(wrong.status, 303, "{}", wrong.text);
    let told = leader.get(wrong.location()).await;
    assert!(told.status == 422 && told.has("Mã không đúng"), "{}", told.text);
    assert!(told.has("Ký 2 văn bản") && told.has("name=\"loai\" value=\"result\""));
    assert_eq!(town.submission(ids[0]).await.0.version, 1);
    let code = town.code();
    assert_eq!(leader.post("/can-bo/ky-so/nhieu/ky", &with(&code)).await.status, 303);
    let late = leader.get(wrong.location()).await;
    assert!(late.status == 200 && !late.title().starts_with("Lỗi"), "no code to mend");
    let over = leader.get(&address).await;
    assert!(over.status == 200 && over.has("Chưa ký được"), "{}", over.text);
    assert!(over.input("code").is_none(), "nothing is left to sign");
}

/// What the menu says beside "Ký số"; empty where nothing waits.
async fn counted(visitor: &mut Visitor) -> String {
    let page = visitor.get("/can-bo/ky-so/mau").await;
    let entry = page.text.split("<a href=\"/can-bo/ky-so\"").nth(1).expect("in the menu");
    let entry = entry.split("</a>").next().unwrap();
    assert!(entry.contains("<span>Ký số</span>"), "{entry}");
    let count = entry.split("class=\"count\">").nth(1).unwrap_or_default();
    count.split('<').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_counts_what_waits_for_ones_own_signature() {
    let town = Town::new().await;
    let mut leader = town.at_work("lanhdao").await;
    let mut clerk = town.at_work("motcua").await;
    let mut keeper = town.at_work("vanthu").await;
    assert_eq!(counted(&mut leader).await, "");
    let (first, second) = (town.result().await, town.result().await);
    // The leader comes after the clerk here.
    let signatories =
        vec![town.person("motcua", "CÁN BỘ").await, town.person("lanhdao", "CHỦ TỊCH").await];
    let third = town.submit(town.paper(Scope::Document, signatories).await).await.unwrap();
    assert_eq!(counted(&mut leader).await, "2");
    assert_eq!(counted(&mut clerk).await, "1");
    let code = town.code();
    assert_eq!(sign(&mut clerk, third, &code).await.status, 303);
    assert_eq!((counted(&mut leader).await, counted(&mut clerk).await), ("3".into(), "".into()));
    let code = town.code();
    assert_eq!(sign(&mut leader, first, &code).await.status, 303);
    let path = format!("/can-bo/ky-so/{second}/tra-lai");
    assert_eq!(leader.post(&path, &[("reason", "Sai căn cứ")]).await.status, 303);
    assert_eq!(counted(&mut leader).await, "1");
    // What is to be sealed waits for nobody's own signature.
    assert!(keeper.get("/can-bo/ky-so?xem=dong-dau").await.has("12/QĐ-UBND"));
    assert_eq!(counted(&mut keeper).await, "");
    let mut stranger = town.at_work("nguoila").await;
    assert_eq!(counted(&mut stranger).await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_counts_for_whoever_signs_in_anothers_place_and_no_further_than_it_shows() {
    let town = Town::new().await;
    // By a delegation the paper is the taker's, and stays theirs, as in the queue.
    let taker = Signatory::Person {
        account: town.account("motcua").await,
        name: "Cán bộ motcua".to_owned(),
        capacity: "KT. CHỦ TỊCH".to_owned(),
        delegation: Some(Uuid::from_u128(7)),
    };
    town.submit(town.paper(Scope::Document, vec![taker]).await).await.unwrap();
    let mut taker = town.at_work("motcua").await;
    let mut leader = town.at_work("lanhdao").await;
    assert_eq!((counted(&mut taker).await, counted(&mut leader).await), ("1".into(), "".into()));

    let mut paper = town.paper(Scope::Document, vec![town.person("lanhdao", "").await]).await;
    for _ in 0..99 {
        paper.id = SubmissionId(town.ctx().ids.next());
        town.submit(paper.clone()).await.unwrap();
    }
    assert_eq!(counted(&mut leader).await, "99");
    for _ in 0..2 {
        paper.id = SubmissionId(town.ctx().ids.next());
        town.submit(paper.clone()).await.unwrap();
    }
    assert_eq!(counted(&mut leader).await, "99+");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_several_gives_nothing_away_and_is_bounded() {
    let town = Town::new().await;
    let id = town.result().await;
    let (submission, _) = town.submission(id).await;
    let one = format!("{id}:{}", submission.sha256);
    let mut stranger = town.at_work("nguoila").await;
    let page = stranger.get(&several(std::slice::from_ref(&one))).await;
    assert!(page.status == 200 && page.has("không thuộc phần việc"), "{}", page.text);
    assert!(!page.has(&submission.title) && !page.has(&submission.number), "{}", page.text);
    assert!(page.input("chosen").is_none() && page.input("code").is_none(), "{}", page.text);

    let mut leader = town.at_work("lanhdao").await;
    let twice = leader.get(&several(&[one.clone(), one.clone()])).await;
    assert!(twice.has("Ký 1 văn bản bằng một mã"), "{}", twice.text);
    let many = (1..=crate::commands::signing::TOGETHER_MAX as u128 + 1).map(Uuid::from_u128);
    let many: Vec<String> = many.map(|id| format!("{id}:{}", "0".repeat(64))).collect();
    let refused = leader.get(&several(&many)).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    // What stands in an address is no more than its words: a pause that is over, or none at all.
    for wrong in ["1", "253402207199", "-9", "khac"] {
        let page =
            leader.get(&format!("{}&sai={wrong}", several(std::slice::from_ref(&one)))).await;
        assert!(page.status == 200 && !page.title().starts_with("Lỗi"), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_shown_can_be_chosen_at_once_and_nothing_that_came_later() {
    let town = Town::new().await;
    let first = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let queue = leader.get("/can-bo/ky-so").await;
    assert!(!queue.has("Chọn cả") && !queue.has(" checked"), "{}", queue.text);

    let second = town.result().await;
    let queue = leader.get("/can-bo/ky-so?loai=result").await;
    assert!(queue.has("Chọn cả 2 văn bản trên trang này") && !queue.has(" checked"));
    let every = format!("/can-bo/ky-so?loai=result&chon={second}");
    assert!(queue.has(&every.replace('&', "&#38;")) || queue.has(&every), "{}", queue.text);
    let ticked = leader.get(&every).await;
    for id in [first, second] {
        let sha256 = town.submission(id).await.0.sha256;
        let box_ = format!("value=\"{id}:{sha256}\" checked");
        assert!(ticked.has(&box_), "{}", ticked.text);
    }
    assert_eq!(ticked.text.matches("Ký các văn bản đã chọn").count(), 2, "above and below");
    assert!(ticked.has("Bỏ chọn tất cả") && !ticked.has("Chọn cả"));

    let third = town.result().await;
    let more = leader.get(&every).await;
    assert_eq!(more.text.matches(" checked").count(), 2);
    assert!(more.has(&third.to_string()) && more.has("Chọn cả 3 văn bản trên trang này"));
    // What lies on the next page is not chosen with this one.
    let next = leader.get(&format!("{every}&sau={second}")).await;
    assert!(next.has(&third.to_string()) && !next.has(" checked"), "{}", next.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_confirms_once_and_its_owner_is_told() {
    let town = Town::new().await;
    let (first, second) = (town.result().await, town.result().await);
    let mut leader = town.at_work("lanhdao").await;
    leader.get("/tai-khoan/ma-du-phong").await;
    let codes = leader.post("/tai-khoan/ma-du-phong", &[]).await;
    let code = codes.text.split("<li><code>").nth(1).unwrap().split('<').next().unwrap();
    let answer = sign(&mut leader, first, code).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(town.acts("signing.authorise").await[0].detail.contains("recovery-code"));
    assert_eq!(town.acts("identity.use-recovery-code").await.len(), 1);
    let again = sign(&mut leader, second, code).await;
    assert!(again.title().starts_with("Lỗi: ") && again.has("Mã không đúng"), "{}", again.text);
}
