//! One procedure: what you need, how long, how much, where; then everything else the law wants
//! published. The same page shows an older version, under a banner that says so.

use askama::Template;
use axum::extract::{Path, State};
use jiff::Timestamp;
use platform::Ctx;
use platform::web::pieces::{Tag, Tone};
use platform::web::{Markup, Page, Problem, Reply, View};
use platform::words::{Locale, Speech, Word};

use super::parts::{CaseView, Glance, Way, cases, glance, ways};
use super::prose::prose;
use super::{Said, to_search, told};
use crate::code::{Code, Spelling};
use crate::commands::TOPIC;
use crate::level::OnlineLevel;
use crate::procedure::{Entry, Status};
use crate::queries;
use crate::version::{Named, Version};

pub async fn show(
    view: View,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Reply, Problem> {
    let spelling = Spelling::parse(&code).map_err(|_| Problem::not_found())?;
    if spelling.code.as_str() != code {
        // The provinces' long code, or a slip: one address for one procedure.
        return Ok(Reply::see(&format!("/thu-tuc/{}", spelling.code)));
    }
    let now = view.now;
    let entry = ctx.store.read(move |tx| shown(tx, &spelling.code, now)).await?;
    let entry = entry.ok_or_else(Problem::not_found)?;
    Ok(page(&view, &entry)?.public(TOPIC).into())
}

/// The version in force; where none is, the last that was: people still hold papers under it.
fn shown(
    tx: &mut platform::store::Tx,
    code: &Code,
    now: Timestamp,
) -> Result<Option<Entry>, platform::store::StoreError> {
    if let Some(entry) = queries::current(tx, code, now)? {
        return Ok(Some(entry));
    }
    let entries = queries::versions(tx, code)?;
    Ok(entries.into_iter().find(|entry| entry.status != Status::Draft))
}

#[derive(Template)]
#[template(path = "show.html")]
struct ShowPage<'a> {
    view: &'a View,
    version: &'a Version,
    name: &'a str,
    name_lang: Markup,
    lang: Markup,
    summary: Option<&'a str>,
    banner: Option<Banner>,
    tags: Vec<Tag>,
    /// Where it can be filed here.
    apply: Option<String>,
    offline: Option<String>,
    glance: Vec<Glance>,
    ways: Vec<Way>,
    case_times: Vec<CaseTime<'a>>,
    cases: Vec<CaseView<'a>>,
    papers: String,
    steps: Vec<StepView<'a>>,
    places: Places<'a>,
    requirements: Markup,
    note: Markup,
    published: Vec<(String, Said)>,
    versions: String,
}

/// What a reader must know before anything else.
struct Banner {
    tone: &'static str,
    text: String,
    link: Option<(String, String)>,
}

/// The time limit that a case has of its own.
#[derive(PartialEq)]
struct CaseTime<'a> {
    case: Option<&'a str>,
    time: Said,
}

struct StepView<'a> {
    name: &'a str,
    text: Markup,
}

struct Places<'a> {
    receiving: Markup,
    executing: &'a [Named],
    authority: &'a [Named],
    coordinating: &'a [Named],
}

/// The page of one entry, whatever its place in the line of versions.
pub fn page(view: &View, entry: &Entry) -> Result<Page, Problem> {
    let version: &Version = &entry.version;
    let speech = &view.speech;
    let english = version.name_en.as_deref().filter(|_| view.locale == Locale::En);
    let is_filed_here = entry.takes_online_dossiers(view.now);
    let cases = cases(speech, version);
    let papers: usize = cases.iter().map(|case| case.papers.len()).sum();
    let template = ShowPage {
        view,
        version,
        name: english.unwrap_or(&version.name),
        name_lang: if english.is_some() { Markup::default() } else { view.official() },
        lang: view.official(),
        summary: summary(view, version),
        banner: banner(view, entry),
        tags: tags(view, entry),
        apply: is_filed_here.then(|| format!("/nop-ho-so/{}", version.code)),
        offline: (!is_filed_here).then(|| offline_word(view, version)),
        glance: glance(speech, version),
        ways: ways(speech, version),
        case_times: case_times(&view.speech, version),
        papers: view.with("procedures-papers", &[("count", Word::from(papers as i64))]),
        cases,
        steps: version.steps.iter().map(StepView::of).collect(),
        places: Places {
            receiving: prose(&version.agencies.receiving),
            executing: &version.agencies.executing,
            authority: &version.agencies.authority,
            coordinating: &version.agencies.coordinating,
        },
        requirements: prose(&version.requirements),
        note: prose(&version.note),
        published: published(view, entry),
        versions: format!("/thu-tuc/{}/phien-ban", version.code),
    };
    let title = template.name.to_owned();
    Ok(Page::new(view, title, &template)?.crumbs(vec![to_search(view)]))
}

