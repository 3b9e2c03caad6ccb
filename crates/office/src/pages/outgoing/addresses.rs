//! /can-bo/van-ban-di/{id}/noi-nhan: who receives a document, found in the address book.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::acts::ids;
use crate::HERE;
use crate::commands::addressing::{self, Wish};
use crate::document::OutgoingId;
use crate::outgoing::{Outgoing, State as Standing};
use crate::pages::found::{Found, found, warning};
use crate::pages::{at_desk, at_field};
use crate::queries::outgoing_whole::{groups, people};
use crate::queries::people::Colleague;
use crate::queries::{codes, outgoing};
use crate::recipient::{Group, NAME_LETTERS_MAX, Recipient, Standing as CodeStanding};
use crate::refusal::Refusal;
use crate::store::recipients;

#[derive(Template)]
#[template(path = "outgoing_addresses.html")]
struct AddressesTemplate<'a> {
    view: &'a View,
    errors: Markup,
    subject: String,
    here: String,
    rows: Vec<Row>,
    search: Field,
    /// What the search found; none: nothing was looked for.
    found: Option<Vec<Found>>,
    code: Field,
    addressed: Field,
    groups: Option<Field>,
    people: Option<Field>,
    place: Field,
}

struct Row {
    id: Uuid,
    name: String,
    kind: String,
    warning: Option<String>,
}

/// What the page is made of.
struct Book {
    one: Outgoing,
    named: Vec<(Recipient, CodeStanding)>,
    found: Vec<Found>,
    groups: Vec<Group>,
    people: Vec<Colleague>,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let said = (Answers::default(), Errors::new());
    page(&view, (&ctx, &actor), OutgoingId(id), (&said.0, &said.1)).await
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = OutgoingId(id);
    match addressing::add(&ctx, &actor, (id, wish(&answers))).await {
        Ok(()) => {
            let here = format!("{HERE}/{id}/noi-nhan");
            Ok(Reply::see(&here).notice("office-notice-addressed"))
        }
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), id, (&answers, &errors)).await?.into())
        }
    }
}

pub(crate) async fn post_remove(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((id, recipient)): Path<(Uuid, Uuid)>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    addressing::remove(&ctx, &actor, (OutgoingId(id), recipient)).await?;
    Ok(Reply::see(&format!("{HERE}/{id}/noi-nhan")).notice("office-notice-unaddressed"))
}

/// Which of the forms was sent.
fn wish(answers: &Answers) -> Wish {
    let is_addressed = answers.get("addressed") != "0";
    match answers.get("add") {
        "group" => {
            let id = Uuid::try_parse(answers.get("group")).unwrap_or_default();
            Wish::Group { id, is_addressed }
        }
        "people" => Wish::People(ids(answers, "people")),
        "place" => Wish::Place(answers.get("place").to_owned()),
        _ => {
            let typed = answers.all("code").into_iter();
            let codes = typed.flat_map(|text| text.split([',', ';', '\n', ' ']));
            let codes = codes.map(str::trim).filter(|code| !code.is_empty());
            Wish::Agencies { codes: codes.map(str::to_owned).collect(), is_addressed }
        }
    }
}

async fn book(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (id, words): (OutgoingId, &str),
) -> Result<Book, Refusal> {
    let (one, colleagues) = people(ctx, actor, id).await?;
    let (words, speech) = (words.to_owned(), view.speech.clone());
    let (today, actor) = (local(ctx.clock.now()).date(), actor.clone());
    ctx.store
        .read(move |tx| {
            let (_, part) = outgoing::seen_by(tx, &actor, id)?;
            if one.state != Standing::Draft || !(part.author || part.clerk) {
                return Err(Refusal::NotNow(one.state));
            }
            let mut named = Vec::new();
            for recipient in recipients::of(tx, id)? {
                let standing = match &recipient.code {
                    Some(code) => codes::named(tx, code, today)?.2,
                    None => CodeStanding::Fine,
                };
                named.push((recipient, standing));
            }
            let found = found(tx, &speech, (&words, today))?;
            let groups = groups(tx, &one)?;
            Ok(Book { one: one.clone(), named, found, groups, people: colleagues.clone() })
        })
        .await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: OutgoingId,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let words = view.query("tim").unwrap_or_default();
    let book = book(view, (ctx, actor), (id, &words)).await?;
    let template = template(view, book, &words, (typed, errors));
    let heading = view.t("office-recipients-edit");
    let page = Page::new(view, heading, &template)?.wide().back(format!("{HERE}/{id}"));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn template<'a>(
    view: &'a View,
    book: Book,
    words: &str,
    (typed, errors): (&Answers, &Errors),
) -> AddressesTemplate<'a> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.values(&typed.all(name)).errors(errors)
    };
    let groups = book.groups.iter().map(|group| {
        let told = [("name", (&group.name).into()), ("count", group.members.into())];
        Choice::new(group.id.to_string(), view.with("office-group-of", &told))
    });
    let groups: Vec<Choice> = groups.collect();
    let people = book.people.iter().map(|one| {
        Choice::new(one.account.to_string(), format!("{} ({})", one.name, view.t(one.role.word())))
    });
    let people: Vec<Choice> = people.collect();
    let row = |(one, standing): &(Recipient, CodeStanding)| Row {
        id: one.id,
        name: match &one.code {
            Some(code) if *code != one.name => format!("{} ({code})", one.name),
            _ => one.name.clone(),
        },
        kind: view.t(if one.is_addressed { "office-addressed" } else { one.kind.word() }),
        warning: warning(&view.speech, (&one.name, standing)),
    };
    let addressed = [("1", "office-addressed"), ("0", "office-in-copy")];
    let addressed = addressed.map(|(value, word)| Choice::new(value, view.t(word)));
    let search = Field::new(&view.speech, Kind::Search, "tim", view.t("office-search-agency"));
    AddressesTemplate {
        view,
        errors: errors.summary(&view.speech),
        subject: book.one.subject.clone(),
        here: format!("{HERE}/{}/noi-nhan", book.one.id),
        rows: book.named.iter().map(row).collect(),
        search: search.hint(view.t("office-search-agency-hint")).value(words),
        found: (!words.trim().is_empty()).then_some(book.found),
        code: field(Kind::Text, "code", "office-agency-codes").hint(view.t("office-code-hint")),
        addressed: field(Kind::Radios(addressed.into()), "addressed", "office-addressed-how")
            .value(if typed.get("addressed") == "0" { "0" } else { "1" }),
        groups: (!groups.is_empty()).then(|| field(Kind::Select(groups), "group", "office-group")),
        people: (!people.is_empty())
            .then(|| field(Kind::Checkboxes(people), "people", "office-in-house")),
        place: field(Kind::Text, "place", "office-place")
            .hint(view.t("office-place-hint"))
            .max_letters(NAME_LETTERS_MAX as u32),
    }
}
