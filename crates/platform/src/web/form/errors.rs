//! Mistakes in a form: gathered, shown on top and at each field, in the same words.

use askama::Template;

use crate::web::Markup;
use crate::words::Speech;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    pub fn new() -> Errors {
        Errors::default()
    }

    /// `message` says what happened and how to mend it; it stands at the field `name`. For a
    /// mistake of no single field, `name` is empty.
    pub fn add(&mut self, name: &str, message: String) {
        self.0.push((name.to_owned(), message));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The message at `name`.
    pub fn of(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, message)| message.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, message)| (name.as_str(), message.as_str()))
    }

    /// The summary on top of the page, above the heading; nothing when all is well.
    pub fn summary(&self, speech: &Speech) -> Markup {
        if self.is_empty() {
            return Markup::default();
        }
        let title = speech.t("web-errors-title");
        // The template writes to memory and holds only strings: it cannot fail.
        Markup::trusted(Summary { title, errors: self }.render().unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "pieces/errors.html")]
struct Summary<'a> {
    title: String,
    errors: &'a Errors,
}
