//! Searching and browsing. Everything that was chosen stands in the address, so that a page of
//! results can be kept, sent and gone back to.

use askama::Template;
use platform::Ctx;
use platform::web::form::{Choice, Field, Kind};
use platform::web::pieces::{PAGE_ROWS, Paging, Tag, Tone};
use platform::web::{Markup, Page, Problem, View};
use platform::words::{Locale, Word};

use super::home::{Moment, moments, question};
use super::{name_of, told};
use crate::code::Code;
use crate::commands::TOPIC;
use crate::level::{Level, OnlineLevel};
use crate::life_event::LifeEvent;
use crate::search::{Catalogue, Facet, Filter, Found, Index, Listed, Question, Segment};
use crate::time_limit::TimeUnit;

/// Fields and agencies shown at once; the rest is behind one click.
const BROWSE_SHOWN: usize = 24;

/// A procedure in a list.
pub(super) struct Line<'a> {
    pub path: String,
    pub name: Vec<Segment<'a>>,
    pub is_official: bool,
    pub summary: Option<&'a str>,
    pub facts: String,
    pub tag: Option<Tag>,
}

impl<'a> Line<'a> {
    pub fn plain(view: &View, listed: &'a Listed) -> Line<'a> {
        let (name, _) = name_of(view, &listed.listing);
        Line::of(view, listed, vec![Segment { text: name, is_marked: false }])
    }

    fn of(view: &View, listed: &'a Listed, name: Vec<Segment<'a>>) -> Line<'a> {
        let listing = &listed.listing;
        let (_, is_official) = name_of(view, listing);
        let free = listing.is_free.then(|| view.t("procedures-fee-free"));
        let counted = listing.time_limit.as_ref().filter(|limit| limit.unit != TimeUnit::Other);
        let time = counted.map(|limit| told::time_limit(&view.speech, limit));
        let facts = [Some(told::levels(&view.speech, listing.levels)), time, free];
        let word = told::online_word(&view.speech, listing.online_level);
        Line {
            path: format!("/thu-tuc/{}", listed.code),
            name,
            is_official,
            summary: listing.summary.as_deref().filter(|_| view.locale == Locale::Vi),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            tag: match listing.online_level {
                OnlineLevel::Information => None,
                OnlineLevel::Part => Some(Tag::new(Tone::Info, word)),
                OnlineLevel::Whole => Some(Tag::new(Tone::Good, word)),
            },
        }
    }
}

pub async fn show(view: View, ctx: Ctx, catalogue: Catalogue) -> Result<Page, Problem> {
    let index = catalogue.index(&ctx).await?;
    let asked = asked(&view);
    let wants_all = view.query("tat-ca").is_some();
    let page = match asked.words.is_empty() && asked.filter.is_empty() && !wants_all {
        true => browse_page(&view, &index)?,
        false => results_page(&view, &index, &asked)?,
    };
    Ok(page.public(TOPIC))
}

fn asked(view: &View) -> Question {
    let text = |name| view.query(name).map(|text| text.trim().to_owned()).filter(|t| !t.is_empty());
    Question {
        words: text("q").unwrap_or_default(),
        filter: Filter {
            event: text("su-kien").and_then(|text| LifeEvent::parse(&text)),
            field: text("linh-vuc"),
            agency: text("co-quan"),
            level: text("cap").and_then(|text| Level::parse(&text)),
            subject: text("doi-tuong"),
            online: text("truc-tuyen").and_then(|text| OnlineLevel::parse(&text)),
        },
    }
}

pub(super) fn event_path(event: LifeEvent) -> String {
    format!("/thu-tuc?su-kien={}", event.as_str())
}

#[derive(Template)]
#[template(path = "browse.html")]
struct BrowsePage<'a> {
    view: &'a View,
    question: Field,
    citizen: Vec<Moment>,
    business: Vec<Moment>,
    fields: Vec<Branch>,
    more_fields: Vec<Branch>,
    agencies: Vec<Branch>,
    levels: Vec<Branch>,
    all: String,
    lang: Markup,
}

/// A way down the catalogue, with how much lies there.
struct Branch {
    path: String,
    name: String,
    count: String,
}

fn browse_page(view: &View, index: &Index) -> Result<Page, Problem> {
    let found = index.ask(&Question::default());
    let mut fields = branches(view, &found, (Facet::Field, "linh-vuc"));
    let more_fields = fields.split_off(fields.len().min(BROWSE_SHOWN));
    let page = BrowsePage {
        view,
        question: question(view, ""),
        citizen: moments(view, &LifeEvent::CITIZEN, index),
        business: moments(view, &LifeEvent::BUSINESS, index),
        fields,
        more_fields,
        agencies: branches(view, &found, (Facet::Agency, "co-quan")),
        levels: branches(view, &found, (Facet::Level, "cap")),
        all: view.with("procedures-all", &[("count", Word::from(found.count() as i64))]),
        lang: view.official(),
    };
    Page::new(view, view.t("procedures-title"), &page)
}

