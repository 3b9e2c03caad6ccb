//! The administrators' list, and one procedure with its versions, its draft and what may be done.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::form::{Choice, Field, Kind};
use platform::web::pieces::{PAGE_ROWS, Paging, Tag, Tone};
use platform::web::{MenuEntry, Page, Problem, View};
use platform::words::Word;

use super::acts::{ActView, acts};
use super::changes::{Change, changes, part_word};
use super::crumb;
use super::versions::status_word;
use crate::code::Code;
use crate::completeness;
use crate::import::Doubt;
use crate::procedure::{Entry, Status};
use crate::queries::{self, Managed, ManagedFilter};

const RIGHT: Right = Right::ManageProcedures;

#[derive(Template)]
#[template(path = "manage.html")]
struct ListPage<'a> {
    view: &'a View,
    question: Field,
    status: Field,
    rows: Vec<Row>,
    paging: Paging,
    counts: Vec<(String, String)>,
}

struct Row {
    path: String,
    code: String,
    name: String,
    number: String,
    status: Tag,
    origin: String,
    completeness: Tag,
    changed: String,
}

pub async fn list(view: View, State(ctx): State<Ctx>, actor: Actor) -> Result<Page, Problem> {
    actor.require_anywhere(RIGHT)?;
    let menu = identity::desk(&view, &actor).await;
    let filter = filter(&view);
    let read = move |tx: &mut Tx| -> Result<_, StoreError> {
        let filter = within(tx, &actor, filter.clone())?;
        let rows = queries::managed(tx, &filter, PAGE_ROWS as i64 + 1)?;
        Ok((rows, queries::counts(tx, &filter)?))
    };
    let (rows, counts) = ctx.store.read(read).await?;
    list_page(&view, rows, &counts).map(|page| page.menu(menu).wide())
}

fn filter(view: &View) -> ManagedFilter {
    let text = |name| view.query(name).unwrap_or_default();
    ManagedFilter {
        after: text("sau"),
        status: Status::parse(&text("trang-thai")),
        words: platform::fold::fold(&text("q")),
        publishers: None,
    }
}

/// Only what the officer's own offices publish; whoever keeps the national database sees all.
fn within(tx: &mut Tx, actor: &Actor, filter: ManagedFilter) -> Result<ManagedFilter, StoreError> {
    if actor.has_everywhere(RIGHT) {
        return Ok(filter);
    }
    let keeper = queries::keeper_of_all(tx)?;
    let offices = actor.offices(RIGHT);
    if keeper.is_some_and(|keeper| offices.contains(&keeper)) {
        return Ok(filter);
    }
    let mut codes = Vec::new();
    for office in offices {
        let unit = organisations::queries::unit(tx, office)?;
        codes.extend(unit.map(|unit| unit.code.to_string()));
    }
    Ok(ManagedFilter { publishers: Some(codes), ..filter })
}

fn list_page(
    view: &View,
    mut rows: Vec<Managed>,
    counts: &[(Status, i64)],
) -> Result<Page, Problem> {
    let has_more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let next = rows.last().filter(|_| has_more).map(|row| row.code.to_string());
    let wanted = Status::parse(&view.query("trang-thai").unwrap_or_default());
    let total = counts.iter().filter(|(status, _)| wanted.is_none_or(|wanted| wanted == *status));
    let total: i64 = total.map(|(_, count)| *count).sum();
    let page = ListPage {
        view,
        question: Field::new(&view.speech, Kind::Search, "q", view.t("procedures-manage-question"))
            .value(view.query("q").unwrap_or_default()),
        status: status_field(view),
        rows: rows.iter().map(|row| Row::of(view, row)).collect(),
        paging: Paging::new(view, total, next.as_deref()),
        counts: counts
            .iter()
            .map(|(status, count)| (status_name(view, *status), view.speech.number(*count)))
            .collect(),
    };
    Page::new(view, view.t("procedures-manage-title"), &page)
}

fn status_field(view: &View) -> Field {
    let any = Choice::new("", view.t("procedures-filter-any"));
    let named = |status: Status| Choice::new(status.as_str(), status_name(view, status));
    let choices = [any].into_iter().chain(Status::ALL.into_iter().map(named)).collect();
    let word = view.t("procedures-manage-status");
    let typed = view.query("trang-thai").unwrap_or_default();
    Field::new(&view.speech, Kind::Select(choices), "trang-thai", word).value(typed)
}

fn status_name(view: &View, status: Status) -> String {
    view.t(&format!("procedures-standing-{}", status.as_str()))
}

impl Row {
    fn of(view: &View, managed: &Managed) -> Row {
        let tone = match managed.status {
            Status::Draft => Tone::Info,
            Status::Published => Tone::Good,
            Status::Suspended => Tone::Warn,
            Status::Abolished => Tone::Plain,
        };
        Row {
            path: format!("/quan-tri/thu-tuc/{}", managed.code),
            code: managed.code.to_string(),
            name: managed.listing.name.clone(),
            number: view.speech.number(managed.number),
            status: Tag::new(tone, status_name(view, managed.status)),
            origin: view.t(&format!("procedures-origin-{}", managed.origin.as_str())),
            completeness: completeness_tag(view, managed.listing.missing.into()),
            changed: view.speech.date_time(managed.changed_at),
        }
    }
}

fn completeness_tag(view: &View, missing: i64) -> Tag {
    match missing {
        0 => Tag::new(Tone::Good, view.t("procedures-complete")),
        missing => {
            let word = view.with("procedures-incomplete", &[("count", Word::from(missing))]);
            Tag::new(Tone::Warn, word)
        }
    }
}

