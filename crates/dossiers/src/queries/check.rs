//! Is this result genuine? What a verifier needs, and no more: what it is called, its number, who
//! issued it and when, for which dossier, and the initials of whom it was issued to.

use jiff::Timestamp;
use platform::Ctx;

use crate::check_code::CheckCode;
use crate::papers::ResultPaper;
use crate::refusal::Refusal;
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
