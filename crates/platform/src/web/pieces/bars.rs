//! Amounts side by side: a picture with a title and a description, and the table behind it.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::View;

#[derive(Template, Clone, Debug)]
#[template(path = "pieces/bars.html")]
pub struct Bars {
    /// Distinguishes the pictures of one page.
    id: String,
    title: String,
    description: String,
    rows: Vec<Bar>,
    table_word: String,
    most: i64,
}

#[derive(Clone, Debug)]
pub struct Bar {
    pub label: String,
    pub amount: i64,
    /// The amount as the language writes it, with its unit.
    pub shown: String,
}

/// In the picture's own points; the page scales it.
const WIDTH: i64 = 640;
const ROW: usize = 56;

impl Bars {
    pub fn new(
        view: &View,
        id: &str,
        (title, description): (String, String),
        rows: Vec<Bar>,
    ) -> Bars {
        let most = rows.iter().map(|row| row.amount).max().unwrap_or_default().max(1);
        let table_word = view.t("web-table-behind");
        Bars { id: id.to_owned(), title, description, rows, table_word, most }
    }

    fn height(&self) -> usize {
        self.rows.len() * ROW
    }

    fn label_y(&self, place: &usize) -> usize {
        place * ROW + 18
    }

    fn bar_y(&self, place: &usize) -> usize {
        place * ROW + 26
    }

    fn length(&self, amount: &i64) -> i64 {
        (amount.max(&0) * WIDTH / self.most).max(2)
    }
}

impl HtmlSafe for Bars {}
