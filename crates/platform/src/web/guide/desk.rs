//! An officer's desk: navigation with counts, filters in the address, a dense table, shortcuts.

use askama::Template;

use super::only_in_demo;
use crate::web::form::{Choice, Field, Kind, Width};
use crate::web::pieces::{Paging, SortLink, Tag, Tone};
use crate::web::{MenuEntry, Page, Problem, Tally, View};

#[derive(Template)]
#[template(path = "guide/desk.html")]
struct Desk<'a> {
    view: &'a View,
    state: Field,
    words: Field,
    heads: [SortLink; 3],
    rows: Vec<Row>,
    paging: Paging,
}

struct Row {
    code: &'static str,
    what: String,
    who: &'static str,
    due: String,
    state: Tag,
}

pub(crate) async fn show(view: View) -> Result<Page, Problem> {
    only_in_demo(&view)?;
    let asked = view.query("q").unwrap_or_default();
    let chosen = view.query("trang-thai").unwrap_or_default();
    let content = Desk {
        state: Field::new(
            &view.speech,
            Kind::Select(states(&view)),
            "trang-thai",
            view.t("web-guide-state"),
        )
        .value(chosen),
        words: Field::new(&view.speech, Kind::Search, "q", view.t("web-guide-search"))
            .value(asked)
            .width(Width::Twenty),
        heads: [
            SortLink::new(&view, "ma", view.t("web-guide-head-code")),
            SortLink::new(&view, "nguoi", view.t("web-guide-head-who")),
            SortLink::new(&view, "han", view.t("web-guide-head-due")),
        ],
        rows: rows(&view),
        paging: Paging::new(&view, 43, Some("0198f3c2")),
        view: &view,
    };
    let page = Page::new(&view, view.t("web-guide-desk-title"), &content)?;
    Ok(page.menu(menu(&view)).wide())
}

fn menu(view: &View) -> Vec<MenuEntry> {
    let entry = |path: &str, key: &str, count: Option<i64>| MenuEntry {
        path: path.to_owned(),
        label: view.t(key),
        count: count.map(Tally::Exactly),
    };
    vec![
        entry("/mau-giao-dien/ban-lam-viec", "web-guide-menu-waiting", Some(43)),
        entry("/mau-giao-dien/loi/later", "web-guide-menu-late", Some(3)),
        entry("/mau-giao-dien/bieu-mau", "web-guide-menu-new", None),
        entry("/mau-giao-dien", "web-guide-menu-figures", None),
    ]
}

fn states(view: &View) -> Vec<Choice> {
    let choice = |value: &str, key: &str| Choice::new(value, view.t(key));
    vec![
        choice("", "web-guide-state-all"),
        choice("moi", "web-guide-tag-info"),
        choice("qua-han", "web-guide-tag-bad"),
    ]
}

fn rows(view: &View) -> Vec<Row> {
    let row =
        |(code, what, who): (&'static str, &str, &'static str), hours: i64, tone, state| Row {
            code,
            what: view.t(what),
            who,
            due: view.speech.date_time(view.now + jiff::SignedDuration::from_hours(hours)),
            state: Tag::new(tone, view.t(state)),
        };
    vec![
        row(
            ("H26.18.12-261119-0007", "web-guide-result-2", "Nguyễn Thị Hạnh"),
            -20,
            Tone::Bad,
            "web-guide-tag-bad",
        ),
        row(
            ("H26.18.12-261120-0031", "web-guide-result-1", "Trần Văn Bảo"),
            3,
            Tone::Warn,
            "web-guide-tag-warn",
        ),
        row(
            ("H26.18.12-261123-0002", "web-guide-result-1", "Hoàng A Páo"),
            51,
            Tone::Good,
            "web-guide-tag-good",
        ),
        row(
            ("H26.18.12-261123-0004", "web-guide-result-2", "Lê Thuý Quỳnh Như"),
            52,
            Tone::Info,
            "web-guide-tag-info",
        ),
    ]
}