fn branches(view: &View, found: &Found<'_>, (facet, name): (Facet, &str)) -> Vec<Branch> {
    found
        .facet(facet)
        .into_iter()
        .map(|(value, count)| Branch {
            path: view.here_with(&[(name, &value)]),
            name: value_word(view, found, facet, &value),
            count: view.speech.number(count as i64),
        })
        .collect()
}

/// A facet's value as people read it.
fn value_word(view: &View, found: &Found<'_>, facet: Facet, value: &str) -> String {
    match facet {
        Facet::Event => told::event_word(&view.speech, value),
        Facet::Level => told::level_word(&view.speech, value),
        Facet::Online => view.t(&format!("procedures-online-{value}")),
        Facet::Agency => found.agency_name(value).unwrap_or(value).to_owned(),
        Facet::Field | Facet::Subject => value.to_owned(),
    }
}

/// Names that the texts give are Vietnamese; the rest are words of ours.
fn is_official(facet: Facet) -> bool {
    matches!(facet, Facet::Field | Facet::Agency | Facet::Subject)
}

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage<'a> {
    view: &'a View,
    question: Field,
    filters: Vec<Field>,
    chosen: Vec<Chosen>,
    heading: String,
    lines: Vec<Line<'a>>,
    paging: Paging,
    lang: Markup,
    words: &'a str,
}

/// A filter that is set, and the address without it.
struct Chosen {
    path: String,
    word: String,
    is_official: bool,
}

const FILTERS: [(Facet, &str, &str); 6] = [
    (Facet::Event, "su-kien", "procedures-filter-event"),
    (Facet::Field, "linh-vuc", "procedures-filter-field"),
    (Facet::Agency, "co-quan", "procedures-filter-agency"),
    (Facet::Level, "cap", "procedures-filter-level"),
    (Facet::Subject, "doi-tuong", "procedures-filter-subject"),
    (Facet::Online, "truc-tuyen", "procedures-filter-online"),
];

fn results_page(view: &View, index: &Index, asked: &Question) -> Result<Page, Problem> {
    let found = index.ask(asked);
    let after = view.query("sau").and_then(|text| Code::parse(&text).ok());
    let rows = found.page(after.as_ref(), PAGE_ROWS);
    let next = found.next(&rows).map(Code::as_str);
    let total = found.count() as i64;
    let lines = rows.iter().map(|listed| {
        let (name, _) = name_of(view, &listed.listing);
        Line::of(view, listed, found.marked_name(name))
    });
    let page = ResultsPage {
        view,
        question: question(view, &asked.words),
        filters: FILTERS.iter().map(|filter| select(view, &found, *filter)).collect(),
        chosen: chosen(view, &found),
        heading: view.with("procedures-found", &[("count", Word::from(total))]),
        paging: Paging::new(view, total, next),
        lines: lines.collect(),
        lang: view.official(),
        words: &asked.words,
    };
    let title = match asked.words.is_empty() {
        true => view.t("procedures-search-title"),
        false => view.with("procedures-found-title", &[("words", Word::from(asked.words.clone()))]),
    };
    Ok(Page::new(view, title, &page)?.crumbs(vec![super::to_search(view)]))
}

/// A choice among what is there, each with its count.
fn select(view: &View, found: &Found<'_>, (facet, name, word): (Facet, &str, &str)) -> Field {
    let typed = view.query(name).unwrap_or_default();
    let mut values = found.facet(facet);
    if !typed.is_empty() && !values.iter().any(|(value, _)| *value == typed) {
        values.push((typed.clone(), 0));
    }
    let any = Choice::new("", view.t("procedures-filter-any"));
    let choice = |(value, count): (String, usize)| {
        let label = value_word(view, found, facet, &value);
        let choice = Choice::new(value, format!("{label} ({})", view.speech.number(count as i64)));
        let is_foreign = is_official(facet) && view.locale == Locale::En;
        if is_foreign { choice.lang("vi") } else { choice }
    };
    let choices = [any].into_iter().chain(values.into_iter().map(choice)).collect();
    Field::new(&view.speech, Kind::Select(choices), name, view.t(word)).value(typed)
}

fn chosen(view: &View, found: &Found<'_>) -> Vec<Chosen> {
    FILTERS
        .iter()
        .filter_map(|(facet, name, _)| {
            let value = view.query(name).filter(|value| !value.is_empty())?;
            let path = view.here_with(&[(name, ""), ("sau", "")]);
            let word = value_word(view, found, *facet, &value);
            Some(Chosen { path, word, is_official: is_official(*facet) })
        })
        .collect()
}
