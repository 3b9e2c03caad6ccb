//! The judge: axe on every page shown, no page scrolls sideways or weighs too much, and a picture
//! of each is kept. It remembers which pages it saw, so that none can be forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Locator;
use serde_json::{Value, json};

use super::{Browser, Seat};

const WHOLE_VIEW_BYTES_MAX: u64 = 100_000;
/// What is rightly not there, and says what to do.
const MISSING: [&str; 2] = ["/khong-co-trang-nay", "/kiem-tra/AAAA-AAAA"];
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(20);

pub struct Judge {
    pub seat: Seat,
    /// What breaks a rule, in the order found.
    pub wrong: Vec<String>,
    /// How many views were judged.
    pub seen: usize,
    /// Paths of the pages that came up, as the browser named them.
    pub paths: BTreeSet<String>,
    /// What ids are called in the names of pictures, so that each run paints over the last.
    pub names: Vec<(String, String)>,
}

impl Judge {
    /// From now on every page of this browser comes with axe.
    pub async fn new(browser: &Browser, address: &str) -> Judge {
        let axe = std::env::var("TEST_AXE").expect("TEST_AXE names axe.min.js");
        let axe = json!({ "source": fs::read_to_string(axe).unwrap() });
        let (wrong, paths) = (Vec::new(), BTreeSet::new());
        let (seat, names) = (Seat::before(browser, address), Vec::new());
        let judge = Judge { seat, wrong, seen: 0, paths, names };
        judge.seat.tools("Page.addScriptToEvaluateOnNewDocument", axe).await;
        judge
    }

    /// A page on a cheap phone in Vietnamese (and whether it holds at 320 px), then on a desk in
    /// English.
    pub async fn look(&mut self, path: &str) {
        for (language, width) in [("vi", 360), ("en", 1280)] {
            self.width(width).await;
            self.seat.go(&in_language(path, language)).await;
            self.judge(&format!("{path} {language} {width}")).await;
            self.picture(path, language, width).await;
            if width == 360 {
                self.narrowest(path).await;
            }
        }
    }

    pub async fn look_at_all(&mut self, paths: &[&str]) {
        for path in paths {
            self.look(path).await;
        }
    }

    /// What is on the screen now, as it came up after an act.
    pub async fn look_here(&mut self, name: &str) {
        self.judge(name).await;
        self.picture(name, "vi", 360).await;
        self.narrowest(name).await;
    }

    /// A page whose form is sent with nothing in it, or with `answers`: the title says that
    /// something is wrong, the summary has the focus, and no rule is broken.
    pub async fn mistake(&mut self, path: &str, answers: &[(&str, &str)]) {
        self.width(360).await;
        self.seat.go(&in_language(path, "vi")).await;
        self.mistake_here(path, answers).await;
    }

    /// The same with the form that is on the screen.
    pub async fn mistake_here(&mut self, name: &str, answers: &[(&str, &str)]) {
        if !self.send(answers).await {
            self.note(format!("{name}: has no form to send"));
            return;
        }
        let title = self.seat.page.title().await.unwrap();
        let name = format!("{name} in error");
        if !title.starts_with("Lỗi: ") {
            self.note(format!("{name}: the title is {title}"));
        }
        let focused = self.ask("return document.activeElement?.className").await;
        if focused != json!("error-summary") {
            self.note(format!("{name}: the summary has not the focus, {focused} has"));
        }
        self.look_here(&name).await;
    }

    /// Empties the form with most to answer, answers it, and presses its button; `false` when
    /// there is none.
    pub async fn send(&mut self, answers: &[(&str, &str)]) -> bool {
        self.send_to("", answers).await
    }

    /// The same with the form whose address contains `action`.
    pub async fn send_to(&mut self, action: &str, answers: &[(&str, &str)]) -> bool {
        let answers: Vec<Value> =
            answers.iter().map(|(name, value)| json!([name, value])).collect();
        let given = vec![Value::from(answers), action.into()];
        let sent = self.seat.page.execute(SEND, given).await.unwrap();
        if sent != json!(true) {
            return false;
        }
        if !self.next_page().await {
            let here = self.seat.page.current_url().await.unwrap();
            self.note(format!("{}: nothing came after the form was sent", here.path()));
        }
        true
    }

    /// Chooses a file in the form whose address contains `action`, and presses its button.
    pub async fn upload(&mut self, action: &str, file: &Path) {
        let css = format!("main form[action*='{action}'] input[type=file][name=tep]");
        let input = self.seat.page.find(Locator::Css(&css)).await.unwrap();
        input.send_keys(file.to_str().unwrap()).await.unwrap();
        self.seat.page.execute(UPLOAD, vec![action.into()]).await.unwrap();
        assert!(self.next_page().await, "nothing came after {file:?} was sent");
    }

    /// The path of the first link inside the page that is open, whose address contains `part`.
    pub async fn link(&self, part: &str) -> String {
        let css = format!("main a[href*='{part}']");
        let here = self.seat.page.current_url().await.unwrap();
        let link = self.seat.page.find(Locator::Css(&css)).await;
        let link = link.unwrap_or_else(|_| panic!("no link to {part} on {here}"));
        link.attr("href").await.unwrap().unwrap()
    }

