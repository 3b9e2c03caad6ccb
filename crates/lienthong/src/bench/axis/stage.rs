//! An axis to measure: a house of its own with systems and mailboxes, served on a real socket by
//! this process, and clients that are processes of their own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, anyhow, ensure};
use axis::commands::systems::{self, NewSystem};
use axis::yardstick::{self, Agency};
use axis::{Secret, SystemId};
use identity::Scribe;
use organisations::{Unit, queries};
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::web::{Ended, Metrics, Options, Server, Site};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::task::JoinHandle;

use super::load::{Account, Act, Order, Report};
use super::signer::Seal;
use crate::commands::quiet_house;
use crate::house::House;
use crate::parts;
use crate::settings::Home;

/// As many as a busy axis has open.
pub const CALLERS: usize = 64;
/// The most recipients of a packet, and one mailbox that is emptied.
const AGENCIES: usize = 64;
const SECRET: &str = "mat-khau-chi-de-do-toc-do-0123456789";
const ROOT: &str = "/axis";
const SENDER: &str = "G22";
/// Whose communes have mailboxes, too.
const BOXES: &str = "H57";

pub struct Stage {
    pub house: House,
    address: SocketAddr,
    server: JoinHandle<Ended>,
    pub sender: Account,
    pub from: String,
    /// Each with the system that fetches from it.
    pub boxes: Vec<(Account, String)>,
    pub data: PathBuf,
    agencies: Vec<Agency>,
    pub seal: Seal,
}

impl Stage {
    /// On SQLite in this folder, or on this PostgreSQL.
    pub async fn open(folder: &Path, database: Option<&str>, metrics: Metrics) -> Result<Stage> {
        let home =
            Home { database: database.map(str::to_owned), ..Home::folder(folder.to_owned()) };
        let house = quiet_house(&home).await?;
        let agencies = agencies(&house.ctx).await?;
        let (first, others) = agencies.split_first().context("no agencies in the catalogue")?;
        ensure!(others.len() == AGENCIES, "the catalogue has too few agencies");
        let sender = system(&house.ctx, "do.gui", &first.code).await?;
        let mut boxes = Vec::new();
        for (number, one) in others.iter().enumerate() {
            let account = system(&house.ctx, &format!("do.nhan.{number}"), &one.code).await?;
            boxes.push((account, one.code.clone()));
        }
        let (address, server) = serve(&house, metrics).await?;
        let (from, data) = (first.code.clone(), folder.to_owned());
        let seal = Seal::cut(&house.ctx).await?;
        Ok(Stage { house, address, server, sender, from, boxes, data, agencies, seal })
    }

    pub async fn close(self) {
        self.server.abort();
        self.house.close(None).await;
    }

    /// Lays in documents of the past.
    pub async fn fill(&self, stored: u64, more: u64) -> Result<()> {
        Ok(yardstick::fill(&self.house.ctx, &self.agencies, (stored, more)).await?)
    }

    /// The codes of so many recipients; never that of the mailbox that is emptied.
    pub fn recipients(&self, count: usize) -> Vec<String> {
        self.boxes.iter().skip(1).take(count).map(|(_, code)| code.clone()).collect()
    }

    /// Has another process do something, and waits for what it says.
    pub async fn order(&self, callers: usize, act: Act) -> Result<Report> {
        let order = Order { address: self.address, root: ROOT.to_owned(), callers, act };
        let mut client = Command::new(std::env::current_exe()?)
            .args(["bench", "axis-load"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut input = client.stdin.take().context("the client has no input")?;
        input.write_all(&serde_json::to_vec(&order)?).await?;
        drop(input);
        let ended = client.wait_with_output().await?;
        ensure!(ended.status.success(), "the load client failed: {}", ended.status);
        let report: Report = serde_json::from_slice(&ended.stdout)?;
        ensure!(report.failed == 0, "{} refused, first {}", report.failed, report.first_failure);
        Ok(report)
    }
}

/// A ministry that sends, and provinces and communes that receive.
async fn agencies(ctx: &Ctx) -> Result<Vec<Agency>> {
    let today = local(ctx.clock.now()).date();
    let read = move |tx: &mut Tx| {
        let mut units = Vec::from_iter(queries::by_code(tx, SENDER)?);
        for province in queries::provinces(tx, today)? {
            let communes = match province.code.as_str() {
                BOXES => queries::communes(tx, province.id, today)?,
                _ => Vec::new(),
            };
            units.push(province);
            units.extend(communes);
        }
        units.truncate(1 + AGENCIES);
        let named = |unit: Unit| Agency {
            unit: unit.id,
            code: unit.code.as_str().to_owned(),
            name: unit.name.to_string(),
        };
        Ok::<_, StoreError>(units.into_iter().map(named).collect())
    };
    Ok(ctx.store.read(read).await?)
}

async fn system(ctx: &Ctx, id: &str, code: &str) -> Result<Account> {
    let scribe = Scribe::named(ctx, None, "bench");
    let told = |refusal: axis::Refusal| anyhow!("{}", refusal.both(ctx));
    let new = NewSystem {
        id: SystemId::parse(id)?,
        name: String::new(),
        agencies: vec![code.to_owned()],
        secret: Some(Secret::given(SECRET).map_err(told)?),
        registers: false,
    };
    systems::add(ctx, &scribe, new).await.map_err(told)?;
    Ok(Account { system: id.to_owned(), secret: SECRET.to_owned() })
}

/// The real site, its limits of pace lifted: all callers here are one address.
async fn serve(house: &House, metrics: Metrics) -> Result<(SocketAddr, JoinHandle<Ended>)> {
    let mut options = Options::default();
    let limits = &mut options.limits;
    for paced in [&mut limits.network, &mut limits.api, &mut limits.upload, &mut limits.machine] {
        paced.per_minute = u32::MAX;
        paced.burst = u32::MAX;
    }
    options.limits.connections_per_address = 4 * CALLERS;
    let site = Site::open(house.ctx.clone(), parts::all(), options, metrics).await?;
    let server = Server::bind(site, SocketAddr::from(([127, 0, 0, 1], 0)), None).await?;
    let address = server.address();
    Ok((address, tokio::spawn(server.run(std::future::pending()))))
}
