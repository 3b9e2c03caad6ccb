//! Letters beside what they ask for, with the verdict about their signatures; what an approval asks
//! where there is only paper; /quan-tri/chung-thu/van-ban, from which day letters are needed.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::pieces::{Summary, SummaryRow, Tag};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown as How, View};
use uuid::Uuid;

use super::{Question, at_desk, at_field, day, field, may_decide};
use crate::HERE;
use crate::commands::Scribe;
use crate::commands::letters::{file as file_of, report, set_rule};
use crate::letter::{Letter, LetterRule, NUMBER_LETTERS_MAX, Need, Paper, is_number};
use crate::queries;
use crate::queries::letters as found;
use crate::sentence;

#[derive(Template)]
#[template(path = "letters.html")]
struct LettersTemplate<'a> {
    view: &'a View,
    letters: Vec<Shown>,
    write: Option<String>,
}

struct Shown {
    heading: String,
    /// None: of paper nothing is to be judged.
    standing: Option<Tag>,
    sentence: String,
    facts: Summary,
    file: Option<Uuid>,
}

/// The part of a page; `write` is where a new letter is written, for whoever may.
pub(super) async fn part(
    view: &View,
    ctx: &Ctx,
    letters: &[Letter],
    write: Option<String>,
) -> Result<Markup, Problem> {
    let mut shown = Vec::new();
    for letter in letters {
        shown.push(one(view, ctx, letter).await?);
    }
    let template = LettersTemplate { view, letters: shown, write };
    let html = template.render().map_err(|error| Problem::broken(&error.to_string()))?;
    Ok(Markup::trusted(html))
}

async fn one(view: &View, ctx: &Ctx, letter: &Letter) -> Result<Shown, Problem> {
    let speech = &view.speech;
    let report = report(ctx, letter).await?;
    let number = [
        ("number", (&letter.number).into()),
        ("day", speech.date(letter.dated).into()),
        ("unit", (&letter.unit_name).into()),
    ];
    let standing = report.as_ref().map(|report| {
        let tone = sentence::tone(report.standing);
        Tag::new(tone, sentence::standing(report.standing, speech))
    });
    Ok(Shown {
        heading: view.with("trust-letter-of", &number),
        standing,
        sentence: report.map_or_else(String::new, |report| sentence::summary(&report, speech)),
        facts: Summary::new(view, facts(view, letter)),
        file: letter.file.map(|_| letter.id),
    })
}

fn facts(view: &View, letter: &Letter) -> Vec<SummaryRow> {
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let mut rows = vec![row("trust-letter-about", &view.t(letter.about.word()))];
    match (&letter.signer_name, letter.signed_at) {
        (Some(name), Some(at)) => {
            let signed = format!("{name}, {}", view.speech.date_time(at));
            rows.push(row("trust-letter-signed", &signed));
        }
        _ => {
            let seen = format!("{}, {}", letter.kept_name, view.speech.date_time(letter.kept_at));
            rows.push(row("trust-letter-seen", &seen));
        }
    }
    if let Some(sha256) = &letter.sha256 {
        rows.push(super::certificate::digits(view, "trust-check-digest", sha256));
    }
    rows
}

/// The sentence about what an approval still needs.
pub(super) fn told(view: &View, need: Need) -> Option<String> {
    match need {
        Need::Nothing => None,
        Need::Letter => Some(view.t("trust-letter-needed")),
        Need::Paper => Some(view.t("trust-letter-paper-lead")),
    }
}

/// What is written down of the paper that whoever approves has in hand.
pub(super) fn paper_fields(view: &View, said: (&Answers, &Errors)) -> Vec<Field> {
    let (typed, errors) = said;
    let seen = vec![Choice::new("yes", view.t("trust-letter-paper-seen"))];
    let day = Field::new(&view.speech, Kind::Date, "paper_date", view.t("trust-letter-date"));
    vec![
        field(view, Kind::Text, ("paper_number", "trust-letter-number"), said)
            .width(Width::Twenty)
            .max_letters(NUMBER_LETTERS_MAX as u32)
            .autocomplete("off"),
        day.date(typed.date("paper_date")).errors(errors),
        field(view, Kind::Checkboxes(seen), ("paper_seen", "trust-letter-paper"), said)
            .values(&typed.all("paper_seen")),
    ]
}

/// What was typed about the paper; nothing at all is no paper.
pub(super) fn paper(view: &View, typed: &Answers) -> Result<Option<Paper>, Errors> {
    let number = typed.get("paper_number").trim();
    let has_day = !typed.date("paper_date").is_empty();
    if number.is_empty() && !has_day && typed.all("paper_seen").is_empty() {
        return Ok(None);
    }
    let mut errors = Errors::new();
    if !is_number(number) {
        errors.add("paper_number", view.t("trust-letter-paper-missing"));
    }
    let date = ("paper_date", Some("trust-letter-date-missing"));
    let dated = day(view, typed, date, &mut errors);
    if typed.get("paper_seen") != "yes" {
        errors.add("paper_seen", view.t("trust-letter-paper-unseen"));
    }
    let paper = dated.and_then(|dated| Paper::new(number, dated));
    if errors.is_empty() { Ok(paper) } else { Err(errors) }
}

