//! /quan-tri/truc/goi-tin: packets by what is known of them.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Choice, DateParts, Field, Kind as Input};
use platform::web::pieces::{Paging, Tag, Tone};
use platform::web::{Page, Problem, View};
use uuid::Uuid;

use super::links::{at_desk, may_manage};
use crate::packet::Kind;
use crate::queries::watching::{self, Found, Wish};
use crate::store::searching::Line;

#[derive(Template)]
#[template(path = "packets.html")]
struct PacketsTemplate<'a> {
    view: &'a View,
    search: Field,
    narrow: Vec<Field>,
    is_narrowed: bool,
    is_asked: bool,
    rows: Vec<Row>,
    broke_off: bool,
    paging: Option<Paging>,
}

/// A packet in a list, here and beside others about the same document.
pub(super) struct Row {
    pub id: Uuid,
    pub title: String,
    pub number: String,
    pub business: String,
    pub from: String,
    pub accepted: String,
    pub state: Tag,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let wish = wish(&view);
    let found = watching::search(&ctx, wish.clone()).await?;
    let template = template(&view, (&wish, &found));
    let page = Page::new(&view, view.t("axis-packets"), &template)?.wide().back(crate::HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, (wish, found): (&Wish, &Found)) -> PacketsTemplate<'a> {
    let next = found.next.map(|id| id.to_string());
    let search = Field::new(&view.speech, Input::Search, "q", view.t("axis-packets-search"));
    PacketsTemplate {
        view,
        search: search.hint(view.t("axis-packets-search-hint")).value(&wish.words),
        narrow: narrow(view, wish),
        is_narrowed: wish.is_narrowed(),
        is_asked: wish.is_narrowed() || !wish.words.is_empty(),
        rows: found.rows.iter().map(|line| row(view, line)).collect(),
        broke_off: found.broke_off,
        paging: Paging::onward(view, next.as_deref()),
    }
}

impl Wish {
    fn is_narrowed(&self) -> bool {
        self.kind.is_some()
            || self.business.is_some()
            || self.transport.is_some()
            || !(self.from.is_empty() && self.to.is_empty())
            || self.first_day.is_some()
            || self.last_day.is_some()
    }
}

fn wish(view: &View) -> Wish {
    let asked = |name: &str| view.query(name).unwrap_or_default().trim().to_owned();
    let chosen = |name: &str| Some(asked(name)).filter(|code| !code.is_empty());
    Wish {
        words: asked("q"),
        kind: match asked("loai").as_str() {
            "edoc" => Some(Kind::Document),
            "status" => Some(Kind::Status),
            _ => None,
        },
        business: chosen("nghiep-vu"),
        from: asked("tu"),
        to: asked("den"),
        transport: chosen("trang-thai"),
        first_day: parts(view, "tu-ngay").parse().ok(),
        last_day: parts(view, "den-ngay").parse().ok(),
        after: view.query("sau").and_then(|key| Uuid::try_parse(&key).ok()),
    }
}

fn parts(view: &View, name: &str) -> DateParts {
    let part = |part: &str| view.query(&format!("{name}-{part}")).unwrap_or_default();
    DateParts { day: part("day"), month: part("month"), year: part("year") }
}

fn narrow(view: &View, wish: &Wish) -> Vec<Field> {
    let every = || Choice::new("", view.t("axis-packets-every"));
    let choose = |name: &str, word: &str, codes: &[(&str, &str)], value: &str| {
        let choices = codes.iter().map(|(code, word)| Choice::new(*code, view.t(word)));
        let choices = std::iter::once(every()).chain(choices).collect();
        Field::new(&view.speech, Input::Select(choices), name, view.t(word)).value(value)
    };
    let text = |name: &str, word: &str, value: &str| {
        Field::new(&view.speech, Input::Text, name, view.t(word)).value(value)
    };
    let date = |name: &str, word: &str| {
        Field::new(&view.speech, Input::Date, name, view.t(word)).date(parts(view, name))
    };
    let kind = wish.kind.map_or("", Kind::code);
    vec![
        choose("loai", "axis-packet-kind", &KINDS, kind),
        choose(
            "nghiep-vu",
            "axis-packet-business",
            &BUSINESSES,
            wish.business.as_deref().unwrap_or_default(),
        ),
        choose(
            "trang-thai",
            "axis-transport",
            &TRANSPORTS,
            wish.transport.as_deref().unwrap_or_default(),
        ),
        text("tu", "axis-packets-from", &wish.from),
        text("den", "axis-packets-to", &wish.to),
        date("tu-ngay", "axis-packets-first-day"),
        date("den-ngay", "axis-packets-last-day"),
    ]
}

const KINDS: [(&str, &str); 2] = [("edoc", "axis-kind-edoc"), ("status", "axis-kind-status")];
const BUSINESSES: [(&str, &str); 4] = [
    ("0", "axis-business-new"),
    ("1", "axis-business-recall"),
    ("2", "axis-business-update"),
    ("3", "axis-business-replacement"),
];
const TRANSPORTS: [(&str, &str); 4] = [
    ("initial", "axis-transport-initial"),
    ("processing", "axis-transport-processing"),
    ("done", "axis-transport-done"),
    ("fail", "axis-transport-fail"),
];

pub(super) fn row(view: &View, line: &Line) -> Row {
    let number = match (line.number.as_str(), line.notation.as_str()) {
        ("", notation) => notation.to_owned(),
        (number, "") => number.to_owned(),
        (number, notation) => format!("{number}/{notation}"),
    };
    let title = match (line.subject.is_empty(), line.kind) {
        (false, _) => line.subject.clone(),
        (true, Kind::Status) => line.document_id.clone(),
        (true, Kind::Document) => view.t("axis-packet-untitled"),
    };
    Row {
        id: line.id,
        title,
        number,
        business: business(view, (&line.business, line.status_code.as_deref())),
        from: format!("{} ({})", line.from_name, line.from_code),
        accepted: view.speech.date_time(line.accepted_at),
        state: state(view, line),
    }
}

/// What a packet is: a document of some kind, or a word about one.
pub(super) fn business(view: &View, (code, status): (&str, Option<&str>)) -> String {
    if let Some(status) = status {
        return said(view, status);
    }
    let known = BUSINESSES.iter().find(|(known, _)| *known == code);
    known.map_or_else(|| code.to_owned(), |(_, word)| view.t(word))
}

/// `03: tiếp nhận`.
pub(super) fn said(view: &View, code: &str) -> String {
    match code {
        "01" | "02" | "03" | "04" | "05" | "06" | "13" | "15" | "16" => {
            format!("{code}: {}", view.t(&format!("axis-said-{code}")))
        }
        other => other.to_owned(),
    }
}

fn state(view: &View, line: &Line) -> Tag {
    let count = |count: i64| view.speech.number(count);
    let args = [("done", count(line.done).into()), ("all", count(line.receivers).into())];
    if line.failed > 0 {
        return Tag::new(Tone::Bad, view.with("axis-packet-failed", &args));
    }
    let tone = if line.done == line.receivers { Tone::Good } else { Tone::Info };
    Tag::new(tone, view.with("axis-packet-delivered", &args))
}

pub(super) fn transport(view: &View, code: &str) -> Tag {
    let known = TRANSPORTS.iter().find(|(known, _)| *known == code);
    let word = known.map_or_else(|| code.to_owned(), |(_, word)| view.t(word));
    let tone = match code {
        "done" => Tone::Good,
        "fail" => Tone::Bad,
        "processing" => Tone::Info,
        _ => Tone::Plain,
    };
    Tag::new(tone, word)
}
