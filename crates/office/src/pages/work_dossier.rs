//! /can-bo/ho-so-cong-viec/{id}: one work dossier, its list of contents, and what is done with it.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 29, art. 30

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Moment, Summary, SummaryRow, Tag, Timeline, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use platform::words::{Locale, Speech};
use uuid::Uuid;

use super::work_dossiers::{HERE, fields, retention_field, tag, typed};
use super::{at_desk, at_field, day, print_list};
use crate::commands::work_dossiers as commands;
use crate::hand::Asker;
use crate::papers::{Column, Head, List, printable};
use crate::queries::cards::Card;
use crate::queries::records::named;
use crate::queries::work_dossiers::{Whole, whole};
use crate::record_fault::RecordFault;
use crate::refusal::Refusal;
use crate::work_dossier::{
    Content, Event, Retention, State as Standing, WorkDossier, WorkDossierId,
};

#[derive(Template)]
#[template(path = "work_dossier.html")]
struct OneTemplate<'a> {
    view: &'a View,
    errors: Markup,
    here: String,
    title: String,
    state: Tag,
    facts: Summary,
    rows: Vec<Row>,
    story: Timeline,
    is_open: bool,
    is_closed: bool,
    may_change: bool,
    put: Vec<Field>,
    edit: Vec<Field>,
    retention: Field,
    archive: Vec<Field>,
    people: Option<Field>,
}

struct Row {
    ordinal: String,
    document: Uuid,
    path: Option<String>,
    title: String,
    code: String,
    author: String,
    date: String,
    note: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), id, (&Answers::default(), &Errors::new())).await
}

async fn read(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Whole, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store.read(move |tx| whole(tx, &asker, WorkDossierId(id))).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: Uuid,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let found = read(ctx, actor, id).await?;
    let template = template(view, &found, said);
    let page = Page::new(view, found.one.title.clone(), &template)?.back(HERE).wide();
    let page = if said.1.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn template<'a>(
    view: &'a View,
    found: &Whole,
    (typed, errors): (&Answers, &Errors),
) -> OneTemplate<'a> {
    let one = &found.one;
    let kept = Answers::from_pairs(vec![
        ("tieu-de".to_owned(), one.title.clone()),
        ("ghi-chu".to_owned(), one.note.clone()),
    ]);
    // What was typed stands in the form in which it was typed.
    let edited = if typed.has("tieu-de") { typed } else { &kept };
    OneTemplate {
        view,
        errors: errors.summary(&view.speech),
        here: format!("{HERE}/{}", one.id.0),
        title: one.title.clone(),
        state: tag(view, one.state),
        facts: Summary::new(view, facts(view, one)),
        rows: found.contents.iter().map(|content| row(view, content)).collect(),
        story: Timeline(found.story.iter().map(|event| told(view, event)).collect()),
        is_open: one.state == Standing::Open,
        is_closed: one.state == Standing::Closed,
        may_change: found.may_change,
        put: put_fields(view, (typed, errors)),
        edit: fields(view, (edited, errors), false),
        retention: retention_field(view, one.retention.code(), &Errors::new()),
        archive: archive_fields(view, (typed, errors)),
        people: people_field(view, &found.people, errors),
    }
}

fn facts(view: &View, one: &WorkDossier) -> Vec<SummaryRow> {
    let date = |day: jiff::civil::Date| view.speech.date(day);
    let mut rows = vec![
        SummaryRow::new(view.t("office-work-dossier-code"), &format!("{}, {}", one.code, one.year)),
        SummaryRow::new(view.t("office-work-dossier-holder"), &one.holder_name),
        SummaryRow::new(
            view.t("office-work-dossier-opened"),
            &format!("{}, {}", one.opened_name, date(one.opened_on)),
        ),
        SummaryRow::new(view.t("office-retention"), &view.t(&one.retention.word())),
    ];
    if let Some(day) = one.closed_on {
        rows.push(SummaryRow::new(view.t("office-work-dossier-closed-on"), &date(day)));
    }
    if let Some(day) = one.archive_due_on {
        rows.push(SummaryRow::new(view.t("office-work-dossier-archive-due"), &date(day)));
    }
    if let Some(day) = one.archived_on {
        let archived = format!("{}\n{}", date(day), one.archive_note);
        rows.push(SummaryRow::new(view.t("office-work-dossier-archived-on"), archived.trim()));
    }
    if !one.note.is_empty() {
        rows.push(SummaryRow::new(view.t("office-column-note"), &one.note));
    }
    rows
}

