//! From an issued paper to a signed one: printed after the commit, put before those who sign it,
//! and taken in again when they have. A paper that cannot be signed is given out as it is, and
//! says so.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 5
//! Law: NĐ 30/2020/NĐ-CP art. 32

use bytes::Bytes;
use organisations::UnitId;
use platform::Ctx;
use platform::audit;
use platform::files::{self, KeepRules, Media, Received};
use platform::outside::{PressError, SignatureBlock};
use platform::store::{StoreError, Tx};
use platform::words::Locale;
use serde_json::{Value, json};
use signing::{Ended, Ending, NewSubmission, Scope, Signatory, SubmissionId};
use uuid::Uuid;

use super::{Act, Target, Telling, decision};
use crate::dossier::{Dossier, DossierId};
use crate::event::{By, EventKind};
use crate::papers::{Form, PDF_BYTES_MAX, RESULT_FILE, file_name};
use crate::refusal::Refusal;
use crate::signature::Signing;
use crate::store::result::StoredResult;
use crate::store::slip::{NewSlip, Slip};
use crate::{jobs, store};

impl Act<'_> {
    /// Fixes a paper's facts, to be printed as often as anybody likes; where that can be, it goes
    /// before its signatories.
    pub fn issue(&mut self, form: Form, facts: &impl serde::Serialize) -> Result<(), Refusal> {
        let (id, unit) = (self.ctx.ids.next(), self.unit_of(form));
        let signing = self.signing(form)?;
        let by_as = self.role.map(|role| self.speech().t(role.word())).unwrap_or_default();
        let slip = NewSlip {
            id,
            dossier: self.dossier.id,
            form,
            at: self.now,
            by: self.by.account,
            by_name: &self.by.name,
            by_as: &by_as,
            unit,
            facts: store::written(facts)?,
            signing,
        };
        store::slip::insert(self.tx, &slip)?;
        if signing == Signing::Asked {
            self.enqueue(jobs::PRINT_SLIP, json!({ "slip": id }), format!("slip:{id}"))?;
        }
        Ok(())
    }

    /// The agency at the head of a paper, whose seal it carries.
    fn unit_of(&self, form: Form) -> UnitId {
        match form {
            Form::Supplement => self.dossier.holder.unit,
            Form::Apology | Form::Stop | Form::Result => self.dossier.places.deciding,
            _ => self.dossier.places.receiving,
        }
    }

    /// Whether a paper of this form will be signed, or why not.
    pub fn signing(&mut self, form: Form) -> Result<Signing, Refusal> {
        let officer = self.by.account.filter(|_| self.role.is_some() && form != Form::Request);
        let Some(account) = officer else { return Ok(Signing::Unasked) };
        if !self.ctx.outside.press.is_installed() {
            return Ok(Signing::NoPress);
        }
        if !signing::queries::can_sign(self.tx, account, self.now)? {
            return Ok(Signing::NoCertificate);
        }
        let is_sealed = signing::queries::can_seal(self.tx, self.unit_of(form), self.now)?;
        Ok(if is_sealed { Signing::Asked } else { Signing::NoSeal })
    }
}

/// Prints a slip and puts it before the officer who issued it and the agency. Safe to repeat.
pub(crate) async fn submit_slip(ctx: &Ctx, id: Uuid) -> Result<(), Refusal> {
    let Some((slip, code)) = slip_to_print(ctx, id).await? else { return Ok(()) };
    let name = file_name(&code, &slip.form, slip.number);
    let paper = Printing { dossier: DossierId(slip.dossier), template: &slip.form, name };
    let (received, block) = match paper.print(ctx, &slip.facts).await {
        Err(Refusal::Press(PressError::NotInstalled)) => {
            let given_up = move |tx: &mut Tx| store::slip::give_up(tx, id, Signing::NoPress);
            return Ok(ctx.store.write(given_up).await?);
        }
        printed => printed?,
    };
    let (store, ctx) = (ctx.store.clone(), ctx.clone());
    store
        .write(move |tx| {
            let kept = files::record(tx, &received)?;
            let submission = SubmissionId(ctx.ids.next());
            if !store::slip::submit(tx, id, (kept.id, &kept.sha256), submission)? {
                files::forget(tx, kept.id)?;
                return Ok(());
            }
            let file = File { id: kept.id, sha256: kept.sha256, block };
            let new = slip_submission(tx, &ctx, (&slip, &code), (submission, file))?;
            Ok(signing::commands::submit(tx, &ctx, &new)?)
        })
        .await
}

async fn slip_to_print(ctx: &Ctx, id: Uuid) -> Result<Option<(Slip, String)>, Refusal> {
    ctx.store
        .read(move |tx| {
            let slip = store::slip::one(tx, id)?.filter(|slip| slip.signing == Signing::Asked);
            let Some(slip) = slip else { return Ok(None) };
            let dossier = store::dossier::one(tx, DossierId(slip.dossier))?;
            Ok(dossier.map(|dossier| (slip, dossier.known_as().to_owned())))
        })
        .await
}

