//! The web through its front door: a small part with one door of each kind.

mod cache;
mod cookies;
mod csrf;
mod fields;
mod forms;
mod guards;
mod machines;
mod pages;
mod problems;
mod replies;
mod routes;
mod server;
mod sessions;
mod tls;
mod uploads;

use std::convert::Infallible;

use askama::Template;
use axum::extract::State;
use axum::response::sse::Event;
use futures_util::StreamExt;
use http::{Method, StatusCode};
use uuid::Uuid;

use super::form::Answers;
use super::session::{self, Fresh, Holder, SessionKind};
use super::{
    FOR_ANYONE, FOR_CITIZENS, Form, MenuEntry, MenuItem, Options, Page, Problem, Reply, Routes,
    Script, Shown, Tally, Upload, View, Who,
};
use crate::store::{StoreError, Tables};
use crate::testing::{House, Visitor};
use crate::words::WordFile;
use crate::{Ctx, Part};

/// The account that every test visitor signs in to.
const ACCOUNT: Uuid = Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001);

async fn house() -> House {
    House::build(vec![probe()]).await
}

async fn house_with(change: impl FnOnce(&mut Options)) -> House {
    let mut options = Options::default();
    change(&mut options);
    House::build_with(vec![probe()], options).await.expect("a house")
}

/// Somebody who signed in as `kind`: `citizen`, `enterprise` or `officer`.
async fn signed_in(house: &House, kind: &str) -> Visitor {
    let mut visitor = house.visitor();
    let answer = visitor.get(&format!("/vao?kind={kind}")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    visitor
}

fn probe() -> Part {
    let routes = Routes::new()
        .get("/thu", Who::Anyone, show_form)
        .post("/thu", Who::Anyone, echo)
        .attempt("/doan", Who::Anyone, echo)
        .upload("/tep", Who::Anyone, count_files)
        .get("/cong-khai", Who::Anyone, public)
        .get("/cong-khai/bieu-mau", Who::Anyone, public_form)
        .get("/cong-khai/da-biet", Who::Anyone, public_known)
        .get("/giu", Who::Anyone, keep_something)
        .get("/vao", Who::Anyone, enter)
        .get("/ra", Who::SignedIn, leave)
        .get("/chung-minh-lai", Who::SignedIn, prove_again)
        .get("/cong-dan", Who::Citizen, name_of)
        .post("/cong-dan", Who::Citizen, echo)
        .get("/can-bo/hang-doi", Who::Officer, desk)
        .get("/sap", Who::Anyone, fall)
        .get("/cham", Who::Anyone, slow)
        .get("/may-ben", Who::Anyone, beside)
        .machine(Method::POST, "/may/goi", as_json)
        .script(Script { name: "ben", source: "// ghi chú\nlet ben = 1;\n" })
        .get("/xong", Who::Anyone, done)
        .get("/tai-ve", Who::Anyone, download)
        .events("/su-kien", Who::SignedIn, events)
        .get("/api/v1/thu", Who::Anyone, as_json)
        .get("/api/v1/rieng", Who::SignedIn, as_json)
        .get("/api/v1/hong", Who::Anyone, fall)
        .get("/hong/khong-ro", Who::Anyone, lose_the_answer)
        .get("/api/v1/khong-ro", Who::Anyone, lose_the_answer)
        .post("/api/v1/thu", Who::Anyone, take_json);
    Part {
        name: "probe",
        tables: Tables { namespace: "probe", steps: &[] },
        words: WordFile {
            name: "probe",
            vi: "probe-notice-done = Đã xong việc\nprobe-door = Cửa chung\nprobe-own = Cửa riêng\n",
            en: "probe-notice-done = The work is done\nprobe-door = Common\nprobe-own = Own\n",
        },
        routes,
        jobs: vec![],
        schedules: vec![],
        menu: &[
            MenuItem { path: "/thu", word: "probe-door", right: FOR_ANYONE, count: None },
            MenuItem { path: "/cong-dan", word: "probe-own", right: FOR_CITIZENS, count: None },
        ],
    }
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<h1>Thử</h1><form method=\"post\">{{ view.csrf() }}{{ padding }}</form>"
)]
struct FormPage<'a> {
    view: &'a View,
    padding: String,
}

#[derive(Template)]
#[template(ext = "html", source = "<h1>{{ text }}</h1>")]
struct TextPage {
    text: String,
}

async fn show_form(view: View) -> Result<Page, Problem> {
    let padding = "đất nước ".repeat(if view.query("dai").is_some() { 400 } else { 0 });
    Page::new(&view, "Thử".to_owned(), &FormPage { view: &view, padding })
}

/// Talks to a program on the person's machine.
async fn beside(view: View) -> Result<Page, Problem> {
    let page = Page::new(&view, "Máy".to_owned(), &TextPage { text: "Máy".to_owned() })?;
    Ok(page.script("ben").reaches("wss://127.0.0.1:8987"))
}

/// Shows what came, name by name.
async fn echo(view: View, Form(typed): Form<Answers>) -> Result<Page, Problem> {
    let pairs: Vec<String> =
        typed.pairs().map(|(name, value)| format!("{name}=[{value}]")).collect();
    Page::new(&view, "Đã nhận".to_owned(), &TextPage { text: pairs.join(" ") })
}

