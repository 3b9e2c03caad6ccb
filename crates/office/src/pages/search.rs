//! /can-bo/tim-van-ban: documents found by what they say, as a list, a sheet or a paper; searches
//! that are kept.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::store::StoreError;
use platform::web::form::{Answers, Errors, Field};
use platform::web::pieces::{PAGE_ROWS, Paging, Tag};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown, View};
use uuid::Uuid;

use super::at_office::{At, at};
use super::search_form::{Choices, FormParts, choices, form};
use super::{at_desk, at_field};
use crate::commands::saved_searches::{self, NewSearch};
use crate::hand::Asker;
use crate::papers::{self, Column, List, printable};
use crate::queries::cards::Card;
use crate::queries::search::{self, COUNTED_MAX, EXPORTED_MAX, Found, Hit};
use crate::search::{NAMES, Wish};
use crate::sheet;
use crate::store::saved_searches as saved;

const HERE: &str = "/can-bo/tim-van-ban";
const SAVED_MAX: i64 = 100;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchTemplate<'a> {
    view: &'a View,
    errors: Markup,
    form: FormParts,
    is_asked: bool,
    is_cut: bool,
    rows: Vec<Row>,
    count: String,
    paging: Option<Paging>,
    csv: String,
    pdf: String,
    saved: Vec<SavedRow>,
    query: String,
    name: Field,
    unit: String,
}

struct Row {
    path: String,
    title: String,
    code: String,
    direction: String,
    author: String,
    day: String,
    urgency: Option<String>,
    state: Tag,
    excerpt: Option<(String, String, String, String)>,
}

struct SavedRow {
    id: Uuid,
    name: String,
    path: String,
    whose: Option<String>,
    mine: bool,
}

/// What the page is made of.
struct Seen {
    found: Found,
    choices: Choices,
    saved: Vec<saved::SavedSearch>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), (&Answers::default(), &Errors::new())).await
}

/// What stands in the address.
fn asked(view: &View) -> Answers {
    let pairs = NAMES.iter().filter_map(|name| {
        let value = view.query(name).filter(|value| !value.trim().is_empty())?;
        Some(((*name).to_owned(), value))
    });
    Answers::from_pairs(pairs.collect())
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let at = at(view, ctx, actor).await?;
    let asked = asked(view);
    let (wish, wrong) = Wish::read(&asked);
    let mut errors = errors.clone();
    for name in wrong {
        errors.add(name, view.t("office-date-wrong"));
    }
    let seen = seen(view, (ctx, actor), (&at, &wish)).await?;
    let template = template(view, (actor, &at), (&wish, &asked, typed, &errors), &seen);
    let page = Page::new(view, view.t("office-search"), &template)?.wide();
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

async fn seen(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (at, wish): (&At, &Wish),
) -> Result<Seen, StoreError> {
    let before = view.query("sau").and_then(|key| Uuid::try_parse(&key).ok());
    let (asker, office, wish) = (Asker::of(ctx, actor), at.office.clone(), wish.clone());
    ctx.store
        .read(move |tx| {
            let account = asker.actor.account.0;
            Ok(Seen {
                found: search::search(tx, (&asker, &office), &wish, (before, PAGE_ROWS))?,
                choices: choices(tx, &office)?,
                saved: saved::of(tx, office.unit, account, SAVED_MAX)?,
            })
        })
        .await
}

fn template<'a>(
    view: &'a View,
    (actor, at): (&Actor, &At),
    (wish, asked, typed, errors): (&Wish, &Answers, &Answers, &Errors),
    seen: &Seen,
) -> SearchTemplate<'a> {
    let found = &seen.found;
    let next = found.next.map(|id| id.to_string());
    let all = view.here_with(&[("sau", "")]);
    let all = all.split_once('?').map_or("", |(_, query)| query).to_owned();
    let export = |path: &str| format!("{path}?{all}");
    let name = Field::new(
        &view.speech,
        platform::web::form::Kind::Text,
        "ten",
        view.t("office-search-name"),
    );
    let code = at.code();
    let link = |query: &str| match code.is_empty() {
        true => format!("{HERE}?{query}"),
        false => format!("{HERE}?{query}&don-vi={code}"),
    };
    let saved = |one: &saved::SavedSearch| SavedRow {
        id: one.id,
        name: one.name.clone(),
        path: link(&one.query),
        whose: one.is_shared.then(|| {
            view.with("office-search-shared-by", &[("name", one.account_name.as_str().into())])
        }),
        mine: one.account == actor.account.0,
    };
    SearchTemplate {
        view,
        errors: errors.summary(&view.speech),
        form: form(view, (at, &seen.choices), (wish, asked, errors)),
        is_asked: !wish.is_empty(),
        is_cut: wish.question().is_cut,
        rows: found.hits.iter().map(|hit| row(view, hit)).collect(),
        count: count(view, found),
        paging: Paging::onward(view, next.as_deref()),
        csv: export("/can-bo/tim-van-ban/xuat"),
        pdf: export("/can-bo/tim-van-ban/in"),
        saved: seen.saved.iter().map(saved).collect(),
        query: query(asked),
        name: name.value(typed.get("ten")).errors(errors),
        unit: code,
    }
}

/// The wish as a saved search keeps it: without the office and the page.
fn query(asked: &Answers) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(asked.pairs().filter(|(name, _)| !["don-vi", "xem"].contains(name)));
    query.finish()
}

