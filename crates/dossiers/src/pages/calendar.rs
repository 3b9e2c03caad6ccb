//! The working calendar: days off and made up, the hours of a week, and the rules, each with the
//! history of its changes. A change is a new version; due dates already given stay.
//!
//! Law: BLLĐ 45/2019/QH14 art. 112

use askama::Template;
use axum::extract::State;
use identity::Actor;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use crate::calendar::{Certainty, DayKind, SpecialDay, Week};
use crate::commands::calendar::{Edit, Reach, change};
use crate::queries::calendar::{Overview, overview};
use crate::rules::{Rule, RuleRow};
use crate::store::calendar::{DayRow, Ended, WeekRow};

#[derive(Template)]
#[template(path = "calendar.html")]
struct CalendarPage<'a> {
    view: &'a View,
    whole: &'a Overview,
    unit: Option<String>,
    places: Vec<(String, String, bool)>,
    years: Vec<(String, i16, bool)>,
    days: Vec<DayLine>,
    weeks: Vec<WeekLine>,
    rules: Vec<RuleShown>,
    history: Vec<(i64, String, String, String)>,
    errors: Errors,
    new_day: Vec<Field>,
    new_week: Vec<Field>,
    new_rule: Vec<Field>,
    note: String,
}

struct DayLine {
    id: String,
    date: String,
    name: String,
    kind: String,
    expected: bool,
}

struct WeekLine {
    id: String,
    from: String,
    days: Vec<(String, String)>,
    saturday: String,
}

struct RuleShown {
    id: String,
    name: String,
    from: String,
    value: String,
    basis: String,
}

pub async fn show(view: View, actor: Actor, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let whole = overview(&ctx, &actor, asked(&view, &actor)).await?;
    let page = page(&view, &whole, (&Answers::default(), Errors::new()))?;
    Ok(page.menu(identity::desk(&view, &actor).await))
}

/// The country's calendar, or that of one unit; whoever may change only a unit's begins there.
fn asked(view: &View, actor: &Actor) -> (Reach, Option<i16>) {
    let year = view.query("nam").and_then(|year| year.parse().ok());
    let unit = view.query("don-vi").as_deref().and_then(UnitId::parse);
    let right = identity::Right::ManageProcedures;
    let own = || actor.offices(right).first().copied().filter(|_| !actor.has_everywhere(right));
    (unit.or_else(own).map_or(Reach::Country, Reach::Unit), year)
}

/// One edit with its reason; a mistake shows the page again with what was typed.
pub async fn post(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let (reach, year) = asked(&view, &actor);
    match (Reading { view: &view, form: &form }).edits() {
        Ok(edits) => {
            let note = form.get("ly-do").to_owned();
            change(&ctx, &actor, (reach, edits), note).await?;
            Ok(Reply::see(&view.here()).notice("dossiers-notice-calendar-changed"))
        }
        Err(errors) => {
            let whole = overview(&ctx, &actor, (reach, year)).await?;
            let page = page(&view, &whole, (&form, errors))?;
            Ok(page.menu(identity::desk(&view, &actor).await).into())
        }
    }
}

fn page(
    view: &View,
    whole: &Overview,
    (typed, errors): (&Answers, Errors),
) -> Result<Page, Problem> {
    let wrong = !errors.is_empty();
    let asking = Asking { view, typed, errors: &errors };
    let page = CalendarPage {
        unit: whole.unit.as_ref().map(|unit| unit.name.to_string()),
        places: places(view, whole),
        years: years(view, whole),
        days: whole.days.iter().map(|day| day_line(view, day)).collect(),
        weeks: whole.weeks.iter().map(|week| week_line(view, week)).collect(),
        rules: rules(view, whole),
        history: history(view, whole),
        new_day: asking.day(),
        new_week: asking.week(),
        new_rule: asking.rule(),
        note: view.t("dossiers-calendar-note"),
        errors: errors.clone(),
        whole,
        view,
    };
    let page = Page::new(view, view.t("dossiers-calendar-title"), &page)?.wide();
    Ok(if wrong { page.error() } else { page })
}

fn places(view: &View, whole: &Overview) -> Vec<(String, String, bool)> {
    let mut places = Vec::new();
    if whole.may_change_country {
        let path = view.here_with(&[("don-vi", "")]);
        places.push((path, view.t("dossiers-calendar-country"), whole.reach == Reach::Country));
    }
    for unit in &whole.offices {
        let path = view.here_with(&[("don-vi", &unit.id.to_string())]);
        places.push((path, unit.label().to_owned(), whole.reach == Reach::Unit(unit.id)));
    }
    places
}

