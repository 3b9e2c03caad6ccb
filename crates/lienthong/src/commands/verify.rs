//! `lienthong verify`: whether a file is signed, by whom, and whether that holds.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use platform::clock::Clock;
use platform::words::{Locale, Speech, Word, Words};
use trust::evidence::Gatherer;
use trust::sentence;
use trust::verdict::{Believed, Finding, Policy, Question, Report, Standing, judge};

use crate::say;

/// Files up to this size are judged.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// Checks the digital signatures of a file: PDF, XML, CMS (.p7s), JWS or ASiC-E.
///
/// Exit code 0: there is a signature and all of them are valid. 1: one is wrong for certain. 2:
/// nothing is signed, or it cannot be verified (an authority that is not trusted, no word about
/// revocation …), or the file cannot be read.
///
/// Nothing in the file is trusted by itself: name the authorities with --trust. "Valid" needs word
/// about revocation: from the file, from --crl or --ocsp, or from the network with --ask.
#[derive(Args)]
pub struct Verify {
    /// The signed file, or the signature beside it
    file: PathBuf,
    /// What a signature beside its file is over
    #[arg(long, value_name = "FILE")]
    content: Option<PathBuf>,
    /// Authorities to trust (PEM or DER); may be given more than once
    #[arg(long, value_name = "PEM")]
    trust: Vec<PathBuf>,
    /// Certificates that help to find the way to a trusted authority, and are not trusted for it
    #[arg(long, value_name = "PEM")]
    certificate: Vec<PathBuf>,
    /// Lists of revoked certificates (PEM or DER)
    #[arg(long, value_name = "FILE")]
    crl: Vec<PathBuf>,
    /// Answers of responders (OCSP, DER)
    #[arg(long, value_name = "FILE")]
    ocsp: Vec<PathBuf>,
    /// Judges as of this time (2026-11-22T08:00:00+07:00) and not of now; a time stamp that holds
    /// counts before it
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Asks the addresses in trusted certificates about revocation
    #[arg(long)]
    ask: bool,
    /// Does not need word about revocation
    #[arg(long)]
    without_revocation: bool,
    /// Writes what was signed to FILE when everything is valid: the only bytes to go on with
    #[arg(long, value_name = "FILE")]
    signed_content: Option<PathBuf>,
    /// Prints the whole report as JSON
    #[arg(long)]
    json: bool,
    /// Language of the sentences
    #[arg(long, value_name = "vi|en", default_value = "vi")]
    language: Language,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Language {
    Vi,
    En,
}

impl Language {
    pub fn speech(self) -> Result<Speech> {
        let words = Words::load(&[trust::part().words])?;
        Ok(words.speak(match self {
            Language::Vi => Locale::Vi,
            Language::En => Locale::En,
        }))
    }
}

impl Verify {
    pub async fn run(self) -> Result<ExitCode> {
        let file = read(&self.file)?;
        let content = self.content.as_deref().map(read).transpose()?;
        let mut believed = self.believed()?;
        let needs_revocation = !self.without_revocation;
        let file_bytes_max = FILE_BYTES_MAX as usize;
        let policy = Policy { file_bytes_max, needs_revocation, ..Policy::default() };
        let at = self.at.unwrap_or_else(|| Clock::System.now());
        let question = Question { at, policy: &policy, content: content.as_deref() };
        let mut report = judge(&file, &believed.trust(), &question);
        if self.ask && !report.wanted.is_empty() {
            let gathered = Gatherer::new()?.gather(&report.wanted).await;
            gathered.put(&mut believed);
            report = judge(&file, &believed.trust(), &question);
        }
        if let Some(target) = &self.signed_content {
            keep(&report, target)?;
        }
        let speech = self.language.speech()?;
        match self.json {
            true => say::line(&serde_json::to_string_pretty(&report.to_json(&speech))?),
            false => print(&report, &speech),
        }
        Ok(ExitCode::from(match report.standing {
            Standing::Valid => 0,
            Standing::Invalid => 1,
            Standing::Absent | Standing::Unverifiable => 2,
        }))
    }

