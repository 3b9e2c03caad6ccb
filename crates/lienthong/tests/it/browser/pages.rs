//! Every kind of page, judged by axe: empty, filled and in error, narrow and wide, in both
//! languages. A page that scrolls sideways at 320 px, or weighs too much, fails too.

use std::fs;
use std::path::PathBuf;

use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use super::{Browser, PASSWORD, Program, is_wanted};

const FOR_ANYONE: [&str; 19] = [
    "/",
    "/thu-tuc",
    "/thu-tuc?q=dang+ky+khai+sih",
    "/thu-tuc?q=zzzzqqq",
    "/thu-tuc/1.001193",
    "/nop-ho-so/1.001193",
    "/tra-cuu",
    "/kiem-tra",
    "/kiem-tra/AAAA-AAAA",
    "/dang-nhap",
    "/dang-ky",
    "/don-vi",
    "/don-vi/H57",
    "/don-vi/H01?q=hue",
    "/tro-giup",
    "/tro-nang",
    "/quyen-rieng-tu",
    "/khong-co-trang-nay",
    "/mau-giao-dien",
];
const FOR_CITIZENS: [&str; 5] =
    ["/ho-so", "/vi-giay-to", "/tai-khoan", "/tai-khoan/phien", "/nop-ho-so/1.001193"];
const WHOLE_VIEW_BYTES_MAX: u64 = 100_000;

#[tokio::test(flavor = "multi_thread")]
async fn no_page_breaks_a_rule_of_accessibility() {
    if !is_wanted() {
        return;
    }
    let axe = std::env::var("TEST_AXE").expect("TEST_AXE names axe.min.js");
    let axe = fs::read_to_string(axe).unwrap();
    let program = Program::start();
    let browser = Browser::open(true).await;
    let mut judge = Judge { page: browser.page.clone(), axe, wrong: Vec::new(), seen: 0 };
    for path in FOR_ANYONE {
        judge.look(&program.address, path).await;
    }
    judge.mistakes(&program.address).await;
    sign_in(&judge.page, &program.address).await;
    for path in FOR_CITIZENS {
        judge.look(&program.address, path).await;
    }
    let (wrong, seen) = (judge.wrong, judge.seen);
    browser.close().await;
    println!("campaign: {seen} views judged by axe");
    assert!(wrong.is_empty(), "pages break rules:\n  {}", wrong.join("\n  "));
}

struct Judge {
    page: Client,
    axe: String,
    wrong: Vec<String>,
    seen: usize,
}

impl Judge {
    async fn look(&mut self, address: &str, path: &str) {
        for (language, width, height) in [("vi", 360, 740), ("en", 1280, 900), ("vi", 320, 640)] {
            self.page.set_window_size(width, height).await.unwrap();
            let sign = if path.contains('?') { '&' } else { '?' };
            self.page.goto(&format!("{address}{path}{sign}lang={language}")).await.unwrap();
            let name = format!("{path} {language} {width}");
            self.judge(&name).await;
            if width != 320 {
                self.picture(path, language, width).await;
            }
        }
    }

    async fn judge(&mut self, name: &str) {
        self.seen += 1;
        self.page.execute(&self.axe, Vec::new()).await.unwrap();
        let script = "const done = arguments[arguments.length - 1]; \
                      axe.run(document).then(r => done(r.violations.map(v => v.id + ' ' + \
                      v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))));";
        let found = self.page.execute_async(script, Vec::new()).await.unwrap();
        for violation in found.as_array().into_iter().flatten() {
            self.wrong.push(format!("{name}: {violation}"));
        }
        let measured = self.page.execute(MEASURE, Vec::new()).await.unwrap();
        if measured["sideways"] == json!(true) {
            self.wrong.push(format!("{name}: scrolls sideways"));
        }
        if measured["bytes"].as_u64().unwrap_or(0) > WHOLE_VIEW_BYTES_MAX {
            self.wrong.push(format!("{name}: weighs {} bytes", measured["bytes"]));
        }
    }

    /// Forms sent empty: the error summary is there, takes the focus, and breaks no rule.
    async fn mistakes(&mut self, address: &str) {
        self.page.set_window_size(1280, 1400).await.unwrap();
        for path in ["/dang-nhap", "/tra-cuu", "/kiem-tra"] {
            self.page.goto(&format!("{address}{path}?lang=vi")).await.unwrap();
            let button = Locator::Css("main form[method=post] button[type=submit]");
            self.page.find(button).await.unwrap().click().await.unwrap();
            let title = self.page.title().await.unwrap();
            if !title.starts_with("Lỗi: ") {
                self.wrong.push(format!("{path} sent empty: the title is {title}"));
            }
            self.judge(&format!("{path} in error")).await;
        }
    }

    async fn picture(&self, path: &str, language: &str, width: u32) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
        fs::create_dir_all(&folder).unwrap();
        let name: String =
            path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let picture = self.page.screenshot().await.unwrap();
        fs::write(folder.join(format!("{name}-{language}-{width}.png")), picture).unwrap();
    }
}

const MEASURE: &str = "const all = performance.getEntriesByType('resource')\
    .concat(performance.getEntriesByType('navigation'));\
    return {sideways: document.documentElement.scrollWidth > window.innerWidth + 1,\
    bytes: all.reduce((sum, entry) => sum + (entry.transferSize || 0), 0)};";

async fn sign_in(page: &Client, address: &str) {
    page.goto(&format!("{address}/dang-nhap?lang=vi")).await.unwrap();
    let field = |name: &'static str| async move { page.find(Locator::Css(name)).await.unwrap() };
    field("input[name=login]").await.send_keys("046190000012").await.unwrap();
    field("input[name=password]").await.send_keys(PASSWORD).await.unwrap();
    field("main form button[type=submit]").await.click().await.unwrap();
    let inside = page.execute("return location.pathname", Vec::new()).await.unwrap();
    assert_ne!(inside, Value::from("/dang-nhap"), "not signed in");
}
