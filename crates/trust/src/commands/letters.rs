//! Letters are attached to what they ask for; and from which day requests need one.
//!
//! Law: NĐ 68/2024/NĐ-CP

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use super::Scribe;
use crate::judging::{Asked, judged};
use crate::letter::{About, Letter, LetterRule, Need, Paper, Subject};
use crate::queries::letters::need;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::store::{certificates, letters, requests};
use crate::verdict::{Policy, Report, Standing};

/// A letter of more is none.
const FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// A letter that its unit has signed.
#[derive(Debug, Clone)]
pub struct SignedLetter {
    pub id: Uuid,
    pub subject: Subject,
    pub about: About,
    /// That asks.
    pub unit: UnitId,
    pub unit_name: String,
    pub number: String,
    pub dated: Date,
    pub file: Uuid,
    pub sha256: String,
    pub signed_at: Timestamp,
    pub signer: Uuid,
    pub signer_name: String,
    /// Whoever sealed it; none: nobody did by hand.
    pub sealer: Option<Uuid>,
    /// Whose work it was that it was signed to the end.
    pub by_name: String,
}

/// Attaches a signed letter. False when its request has been decided meanwhile: then it is no
/// ground for the decision, and does not look like one. The same letter a second time is the first.
pub fn attach(tx: &mut Tx, ctx: &Ctx, new: SignedLetter) -> Result<bool, Refusal> {
    if letters::by_id(tx, new.id)?.is_some() {
        return Ok(true);
    }
    let about_unit = match new.subject {
        Subject::Request(id) => requests::by_id(tx, id)?.ok_or(Refusal::Nothing)?.unit,
        Subject::Certificate(id) => {
            let one = certificates::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            one.unit.unwrap_or(new.unit)
        }
    };
    if let Subject::Request(id) = new.subject
        && !letters::touch_request(tx, id)?
    {
        return Ok(false);
    }
    let scribe = Scribe::named(ctx, None, &new.by_name);
    let detail = json!({
        "about": new.about.code(), "number": new.number, "sha256": new.sha256, "signer": new.signer,
    });
    let told = ("trust.attach-letter", new.subject.object());
    letters::insert(tx, &signed(new, &scribe))?;
    scribe.note_over(tx, Some(about_unit), told, detail)?;
    Ok(true)
}

fn signed(new: SignedLetter, scribe: &Scribe) -> Letter {
    let (request, certificate) = new.subject.columns();
    Letter {
        id: new.id,
        request,
        certificate,
        about: new.about,
        unit: new.unit,
        unit_name: new.unit_name,
        number: new.number,
        dated: new.dated,
        file: Some(new.file),
        sha256: Some(new.sha256),
        signed_at: Some(new.signed_at),
        signer: Some(new.signer),
        signer_name: Some(new.signer_name),
        sealer: new.sealer,
        kept_by: scribe.actor,
        kept_name: scribe.name.clone(),
        kept_at: scribe.now,
    }
}

/// Whether the letter that an approval needs is there; paper that was seen is written down.
pub(super) fn settle(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Request,
    paper: Option<&Paper>,
) -> Result<(), Refusal> {
    let attached = letters::of(tx, Subject::Request(one.id))?;
    match (need(tx, (one, &attached), scribe.now)?, paper) {
        (Need::Nothing, _) => Ok(()),
        (Need::Letter, _) => Err(Refusal::LetterMissing),
        (Need::Paper, None) => Err(Refusal::PaperMissing),
        (Need::Paper, Some(paper)) if paper.dated > local(scribe.now).date() => {
            Err(Refusal::PaperInFuture)
        }
        (Need::Paper, Some(paper)) => write_down(tx, scribe, (one, paper)),
    }
}

fn write_down(
    tx: &mut Tx,
    scribe: &Scribe,
    (one, paper): (&Request, &Paper),
) -> Result<(), Refusal> {
    let unit = organisations::queries::unit_name(tx, one.unit)?;
    let letter = Letter {
        id: scribe.ids.next(),
        request: Some(one.id),
        certificate: None,
        about: About::from(one.kind),
        unit: one.unit,
        unit_name: unit,
        number: paper.number.clone(),
        dated: paper.dated,
        file: None,
        sha256: None,
        signed_at: None,
        signer: None,
        signer_name: None,
        sealer: None,
        kept_by: scribe.actor,
        kept_name: scribe.name.clone(),
        kept_at: scribe.now,
    };
    letters::insert(tx, &letter)?;
    let detail = json!({ "number": paper.number, "dated": paper.dated.to_string() });
    let told = ("trust.see-letter", Subject::Request(one.id).object());
    Ok(scribe.note_over(tx, Some(one.unit), told, detail)?)
}

/// The newest signed letter of a request still holds, where one is the ground of the decision.
pub(super) async fn still_holds(ctx: &Ctx, request: &Request) -> Result<(), Refusal> {
    let (id, asked_on) = (request.id, local(request.asked_at).date());
    let newest = ctx
        .store
        .read::<_, Refusal, _>(move |tx| {
            if !crate::queries::letters::is_ruled(tx, asked_on)? {
                return Ok(None);
            }
            let all = letters::of(tx, Subject::Request(id))?;
            Ok(all.into_iter().find(Letter::is_signed))
        })
        .await?;
    let Some(letter) = newest else { return Ok(()) };
    match report(ctx, &letter).await?.map(|report| report.standing) {
        Some(Standing::Valid) => Ok(()),
        _ => Err(Refusal::LetterNotValid),
    }
}

/// What is to be said of a signed letter today; none of paper.
pub(crate) async fn report(ctx: &Ctx, letter: &Letter) -> Result<Option<Report>, Refusal> {
    if !letter.is_signed() {
        return Ok(None);
    }
    let file = file(ctx, letter).await?;
    let (at, policy) = (ctx.clock.now(), Policy::default());
    let asked = Asked { file, content: None, at, policy };
    Ok(Some(judged(ctx, asked).await?.report))
}

/// The PDF of a signed letter.
pub(crate) async fn file(ctx: &Ctx, letter: &Letter) -> Result<bytes::Bytes, Refusal> {
    let file = letter.file.ok_or(Refusal::Nothing)?;
    Ok(ctx.files.read(file, FILE_BYTES_MAX).await?)
}

/// From a day on, requests to our authorities need a letter, or do not. Not for days that are over.
pub async fn set_rule(ctx: &Ctx, scribe: &Scribe, rule: LetterRule) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if rule.valid_from < local(scribe.now).date() {
                return Err(Refusal::RulePast);
            }
            letters::put_rule(tx, &rule)?;
            let detail = json!({
                "from": rule.valid_from.to_string(),
                "sandbox": rule.sandbox,
                "needed": rule.needed,
            });
            let told = ("trust.set-letter-rule", "letter-rule".to_owned());
            Ok(scribe.note_over(tx, None, told, detail)?)
        })
        .await
}
