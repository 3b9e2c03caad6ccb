//! A person at the counter: the clerk finds the procedure, enters who it is for, ticks the papers,
//! and accepts. One page, for forty dossiers a day.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 16

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right};
use jiff::civil::Time;
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::{Form, ONCE, Page, Problem, Reply, View, once};
use platform::words::Locale;
use procedures::{ChannelKind, Code, TimeUnit, Version};

use super::{chosen_unit, offices};
use crate::applicant::{Acting, Applicant, ApplicantKind, PaperTaken};
use crate::commands::counter::{TakenIn, take as take_in};
use crate::commands::reception::Acceptance;
use crate::dossier::DossierId;
use crate::due_words;
use crate::form::phone_number;
use crate::papers::FeeLine;
use crate::paperwork::fee_lines;
use crate::refusal::Refusal;

/// The counter at which this officer receives.
pub(super) async fn counter_unit(ctx: &Ctx, view: &View, actor: &Actor) -> Result<Unit, Problem> {
    let id = chosen_unit(ctx, view, actor, Right::ReceiveDossiers).await?;
    actor.require(Right::ReceiveDossiers, id).await?;
    let units = offices(ctx, actor, Right::ReceiveDossiers).await?;
    units.into_iter().find(|unit| unit.id == id).ok_or_else(Problem::not_found)
}

#[derive(Template)]
#[template(path = "counter.html")]
struct TakePage<'a> {
    view: &'a View,
    unit: &'a Unit,
    version: &'a Version,
    limit: String,
    fees: Vec<FeeLine>,
    who: Vec<Field>,
    acting: Vec<Field>,
    papers: Vec<PaperRow>,
    rest: Vec<Field>,
    errors: Errors,
}

/// A component with how many originals and copies were handed in.
struct PaperRow {
    place: usize,
    name: String,
    required: bool,
    originals: String,
    copies: String,
}

pub async fn take(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let unit = counter_unit(&ctx, &view, &actor).await?;
    let version = current(&ctx, &view, &code).await?;
    let page = take_page(&view, (&unit, &version), &Answers::default(), Errors::new())?;
    Ok(page.menu(identity::desk(&view, &actor).await))
}

/// Accepted, with code, due date and receipt; a second sending of the same form finds it again.
pub async fn post_take(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let unit = counter_unit(&ctx, &view, &actor).await?;
    let version = current(&ctx, &view, &code).await?;
    let authority = actor.require(Right::ReceiveDossiers, unit.id).await?;
    match (Entry { view: &view, version: &version, form: &form }).read() {
        Ok(taken) => {
            let dossier = take_in(&ctx, &authority, taken).await?;
            let path = format!("/can-bo/ho-so/{}/phieu/slip01/1", dossier.id);
            Ok(Reply::see(&path).notice("dossiers-notice-taken-in"))
        }
        Err(errors) => {
            let page = take_page(&view, (&unit, &version), &form, errors)?;
            Ok(page.menu(identity::desk(&view, &actor).await).into())
        }
    }
}

async fn current(ctx: &Ctx, view: &View, code: &str) -> Result<Arc<Version>, Problem> {
    let code = Code::parse(code).map_err(|_| Problem::not_found())?;
    let now = view.now;
    let entry: Result<_, Refusal> =
        ctx.store.read(move |tx| Ok(procedures::queries::current(tx, &code, now)?)).await;
    Ok(entry?.ok_or_else(Problem::not_found)?.version)
}

fn take_page(
    view: &View,
    (unit, version): (&Unit, &Version),
    typed: &Answers,
    errors: Errors,
) -> Result<Page, Problem> {
    let wrong = !errors.is_empty();
    let asking = Asking { view, version, typed, errors: &errors };
    let limit = direct_limit(version);
    let page = TakePage {
        limit: limit.map(|limit| due_words::limit_alone(&view.speech, limit)).unwrap_or_default(),
        fees: fee_lines(version, ChannelKind::Direct, &view.speech),
        who: asking.who(),
        acting: asking.acting(),
        papers: asking.papers(),
        rest: asking.rest(),
        errors: errors.clone(),
        unit,
        version,
        view,
    };
    let title = view.t("dossiers-counter-title");
    let page = Page::new(view, title, &page)?.back("/can-bo/tiep-nhan");
    Ok(if wrong { page.error() } else { page })
}

