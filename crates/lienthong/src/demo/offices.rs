//! Two provinces that work with their documents in this installation: their desks, which the axis
//! tells what arrives, and what their officers sign and seal with.

use anyhow::{Result, anyhow};
use identity::Scribe;
use office::commands::desks;
use office::desk::Facts;
use platform::Ctx;
use platform::store::StoreError;
use signing::Scope;

use super::errands::Crew;
use super::people::Places;
use super::signing::{self as hands, ASKER, Hands};

pub const DRAFTER: &str = "chuyenvien.hue";
pub const LEADER: &str = "chutich.hue";
pub const CLERK: &str = "vanthu.hue";
pub const NEIGHBOUR: &str = "vanthu.danang";
const NEIGHBOURS_LEADER: &str = "lanhdao.danang";
const NEIGHBOURS_ASKER: &str = "quantri.danang";

/// Both desks. Run again it finds them.
pub async fn open(ctx: &Ctx, places: Places) -> Result<()> {
    let scribe = Scribe::named(ctx, None, "demo");
    let facts = Facts {
        abbreviation: "UBND".to_owned(),
        part: "VP".to_owned(),
        collective: "TM. ỦY BAN NHÂN DÂN".to_owned(),
        ..Facts::default()
    };
    for unit in [places.province, places.neighbour] {
        let asked =
            ctx.store.read::<_, StoreError, _>(move |tx| axis::queries::desk_of(tx, unit.0));
        if asked.await?.is_some() {
            continue;
        }
        let (ctx_, scribe, facts) = (ctx.clone(), scribe.clone(), facts.clone());
        let opened =
            ctx.store.write(move |tx| desks::open_in(tx, &ctx_, &scribe, (unit, &facts))).await;
        opened.map_err(|no| anyhow!("the demo's desks: {no}"))?;
    }
    Ok(())
}

/// Certificates of both leaders, and the seals; the program seals what they signed. Answers with
/// how many certificates were made.
pub async fn equip(ctx: &Ctx, crew: &mut Crew, places: Places) -> Result<usize> {
    let here = Hands {
        asker: ASKER,
        agencies: &[places.province],
        signers: &[(LEADER, "Chủ tịch")],
        scopes: &[Scope::Document],
    };
    let there = Hands {
        asker: NEIGHBOURS_ASKER,
        agencies: &[places.neighbour],
        signers: &[(NEIGHBOURS_LEADER, "Chủ tịch")],
        scopes: &[Scope::Document],
    };
    let made = hands::give(ctx, crew, &here).await?;
    Ok(made + hands::give(ctx, crew, &there).await?)
}