/// A printed file, recorded in this unit of work.
struct File {
    id: Uuid,
    sha256: String,
    block: Option<SignatureBlock>,
}

fn slip_submission(
    tx: &mut Tx,
    ctx: &Ctx,
    (slip, code): (&Slip, &str),
    (id, file): (SubmissionId, File),
) -> Result<NewSubmission, Refusal> {
    let speech = ctx.words.speak(Locale::Vi);
    let person = Signatory::Person {
        account: slip.issued_by.ok_or(Refusal::NotFound)?,
        name: slip.issued_by_name.clone(),
        capacity: slip.issued_as.clone(),
        delegation: None,
    };
    Ok(NewSubmission {
        id,
        told: jobs::SLIP_SIGNED,
        subject: slip.id,
        scope: Scope::Slip,
        title: speech.t(&format!("dossiers-paper-{}", slip.form)),
        number: code.to_owned(),
        unit: slip.unit,
        file: file.id,
        sha256: file.sha256,
        block: file.block,
        signatories: vec![person, agency(tx, slip.unit)?],
        after: None,
        asked_by: slip.issued_by,
        asked_name: slip.issued_by_name.clone(),
    })
}

fn agency(tx: &mut Tx, unit: UnitId) -> Result<Signatory, StoreError> {
    let found = organisations::queries::unit(tx, unit)?;
    let name = found.map(|unit| unit.name.as_str().to_owned()).unwrap_or_default();
    Ok(Signatory::Agency { unit, name })
}

/// Prints an approved result and puts it before who decided and the agency. Answers with the
/// submission that it is in, when it still waits. Safe to repeat, and in two places at once.
pub(crate) async fn submit_result(
    ctx: &Ctx,
    id: DossierId,
) -> Result<Option<SubmissionId>, Refusal> {
    let Some((result, code)) = result_to_print(ctx, id).await? else { return Ok(None) };
    match result.signing {
        Signing::Asked => {}
        Signing::Waiting => return Ok(result.submission),
        _ => return Ok(None),
    }
    let name = file_name(&code, RESULT_FILE, 1);
    let paper = Printing { dossier: id, template: Form::Result.template(), name };
    let (received, block) = paper.print(ctx, &result.facts).await?;
    let (store, ctx) = (ctx.store.clone(), ctx.clone());
    store
        .write(move |tx| {
            let kept = files::record(tx, &received)?;
            let submission = SubmissionId(ctx.ids.next());
            if !store::result::submit(tx, id, (kept.id, &kept.sha256), submission)? {
                files::forget(tx, kept.id)?;
                return Ok(store::result::of(tx, id)?.and_then(|result| result.submission));
            }
            let file = File { id: kept.id, sha256: kept.sha256, block };
            let new = result_submission(tx, &result, (submission, file))?;
            signing::commands::submit(tx, &ctx, &new)?;
            Ok(Some(submission))
        })
        .await
}

/// The result of a dossier, and how the dossier is known.
async fn result_to_print(
    ctx: &Ctx,
    id: DossierId,
) -> Result<Option<(StoredResult, String)>, Refusal> {
    ctx.store
        .read(move |tx| {
            let Some(result) = store::result::of(tx, id)? else { return Ok(None) };
            let dossier = store::dossier::one(tx, id)?.ok_or(Refusal::NotFound)?;
            Ok(Some((result, dossier.known_as().to_owned())))
        })
        .await
}

fn result_submission(
    tx: &mut Tx,
    result: &StoredResult,
    (id, file): (SubmissionId, File),
) -> Result<NewSubmission, Refusal> {
    let unit = UnitId(result.unit);
    let person = Signatory::Person {
        account: result.signer.ok_or(Refusal::NotFound)?,
        name: result.signer_name.clone(),
        capacity: result.signer_role.clone(),
        delegation: result.delegation,
    };
    Ok(NewSubmission {
        id,
        told: jobs::RESULT_SIGNED,
        subject: result.dossier,
        scope: Scope::Result,
        title: result.title.clone(),
        number: result.number.clone(),
        unit,
        file: file.id,
        sha256: file.sha256,
        block: file.block,
        signatories: vec![person, agency(tx, unit)?],
        after: None,
        asked_by: result.signer,
        asked_name: result.signer_name.clone(),
    })
}

/// A paper on its way through the press.
struct Printing<'a> {
    dossier: DossierId,
    template: &'a str,
    /// Of the file.
    name: String,
}

impl Printing<'_> {
    async fn print(
        self,
        ctx: &Ctx,
        facts: &str,
    ) -> Result<(Received, Option<SignatureBlock>), Refusal> {
        let facts: Value = store::read(facts)?;
        let printed = ctx.outside.press.print_to_sign(self.template, &facts).await?;
        Ok((receive(ctx, self.dossier, self.name, printed.pdf).await?, printed.block))
    }
}

