//! The front door: one box to type in, the moments of life, what people ask for most.

use askama::Template;
use platform::Ctx;
use platform::web::form::{Field, Kind};
use platform::web::{Markup, Page, Problem, View};
use platform::words::Word;

use super::search::{Line, event_path};
use super::told;
use crate::commands::TOPIC;
use crate::level::OnlineLevel;
use crate::life_event::LifeEvent;
use crate::search::{Catalogue, Index};

const POPULAR: usize = 8;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    view: &'a View,
    question: Field,
    citizen: Vec<Moment>,
    business: Vec<Moment>,
    popular: Vec<Line<'a>>,
    figures: Vec<Figure>,
    lang: Markup,
}

/// A moment of life and how many procedures belong to it.
pub(super) struct Moment {
    pub path: String,
    pub name: String,
    pub about: String,
    pub count: String,
}

struct Figure {
    number: String,
    label: String,
}

pub async fn show(view: View, ctx: Ctx, catalogue: Catalogue) -> Result<Page, Problem> {
    let index = catalogue.index(&ctx).await?;
    let popular = index.popular(POPULAR);
    let page = HomePage {
        view: &view,
        question: question(&view, ""),
        citizen: moments(&view, &LifeEvent::CITIZEN, &index),
        business: moments(&view, &LifeEvent::BUSINESS, &index),
        popular: popular.iter().map(|listed| Line::plain(&view, listed)).collect(),
        figures: figures(&view, &index),
        lang: view.official(),
    };
    Ok(Page::new(&view, view.t("procedures-home-title"), &page)?.public(TOPIC))
}

pub(super) fn question(view: &View, typed: &str) -> Field {
    Field::new(&view.speech, Kind::Search, "q", view.t("procedures-question"))
        .hint(view.t("procedures-question-hint"))
        .value(typed)
}

/// Moments that have procedures; an empty one would lead nowhere.
pub(super) fn moments(view: &View, events: &[LifeEvent], index: &Index) -> Vec<Moment> {
    let count = |event| {
        index.entries.iter().filter(|listed| listed.listing.life_events.contains(&event)).count()
    };
    events
        .iter()
        .map(|event| (*event, count(*event)))
        .filter(|(_, count)| *count > 0)
        .map(|(event, count)| Moment {
            path: event_path(event),
            name: told::event_word(&view.speech, event.as_str()),
            about: view.with("procedures-count", &[("count", Word::from(count as i64))]),
            count: view.speech.number(count as i64),
        })
        .collect()
}

fn figures(view: &View, index: &Index) -> Vec<Figure> {
    let whole = |listed: &&crate::search::Listed| listed.listing.online_level == OnlineLevel::Whole;
    let part = |listed: &&crate::search::Listed| listed.listing.online_level == OnlineLevel::Part;
    let counts = [
        ("procedures-figure-all", index.entries.len()),
        ("procedures-figure-whole", index.entries.iter().filter(whole).count()),
        ("procedures-figure-part", index.entries.iter().filter(part).count()),
        ("procedures-figure-here", index.entries.iter().filter(|l| l.listing.has_form).count()),
    ];
    counts
        .into_iter()
        .map(|(word, count)| Figure {
            number: view.speech.number(count as i64),
            label: view.t(word),
        })
        .collect()
}
