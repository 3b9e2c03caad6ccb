//! `lienthong bench`: what this program does on this machine, each beside the ceiling of the same
//! work measured in the same run. One JSON object a line:
//! `{"bench","n","per_second","cpu_us_per_op","p50_ms","p99_ms","rss_mib","ceiling",…,"ratio"}`.
//!
//! Compare ratios; absolute figures drift with the machine's other work.

mod axis;
mod pages;
mod process;
mod store;
mod trust;

use anyhow::Result;
use clap::{Args, Subcommand};
use platform::store::Address;

#[derive(Args)]
pub struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Durable units of work a second, by number of callers, beside the bare engine
    Store {
        /// Units at each number of callers
        #[arg(long, default_value_t = 20_000)]
        n: u64,
        /// Also on this PostgreSQL, in a schema without our tables
        #[arg(long, value_name = "URL")]
        database: Option<String>,
    },
    /// The public procedure page and search at 7,000 procedures, over a real socket
    Pages {
        /// Requests of each kind
        #[arg(long, default_value_t = 50_000)]
        n: u64,
    },
    /// Documents that the axis accepts, hands on and hears about, over a real socket
    Axis(axis::Axis),
    /// Reads an order of `bench axis` and carries it out as its client
    #[command(hide = true)]
    AxisLoad,
    /// Signatures, verdicts, time stamps, OCSP answers and certificates, beside the bare operation
    /// of the cryptographic library on the same bytes
    Trust {
        /// How long each is measured
        #[arg(long, default_value_t = 2)]
        seconds: u64,
    },
}

impl Bench {
    pub async fn run(self) -> Result<()> {
        match self.what {
            What::Store { n, database } => {
                let folder = tempfile::tempdir()?;
                let mut engines = vec![Address::Sqlite(folder.path().join("bench.sqlite"))];
                engines.extend(database.map(Address::Postgres));
                store::run(n, &engines).await
            }
            What::Pages { n } => pages::run(n).await,
            What::Axis(axis) => axis.run().await,
            What::AxisLoad => axis::load::run().await,
            What::Trust { seconds } => trust::run(seconds),
        }
    }
}
