//! `lienthong axis link`: other axes that this installation fetches from and feeds.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use axis::commands::linking;
use axis::commands::links::{self, NewLink};
use axis::queries::links::{Standing, standings};
use clap::{Args, Subcommand};
use identity::Scribe;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::words::Locale;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::said;
use crate::say;

#[derive(Subcommand)]
pub enum Link {
    /// Fetches from and feeds another axis from now on
    Add {
        /// Root address of its API: https://truc.example.vn
        address: String,
        /// What this installation is called there (systemid)
        #[arg(long, value_name = "ID")]
        system: String,
        /// The secret it gave us. Seen by everyone on this machine: better a file
        #[arg(long, value_name = "SECRET", conflicts_with = "secret_file")]
        secret: Option<String>,
        /// File that holds the secret and nothing else
        #[arg(long, value_name = "FILE")]
        secret_file: Option<PathBuf>,
        /// Codes that go there, each with all below it; * is all that nobody else takes
        #[arg(long, value_name = "CODE,…", default_value = links::EVERYTHING)]
        covers: String,
        /// How often it is asked, in seconds
        #[arg(long, value_name = "SECONDS", default_value_t = links::EVERY_SECONDS_USUAL)]
        every: i64,
        /// What people call it; its address when left out
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Codes that go to a link from a day on, each with all below it
    Cover {
        id: Uuid,
        /// * is all that nobody else takes
        codes: String,
        #[command(flatten)]
        days: Days,
    },
    /// Ends a code of a link: today is its last day; one that begins today or later is taken back
    Uncover {
        id: Uuid,
        code: String,
        /// The day on which it began, as the list says it
        from: Date,
    },
    /// Lists the links and how each stands
    List,
    /// Ends a link; what still waits for it goes to the work list
    Remove { id: Uuid },
    /// One round now: hands over what waits, fetches what is there
    Run {
        /// Only this one; all when left out
        id: Option<Uuid>,
    },
}

#[derive(Args)]
pub struct Days {
    /// The first day (2027-01-01); today when left out
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The last day; no end is known when left out
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
}

pub async fn run(ctx: &Ctx, scribe: &Scribe, what: Link) -> Result<()> {
    match what {
        Link::Add { address, system, secret, secret_file, covers, every, name } => {
            let secret = Zeroizing::new(match (secret, secret_file) {
                (Some(secret), _) => secret,
                (None, Some(file)) => std::fs::read_to_string(&file).with_context(|| {
                    format!("{0}: cannot be read / không đọc được", file.display())
                })?,
                (None, None) => bail!(
                    "name the secret with --secret-file or --secret / chỉ ra mật khẩu bằng \
                     --secret-file hoặc --secret"
                ),
            });
            let name = if name.is_empty() { address.clone() } else { name };
            let new =
                NewLink { name, address, system_id: system, secret, every_seconds: every, covers };
            let added = links::add(ctx, scribe, new).await;
            say::line(&added.map_err(|refusal| said(ctx, &refusal))?.to_string());
            Ok(())
        }
        Link::Cover { id, codes, days } => {
            let from = days.from.unwrap_or_else(|| local(ctx.clock.now()).date());
            let covered = links::cover(ctx, scribe, (id, &codes), (from, days.to)).await;
            covered.map_err(|refusal| said(ctx, &refusal))
        }
        Link::Uncover { id, code, from } => {
            let ended = links::end_cover(ctx, scribe, (id, &code), from).await;
            ended.map_err(|refusal| said(ctx, &refusal))
        }
        Link::List => list(ctx).await,
        Link::Remove { id } => {
            links::end(ctx, scribe, id).await.map_err(|refusal| said(ctx, &refusal))
        }
        Link::Run { id } => rounds(ctx, id).await,
    }
}

async fn all(ctx: &Ctx) -> Result<Vec<Standing>> {
    standings(ctx).await.map_err(|refusal| said(ctx, &refusal))
}

async fn list(ctx: &Ctx) -> Result<()> {
    let all = all(ctx).await?;
    if all.is_empty() {
        say::line("no links yet / chưa có kết nối nào");
    }
    let (vi, en) = (ctx.words.speak(Locale::Vi), ctx.words.speak(Locale::En));
    for one in all {
        let word = one.link.state_word();
        say::line(&format!("{}  {}  {}", one.link.id, one.link.name, one.link.address));
        let covers: Vec<&str> = one.covered().map(|cover| named(&cover.prefix)).collect();
        say::line(&format!(
            "  {}  {} / {}  waiting {}, sent {}, taken {}, untaken {}",
            covers.join(","),
            en.t(word),
            vi.t(word),
            one.waiting,
            one.sent,
            one.taken,
            one.untaken
        ));
        for cover in
            one.covers.iter().filter(|cover| cover.valid_to.is_none_or(|to| to >= one.today))
        {
            let last = cover.valid_to.map_or_else(|| "…".to_owned(), |last| last.to_string());
            say::line(&format!("  {}  {} – {last}", named(&cover.prefix), cover.valid_from));
        }
        if !one.link.health_detail.is_empty() {
            say::line(&format!("  {}", one.link.health_detail));
        }
    }
    Ok(())
}

fn named(prefix: &str) -> &str {
    if prefix.is_empty() { links::EVERYTHING } else { prefix }
}

/// Says a line of JSON for each; fails when one of the others could not be spoken to.
async fn rounds(ctx: &Ctx, only: Option<Uuid>) -> Result<()> {
    let mut ids: Vec<Uuid> =
        all(ctx).await?.iter().filter(|one| one.link.is_in_use()).map(|one| one.link.id).collect();
    ids.retain(|id| only.is_none_or(|only| only == *id));
    ensure!(!ids.is_empty(), "there is no such link in use / không có kết nối nào đang dùng");
    for id in &ids {
        let round = linking::run(ctx, *id).await.map_err(|refusal| said(ctx, &refusal))?;
        let line = serde_json::json!({ "link": id, "held": round.is_held, "taken": round.taken,
            "refused": round.refused, "sent": round.sent, "failed": round.failed });
        say::line(&line.to_string());
    }
    let after = all(ctx).await?;
    let troubled = after.iter().find(|one| ids.contains(&one.link.id) && one.link.failures > 0);
    match troubled {
        Some(one) => bail!("{}: {}", one.link.name, one.link.health_detail),
        None => Ok(()),
    }
}
