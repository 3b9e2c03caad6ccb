//! Somebody before a browser: goes where a person would, presses what stands on the page, and reads
//! what it says. Nothing here needs JavaScript.

use std::str::FromStr;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use http::Method;
use lienthong::demo::client;
use reqwest::Url;
use serde_json::{Value, json};

use super::Browser;

/// How long a page may take to come.
const PATIENCE: Duration = Duration::from_secs(10);
const ENTER: &str = "\u{e007}";
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// What works behind a page may take longer: a print, a seal, a letter on its way.
const LOOKS_MAX: usize = 400;
const LOOK_AGAIN: Duration = Duration::from_millis(100);

pub struct Seat {
    pub page: Client,
    pub address: String,
}

impl Seat {
    pub fn before(browser: &Browser, address: &str) -> Seat {
        Seat { page: browser.page.clone(), address: address.to_owned() }
    }

    pub async fn go(&self, path: &str) {
        let come = self.page.goto(&format!("{}{path}", self.address)).await;
        come.unwrap_or_else(|error| panic!("{path} does not come: {error}"));
    }

    /// The browser of a person who signed in elsewhere.
    pub async fn become_person(&self, person: &client::Client) {
        self.become_stranger().await;
        for (name, value) in person.cookies() {
            let cookie = json!({"name": name, "value": value, "url": self.address, "path": "/",
                "secure": true, "httpOnly": true});
            self.tools("Network.setCookie", cookie).await;
        }
    }

    pub async fn become_stranger(&self) {
        self.page.delete_all_cookies().await.unwrap();
    }

    /// Presses a link or button by keyboard, and waits for the next page.
    pub async fn click(&self, css: &str) {
        let before = self.found("html").await;
        self.found(css).await.send_keys(ENTER).await.unwrap();
        self.is_over(before).await;
    }

    /// The same with a finger: what is covered by something else cannot be touched.
    pub async fn tap(&self, css: &str) {
        let before = self.found("html").await;
        self.touch(css).await;
        self.is_over(before).await;
    }

    /// With a finger, or the mouse, where no page follows: a box, a field, a part that unfolds.
    pub async fn touch(&self, css: &str) {
        let touched = self.found(css).await.click().await;
        let at = self.path().await;
        touched.unwrap_or_else(|error| panic!("{css} on {at} cannot be touched: {error}"));
    }

    /// The box or circle whose label contains these words.
    pub async fn tick(&self, words: &str) {
        let label = format!("//main//label[contains(normalize-space(.), '{words}')]");
        self.one(Locator::XPath(&label)).await.click().await.unwrap();
    }

    /// Follows the first link whose words contain these.
    pub async fn open(&self, words: &str) {
        let before = self.found("html").await;
        let link = format!("//main//a[contains(normalize-space(.), '{words}')]");
        self.one(Locator::XPath(&link)).await.send_keys(ENTER).await.unwrap();
        self.is_over(before).await;
    }

    pub async fn fill(&self, css: &str, text: &str) {
        self.found(css).await.send_keys(text).await.unwrap();
    }

    pub async fn choose(&self, css: &str, words: &str) {
        let select = self.found(css).await;
        for option in select.find_all(Locator::Css("option")).await.unwrap() {
            if option.text().await.unwrap().contains(words) {
                option.click().await.unwrap();
                return;
            }
        }
        panic!("nothing to choose is called {words}");
    }

    pub async fn says(&self, words: &str) {
        let text = self.text().await;
        let at = self.path().await;
        assert!(text.contains(words), "{at} does not say {words}: {text}");
    }

    /// Loads a page again, as its link says, until it says what is worked on behind it.
    pub async fn says_in_time(&self, path: &str, words: &str) {
        for _ in 0..LOOKS_MAX {
            self.go(path).await;
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        self.says(words).await;
    }

    pub async fn path(&self) -> String {
        self.page.current_url().await.unwrap().path().to_owned()
    }

    pub async fn found(&self, css: &str) -> Element {
        self.one(Locator::Css(css)).await
    }

    async fn one(&self, what: Locator<'_>) -> Element {
        let found = self.page.wait().at_most(PATIENCE).for_element(what).await;
        let at = self.page.current_url().await.unwrap();
        let title = self.page.title().await.unwrap();
        found.unwrap_or_else(|_| panic!("no {what:?} on {at}: {title}"))
    }

    pub async fn tools(&self, command: &'static str, params: Value) -> Value {
        self.page.issue_cmd(DevTools { command, params }).await.unwrap()
    }

    async fn text(&self) -> String {
        self.found("main").await.text().await.unwrap()
    }

    /// Until the page is gone, as its root is, and another has come.
    async fn is_over(&self, before: Element) {
        let mut waited = Duration::ZERO;
        while before.tag_name().await.is_ok() {
            assert!(waited < PATIENCE, "no page follows {}", self.path().await);
            tokio::time::sleep(LOOK_EVERY).await;
            waited += LOOK_EVERY;
        }
        self.found("main").await;
    }
}

/// What WebDriver has no word for: exact widths below a window's least, pictures of whole pages.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.params});
        (Method::POST, Some(body.to_string()))
    }
}
