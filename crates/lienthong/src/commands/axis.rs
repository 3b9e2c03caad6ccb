//! `lienthong axis`: the systems of agencies at the document axis, and its links to others. Secrets
//! are shown once.

mod link;
mod setting;

use anyhow::{Result, anyhow};
use axis::commands::systems::{self, NewSystem, OVERLAP_HOURS};
use axis::{Refusal, Secret, SystemId, queries};
use clap::{Args, Subcommand};
use identity::Scribe;
use platform::Ctx;

use super::quiet_house;
use crate::say;
use crate::settings::Home;

#[derive(Args)]
#[command(mut_args(|arg| arg.global(true)))]
pub struct Axis {
    #[command(flatten)]
    home: Home,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Programs that send and fetch for agencies
    #[command(subcommand)]
    System(System),
    /// Other axes: the national one, or those of ministries and provinces
    #[command(subcommand)]
    Link(link::Link),
    /// Shows what is set, or sets one value from now on
    Set(setting::Set),
}

#[derive(Subcommand)]
enum System {
    /// Enters a system and prints its secret, once
    Add {
        /// What it calls itself (systemid): up to 64 visible characters
        id: String,
        /// Identification codes of the agencies that it speaks for
        #[arg(long = "for", value_name = "CODE,…", value_delimiter = ',', required = true)]
        agencies: Vec<String>,
        /// A secret that it has already, of at least 8 characters; made when left out
        #[arg(long, value_name = "SECRET")]
        secret: Option<String>,
        /// What people call it
        #[arg(long, default_value = "")]
        name: String,
        /// May enter agencies in the catalogue and end them: below a ministry or province that it
        /// speaks for at once, elsewhere when an administrator agrees
        #[arg(long)]
        registers: bool,
    },
    /// Lists the systems and the agencies that they speak for
    List,
    /// Shuts a system out at once
    Suspend { id: String },
    /// Lets it in again
    Resume { id: String },
    /// Gives a system another secret and prints it, once
    Secret {
        id: String,
        /// A secret that it has already; made when left out
        #[arg(long, value_name = "SECRET")]
        secret: Option<String>,
        /// For how many hours the one before still opens; 0 when it may have become known
        #[arg(long, value_name = "HOURS", default_value_t = OVERLAP_HOURS)]
        overlap: i64,
    },
}

impl Axis {
    pub async fn run(self) -> Result<()> {
        let house = quiet_house(&self.home).await?;
        let scribe = Scribe::named(&house.ctx, None, "lienthong");
        let ended = match self.what {
            What::System(what) => run(&house.ctx, &scribe, what).await,
            What::Link(what) => link::run(&house.ctx, &scribe, what).await,
            What::Set(what) => setting::run(&house.ctx, &scribe, what).await,
        };
        house.close(None).await;
        ended
    }
}

async fn run(ctx: &Ctx, scribe: &Scribe, what: System) -> Result<()> {
    let done = match what {
        System::List => return list(ctx).await,
        System::Add { id, agencies, secret, name, registers } => {
            let id = system(&id)?;
            let secret = given(ctx, secret)?;
            let new = NewSystem { id: id.clone(), name, agencies, secret, registers };
            systems::add(ctx, scribe, new).await.map(|secret| told(&id, &secret))
        }
        System::Suspend { id } => systems::suspend(ctx, scribe, system(&id)?, true).await,
        System::Resume { id } => systems::suspend(ctx, scribe, system(&id)?, false).await,
        System::Secret { id, secret, overlap } => {
            let (id, secret) = (system(&id)?, given(ctx, secret)?);
            let renewed = systems::renew_secret(ctx, scribe, id.clone(), (secret, overlap)).await;
            renewed.map(|secret| told(&id, &secret))
        }
    };
    done.map_err(|refusal| said(ctx, &refusal))
}

fn system(text: &str) -> Result<SystemId> {
    SystemId::parse(text).map_err(|fault| anyhow!("{text}: {fault}"))
}

fn given(ctx: &Ctx, text: Option<String>) -> Result<Option<Secret>> {
    let secret = text.as_deref().map(Secret::given).transpose();
    secret.map_err(|refusal| said(ctx, &refusal))
}

fn said(ctx: &Ctx, refusal: &Refusal) -> anyhow::Error {
    anyhow!(refusal.both(ctx))
}

fn told(id: &SystemId, secret: &Secret) {
    say::line(&format!("systemid: {id}"));
    say::line(&format!("secret:   {}", secret.text()));
    say::line("Keep it now: it is shown once. / Ghi lại ngay: chỉ hiện một lần.");
    if secret.is_short() {
        say::line(
            "It is short: whoever hears one request can try to guess it. Change it soon with \
             `lienthong axis system secret`. / Khóa này ngắn, dễ bị dò. Nên đổi sớm.",
        );
    }
}

async fn list(ctx: &Ctx) -> Result<()> {
    let all = ctx.store.read(queries::systems).await?;
    if all.is_empty() {
        say::line("no systems yet / chưa có hệ thống nào");
    }
    for (system, agencies) in all {
        let codes: Vec<&str> = agencies.iter().map(|agency| agency.code.as_str()).collect();
        let state = match (system.suspended_at, system.seen_at) {
            (Some(at), _) => format!("suspended since / tạm dừng từ {at:.0}"),
            (None, Some(at)) => format!("last seen / lần cuối {at:.0}"),
            (None, None) => "never seen / chưa kết nối".to_owned(),
        };
        say::line(&format!("{}  {}  ({})  {state}", system.id, codes.join(","), system.name));
    }
    Ok(())
}
