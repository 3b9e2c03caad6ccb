//! `lienthong sign`: signs a file with a key in a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use clap::{Args, ValueEnum};
use platform::clock::Clock;
use trust::evidence::Gatherer;
use trust::signing::{self, Format, Order, Values, archive};
use trust::verdict::{Believed, Policy, Question, Standing, judge};
use trust::{SoftwareKey, read_key};
use wire::pki::certificate::Certificate;
use wire::pki::path::Anchor;
use wire::pki::time_stamp::Token;

use super::verify::{read, unfit};
use crate::say;

/// Signs a file with a private key in a file.
///
/// PDF files are signed inside (PAdES), XML inside (XAdES), all others in a container (ASiC-E)
/// unless --format says otherwise. With --tsa the time is stamped (level T); when, besides, every
/// certificate can be asked about at the addresses in it, the answers are kept with the signature
/// (level LT), so that it can be checked for years without asking anyone. With --level lta all of
/// that is stamped once more, for the archive.
#[derive(Args)]
pub struct Sign {
    file: PathBuf,
    /// Private key (PKCS#8, PEM or DER, not encrypted)
    #[arg(long, value_name = "PEM")]
    key: PathBuf,
    /// The signer's certificate; further ones in the file count as --chain
    #[arg(long, value_name = "PEM")]
    certificate: PathBuf,
    /// Authorities above the signer
    #[arg(long, value_name = "PEM")]
    chain: Vec<PathBuf>,
    /// By default the one that fits the kind of file
    #[arg(long)]
    format: Option<FormatName>,
    /// Address of a time-stamping authority (RFC 3161), or none
    #[arg(long, value_name = "URL", default_value = "none")]
    tsa: String,
    /// The level that must be reached, else nothing is written. By default as much as can be got,
    /// without the stamp for the archive
    #[arg(long, value_name = "LEVEL")]
    level: Option<Level>,
    /// Of a PDF: the field to sign in; made when it is not there. Of XML: the signature's Id
    #[arg(long, default_value = "ChuKy1")]
    field: String,
    /// Of a PDF: why it is signed
    #[arg(long)]
    reason: Option<String>,
    /// What the file is, for formats that say so
    #[arg(long, value_name = "TYPE", default_value = "application/octet-stream")]
    media_type: String,
    /// A new file; by default FILE with .signed, .p7s, .jws or .asice
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// PDF, inside
    Pades,
    /// XML, inside
    Xades,
    /// A signature beside the file (CMS)
    Cades,
    /// JSON, the file inside
    Jws,
    /// A container with the file and the signature
    Asice,
}

/// How long a signature can be checked; the later includes the earlier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Level {
    /// As long as the certificate is in force
    B,
    /// With a time stamp: signed before that
    T,
    /// With the evidence of revocation: without asking anyone
    Lt,
    /// With a time stamp over all of that: a PDF for the archive
    Lta,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Level::B => "B-B",
            Level::T => "B-T",
            Level::Lt => "B-LT",
            Level::Lta => "B-LTA",
        }
    }
}

impl Sign {
    pub async fn run(self) -> Result<()> {
        let file = read(&self.file)?;
        let (_, key) = read_key(&read(&self.key)?).with_context(|| unfit(&self.key))?;
        let (certificate, chain) = self.certificates()?;
        if certificate.key.as_ref().ok() != Some(key.public_key()) {
            bail!(
                "the key is not the certificate's / khóa không phải của chứng thư: {}",
                self.certificate.display()
            );
        }
        let format = self.format.map_or_else(|| Format::usual_for(&file), FormatName::format);
        let out = self.out.clone().unwrap_or_else(|| beside(&self.file, format));
        let at = Clock::System.now();
        let order = Order {
            format,
            file: &file,
            name: self.file.file_name().and_then(|name| name.to_str()).unwrap_or("file"),
            media_type: &self.media_type,
            certificate: &certificate,
            chain: &chain,
            at,
            field: &self.field,
            reason: self.reason.as_deref(),
            shown: None,
            id: &self.field,
        };
        self.check_level()?;
        let signed = self.signed(&order, &key).await?;
        let level = signed.1.name();
        if self.level.is_some_and(|wanted| signed.1 < wanted) {
            bail!(
                "only {level} was reached: not every certificate could be asked about / \
                   chỉ đạt {level}: không hỏi được tình trạng của mọi chứng thư"
            );
        }
        let mut target = std::fs::File::create_new(&out)
            .with_context(|| format!("{}: cannot be made / không tạo được", out.display()))?;
        target.write_all(&signed.0)?;
        target.sync_all()?;
        say::line(&format!("{} {level}: {}", format.code(), out.display()));
        Ok(())
    }

