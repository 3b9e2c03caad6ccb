//! /can-bo/van-ban-di/tao and /can-bo/van-ban-di/{id}/sua: a draft is written.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right};
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use platform::words::Locale;
use uuid::Uuid;

use crate::HERE;
use crate::commands::drafting::{self, From};
use crate::document::{IncomingId, OutgoingId, TYPES, Urgency};
use crate::outgoing::{BODY_LETTERS_MAX, Outgoing, PART_LETTERS_MAX, SUBJECT_LETTERS_MAX, Typed};
use crate::pages::{at_desk, at_field, day, express_fields};
use crate::queries::outgoing as seen;
use crate::refusal::Refusal;
use crate::store::incoming;
use crate::store::outgoing::Signer;

#[derive(Template)]
#[template(path = "outgoing_compose.html")]
struct ComposeTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    unit: String,
    action: String,
    /// What goes with the form unseen.
    hidden: Vec<(&'static str, String)>,
    answered: Option<String>,
    fields: Vec<Field>,
}

/// Around a draft that is written: for whom, and who can be named.
struct Setting {
    unit: UnitId,
    name: String,
    signers: Vec<Signer>,
    /// The other agencies for which this officer may draft.
    others: Vec<(UnitId, String)>,
    part: String,
    /// What it answers or replaces, as it is named in the form.
    answers: Option<(IncomingId, String)>,
    replaces: Option<OutgoingId>,
}

pub(crate) async fn new(view: View, State(ctx): State<Ctx>, actor: Actor) -> Result<Page, Problem> {
    let query = |name: &str| view.query(name).unwrap_or_default();
    let wish = (query("don-vi"), query("tra-loi"), query("thay-the"));
    let setting = setting(&ctx, &actor, wish).await?;
    let typed = first_answers(&setting, &query("trich-yeu"));
    let page = page(&view, &setting, None, (&typed, &Errors::new()))?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let wish = (answers.get("don-vi"), answers.get("tra-loi"), answers.get("thay-the"));
    let wish = (wish.0.to_owned(), wish.1.to_owned(), wish.2.to_owned());
    let setting = setting(&ctx, &actor, wish).await?;
    match begin(&view, (&ctx, &actor), &setting, &answers).await {
        Ok(id) => Ok(Reply::see(&format!("{HERE}/{id}")).notice("office-notice-drafted")),
        Err(errors) => {
            let page = page(&view, &setting, None, (&answers, &errors?))?;
            Ok(at_desk(&view, &actor, page).await.into())
        }
    }
}

async fn begin(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    setting: &Setting,
    answers: &Answers,
) -> Result<OutgoingId, Result<Errors, Problem>> {
    let mut errors = Errors::new();
    let typed = typed(view, answers, &mut errors);
    if !errors.is_empty() {
        return Err(Ok(errors));
    }
    let from = From {
        unit: setting.unit,
        answers: setting.answers.as_ref().map(|(id, _)| *id),
        replaces: setting.replaces,
    };
    drafting::begin(ctx, actor, (from, typed)).await.map_err(|refusal| told(view, refusal))
}

