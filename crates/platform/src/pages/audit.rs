//! The audit log for auditors: search, one row with its proof, the newest head and the key.

use askama::Template;
use axum::extract::{Path, State};
use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::{Keeper, PAGE_READ, SeesAudit, cut, indented, parse_id, place};
use crate::Ctx;
use crate::audit::{self, Entry, Filter, Head, Scope};
use crate::clock::instant;
use crate::store::StoreError;
use crate::web::form::{Errors, Field, Kind, Width};
use crate::web::pieces::{Summary, SummaryRow, Tag, Tone};
use crate::web::{Crumb, Markup, Page, Problem, Reply, Shown, View};
use crate::words::Word;

#[derive(Template)]
#[template(path = "audit.html")]
struct List<'a> {
    view: &'a View,
    errors: Markup,
    /// Whose part of the log this is; none for who reads all of it.
    whose: Option<String>,
    fields: Vec<Field>,
    actor: Option<Removable>,
    rows: Vec<Row>,
    next: Option<String>,
}

/// A filter that was chosen from a row, and the way to take it away.
struct Removable {
    value: String,
    without: String,
}

struct Row {
    id: Uuid,
    at: String,
    actor: String,
    by_actor: Option<String>,
    verb: String,
    by_verb: String,
    object: String,
    by_object: String,
    seal: Tag,
}

pub(super) async fn list(
    view: View,
    SeesAudit(keeper): SeesAudit,
    State(ctx): State<Ctx>,
) -> Result<Page, Problem> {
    let (filter, errors) = filter(&view, keeper.scope.clone());
    let asked = if errors.is_empty() { Some(filter.clone()) } else { None };
    let mut rows: Vec<Entry> = match asked {
        Some(filter) => ctx.store.read(move |tx| audit::search(tx, &filter)).await?,
        None => Vec::new(),
    };
    let next = cut(&mut rows, |row| (row.at, row.id));
    list_page(&view, keeper, &filter, (rows, next), &errors)
}

fn list_page(
    view: &View,
    keeper: Keeper,
    filter: &Filter,
    (rows, next): (Vec<Entry>, Option<String>),
    errors: &Errors,
) -> Result<Page, Problem> {
    let name = rows.first().map(|row| row.actor_name.clone());
    let content = List {
        view,
        errors: errors.summary(&view.speech),
        whose: whose(view, &keeper),
        fields: fields(view, errors),
        actor: filter.actor.map(|actor| Removable {
            value: name.unwrap_or_else(|| actor.to_string()),
            without: view.here_with(&[("nguoi", ""), ("sau", "")]),
        }),
        rows: rows.into_iter().map(|row| Row::of(view, row)).collect(),
        next: next.map(|next| view.here_with(&[("sau", &next)])),
    };
    let page = Page::new(view, view.t("platform-audit-title"), &content)?.menu(keeper.menu).wide();
    Ok(if errors.is_empty() { page } else { page.error() })
}

fn whose(view: &View, keeper: &Keeper) -> Option<String> {
    let offices = [("offices", Word::from(keeper.offices.join(", ")))];
    match keeper.scope {
        Scope::Everything => None,
        Scope::Offices(_) => Some(view.with("platform-audit-whose", &offices)),
    }
}

/// What the address asks for, and what of it cannot be read.
fn filter(view: &View, scope: Scope) -> (Filter, Errors) {
    let mut errors = Errors::new();
    let mut day = |name: &str, time: Time| {
        let typed = view.query(name).filter(|typed| !typed.trim().is_empty())?;
        match parse_day(&typed) {
            Some(day) => Some(instant(day.to_datetime(time))),
            None => {
                errors.add(name, view.t("platform-audit-day-wrong"));
                None
            }
        }
    };
    let from = day("tu", Time::midnight());
    let last = day("den", Time::MAX);
    let text = |name: &str| {
        view.query(name).map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty())
    };
    let filter = Filter {
        scope,
        from,
        until: last,
        actor: view.query("nguoi").and_then(|id| Uuid::try_parse(&id).ok()),
        verb: text("viec"),
        object: text("doi-tuong"),
        before: place(view),
        limit: PAGE_READ,
    };
    (filter, errors)
}

/// "23/11/2026", "23-11-2026", "23.11.2026" or as machines write it.
fn parse_day(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    if let Ok(date) = typed.parse() {
        return Some(date);
    }
    let mut parts = typed.split(['/', '-', '.']).map(|part| part.trim().parse::<i16>());
    let (day, month, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let plausible = parts.next().is_none() && year > 1900;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    plausible.then_some(date)
}

fn fields(view: &View, errors: &Errors) -> Vec<Field> {
    let field = |name: &str, width: Width| {
        let label = view.t(&format!("platform-audit-filter-{name}"));
        Field::new(&view.speech, Kind::Text, name, label)
            .value(view.query(name).unwrap_or_default())
            .width(width)
            .errors(errors)
    };
    vec![
        field("tu", Width::Ten),
        field("den", Width::Ten),
        field("viec", Width::Twenty),
        field("doi-tuong", Width::Twenty),
    ]
}

impl Row {
    fn of(view: &View, row: Entry) -> Row {
        let narrowed = |name: &str, value: &str| view.here_with(&[(name, value), ("sau", "")]);
        Row {
            id: row.id,
            at: view.speech.date_time(row.at),
            by_actor: row.actor.map(|actor| narrowed("nguoi", &actor.to_string())),
            verb: verb_text(view, &row.verb),
            by_verb: narrowed("viec", &row.verb),
            by_object: narrowed("doi-tuong", &row.object),
            seal: seal(view, row.head),
            actor: actor_text(view, row.actor_name),
            object: row.object,
        }
    }
}

/// What the program does by itself has no name.
fn actor_text(view: &View, name: String) -> String {
    if name.is_empty() { view.t("platform-audit-program") } else { name }
}

fn seal(view: &View, head: Option<i64>) -> Tag {
    match head {
        Some(number) => {
            let number = [("number", Word::from(number))];
            Tag::new(Tone::Good, view.with("platform-audit-sealed", &number))
        }
        None => Tag::new(Tone::Plain, view.t("platform-audit-unsealed")),
    }
}

/// `dossiers.accept` in words, where its capability has some (`dossiers-did-accept`).
fn verb_text(view: &View, verb: &str) -> String {
    let key = verb.replacen('.', "-did-", 1).replace('.', "-");
    if view.speech.has(&key) { view.t(&key) } else { verb.to_owned() }
}

#[derive(Template)]
#[template(path = "audit_entry.html")]
struct Shows<'a> {
    view: &'a View,
    id: Uuid,
    summary: Summary,
    detail: String,
    sealed: bool,
}

