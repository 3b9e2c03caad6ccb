//! Everything that is no form and no desk.

use askama::Template;

use super::only_in_demo;
use crate::web::pieces::{
    Bar, Bars, Moment, Paging, Stat, Steps, Summary, SummaryRow, Tag, Task, Tasks, Timeline, Tone,
};
use crate::web::{Crumb, Markup, Page, Problem, View};

#[derive(Template)]
#[template(path = "guide/pieces.html")]
struct Pieces<'a> {
    view: &'a View,
    tags: Vec<Tag>,
    stats: Vec<Stat>,
    steps: Steps,
    summary: Summary,
    tasks: Tasks,
    timeline: Timeline,
    bars: Bars,
    paging: Paging,
    problems: [&'static str; 13],
}

const PROBLEMS: [&str; 13] = [
    "not-found",
    "sign-in",
    "changed",
    "later",
    "too-often",
    "too-large",
    "unreadable",
    "wrong-media",
    "stale-form",
    "foreign-form",
    "too-slow",
    "broken",
    "refused",
];

pub(crate) async fn show(view: View) -> Result<Page, Problem> {
    only_in_demo(&view)?;
    let title = view.t("web-guide-title");
    let content = Pieces {
        view: &view,
        tags: tags(&view),
        stats: stats(&view),
        steps: Steps::new(&view, 2, 5),
        summary: summary(&view),
        tasks: tasks(&view),
        timeline: timeline(&view),
        bars: bars(&view),
        paging: Paging::new(&view, 214, Some("0198f3c2")),
        problems: PROBLEMS,
    };
    let home = Crumb { path: "/".to_owned(), label: view.t("web-guide-crumb-home") };
    let here = Crumb { path: "/tro-giup".to_owned(), label: view.t("web-help-title") };
    Ok(Page::new(&view, title, &content)?.crumbs(vec![home, here]))
}

fn tags(view: &View) -> Vec<Tag> {
    let tag = |tone, key: &str| Tag::new(tone, view.t(key));
    vec![
        tag(Tone::Good, "web-guide-tag-good"),
        tag(Tone::Warn, "web-guide-tag-warn"),
        tag(Tone::Bad, "web-guide-tag-bad"),
        tag(Tone::Info, "web-guide-tag-info"),
        tag(Tone::Plain, "web-guide-tag-plain"),
    ]
}

fn stats(view: &View) -> Vec<Stat> {
    let stat = |tone, key: &str, figure: i64| Stat {
        tone,
        label: view.t(key),
        figure: view.speech.number(figure),
    };
    vec![
        stat(Tone::Plain, "web-guide-stat-received", 12_840),
        stat(Tone::Good, "web-guide-stat-early", 11_902),
        stat(Tone::Warn, "web-guide-stat-soon", 57),
        stat(Tone::Bad, "web-guide-stat-late", 3),
    ]
}

fn summary(view: &View) -> Summary {
    let row = |label: &str, value: &str| SummaryRow::new(view.t(label), &view.t(value));
    Summary::new(
        view,
        vec![
            row("web-guide-name", "web-guide-name-value").change("/mau-giao-dien/bieu-mau#f-name"),
            row("web-guide-address", "web-guide-address-value")
                .change("/mau-giao-dien/bieu-mau#f-address"),
            SummaryRow::new(view.t("web-guide-phone"), "")
                .change("/mau-giao-dien/bieu-mau#f-phone"),
        ],
    )
}

fn tasks(view: &View) -> Tasks {
    let task = |id: &str, key: &str, tone, state: &str, open: bool| Task {
        id: id.to_owned(),
        label: view.t(key),
        hint: (id == "papers").then(|| view.t("web-guide-task-papers-hint")),
        path: open.then(|| "/mau-giao-dien/bieu-mau".to_owned()),
        state: Tag::new(tone, view.t(state)),
    };
    Tasks(vec![
        task("child", "web-guide-task-child", Tone::Good, "web-guide-task-done", true),
        task("papers", "web-guide-task-papers", Tone::Info, "web-guide-task-begun", true),
        task("fee", "web-guide-task-fee", Tone::Bad, "web-guide-task-wrong", true),
        task("send", "web-guide-task-send", Tone::Plain, "web-guide-task-later", false),
    ])
}

fn timeline(view: &View) -> Timeline {
    let moment = |tone, name: &str, text: bool| Moment {
        tone,
        title: view.t(&format!("web-guide-moment-{name}")),
        when: view.t(&format!("web-guide-moment-{name}-when")),
        text: text.then(|| Markup::lines(&view.t(&format!("web-guide-moment-{name}-text")))),
    };
    Timeline(vec![
        moment(Tone::Good, "sent", false),
        moment(Tone::Warn, "asked", true),
        moment(Tone::Info, "checked", true),
        moment(Tone::Plain, "result", false),
    ])
}

fn bars(view: &View) -> Bars {
    let bar = |key: &str, amount: i64| Bar {
        label: view.t(key),
        amount,
        shown: view.speech.number(amount),
    };
    let words = (view.t("web-guide-bars"), view.t("web-guide-bars-text"));
    let rows = vec![
        bar("web-guide-bar-land", 4_310),
        bar("web-guide-bar-civil", 3_874),
        bar("web-guide-bar-business", 1_205),
    ];
    Bars::new(view, "fields", words, rows)
}
