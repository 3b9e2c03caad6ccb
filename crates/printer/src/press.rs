//! One document: checked, typeset, exported.

use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use unicode_normalization::UnicodeNormalization;

use crate::block::{Places, places};
use crate::templates::{FRAME, template};
use crate::world::{FAMILIES, Fonts, Paper, file_id};
use typst::syntax::Source;

#[derive(Deserialize)]
struct Request {
    template: String,
    data: Value,
}

/// A document, where on it whoever acts for the agency signs, and where number and date will stand.
#[derive(Debug, PartialEq)]
pub struct Printed {
    pub pdf: Vec<u8>,
    /// None on papers that nobody signs.
    pub places: Option<Places>,
}

pub struct Press {
    fonts: Fonts,
    /// The shared frame, in the family of fonts that is there.
    frame: String,
}

impl Press {
    pub fn new(fonts: Fonts) -> Press {
        let frame = FRAME.replace(FAMILIES[0], fonts.family());
        Press { fonts, frame }
    }

    /// The document, or why this cannot be printed, in words for the log of the caller.
    pub fn print(&self, request: &[u8]) -> Result<Printed, String> {
        let request: Request =
            serde_json::from_slice(request).map_err(|error| format!("not a request: {error}"))?;
        let text = template(&request.template)
            .ok_or_else(|| format!("there is no template {:?}", request.template))?;
        let printed = self.print_template(text, request.data);
        // Partial results of one person's paper have no business in the memory of the next.
        comemo::evict(0);
        printed
    }

    fn print_template(&self, text: &str, mut data: Value) -> Result<Printed, String> {
        let issued = issued_at(&data)?;
        let qr = take_picture(&mut data);
        compose(&mut data);
        self.check_letters(&data)?;
        let bytes = serde_json::to_vec(&data).map_err(|error| error.to_string())?;
        let paper = Paper {
            fonts: &self.fonts,
            main: Source::new(file_id("main.typ")?, text.to_owned()),
            frame: Source::new(file_id("frame.typ")?, self.frame.clone()),
            data: Bytes::new(bytes),
            qr: qr.map(|svg| Bytes::new(svg.into_bytes())),
        };
        export(&paper, issued)
    }

    fn check_letters(&self, data: &Value) -> Result<(), String> {
        let mut missing: Vec<char> = Vec::new();
        each_text(data, &mut |text| missing.extend(self.fonts.missing(text)));
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            return Ok(());
        }
        let list: String =
            missing.iter().map(|letter| format!(" U+{:04X}", *letter as u32)).collect();
        Err(format!("no font draws these characters:{list}"))
    }
}

/// PDF/A wants to know when a document was made, and this process has no clock:
/// `letterhead.issued_at`, as in `2026-11-23T09:00:00+07:00`.
fn issued_at(data: &Value) -> Result<Timestamp, String> {
    let text = data.pointer("/letterhead/issued_at").and_then(Value::as_str).unwrap_or("");
    let moment: jiff::Timestamp = text
        .parse()
        .map_err(|_| format!("letterhead.issued_at is not a moment with its offset: {text:?}"))?;
    let wall = moment.to_zoned(TimeZone::fixed(jiff::tz::offset(7))).datetime();
    let (date, time) = (wall.date(), wall.time());
    let (month, day) = (date.month() as u8, date.day() as u8);
    let clock = (time.hour() as u8, time.minute() as u8, time.second() as u8);
    Datetime::from_ymd_hms(i32::from(date.year()), month, day, clock.0, clock.1, clock.2)
        .and_then(|made| Timestamp::new_local(made, 7 * 60))
        .ok_or_else(|| format!("letterhead.issued_at is out of range: {text:?}"))
}

fn export(paper: &Paper<'_>, issued: Timestamp) -> Result<Printed, String> {
    let compiled = typst::compile::<PagedDocument>(paper);
    let document = compiled.output.map_err(|errors| messages(&errors))?;
    // A warning is a missing font or a layout that did not settle: never a paper to hand out.
    if !compiled.warnings.is_empty() {
        return Err(messages(&compiled.warnings));
    }
    let standards =
        PdfStandards::new(&[PdfStandard::A_2b]).map_err(|error| format!("{error:?}"))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Liên Thông".to_owned())),
        timestamp: Some(issued),
        standards,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| messages(&errors))?;
    Ok(Printed { pdf, places: places(&document) })
}

/// The code to scan is a file of its own; what stays in the data is whether there is one.
fn take_picture(data: &mut Value) -> Option<String> {
    let field = data.get_mut("qr")?;
    let svg = field.as_str().filter(|svg| !svg.is_empty()).map(str::to_owned);
    *field = Value::Bool(svg.is_some());
    svg
}

fn messages(diagnostics: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    messages.join("; ")
}

/// Letters in their composed form: fonts have `ễ`, not `e` with two marks after it. Control
/// characters other than line breaks have no place on paper.
fn compose(value: &mut Value) {
    match value {
        Value::String(text) => {
            *text = text.nfc().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
        }
        Value::Array(items) => items.iter_mut().for_each(compose),
        Value::Object(fields) => fields.values_mut().for_each(compose),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn each_text(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| each_text(field, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
