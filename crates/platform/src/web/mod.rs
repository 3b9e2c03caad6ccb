//! The web: one site around all capabilities. Pages for people, JSON for programs.
//!
//! A capability gives [`Routes`]; its handlers take a [`View`] and return a [`Page`], a [`Reply`]
//! or a [`Problem`]. Everything else on the way of a request happens in [`Site::answer`].
//!
//! Nothing here knows a capability. What the site assumes of them is three addresses: people sign
//! in at `/dang-nhap?ve=PATH`, sign out with a POST to `/dang-xuat`, and see their account at
//! `/tai-khoan`.

mod about;
mod assets;
mod body;
pub mod cache;
mod compress;
mod connections;
mod cookies;
mod csrf;
mod events;
mod finish;
mod fittings;
pub mod form;
mod guide;
mod head;
mod headers;
mod health;
mod limits;
mod log;
mod markup;
mod menu;
mod metrics;
mod page;
mod patience;
pub mod pieces;
mod problem;
mod rates;
mod redirect;
mod refusal;
mod reply;
mod routes;
mod secret;
mod server;
pub mod session;
mod site;
mod stay;
#[cfg(test)]
mod tests;
mod tls;
mod upload;
mod view;
mod visit;
mod whole;

pub use csrf::{ONCE, TOKEN, TOKEN_HEADER};
pub use form::Form;
pub use limits::{ClassLimits, Limits, Options};
pub use markup::{Markup, escape};
pub use menu::{Count, FOR_ANYONE, FOR_CITIZENS, MenuEntry, MenuItem, Tally};
pub use metrics::{Metrics, MetricsError};
pub use page::{Crumb, Page, safe_return};
pub use problem::{Problem, Saved};
pub use reply::{Reply, Shown};
pub use routes::{Class, Route, RouteClash, Routes, Script, Who};
pub use secret::BearerToken;
pub use server::{BindError, Ended, Server};
pub use session::{Fresh, Holder, Lifetimes, Session, SessionKind};
pub use site::{Site, SiteError};
pub use tls::{TlsError, TlsFiles};
pub use upload::{Piece, Upload};
pub use view::{View, once};
pub use visit::Caller;

use crate::Part;
use crate::store::Tables;
use crate::words::WordFile;

/// The pages every site has, whatever its capabilities.
pub fn part() -> Part {
    let routes = Routes::new()
        .get("/tinh/{name}", Who::Anyone, assets::show)
        .get("/favicon.ico", Who::Anyone, assets::favicon)
        .get("/health/live", Who::Anyone, health::live)
        .get("/health/ready", Who::Anyone, health::ready)
        .get("/metrics", Who::Anyone, health::metrics)
        .merge(about::routes())
        .merge(stay::routes())
        .merge(guide::routes());
    Part {
        name: "web",
        tables: TABLES,
        words: WORDS,
        routes,
        jobs: vec![session::SWEEP_JOB],
        schedules: vec![session::SWEEP_SCHEDULE],
        menu: &[],
    }
}

pub const TABLES: Tables = Tables {
    namespace: "web",
    steps: &[
        ("0001_first", include_str!("tables/0001_first.sql")),
        ("0002_on_behalf", include_str!("tables/0002_on_behalf.sql")),
    ],
};

pub const WORDS: WordFile =
    WordFile { name: "web", vi: include_str!("words/vi.ftl"), en: include_str!("words/en.ftl") };
