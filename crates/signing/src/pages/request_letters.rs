//! /can-bo/ky-so/de-nghi/{id}: the letter by which a unit asks about certificates, beside a
//! request; …/de-nghi/chung-thu/{id}, beside a certificate that is there.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::pieces::{Summary, SummaryRow, Tag};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use trust::{About, NUMBER_LETTERS_MAX, Subject};
use uuid::Uuid;

use super::paper::{digits, state_tag};
use super::{at_desk, at_field};
use crate::commands::request_letters::{take_back, write};
use crate::letter::{ADDRESSEE_LETTERS_MAX, Draft, REASON_LETTERS_MAX, RequestLetter};
use crate::queries::letters::{Seen, seen};
use crate::submission::{State as Standing, Submission};

const HERE: &str = "/can-bo/ky-so/de-nghi";

#[derive(Template)]
#[template(path = "request_letter.html")]
struct LetterTemplate<'a> {
    view: &'a View,
    errors: Markup,
    here: String,
    facts: Summary,
    rows: Vec<Row>,
    /// Why no letter can be written now.
    closed: Option<String>,
    waits: bool,
    /// None: no letter can be written now.
    fields: Vec<Field>,
}

struct Row {
    number: String,
    /// None: it is not this officer's to follow.
    path: Option<String>,
    about: String,
    made: String,
    state: Tag,
    reason: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), Subject::Request(id), None).await
}

pub(crate) async fn show_of_certificate(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), Subject::Certificate(id), None).await
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    take(&view, (&ctx, &actor), Subject::Request(id), &answers).await
}

pub(crate) async fn post_of_certificate(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    take(&view, (&ctx, &actor), Subject::Certificate(id), &answers).await
}

pub(crate) async fn post_take_back(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    back(&ctx, &actor, Subject::Request(id)).await
}

pub(crate) async fn post_take_back_of_certificate(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    back(&ctx, &actor, Subject::Certificate(id)).await
}

async fn back(ctx: &Ctx, actor: &Actor, subject: Subject) -> Result<Reply, Problem> {
    take_back(ctx, actor, subject).await?;
    Ok(Reply::see(&here(subject)).notice("signing-notice-letter-taken-back"))
}

async fn take(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    subject: Subject,
    answers: &Answers,
) -> Result<Reply, Problem> {
    let text = |name: &str| answers.get(name).to_owned();
    // Of a request there is nothing to choose.
    let about = match subject {
        Subject::Request(_) => only_about(ctx, actor, subject).await?,
        Subject::Certificate(_) => About::parse(answers.get("about")),
    };
    let draft = Draft {
        about,
        signer: text("signer"),
        number: text("number"),
        addressee: text("addressee"),
        reason: text("reason"),
    };
    match write(ctx, actor, (subject, draft)).await {
        Ok(submission) => {
            let queue = format!("{}/{submission}", crate::HERE);
            Ok(Reply::see(&queue).notice("signing-notice-letter-submitted"))
        }
        Err(refusal) => {
            let errors = at_field(view, refusal)?;
            Ok(page(view, (ctx, actor), subject, Some((answers, &errors))).await?.into())
        }
    }
}