fn summary<'v>(view: &View, version: &'v Version) -> Option<&'v str> {
    match view.locale {
        Locale::Vi => version.summary.as_deref(),
        Locale::En => version.summary_en.as_deref(),
    }
}

impl<'a> StepView<'a> {
    fn of(step: &'a crate::version::Step) -> StepView<'a> {
        StepView { name: &step.name, text: prose(&step.text) }
    }
}

fn banner(view: &View, entry: &Entry) -> Option<Banner> {
    let now = view.now;
    let code = &entry.version.code;
    let to_current = || Some((format!("/thu-tuc/{code}"), view.t("procedures-to-current")));
    let on = |at: Option<Timestamp>| {
        [("day", Word::from(at.map(|at| view.speech.day(at)).unwrap_or_default()))]
    };
    let (tone, text, link) = match entry.status {
        Status::Draft => ("warn", view.t("procedures-banner-draft"), None),
        Status::Suspended => ("warn", view.t("procedures-banner-suspended"), None),
        Status::Abolished if entry.is_current(now) => {
            ("warn", view.with("procedures-banner-ending", &on(entry.effective_to)), None)
        }
        Status::Abolished => {
            ("bad", view.with("procedures-banner-abolished", &on(entry.effective_to)), None)
        }
        Status::Published if entry.is_current(now) => return None,
        Status::Published if entry.effective_from.is_some_and(|from| from > now) => {
            ("warn", view.with("procedures-banner-coming", &on(entry.effective_from)), to_current())
        }
        Status::Published => {
            ("warn", view.with("procedures-banner-old", &on(entry.effective_to)), to_current())
        }
    };
    Some(Banner { tone, text, link })
}

fn tags(view: &View, entry: &Entry) -> Vec<Tag> {
    let version = &entry.version;
    let online = told::online_word(&view.speech, version.online_level);
    let tone = match version.online_level {
        OnlineLevel::Whole => Tone::Good,
        OnlineLevel::Part => Tone::Info,
        OnlineLevel::Information => Tone::Plain,
    };
    let level = |level: crate::level::Level| {
        Tag::new(Tone::Plain, told::level_word(&view.speech, level.as_str()))
    };
    let mut tags = vec![Tag::new(tone, online)];
    tags.extend(version.levels.list().into_iter().map(level));
    if version.non_territorial {
        tags.push(Tag::new(Tone::Plain, view.t("procedures-non-territorial")));
    }
    tags
}

/// Why there is no button, and what to do instead.
fn offline_word(view: &View, version: &Version) -> String {
    match version.is_filed_online() {
        true => view.t("procedures-online-elsewhere"),
        false => view.t("procedures-online-none"),
    }
}

/// Time limits that cases have of their own, each once.
fn case_times<'v>(speech: &Speech, version: &'v Version) -> Vec<CaseTime<'v>> {
    let mut times: Vec<CaseTime<'v>> = Vec::new();
    for case in &version.cases {
        let Some(limit) = &case.time_limit else { continue };
        let is_named = !case.name.is_empty() && case.name != version.name;
        let case = is_named.then_some(case.name.as_str());
        let time = CaseTime { case, time: told::time_said(speech, limit) };
        if !times.contains(&time) {
            times.push(time);
        }
    }
    times
}

/// The lines at the end: what published it, and what it is called by.
fn published(view: &View, entry: &Entry) -> Vec<(String, Said)> {
    let version = &entry.version;
    let decision = &version.decision;
    let field = version.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>();
    let publisher = version.agencies.publishing.as_ref().map(|agency| agency.name.clone());
    let date = decision.date.map(|date| view.speech.date(date));
    let from = entry.effective_from.map(|at| view.speech.day(at));
    let mandate = serde_json::to_value(version.mandate).ok();
    let mandate = mandate.as_ref().and_then(|text| text.as_str()).unwrap_or("unsaid");
    let mandate = view.t(&format!("procedures-mandate-{}", mandate.replace('_', "-")));
    let ours = |text: Option<String>| text.map(Said::ours);
    [
        ("procedures-code", ours(Some(version.code.to_string()))),
        ("procedures-filter-field", Some(Said::official(field.join(", ")))),
        ("procedures-filter-agency", publisher.map(Said::official)),
        ("procedures-decision", Some(Said::official(decision.number.clone()))),
        ("procedures-decision-date", ours(date)),
        ("procedures-mandate", ours(Some(mandate))),
        ("procedures-version-number", ours(Some(view.speech.number(entry.number)))),
        ("procedures-in-force-from", ours(from)),
    ]
    .into_iter()
    .filter_map(|(key, said)| Some((view.t(key), said.filter(|said| !said.text.is_empty())?)))
    .collect()
}
