//! Before the first question: what is needed, how long it takes, what it costs, and which agency
//! the request goes to.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 6

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Person};
use jiff::civil::Date;
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, ONCE, Page, Problem, Reply, View, once};
use procedures::{ChannelKind, Code, Version};

use crate::commands::draft::{Beginning, begin};
use crate::dossier::DossierId;
use crate::due_words;
use crate::papers::FeeLine;
use crate::paperwork::fee_lines;
use crate::places::{self, Offer};
use crate::refusal::Refusal;
use crate::store;

pub async fn show(
    view: View,
    actor: Result<Actor, Problem>,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let person = actor.ok().and_then(|actor| actor.citizen().ok());
    let start = load(&ctx, &view, &code, person.as_ref()).await?;
    page(&view, &start, Errors::new())
}

/// Begins a draft, or takes up the one that this very form began before.
pub async fn post_begin(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let person = actor.citizen()?;
    let start = load(&ctx, &view, &code, Some(&person)).await?;
    let Some(deciding) = UnitId::parse(form.get("co-quan")) else {
        let mut errors = Errors::new();
        errors.add("co-quan", view.t("dossiers-start-agency-missing"));
        return page(&view, &start, errors).map(Reply::from);
    };
    let id = once(form.get(ONCE)).map(DossierId).ok_or_else(|| Problem::unreadable("once"))?;
    let new = Beginning { id, procedure: start.version.code.clone(), deciding };
    let id = begin(&ctx, &person, new).await?;
    Ok(Reply::see(&format!("/ho-so/{id}")))
}

pub(super) struct Start {
    pub(super) version: Arc<Version>,
    online: bool,
    provinces: Vec<Unit>,
    /// Chosen in the address.
    province: Option<UnitId>,
    offers: Vec<Offer>,
    /// An open draft of the same procedure.
    draft: Option<DossierId>,
    signed_in: bool,
}

impl Start {
    /// Whether anybody in the chosen province takes requests in.
    pub(super) fn is_open(&self) -> bool {
        self.offers.iter().any(|offer| offer.open)
    }
}

pub(super) async fn load(
    ctx: &Ctx,
    view: &View,
    code: &str,
    person: Option<&Person>,
) -> Result<Start, Problem> {
    let code = Code::parse(code).map_err(|_| Problem::not_found())?;
    let (now, today) = (view.now, local(view.now).date());
    let province = view.query("tinh").as_deref().and_then(UnitId::parse);
    let person = person.cloned();
    let start: Result<Start, Refusal> = ctx
        .store
        .read(move |tx| {
            let entry = procedures::queries::current(tx, &code, now)?.ok_or(Refusal::NotFound)?;
            let online = entry.takes_online_dossiers(now);
            let version = entry.version;
            let offers = offers(tx, &version, province, today)?;
            let draft = person.as_ref().map(|person| open_draft(tx, person, &code)).transpose()?;
            Ok(Start {
                provinces: organisations::queries::provinces(tx, today)?,
                signed_in: person.is_some(),
                draft: draft.flatten(),
                online,
                province,
                offers,
                version,
            })
        })
        .await;
    Ok(start?)
}

fn offers(
    tx: &mut Tx,
    version: &Version,
    province: Option<UnitId>,
    today: Date,
) -> Result<Vec<Offer>, Refusal> {
    let mut offers = places::central_offers(tx, version, today)?;
    if let Some(province) = province {
        offers.extend(places::offers(tx, version, province, today)?);
    }
    Ok(offers)
}

fn open_draft(tx: &mut Tx, person: &Person, code: &Code) -> Result<Option<DossierId>, Refusal> {
    let drafts = store::draft::open_of(tx, person.actor)?;
    let same = drafts
        .into_iter()
        .find(|draft| draft.procedure.code == code.as_str() && draft.owner == person.subject.id);
    Ok(same.map(|draft| draft.id))
}

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage<'a> {
    view: &'a View,
    start: &'a Start,
    summary: String,
    needs: Vec<Need>,
    limit: String,
    fees: Vec<FeeLine>,
    results: Vec<String>,
    errors: Errors,
    province: Field,
    agency: Field,
    /// Whether anybody in the chosen province takes requests in.
    open: bool,
    local: bool,
    sign_in: String,
}

