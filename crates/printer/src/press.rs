//! One document: checked, typeset, exported.

use serde::Deserialize;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use unicode_normalization::UnicodeNormalization;

use crate::templates::{FRAME, template};
use crate::world::{Fonts, Paper, file_id};
use typst::syntax::Source;

#[derive(Deserialize)]
struct Request {
    template: String,
    data: Value,
}

pub struct Press {
    fonts: Fonts,
}

impl Press {
    pub fn new(fonts: Fonts) -> Press {
        Press { fonts }
    }

    /// PDF bytes, or why this cannot be printed, in words for the log of the caller.
    pub fn print(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        let request: Request =
            serde_json::from_slice(request).map_err(|error| format!("not a request: {error}"))?;
        let text = template(&request.template)
            .ok_or_else(|| format!("there is no template {:?}", request.template))?;
        let printed = self.print_template(text, request.data);
        // Partial results of one person's paper have no business in the memory of the next.
        comemo::evict(0);
        printed
    }

    fn print_template(&self, text: &str, mut data: Value) -> Result<Vec<u8>, String> {
        let qr = data.get_mut("qr").map(Value::take).and_then(|qr| qr.as_str().map(str::to_owned));
        compose(&mut data);
        self.check_letters(&data)?;
        let bytes = serde_json::to_vec(&data).map_err(|error| error.to_string())?;
        let paper = Paper {
            fonts: &self.fonts,
            main: Source::new(file_id("main.typ")?, text.to_owned()),
            frame: Source::new(file_id("frame.typ")?, FRAME.to_owned()),
            data: Bytes::new(bytes),
            qr: qr.map(|svg| Bytes::new(svg.into_bytes())),
        };
        export(&paper)
    }

    fn check_letters(&self, data: &Value) -> Result<(), String> {
        let mut missing: Vec<char> = Vec::new();
        each_text(data, &mut |text| missing.extend(self.fonts.missing(text)));
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            return Ok(());
        }
        let list: String = missing.iter().map(|letter| format!(" U+{:04X}", *letter as u32)).collect();
        Err(format!("no font draws these characters:{list}"))
    }
}

fn export(paper: &Paper<'_>) -> Result<Vec<u8>, String> {
    let compiled = typst::compile::<PagedDocument>(paper);
    let document = compiled.output.map_err(|errors| messages(&errors))?;
    // A warning is a missing font or a layout that did not settle: never a paper to hand out.
    if !compiled.warnings.is_empty() {
        return Err(messages(&compiled.warnings));
    }
    let standards = PdfStandards::new(&[PdfStandard::A_2b]).map_err(|error| format!("{error:?}"))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Liên Thông".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| messages(&errors))
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