    fn certificates(&self) -> Result<(Certificate, Vec<Certificate>)> {
        let mut all = Vec::new();
        for path in std::iter::once(&self.certificate).chain(&self.chain) {
            all.extend(Certificate::read_bundle(&read(path)?).with_context(|| unfit(path))?);
        }
        if all.is_empty() {
            bail!("{}: no certificate / không có chứng thư", self.certificate.display());
        }
        let certificate = all.remove(0);
        Ok((certificate, all))
    }

    fn check_level(&self) -> Result<()> {
        let wanted = self.level.unwrap_or(Level::B);
        if wanted > Level::B && self.tsa == "none" {
            bail!("--level: needs --tsa / cần --tsa");
        }
        Ok(())
    }

    /// The bytes and the level that was reached.
    async fn signed(&self, order: &Order<'_>, key: &SoftwareKey) -> Result<(Vec<u8>, Level)> {
        let draft = signing::prepare(order)?;
        let value = key.sign(draft.algorithm(), draft.to_be_signed())?;
        let signed = draft.sign(&value)?;
        if self.tsa == "none" {
            return Ok((signed.finish()?, Level::B));
        }
        let Some(over) = signed.to_be_stamped()? else {
            bail!("--tsa: a JSON signature has no place for a time stamp / JWS không có chỗ");
        };
        let gatherer = Gatherer::new()?;
        let token = self.token(&gatherer, &over).await?;
        let stamped = signed.stamp(&token)?;
        let found = evidence(order, &stamped.clone().finish()?, (&gatherer, &token)).await?;
        let Some(values) = found else { return Ok((stamped.finish()?, Level::T)) };
        let whole = stamped.with_values(&values)?;
        if self.level != Some(Level::Lta) {
            return Ok((whole.finish()?, Level::Lt));
        }
        if let Some(over) = whole.to_be_archived(order.file)? {
            let token = self.token(&gatherer, &over).await?;
            return Ok((whole.archive(&token, order.file)?.finish()?, Level::Lta));
        }
        let archive = archive::prepare(&whole.finish()?)?;
        let token = self.token(&gatherer, &archive.to_be_stamped()).await?;
        Ok((archive.stamp(&token)?, Level::Lta))
    }

    async fn token(&self, gatherer: &Gatherer, over: &[u8]) -> Result<Vec<u8>> {
        let mut random = [0; 8];
        if SystemRandom::new().fill(&mut random).is_err() {
            bail!("the machine gives no chance / máy không cho số ngẫu nhiên");
        }
        Ok(gatherer.stamp(&self.tsa, over, random).await?.0)
    }
}

/// Word about every certificate of the signer and of the time stamp, when all of it can be got.
/// The ends of both chains are believed for that: only to learn what to ask.
async fn evidence(
    order: &Order<'_>,
    file: &[u8],
    (gatherer, token): (&Gatherer, &[u8]),
) -> Result<Option<Values>> {
    let mut believed = Believed::default();
    let top = order.chain.last().unwrap_or(order.certificate);
    believed.anchors.push(Anchor::new(top.clone()));
    let stamped = Token::read(token)?.signed.certificates;
    let has_issuer =
        |one: &Certificate| stamped.iter().any(|other| other.subject == one.issuer && other != one);
    let tops = stamped.iter().filter(|one| one.is_authority() && !has_issuer(one));
    believed.anchors.extend(tops.cloned().map(Anchor::new));
    let content = (order.format == Format::Cades).then_some(order.file);
    let policy = Policy::default();
    let question = Question { at: Clock::System.now(), policy: &policy, content };
    let gathered = gatherer.gather(&judge(file, &believed.trust(), &question).wanted).await;
    gathered.put(&mut believed);
    let is_whole = judge(file, &believed.trust(), &question).standing == Standing::Valid;
    let values = Values {
        certificates: order.chain.iter().chain(&stamped).cloned().collect(),
        ocsp: gathered.ocsp,
        crls: gathered.crls,
    };
    Ok(is_whole.then_some(values))
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            FormatName::Pades => Format::Pades,
            FormatName::Xades => Format::Xades,
            FormatName::Cades => Format::Cades,
            FormatName::Jws => Format::Jws,
            FormatName::Asice => Format::Asice,
        }
    }
}

/// `to-trinh.pdf` becomes `to-trinh.signed.pdf`; a signature beside its file has the whole name.
fn beside(file: &Path, format: Format) -> PathBuf {
    let end = match format {
        Format::Pades => return file.with_extension("signed.pdf"),
        Format::Xades => return file.with_extension("signed.xml"),
        Format::Cades => "p7s",
        Format::Jws => "jws",
        Format::Asice => "asice",
    };
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}
