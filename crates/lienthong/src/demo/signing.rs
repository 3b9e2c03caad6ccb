//! What the demo's officers sign with: certificates asked for and approved over the site by two
//! people, as everywhere; pictures of invented signatures and seals; and the rule that lets the
//! program seal what they signed.

use anyhow::{Context, Result, anyhow};
use identity::AccountId;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use signing::Scope;
use signing::commands::pictures::{self, NewPicture, Owner};
use signing::commands::rules::{self, NewRule};

use super::client::Client;
use super::errands::{self, Crew};
use super::people::Places;
use super::pictures as drawn;

pub const CLERK: &str = "motcua.mau";
pub const LEADER: &str = "lanhdao.mau";
pub const ASKER: &str = "quantri.mau";
pub const DECIDER: &str = "hethong.mau";

/// What is still to be asked for.
enum Wanted {
    Seal(UnitId),
    Signature(&'static str, &'static str),
}

/// Who needs certificates and seals, and for which papers the program seals.
pub struct Hands<'a> {
    /// Who asks for them.
    pub asker: &'static str,
    pub agencies: &'a [UnitId],
    /// Login and title.
    pub signers: &'a [(&'static str, &'static str)],
    pub scopes: &'a [Scope],
}

/// Those of the commune, who act on dossiers.
pub async fn open(ctx: &Ctx, crew: &mut Crew, places: Places) -> Result<usize> {
    let hands = Hands {
        asker: ASKER,
        agencies: &[places.counter, places.commune],
        signers: &[(CLERK, "Cán bộ một cửa"), (LEADER, "Chủ tịch")],
        scopes: &[Scope::Slip, Scope::Result],
    };
    give(ctx, crew, &hands).await
}

/// Whoever signs gets a certificate; the agencies get seals. Run again it finds them. Answers with
/// how many certificates were made.
pub async fn give(ctx: &Ctx, crew: &mut Crew, hands: &Hands<'_>) -> Result<usize> {
    let wanted = wanted(ctx, hands).await?;
    if !wanted.is_empty() {
        let now = ctx.clock.now();
        let mut asker = crew.take(hands.asker, now).await?;
        let mut decider = crew.take(DECIDER, now).await?;
        for one in &wanted {
            certificate(ctx, (&mut asker, &mut decider), one).await?;
            picture(ctx, hands.asker, one).await?;
        }
        crew.keep(hands.asker, asker);
        crew.keep(DECIDER, decider);
    }
    for unit in hands.agencies {
        sealed_by_rule(ctx, *unit, hands.scopes).await?;
    }
    Ok(wanted.len())
}

async fn wanted(ctx: &Ctx, hands: &Hands<'_>) -> Result<Vec<Wanted>> {
    let now = ctx.clock.now();
    let mut wanted = Vec::new();
    let mut units = hands.agencies.to_vec();
    units.dedup();
    for unit in units {
        let sealed = ctx.store.read(move |tx| signing::queries::can_seal(tx, unit, now));
        if !sealed.await? {
            wanted.push(Wanted::Seal(unit));
        }
    }
    for (login, title) in hands.signers.iter().copied() {
        let account = account(ctx, login).await?;
        let signs = ctx.store.read(move |tx| signing::queries::can_sign(tx, account.0, now));
        if !signs.await? {
            wanted.push(Wanted::Signature(login, title));
        }
    }
    Ok(wanted)
}

async fn certificate(
    ctx: &Ctx,
    (asker, decider): (&mut Client, &mut Client),
    wanted: &Wanted,
) -> Result<()> {
    let mut answers = vec![("carrier", "software".to_owned())];
    match wanted {
        Wanted::Seal(unit) => {
            answers.push(("profile", "seal".to_owned()));
            answers.push(("unit", code(ctx, *unit).await?));
        }
        Wanted::Signature(login, title) => {
            let account = account(ctx, login).await?;
            answers.push(("profile", "officer".to_owned()));
            answers.push(("unit", code(ctx, home(ctx, account).await?).await?));
            answers.push(("login", (*login).to_owned()));
            answers.push(("title", (*title).to_owned()));
        }
    }
    let answers: Vec<(&str, &str)> = answers.iter().map(|(name, text)| (*name, &**text)).collect();
    errands::certificate((asker, decider), &answers).await
}

async fn account(ctx: &Ctx, login: &'static str) -> Result<AccountId> {
    let found = ctx.store.read(move |tx| identity::queries::by_login(tx, login)).await?;
    found.with_context(|| format!("no demo officer {login}"))
}

async fn home(ctx: &Ctx, account: AccountId) -> Result<UnitId> {
    let found = ctx.store.read(move |tx| identity::queries::account(tx, account)).await?;
    let unit = found.and_then(|account| account.unit);
    unit.map(UnitId).context("a demo officer has a unit")
}

async fn code(ctx: &Ctx, unit: UnitId) -> Result<String> {
    let found = ctx.store.read(move |tx| organisations::queries::unit(tx, unit)).await?;
    Ok(found.context("the demo's agencies are in the catalogue")?.code.to_string())
}

/// From today on the program seals what was signed.
async fn sealed_by_rule(ctx: &Ctx, unit: UnitId, scopes: &[Scope]) -> Result<()> {
    let known = ctx.store.read(move |tx| signing::queries::sealing_rules(tx, unit)).await?;
    let valid_from = local(ctx.clock.now()).date();
    for scope in scopes.iter().copied() {
        if known.iter().any(|rule| rule.scope == scope) {
            continue;
        }
        let new = NewRule { unit, scope: Some(scope), valid_from, valid_to: None };
        let made = rules::make_here(ctx, "demo", new).await;
        made.map_err(|no| anyhow!("the demo's sealing rule: {no}"))?;
    }
    Ok(())
}

/// How the signature or the seal looks on paper.
async fn picture(ctx: &Ctx, asker: &'static str, wanted: &Wanted) -> Result<()> {
    let new = match wanted {
        Wanted::Signature(login, _) => NewPicture {
            owner: Owner::Account(account(ctx, login).await?.0),
            png: drawn::signature(u32::from(*login == LEADER))?,
            tenths_mm: None,
        },
        Wanted::Seal(unit) => NewPicture {
            owner: Owner::Unit(*unit),
            png: drawn::seal()?,
            tenths_mm: Some((drawn::SEAL_TENTHS_MM, drawn::SEAL_TENTHS_MM)),
        },
    };
    let by = account(ctx, asker).await?;
    let put = pictures::seed(ctx, (by.0, "demo"), new).await;
    put.map(drop).map_err(|no| anyhow!("the demo's pictures: {no}"))
}
