//! /can-bo/van-ban-den/vao-so: a paper that somebody brought, typed from its first page, scanned.

use axum::extract::State as Given;
use identity::Actor;
use jiff::Timestamp;
use platform::Ctx;
use platform::files::{Media, Received};
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::{Page, Problem, Reply, Upload, View};

use super::{account, day, one_of, wanted};
use crate::INCOMING;
use crate::commands::incoming::registering::{Paper, enter_paper};
use crate::document::{TYPES, Urgency};
use crate::express;
use crate::fault::Fault;
use crate::hand::Asker;
use crate::incoming::SUBJECT_LETTERS_MAX;
use crate::pages::brought::{self, FileField};
use crate::pages::{at_desk, at_field, express_fields};
use crate::queries::received::{self, Staff};
use crate::refusal::Refusal;

const HERE: &str = "/can-bo/van-ban-den/vao-so";
const SCANS: FileField = FileField {
    name: "file",
    media: &[Media::Pdf, Media::Jpeg, Media::Png],
    bytes_max: 100 << 20,
    count_max: 10,
};
/// An office takes in what it is brought.
const QUOTA_BYTES: u64 = u64::MAX >> 1;

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let typed = Answers::default();
    page(&view, (&ctx, &actor), (&typed, &Errors::new())).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let listing = registered_in(view, ctx, actor).await?;
    let staff = received::staff(ctx, actor, listing.office.unit).await?;
    let template = PaperTemplate {
        view,
        errors: errors.summary(&view.speech),
        office: listing.office.name.clone(),
        fields: fields(view, &staff, (typed, errors)),
        action: format!("{HERE}?don-vi={}", listing.office.unit),
    };
    let page = Page::new(view, view.t("office-enter-paper"), &template)?.back(INCOMING);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

/// The office in whose book it goes; its clerks alone.
async fn registered_in(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
) -> Result<received::Listing, Problem> {
    let asked = received::Asked { office: wanted(ctx, view).await?, ..Default::default() };
    let listing = received::list(ctx, actor, asked).await?;
    match listing.may.register {
        true => Ok(listing),
        false => Err(Problem::not_found()),
    }
}

#[derive(askama::Template)]
#[template(path = "incoming_paper.html")]
struct PaperTemplate<'a> {
    view: &'a View,
    errors: platform::web::Markup,
    office: String,
    fields: Vec<Field>,
    action: String,
}

fn fields(view: &View, staff: &Staff, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors).autocomplete("off")
    };
    let date = |name: &str, word: &str| {
        Field::new(&view.speech, Kind::Date, name, view.t(word))
            .date(typed.date(name))
            .errors(errors)
    };
    let types = std::iter::once(Choice::new("", view.t("office-choose-type")))
        .chain(TYPES.iter().map(|one| Choice::new(one.name, one.name).lang("vi")));
    let urgencies = Urgency::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let leaders = staff.leaders.iter().map(|(id, name)| Choice::new(id.to_string(), name));
    let [express_on, express_hour] = express_fields(view, (typed, errors));
    vec![
        field(Kind::Text, "from", "office-field-from").hint(view.t("office-field-from-hint")),
        field(Kind::Text, "from-code", "office-field-from-code")
            .optional(&view.speech)
            .width(Width::Twenty),
        field(Kind::Text, "number", "office-field-number").optional(&view.speech).width(Width::Ten),
        field(Kind::Text, "notation", "office-field-notation")
            .optional(&view.speech)
            .hint(view.t("office-field-notation-hint"))
            .width(Width::Twenty),
        date("issued", "office-issued"),
        field(Kind::Select(types.collect()), "type", "office-type"),
        field(Kind::Lines(3), "subject", "office-field-subject")
            .max_letters(SUBJECT_LETTERS_MAX as u32),
        field(Kind::Text, "signer", "office-signer").optional(&view.speech),
        field(Kind::Select(urgencies.into()), "urgency", "office-urgency"),
        express_on,
        express_hour,
        field(Kind::Digits, "pages", "office-field-pages")
            .optional(&view.speech)
            .width(Width::Four),
        date("due", "office-field-due")
            .optional(&view.speech)
            .hint(view.t("office-field-due-hint")),
        field(one_of(view, leaders.collect()), "leader", "office-field-leader")
            .optional(&view.speech)
            .hint(view.t("office-field-leader-hint")),
        SCANS
            .field(view, "office-field-scans")
            .hint(view.t("office-field-scans-hint"))
            .errors(errors),
    ]
}

pub(crate) async fn post(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    upload: Upload,
) -> Result<Reply, Problem> {
    let listing = registered_in(&view, &ctx, &actor).await?;
    let unit = listing.office.unit;
    let came = brought::taken(&ctx, (unit.0, QUOTA_BYTES), &[&SCANS], upload).await?;
    let answers = came.answers;
    let entered = match came.refused {
        None => entered(&ctx, &actor, (unit, came.files), &answers).await,
        Some((_, refusal)) => Err(refusal),
    };
    match entered {
        Ok(path) => Ok(Reply::see(&path).notice("office-notice-entered")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), (&answers, &errors)).await?.into())
        }
    }
}

async fn entered(
    ctx: &Ctx,
    actor: &Actor,
    (unit, files): (organisations::UnitId, Vec<(&'static str, Received)>),
    answers: &Answers,
) -> Result<String, Refusal> {
    let scans = files.into_iter().map(|(_, scan)| scan).collect();
    let text = |name: &str| answers.get(name).to_owned();
    let paper = Paper {
        unit: Some(unit),
        from_name: text("from"),
        from_code: text("from-code"),
        number: text("number"),
        notation: text("notation"),
        issued_on: day(answers, "issued")?,
        type_name: text("type"),
        subject: text("subject"),
        signer: text("signer"),
        urgency: Urgency::parse(answers.get("urgency")),
        express_at: express_at(answers)?,
        pages: text("pages"),
        due_on: day(answers, "due")?,
        leader: account(answers, "leader"),
    };
    let id = enter_paper(ctx, Asker::of(ctx, actor), (paper, scans)).await?;
    Ok(format!("{INCOMING}/{id}"))
}

/// Asked for where the paper is express at a set time.
fn express_at(answers: &Answers) -> Result<Option<Timestamp>, Refusal> {
    if Urgency::parse(answers.get("urgency")) != Some(Urgency::ExpressAtTime) {
        return Ok(None);
    }
    let on = day(answers, "express")?.ok_or(Fault::DayWrong { field: "express" })?;
    let hour = express::hour(answers.get("express-hour")).ok_or(Fault::HourWrong)?;
    Ok(Some(express::moment(on, hour)))
}