async fn only_about(ctx: &Ctx, actor: &Actor, subject: Subject) -> Result<Option<About>, Problem> {
    let seen = seen(ctx, actor, subject).await?;
    Ok(seen.matter.abouts.first().copied())
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    subject: Subject,
    said: Option<(&Answers, &Errors)>,
) -> Result<Page, Problem> {
    let seen = seen(ctx, actor, subject).await?;
    let closed = closed(view, ctx, &seen);
    let (first, none) = (first_answers(&seen), Errors::new());
    let (typed, errors) = said.unwrap_or((&first, &none));
    let rows =
        seen.letters.iter().map(|(letter, submission)| row(view, actor, (letter, submission)));
    let template = LetterTemplate {
        view,
        errors: errors.summary(&view.speech),
        here: here(subject),
        facts: Summary::new(view, facts(view, &seen)),
        rows: rows.collect(),
        waits: seen.waits(),
        fields: match closed {
            None => fields(view, &seen, (typed, errors)),
            Some(_) => Vec::new(),
        },
        closed,
    };
    let page = Page::new(view, view.t("signing-letter"), &template)?.back(origin(subject));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn here(subject: Subject) -> String {
    match subject {
        Subject::Request(id) => format!("{HERE}/{id}"),
        Subject::Certificate(id) => format!("{HERE}/chung-thu/{id}"),
    }
}

/// The page of what the letter is about.
fn origin(subject: Subject) -> String {
    match subject {
        Subject::Request(id) => format!("/quan-tri/chung-thu/yeu-cau/{id}"),
        Subject::Certificate(id) => format!("/quan-tri/chung-thu/{id}"),
    }
}

fn closed(view: &View, ctx: &Ctx, seen: &Seen) -> Option<String> {
    let word = if seen.waits() {
        "signing-letter-waits"
    } else if seen.matter.is_over {
        "signing-letter-fault-over"
    } else if !ctx.outside.press.is_installed() {
        "signing-letter-no-press"
    } else if seen.candidates.is_empty() {
        "signing-letter-nobody"
    } else {
        return None;
    };
    Some(view.t(word))
}

fn facts(view: &View, seen: &Seen) -> Vec<SummaryRow> {
    let one = &seen.matter;
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let mut rows = vec![
        row("signing-letter-holder", &one.holder_name),
        row("signing-letter-unit", &seen.unit),
        row("signing-letter-profile", &view.t(one.profile)),
        row("signing-letter-carrier", &view.t(one.carrier.word())),
    ];
    if let (Subject::Request(_), Some(about)) = (one.subject, one.abouts.first()) {
        rows.insert(0, row("signing-letter-about", &view.t(about.word())));
    }
    if let Some(number) = &one.carrier_number {
        rows.push(row("signing-letter-carrier-number", number));
    }
    if let Some(serial) = &one.serial {
        rows.push(digits(view, "signing-certificate-serial", serial));
    }
    rows
}

fn row(view: &View, actor: &Actor, (letter, submission): (&RequestLetter, &Submission)) -> Row {
    let is_mine = submission.asked_by == Some(actor.account.0);
    Row {
        number: letter.number.clone(),
        path: is_mine.then(|| format!("{}/{}", crate::HERE, letter.submission)),
        about: view.t(letter.about.word()),
        made: format!("{}, {}", letter.made_name, view.speech.date_time(letter.made_at)),
        state: state_tag(view, submission.state),
        reason: submission.reason.clone().unwrap_or_default(),
    }
}

fn first_answers(seen: &Seen) -> Answers {
    let mut pairs = vec![("addressee".to_owned(), seen.matter.issuer.clone())];
    if let Some(note) = &seen.matter.note {
        pairs.push(("reason".to_owned(), note.clone()));
    }
    if let [only] = seen.candidates.as_slice() {
        pairs.push(("signer".to_owned(), only.value()));
    }
    Answers::from_pairs(pairs)
}

fn fields(view: &View, seen: &Seen, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let mut fields = Vec::new();
    if let Subject::Certificate(_) = seen.matter.subject {
        let abouts = seen.matter.abouts.iter();
        let abouts = abouts.map(|about| Choice::new(about.code(), view.t(about.word())));
        fields.push(field(Kind::Radios(abouts.collect()), "about", "signing-letter-about"));
    }
    let signers = seen.candidates.iter().map(|one| {
        let named = [("name", (&one.name).into()), ("unit", (&one.unit_name).into())];
        let label = view.with("signing-letter-signer-of", &named);
        Choice::new(one.value(), label).hint(one.capacity.replace('\n', ", "))
    });
    fields.extend([
        field(Kind::Radios(signers.collect()), "signer", "signing-letter-signer")
            .hint(view.t("signing-letter-signer-hint")),
        field(Kind::Text, "number", "signing-letter-number")
            .hint(view.t("signing-letter-number-hint"))
            .width(Width::Twenty)
            .max_letters(NUMBER_LETTERS_MAX as u32)
            .autocomplete("off"),
        field(Kind::Text, "addressee", "signing-letter-addressee")
            .max_letters(ADDRESSEE_LETTERS_MAX as u32)
            .autocomplete("off"),
        field(Kind::Lines(4), "reason", "signing-letter-reason")
            .hint(view.t("signing-letter-reason-hint"))
            .max_letters(REASON_LETTERS_MAX as u32),
    ]);
    fields
}

impl Seen {
    /// A letter is before its signatories, or has just come back from them.
    fn waits(&self) -> bool {
        let open = |one: &(RequestLetter, Submission)| {
            one.0.ended_at.is_none() && one.1.state == Standing::Waiting
        };
        self.letters.iter().any(open)
    }
}
