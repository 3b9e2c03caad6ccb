//! `lienthong bench pages`: the public procedure page and the search at 7,000 procedures, served
//! by the real site on a real socket and asked over loopback by callers that keep their
//! connection, beside a bare server that answers the same bytes from memory.
//!
//! Server, bare server and callers share the machine: compare ratios.

mod callers;
mod catalogue;
mod questions;

use std::net::SocketAddr;

use anyhow::{Context, Result};
use axum::Router;
use axum::http::header;
use axum::routing::get;
use platform::web::{Metrics, Options, Server, Site};
use serde_json::json;
use tokio::net::TcpListener;

use callers::{Run, ask, fetch};

use crate::commands::quiet_house;
use crate::house::House;
use crate::settings::Home;
use crate::{parts, say};

const PROCEDURES: usize = 7_000;
/// As many as a busy site has open; half of the processors serve, half ask.
const CALLERS: usize = 64;
/// Searches that nobody asked before are measured one after another: their time, not their queue.
const SEARCHERS: usize = 1;
const SEARCHES_MAX: u64 = 5_000;

/// Measures `n` requests of each kind, a line of JSON for each.
pub async fn run(n: u64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let home = Home::folder(folder.path().to_owned());
    let house = quiet_house(&home).await?;
    let catalogue = catalogue::fill(&house.ctx, PROCEDURES).await?;
    say::line(
        &json!({ "bench": "pages-catalogue", "procedures": catalogue.count,
        "imported": catalogue.imported })
        .to_string(),
    );
    let address = serve(&house).await?;
    measure(address, &catalogue, n).await?;
    house.close(None).await;
    Ok(())
}

async fn measure(address: SocketAddr, catalogue: &catalogue::Catalogue, n: u64) -> Result<()> {
    let path = format!("/thu-tuc/{}", catalogue.typical);
    let page = vec![path.clone()];
    let bare = serve_bare(fetch(address, &path).await?).await?;
    let many: Vec<String> = catalogue.codes.iter().map(|code| format!("/thu-tuc/{code}")).collect();
    let static_paths = vec![static_path(address).await?];
    // Warm: what is measured is a site at work, not its first second.
    ask(address, &page, CALLERS, n / 10).await?;
    let ceiling = ask(bare, &["/".to_owned()], CALLERS, n).await?;
    print("pages-procedure", CALLERS, &ask(address, &page, CALLERS, n).await?, Some(&ceiling));
    ask(address, &many, CALLERS, many.len() as u64).await?;
    print("pages-procedures-all", CALLERS, &ask(address, &many, CALLERS, n).await?, Some(&ceiling));
    print(
        "pages-static-file",
        CALLERS,
        &ask(address, &static_paths, CALLERS, n).await?,
        Some(&ceiling),
    );
    let searches = n.min(SEARCHES_MAX);
    let questions = questions::about(&catalogue.names, searches as usize);
    print(
        "pages-search-new",
        SEARCHERS,
        &ask(address, &questions, SEARCHERS, searches).await?,
        None,
    );
    let fresh = questions::about_other(&catalogue.names, searches as usize);
    print("pages-search-new", CALLERS, &ask(address, &fresh, CALLERS, searches).await?, None);
    let often: Vec<String> = questions.into_iter().take(200).collect();
    print("pages-search-often", CALLERS, &ask(address, &often, CALLERS, n).await?, Some(&ceiling));
    Ok(())
}

/// The real site, its limits of pace lifted: all callers here are one address.
async fn serve(house: &House) -> Result<SocketAddr> {
    let mut options = Options::default();
    for paced in [&mut options.limits.page, &mut options.limits.network] {
        paced.per_minute = u32::MAX;
        paced.burst = u32::MAX;
    }
    options.limits.connections_per_address = 4 * CALLERS;
    let site = Site::open(house.ctx.clone(), parts::all(), options, Metrics::install()?).await?;
    let server = Server::bind(site, SocketAddr::from(([127, 0, 0, 1], 0)), None).await?;
    let address = server.address();
    tokio::spawn(server.run(std::future::pending()));
    Ok(address)
}

/// The ceiling: the same bytes, from memory, by the same HTTP library and nothing around it.
async fn serve_bare(answer: callers::Answer) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (body, coding) = (answer.body, answer.coding);
    let respond = move || {
        let (body, coding) = (body.clone(), coding.clone());
        async move {
            let media = "text/html; charset=utf-8".to_owned();
            ([(header::CONTENT_TYPE, media), (header::CONTENT_ENCODING, coding)], body)
        }
    };
    tokio::spawn(
        async move { axum::serve(listener, Router::new().route("/", get(respond))).await },
    );
    Ok(address)
}

/// The style sheet, by the address its contents give it.
async fn static_path(address: SocketAddr) -> Result<String> {
    let page = fetch(address, "/tro-nang").await?.text()?;
    let at = page.find("href=\"/tinh/").context("the page names no style sheet")?;
    let path = page[at + 6..].split('"').next().context("the style sheet has no address")?;
    Ok(path.to_owned())
}

fn print(bench: &str, callers: usize, run: &Run, ceiling: Option<&Run>) {
    let mut line = json!({
        "bench": bench,
        "callers": callers,
        "n": run.n,
        "per_second": run.per_second().round(),
        "cpu_us_per_op": (run.cpu_us as f64 / run.n as f64 * 10.0).round() / 10.0,
        "p50_ms": run.wait_ms(50),
        "p99_ms": run.wait_ms(99),
        "rss_mib": run.rss_mib,
        "body_bytes": run.body_bytes / run.n.max(1),
    });
    if let Some(ceiling) = ceiling {
        line["ceiling"] = "the same bytes from memory, bare axum".into();
        line["ceiling_per_second"] = ceiling.per_second().round().into();
        line["ratio"] =
            ((run.per_second() / ceiling.per_second() * 1000.0).round() / 1000.0).into();
    }
    say::line(&line.to_string());
}
