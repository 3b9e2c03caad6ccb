//! A whole house for one test: the parts it is about on a store of its own, at a fixed hour, and
//! visitors who go in by the front door as a browser does.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderMap, Method, StatusCode, header};
use jiff::Timestamp;

use super::store::lent_store;
use crate::clock::Clock;
use crate::files::Files;
use crate::ids::Ids;
use crate::jobs::{self, JobKind, Ran};
use crate::outside::{Mail, Outbox, Outside, Press, PressPlan, Sms};
use crate::store::{Store, Tables};
use crate::vault::{MasterKey, Vault};
use crate::web::{Caller, ClassLimits, Metrics, Options, Site, TOKEN, TOKEN_HEADER};
use crate::words::{WordFile, Words, WordsError};
use crate::{Ctx, Part, Settings};

/// Monday, 23 November 2026, 09:00 in Vietnam: an ordinary working day.
pub const MONDAY_MORNING: Timestamp = Timestamp::constant(1_795_399_200, 0);

pub struct House {
    pub ctx: Ctx,
    pub site: Site,
    jobs: Vec<JobKind>,
    /// The data folder; goes away with the house.
    _folder: tempfile::TempDir,
}

impl House {
    /// `parts` beside those of the ground. A house that cannot be built ends the test.
    pub async fn build(parts: Vec<Part>) -> House {
        House::build_printing(parts, None).await
    }

    /// With a press: the program keeps the protocol of `outside::press`.
    pub async fn build_printing(parts: Vec<Part>, press: Option<PathBuf>) -> House {
        or_end(House::try_build(parts, Plan { press, ..Plan::default() }).await)
    }

    /// On a store in which `beginning` has been already.
    pub async fn build_begun(parts: Vec<Part>, beginning: Beginning) -> House {
        or_end(House::try_build(parts, Plan { beginning, ..Plan::default() }).await)
    }

    /// With other options of the web: short lives, small limits.
    pub async fn build_with(parts: Vec<Part>, options: Options) -> Result<House, String> {
        House::try_build(parts, Plan { options, ..Plan::default() }).await
    }

    async fn try_build(parts: Vec<Part>, plan: Plan) -> Result<House, String> {
        let mut all = crate::parts();
        all.extend(parts);
        let tables: Vec<Tables> = all.iter().map(|part| part.tables).collect();
        let words: Vec<WordFile> = all.iter().map(|part| part.words).collect();
        let jobs = all.iter().flat_map(|part| part.jobs.iter().copied()).collect();
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let Plan { options, press, beginning } = plan;
        let Beginning { name, work } = beginning;
        let lent = lent_store(&tables, name, async |store| {
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            work(ctx(store, &words, BEGINNING_IDS, (&folder, None))?).await
        });
        let store = lent.await.map_err(|error| error.to_string())?;
        let ctx = ctx(store, &words, IDS, (&folder, press))?;
        let metrics = Metrics::apart().map_err(|error| error.to_string())?;
        let site = Site::open(ctx.clone(), all, options, metrics);
        let site = site.await.map_err(|error| error.to_string())?;
        Ok(House { ctx, site, jobs, _folder: folder })
    }

    /// What a stranger sees who comes for the first time.
    pub async fn get(&self, path: &str) -> Answer {
        self.visitor().get(path).await
    }

    /// Somebody with a browser of their own.
    pub fn visitor(&self) -> Visitor {
        Visitor { site: self.site.clone(), cookies: BTreeMap::new(), token: None }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request) -> Answer {
        self.site.refresh().await;
        Answer::read(self.site.answer(request, Caller::local()).await).await
    }

    /// Runs every job that is due, and those they lead to.
    #[expect(clippy::panic, reason = "a queue that cannot be read ends the test")]
    pub async fn run_jobs(&self) -> Ran {
        match jobs::run_due(&self.ctx, &self.jobs).await {
            Ok(ran) => ran,
            Err(error) => panic!("jobs cannot be run: {error}"),
        }
    }
}

/// What makes one house another.
struct Plan {
    options: Options,
    press: Option<PathBuf>,
    beginning: Beginning,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { options: quick_limits(), press: None, beginning: Beginning::none() }
    }
}

type Work = Box<dyn FnOnce(Ctx) -> BoxFuture + Send>;
type BoxFuture = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// What many tests would do first and what takes long: done once for a process, and what it wrote
/// to the store is there for each of them. The name tells one from another.
pub struct Beginning {
    name: &'static str,
    work: Work,
}

impl Beginning {
    pub fn of<F, T, E>(
        name: &'static str,
        work: impl FnOnce(Ctx) -> F + Send + 'static,
    ) -> Beginning
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        E: Display,
    {
        let work: Work = Box::new(move |ctx| {
            let work = work(ctx);
            Box::pin(async { work.await.map(drop).map_err(|error| error.to_string()) })
        });
        Beginning { name, work }
    }

    /// Nothing but the tables.
    pub fn none() -> Beginning {
        Beginning::of("", async |_| Ok::<(), String>(()))
    }
}

/// Ids of one house do not come again in what was begun for it.
const IDS: u64 = 7;
const BEGINNING_IDS: u64 = 11;

#[expect(clippy::panic, reason = "a test without its house has nothing to say")]
fn or_end(built: Result<House, String>) -> House {
    match built {
        Ok(house) => house,
        Err(reason) => panic!("the house of this test cannot be built: {reason}"),
    }
}