fn row(view: &View, (content, card): &(Content, Option<Card>)) -> Row {
    let of = |read: fn(&Card) -> &String| card.as_ref().map(read).cloned().unwrap_or_default();
    let date = card.as_ref().map(|card| card.dated.unwrap_or(card.day()));
    Row {
        ordinal: view.speech.number(content.ordinal),
        document: content.document,
        path: card.as_ref().map(Card::path),
        title: of(|card| &card.subject),
        code: card.as_ref().map(symbol).unwrap_or_default(),
        author: of(|card| &card.author),
        date: date.map(|day| view.speech.date(day)).unwrap_or_default(),
        note: content.note.clone(),
    }
}

fn symbol(card: &Card) -> String {
    [card.type_name.as_str(), card.code.as_str()].join(" ").trim().to_owned()
}

fn told(view: &View, event: &Event) -> Moment {
    Moment {
        tone: Tone::Good,
        title: view.t(&event.kind.word()),
        when: format!("{}, {}", event.actor_name, view.speech.date_time(event.at)),
        text: (!event.text.is_empty()).then(|| Markup::lines(&event.text)),
    }
}

fn put_fields(view: &View, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let document = Field::new(&view.speech, Kind::Text, "van-ban", view.t("office-link-other"));
    let note = Field::new(&view.speech, Kind::Text, "loi-ghi", view.t("office-column-note"));
    vec![
        document
            .hint(view.t("office-link-other-hint"))
            .autocomplete("off")
            .value(typed.get("van-ban"))
            .errors(errors),
        note.optional(&view.speech).value(typed.get("loi-ghi")).errors(errors),
    ]
}

fn archive_fields(view: &View, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let on = Field::new(&view.speech, Kind::Date, "den", view.t("office-archive-on"));
    let note = Field::new(&view.speech, Kind::Text, "noi-nhan", view.t("office-archive-note"));
    vec![
        on.hint(view.t("office-archive-on-hint"))
            .optional(&view.speech)
            .date(typed.date("den"))
            .errors(errors),
        note.hint(view.t("office-archive-note-hint"))
            .optional(&view.speech)
            .value(typed.get("noi-nhan"))
            .errors(errors),
    ]
}

fn people_field(view: &View, people: &[(Uuid, String)], errors: &Errors) -> Option<Field> {
    if people.is_empty() {
        return None;
    }
    let choice = |(id, name): &(Uuid, String)| Choice::new(id.to_string(), name.as_str());
    let choices = Kind::Select(people.iter().map(choice).collect());
    let field = Field::new(&view.speech, choices, "can-bo", view.t("office-work-dossier-taker"));
    Some(field.errors(errors))
}

