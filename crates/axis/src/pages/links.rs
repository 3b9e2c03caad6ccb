//! /quan-tri/truc/ket-noi: the links to other axes, how each stands, and what is agreed with it.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right, Scribe, desk};
use jiff::civil::Date;
use platform::Ctx;
use platform::web::form::{Answers, Errors};
use platform::web::pieces::{Paging, Stat, Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use crate::commands::links::{self as commands, EVERYTHING};
use crate::link::{Cover, Days, Health, Link};
use crate::queries::links::{self as queries, Standing};
use crate::store::link_traffic::{Arrival, LinkedAgency};

pub(super) const PLACE: &str = "/quan-tri/truc/ket-noi";
const AGENCIES_A_PAGE: i64 = 20;

/// Links are for the whole installation: for others there is nothing here.
pub(super) fn may_manage(actor: &Actor) -> Result<(), Problem> {
    match actor.has_everywhere(Right::ManageAxis) {
        true => Ok(()),
        false => Err(Problem::not_found()),
    }
}

pub(super) async fn at_desk(view: &View, actor: &Actor, page: Page) -> Page {
    page.menu(desk(view, actor).await)
}

pub(super) fn place_of(id: Uuid) -> String {
    format!("{PLACE}/{id}")
}

#[derive(Template)]
#[template(path = "links.html")]
struct LinksTemplate<'a> {
    view: &'a View,
    rows: Vec<LinkRow>,
}

struct LinkRow {
    id: Uuid,
    name: String,
    address: String,
    covers: String,
    waiting: String,
    asked: String,
    health: Tag,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let standings = queries::standings(&ctx).await?;
    let rows = standings.iter().map(|one| link_row(&view, one)).collect();
    let template = LinksTemplate { view: &view, rows };
    let page = Page::new(&view, view.t("axis-links"), &template)?.wide().back("/quan-tri/truc");
    Ok(at_desk(&view, &actor, page).await)
}

fn link_row(view: &View, one: &Standing) -> LinkRow {
    LinkRow {
        id: one.link.id,
        name: one.link.name.clone(),
        address: one.link.address.clone(),
        covers: covers(view, one),
        waiting: view.speech.number(one.waiting),
        asked: asked(view, &one.link),
        health: health(view, &one.link),
    }
}

/// Today.
fn covers(view: &View, standing: &Standing) -> String {
    let named: Vec<String> = standing.covered().map(|cover| prefix(view, &cover.prefix)).collect();
    match named.as_slice() {
        [] => view.t("axis-link-covers-nothing"),
        named => named.join(", "),
    }
}

fn prefix(view: &View, prefix: &str) -> String {
    match prefix {
        "" => view.t("axis-link-covers-rest"),
        code => code.to_owned(),
    }
}

fn asked(view: &View, link: &Link) -> String {
    link.asked_at.map_or_else(|| view.t("axis-link-never"), |at| view.speech.date_time(at))
}

fn health(view: &View, link: &Link) -> Tag {
    let tone = match link.health {
        _ if !link.is_in_use() => Tone::Plain,
        Health::Untried => Tone::Plain,
        Health::Well => Tone::Good,
        _ if link.needs_a_person() => Tone::Bad,
        _ => Tone::Warn,
    };
    Tag::new(tone, view.t(link.state_word()))
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkTemplate<'a> {
    view: &'a View,
    link: &'a Link,
    place: String,
    health: Tag,
    trouble: String,
    facts: Vec<(String, String)>,
    counts: Vec<Stat>,
    covers: Vec<CoverRow>,
    pairs: Vec<PairRow>,
    untaken: Vec<UntakenRow>,
    agencies: String,
}

struct CoverRow {
    name: String,
    /// As the command reads it.
    code: String,
    from: Date,
    days: String,
    may_end: bool,
}

struct PairRow {
    id: Uuid,
    ours: String,
    theirs: String,
    days: String,
    may_end: bool,
}

struct UntakenRow {
    doc_id: String,
    first: String,
    state: Tag,
    reason: String,
    may_try: bool,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let standing = queries::standing(&ctx, id).await?;
    let template = link_template(&view, &standing);
    let page = Page::new(&view, standing.link.name.clone(), &template)?.wide().back(PLACE);
    Ok(at_desk(&view, &actor, page).await)
}

fn link_template<'a>(view: &'a View, standing: &'a Standing) -> LinkTemplate<'a> {
    let link = &standing.link;
    let count = |word: &str, number: i64| Stat {
        tone: Tone::Plain,
        label: view.t(word),
        figure: view.speech.number(number),
    };
    let agencies = [("count", standing.agencies.into())];
    LinkTemplate {
        view,
        link,
        place: place_of(link.id),
        health: health(view, link),
        trouble: trouble(view, link),
        facts: facts(view, standing),
        counts: vec![
            count("axis-link-count-waiting", standing.waiting),
            count("axis-link-count-sent", standing.sent),
            count("axis-link-count-taken", standing.taken),
            count("axis-link-count-untaken", standing.untaken),
        ],
        covers: standing.covers.iter().map(|one| cover_row(view, standing, one)).collect(),
        pairs: standing.pairs.iter().map(|pair| pair_row(view, standing, pair)).collect(),
        untaken: standing.arrivals.iter().map(|one| untaken_row(view, one)).collect(),
        agencies: view.with("axis-link-agencies-count", &agencies),
    }
}

