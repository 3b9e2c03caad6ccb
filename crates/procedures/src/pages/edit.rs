//! Writing a draft: the texts in a form; channels, cases and the rest as the JSON document that
//! every version is, for those who prepare it elsewhere.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::words::{Speech, Word};

use super::acts::proven;
use super::manage::{Whole, framed, load};
use super::told;
use crate::commands;
use crate::level::OnlineLevel;
use crate::procedure::{Entry, Status};
use crate::refusal::Refusal;
use crate::version::{Step, Version};

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage<'a> {
    view: &'a View,
    errors: &'a Errors,
    fields: Vec<Field>,
    version: String,
    revision: i64,
    cancel: String,
}

pub async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let whole = load(&ctx, &actor, &code).await?;
    let menu = identity::desk(&view, &actor).await;
    let answers = answers_of(&draft(&whole)?.version)?;
    let page = edit_page(&view, &whole, &answers, &Errors::new())?;
    Ok(framed(&view, page, menu))
}

pub async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (authority, seen) = proven(&ctx, &actor, &code, &typed).await?;
    let whole = load(&ctx, &actor, &code).await?;
    let saved = match read(&view.speech, &typed, &draft(&whole)?.version) {
        Ok(version) => commands::rewrite(&ctx, &authority, seen, version).await,
        Err(errors) => return shown_again(&view, &whole, (&typed, &errors), &actor).await,
    };
    saved_reply(&view, &code, saved)
}

fn saved_reply(view: &View, code: &str, saved: Result<(), Refusal>) -> Result<Reply, Problem> {
    match saved {
        Ok(()) | Err(Refusal::NothingChanged) => {
            let to = format!("/quan-tri/thu-tuc/{code}");
            Ok(Reply::see(&to).notice("procedures-notice-saved"))
        }
        Err(refusal) => Err(refusal.into_problem(&view.speech)),
    }
}

async fn shown_again(
    view: &View,
    whole: &Whole,
    (typed, errors): (&Answers, &Errors),
    actor: &Actor,
) -> Result<Reply, Problem> {
    let menu = identity::desk(view, actor).await;
    let page = edit_page(view, whole, typed, errors)?;
    Ok(framed(view, page.error(), menu).into())
}

fn draft(whole: &Whole) -> Result<&Entry, Problem> {
    let draft = whole.entries.iter().find(|entry| entry.status == Status::Draft);
    draft.ok_or_else(Problem::not_found)
}

fn edit_page(
    view: &View,
    whole: &Whole,
    answers: &Answers,
    errors: &Errors,
) -> Result<Page, Problem> {
    let draft = draft(whole)?;
    let page = EditPage {
        view,
        errors,
        fields: fields(&view.speech, answers, errors),
        version: draft.id.0.to_string(),
        revision: whole.revision,
        cancel: format!("/quan-tri/thu-tuc/{}", draft.version.code),
    };
    let code = Word::from(draft.version.code.to_string());
    Page::new(view, view.with("procedures-edit-title", &[("code", code)]), &page)
}

/// Name, lines shown (0: one line) and whether it may stay empty.
const TEXTS: [(&str, u8, bool); 9] = [
    ("name", 3, false),
    ("name-en", 2, true),
    ("summary", 3, true),
    ("summary-en", 3, true),
    ("decision", 0, true),
    ("steps", 12, false),
    ("requirements", 8, true),
    ("receiving", 3, true),
    ("keywords", 0, true),
];

fn fields(speech: &Speech, answers: &Answers, errors: &Errors) -> Vec<Field> {
    let text = |(name, lines, optional): (&str, u8, bool)| {
        let kind = if lines == 0 { Kind::Text } else { Kind::Lines(lines) };
        let label = speech.t(&format!("procedures-edit-{name}"));
        let field = Field::new(speech, kind, name, label).value(answers.get(name)).errors(errors);
        if optional { field.optional(speech) } else { field }
    };
    let mut fields: Vec<Field> = TEXTS.into_iter().map(text).collect();
    let choice = |level: OnlineLevel| Choice::new(level.as_str(), told::online_word(speech, level));
    let levels = Kind::Radios(OnlineLevel::ALL.into_iter().map(choice).collect());
    let online = Field::new(speech, levels, "online", speech.t("procedures-filter-online"));
    fields.push(online.value(answers.get("online")).errors(errors));
    let document =
        Field::new(speech, Kind::Lines(14), "document", speech.t("procedures-edit-document"))
            .hint(speech.t("procedures-edit-document-hint"))
            .width(Width::Full)
            .value(answers.get("document"))
            .errors(errors);
    fields.push(document);
    fields
}

