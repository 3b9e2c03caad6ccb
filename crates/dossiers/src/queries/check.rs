//! Is this result genuine? What a verifier needs, and no more: what it is called, its number, who
//! issued it and when, for which dossier, the initials of whom it was issued to; and what is to be
//! said today of the signatures on its PDF.
//!
//! Law: Luật 20/2023/QH15 art. 22

use jiff::Timestamp;
use platform::Ctx;
use trust::verdict::{Policy, Report};
use trust::{Asked, judged};
use uuid::Uuid;

use crate::check_code::CheckCode;
use crate::papers::{PDF_BYTES_MAX, ResultPaper};
use crate::refusal::Refusal;
use crate::signature::Signing;
use crate::store;

#[derive(Debug, Clone)]
pub struct Checked {
    pub code: String,
    pub number: String,
    pub title: String,
    pub unit_name: String,
    pub signer_name: String,
    pub signer_role: String,
    pub issued_at: Timestamp,
    /// "N. V. A.": enough to compare with the paper in hand.
    pub initials: String,
    /// Of the PDF, once it was printed.
    pub sha256: Option<String>,
    pub dossier_code: String,
    pub signing: Signing,
    /// The signed PDF.
    pub signed: Option<Uuid>,
}

/// Judges the signatures of a kept file anew, by what is believed and known now.
pub async fn verdict(ctx: &Ctx, file: Uuid) -> Result<Report, Refusal> {
    let bytes = ctx.files.read(file, PDF_BYTES_MAX).await?;
    let policy = Policy::default();
    let asked = Asked { file: bytes, content: None, at: ctx.clock.now(), policy };
    Ok(judged(ctx, asked).await?.report)
}

pub async fn check(ctx: &Ctx, code: &CheckCode) -> Result<Option<Checked>, Refusal> {
    let code = code.clone();
    ctx.store
        .read(move |tx| {
            let Some(result) = store::result::by_check_code(tx, code.as_str())? else {
                return Ok(None);
            };
            let Some(issued_at) = result.issued_at else { return Ok(None) };
            let paper: ResultPaper = store::read(&result.facts)?;
            Ok(Some(Checked {
                code: code.to_string(),
                number: result.number,
                title: result.title,
                unit_name: result.unit_name,
                signer_name: result.signer_name,
                signer_role: result.signer_role,
                issued_at,
                initials: initials(&paper.subject.name),
                sha256: result.sha256,
                signing: result.signing,
                signed: result.file.filter(|_| result.signing == Signing::Signed),
                dossier_code: paper.dossier_code,
            }))
        })
        .await
}

/// "Nguyễn Văn An" → "N. V. An": the given name, which comes last, is what people are called by.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((last, first)) = words.split_last() else { return String::new() };
    let letters = first.iter().filter_map(|word| word.chars().next());
    let mut short: String = letters.map(|letter| format!("{letter}. ")).collect();
    short.push_str(last);
    short
}
