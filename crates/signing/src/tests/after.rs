//! Persons sign, the document gets its number and date, and then their agency seals it.

use bytes::Bytes;
use jiff::civil::date;
use organisations::UnitId;
use platform::files::{KeepRules, Media};
use platform::outside::{FieldPlace, SignatureBlock};
use trust::verdict::{Change, Standing};
use uuid::Uuid;
use wire::pdf::SignedFile;
use wire::pdf::fill::{DATE, NUMBER};
use wire::pdf::sign::{Purpose, Request, Statement, prepare};

use super::commune::{COMMUNE, Town, pdf, sign};
use super::others::agreed;
use crate::commands::rules::{NewRule, make_here};
use crate::engine::succession::follows;
use crate::issuing::{issued, standing, with_fields, written};
use crate::refusal::Refusal;
use crate::submission::{Ending, NewSubmission, Scope, Signatory, State, SubmissionId};

const BLOCK: SignatureBlock =
    SignatureBlock { page: 1, centre_x: 425.0, position_y: 300.0, name_y: 235.0 };
const SYMBOL: &str = "15/UBND-VP";

fn places() -> Vec<FieldPlace> {
    let place = |name: &str, left, width, is_italic| FieldPlace {
        name: name.to_owned(),
        page: 1,
        left,
        bottom: 740.0,
        width,
        height: 15.0,
        size_points: 13.0,
        is_italic,
    };
    vec![place(NUMBER, 110.0, 100.0, false), place(DATE, 330.0, 170.0, true)]
}

async fn kept(town: &Town, bytes: Vec<u8>) -> (Uuid, String) {
    let rules = KeepRules {
        name: "cong-van.pdf".to_owned(),
        owner: town.unit(COMMUNE).await.0,
        media: &[Media::Pdf],
        max_bytes: 1 << 20,
        quota_bytes: 1 << 30,
    };
    let kept = town.ctx().files.keep_bytes(Bytes::from(bytes), &rules).await.unwrap();
    (kept.id, kept.sha256)
}

async fn paper(town: &Town, bytes: Vec<u8>, signatories: Vec<Signatory>) -> NewSubmission {
    let (file, sha256) = kept(town, bytes).await;
    let new = town.paper(Scope::Document, signatories).await;
    NewSubmission { file, sha256, block: Some(BLOCK), ..new }
}

/// A document with open places, which the leader has signed. None where fonts are missing.
async fn signed(town: &Town) -> Option<SubmissionId> {
    let open = match with_fields(&pdf(), &places(), "UBND-VP") {
        Err(Refusal::NoFont) => {
            println!("skipped: no serif font is installed");
            return None;
        }
        made => made.unwrap(),
    };
    let person = vec![town.person("lanhdao", "CHỦ TỊCH").await];
    let id = town.submit(paper(town, open, person).await).await.unwrap();
    signs(town, "lanhdao", id).await;
    assert_eq!(town.submission(id).await.0.state, State::Signed);
    Some(id)
}

async fn signs(town: &Town, who: &str, id: SubmissionId) {
    let mut officer = town.at_work(who).await;
    let code = town.code();
    let answer = sign(&mut officer, id, &code).await;
    assert_eq!(answer.status, 303, "{who}: {}", answer.text);
}

async fn to_seal(town: &Town, after: SubmissionId, bytes: Vec<u8>) -> NewSubmission {
    let new = paper(town, bytes, vec![town.agency().await]).await;
    NewSubmission { after: Some(after), ..new }
}