fn years(view: &View, whole: &Overview) -> Vec<(String, i16, bool)> {
    let around = whole.year - 1..=whole.year + 2;
    around
        .map(|year| (view.here_with(&[("nam", &year.to_string())]), year, year == whole.year))
        .collect()
}

fn day_line(view: &View, day: &DayRow) -> DayLine {
    let vietnamese = view.locale == platform::words::Locale::Vi;
    DayLine {
        id: day.id.to_string(),
        date: view.speech.weekday_of(day.date),
        name: if vietnamese { day.name_vi.clone() } else { day.name_en.clone() },
        kind: view.t(&format!("dossiers-day-{}", day.kind.replace('_', "-"))),
        expected: Certainty::parse(&day.certainty) == Some(Certainty::Expected),
    }
}

fn week_line(view: &View, week: &WeekRow) -> WeekLine {
    let hours: Vec<String> = serde_json::from_str(&week.hours).unwrap_or_default();
    let rest = view.t("dossiers-calendar-rest");
    let days = hours.into_iter().enumerate().map(|(place, hours)| {
        let day = view.t(&format!("platform-weekday-{}", place + 1));
        (day, if hours.is_empty() { rest.clone() } else { hours })
    });
    WeekLine {
        id: week.id.to_string(),
        from: view.speech.date(week.valid_from),
        days: days.collect(),
        saturday: week.saturday.clone(),
    }
}

fn rules(view: &View, whole: &Overview) -> Vec<RuleShown> {
    if whole.reach != Reach::Country {
        return Vec::new();
    }
    whole
        .rules
        .iter()
        .map(|line| RuleShown {
            id: line.id.to_string(),
            name: view.t(&format!("dossiers-rule-{}", line.rule.replace('_', "-"))),
            from: view.speech.date(line.valid_from),
            value: line.value.clone(),
            basis: line.basis.clone(),
        })
        .collect()
}

fn history(view: &View, whole: &Overview) -> Vec<(i64, String, String, String)> {
    let line = |line: &crate::store::calendar::VersionLine| {
        let at = view.speech.date_time(line.at);
        let note = match line.number {
            1 => view.t("dossiers-calendar-shipped"),
            _ => line.note.clone(),
        };
        (line.number, at, line.actor_name.clone(), note)
    };
    whole.history.iter().map(line).collect()
}

struct Asking<'a> {
    view: &'a View,
    typed: &'a Answers,
    errors: &'a Errors,
}

impl Asking<'_> {
    fn field(&self, kind: Kind, name: &str) -> Field {
        let label = self.view.t(&format!("dossiers-calendar-{name}"));
        Field::new(&self.view.speech, kind, name, label)
            .value(self.typed.get(name))
            .errors(self.errors)
    }

    fn date(&self, name: &str) -> Field {
        self.field(Kind::Date, name).date(self.typed.date(name))
    }

    fn day(&self) -> Vec<Field> {
        let kinds = DayKind::ALL.into_iter().map(|kind| {
            let word = format!("dossiers-day-{}", kind.as_str().replace('_', "-"));
            Choice::new(kind.as_str(), self.view.t(&word))
        });
        let certainty = [Certainty::Notice, Certainty::Expected].map(|one| {
            Choice::new(one.as_str(), self.view.t(&format!("dossiers-certainty-{}", one.as_str())))
        });
        vec![
            self.date("ngay"),
            self.field(Kind::Select(kinds.collect()), "loai"),
            self.field(Kind::Text, "ten"),
            self.field(Kind::Text, "ten-en").optional(&self.view.speech),
            self.field(Kind::Radios(certainty.to_vec()), "can-cu"),
        ]
    }

    fn week(&self) -> Vec<Field> {
        let mut fields = vec![self.date("tu-ngay")];
        for place in 1..=7 {
            let name = format!("thu-{place}");
            let label = self.view.t(&format!("platform-weekday-{place}"));
            let usual = if place <= 5 { "07:30-11:30 13:30-17:00" } else { "" };
            let value = if self.typed.has(&name) { self.typed.get(&name) } else { usual };
            let field = Field::new(&self.view.speech, Kind::Text, &name, label)
                .value(value)
                .width(Width::Twenty)
                .errors(self.errors);
            fields.push(field);
        }
        let saturday = self.field(Kind::Text, "sang-thu-bay").width(Width::Twenty);
        fields.push(saturday.optional(&self.view.speech));
        fields
    }

    fn rule(&self) -> Vec<Field> {
        let rules = Rule::ALL.into_iter().map(|rule| {
            let word = format!("dossiers-rule-{}", rule.as_str().replace('_', "-"));
            Choice::new(rule.as_str(), self.view.t(&word))
        });
        vec![
            self.field(Kind::Select(rules.collect()), "quy-tac"),
            self.date("hieu-luc"),
            self.field(Kind::Text, "gia-tri")
                .width(Width::Ten)
                .hint(self.view.t("dossiers-calendar-gia-tri-hint")),
            self.field(Kind::Text, "van-ban"),
        ]
    }
}

