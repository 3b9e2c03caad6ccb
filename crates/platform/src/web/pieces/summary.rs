//! What was answered or is known, line by line, each with a way to change it.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::{Markup, View};

#[derive(Template, Clone, Debug)]
#[template(path = "pieces/summary.html")]
pub struct Summary {
    rows: Vec<SummaryRow>,
    change_word: String,
    missing_word: String,
}

#[derive(Clone, Debug)]
pub struct SummaryRow {
    label: String,
    value: Markup,
    change: Option<String>,
}

impl Summary {
    pub fn new(view: &View, rows: Vec<SummaryRow>) -> Summary {
        let change_word = view.t("web-summary-change");
        Summary { rows, change_word, missing_word: view.t("web-summary-missing") }
    }
}

impl SummaryRow {
    /// An empty value says that nothing was given.
    pub fn new(label: impl Into<String>, value: &str) -> SummaryRow {
        SummaryRow { label: label.into(), value: Markup::lines(value), change: None }
    }

    pub fn markup(label: impl Into<String>, value: Markup) -> SummaryRow {
        SummaryRow { label: label.into(), value, change: None }
    }

    /// Where this line is changed.
    pub fn change(mut self, path: impl Into<String>) -> SummaryRow {
        self.change = Some(path.into());
        self
    }
}

impl HtmlSafe for Summary {}