/// A component as people prepare it.
struct Need {
    name: String,
    uploaded: bool,
    required: bool,
    reusable: bool,
}

fn page(view: &View, start: &Start, errors: Errors) -> Result<Page, Problem> {
    let title = view.with("dossiers-start-title", &[("name", name(view, &start.version).into())]);
    let wrong = !errors.is_empty();
    let version = &start.version;
    let limit = version.channel(ChannelKind::Online).and_then(|channel| channel.time_limit.clone());
    let page = StartPage {
        summary: summary(view, version),
        needs: needs(version),
        limit: limit.map(|limit| due_words::limit_alone(&view.speech, &limit)).unwrap_or_default(),
        fees: fee_lines(version, ChannelKind::Online, &view.speech),
        results: version.results.iter().map(|result| result.name.clone()).collect(),
        province: province_field(view, start),
        agency: agency_field(view, start, &errors),
        open: start.is_open(),
        local: version.levels.ward || version.levels.province,
        sign_in: sign_in(view),
        errors,
        start,
        view,
    };
    let back = format!("/thu-tuc/{}", version.code);
    let page = Page::new(view, title, &page)?.back(back);
    Ok(if wrong { page.error() } else { page })
}

/// To sign in and come back to this very page, with what was chosen.
fn sign_in(view: &View) -> String {
    let here: String = view
        .here()
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("/dang-nhap?ve={here}")
}

pub(crate) fn name(view: &View, version: &Version) -> String {
    match (view.locale, &version.name_en) {
        (platform::words::Locale::En, Some(name)) => name.clone(),
        _ => version.name.clone(),
    }
}

fn summary(view: &View, version: &Version) -> String {
    let own = match view.locale {
        platform::words::Locale::En => version.summary_en.as_ref(),
        platform::words::Locale::Vi => version.summary.as_ref(),
    };
    own.or(version.summary.as_ref()).cloned().unwrap_or_default()
}

fn needs(version: &Version) -> Vec<Need> {
    let uploaded: Vec<&str> = match &version.form {
        Some(form) => form.components().into_iter().map(|(_, component)| component).collect(),
        None => Vec::new(),
    };
    let components = version.cases.iter().flat_map(|case| &case.components);
    components
        .filter(|component| !component.is_note && !component.eform)
        .map(|component| Need {
            name: component.name.clone(),
            uploaded: component.code.as_deref().is_some_and(|code| uploaded.contains(&code)),
            required: component.required,
            reusable: component.reusable_result,
        })
        .collect()
}

pub(super) fn province_field(view: &View, start: &Start) -> Field {
    let empty = Choice::new("", view.t("dossiers-choose"));
    let provinces =
        start.provinces.iter().map(|unit| Choice::new(unit.id.to_string(), unit.label()));
    let kind = Kind::Select(std::iter::once(empty).chain(provinces).collect());
    let chosen = start.province.map(|id| id.to_string()).unwrap_or_default();
    Field::new(&view.speech, kind, "tinh", view.t("dossiers-start-province"))
        .hint(view.t(if start.version.non_territorial {
            "dossiers-start-province-anywhere"
        } else {
            "dossiers-start-province-hint"
        }))
        .value(chosen)
}

pub(super) fn agency_field(view: &View, start: &Start, errors: &Errors) -> Field {
    let empty = Choice::new("", view.t("dossiers-choose"));
    let open = start.offers.iter().filter(|offer| offer.open);
    let agencies = open.map(|offer| Choice::new(offer.unit.id.to_string(), offer.unit.label()));
    let kind = Kind::Select(std::iter::once(empty).chain(agencies).collect());
    let asked = view.query("co-quan").unwrap_or_default();
    let mut open = start.offers.iter().filter(|offer| offer.open);
    let only = match (open.next(), open.next()) {
        (Some(only), None) => only.unit.id.to_string(),
        _ => asked,
    };
    Field::new(&view.speech, kind, "co-quan", view.t("dossiers-start-agency"))
        .hint(view.t("dossiers-start-agency-hint"))
        .value(only)
        .errors(errors)
}
