//! `lienthong edxml`: packets of the national document axis, looked at.

mod seal;
mod sentence;
mod told;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use platform::words::{Locale, Speech, WordFile, Words};
use serde_json::{Value, json};
use wire::algorithm::Digest;
use wire::edxml::{Fault, Limits, Reader, Reading};

use super::verify::anchors;
use crate::say;

/// The file is read in pieces of this size: no attachment is ever held.
const PIECE_BYTES: usize = 64 << 10;

const WORDS: WordFile =
    WordFile { name: "edxml", vi: include_str!("words/vi.ftl"), en: include_str!("words/en.ftl") };

/// Packets of the national document axis (edXML)
#[derive(Args)]
pub struct Edxml {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Inspect(Inspect),
}

/// Prints what a packet says as JSON: header, trace, business, attachments, signature, warnings.
///
/// Exit code 0: the packet was read. 2: it is malformed, or the file cannot be read; the line and
/// the reason are said.
///
/// A signature is called valid only when its certificate comes from an authority named with
/// --trust; revocation is not asked about here, `lienthong verify` does that.
#[derive(Args)]
struct Inspect {
    file: PathBuf,
    /// Authorities to trust (PEM or DER); may be given more than once
    #[arg(long, value_name = "PEM")]
    trust: Vec<PathBuf>,
}

impl Edxml {
    pub fn run(self) -> Result<ExitCode> {
        let What::Inspect(inspect) = self.what;
        inspect.run()
    }
}

/// The sentences in both languages.
struct Both {
    vi: Speech,
    en: Speech,
}

impl Both {
    fn load() -> Result<Both> {
        let words = Words::load(&[WORDS, trust::part().words])?;
        Ok(Both { vi: words.speak(Locale::Vi), en: words.speak(Locale::En) })
    }
}

/// The file as it is, whatever is in it.
struct Measured {
    size_bytes: u64,
    sha256: Vec<u8>,
}

impl Inspect {
    fn run(self) -> Result<ExitCode> {
        let both = Both::load()?;
        let believed = anchors(&self.trust)?;
        let (measured, read) = stream(&self.file)?;
        let file = json!({
            "name": self.file.display().to_string(),
            "size": measured.size_bytes,
            "sha256": platform::hex::to_hex(&measured.sha256),
        });
        match read {
            Ok(reading) => {
                let size_bytes = measured.size_bytes;
                let signature = seal::judged(&self.file, size_bytes, &reading, &believed, &both)?;
                print(&told::packet(&reading, file, signature, &both))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(fault) => {
                let (line, column) = (fault.place.line, fault.place.column);
                let (vi, en) = sentence::fault(&fault, &both);
                print(&json!({
                    "file": file,
                    "malformed": {"line": line, "column": column, "vi": vi, "en": en},
                }))?;
                anyhow::bail!("{}: {en} / {vi}", self.file.display())
            }
        }
    }
}

fn print(value: &Value) -> Result<()> {
    say::line(&serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Reads the packet piece by piece; a malformed one is measured to its end all the same.
fn stream(path: &Path) -> Result<(Measured, Result<Reading, Fault>)> {
    let unread = || format!("{}: cannot be read / không đọc được", path.display());
    let mut file = File::open(path).with_context(unread)?;
    let mut piece = vec![0; PIECE_BYTES];
    let mut digest = Digest::Sha256.begin();
    let mut size_bytes = 0;
    let mut reader = Ok(Reader::new(Limits::default()));
    loop {
        let length = file.read(&mut piece).with_context(unread)?;
        let bytes = piece.get(..length).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        digest.update(bytes);
        size_bytes += bytes.len() as u64;
        reader = reader.and_then(|reader| push(reader, bytes));
    }
    let measured = Measured { size_bytes, sha256: digest.finish().as_ref().to_vec() };
    Ok((measured, reader.and_then(Reader::finish)))
}

fn push(mut reader: Reader, bytes: &[u8]) -> Result<Reader, Fault> {
    let mut left = bytes;
    while reader.next(&mut left)?.is_some() {}
    Ok(reader)
}