/// From the form to the edits; which form it was says its button.
struct Reading<'a> {
    view: &'a View,
    form: &'a Answers,
}

impl Reading<'_> {
    fn edits(&self) -> Result<Vec<Edit>, Errors> {
        let mut errors = Errors::new();
        if self.form.get("ly-do").is_empty() {
            errors.add("ly-do", self.view.t("dossiers-calendar-note-missing"));
        }
        let edits = match self.form.get("viec") {
            "them-ngay" => self.day(&mut errors).map(|day| vec![Edit::AddDay(day)]),
            "them-gio" => self.week(&mut errors).map(|week| vec![Edit::AddWeek(week)]),
            "them-quy-tac" => self.rule(&mut errors).map(|edit| vec![edit]),
            _ => self.ended(&mut errors).map(|edit| vec![edit]),
        };
        match edits {
            Some(edits) if errors.is_empty() => Ok(edits),
            _ => Err(errors),
        }
    }

    fn date(&self, name: &str, errors: &mut Errors) -> Option<Date> {
        match self.form.date(name).parse() {
            Ok(date) => Some(date),
            Err(_) => {
                errors.add(name, self.view.t("dossiers-field-date-unreal"));
                None
            }
        }
    }

    fn text(&self, name: &str, errors: &mut Errors) -> String {
        let text = self.form.get(name);
        if text.is_empty() {
            errors.add(name, self.view.t(&format!("dossiers-calendar-{name}-missing")));
        }
        text.to_owned()
    }

    fn day(&self, errors: &mut Errors) -> Option<SpecialDay> {
        let date = self.date("ngay", errors);
        let name_vi = self.text("ten", errors);
        let name_en = match self.form.get("ten-en") {
            "" => name_vi.clone(),
            typed => typed.to_owned(),
        };
        let kind = DayKind::parse(self.form.get("loai"))?;
        let certainty = Certainty::parse(self.form.get("can-cu")).unwrap_or(Certainty::Notice);
        Some(SpecialDay { date: date?, kind, name_vi, name_en, certainty })
    }

    fn week(&self, errors: &mut Errors) -> Option<Week> {
        let from = self.date("tu-ngay", errors);
        let days: [String; 7] =
            std::array::from_fn(|place| self.form.get(&format!("thu-{}", place + 1)).to_owned());
        match Week::parse(from?, &days, self.form.get("sang-thu-bay")) {
            Ok(week) => Some(week),
            Err(_) => {
                errors.add("thu-1", self.view.t("dossiers-calendar-hours-shape"));
                None
            }
        }
    }

    fn rule(&self, errors: &mut Errors) -> Option<Edit> {
        let rule = Rule::parse(self.form.get("quy-tac"))?;
        let valid_from = self.date("hieu-luc", errors);
        let value = rule.parse_value(self.form.get("gia-tri"));
        if value.is_none() {
            errors.add("gia-tri", self.view.t("dossiers-calendar-gia-tri-shape"));
        }
        let basis = self.text("van-ban", errors);
        Some(Edit::AddRule(RuleRow { rule, valid_from: valid_from?, value: value?, basis }))
    }

    fn ended(&self, errors: &mut Errors) -> Option<Edit> {
        let line = Uuid::try_parse(self.form.get("dong")).ok();
        if self.form.get("viec") == "xac-nhan-ngay" {
            return line.map(Edit::ConfirmDay);
        }
        let what = match self.form.get("viec") {
            "bo-ngay" => Ended::Day,
            "bo-gio" => Ended::Week,
            "bo-quy-tac" => Ended::Rule,
            _ => {
                errors.add("", self.view.t("dossiers-calendar-nothing"));
                return None;
            }
        };
        line.map(|id| Edit::End(what, id))
    }
}