/// What happened and what to do, when it is in trouble.
fn trouble(view: &View, link: &Link) -> String {
    let word = match (link.ended_at, link.health) {
        (Some(_), _) | (_, Health::Untried | Health::Well) => return String::new(),
        (_, Health::Unreachable) => "axis-link-trouble-unreachable",
        (_, Health::WrongSecret) => "axis-link-trouble-wrong-secret",
        (_, Health::Nonsense) => "axis-link-trouble-nonsense",
        (_, Health::Refusing) => "axis-link-trouble-refusing",
    };
    let args = [
        ("since", view.speech.date_time(link.health_since).into()),
        ("next", view.speech.time(link.next_at).into()),
    ];
    view.with(word, &args)
}

fn facts(view: &View, standing: &Standing) -> Vec<(String, String)> {
    let link = &standing.link;
    let every = [("seconds", link.every_seconds.into())];
    let made = [
        ("name", link.made_name.clone().into()),
        ("at", view.speech.date_time(link.made_at).into()),
    ];
    let mut facts = vec![
        (view.t("axis-link-address"), link.address.clone()),
        (view.t("axis-link-system"), link.system_id.clone()),
        (view.t("axis-link-covers"), covers(view, standing)),
        (view.t("axis-link-every"), view.with("axis-link-every-seconds", &every)),
        (view.t("axis-link-asked"), asked(view, link)),
        (view.t("axis-link-made"), view.with("axis-link-made-by", &made)),
    ];
    if !link.health_detail.is_empty() {
        facts.push((view.t("axis-link-detail"), link.health_detail.clone()));
    }
    facts
}

fn cover_row(view: &View, standing: &Standing, cover: &Cover) -> CoverRow {
    let code = if cover.prefix.is_empty() { EVERYTHING } else { &cover.prefix };
    CoverRow {
        name: prefix(view, &cover.prefix),
        code: code.to_owned(),
        from: cover.valid_from,
        days: days(view, cover.days()),
        may_end: standing.link.is_in_use() && may_end(standing, cover.days()),
    }
}

fn pair_row(view: &View, standing: &Standing, pair: &crate::link::CodePair) -> PairRow {
    PairRow {
        id: pair.id,
        ours: pair.ours.clone(),
        theirs: pair.theirs.clone(),
        days: days(view, pair.days()),
        may_end: may_end(standing, pair.days()),
    }
}

fn days(view: &View, (first, last): Days) -> String {
    let last = last.map_or_else(|| "…".to_owned(), |last| view.speech.date(last));
    format!("{} – {last}", view.speech.date(first))
}

/// What ends today or ended before cannot be ended any more.
fn may_end(standing: &Standing, (_, last): Days) -> bool {
    last.is_none_or(|last| standing.today < last)
}

fn untaken_row(view: &View, one: &Arrival) -> UntakenRow {
    let (tone, word) = match one.state.as_str() {
        "waiting" => (Tone::Plain, "axis-arrival-waiting"),
        "refused" => (Tone::Warn, "axis-arrival-refused"),
        _ => (Tone::Bad, "axis-arrival-given-up"),
    };
    UntakenRow {
        doc_id: one.doc_id.clone(),
        first: view.speech.date_time(one.first_at),
        state: Tag::new(tone, view.t(word)),
        reason: one.reason.clone(),
        may_try: one.state == "given-up",
    }
}

pub(crate) async fn post_ask(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    commands::ask_now(&ctx, id).await?;
    Ok(Reply::see(&place_of(id)).notice("axis-notice-link-asked"))
}

pub(crate) async fn post_end(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    commands::end(&ctx, &Scribe::of(&ctx, &actor), id).await?;
    Ok(Reply::see(PLACE).notice("axis-notice-link-ended"))
}

pub(crate) async fn post_try_again(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let doc_id = answers.get("goi").to_owned();
    commands::try_again(&ctx, &Scribe::of(&ctx, &actor), (id, doc_id)).await?;
    Ok(Reply::see(&place_of(id)).notice("axis-notice-fetch-again"))
}

#[derive(Template)]
#[template(path = "link_agencies.html")]
struct AgenciesTemplate<'a> {
    view: &'a View,
    place: String,
    words: String,
    rows: Vec<LinkedAgency>,
    paging: Paging,
}

pub(crate) async fn agencies(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let words = view.query("q").unwrap_or_default().to_owned();
    let after = view.query("sau").unwrap_or_default().to_owned();
    let question = (words.clone(), after, AGENCIES_A_PAGE);
    let (mut rows, total) = queries::agencies(&ctx, id, question).await?;
    let more = rows.len() as i64 > AGENCIES_A_PAGE;
    rows.truncate(AGENCIES_A_PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.code.as_str());
    let paging = Paging::new(&view, total, next);
    let template = AgenciesTemplate { view: &view, place: place_of(id), words, rows, paging };
    let page = Page::new(&view, view.t("axis-link-agencies"), &template)?.back(place_of(id));
    Ok(at_desk(&view, &actor, page).await)
}

/// The refusal beside the field it is about; one that no answer could mend is a page of its own.
pub(super) fn at_field(view: &View, refusal: crate::Refusal) -> Result<Errors, Problem> {
    let crate::Refusal::Link(fault) = refusal else { return Err(refusal.into()) };
    let mut errors = Errors::new();
    errors.add(fault.field(), view.t(fault.word()));
    Ok(errors)
}
