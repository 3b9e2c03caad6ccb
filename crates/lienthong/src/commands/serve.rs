//! `lienthong serve`: the site and its worker, until told to end.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use clap::Args;
use platform::Ctx;
use platform::web::{Ended, Metrics, Options, Server, Site as WebSite, TlsFiles};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

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
        let doors = Doors::open(&house.ctx, &self.site).await?;
        let site = address(&self.site, doors.address());
        say::line(&format!("Serving {site} / Đang phục vụ"));
        if let Some(axis) = doors.axis_address() {
            let axis = address(&self.site, axis);
            say::line(&format!("Serving the document axis {axis} / Trục liên thông văn bản"));
        }
        let worker = house.start_worker();
        let ended = doors.run(told_to_end()).await;
        house.close(Some(worker)).await;
        if ended.cut > 0 {
            tracing::warn!(cut = ended.cut, "connections were still busy at the deadline");
        }
        Ok(())
    }
}

/// Where the program listens: the site, and the axis beside it when that has a listener of its own.
pub struct Doors {
    site: Server,
    axis: Option<Server>,
}

impl Doors {
    pub async fn open(ctx: &Ctx, site: &Site) -> Result<Doors> {
        let metrics = Metrics::install()?;
        let options = Options { metrics_token: site.metrics_token.clone(), ..Options::default() };
        let web = WebSite::open(ctx.clone(), parts::all(), options, metrics).await?;
        let axis = match site.axis_listen {
            Some(listen) => Some(bind(web.under(axis::MOUNT), site, listen).await?),
            None => None,
        };
        Ok(Doors { site: bind(web, site, site.listen).await?, axis })
    }

    pub fn address(&self) -> SocketAddr {
        self.site.address()
    }

    pub fn axis_address(&self) -> Option<SocketAddr> {
        self.axis.as_ref().map(Server::address)
    }

    /// Both until `end` is ready; both finish what is under way.
    pub async fn run(self, end: impl Future<Output = ()>) -> Ended {
        let (tell, mut told) = watch::channel(());
        let axis = async {
            match self.axis {
                Some(axis) => axis.run(async move { drop(told.changed().await) }).await,
                None => Ended { cut: 0 },
            }
        };
        let site = self.site.run(async move {
            end.await;
            tell.send_replace(());
        });
        let (site, axis) = tokio::join!(site, axis);
        Ended { cut: site.cut + axis.cut }
    }
}

async fn bind(web: WebSite, site: &Site, listen: SocketAddr) -> Result<Server> {
    let tls = site.tls_certificate.clone().zip(site.tls_key.clone());
    let tls = tls.map(|(certificate, key)| TlsFiles { certificate, key });
    Server::bind(web, listen, tls)
        .await
        .with_context(|| format!("{listen} cannot be opened / không mở được địa chỉ này"))
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