/// The parts that the form has no field for.
const IN_DOCUMENT: [&str; 11] = [
    "levels",
    "fields",
    "subjects",
    "agencies",
    "channels",
    "cases",
    "results",
    "legal_bases",
    "life_events",
    "route",
    "related",
];

/// A version as the form shows it.
fn answers_of(version: &Version) -> Result<Answers, Problem> {
    let broken = |error: serde_json::Error| Problem::broken(&error.to_string());
    let whole = serde_json::to_value(version).map_err(broken)?;
    let rest: serde_json::Map<_, _> = IN_DOCUMENT
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), whole.get(*key)?.clone())))
        .collect();
    let document = serde_json::to_string_pretty(&rest).map_err(broken)?;
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let pairs = [
        ("name", version.name.clone()),
        ("name-en", or_empty(&version.name_en)),
        ("summary", or_empty(&version.summary)),
        ("summary-en", or_empty(&version.summary_en)),
        ("decision", version.decision.number.clone()),
        ("steps", steps_text(&version.steps)),
        ("requirements", version.requirements.clone()),
        ("receiving", version.agencies.receiving.clone()),
        ("keywords", version.keywords.join(", ")),
        ("online", version.online_level.as_str().to_owned()),
        ("document", document),
    ];
    Ok(Answers::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec()))
}

fn steps_text(steps: &[Step]) -> String {
    let text = |step: &Step| match step.name.is_empty() {
        true => step.text.clone(),
        false => format!("{}: {}", step.name, step.text),
    };
    steps.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// What was typed as a version. What the form does not show stays as it is.
fn read(speech: &Speech, typed: &Answers, before: &Version) -> Result<Version, Errors> {
    let mut errors = Errors::new();
    for (name, _, optional) in TEXTS {
        if !optional && typed.get(name).is_empty() {
            let field = Word::from(speech.t(&format!("procedures-edit-{name}")));
            errors.add(name, speech.with("procedures-edit-empty", &[("field", field)]));
        }
    }
    let version = with_document(typed.get("document"), before).map_err(|error| {
        let reason = Word::from(error.to_string());
        errors.add("document", speech.with("procedures-edit-not-json", &[("reason", reason)]));
        errors.clone()
    })?;
    if errors.is_empty() { Ok(with_texts(version, typed)) } else { Err(errors) }
}

/// The version with the keys of the document in place of its own.
fn with_document(text: &str, before: &Version) -> Result<Version, serde_json::Error> {
    let mut whole = serde_json::to_value(before)?;
    let document: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)?;
    for (key, value) in document {
        if IN_DOCUMENT.contains(&key.as_str()) {
            whole[key.as_str()] = value;
        }
    }
    serde_json::from_value(whole)
}

fn with_texts(mut version: Version, typed: &Answers) -> Version {
    let some = |name: &str| Some(typed.get(name).to_owned()).filter(|text| !text.is_empty());
    version.name = typed.get("name").split_whitespace().collect::<Vec<_>>().join(" ");
    version.name_en = some("name-en");
    version.summary = some("summary");
    version.summary_en = some("summary-en");
    version.decision.number = typed.get("decision").to_owned();
    version.steps = crate::import::steps(typed.get("steps"));
    version.requirements = typed.get("requirements").to_owned();
    version.agencies.receiving = typed.get("receiving").to_owned();
    let keywords = typed.get("keywords").split(',').map(str::trim);
    version.keywords = keywords.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    version.online_level = OnlineLevel::parse(typed.get("online")).unwrap_or(version.online_level);
    version
}
