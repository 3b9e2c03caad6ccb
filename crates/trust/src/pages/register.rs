//! /quan-tri/chung-thu: the register as a list, counted by agency, as a sheet, and what others
//! issued written down in it.

use askama::Template;
use axum::extract::State;
use identity::{Actor, Right};
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Paging, Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, Shown, View};
use uuid::Uuid;

use super::{Question, at_desk, at_field, carriers, field, may_look};
use crate::HERE;
use crate::api::{read_key, write_key};
use crate::certificate::{Carrier, Certificate, Standing};
use crate::commands::register::{Registration, register};
use crate::profile::{FOREIGN, OFFICER, Profile, SEAL, SERVER};
use crate::queries::{self, Line};
use crate::store::register::{Counts, Filter};

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterTemplate<'a> {
    view: &'a View,
    search: Field,
    standing: Field,
    profile: Field,
    is_asked: bool,
    rows: Vec<Row>,
    export: String,
    paging: Option<Paging>,
    approves: bool,
}

struct Row {
    id: Uuid,
    holder: String,
    unit: String,
    profile: String,
    carrier: String,
    until: String,
    standing: Tag,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_look(&actor)?;
    let after = view.query("sau").map(|key| read_key(&key)).unwrap_or_default();
    let found = queries::page(&ctx, &actor, filter(&view), after).await?;
    let last = found.rows.last().map(|line| write_key(&line.certificate));
    let next = found.next.and(last);
    let template = template(&view, &actor, &found.rows, next);
    let page = Page::new(&view, view.t("trust-register"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn filter(view: &View) -> Filter {
    let asked = |name: &str| view.query(name).filter(|text| !text.is_empty());
    Filter {
        words: asked("q").unwrap_or_default(),
        standing: asked("tinh-trang").and_then(|code| Standing::parse(&code)),
        profile: asked("loai"),
    }
}

fn template<'a>(
    view: &'a View,
    actor: &Actor,
    lines: &[Line],
    next: Option<String>,
) -> RegisterTemplate<'a> {
    let filter = filter(view);
    let every = || Choice::new("", view.t("trust-register-every"));
    let standings = Standing::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let profiles = [SEAL, OFFICER, SERVER, FOREIGN];
    let profiles = profiles.map(|code| Choice::new(code, view.t(Profile::word(code))));
    let standings = std::iter::once(every()).chain(standings).collect();
    let profiles = std::iter::once(every()).chain(profiles).collect();
    let choose = |choices, name: &str, word: &str, value: &str| {
        Field::new(&view.speech, Kind::Select(choices), name, view.t(word)).value(value)
    };
    let search = Field::new(&view.speech, Kind::Search, "q", view.t("trust-register-search"));
    RegisterTemplate {
        view,
        search: search.value(&filter.words),
        standing: choose(
            standings,
            "tinh-trang",
            "trust-standing",
            filter.standing.map_or("", Standing::code),
        ),
        profile: choose(
            profiles,
            "loai",
            "trust-profile",
            filter.profile.as_deref().unwrap_or_default(),
        ),
        is_asked: !filter.words.is_empty() || filter.standing.is_some() || filter.profile.is_some(),
        rows: lines.iter().map(|line| row(view, line)).collect(),
        export: view.here_with(&[("sau", "")]).replacen(HERE, &format!("{HERE}/xuat"), 1),
        paging: Paging::onward(view, next.as_deref()),
        approves: actor.has(Right::ApproveCertificates),
    }
}

fn row(view: &View, line: &Line) -> Row {
    let one = &line.certificate;
    Row {
        id: one.id,
        holder: one.holder_name.clone(),
        unit: line.unit.clone(),
        profile: view.t(Profile::word(&one.profile)),
        carrier: view.t(one.carrier.word()),
        until: view.speech.day(one.not_after),
        standing: tag(view, one),
    }
}

/// The standing in a word and a colour; what ends soon says in how many days.
pub(crate) fn tag(view: &View, one: &Certificate) -> Tag {
    let standing = one.standing(view.now);
    let tone = match standing {
        Standing::Good => Tone::Good,
        Standing::Ending | Standing::Suspended => Tone::Warn,
        Standing::Ended | Standing::Revoked => Tone::Bad,
        Standing::NotYet => Tone::Plain,
    };
    let word = match standing {
        Standing::Ending => {
            view.with("trust-standing-ending-in", &[("days", one.days_left(view.now).into())])
        }
        other => view.t(other.word()),
    };
    Tag::new(tone, word)
}

#[derive(Template)]
#[template(path = "counts.html")]
struct CountsTemplate<'a> {
    view: &'a View,
    rows: Vec<(String, [String; 6])>,
    sums: [String; 6],
}

