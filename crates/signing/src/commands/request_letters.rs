//! A letter of request is printed and put before the unit's competent person and its seal; once it
//! is signed, it is attached to what it asks for.
//!
//! Law: NĐ 68/2024/NĐ-CP
//! Law: NĐ 30/2020/NĐ-CP art. 5, art. 32

use bytes::Bytes;
use identity::Actor;
use jiff::Timestamp;
use organisations::Unit;
use platform::Ctx;
use platform::clock::local;
use platform::files::{self, KeepRules, Media, Received};
use platform::outside::SignatureBlock;
use platform::store::Tx;
use platform::words::{Locale, Speech};
use serde_json::{Value, json};
use trust::commands::letters::{SignedLetter, attach};
use trust::queries::letters::{Matter, matter};
use trust::{About, Subject};
use uuid::Uuid;

use super::{Scribe, submit, withdraw};
use crate::jobs::LETTER_ENDED;
use crate::letter::{Candidate, Draft, Fault, RequestLetter, apart};
use crate::queries::letters::candidates;
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step};
use crate::store::{letters, submissions};
use crate::submission::{Ended, Ending, NewSubmission, Scope, Signatory, SubmissionId};

const TEMPLATE: &str = "certificate-request";
const PDF_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// What will be printed, and who signs it.
struct Plan {
    matter: Matter,
    about: About,
    candidate: Candidate,
    /// As the queue of those who sign names it.
    title: String,
    facts: Value,
}

/// Prints the letter and puts it before its signatories.
pub async fn write(
    ctx: &Ctx,
    actor: &Actor,
    (subject, draft): (Subject, Draft),
) -> Result<SubmissionId, Refusal> {
    let (scribe, speech) = (Scribe::of(ctx, actor), ctx.words.speak(Locale::Vi));
    let (who, wish, now, words) = (actor.clone(), draft.clone(), scribe.now, speech.clone());
    let read = ctx.store.read(move |tx| plan(tx, &who, (subject, &wish), (now, &words)));
    let plan = read.await?;
    let printed = ctx.outside.press.print_to_sign(TEMPLATE, &plan.facts).await;
    let printed = printed.map_err(Fault::Press)?;
    let received = receive(ctx, subject, printed.pdf).await?;
    let (store, ctx, actor) = (ctx.store.clone(), ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            // What was read may have changed: whether one may, and who can sign.
            let plan = self::plan(tx, &actor, (subject, &draft), (scribe.now, &speech))?;
            put_before(tx, (&ctx, &scribe), (&plan, &draft), (&received, printed.block))
        })
        .await
}

fn plan(
    tx: &mut Tx,
    actor: &Actor,
    (subject, draft): (Subject, &Draft),
    (now, speech): (Timestamp, &Speech),
) -> Result<Plan, Refusal> {
    let matter = matter(tx, actor, subject)?;
    if matter.is_over {
        return Err(Fault::Over.into());
    }
    if letters::waiting(tx, subject)?.is_some() {
        return Err(Fault::Waits.into());
    }
    let about = draft.check(&matter.abouts)?;
    let all = candidates(tx, actor, matter.unit, (now, speech))?;
    let chosen = all.into_iter().find(|one| one.value() == draft.signer);
    let candidate = chosen.ok_or(Fault::SignerMissing)?;
    let path = organisations::queries::path(tx, candidate.unit)?;
    let home = organisations::queries::unit(tx, matter.unit)?.ok_or(Refusal::Nothing)?;
    let facts = json!({
        "letterhead": letterhead(&path, draft, (now, speech)),
        "about": about.code(),
        "addressee": draft.addressee.trim(),
        "items": [item(&matter, &home, speech)],
        "reason": draft.reason.trim(),
        "signer": candidate.name,
        "signer_role": candidate.capacity,
    });
    let named =
        [("about", speech.t(about.word()).into()), ("holder", (&matter.holder_name).into())];
    let title = speech.with("signing-letter-title", &named);
    Ok(Plan { matter, about, candidate, title, facts })
}

fn letterhead(path: &[Unit], draft: &Draft, (now, speech): (Timestamp, &Speech)) -> Value {
    let name = |unit: &Unit| unit.name.as_str().to_owned();
    let agency = path.last().map(name).unwrap_or_default();
    let above = path.iter().rev().nth(1).map(name).unwrap_or_default();
    let at = local(now);
    let place_and_date = speech.with(
        "signing-letter-place-and-date",
        &[
            ("place", organisations::place_name(path).into()),
            ("day", format!("{:02}", at.day()).into()),
            ("month", format!("{:02}", at.month()).into()),
            ("year", at.year().to_string().into()),
        ],
    );
    json!({
        "above": above,
        "agency": agency,
        "agency_name": agency,
        "number": draft.number.trim(),
        "place_and_date": place_and_date,
        "issued_at": format!("{}+07:00", at.strftime("%Y-%m-%dT%H:%M:%S")),
    })
}

fn item(matter: &Matter, home: &Unit, speech: &Speech) -> Value {
    json!({
        "holder": matter.holder_name,
        "detail": matter.detail,
        "unit": home.name.as_str(),
        "unit_code": home.code.as_str(),
        "profile": speech.t(matter.profile),
        "serial": matter.serial,
        "carrier": speech.t(matter.carrier.word()),
        "carrier_number": matter.carrier_number,
    })
}