pub(crate) async fn edit(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let (one, setting) = draft(&ctx, &actor, OutgoingId(id)).await?;
    let page = page(&view, &setting, Some(&one), (&of_draft(&one), &Errors::new()))?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_edit(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let (one, setting) = draft(&ctx, &actor, OutgoingId(id)).await?;
    match change(&view, (&ctx, &actor), one.id, &answers).await {
        Ok(()) => Ok(Reply::see(&format!("{HERE}/{id}")).notice("office-notice-changed")),
        Err(errors) => {
            let page = page(&view, &setting, Some(&one), (&answers, &errors?))?;
            Ok(at_desk(&view, &actor, page).await.into())
        }
    }
}

async fn change(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: OutgoingId,
    answers: &Answers,
) -> Result<(), Result<Errors, Problem>> {
    let mut errors = Errors::new();
    let typed = typed(view, answers, &mut errors);
    if !errors.is_empty() {
        return Err(Ok(errors));
    }
    let shown = answers.get("version").parse().unwrap_or(0);
    match drafting::change(ctx, actor, (id, shown), typed).await {
        // What was typed stays in the form, beside the sentence that says what happened.
        Err(Refusal::ChangedMeanwhile) => {
            errors.add("body", view.t("office-refusal-changed-meanwhile"));
            Err(Ok(errors))
        }
        outcome => outcome.map_err(|refusal| told(view, refusal)),
    }
}

/// Every fault at its field.
fn told(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    let Refusal::Content(faults) = refusal else { return at_field(view, refusal) };
    let mut errors = Errors::new();
    for fault in faults {
        errors.add(fault.field(), view.t(fault.word()));
    }
    Ok(errors)
}

fn typed(view: &View, answers: &Answers, errors: &mut Errors) -> Typed {
    let text = |name: &str| answers.get(name).to_owned();
    Typed {
        kind: text("kind"),
        subject: text("subject"),
        body: text("body"),
        urgency: text("urgency"),
        express_on: day(view, answers, "express", errors),
        express_hour: text("express-hour"),
        due_on: day(view, answers, "due", errors),
        paper: !answers.get("paper").is_empty(),
        part: text("part"),
        signer: text("signer"),
    }
}

async fn setting(
    ctx: &Ctx,
    actor: &Actor,
    (unit, answers, replaces): (String, String, String),
) -> Result<Setting, Refusal> {
    let (actor, now, speech) = (actor.clone(), ctx.clock.now(), ctx.words.speak(Locale::Vi));
    ctx.store
        .read(move |tx| {
            if !actor.has(Right::DraftDocuments) {
                return Err(Refusal::Nothing);
            }
            let offices = seen::offices(tx, &actor)?;
            let chosen = Uuid::try_parse(&unit).ok().map(UnitId);
            let own = match chosen {
                Some(unit) => offices.iter().find(|one| **one == unit),
                None => offices.first(),
            };
            let unit = *own.ok_or(Refusal::NoDesk)?;
            let desk = seen::desk(tx, unit)?;
            let mut others = Vec::new();
            for other in offices {
                others.push((other, organisations::queries::unit_name(tx, other)?));
            }
            let answered = match Uuid::try_parse(&answers) {
                Ok(id) => incoming::by_id(tx, IncomingId(id))?.filter(|one| one.unit == unit),
                Err(_) => None,
            };
            let named = answered
                .map(|one| (one.id, format!("{}/{}: {}", one.number, one.notation, one.subject)));
            Ok(Setting {
                unit,
                name: organisations::queries::unit_name(tx, unit)?,
                signers: seen::signers(tx, &desk, (now, &speech))?,
                others,
                part: desk.part,
                answers: named,
                replaces: Uuid::try_parse(&replaces).ok().map(OutgoingId),
            })
        })
        .await
}

async fn draft(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<(Outgoing, Setting), Refusal> {
    let (who, now, speech) = (actor.clone(), ctx.clock.now(), ctx.words.speak(Locale::Vi));
    ctx.store
        .read(move |tx| {
            let one = drafting::own_draft(tx, &who, id)?;
            let desk = seen::desk(tx, one.unit)?;
            let setting = Setting {
                unit: one.unit,
                name: organisations::queries::unit_name(tx, one.unit)?,
                signers: seen::signers(tx, &desk, (now, &speech))?,
                others: Vec::new(),
                part: desk.part,
                answers: None,
                replaces: None,
            };
            Ok((one, setting))
        })
        .await
}

fn page(
    view: &View,
    setting: &Setting,
    one: Option<&Outgoing>,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let (heading, action, back) = match one {
        Some(one) => {
            let here = format!("{HERE}/{}", one.id);
            (view.t("office-draft-edit"), format!("{here}/sua"), here)
        }
        None => (view.t("office-draft-new"), format!("{HERE}/tao"), HERE.to_owned()),
    };
    let mut hidden = Vec::new();
    if let Some(one) = one {
        hidden.push(("version", one.version.to_string()));
    }
    if let Some((id, _)) = &setting.answers {
        hidden.push(("tra-loi", id.to_string()));
    }
    if let Some(id) = &setting.replaces {
        hidden.push(("thay-the", id.to_string()));
    }
    let template = ComposeTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        unit: setting.name.clone(),
        action,
        hidden,
        answered: setting.answers.as_ref().map(|(_, named)| named.clone()),
        fields: fields(view, setting, one, (typed, errors)),
    };
    let page = Page::new(view, heading, &template)?.back(back);
    Ok(if errors.is_empty() { page } else { page.error() })
}

fn fields(
    view: &View,
    setting: &Setting,
    one: Option<&Outgoing>,
    (typed, errors): (&Answers, &Errors),
) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let mut fields = Vec::new();
    if setting.others.len() > 1 && one.is_none() {
        let choice = |(id, name): &(UnitId, String)| Choice::new(id.to_string(), name.as_str());
        let units = Kind::Select(setting.others.iter().map(choice).collect());
        fields.push(field(units, "don-vi", "office-unit").value(setting.unit.to_string()));
    }
    let kinds = TYPES.iter().map(|kind| Choice::new(kind.code, kind.name).lang("vi"));
    let first = std::iter::once(Choice::new("", view.t("office-choose-one")));
    let signers = setting.signers.iter().map(|one| {
        let capacity = one.capacity.replace('\n', ", ");
        Choice::new(one.account.to_string(), one.name.as_str()).hint(capacity)
    });
    fields.extend([
        field(Kind::Select(first.chain(kinds).collect()), "kind", "office-kind"),
        field(Kind::Lines(2), "subject", "office-subject")
            .hint(view.t("office-subject-hint"))
            .max_letters(SUBJECT_LETTERS_MAX as u32),
    ]);
    // Where a file was brought, it is what is signed.
    if one.is_none_or(Outgoing::is_composed) {
        let body = field(Kind::Lines(18), "body", "office-body").hint(view.t("office-body-hint"));
        fields.push(body.max_letters(BODY_LETTERS_MAX as u32));
    }
    fields.push(
        field(Kind::Radios(signers.collect()), "signer", "office-signer")
            .hint(view.t("office-signer-hint"))
            .optional(&view.speech),
    );
    fields.extend(manner(view, setting, (typed, errors)));
    fields
}

