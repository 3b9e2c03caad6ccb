//! The signatures on what came: looked at when it was kept, and again while others may still say
//! something about revocation.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 21
//! Law: QĐ 28/2018/QĐ-TTg art. 9

use platform::Ctx;
use platform::store::StoreError;
use platform::words::Locale;
use trust::verdict::{Kind, Party, PartyKind, Policy, Report, Standing, recognise};
use trust::{Asked, Outlook};

use crate::document::IncomingId;
use crate::incoming::{FileVerdict, Incoming, IncomingFile, Signed};
use crate::refusal::Refusal;
use crate::store::incoming;

const FILE_BYTES_MAX: i64 = 64 << 20;

/// Judges the files of the newest edition; whether asking again later may bring more.
pub async fn judge(ctx: &Ctx, id: IncomingId) -> Result<bool, Refusal> {
    let found = ctx.store.read(move |tx| {
        let one = incoming::by_id(tx, id)?;
        Ok::<_, StoreError>((one, incoming::files(tx, id)?))
    });
    let (Some(one), files) = found.await? else { return Ok(false) };
    let mut more = false;
    for file in files.iter().filter(|file| file.edition == one.edition && is_open(file)) {
        let (verdict, again) = verdict(ctx, &one, file).await?;
        more |= again;
        let text = serde_json::to_string(&verdict).unwrap_or_default();
        let (id, now) = (file.id, ctx.clock.now());
        ctx.store.write(move |tx| incoming::judge_file(tx, (id, &text), now)).await?;
    }
    Ok(more)
}

/// Not judged yet, or nothing certain was found.
fn is_open(file: &IncomingFile) -> bool {
    let known = file.verdict.as_deref().and_then(FileVerdict::read);
    file.file.is_some() && known.is_none_or(|known| known.standing == "unverifiable")
}

async fn verdict(
    ctx: &Ctx,
    one: &Incoming,
    file: &IncomingFile,
) -> Result<(FileVerdict, bool), Refusal> {
    let Some(id) = file.file.filter(|_| file.size_bytes <= FILE_BYTES_MAX) else {
        return Ok((FileVerdict::plain("unverifiable"), false));
    };
    let bytes = ctx.files.read(id, FILE_BYTES_MAX as u64).await?;
    if !matches!(recognise(&bytes), Kind::Pdf | Kind::Container) {
        return Ok((FileVerdict::plain("absent"), false));
    }
    let asked = Asked { file: bytes, content: None, at: one.arrived_at, policy: Policy::default() };
    let judged = trust::judged(ctx, asked).await?;
    let again =
        judged.report.standing == Standing::Unverifiable && judged.outlook != Outlook::Nothing;
    Ok((told(ctx, &judged.report), again))
}

/// In both languages, as the page shows it.
fn told(ctx: &Ctx, report: &Report) -> FileVerdict {
    let (vi, en) = (ctx.words.speak(Locale::Vi), ctx.words.speak(Locale::En));
    let signed = report.findings.iter().map(|finding| {
        let why = finding.reasons.first();
        Signed {
            who: finding.signer.as_ref().map_or_else(String::new, name),
            is_person: finding.signer.as_ref().is_some_and(|one| one.kind == PartyKind::Person),
            standing: finding.standing.code().to_owned(),
            vi: why.map(|one| trust::sentence::of_reason(one, &vi)).unwrap_or_default(),
            en: why.map(|one| trust::sentence::of_reason(one, &en)).unwrap_or_default(),
        }
    });
    FileVerdict {
        standing: report.standing.code().to_owned(),
        vi: trust::sentence::summary(report, &vi),
        en: trust::sentence::summary(report, &en),
        signed: signed.collect(),
    }
}

fn name(party: &Party) -> String {
    let parts = [Some(party.name.as_str()), party.position.as_deref(), party.agency.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