async fn receive(ctx: &Ctx, subject: Subject, pdf: Vec<u8>) -> Result<Received, Refusal> {
    // What the unit prints counts against nobody's quota: it is kept by what it asks for.
    let rules = KeepRules {
        name: "van-ban-de-nghi.pdf".to_owned(),
        owner: apart(subject).1,
        media: &[Media::Pdf],
        max_bytes: PDF_BYTES_MAX,
        quota_bytes: 20 * PDF_BYTES_MAX,
    };
    Ok(ctx.files.receive_bytes(Bytes::from(pdf), &rules).await?)
}

fn put_before(
    tx: &mut Tx,
    (ctx, scribe): (&Ctx, &Scribe),
    (plan, draft): (&Plan, &Draft),
    (received, block): (&Received, Option<SignatureBlock>),
) -> Result<SubmissionId, Refusal> {
    let kept = files::record(tx, received)?;
    let (letter, new) = filled(scribe, (plan, draft), (kept.id, kept.sha256, block));
    submit(tx, ctx, &new)?;
    if !letters::insert(tx, &letter)? {
        return Err(Fault::Waits.into());
    }
    let detail = json!({
        "about": letter.about.code(), "number": letter.number, "signing": new.id.to_string(),
    });
    let told = ("signing.write-letter", plan.matter.subject.object());
    scribe.note_over(tx, Some(plan.matter.unit), told, detail)?;
    Ok(new.id)
}

fn filled(
    scribe: &Scribe,
    (plan, draft): (&Plan, &Draft),
    (file, sha256, block): (Uuid, String, Option<SignatureBlock>),
) -> (RequestLetter, NewSubmission) {
    let (id, submission) = (scribe.ids.next(), SubmissionId(scribe.ids.next()));
    let (subject_kind, subject) = apart(plan.matter.subject);
    let candidate = &plan.candidate;
    let letter = RequestLetter {
        id,
        subject,
        subject_kind,
        about: plan.about,
        unit: candidate.unit,
        unit_name: candidate.unit_name.clone(),
        number: draft.number.trim().to_owned(),
        dated: local(scribe.now).date(),
        submission,
        made_by: scribe.actor.unwrap_or_default(),
        made_name: scribe.name.clone(),
        made_at: scribe.now,
        ended_at: None,
    };
    let person = Signatory::Person {
        account: candidate.account,
        name: candidate.name.clone(),
        capacity: candidate.capacity.clone(),
        delegation: candidate.delegation,
    };
    let agency = Signatory::Agency { unit: candidate.unit, name: candidate.unit_name.clone() };
    let new = NewSubmission {
        id: submission,
        told: LETTER_ENDED,
        subject: id,
        scope: Scope::Document,
        title: plan.title.clone(),
        number: letter.number.clone(),
        unit: candidate.unit,
        file,
        sha256,
        block,
        signatories: vec![person, agency],
        after: None,
        asked_by: scribe.actor,
        asked_name: scribe.name.clone(),
    };
    (letter, new)
}

/// Takes a letter back that waits for its signatures.
pub async fn take_back(ctx: &Ctx, actor: &Actor, subject: Subject) -> Result<(), Refusal> {
    let (store, ctx, actor) = (ctx.store.clone(), ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            matter(tx, &actor, subject)?;
            let letter = letters::waiting(tx, subject)?.ok_or(Fault::NothingWaits)?;
            let by = (Some(actor.account.0), actor.name.as_str());
            if !withdraw(tx, &ctx, letter.submission, by)? {
                return Err(Fault::NothingWaits.into());
            }
            letters::end(tx, letter.id, ctx.clock.now())?;
            Ok(())
        })
        .await
}

/// What became of it: signed, it is attached to what it asks for. Safe to repeat.
pub(crate) async fn ended(ctx: &Ctx, ended: Ended) -> Result<(), Refusal> {
    let (store, ctx) = (ctx.store.clone(), ctx.clone());
    store
        .write(move |tx| {
            let found = letters::by_submission(tx, SubmissionId(ended.submission))?;
            let Some(letter) = found else { return Ok(()) };
            if !letters::end(tx, letter.id, ctx.clock.now())? {
                return Ok(());
            }
            let (Ending::Signed, Some(file), Some(sha256)) =
                (ended.ending, ended.file, ended.sha256.clone())
            else {
                return Ok(());
            };
            let steps = submissions::steps(tx, letter.submission)?;
            let Some(signed) = signed(&letter, &steps, (file, sha256), &ended) else {
                return Ok(());
            };
            if !attach(tx, &ctx, signed)? {
                tracing::warn!(letter = %letter.id, "a letter was signed after its request was decided");
            }
            Ok(())
        })
        .await
}

fn signed(
    letter: &RequestLetter,
    steps: &[Step],
    (file, sha256): (Uuid, String),
    ended: &Ended,
) -> Option<SignedLetter> {
    let person = steps.iter().find(|step| step.kind == SignatoryKind::Person)?;
    let seal = steps.iter().rev().find(|step| step.kind == SignatoryKind::Agency);
    Some(SignedLetter {
        id: letter.id,
        subject: letter.of(),
        about: letter.about,
        unit: letter.unit,
        unit_name: letter.unit_name.clone(),
        number: letter.number.clone(),
        dated: letter.dated,
        file,
        sha256,
        signed_at: seal.and_then(|seal| seal.signed_at).unwrap_or(ended.at),
        signer: person.account?,
        signer_name: person.name.clone(),
        sealer: seal.and_then(|seal| seal.signed_by),
        by_name: ended.by_name.clone(),
    })
}
