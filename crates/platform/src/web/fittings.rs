//! What stands from the start of a site to its end, and every page may need.

use std::sync::Once;

use tokio::sync::watch;

use crate::Ctx;

use super::assets::Assets;
use super::cache::PageCache;
use super::limits::Options;
use super::menu::MenuItem;
use super::metrics::Metrics;
use super::secret::SiteKey;

pub(crate) struct Fittings {
    pub ctx: Ctx,
    pub key: SiteKey,
    pub menu: Vec<MenuItem>,
    pub assets: Assets,
    pub options: Options,
    pub cache: PageCache,
    pub metrics: Metrics,
    /// What search engines are told.
    pub robots: String,
    /// That cookies travel unprotected is said once.
    pub bare_cookies: Once,
    /// The server was told to end: it finishes what it has and takes nothing new.
    pub draining: watch::Sender<bool>,
}
