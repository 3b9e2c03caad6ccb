//! /can-bo/ho-so-cong-viec: the work dossiers of an officer or of the whole unit, and opening one.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use jiff::Span;
use platform::Ctx;
use platform::clock::local;
use platform::store::StoreError;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{PAGE_ROWS, Paging, Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::at_office::{At, at};
use super::{at_desk, at_field};
use crate::commands::work_dossiers::{self, Typed};
use crate::store::work_dossiers::{Among, Line, list as lines};
use crate::work_dossier::{
    CODE_LETTERS_MAX, REMINDED_DAYS, Retention, State as Standing, TITLE_LETTERS_MAX,
};

pub(super) const HERE: &str = "/can-bo/ho-so-cong-viec";

#[derive(Template)]
#[template(path = "work_dossiers.html")]
struct ListTemplate<'a> {
    view: &'a View,
    office: Option<Field>,
    tabs: Vec<(String, String, bool)>,
    whose: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    paging: Option<Paging>,
    new: String,
}

struct Row {
    id: Uuid,
    title: String,
    code: String,
    holder: String,
    opened: String,
    retention: String,
    documents: String,
    state: Tag,
    due: Option<String>,
}

/// Which dossiers the page lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Open,
    Closed,
    /// The archive waits for them.
    Due,
    Archived,
}

impl Tab {
    const ALL: [Tab; 4] = [Tab::Open, Tab::Closed, Tab::Due, Tab::Archived];

    fn code(self) -> &'static str {
        match self {
            Tab::Open => "",
            Tab::Closed => "da-dong",
            Tab::Due => "den-han-nop-luu",
            Tab::Archived => "da-nop-luu",
        }
    }

    fn parse(code: &str) -> Tab {
        Tab::ALL.into_iter().find(|tab| tab.code() == code).unwrap_or(Tab::Open)
    }

    fn word(self) -> &'static str {
        match self {
            Tab::Open => "office-work-dossiers-open",
            Tab::Closed => "office-work-dossiers-closed",
            Tab::Due => "office-work-dossiers-due",
            Tab::Archived => "office-work-dossiers-archived",
        }
    }

    fn state(self) -> Standing {
        match self {
            Tab::Open => Standing::Open,
            Tab::Closed | Tab::Due => Standing::Closed,
            Tab::Archived => Standing::Archived,
        }
    }
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let at = at(&view, &ctx, &actor).await?;
    let tab = Tab::parse(&view.query("xem").unwrap_or_default());
    let all = at.office.all && view.query("cua").as_deref() == Some("don-vi");
    let rows = read(&view, (&ctx, &actor), (&at, tab, all)).await?;
    let template = template(&view, (&at, tab, all), rows);
    let page = Page::new(&view, view.t("office-work-dossiers"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

async fn read(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (at, tab, all): (&At, Tab, bool),
) -> Result<Vec<Line>, StoreError> {
    let among = Among { unit: at.office.unit, all, account: actor.account.0 };
    let before = view.query("sau").and_then(|key| Uuid::try_parse(&key).ok());
    let soon = local(view.now).date().saturating_add(Span::new().days(REMINDED_DAYS));
    let which = (Some(tab.state()), (tab == Tab::Due).then_some(soon));
    let limit = i64::try_from(PAGE_ROWS + 1).unwrap_or(i64::MAX);
    let page = (before.unwrap_or(Uuid::max()), limit);
    ctx.store.read(move |tx| lines(tx, &among, which, page)).await
}

fn template<'a>(
    view: &'a View,
    (at, tab, all): (&At, Tab, bool),
    mut rows: Vec<Line>,
) -> ListTemplate<'a> {
    let has_more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let next = rows.last().map(|row| row.id.0.to_string()).filter(|_| has_more);
    let link = |one: Tab| {
        let path = view.here_with(&[("xem", one.code()), ("sau", "")]);
        (path, view.t(one.word()), one == tab)
    };
    let whose = |code: &str, word: &str, here: bool| {
        (view.here_with(&[("cua", code), ("sau", "")]), view.t(word), here)
    };
    let choices = [
        whose("", "office-work-dossiers-mine", !all),
        whose("don-vi", "office-work-dossiers-unit", all),
    ];
    let code = at.code();
    ListTemplate {
        view,
        office: at.field(view),
        tabs: Tab::ALL.map(link).into(),
        whose: if at.office.all { choices.into() } else { Vec::new() },
        rows: rows.iter().map(|line| row(view, line)).collect(),
        paging: Paging::onward(view, next.as_deref()),
        new: match code.is_empty() {
            true => format!("{HERE}/mo"),
            false => format!("{HERE}/mo?don-vi={code}"),
        },
    }
}

