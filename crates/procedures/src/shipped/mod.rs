//! The procedures of daily life that come with the program: facts taken from the national portal,
//! in our own sentences, each file saying where and when it was verified. What the portal does
//! not say is left out.
//!
//! A file `CODE.json` holds `{ "verified": { from, on, how }, "version": … }`; a form, where there
//! is one, stands beside it as `forms/CODE.json`.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 8

use jiff::civil::Date;
use platform::Ctx;
use serde::Deserialize;
use serde_json::Value;

use crate::commands;
use crate::refusal::Refusal;
use crate::version::Version;

#[cfg(test)]
mod tests;

/// One shipped procedure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shipped {
    pub verified: Verified,
    pub version: Version,
}

/// Where the facts come from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verified {
    /// The page of the national portal.
    pub from: String,
    pub on: Date,
    pub how: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ShippedError {
    /// A mistake in a file of the program itself: the tests read all of them.
    #[error("the shipped procedure {code} cannot be read: {reason}")]
    Unreadable { code: &'static str, reason: String },
    #[error("the catalogue did not take the shipped procedures: {0}")]
    Refused(#[from] Refusal),
}

/// Brings the shipped procedures into the catalogue as published versions. Run again, it brings
/// only what changed; what people changed or imported is not touched. Answers how many versions
/// were written.
pub async fn load(ctx: &Ctx) -> Result<usize, ShippedError> {
    let versions = read()?.into_iter().map(|shipped| shipped.version).collect();
    Ok(commands::ship(ctx, versions).await?)
}

/// All shipped procedures, by code.
pub fn read() -> Result<Vec<Shipped>, ShippedError> {
    FILES.into_iter().map(|(code, text)| read_one(code, text)).collect()
}

fn read_one(code: &'static str, text: &str) -> Result<Shipped, ShippedError> {
    let unreadable =
        |error: serde_json::Error| ShippedError::Unreadable { code, reason: error.to_string() };
    let mut document: Value = serde_json::from_str(text).map_err(unreadable)?;
    if let Some((_, form)) = FORMS.into_iter().find(|(of, _)| *of == code) {
        let form: Value = serde_json::from_str(form).map_err(unreadable)?;
        if let Some(version) = document.get_mut("version").and_then(Value::as_object_mut) {
            version.insert("form".to_owned(), form);
        }
    }
    serde_json::from_value(document).map_err(unreadable)
}

const FILES: [(&str, &str); 46] = [
    ("1.000656", include_str!("1.000656.json")),
    ("1.000894", include_str!("1.000894.json")),
    ("1.001022", include_str!("1.001022.json")),
    ("1.001193", include_str!("1.001193.json")),
    ("1.001266", include_str!("1.001266.json")),
    ("1.001456", include_str!("1.001456.json")),
    ("1.001570", include_str!("1.001570.json")),
    ("1.001612", include_str!("1.001612.json")),
    ("1.001699", include_str!("1.001699.json")),
    ("1.001731", include_str!("1.001731.json")),
    ("1.001776", include_str!("1.001776.json")),
    ("1.001939", include_str!("1.001939.json")),
    ("1.003677", include_str!("1.003677.json")),
    ("1.004194", include_str!("1.004194.json")),
    ("1.004222", include_str!("1.004222.json")),
    ("1.004837", include_str!("1.004837.json")),
    ("1.004859", include_str!("1.004859.json")),
    ("1.004873", include_str!("1.004873.json")),
    ("1.004884", include_str!("1.004884.json")),
    ("1.008498", include_str!("1.008498.json")),
    ("1.010038", include_str!("1.010038.json")),
    ("1.010041", include_str!("1.010041.json")),
    ("1.011607", include_str!("1.011607.json")),
    ("1.012575", include_str!("1.012575.json")),
    ("1.012783", include_str!("1.012783.json")),
    ("1.012784", include_str!("1.012784.json")),
    ("1.013076", include_str!("1.013076.json")),
    ("1.013225", include_str!("1.013225.json")),
    ("1.013227", include_str!("1.013227.json")),
    ("1.013831", include_str!("1.013831.json")),
    ("1.014027", include_str!("1.014027.json")),
    ("1.014061", include_str!("1.014061.json")),
    ("1.014063", include_str!("1.014063.json")),
    ("2.000635", include_str!("2.000635.json")),
    ("2.000693", include_str!("2.000693.json")),
    ("2.000720", include_str!("2.000720.json")),
    ("2.000815", include_str!("2.000815.json")),
    ("2.000829", include_str!("2.000829.json")),
    ("2.000884", include_str!("2.000884.json")),
    ("2.001035", include_str!("2.001035.json")),
    ("2.001159", include_str!("2.001159.json")),
    ("2.001263", include_str!("2.001263.json")),
    ("2.001827", include_str!("2.001827.json")),
    ("3.000333", include_str!("3.000333.json")),
    ("3.000347", include_str!("3.000347.json")),
    ("3.000348", include_str!("3.000348.json")),
];

const FORMS: [(&str, &str); 9] = [
    ("1.000894", include_str!("forms/1.000894.json")),
    ("1.001193", include_str!("forms/1.001193.json")),
    ("1.001612", include_str!("forms/1.001612.json")),
    ("1.001731", include_str!("forms/1.001731.json")),
    ("1.004194", include_str!("forms/1.004194.json")),
    ("1.004873", include_str!("forms/1.004873.json")),
    ("1.014027", include_str!("forms/1.014027.json")),
    ("2.000635", include_str!("forms/2.000635.json")),
    ("2.001159", include_str!("forms/2.001159.json")),
];