fn count(view: &View, found: &Found) -> String {
    match found.total {
        Some(total) if total > COUNTED_MAX => {
            view.with("office-search-more-than", &[("count", COUNTED_MAX.into())])
        }
        Some(total) => view.with("office-search-count", &[("count", total.into())]),
        None => String::new(),
    }
}

fn row(view: &View, hit: &Hit) -> Row {
    let card = &hit.card;
    let excerpt = hit
        .excerpt
        .as_ref()
        .map(|one| (one.before.clone(), one.word.clone(), one.behind.clone(), one.file.clone()));
    Row {
        path: card.path(),
        title: match card.subject.is_empty() {
            true => view.t("office-no-subject"),
            false => card.subject.clone(),
        },
        code: [card.type_name.as_str(), card.code.as_str()].join(" ").trim().to_owned(),
        direction: view.t(card.direction.word()),
        author: card.author.clone(),
        day: view.speech.date(card.day()),
        urgency: card.urgency.is_urgent().then(|| view.t(card.urgency.word())),
        state: super::state_tag(view, card.state, &card.state_word),
        excerpt,
    }
}

/// All that was found, with what the lists of the decree have, as a sheet.
pub(crate) async fn export(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let (_, cards) = exported(&view, &ctx, &actor).await?;
    let head: Vec<String> = COLUMNS.iter().map(|word| view.t(word)).collect();
    let rows: Vec<Vec<String>> = cards.iter().map(|card| cells(&view, card)).collect();
    let bytes = sheet::csv(&head, &rows).map_err(|error| Problem::broken(&error.to_string()))?;
    let name = super::file_name(&view, "van-ban", "csv");
    Ok(Reply::file(&name, "text/csv; charset=utf-8", Shown::Saved, bytes))
}

/// The same as a paper.
pub(crate) async fn print(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let (at, cards) = exported(&view, &ctx, &actor).await?;
    let list = list_of(&view, &cards);
    let name = super::file_name(&view, "van-ban", "pdf");
    super::print_list(&view, (&ctx, &actor), (at.office.unit, list), &name).await
}

async fn exported(view: &View, ctx: &Ctx, actor: &Actor) -> Result<(At, Vec<Card>), Problem> {
    let at = at(view, ctx, actor).await?;
    let (wish, _) = Wish::read(&asked(view));
    let (asker, office) = (Asker::of(ctx, actor), at.office.clone());
    let read: Result<Vec<Card>, StoreError> =
        ctx.store.read(move |tx| search::cards(tx, (&asker, &office), &wish)).await;
    Ok((at, read?))
}

const COLUMNS: [&str; 12] = [
    "office-column-direction",
    "office-column-type",
    "office-column-symbol",
    "office-column-date",
    "office-column-subject",
    "office-column-author",
    "office-column-recipients",
    "office-column-signer",
    "office-column-urgency",
    "office-column-state",
    "office-column-arrival",
    "office-column-arrived-on",
];

fn cells(view: &View, card: &Card) -> Vec<String> {
    let came = (!card.arrival.is_empty()).then(|| view.speech.date(card.day()));
    vec![
        view.t(card.direction.word()),
        card.type_name.clone(),
        card.code.clone(),
        card.dated.map(|day| view.speech.date(day)).unwrap_or_default(),
        card.subject.clone(),
        card.author.clone(),
        card.recipients.join("; "),
        card.signer.clone(),
        view.t(card.urgency.word()),
        view.t(&card.state_word),
        card.arrival.clone(),
        came.unwrap_or_default(),
    ]
}

fn list_of(view: &View, cards: &[Card]) -> List {
    let speech = view.ctx().words.speak(platform::words::Locale::Vi);
    let row = |card: &Card| {
        let day = card.dated.unwrap_or(card.day());
        vec![
            printable(&speech.t(card.direction.word())),
            printable(&card.code),
            speech.date(day),
            printable(format!("{} {}", card.type_name, card.subject).trim()),
            printable(&card.author),
            printable(&card.recipients.join("; ")),
            printable(&card.signer),
            speech.t(&card.state_word),
        ]
    };
    let column = |word: &str, parts| Column::wide(speech.t(word), parts);
    let is_cut = cards.len() >= EXPORTED_MAX;
    let note = is_cut.then(|| speech.with("office-export-cut", &[("count", EXPORTED_MAX.into())]));
    List {
        letterhead: papers::Head::default(),
        title: speech.t("office-search-list"),
        under: String::new(),
        notes: note.into_iter().collect(),
        columns: vec![
            column("office-column-direction", 2),
            column("office-column-symbol", 4),
            column("office-column-date", 3),
            column("office-column-subject", 10),
            column("office-column-author", 5),
            column("office-column-recipients", 5),
            column("office-column-signer", 4),
            column("office-column-state", 3),
        ],
        rows: cards.iter().map(row).collect(),
        foot: String::new(),
    }
}

pub(crate) async fn post_save(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let at = at(&view, &ctx, &actor).await?;
    let new = NewSearch {
        unit: at.office.unit,
        name: answers.get("ten").to_owned(),
        query: answers.get("truy-van").to_owned(),
        is_shared: answers.get("chung") == "co",
    };
    let back = view.here().replacen("/can-bo/tim-van-ban/luu", HERE, 1);
    match saved_searches::keep(&ctx, &actor, new).await {
        Ok(()) => Ok(Reply::see(&back).notice("office-notice-search-saved")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), (&answers, &errors)).await?.into())
        }
    }
}

pub(crate) async fn post_forget(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    saved_searches::forget(&ctx, &actor, id).await?;
    Ok(Reply::see(HERE).notice("office-notice-search-forgotten"))
}