/// How it is sent.
fn manner(view: &View, setting: &Setting, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let urgencies = Urgency::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let due = Field::new(&view.speech, Kind::Date, "due", view.t("office-due-answer"));
    let [express_on, express_hour] = express_fields(view, (typed, errors));
    let paper = vec![Choice::new("1", view.t("office-paper-follows"))];
    let part_hint = view.with("office-part-hint", &[("part", (&setting.part).into())]);
    vec![
        field(Kind::Radios(urgencies.to_vec()), "urgency", "office-urgency"),
        express_on,
        express_hour,
        due.hint(view.t("office-due-answer-hint"))
            .date(typed.date("due"))
            .errors(errors)
            .optional(&view.speech),
        field(Kind::Checkboxes(paper), "paper", "office-paper").optional(&view.speech),
        field(Kind::Text, "part", "office-part")
            .hint(part_hint)
            .width(Width::Ten)
            .max_letters(PART_LETTERS_MAX as u32)
            .autocomplete("off")
            .optional(&view.speech),
    ]
}

fn first_answers(setting: &Setting, subject: &str) -> Answers {
    let mut pairs = vec![
        ("urgency".to_owned(), Urgency::Usual.code().to_owned()),
        ("kind".to_owned(), "cong-van".to_owned()),
        ("subject".to_owned(), subject.to_owned()),
    ];
    if let [only] = setting.signers.as_slice() {
        pairs.push(("signer".to_owned(), only.account.to_string()));
    }
    Answers::from_pairs(pairs)
}

fn of_draft(one: &Outgoing) -> Answers {
    let mut pairs = vec![
        ("kind".to_owned(), one.kind.clone()),
        ("subject".to_owned(), one.subject.clone()),
        ("body".to_owned(), one.body.clone()),
        ("urgency".to_owned(), one.urgency.code().to_owned()),
        ("part".to_owned(), one.part.clone()),
        ("signer".to_owned(), one.signer.map(|id| id.to_string()).unwrap_or_default()),
    ];
    if one.paper {
        pairs.push(("paper".to_owned(), "1".to_owned()));
    }
    if let Some(at) = one.express_at.map(local) {
        pairs.extend(crate::pages::from_day("express", at.date()));
        pairs.push(("express-hour".to_owned(), at.strftime("%H:%M").to_string()));
    }
    if let Some(due) = one.due_on {
        pairs.extend(crate::pages::from_day("due", due));
    }
    Answers::from_pairs(pairs)
}