fn row(view: &View, line: &Line) -> Row {
    let due = line.archive_due_on.filter(|_| line.state == Standing::Closed);
    let due =
        due.map(|due| view.with("office-archive-by", &[("day", view.speech.date(due).into())]));
    Row {
        id: line.id.0,
        title: line.title.clone(),
        code: format!("{}, {}", line.code, line.year),
        holder: line.holder_name.clone(),
        opened: view.speech.date(line.opened_on),
        retention: view.t(&line.retention.word()),
        documents: view.speech.number(line.documents),
        state: tag(view, line.state),
        due,
    }
}

pub(super) fn tag(view: &View, state: Standing) -> Tag {
    let tone = match state {
        Standing::Open => Tone::Info,
        Standing::Closed => Tone::Plain,
        Standing::Archived => Tone::Good,
    };
    Tag::new(tone, view.t(&state.word()))
}

#[derive(Template)]
#[template(path = "work_dossier_new.html")]
struct NewTemplate<'a> {
    view: &'a View,
    errors: Markup,
    office: String,
    fields: Vec<Field>,
}

pub(crate) async fn new(view: View, State(ctx): State<Ctx>, actor: Actor) -> Result<Page, Problem> {
    form_page(&view, (&ctx, &actor), (&Answers::default(), &Errors::new())).await
}

async fn form_page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let at = at(view, ctx, actor).await?;
    let template = NewTemplate {
        view,
        errors: said.1.summary(&view.speech),
        office: at.office.name.clone(),
        fields: fields(view, said, true),
    };
    let page = Page::new(view, view.t("office-work-dossier-open"), &template)?.back(HERE);
    let page = if said.1.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

/// The code is given once, when it is opened; the retention period again when it is closed.
pub(super) fn fields(
    view: &View,
    (typed, errors): (&Answers, &Errors),
    with_code: bool,
) -> Vec<Field> {
    let field = |kind, name: &str, word: &str| {
        Field::new(&view.speech, kind, name, view.t(word)).value(typed.get(name)).errors(errors)
    };
    let code = field(Kind::Text, "ma", "office-work-dossier-code")
        .hint(view.t("office-work-dossier-code-hint"))
        .max_letters(CODE_LETTERS_MAX as u32)
        .autocomplete("off");
    let mut fields = if with_code { vec![code] } else { Vec::new() };
    fields.push(
        field(Kind::Lines(2), "tieu-de", "office-work-dossier-title")
            .hint(view.t("office-work-dossier-title-hint"))
            .max_letters(TITLE_LETTERS_MAX as u32),
    );
    if with_code {
        fields.push(retention_field(view, typed.get("bao-quan"), errors));
    }
    fields.push(field(Kind::Lines(3), "ghi-chu", "office-column-note").optional(&view.speech));
    fields
}

pub(super) fn retention_field(view: &View, value: &str, errors: &Errors) -> Field {
    let none = std::iter::once(Choice::new("", view.t("office-choose")));
    let choice = |one: &Retention| Choice::new(one.code(), view.t(&one.word()));
    let choices = Kind::Select(none.chain(Retention::ALL.iter().map(choice)).collect());
    let field = Field::new(&view.speech, choices, "bao-quan", view.t("office-retention"));
    field.value(value).errors(errors)
}

pub(super) fn typed(answers: &Answers) -> Typed {
    Typed {
        code: answers.get("ma").to_owned(),
        title: answers.get("tieu-de").to_owned(),
        retention: answers.get("bao-quan").to_owned(),
        note: answers.get("ghi-chu").to_owned(),
    }
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let at = at(&view, &ctx, &actor).await?;
    match work_dossiers::open(&ctx, &actor, at.office.unit, typed(&answers)).await {
        Ok(id) => {
            Ok(Reply::see(&format!("{HERE}/{}", id.0)).notice("office-notice-dossier-opened"))
        }
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(form_page(&view, (&ctx, &actor), (&answers, &errors)).await?.into())
        }
    }
}