fn direct_limit(version: &Version) -> Option<&procedures::TimeLimit> {
    let own = version.channel(ChannelKind::Direct).and_then(|channel| channel.time_limit.as_ref());
    own.or_else(|| version.channels.iter().find_map(|channel| channel.time_limit.as_ref()))
}

fn is_counted(version: &Version) -> bool {
    direct_limit(version).is_some_and(|limit| limit.unit != TimeUnit::Other)
}

/// The components that are papers, in the order of the procedure.
fn components(version: &Version) -> Vec<&procedures::Component> {
    let all = version.cases.iter().flat_map(|case| &case.components);
    // What is an electronic form is filled in online only.
    all.filter(|component| !component.is_note && !component.eform).collect()
}

fn usual(component: &procedures::Component, count: u16) -> u16 {
    if component.required { count } else { 0 }
}

struct Asking<'a> {
    view: &'a View,
    version: &'a Version,
    typed: &'a Answers,
    errors: &'a Errors,
}

impl Asking<'_> {
    fn field(&self, kind: Kind, name: &str) -> Field {
        let label = self.view.t(&format!("dossiers-field-{name}"));
        Field::new(&self.view.speech, kind, name, label)
            .value(self.typed.get(name))
            .errors(self.errors)
    }

    fn who(&self) -> Vec<Field> {
        let channels = [ChannelKind::Direct, ChannelKind::Postal].map(|kind| {
            let word = format!("dossiers-channel-{}", kind.as_str());
            Choice::new(kind.as_str(), self.view.t(&word))
        });
        let channel = match self.typed.get("kenh") {
            "" => ChannelKind::Direct.as_str(),
            typed => typed,
        };
        let speech = &self.view.speech;
        vec![
            self.field(Kind::Radios(channels.to_vec()), "kenh").value(channel),
            self.field(Kind::Text, "ho-ten"),
            self.field(Kind::Digits, "so-dinh-danh").optional(speech),
            self.field(Kind::Phone, "dien-thoai")
                .hint(self.view.t("dossiers-field-dien-thoai-hint")),
            self.field(Kind::Email, "thu-dien-tu").optional(speech),
            self.field(Kind::Text, "dia-chi").optional(speech),
        ]
    }

    fn acting(&self) -> Vec<Field> {
        let speech = &self.view.speech;
        vec![
            self.field(Kind::Text, "nop-thay-ho-ten").optional(speech),
            self.field(Kind::Digits, "nop-thay-so").optional(speech),
            self.field(Kind::Phone, "nop-thay-dien-thoai").optional(speech),
        ]
    }

    fn papers(&self) -> Vec<PaperRow> {
        let fresh = self.typed.pairs().next().is_none();
        // What is only asked of some is not counted as brought.
        let count = |name: &str, usual: u16| match self.typed.get(name) {
            "" if fresh => usual.to_string(),
            typed => typed.to_owned(),
        };
        components(self.version)
            .into_iter()
            .enumerate()
            .map(|(place, component)| PaperRow {
                originals: count(&format!("chinh-{place}"), usual(component, component.originals)),
                copies: count(&format!("sao-{place}"), usual(component, component.copies)),
                name: component.name.clone(),
                required: component.required,
                place,
            })
            .collect()
    }

    fn rest(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        if !is_counted(self.version) {
            let date = self.field(Kind::Date, "ngay-hen").date(self.typed.date("ngay-hen"));
            fields.push(date.hint(self.view.t("dossiers-field-ngay-hen-hint")));
        }
        let note = self.field(Kind::Lines(3), "ghi-chu").width(Width::Full);
        fields.push(note.optional(&self.view.speech));
        fields
    }
}

struct Entry<'a> {
    view: &'a View,
    version: &'a Version,
    form: &'a Answers,
}