async fn count_files(view: View, mut upload: Upload) -> Result<Page, Problem> {
    let mut lines = Vec::new();
    while let Some(piece) = upload.next().await? {
        let name = piece.name.clone();
        match piece.file_name.clone() {
            Some(file) => lines.push(format!("{name}: {file}, {} byte", piece.drain().await?)),
            None => lines.push(format!("{name}=[{}]", piece.text().await?)),
        }
    }
    Page::new(&view, "Đã nhận".to_owned(), &TextPage { text: lines.join("; ") })
}

/// Different each time it is rendered, so that a kept page is known by staying the same.
async fn public(view: View, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let text = format!("Số {} {}", ctx.ids.token(), "việc công ".repeat(200));
    Ok(Page::new(&view, "Công khai".to_owned(), &TextPage { text })?.public("probe"))
}

async fn public_form(view: View) -> Result<Page, Problem> {
    let content = FormPage { view: &view, padding: String::new() };
    Ok(Page::new(&view, "Thử".to_owned(), &content)?.public("probe"))
}

async fn public_known(view: View) -> Result<Page, Problem> {
    let text = format!("Đã biết: {}", view.kept("probe").unwrap_or_default());
    Ok(Page::new(&view, "Thử".to_owned(), &TextPage { text })?.public("probe"))
}

async fn keep_something(view: View) -> Reply {
    view.keep("probe", "0a1b", 60);
    Reply::see("/cong-khai/da-biet")
}

async fn enter(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let kind = match view.query("kind").as_deref() {
        Some("officer") => SessionKind::Officer,
        Some("enterprise") => SessionKind::Enterprise,
        _ => SessionKind::Citizen,
    };
    let holder = Holder { subject: ACCOUNT, kind, label: "Trần Văn Bảo".to_owned() };
    begin(&ctx, &view, Fresh::new(&ctx, &view, holder)).await
}

async fn prove_again(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let fresh = Fresh::reproved(&ctx, &view).ok_or_else(Problem::sign_in)?;
    begin(&ctx, &view, fresh).await
}

async fn begin(ctx: &Ctx, view: &View, fresh: Fresh) -> Result<Reply, Problem> {
    let begun = fresh.clone();
    ctx.store.write::<_, StoreError, _>(move |tx| session::begin(tx, &begun)).await?;
    view.keep_session(&fresh);
    Ok(Reply::see("/cong-dan"))
}

async fn leave(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    if let (Some(subject), Some(id)) = (view.session.subject(), view.session.id()) {
        ctx.store.write::<_, StoreError, _>(move |tx| session::end(tx, subject, id)).await?;
    }
    view.forget_session();
    Ok(Reply::see("/thu"))
}

async fn name_of(view: View) -> Result<Page, Problem> {
    let text = format!("Chào {} {}", view.session.label(), "việc riêng ".repeat(200));
    Page::new(&view, "Riêng".to_owned(), &TextPage { text })
}

async fn desk(view: View) -> Result<Page, Problem> {
    let content = TextPage { text: "Hàng đợi".to_owned() };
    let entry = |path: &str, label: &str, count| MenuEntry {
        path: path.to_owned(),
        label: label.to_owned(),
        count,
    };
    let menu = vec![
        entry("/can-bo/hang-doi", "Chờ xử lý", Some(Tally::Exactly(1_234))),
        entry("/can-bo/cua-toi", "Chờ tôi", Some(Tally::MoreThan(99))),
        entry("/can-bo", "Bàn làm việc", None),
    ];
    Ok(Page::new(&view, "Hàng đợi".to_owned(), &content)?.menu(menu))
}

async fn fall() -> Result<Page, Problem> {
    panic!("đổ vì mật khẩu 123")
}

/// As a write whose commit lost its answer.
async fn lose_the_answer() -> Result<Page, Problem> {
    Err(StoreError::Unknown.into())
}

async fn slow(view: View) -> Result<Page, Problem> {
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    Page::new(&view, "Chậm".to_owned(), &TextPage { text: "Chậm mà chắc".to_owned() })
}

async fn done() -> Reply {
    Reply::see("/thu").notice("probe-notice-done")
}

async fn download(view: View) -> Reply {
    let name = view.query("ten").unwrap_or_default();
    let shown = if view.query("xem").is_some() { Shown::Inline } else { Shown::Saved };
    Reply::file(&name, "application/pdf", shown, b"%PDF-1.7".to_vec())
}

async fn events(view: View) -> Reply {
    let label = view.session.label().to_owned();
    let one = Event::default().data(label);
    let first = futures_util::stream::iter([Ok::<_, Infallible>(one)]);
    match view.query("mai").is_some() {
        true => Reply::events(first.chain(futures_util::stream::pending())),
        false => Reply::events(first),
    }
}

async fn as_json(view: View) -> Result<Reply, Problem> {
    Reply::json(StatusCode::OK, &serde_json::json!({ "language": view.locale.tag() }))
}

async fn take_json(axum::Json(value): axum::Json<serde_json::Value>) -> Result<Reply, Problem> {
    Reply::json(StatusCode::CREATED, &value)
}
