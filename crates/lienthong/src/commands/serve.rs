//! `lienthong serve`: the site and its worker, until told to end.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use clap::Args;
use platform::Ctx;
use platform::web::{Metrics, Options, Server, Site as WebSite, TlsFiles};
use tokio::signal::unix::{SignalKind, signal};

use crate::house::{House, Plan};
use crate::settings::{Home, Site, WaysOut};
use crate::{parts, say};

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    pub home: Home,
    #[command(flatten)]
    pub site: Site,
    #[command(flatten)]
    pub ways_out: WaysOut,
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        let plan =
            Plan { home: &self.home, site: &self.site, ways_out: &self.ways_out, demo: false };
        let house = House::open(&plan).await?;
        let server = bind(&house.ctx, &self.site).await?;
        say::line(&format!("Serving {} / Đang phục vụ", address(&self.site, server.address())));
        let worker = house.start_worker();
        let ended = server.run(told_to_end()).await;
        house.close(Some(worker)).await;
        if ended.cut > 0 {
            tracing::warn!(cut = ended.cut, "connections were still busy at the deadline");
        }
        Ok(())
    }
}

pub async fn bind(ctx: &Ctx, site: &Site) -> Result<Server> {
    let metrics = Metrics::install()?;
    let options = Options { metrics_token: site.metrics_token.clone(), ..Options::default() };
    let web = WebSite::open(ctx.clone(), parts::all(), options, metrics).await?;
    let tls = site.tls_certificate.clone().zip(site.tls_key.clone());
    let tls = tls.map(|(certificate, key)| TlsFiles { certificate, key });
    Server::bind(web, site.listen, tls)
        .await
        .with_context(|| format!("{} cannot be opened / không mở được địa chỉ này", site.listen))
}

pub fn address(site: &Site, bound: SocketAddr) -> String {
    let scheme = if site.tls_certificate.is_some() { "https" } else { "http" };
    format!("{scheme}://{bound}")
}

/// Ctrl-C, or what systemd sends.
pub async fn told_to_end() {
    let mut terminate = signal(SignalKind::terminate()).ok();
    let terminated = async {
        match &mut terminate {
            Some(terminate) => terminate.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}
