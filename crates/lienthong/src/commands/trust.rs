//! `lienthong trust`: what the operator of an installation decides about keys, certificate
//! authorities, anchors and time. Requests and certificates are handled on the pages, by two
//! people.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use platform::Ctx;
use platform::words::Locale;
use trust::commands::anchors::{NewAnchors, Purpose};
use trust::commands::authority::NewAuthority;
use trust::commands::{Scribe, anchors, authority, keys, stamps};
use trust::{Keeper, KeyKind, PolicyRow, Refusal, Slug, clockwork, queries, rebuild};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::cli::nothing_goes_out;
use crate::house::{House, Plan};
use crate::say;
use crate::settings::{Home, PublicAddress};

#[derive(Args)]
#[command(mut_args(|arg| arg.global(true)))]
pub struct Trust {
    #[command(flatten)]
    home: Home,
    #[command(flatten)]
    address: PublicAddress,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Certificate authorities whose keys are here
    #[command(subcommand)]
    Authority(Authority),
    /// Private keys
    #[command(subcommand)]
    Key(Key),
    /// Authorities of others that are believed
    #[command(subcommand)]
    Anchor(Anchor),
    /// Time stamps: the policy, other sources of time, the clock
    #[command(subcommand)]
    Time(Time),
}

#[derive(Subcommand)]
enum Authority {
    /// Makes a root and, below it, an authority that issues; with certificates for its own OCSP
    /// responder and time stamps, and the first revocation lists
    Create {
        /// What it is called in every certificate: "Liên Thông thử nghiệm"
        #[arg(long)]
        name: String,
        /// What it is called in addresses; made from the name when left out
        #[arg(long, value_name = "WORD")]
        slug: Option<String>,
        /// Where its keys are kept
        #[arg(long, value_name = "WHERE", default_value = "software")]
        key: Where,
        /// Kind of its keys
        #[arg(long, value_name = "KIND", default_value = "rsa-3072")]
        key_kind: Kind,
        /// For trying out: its certificates say that they have no legal force
        #[arg(long)]
        sandbox: bool,
    },
    /// Lists the authorities and the addresses in their certificates
    List,
    /// Signs every revocation list anew, now
    SignLists,
}

#[derive(Subcommand)]
enum Key {
    /// Makes a key and prints its id
    Make {
        #[arg(long, value_name = "WHERE", default_value = "software")]
        key: Where,
        #[arg(long, value_name = "KIND", default_value = "rsa-3072")]
        key_kind: Kind,
    },
    /// Takes in a private key (PKCS#8, DER or PEM, not encrypted), seals it and prints its id
    Import { file: PathBuf },
}