pub(crate) async fn counts(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_look(&actor)?;
    let counted = queries::counts(&ctx, &actor).await?;
    let shown = |numbers: [i64; 6]| numbers.map(|number| view.speech.number(number));
    let mut sums = [0; 6];
    for (row, _) in &counted {
        sums.iter_mut().zip(numbers(row)).for_each(|(sum, number)| *sum += number);
    }
    let rows = counted.iter().map(|(row, name)| (name.clone(), shown(numbers(row)))).collect();
    let template = CountsTemplate { view: &view, rows, sums: shown(sums) };
    let page = Page::new(&view, view.t("trust-counts"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn numbers(row: &Counts) -> [i64; 6] {
    [row.total, row.good, row.ending, row.ended, row.suspended, row.revoked]
}

pub(crate) async fn export(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    may_look(&actor)?;
    let lines = queries::all(&ctx, &actor, filter(&view)).await?;
    let sheet = sheet(&view, &lines).map_err(|error| Problem::broken(&error.to_string()))?;
    let name = format!("chung-thu-{}.csv", local(view.now).date());
    Ok(Reply::file(&name, "text/csv; charset=utf-8", Shown::Saved, sheet))
}

/// With a byte order mark, by which spreadsheets know the letters.
fn sheet(view: &View, lines: &[Line]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "trust-holder",
        "trust-unit",
        "trust-profile",
        "trust-carrier",
        "trust-carrier-number",
        "trust-serial",
        "trust-issuer",
        "trust-from",
        "trust-until",
        "trust-standing",
        "trust-fingerprint",
    ];
    writer.write_record(heads.map(|word| view.t(word)))?;
    for line in lines {
        let one = &line.certificate;
        writer.write_record([
            &safe(&one.holder_name),
            &safe(&line.unit),
            &view.t(Profile::word(&one.profile)),
            &view.t(one.carrier.word()),
            &safe(one.carrier_number.as_deref().unwrap_or_default()),
            &one.serial,
            &safe(&one.issuer),
            &local(one.not_before).date().to_string(),
            &local(one.not_after).date().to_string(),
            &view.t(one.standing(view.now).word()),
            &one.fingerprint,
        ])?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

/// A cell that a spreadsheet would take for a formula is a text.
fn safe(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

pub(crate) async fn new(view: View, actor: Actor) -> Result<Page, Problem> {
    actor.require_anywhere(Right::ManageCertificates)?;
    let page = new_page(&view, &Answers::default(), &Errors::new())?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageCertificates)?;
    match register(&ctx, &actor, registration(&answers)).await {
        Ok(id) => Ok(Reply::see(&format!("{HERE}/{id}")).notice("trust-notice-registered")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            let page = new_page(&view, &answers, &errors)?;
            Ok(at_desk(&view, &actor, page).await.into())
        }
    }
}

fn registration(answers: &Answers) -> Registration {
    Registration {
        pem: answers.get("pem").to_owned(),
        unit: answers.get("unit").to_owned(),
        login: answers.get("login").to_owned(),
        carrier: Carrier::parse(answers.get("carrier")),
        carrier_number: answers.get("carrier_number").to_owned(),
        note: answers.get("note").to_owned(),
    }
}

fn new_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let said = (typed, errors);
    let text = |name: &str, word: &str| field(view, Kind::Text, (name, word), said);
    let question = Question {
        heading: view.t("trust-register-new"),
        lead: vec![view.t("trust-register-new-lead")],
        fields: vec![
            field(view, Kind::Lines(10), ("pem", "trust-pem"), said).hint(view.t("trust-pem-hint")),
            text("unit", "trust-unit-code").hint(view.t("trust-unit-code-hint")),
            text("login", "trust-login")
                .hint(view.t("trust-login-hint-foreign"))
                .optional(&view.speech),
            field(view, carriers(view), ("carrier", "trust-carrier"), said),
            text("carrier_number", "trust-carrier-number").optional(&view.speech),
            text("note", "trust-note").optional(&view.speech),
        ],
        button: view.t("trust-register-new-button"),
        ..Question::new(view, format!("{HERE}/ghi-nhan"), errors)
    };
    question.page(view, HERE, errors)
}
