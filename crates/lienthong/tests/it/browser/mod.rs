//! Chromium on the real program: pages judged by axe in every state, at the width of a cheap phone
//! and of a desk, in both languages; and the whole citizen's way with JavaScript switched off.
//!
//! Runs when `TEST_BROWSER` is set: `./test` installs chromium and its driver first. `TEST_AXE`
//! names axe.min.js; pictures of each page go to target/screenshots.

mod desk;
mod journey;
mod judge;
mod offices;
mod pages;
mod past;
mod phone;
mod program;
mod seat;
mod stage;
mod walks;

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub use judge::Judge;
pub use lienthong::demo::people::PASSWORD;
pub use program::{Program, free_port};
pub use seat::Seat;
pub use stage::Stage;

/// What never comes, a file for instance that is saved and not shown, would be waited for minutes.
const PAGE_LOAD_MS_MAX: u64 = 30_000;

pub fn is_wanted() -> bool {
    let wanted = std::env::var_os("TEST_BROWSER").is_some();
    if !wanted {
        println!("skipped: the browser ring runs in ./test (TEST_BROWSER)");
    }
    wanted
}

pub struct Browser {
    pub page: Client,
    driver: Child,
}

impl Browser {
    pub async fn open(with_scripts: bool) -> Browser {
        Browser::start(options(with_scripts)).await
    }

    /// A phone held upright, without scripts. A finger is told as a press: where no script runs
    /// the driver waits for ever for an answer to a touch.
    pub async fn on_a_phone() -> Browser {
        let mut options = options(false);
        let screen = json!({"width": 360, "height": 740, "pixelRatio": 2.0, "touch": false});
        options["mobileEmulation"] = json!({ "deviceMetrics": screen });
        Browser::start(options).await
    }

    async fn start(options: Value) -> Browser {
        let port = free_port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("browserName".to_owned(), json!("chrome"));
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities.insert("timeouts".to_owned(), json!({ "pageLoad": PAGE_LOAD_MS_MAX }));
        let address = format!("http://127.0.0.1:{port}");
        for _ in 0..100 {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.clone());
            if let Ok(page) = builder.connect(&address).await {
                return Browser { page, driver };
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("chromium does not start");
    }

    pub async fn close(mut self) {
        let _ = self.page.clone().close().await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn options(with_scripts: bool) -> Value {
    let mut options = json!({
        "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", "--lang=vi",
            // Where a page glides to what is to be pressed, the press comes before it is there.
            "--force-prefers-reduced-motion",
        ],
    });
    if !with_scripts {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    options
}
