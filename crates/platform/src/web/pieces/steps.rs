//! How far along a row of questions one is.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::View;
use crate::words::Word;

#[derive(Template, Clone, Debug)]
#[template(
    ext = "html",
    source = "<p class=\"step-of\">{{ words }}</p><ol class=\"steps\" aria-hidden=\"true\">\
        {%- for step in 1..=all -%}\
        <li class=\"{% if step < at %}past{% else if step == at %}here{% endif %}\"></li>\
        {%- endfor -%}</ol>"
)]
pub struct Steps {
    at: usize,
    all: usize,
    words: String,
}

impl Steps {
    /// The step `at` of `all`, the first being 1.
    pub fn new(view: &View, at: usize, all: usize) -> Steps {
        let number = |number: usize| Word::from(i64::try_from(number).unwrap_or(i64::MAX));
        let words = view.with("web-step-of", &[("at", number(at)), ("all", number(all))]);
        Steps { at, all, words }
    }
}

impl HtmlSafe for Steps {}