/// Back to the dossier with a sentence, or with what is to be mended.
async fn done(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (id, answers): (Uuid, &Answers),
    (done, notice): (Result<(), Refusal>, &'static str),
) -> Result<Reply, Problem> {
    match done {
        Ok(()) => Ok(Reply::see(&format!("{HERE}/{id}")).notice(notice)),
        Err(refusal) => {
            let errors = at_field(view, refusal)?;
            Ok(page(view, (ctx, actor), id, (answers, &errors)).await?.into())
        }
    }
}

pub(crate) async fn post_edit(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let edited = commands::edit(&ctx, &actor, WorkDossierId(id), typed(&answers)).await;
    let edited = (edited, "office-notice-dossier-edited");
    done(&view, (&ctx, &actor), (id, &answers), edited).await
}

pub(crate) async fn post_put(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let put = (put(&ctx, &actor, id, &answers).await, "office-notice-put");
    done(&view, (&ctx, &actor), (id, &answers), put).await
}

async fn put(ctx: &Ctx, actor: &Actor, id: Uuid, answers: &Answers) -> Result<(), Refusal> {
    let (asker, text) = (Asker::of(ctx, actor), answers.get("van-ban").to_owned());
    let found: Result<_, Refusal> = ctx
        .store
        .read(move |tx| {
            let unit = commands::seen(tx, &asker, WorkDossierId(id))?.unit;
            named(tx, (&asker, unit), &text)
        })
        .await;
    let (_, document) = found?.ok_or(RecordFault::Document)?;
    let content = (document, answers.get("loi-ghi").to_owned());
    commands::put(ctx, actor, WorkDossierId(id), content).await
}

pub(crate) async fn post_take_out(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let document = Uuid::try_parse(answers.get("van-ban")).map_err(|_| Problem::not_found())?;
    commands::take_out(&ctx, &actor, WorkDossierId(id), document).await?;
    Ok(Reply::see(&format!("{HERE}/{id}")).notice("office-notice-taken-out"))
}

pub(crate) async fn post_close(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let retention = Retention::parse(answers.get("bao-quan"));
    let closed = commands::close(&ctx, &actor, WorkDossierId(id), retention).await;
    let closed = (closed, "office-notice-dossier-closed");
    done(&view, (&ctx, &actor), (id, &answers), closed).await
}

pub(crate) async fn post_reopen(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::reopen(&ctx, &actor, WorkDossierId(id)).await?;
    Ok(Reply::see(&format!("{HERE}/{id}")).notice("office-notice-dossier-reopened"))
}

pub(crate) async fn post_archive(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let mut errors = Errors::new();
    let on = day(&view, &answers, "den", &mut errors);
    if !errors.is_empty() {
        return Ok(page(&view, (&ctx, &actor), id, (&answers, &errors)).await?.into());
    }
    let given = (on, answers.get("noi-nhan").to_owned());
    let archived = commands::archive(&ctx, &actor, WorkDossierId(id), given).await;
    let archived = (archived, "office-notice-dossier-archived");
    done(&view, (&ctx, &actor), (id, &answers), archived).await
}

pub(crate) async fn post_transfer(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let to = Uuid::try_parse(answers.get("can-bo")).ok();
    match commands::transfer(&ctx, &actor, WorkDossierId(id), to).await {
        // Whoever handed it on may not see it any more.
        Ok(()) => Ok(Reply::see(HERE).notice("office-notice-dossier-transferred")),
        refused => done(&view, (&ctx, &actor), (id, &answers), (refused, "")).await,
    }
}

/// Mục lục văn bản, tài liệu: what lies in the dossier, printed.
pub(crate) async fn print(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let found = read(&ctx, &actor, id).await?;
    let list = contents(&ctx.words.speak(Locale::Vi), &found);
    let name = format!("muc-luc-{}.pdf", found.one.id.0);
    print_list(&view, (&ctx, &actor), (found.one.unit, list), &name).await
}

fn contents(speech: &Speech, found: &Whole) -> List {
    let one = &found.one;
    let row = |(content, card): &(Content, Option<Card>)| {
        let of = |read: fn(&Card) -> String| card.as_ref().map(read).unwrap_or_default();
        let date = card.as_ref().map(|card| card.dated.unwrap_or(card.day()));
        vec![
            content.ordinal.to_string(),
            printable(&of(|card| card.code.clone())),
            date.map(|day| speech.date(day)).unwrap_or_default(),
            printable(&of(|card| format!("{} {}", card.type_name, card.subject))),
            printable(&of(|card| card.author.clone())),
            of(|card| card.pages.clone()),
            printable(&content.note),
        ]
    };
    let column = |word: &str, parts| Column::wide(speech.t(word), parts);
    let retention = [("years", speech.t(&one.retention.word()).into())];
    List {
        letterhead: Head::default(),
        title: speech.t("office-contents"),
        under: printable(&one.title),
        notes: vec![
            speech.with(
                "office-contents-code",
                &[("code", printable(&one.code).into()), ("year", one.year.to_string().into())],
            ),
            speech.with("office-contents-retention", &retention),
        ],
        columns: vec![
            Column::number(speech.t("office-column-place")),
            column("office-column-symbol", 4),
            column("office-column-date", 3),
            column("office-column-subject", 10),
            column("office-column-author", 5),
            column("office-column-pages", 2),
            column("office-column-note", 3),
        ],
        rows: found.contents.iter().map(row).collect(),
        foot: String::new(),
    }
}