#[derive(Subcommand)]
enum Anchor {
    /// Believes the authorities in FILE (one or more certificates, PEM or DER)
    Add {
        file: PathBuf,
        /// For what; may be given more than once
        #[arg(long = "for", value_name = "PURPOSE", required = true)]
        purposes: Vec<For>,
        /// Where the file was taken from: an address, the number of a document
        #[arg(long)]
        source: String,
        /// What people call it; by default the name in the certificate
        #[arg(long, default_value = "")]
        name: String,
        /// First day, as 2026-11-23; by default today
        #[arg(long, value_name = "DAY")]
        from: Option<Date>,
        /// Last day
        #[arg(long, value_name = "DAY")]
        to: Option<Date>,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Lists the anchors
    List,
    /// Stops believing an anchor from today on; what it was believed for stays known
    End { id: Uuid },
}

#[derive(Subcommand)]
enum Time {
    /// Under which policy time is stamped here, from a day on
    Policy {
        /// Object identifier, as 1.3.6.1.4.1.…
        #[arg(long)]
        oid: String,
        /// First day, as 2026-11-23
        #[arg(long, value_name = "DAY")]
        from: Date,
        /// How far a stamp may be off, in milliseconds
        #[arg(long, value_name = "MS", default_value_t = 1000)]
        accuracy: u32,
        /// When our clock differs by more from most of the others, nothing is stamped
        #[arg(long, value_name = "MS", default_value_t = 1000)]
        tolerance: u32,
    },
    /// One more time-stamping authority (RFC 3161) that is asked, after those there are
    Add {
        /// http or https
        address: String,
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Forgets one
    Remove { id: Uuid },
    /// Lists the others
    List,
    /// Compares our clock with all of them, now
    Check,
}

#[derive(Clone, Copy, ValueEnum)]
enum Where {
    /// Sealed in the database under the master key
    Software,
    /// In the token named by --pkcs11-module
    Pkcs11,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    #[value(name = "rsa-2048")]
    Rsa2048,
    #[value(name = "rsa-3072")]
    Rsa3072,
    #[value(name = "p-256")]
    P256,
    #[value(name = "p-384")]
    P384,
    #[value(name = "ed25519")]
    Ed25519,
}

#[derive(Clone, Copy, ValueEnum)]
enum For {
    /// Signatures on documents
    Sign,
    /// Time stamps
    Stamp,
    /// Servers
    Server,
}

impl Trust {
    pub async fn run(self) -> Result<()> {
        let creates = matches!(self.what, What::Authority(Authority::Create { .. }));
        ensure!(
            !creates || self.address.public_address.is_some(),
            "--public-address is needed: it stands in every certificate and cannot be changed \
             afterwards / cần --public-address: địa chỉ này nằm trong mọi chứng thư và không đổi \
             được về sau"
        );
        let (mut site, ways_out) = nothing_goes_out();
        site.public_address = self.address.public_address;
        let plan = Plan { home: &self.home, site: &site, ways_out: &ways_out, demo: false };
        let house = House::open(&plan).await?;
        let done = act(&house.ctx, self.what).await;
        house.close(None).await;
        done
    }
}

async fn act(ctx: &Ctx, what: What) -> Result<()> {
    let scribe = Scribe::named(ctx, None, "operator");
    match what {
        What::Authority(what) => authorities(ctx, &scribe, what).await,
        What::Key(what) => key(ctx, &scribe, what).await,
        What::Anchor(what) => anchor(ctx, &scribe, what).await,
        What::Time(what) => time(ctx, &scribe, what).await,
    }
}

async fn authorities(ctx: &Ctx, scribe: &Scribe, what: Authority) -> Result<()> {
    match what {
        Authority::Create { name, slug, key, key_kind, sandbox } => {
            let slug = match slug {
                Some(text) => Some(Slug::parse(&text).context(
                    "--slug: small letters, digits and hyphens / chữ thường, chữ số, gạch nối",
                )?),
                None => None,
            };
            let (kind, keeper) = (key_kind.kind(), key.keeper());
            let new = NewAuthority { name, slug, kind, keeper, sandbox };
            authority::create(ctx, scribe, new).await.map_err(|no| told(ctx, &no))?;
        }
        Authority::List => {}
        Authority::SignLists => {
            for one in ctx.store.read(queries::authorities).await? {
                rebuild(ctx, one.id).await.map_err(|no| told(ctx, &no))?;
            }
        }
    }
    for one in ctx.store.read(queries::authorities).await? {
        // As its certificates have it, whatever is said today.
        let addresses = one.addresses("");
        say::line(&one.name);
        say::line(&format!("  {}", addresses.certificate));
        say::line(&format!("  {}", addresses.crl));
        say::line(&format!("  {}", addresses.ocsp));
    }
    Ok(())
}

async fn key(ctx: &Ctx, scribe: &Scribe, what: Key) -> Result<()> {
    let made = match what {
        Key::Make { key, key_kind } => {
            keys::make(ctx, scribe, (key_kind.kind(), key.keeper())).await
        }
        Key::Import { file } => keys::bring(ctx, scribe, Zeroizing::new(read(&file)?)).await,
    };
    let signer = made.map_err(|no| told(ctx, &no))?;
    say::line(&format!("{}  {}", signer.id(), signer.kind().title()));
    Ok(())
}

async fn anchor(ctx: &Ctx, scribe: &Scribe, what: Anchor) -> Result<()> {
    match what {
        Anchor::Add { file, purposes, source, name, from, to, note } => {
            let new = NewAnchors {
                bundle: read(&file)?,
                name,
                purposes: purposes.into_iter().map(For::purpose).collect(),
                valid_from: from,
                valid_to: to,
                source,
                note,
            };
            let count = anchors::import(ctx, scribe, new).await.map_err(|no| told(ctx, &no))?;
            say::line(&format!("{count} new / mới"));
        }
        Anchor::List => {
            for one in ctx.store.read(queries::all_anchors).await? {
                let to = one.valid_to.map_or("…".to_owned(), |to| to.to_string());
                say::line(&format!("{}  {}  {} → {to}", one.id, one.purposes, one.valid_from));
                say::line(&format!("  {}  {}", one.name, one.fingerprint));
            }
        }
        Anchor::End { id } => {
            anchors::end(ctx, scribe, id).await.map_err(|no| told(ctx, &no))?;
        }
    }
    Ok(())
}

async fn time(ctx: &Ctx, scribe: &Scribe, what: Time) -> Result<()> {
    match what {
        Time::Policy { oid, from, accuracy, tolerance } => {
            let (accuracy_ms, tolerance_ms) = (accuracy.into(), tolerance.into());
            let row = PolicyRow { oid, valid_from: from, accuracy_ms, tolerance_ms };
            stamps::set_policy(ctx, scribe, row).await.map_err(|no| told(ctx, &no))?;
        }
        Time::Add { address, name } => {
            let added = stamps::add_source(ctx, scribe, (&address, &name)).await;
            say::line(&added.map_err(|no| told(ctx, &no))?.to_string());
        }
        Time::Remove { id } => {
            stamps::remove_source(ctx, scribe, id).await.map_err(|no| told(ctx, &no))?;
        }
        Time::List => {
            for source in ctx.store.read(queries::time_sources).await? {
                say::line(&format!("{}  {}  {}", source.id, source.name, source.address));
            }
        }
        Time::Check => {
            for (source, found) in clockwork::check_clock(ctx).await.map_err(|no| told(ctx, &no))? {
                say::line(&match found {
                    Ok(difference) => format!("{}: {difference} ms", source.name),
                    Err(fault) => format!("{}: {fault}", source.name),
                });
            }
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file)
        .with_context(|| format!("{0} cannot be read / không đọc được {0}", file.display()))
}

/// A refusal in both languages, as pages say it.
fn told(ctx: &Ctx, refusal: &Refusal) -> anyhow::Error {
    let speak = |locale| refusal.sentence(&ctx.words.speak(locale));
    anyhow!("{} / {}", speak(Locale::En), speak(Locale::Vi))
}

impl Where {
    fn keeper(self) -> Keeper {
        match self {
            Where::Software => Keeper::Software,
            Where::Pkcs11 => Keeper::Token,
        }
    }
}

impl Kind {
    fn kind(self) -> KeyKind {
        match self {
            Kind::Rsa2048 => KeyKind::Rsa2048,
            Kind::Rsa3072 => KeyKind::Rsa3072,
            Kind::P256 => KeyKind::P256,
            Kind::P384 => KeyKind::P384,
            Kind::Ed25519 => KeyKind::Ed25519,
        }
    }
}

impl For {
    fn purpose(self) -> Purpose {
        match self {
            For::Sign => Purpose::Sign,
            For::Stamp => Purpose::Stamp,
            For::Server => Purpose::Server,
        }
    }
}