/// Nobody waits, and everyone comes from one address.
fn quick_limits() -> Options {
    let mut options = Options::default();
    let limits = &mut options.limits;
    let classes: [&mut ClassLimits; 7] = [
        &mut limits.network,
        &mut limits.page,
        &mut limits.form,
        &mut limits.attempt,
        &mut limits.upload,
        &mut limits.api,
        &mut limits.events,
    ];
    for class in classes {
        class.per_minute = 1_000_000;
        class.burst = 1_000_000;
    }
    options
}

/// Reading all sentences takes longer than most tests: those of the same parts are read once.
fn read_once(files: &[WordFile]) -> Result<Words, WordsError> {
    static READ: Mutex<Vec<(Vec<&str>, Words)>> = Mutex::new(Vec::new());
    let texts: Vec<&str> = files.iter().flat_map(|file| [file.vi, file.en]).collect();
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, words)) = read.iter().find(|(held, _)| *held == texts) {
        return Ok(words.anew());
    }
    let words = Words::load(files)?;
    read.push((texts, words.anew()));
    Ok(words)
}

fn ctx(
    store: Store,
    words: &[WordFile],
    seed: u64,
    (folder, press): (&tempfile::TempDir, Option<PathBuf>),
) -> Result<Ctx, String> {
    let clock = Clock::fixed(MONDAY_MORNING);
    let ids = Ids::seeded(seed, clock.clone());
    let outbox = Outbox::new(store.clone(), clock.clone(), ids.clone());
    let files = Files::at(folder.path(), store.clone(), clock.clone(), ids.clone());
    Ok(Ctx {
        files: files.map_err(|error| error.to_string())?,
        words: read_once(words).map_err(|error| error.to_string())?,
        outside: Outside {
            press: Press::new(PressPlan::with(press)),
            mail: Mail::Recorded(outbox.clone()),
            sms: Sms::Recorded(outbox),
        },
        vault: Vault::new(&MasterKey::new([9; 32])).map_err(|error| error.to_string())?,
        settings: std::sync::Arc::new(Settings {
            public_address: "http://localhost".to_owned(),
            machine_address: None,
            demo: true,
            trusted_proxies: 0,
            token: None,
        }),
        store,
        clock,
        ids,
    })
}

/// What came back, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body as text; bytes that are none are replaced, see `bytes` for those.
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    #[expect(clippy::panic, reason = "an answer that breaks off ends the test")]
    async fn read(response: Response) -> Answer {
        let (parts, body) = response.into_parts();
        match to_bytes(body, usize::MAX).await {
            Ok(bytes) => Answer {
                status: parts.status,
                headers: parts.headers,
                text: String::from_utf8_lossy(&bytes).into_owned(),
                bytes: bytes.to_vec(),
            },
            Err(error) => panic!("the answer broke off: {error}"),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads, empty for other answers.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// What stands between the tags of `<title>`.
    pub fn title(&self) -> &str {
        let rest = self.text.split_once("<title>").map_or("", |(_, rest)| rest);
        rest.split_once("</title>").map_or("", |(title, _)| title)
    }

    /// The value of the first input called `name`.
    pub fn input(&self, name: &str) -> Option<&str> {
        let at = self.text.find(&format!("name=\"{name}\""))?;
        let tag = self.text[at..].split('>').next()?;
        let value = tag.split_once("value=\"")?.1;
        value.split('"').next()
    }
}

/// A browser: keeps cookies and remembers the form token of the last page it saw.
#[derive(Clone)]
pub struct Visitor {
    site: Site,
    cookies: BTreeMap<String, String>,
    token: Option<String>,
}

impl Visitor {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.go(Method::GET, path, &[], String::new()).await
    }

    /// Sends a form with the token of the last page. A visitor who saw no form yet gets one from
    /// the page at the same path, as a person would.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        if self.token.is_none() {
            self.get(path).await;
        }
        let token = self.token.clone().unwrap_or_default();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair(TOKEN, &token);
        form.extend_pairs(fields);
        let media = (header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded");
        self.go(Method::POST, path, &[media], form.finish()).await
    }

    /// Sends files as `(field, file name, media type, content)` behind text fields.
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str, &[u8])],
    ) -> Answer {
        let token = self.token.clone().unwrap_or_default();
        let fields: Vec<_> = [(TOKEN, token.as_str())].iter().chain(fields).copied().collect();
        let body = multipart(&fields, files);
        let media = (header::CONTENT_TYPE.as_str(), "multipart/form-data; boundary=xxLineXX");
        self.go(Method::POST, path, &[media], body).await
    }

    /// JSON, as a script of the page sends it: with the token in a header.
    pub async fn json(&mut self, method: Method, path: &str, body: &str) -> Answer {
        let token = self.token.clone().unwrap_or_default();
        let headers = [("content-type", "application/json"), (TOKEN_HEADER, token.as_str())];
        self.go(method, path, &headers, body.to_owned()).await
    }

    /// Any request, with this browser's cookies.
    #[expect(clippy::panic, reason = "a request that cannot be written ends the test")]
    pub async fn go(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let Ok(request) = request.body(body.into()) else { panic!("not a request: {path}") };
        self.site.refresh().await;
        let answer = Answer::read(self.site.answer(request, Caller::local()).await).await;
        self.learn(&answer);
        answer
    }

    /// The cookie `name`, if the browser holds it.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    fn learn(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap_or_default();
            let pair = text.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else { continue };
            match text.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        if let Some(token) = answer.input(TOKEN) {
            self.token = Some(token.to_owned());
        }
    }
}

fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--xxLineXX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    for (name, file_name, media, content) in files {
        let head = format!(
            "--xxLineXX\r\nContent-Disposition: form-data; name=\"{name}\"; \
             filename=\"{file_name}\"\r\nContent-Type: {media}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xxLineXX--\r\n");
    body
}