async fn numbered(town: &Town, former: SubmissionId) -> Vec<u8> {
    issued(&town.file(former).await, SYMBOL, date(2026, 11, 23)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_numbered_and_sealed_everybody_agrees() {
    let town = Town::today().await;
    let Some(former) = signed(&town).await else { return };
    let new = to_seal(&town, former, numbered(&town, former).await).await;
    let id = town.submit(new).await.unwrap();
    // Whoever seals sees who signed before.
    let mut clerk = town.at_work("vanthu").await;
    let page = clerk.get(&format!("/can-bo/ky-so/{id}")).await;
    assert!(page.has("Cán bộ lanhdao") && page.has("CHỦ TỊCH"), "{}", page.text);
    signs(&town, "vanthu", id).await;
    let file = town.file(id).await;
    assert!(file.starts_with(&town.file(former).await));
    let report = town.judged(id).await;
    assert_eq!(report.standing, Standing::Valid, "{report:?}");
    let [person, seal] = report.findings.as_slice() else { panic!("{report:?}") };
    assert_eq!(person.change, Change::Completed);
    assert!(matches!(seal.change, Change::Nothing | Change::Evidence), "{seal:?}");
    let day = "ngày 23 tháng 11 năm 2026";
    assert_eq!(standing(&file).unwrap(), (Some(SYMBOL.into()), Some(day.into())));
    assert_eq!(town.told().await.last().map(|told| told.ending), Some(Ending::Signed));
    agreed(&town, &file, &["nguoi-ky-1 True True", "co-quan-ky-1 True True"]).await;
    // The seal stands on the left third of the signature of the submission before.
    let read = SignedFile::read(&file).unwrap();
    assert!(read.signatures.iter().all(|one| one.seen.is_some()), "{:?}", read.refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealing_rule_for_documents_seals_by_itself() {
    let town = Town::new().await;
    let unit = town.unit(COMMUNE).await;
    let day = platform::clock::local(town.ctx().clock.now()).date();
    let scope = Some(Scope::Document);
    let rule = NewRule { unit, scope, valid_from: day, valid_to: None };
    make_here(town.ctx(), "operator", rule).await.unwrap();
    let Some(former) = signed(&town).await else { return };
    let new = to_seal(&town, former, numbered(&town, former).await).await;
    let id = town.submit(new).await.unwrap();
    town.house.run_jobs().await;
    let (submission, steps) = town.submission(id).await;
    assert_eq!(submission.state, State::Signed);
    assert!(steps[0].signed_by.is_none() && steps[0].signed_at.is_some());
    assert_eq!(town.judged(id).await.standing, Standing::Valid);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seal_follows_only_what_persons_signed_and_once() {
    let town = Town::new().await;
    let open = with_fields(&pdf(), &[], "").unwrap();
    let person = vec![town.person("lanhdao", "CHỦ TỊCH").await];
    let waiting = town.submit(paper(&town, open.clone(), person.clone()).await).await.unwrap();
    let refused = |done: Result<SubmissionId, Refusal>| done.unwrap_err();
    // Nobody signed yet.
    let new = to_seal(&town, waiting, open.clone()).await;
    assert!(matches!(refused(town.submit(new.clone()).await), Refusal::FormerOpen));
    let alone = NewSubmission { after: None, ..new.clone() };
    assert!(matches!(refused(town.submit(alone).await), Refusal::SealBeforePerson));
    let unknown = NewSubmission { after: Some(SubmissionId(Uuid::nil())), ..new };
    assert!(matches!(refused(town.submit(unknown).await), Refusal::SubmissionWrong));
    signs(&town, "lanhdao", waiting).await;
    // Persons again, two agencies, another unit.
    let bytes = town.file(waiting).await.to_vec();
    let good = to_seal(&town, waiting, bytes).await;
    let agency = town.agency().await;
    for signatories in [person, vec![agency.clone(), agency], vec![]] {
        let new = NewSubmission { signatories, ..good.clone() };
        assert!(matches!(refused(town.submit(new).await), Refusal::SignatoriesWrong));
    }
    let elsewhere: UnitId = town.unit("H57").await;
    let foreign = NewSubmission { unit: elsewhere, ..good.clone() };
    assert!(matches!(refused(town.submit(foreign).await), Refusal::FormerOpen));
    // Without places the file goes on as it is; the same twice is one, another is refused.
    let id = town.submit(good.clone()).await.unwrap();
    assert_eq!(town.submit(good.clone()).await.unwrap(), id);
    let second = NewSubmission { id: SubmissionId(town.ctx().ids.next()), ..good.clone() };
    assert!(matches!(refused(town.submit(second.clone()).await), Refusal::FormerOpen));
    // Sent back, it may be sealed in another.
    let mut clerk = town.at_work("vanthu").await;
    clerk.get(&format!("/can-bo/ky-so/{id}")).await;
    let back = clerk.post(&format!("/can-bo/ky-so/{id}/tra-lai"), &[("reason", "Sai số")]).await;
    assert_eq!(back.status, 303, "{}", back.text);
    let again = town.submit(second).await.unwrap();
    signs(&town, "vanthu", again).await;
    assert_eq!(town.judged(again).await.standing, Standing::Valid);
    // What was sealed is not sealed again, and nothing follows a seal.
    let third = NewSubmission { id: SubmissionId(town.ctx().ids.next()), ..good };
    assert!(matches!(refused(town.submit(third.clone()).await), Refusal::FormerOpen));
    let chained = NewSubmission { after: Some(again), ..third };
    assert!(matches!(refused(town.submit(chained).await), Refusal::FormerOpen));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_waits_unsealed() {
    let town = Town::new().await;
    let Some(former) = signed(&town).await else { return };
    // Another document altogether, which nobody signed.
    let id = town.submit(to_seal(&town, former, pdf()).await).await.unwrap();
    let mut clerk = town.at_work("vanthu").await;
    let code = town.code();
    let answer = sign(&mut clerk, id, &code).await;
    assert!(answer.has("ngoài số và ngày ban hành"), "{}", answer.text);
    assert_eq!(town.submission(id).await.0.state, State::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_number_and_date_comes_between() {
    let town = Town::new().await;
    let Some(former) = signed(&town).await else { return };
    let before = town.file(former).await.to_vec();
    let filled = numbered(&town, former).await;
    assert!(follows(&before, &before).is_ok() && follows(&before, &filled).is_ok());
    // A signature of somebody else, beside the number.
    let asked = Request {
        field: "nguoi-khac",
        purpose: Purpose::Signature(Statement {
            time: "D:20261123090000+07'00'",
            ..Statement::default()
        }),
        shown: None,
        reserved_bytes: 512,
        certification: None,
    };
    let foreign = prepare(&filled, &asked).unwrap().finish(&[0x30, 0x01, 0]).unwrap();
    for other in [pdf(), foreign, before[..before.len() - 9].to_vec(), [&before[..], b"x"].concat()]
    {
        assert!(matches!(follows(&before, &other), Err(Refusal::FormerChanged)));
    }
}

#[test]
fn days_below_ten_and_the_first_months_take_a_zero() {
    assert_eq!(written(date(2026, 2, 5)), "ngày 05 tháng 02 năm 2026");
    assert_eq!(written(date(2026, 3, 15)), "ngày 15 tháng 3 năm 2026");
    assert_eq!(written(date(2026, 12, 31)), "ngày 31 tháng 12 năm 2026");
}

#[test]
fn what_has_no_places_or_is_numbered_already_is_refused() {
    let on = date(2026, 11, 23);
    let Ok(open) = with_fields(&pdf(), &places(), "UBND-VP") else { return };
    assert_eq!(standing(&open).unwrap(), (None, None));
    assert!(matches!(issued(&pdf(), SYMBOL, on), Err(Refusal::NoFields)));
    let done = issued(&open, SYMBOL, on).unwrap();
    assert!(matches!(issued(&done, SYMBOL, on), Err(Refusal::Unfillable(_))));
    let long = "1234567890/UBND-VP-XYZ-ABC";
    assert!(matches!(issued(&open, long, on), Err(Refusal::Unfillable(_))));
    assert!(matches!(issued(b"no file", SYMBOL, on), Err(Refusal::Unfillable(_))));
}