pub(crate) async fn file(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let letter = found::letter(&ctx, id).await?;
    // Whoever sees what it is about sees the letter.
    match (letter.request, letter.certificate) {
        (Some(request), _) => drop(queries::requests::request(&ctx, &actor, request).await?),
        (_, Some(certificate)) => drop(queries::certificate(&ctx, &actor, certificate).await?),
        (None, None) => return Err(Problem::not_found()),
    }
    let bytes = file_of(&ctx, &letter).await?;
    let number: String =
        letter.number.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
    let name = format!("de-nghi-{number}.pdf");
    Ok(Reply::file(&name, "application/pdf", How::Saved, bytes.into()))
}

#[derive(Template)]
#[template(path = "letter_rules.html")]
struct RulesTemplate<'a> {
    view: &'a View,
    rows: Vec<RuleRow>,
}

struct RuleRow {
    from: String,
    authority: String,
    needed: String,
}

pub(crate) async fn rules(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let rows = found::rules(&ctx).await?.into_iter().map(|rule| RuleRow {
        from: view.speech.date(rule.valid_from),
        authority: view.t(authority_word(rule.sandbox)),
        needed: view.t(needed_word(rule.needed)),
    });
    let template = RulesTemplate { view: &view, rows: rows.collect() };
    let page = Page::new(&view, view.t("trust-letter-rules"), &template)?.back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn authority_word(sandbox: bool) -> &'static str {
    if sandbox { "trust-letter-rule-sandbox" } else { "trust-letter-rule-real" }
}

fn needed_word(needed: bool) -> &'static str {
    if needed { "trust-letter-rule-needed" } else { "trust-letter-rule-free" }
}

pub(crate) async fn new_rule(view: View, actor: Actor) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let page = rule_page(&view, (&Answers::default(), &Errors::new()))?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_rule(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    let Some(errors) = take_rule(&view, (&ctx, &actor), &answers).await? else {
        return Ok(Reply::see(&rules_here()).notice("trust-notice-letter-rule-set"));
    };
    let page = rule_page(&view, (&answers, &errors))?;
    Ok(at_desk(&view, &actor, page).await.into())
}

fn rules_here() -> String {
    format!("{HERE}/van-ban")
}

async fn take_rule(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    typed: &Answers,
) -> Result<Option<Errors>, Problem> {
    let mut errors = Errors::new();
    let from = ("from", Some("trust-letter-rule-from-missing"));
    let valid_from = day(view, typed, from, &mut errors);
    let chosen = |name: &str, yes: &str, no: &str| match typed.get(name) {
        text if text == yes => Some(true),
        text if text == no => Some(false),
        _ => None,
    };
    let sandbox = chosen("authority", "sandbox", "real");
    let needed = chosen("needed", "yes", "no");
    for (name, answer) in [("authority", sandbox), ("needed", needed)] {
        if answer.is_none() {
            errors.add(name, view.t("trust-letter-rule-choose"));
        }
    }
    let (Some(valid_from), Some(sandbox), Some(needed)) = (valid_from, sandbox, needed) else {
        return Ok(Some(errors));
    };
    let rule = LetterRule { valid_from, sandbox, needed };
    match set_rule(ctx, &Scribe::of(ctx, actor), rule).await {
        Ok(()) => Ok(None),
        Err(refusal) => at_field(view, refusal).map(Some),
    }
}

fn rule_page(view: &View, said: (&Answers, &Errors)) -> Result<Page, Problem> {
    let (typed, errors) = said;
    let choice = |value: &str, word: &str| Choice::new(value, view.t(word));
    let authorities =
        vec![choice("real", authority_word(false)), choice("sandbox", authority_word(true))];
    let needs = vec![choice("yes", needed_word(true)), choice("no", needed_word(false))];
    let from = Field::new(&view.speech, Kind::Date, "from", view.t("trust-policy-from"));
    let today = local(view.now).date();
    let question = Question {
        heading: view.t("trust-letter-rule-new"),
        lead: vec![view.t("trust-letter-rules-lead")],
        fields: vec![
            field(
                view,
                Kind::Radios(authorities),
                ("authority", "trust-letter-rule-authority"),
                said,
            ),
            field(view, Kind::Radios(needs), ("needed", "trust-letter-rule-asks"), said),
            from.hint(
                view.with("trust-letter-rule-hint", &[("day", view.speech.date(today).into())]),
            )
            .date(typed.date("from"))
            .errors(errors),
        ],
        button: view.t("trust-letter-rule-button"),
        ..Question::new(view, format!("{}/tao", rules_here()), errors)
    };
    question.page(view, &rules_here(), errors)
}