    fn believed(&self) -> Result<Believed> {
        let mut believed = anchors(&self.trust)?;
        for path in &self.certificate {
            believed.add_certificates(&read(path)?).with_context(|| unfit(path))?;
        }
        for path in &self.crl {
            believed.add_crl(&read(path)?).with_context(|| unfit(path))?;
        }
        for path in &self.ocsp {
            believed.add_ocsp(&read(path)?).with_context(|| unfit(path))?;
        }
        Ok(believed)
    }
}

pub fn unfit(path: &Path) -> String {
    format!("{}: not what it should be / không đúng loại tệp", path.display())
}

/// The authorities in these files, and nothing else yet.
pub fn anchors(paths: &[PathBuf]) -> Result<Believed> {
    let mut believed = Believed::default();
    for path in paths {
        believed.add_anchors(&read(path)?).with_context(|| unfit(path))?;
    }
    Ok(believed)
}

/// A whole file of bounded size.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path)
        .with_context(|| format!("{}: cannot be read / không đọc được", path.display()))?
        .len();
    if size > FILE_BYTES_MAX {
        anyhow::bail!("{}: larger than 256 MB / lớn hơn 256 MB", path.display());
    }
    std::fs::read(path)
        .with_context(|| format!("{}: cannot be read / không đọc được", path.display()))
}

/// The first part of the last signature: what everyone before has signed, too, where signatures
/// follow each other.
fn keep(report: &Report, target: &Path) -> Result<()> {
    let parts: Vec<_> = report.findings.iter().flat_map(|one| &one.parts).collect();
    match (report.standing, parts.as_slice()) {
        (Standing::Valid, [part]) => std::fs::write(target, &part.bytes)
            .with_context(|| format!("{}: cannot be written / không ghi được", target.display())),
        (Standing::Valid, _) => anyhow::bail!(
            "--signed-content: the signatures cover several parts / có nhiều phần được ký"
        ),
        _ => Ok(()),
    }
}

fn print(report: &Report, speech: &Speech) {
    say::line(&sentence::standing(report.standing, speech).to_uppercase());
    say::line(&sentence::summary(report, speech));
    for reason in &report.reasons {
        say::line(&format!("  - {}", sentence::of_reason(reason, speech)));
    }
    if let Some(order) = sentence::of_order(report.order, speech) {
        say::line(&order);
    }
    for stamp in &report.stamps {
        let told = sentence::of_stamp(stamp, speech);
        say::line(&format!("{}: {told}", speech.t("trust-check-file-stamp")));
    }
    for (index, finding) in report.findings.iter().enumerate() {
        say::line("");
        let number = Word::from(index as i32 + 1);
        let heading = speech.with("trust-check-signature", &[("number", number)]);
        say::line(&format!("{heading}: {}", sentence::standing(finding.standing, speech)));
        for (word, text) in rows(finding, speech) {
            say::line(&format!("  {}: {text}", speech.t(word)));
        }
        for reason in &finding.reasons {
            say::line(&format!("  - {}", sentence::of_reason(reason, speech)));
        }
        for note in &finding.notes {
            say::line(&format!("  · {}", sentence::of_note(note, speech)));
        }
    }
}

fn rows(finding: &Finding, speech: &Speech) -> Vec<(&'static str, String)> {
    let mut rows = vec![("trust-check-name", finding.name.clone())];
    if let Some(signer) = sentence::signer(finding, speech) {
        rows.push(("trust-check-signer", signer));
    }
    rows.push(("trust-check-time", sentence::of_time(finding, speech)));
    rows.push(("trust-check-covers", sentence::of_coverage(finding, speech)));
    rows.push(("trust-check-change", sentence::of_change(&finding.change, speech)));
    if let Some(algorithm) = finding.algorithm {
        rows.push(("trust-check-algorithm", algorithm.to_string()));
    }
    let path: Vec<String> =
        finding.path.iter().map(|link| link.certificate.subject.to_string()).collect();
    if !path.is_empty() {
        rows.push(("trust-check-path", path.join(" ← ")));
    }
    rows
}