/// Brings a printed paper to the disk.
pub(crate) async fn receive(
    ctx: &Ctx,
    dossier: DossierId,
    name: String,
    pdf: Vec<u8>,
) -> Result<Received, Refusal> {
    // What the office prints counts against nobody's quota: it is kept by the dossier itself.
    let rules = KeepRules {
        name,
        owner: dossier.0,
        media: &[Media::Pdf],
        max_bytes: PDF_BYTES_MAX,
        quota_bytes: 20 * PDF_BYTES_MAX,
    };
    Ok(ctx.files.receive_bytes(Bytes::from(pdf), &rules).await?)
}

/// The signed slip takes the place of the unsigned one; or it stays as it is.
pub(crate) async fn slip_ended(ctx: &Ctx, ended: Ended) -> Result<(), Refusal> {
    let ctx = ctx.clone();
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let Some(slip) = store::slip::one(tx, ended.subject)? else { return Ok(()) };
            let submission = SubmissionId(ended.submission);
            let changed = match (ended.ending, ended.file, &ended.sha256) {
                (Ending::Signed, Some(file), Some(sha256)) => {
                    store::slip::sign(tx, submission, (file, sha256), ended.at)?
                }
                (ending, ..) => store::slip::leave_unsigned(tx, submission, unsigned(ending))?,
            };
            if changed {
                audit::record(tx, &slip_row(&ctx, &slip, &ended))?;
            }
            Ok(())
        })
        .await
}

/// How a paper stands that nobody is going to sign any more.
fn unsigned(ending: Ending) -> Signing {
    match ending {
        Ending::Declined => Signing::Declined,
        Ending::Signed | Ending::Withdrawn => Signing::Withdrawn,
    }
}

fn slip_row(ctx: &Ctx, slip: &Slip, ended: &Ended) -> audit::Act {
    let verb = match ended.ending {
        Ending::Signed => "dossiers.sign_slip",
        Ending::Declined | Ending::Withdrawn => "dossiers.leave_slip_unsigned",
    };
    audit::Act {
        id: ctx.ids.next(),
        at: ctx.clock.now(),
        actor: None,
        actor_name: ended.by_name.clone(),
        unit: Some(slip.unit.0),
        verb,
        object: DossierId(slip.dossier).object(),
        detail: json!({ "slip": slip.form, "number": slip.number, "sha256": ended.sha256 }),
    }
}

/// Signed: the result is issued. Sent back or withdrawn: the approval is taken back, and who
/// decided has the dossier in hand as before.
pub(crate) async fn result_ended(ctx: &Ctx, ended: Ended) -> Result<(), Refusal> {
    let ctx = ctx.clone();
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let id = DossierId(ended.subject);
            let submission = Some(SubmissionId(ended.submission));
            let waits = |result: &StoredResult| {
                result.signing == Signing::Waiting && result.submission == submission
            };
            let Some(result) = store::result::of(tx, id)?.filter(waits) else { return Ok(()) };
            let Some(dossier) = store::dossier::one(tx, id)? else { return Ok(()) };
            let target = Target { id, version: dossier.version };
            match (ended.ending, ended.file, &ended.sha256) {
                (Ending::Signed, Some(file), Some(sha256)) => {
                    let act = Act::begin(tx, &ctx, ended.at, target, signer(&result))?;
                    give_out_signed(act, &result, (file, sha256))?;
                }
                (ending, ..) => {
                    let by = By { account: None, name: ended.by_name.clone(), ..signer(&result) };
                    let act = Act::begin(tx, &ctx, ended.at, target, by)?;
                    take_back(act, unsigned(ending), &ended.reason)?;
                }
            }
            Ok(())
        })
        .await
}

fn signer(result: &StoredResult) -> By {
    By {
        account: result.signer,
        name: result.signer_name.clone(),
        unit: Some(result.unit),
        unit_name: result.unit_name.clone(),
    }
}

fn give_out_signed(
    mut act: Act<'_>,
    result: &StoredResult,
    signed: (Uuid, &str),
) -> Result<Dossier, Refusal> {
    let (id, at) = (act.dossier.id, act.now);
    if !store::result::sign(act.tx, id, signed, at)? {
        return Err(store::dossier::meanwhile(act.tx, id)?);
    }
    decision::give_out(&mut act)?;
    act.end(decision::decided(&result.number, result.check_code.as_deref()))
}

/// The approval is as if it had not been; the story says that it was, and why no more.
pub(super) fn take_back(act: Act<'_>, why: Signing, reason: &str) -> Result<Dossier, Refusal> {
    let id = act.dossier.id;
    if !store::result::take_back(act.tx, id, why)? {
        return Err(store::dossier::meanwhile(act.tx, id)?);
    }
    let (kind, detail) = (EventKind::ApprovalEnded, json!({ "why": why.code() }));
    act.end(Telling { kind, told: "", note: reason, detail })
}