#[derive(Template)]
#[template(path = "managed.html")]
struct ManagedPage<'a> {
    view: &'a View,
    name: &'a str,
    code: String,
    public: String,
    versions: Vec<Standing>,
    /// Of the newest version.
    parts: Vec<(String, Tag)>,
    doubts: Vec<DoubtView>,
    changes: Vec<Change>,
    compared: Option<String>,
    acts: Vec<ActView>,
}

struct Standing {
    number: String,
    path: String,
    status: String,
    origin: String,
    from: String,
    to: String,
    decision: String,
}

struct DoubtView {
    part: String,
    why: String,
    text: String,
}

/// Everything the page of one procedure shows.
pub struct Whole {
    pub entries: Vec<Entry>,
    pub revision: i64,
    pub doubts: Vec<Doubt>,
}

pub async fn one(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let whole = load(&ctx, &actor, &code).await?;
    let menu = identity::desk(&view, &actor).await;
    managed_page(&view, &whole).map(|page| framed(&view, page, menu))
}

/// The procedure, if its newest version is this officer's to look after.
pub async fn load(ctx: &Ctx, actor: &Actor, code: &str) -> Result<Whole, Problem> {
    let code = Code::parse(code).map_err(|_| Problem::not_found())?;
    let read = move |tx: &mut Tx| -> Result<_, StoreError> {
        let entries = queries::versions(tx, &code)?;
        let Some(newest) = entries.first() else { return Ok(None) };
        let keeper = queries::keeper(tx, &newest.version)?;
        let doubts = queries::doubts(tx, newest.id)?;
        let revision = queries::revision(tx, &code)?.unwrap_or(0);
        Ok(Some((keeper, Whole { entries, revision, doubts })))
    };
    let (keeper, whole) = ctx.store.read(read).await?.ok_or_else(Problem::not_found)?;
    actor.require(RIGHT, keeper.ok_or_else(Problem::not_found)?).await?;
    Ok(whole)
}

pub fn framed(view: &View, page: Page, menu: Vec<MenuEntry>) -> Page {
    let list = crumb("/quan-tri/thu-tuc", view.t("procedures-manage-title"));
    page.menu(menu).crumbs(vec![list])
}

fn managed_page(view: &View, whole: &Whole) -> Result<Page, Problem> {
    let entries = &whole.entries;
    let newest = entries.first().ok_or_else(Problem::not_found)?;
    let before = entries.iter().skip(1).find(|entry| entry.status != Status::Draft);
    let speech = &view.speech;
    let page = ManagedPage {
        view,
        name: &newest.version.name,
        code: newest.version.code.to_string(),
        public: format!("/thu-tuc/{}", newest.version.code),
        versions: entries.iter().map(|entry| Standing::of(view, entry)).collect(),
        parts: parts(view, newest),
        doubts: whole.doubts.iter().map(|doubt| DoubtView::of(view, doubt)).collect(),
        changes: before
            .map(|before| changes(speech, &before.version, &newest.version))
            .unwrap_or_default(),
        compared: before.map(|before| {
            let numbers = [("from", before.number), ("to", newest.number)];
            view.with("procedures-compared", &numbers.map(|(name, n)| (name, Word::from(n))))
        }),
        acts: acts(view, whole),
    };
    let title = view.with("procedures-managed-title", &[("code", Word::from(page.code.clone()))]);
    Page::new(view, title, &page)
}

fn parts(view: &View, entry: &Entry) -> Vec<(String, Tag)> {
    let tag = |part: completeness::Part, is_there| match (is_there, part.is_mandatory()) {
        (true, _) => Tag::new(Tone::Good, view.t("procedures-part-there")),
        (false, true) => Tag::new(Tone::Bad, view.t("procedures-part-missing")),
        (false, false) => Tag::new(Tone::Plain, view.t("procedures-part-none")),
    };
    completeness::check(&entry.version)
        .parts()
        .map(|(part, is_there)| (part_word(&view.speech, part), tag(part, is_there)))
        .collect()
}

impl Standing {
    fn of(view: &View, entry: &Entry) -> Standing {
        let day = |at: Option<jiff::Timestamp>| {
            at.map(|at| view.speech.day(at)).unwrap_or_else(|| "–".to_owned())
        };
        Standing {
            number: view.speech.number(entry.number),
            path: match entry.status {
                Status::Draft => format!("/quan-tri/thu-tuc/{}/xem", entry.version.code),
                _ => format!("/thu-tuc/{}/phien-ban/{}", entry.version.code, entry.number),
            },
            status: status_word(view, entry),
            origin: view.t(&format!("procedures-origin-{}", entry.origin.as_str())),
            from: day(entry.effective_from),
            to: day(entry.effective_to),
            decision: entry.version.decision.number.clone(),
        }
    }
}

impl DoubtView {
    fn of(view: &View, doubt: &Doubt) -> DoubtView {
        let key = |text: &str| text.replace('_', "-");
        DoubtView {
            part: view.t(&format!("procedures-read-{}", key(doubt.part.as_str()))),
            why: view.t(&format!("procedures-why-{}", key(doubt.why.as_str()))),
            text: doubt.text.clone(),
        }
    }
}

/// The draft as people will see it.
pub async fn preview(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let whole = load(&ctx, &actor, &code).await?;
    let draft = whole.entries.iter().find(|entry| entry.status == Status::Draft);
    super::show::page(&view, draft.ok_or_else(Problem::not_found)?)
}