pub(super) async fn show(
    view: View,
    SeesAudit(keeper): SeesAudit,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let id = parse_id(&id)?;
    let scope = keeper.scope.clone();
    let (row, head) = ctx.store.read(move |tx| row_and_head(tx, id, &scope)).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let content = Shows {
        view: &view,
        id,
        summary: summary(&view, &row, head.as_ref()),
        detail: indented(&row.detail),
        sealed: head.is_some(),
    };
    let crumb = Crumb { path: "/quan-tri/nhat-ky".into(), label: view.t("platform-audit-title") };
    let title = verb_text(&view, &row.verb);
    Ok(Page::new(&view, title, &content)?.menu(keeper.menu).crumbs(vec![crumb]))
}

fn row_and_head(
    tx: &mut crate::store::Tx,
    id: Uuid,
    scope: &Scope,
) -> Result<(Option<Entry>, Option<Head>), StoreError> {
    let row = audit::entry_within(tx, id, scope)?;
    let head = match row.as_ref().and_then(|row| row.head) {
        Some(number) => audit::head_numbered(tx, number)?,
        None => None,
    };
    Ok((row, head))
}

fn summary(view: &View, row: &Entry, head: Option<&Head>) -> Summary {
    let told =
        |name: &str, value: &str| SummaryRow::new(view.t(&format!("platform-audit-{name}")), value);
    let sealed_at = |head: &Head| {
        let args = [
            ("number", Word::from(head.number)),
            ("at", Word::from(view.speech.date_time(head.at))),
        ];
        view.with("platform-audit-sealed-at", &args)
    };
    let place = row.seq.map(|seq| view.speech.number(seq + 1)).unwrap_or_default();
    let head = head.map_or_else(|| view.t("platform-audit-unsealed-hint"), sealed_at);
    let unit = row.unit.map_or_else(|| view.t("platform-audit-no-unit"), |unit| unit.to_string());
    Summary::new(
        view,
        vec![
            told("at", &moment(view, row.at)),
            told("actor", &actor_text(view, row.actor_name.clone())),
            told("verb", &row.verb),
            told("object", &row.object),
            told("unit", &unit),
            told("place", &place),
            told("head", &head),
            told("id", &row.id.to_string()),
        ],
    )
}

/// To the microsecond: rows are ordered by it.
fn moment(view: &View, at: Timestamp) -> String {
    let second = at.as_microsecond().rem_euclid(60_000_000);
    let (whole, part) = (second / 1_000_000, second % 1_000_000);
    format!("{}:{whole:02},{part:06}", view.speech.date_time(at))
}

pub(super) async fn proof(
    SeesAudit(keeper): SeesAudit,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    let id = parse_id(&id)?;
    let found = ctx.store.read(move |tx| match audit::entry_within(tx, id, &keeper.scope)? {
        Some(_) => Ok::<_, StoreError>(Some(audit::proof(tx, id)?)),
        None => Ok(None),
    });
    let proof = found.await?.ok_or_else(Problem::not_found)?;
    let proof = proof.ok_or_else(not_sealed)?;
    let json = serde_json::to_vec_pretty(&proof).map_err(|e| Problem::broken(&e.to_string()))?;
    Ok(Reply::file(&format!("bang-chung-{id}.json"), "application/json", Shown::Saved, json))
}

fn not_sealed() -> Problem {
    let detail = "platform-audit-unsealed-hint";
    Problem::refused(StatusCode::CONFLICT, "not-sealed", "platform-audit-unsealed", detail, &[])
}

pub(super) async fn newest_head(
    _keeper: SeesAudit,
    State(ctx): State<Ctx>,
) -> Result<Reply, Problem> {
    let head: Option<Head> = ctx.store.read(audit::head).await?;
    Ok(Reply::text(PLAIN, head.ok_or_else(not_sealed)?.note))
}

pub(super) async fn public_key(
    _keeper: SeesAudit,
    State(ctx): State<Ctx>,
) -> Result<Reply, Problem> {
    let key = audit::signing_key(&ctx).await;
    let key = key.map_err(|error| Problem::broken(&error.to_string()))?;
    Ok(Reply::text(PLAIN, format!("{}\n", key.public())))
}

const PLAIN: &str = "text/plain; charset=utf-8";
