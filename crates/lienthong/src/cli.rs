//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::settings::{Home, Log, Site, WaysOut};
use crate::{bench, commands, demo, say};

/// Liên Thông: the shared systems of e-Government as one program
#[derive(Parser)]
#[command(name = "lienthong", version, arg_required_else_help = true)]
pub struct Line {
    #[command(flatten)]
    log: Log,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plays the journeys on invented people, then serves the site to try
    Demo(demo::Demo),
    /// Serves the site
    Serve(commands::serve::Serve),
    /// Brings the tables up to date and loads what ships with the program
    Migrate {
        #[command(flatten)]
        home: Home,
    },
    /// Writes a consistent copy of the database and the attachments to FILE while serving goes on
    Backup {
        #[command(flatten)]
        home: Home,
        /// A new file; an existing one is never overwritten
        file: PathBuf,
    },
    /// Fills an empty database from a backup
    Restore {
        #[command(flatten)]
        home: Home,
        file: PathBuf,
    },
    /// Checks the database and the attachments for damage
    Check {
        #[command(flatten)]
        home: Home,
    },
    /// The sealed log of every change: verify it, prove an entry, export the key
    Audit(commands::audit::Audit),
    /// The catalogue of administrative procedures
    Procedures(commands::procedures::Procedures),
    /// The catalogue of agencies and their codes
    Organisations(commands::organisations::Organisations),
    /// Accounts: the first administrator of an installation
    Accounts(commands::accounts::Accounts),
    /// Keys, certificate authorities, anchors and signed time
    Trust(commands::trust::Trust),
    /// The document axis: systems of agencies and their secrets
    Axis(commands::axis::Axis),
    Edxml(commands::edxml::Edxml),
    Verify(commands::verify::Verify),
    Sign(commands::sign::Sign),
    /// Measures this program on this machine, beside the ceiling of the same work
    Bench(bench::Bench),
    /// Prints the description of the JSON API (OpenAPI 3.1)
    Openapi,
}

/// Runs one command; the exit code is 0 when it did what was asked, 2 when it could not.
pub fn run(line: Line) -> ExitCode {
    let ended = start_log(&line).and_then(|()| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let ended = runtime.block_on(dispatch(line.command));
        // A request that hangs does not keep the program from ending.
        runtime.shutdown_timeout(std::time::Duration::from_secs(5));
        ended
    });
    match ended {
        Ok(code) => code,
        Err(error) => {
            say::failure(&error);
            ExitCode::from(2)
        }
    }
}

async fn dispatch(command: Command) -> Result<ExitCode> {
    match command {
        Command::Demo(demo) => demo.run().await,
        Command::Serve(serve) => done(serve.run().await),
        Command::Migrate { home } => done(commands::database::migrate(&home).await),
        Command::Backup { home, file } => done(commands::database::backup(&home, &file).await),
        Command::Restore { home, file } => done(commands::database::restore(&home, &file).await),
        Command::Check { home } => commands::database::check(&home).await,
        Command::Audit(audit) => audit.run().await,
        Command::Procedures(procedures) => procedures.run().await,
        Command::Organisations(organisations) => organisations.run().await,
        Command::Accounts(accounts) => done(accounts.run().await),
        Command::Trust(trust) => done(trust.run().await),
        Command::Axis(axis) => done(axis.run().await),
        Command::Edxml(edxml) => edxml.run(),
        Command::Verify(verify) => verify.run().await,
        Command::Sign(sign) => done(sign.run().await),
        Command::Bench(bench) => done(bench.run().await),
        Command::Openapi => done(commands::openapi::print()),
    }
}

fn done(ended: Result<()>) -> Result<ExitCode> {
    ended.map(|()| ExitCode::SUCCESS)
}

/// Structured lines on standard error: standard output belongs to what a command prints.
fn start_log(line: &Line) -> Result<()> {
    let usual = match line.command {
        Command::Serve(_) => "info",
        _ => "warn",
    };
    let filter = line.log.log.as_deref().unwrap_or(usual);
    let filter = EnvFilter::try_new(filter).with_context(|| {
        format!("--log {filter}: not a filter; try info or platform::jobs=debug")
    })?;
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .flatten_event(true)
        .init();
    platform::panics::log_them();
    Ok(())
}

/// For commands that read and write a database but serve nothing.
pub fn nothing_goes_out() -> (Site, WaysOut) {
    let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let site = Site {
        listen,
        public_address: None,
        axis_listen: None,
        tls_certificate: None,
        tls_key: None,
        trusted_proxies: 0,
        metrics_token: None,
    };
    let ways_out = WaysOut {
        smtp: None,
        mail_from: "khong-tra-loi@lienthong.invalid".to_owned(),
        sms: None,
        sms_key: None,
        printer: None,
    };
    (site, ways_out)
}