impl Entry<'_> {
    fn read(&self) -> Result<TakenIn, Errors> {
        let mut errors = Errors::new();
        let name = self.form.get("ho-ten").to_owned();
        if name.is_empty() {
            errors.add("ho-ten", self.view.t("dossiers-field-ho-ten-missing"));
        }
        let identity = self.identity("so-dinh-danh", &mut errors);
        let phone = self.phone("dien-thoai", &mut errors);
        let email = self.email(&mut errors);
        let acting = self.acting(&mut errors);
        let papers = self.papers(&mut errors);
        let acceptance = self.acceptance(&mut errors);
        let id = once(self.form.get(ONCE)).map(DossierId);
        let Some(id) = id.filter(|_| errors.is_empty()) else { return Err(errors) };
        let kind = match identity.len() {
            10 | 13 | 14 => ApplicantKind::Enterprise,
            _ => ApplicantKind::Person,
        };
        let address = self.form.get("dia-chi").to_owned();
        let channel = match self.form.get("kenh") {
            "postal" => ChannelKind::Postal,
            _ => ChannelKind::Direct,
        };
        Ok(TakenIn {
            id,
            procedure: self.version.code.clone(),
            deciding: UnitId::parse(self.form.get("co-quan")),
            channel,
            applicant: Applicant { name, kind, identity, phone, email, address, acting },
            language: Locale::Vi,
            papers,
            acceptance,
            note: self.form.get("ghi-chu").to_owned(),
        })
    }

    /// A personal number or a tax code, or nothing.
    fn identity(&self, name: &str, errors: &mut Errors) -> String {
        let typed = self.form.get(name);
        if typed.is_empty() {
            return String::new();
        }
        if let Ok(number) = identity::PersonalNumber::parse(typed) {
            return number.as_str().to_owned();
        }
        match identity::TaxCode::parse(typed) {
            Ok(code) => code.canonical(),
            Err(_) => {
                errors.add(name, self.view.t("dossiers-field-so-dinh-danh-shape"));
                String::new()
            }
        }
    }

    fn phone(&self, name: &str, errors: &mut Errors) -> String {
        let (typed, phone) = (self.form.get(name), phone_number(self.form.get(name)));
        if !typed.is_empty() && phone.is_empty() {
            errors.add(name, self.view.t("dossiers-track-phone-shape"));
        }
        phone
    }

    fn email(&self, errors: &mut Errors) -> String {
        let typed = self.form.get("thu-dien-tu");
        if typed.is_empty() {
            return String::new();
        }
        match identity::Email::parse(typed) {
            Ok(email) => email.as_str().to_owned(),
            Err(_) => {
                errors.add("thu-dien-tu", self.view.t("dossiers-field-thu-dien-tu-shape"));
                String::new()
            }
        }
    }

    fn acting(&self, errors: &mut Errors) -> Option<Acting> {
        let name = self.form.get("nop-thay-ho-ten").to_owned();
        let identity = self.identity("nop-thay-so", errors);
        let phone = self.phone("nop-thay-dien-thoai", errors);
        (!name.is_empty()).then_some(Acting { name, identity, phone })
    }

    fn papers(&self, errors: &mut Errors) -> Vec<PaperTaken> {
        let mut taken = Vec::new();
        for (place, component) in components(self.version).into_iter().enumerate() {
            let originals = self.count(&format!("chinh-{place}"), errors);
            let copies = self.count(&format!("sao-{place}"), errors);
            if originals + copies > 0 {
                taken.push(PaperTaken {
                    code: component.code.clone().unwrap_or_default(),
                    name: component.name.clone(),
                    originals,
                    copies,
                });
            }
        }
        taken
    }

    fn count(&self, name: &str, errors: &mut Errors) -> u16 {
        match self.form.get(name) {
            "" => 0,
            typed => typed.parse().ok().filter(|count| *count <= 99).unwrap_or_else(|| {
                errors.add(name, self.view.t("dossiers-field-count-shape"));
                0
            }),
        }
    }

    fn acceptance(&self, errors: &mut Errors) -> Acceptance {
        if is_counted(self.version) {
            return Acceptance::default();
        }
        let today = local(self.view.now).date();
        let day = self.form.date("ngay-hen").parse().ok().filter(|day| *day > today);
        if day.is_none() {
            errors.add("ngay-hen", self.view.t("dossiers-field-date-past"));
        }
        let closing = Time::constant(17, 0, 0, 0);
        Acceptance { due: day.map(|day| day.to_datetime(closing)), ..Acceptance::default() }
    }
}
