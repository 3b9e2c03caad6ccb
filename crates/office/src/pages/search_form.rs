//! The questions of the search: words first, every field of a document below.

use platform::store::{StoreError, Tx};
use platform::web::View;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use uuid::Uuid;

use super::at_office::At;
use crate::book::Book;
use crate::document::{Direction, TYPES, Urgency};
use crate::queries::offices::Office;
use crate::queries::search::handlers;
use crate::search::Wish;
use crate::store::registers::books;
use crate::{incoming, outgoing};

/// What can be chosen in an office.
pub(super) struct Choices {
    books: Vec<Book>,
    handlers: Vec<(Uuid, String)>,
}

pub(super) fn choices(tx: &mut Tx, office: &Office) -> Result<Choices, StoreError> {
    let mut all = Vec::new();
    for direction in Direction::ALL {
        all.extend(books(tx, office.unit, direction)?);
    }
    Ok(Choices { books: all, handlers: handlers(tx, office)? })
}

pub(super) struct FormParts {
    pub office: Option<Field>,
    pub words: Field,
    pub more: Vec<Field>,
    /// Whether anything below was asked for.
    pub is_open: bool,
}

pub(super) fn form(
    view: &View,
    (at, choices): (&At, &Choices),
    (wish, asked, errors): (&Wish, &Answers, &Errors),
) -> FormParts {
    let words = Field::new(&view.speech, Kind::Search, "tim", view.t("office-search-words"));
    let others = Wish { words: String::new(), ..wish.clone() };
    FormParts {
        office: at.field(view),
        words: words.hint(view.t("office-search-words-hint")).value(asked.get("tim")),
        more: more(view, choices, (asked, errors)),
        is_open: !others.is_empty() || !errors.is_empty(),
    }
}

fn more(view: &View, choices: &Choices, (asked, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word)).value(asked.get(name));
        field.errors(errors)
    };
    let select = |list: Vec<Choice>| {
        let every = std::iter::once(Choice::new("", view.t("office-every")));
        Kind::Select(every.chain(list).collect())
    };
    let text = |name: &str, word: &str| field(Kind::Text, name, word).autocomplete("off");
    let day = |name: &str, word: &str| field(Kind::Date, name, word).date(asked.date(name));
    let directions = Direction::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let types = TYPES.map(|one| Choice::new(one.code, one.name));
    let urgencies = Urgency::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let books = choices
        .books
        .iter()
        .map(|one| Choice::new(one.id.to_string(), format!("{} ({})", one.name, one.year)));
    let handlers = choices.handlers.iter();
    let handlers = handlers.map(|(id, name)| Choice::new(id.to_string(), name.as_str()));
    vec![
        field(select(directions.into()), "chieu", "office-column-direction"),
        field(select(types.into()), "loai", "office-column-type"),
        text("ky-hieu", "office-column-symbol"),
        text("gui", "office-column-author"),
        text("nhan", "office-column-recipients"),
        text("nguoi-ky", "office-column-signer"),
        field(select(handlers.collect()), "xu-ly", "office-search-handler"),
        field(select(urgencies.into()), "khan", "office-column-urgency"),
        field(select(states(view)), "trang-thai", "office-column-state"),
        field(select(books.collect()), "so", "office-search-book"),
        field(Kind::Digits, "nam", "office-search-year").width(Width::Four),
        day("tu", "office-search-from"),
        day("den", "office-search-to"),
    ]
}

/// Of both directions, each with its direction before it.
fn states(view: &View) -> Vec<Choice> {
    let choice = |direction: Direction, code: &str, word: &str| {
        let label = format!("{}: {}", view.t(direction.word()), view.t(word));
        Choice::new(format!("{}-{code}", direction.code()), label)
    };
    let came =
        incoming::State::ALL.iter().map(|one| choice(Direction::In, one.code(), &one.word()));
    let goes =
        outgoing::State::ALL.iter().map(|one| choice(Direction::Out, one.code(), one.word()));
    came.chain(goes).collect()
}