    pub async fn width(&self, width: u32) {
        let size = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        self.seat.tools("Emulation.setDeviceMetricsOverride", size).await;
    }

    async fn judge(&mut self, name: &str) {
        self.seen += 1;
        let found = self.seat.page.execute_async(JUDGE, Vec::new()).await.unwrap();
        self.paths.insert(found["path"].as_str().unwrap().to_owned());
        for violation in found["violations"].as_array().expect("axe judged the page") {
            self.note(format!("{name}: {violation}"));
        }
        let bytes = found["bytes"].as_u64().expect("a weight");
        if bytes > WHOLE_VIEW_BYTES_MAX {
            self.note(format!("{name}: weighs {bytes} bytes"));
        }
        if found["missing"] == json!(true) && !MISSING.iter().any(|path| name.starts_with(path)) {
            self.note(format!("{name}: is not there"));
        }
    }

    /// Said at once, too: a page further on may end the test.
    fn note(&mut self, wrong: String) {
        println!("{wrong}");
        self.wrong.push(wrong);
    }

    async fn narrowest(&mut self, name: &str) {
        self.width(320).await;
        let wide = self.ask(SIDEWAYS).await;
        if wide != Value::Null {
            self.note(format!("{name} 320: scrolls sideways: {wide}"));
        }
        self.width(360).await;
    }

    async fn ask(&self, script: &str) -> Value {
        self.seat.page.execute(script, Vec::new()).await.unwrap()
    }

    /// Until the page that was asked for has come in place of the marked one.
    async fn next_page(&self) -> bool {
        let mut waited = Duration::ZERO;
        while waited < PATIENCE {
            let come = self.seat.page.execute(IS_NEXT, Vec::new()).await;
            if come.is_ok_and(|come| come == json!(true)) {
                return true;
            }
            tokio::time::sleep(LOOK_EVERY).await;
            waited += LOOK_EVERY;
        }
        false
    }

    async fn picture(&self, path: &str, language: &str, width: u32) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
        fs::create_dir_all(&folder).unwrap();
        let path =
            self.names.iter().fold(path.to_owned(), |path, (id, name)| path.replace(id, name));
        let pieces = path.split('/').map(|piece| if is_id(piece) { "id" } else { piece });
        let name = pieces.collect::<Vec<_>>().join("-");
        let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        let whole =
            json!({"format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true});
        let picture = self.seat.tools("Page.captureScreenshot", whole).await;
        let picture = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
        fs::write(folder.join(format!("{name}-{language}-{width}.png")), picture).unwrap();
    }
}

/// Long, with a digit: an id or a secret, another one in every run.
fn is_id(piece: &str) -> bool {
    piece.len() > 30 && !piece.contains('?') && piece.bytes().any(|byte| byte.is_ascii_digit())
}

fn in_language(path: &str, language: &str) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}lang={language}")
}

/// What axe finds, what the view weighs, and whether the page is there, in one question.
const JUDGE: &str = "const done = arguments[arguments.length - 1]; \
    axe.run(document, {resultTypes: ['violations']}).then(result => {\
      const [entry] = performance.getEntriesByType('navigation');\
      done({\
        path: location.pathname,\
        missing: entry.responseStatus === 404,\
        bytes: performance.getEntriesByType('resource').concat([entry])\
          .reduce((sum, entry) => sum + (entry.transferSize || 0), 0),\
        violations: result.violations.map(v => v.id + ' ' +\
          v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')),\
      });\
    });";

/// What sticks out, or nothing.
const SIDEWAYS: &str = "if (document.documentElement.scrollWidth <= innerWidth + 1) return null;\
    return [...document.querySelectorAll('body *')]\
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)\
    .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30))\
    .slice(-3).join(' | ') || 'something';";

const IS_NEXT: &str = "return window.isOld === undefined && document.readyState === 'complete'";

const UPLOAD: &str = "window.isOld = true;\
    document.querySelector(`main form[action*='${arguments[0]}']`).requestSubmit();";

/// The form with most to answer, or else the first: emptied, answered, sent as its button would.
/// One that takes files is sent where no other has anything to answer.
const SEND: &str = "const open = '[name]:not([type=hidden]):not([type=submit]):not(button)';\
    const all = [...document.querySelectorAll('main form[method=post]')]\
      .filter(form => (form.getAttribute('action') || '').includes(arguments[1]));\
    const plain = all.filter(form => !form.hasAttribute('enctype') && form.querySelector(open));\
    const forms = plain.length ? plain : all;\
    const form = forms.sort((a, b) => b.querySelectorAll(open).length\
      - a.querySelectorAll(open).length)[0];\
    if (!form) return false;\
    for (const input of form.querySelectorAll(open)) {\
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = false;\
      else if (input.tagName === 'SELECT') input.value = '';\
      else if (input.type !== 'file') input.value = '';\
    }\
    for (const [name, value] of arguments[0]) {\
      for (const input of form.querySelectorAll('[name=\"' + name + '\"]')) {\
        if (input.type !== 'radio' && input.type !== 'checkbox') input.value = value;\
        else if (input.value === value) input.checked = true;\
      }\
    }\
    window.isOld = true;\
    const button = form.querySelector('button[type=submit]:not([name])');\
    form.requestSubmit(button);\
    return true;";
