//! What each act asks, with what was typed before.

use platform::web::View;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use procedures::TimeUnit;

use super::act::{Act, later};
use crate::commands::deliver::How;
use crate::dossier::Dossier;
use crate::pages::pieces::step_name;
use crate::queries::Whole;

/// What an act asks, with what was typed and what was wrong.
pub(super) struct Asking<'a> {
    pub view: &'a View,
    pub whole: &'a Whole,
    pub typed: &'a Answers,
    pub errors: &'a Errors,
}

impl Asking<'_> {
    pub fn fields(&self, act: Act) -> Vec<Field> {
        match act {
            Act::Accept => self.acceptance(),
            Act::Supplement => self.supplement(),
            Act::Refuse | Act::Stop => vec![self.reason(), self.legal_basis()],
            Act::HandOn => self.hand_on(),
            Act::HandBack | Act::Expire => vec![self.reason()],
            Act::Propose | Act::Decide => self.result(),
            Act::Money => vec![
                self.field(Kind::Number, "so-tien").suffix("₫"),
                self.reason(),
                self.legal_basis(),
                self.date("han-tra-loi")
                    .hint(self.view.t("dossiers-field-han-tra-loi-hint"))
                    .optional(&self.view.speech),
            ],
            Act::MoneySettled | Act::TakeSupplement => {
                vec![self.lines("ghi-nhan").optional(&self.view.speech)]
            }
            Act::Reappoint => vec![self.date("ngay-moi"), self.reason()],
            Act::Deliver => self.delivery(),
            Act::Note => vec![self.lines("ghi-chu")],
        }
    }

    fn field(&self, kind: Kind, name: &str) -> Field {
        let label = self.view.t(&format!("dossiers-field-{name}"));
        Field::new(&self.view.speech, kind, name, label)
            .value(self.typed.get(name))
            .errors(self.errors)
    }

    fn lines(&self, name: &str) -> Field {
        self.field(Kind::Lines(4), name)
    }

    fn date(&self, name: &str) -> Field {
        self.field(Kind::Date, name).date(self.typed.date(name))
    }

    fn reason(&self) -> Field {
        self.lines("ly-do").hint(self.view.t("dossiers-field-ly-do-hint"))
    }

    fn legal_basis(&self) -> Field {
        self.field(Kind::Text, "can-cu").optional(&self.view.speech)
    }

    /// Where the published text counts no days, the clerk names one.
    fn acceptance(&self) -> Vec<Field> {
        let told = self.lines("loi-nhan").optional(&self.view.speech);
        if is_counted(&self.whole.dossier) {
            return vec![told];
        }
        let date = self.date("ngay-hen").hint(self.view.t("dossiers-field-ngay-hen-hint"));
        vec![date, self.field(Kind::Text, "vi-sao").optional(&self.view.speech), told]
    }

    /// One box a component; what is wrong with it is asked when it is ticked.
    fn supplement(&self) -> Vec<Field> {
        let speech = &self.view.speech;
        let choices = components(self.whole).into_iter().enumerate().map(|(place, (_, name))| {
            let what = format!("giay-to-{place}");
            let label = self.view.t("dossiers-field-giay-to-what");
            let field = Field::new(speech, Kind::Text, &what, label)
                .value(self.typed.get(&what))
                .errors(self.errors);
            let choice = Choice::new(place.to_string(), name);
            Choice { then: Some(field.markup()), ..choice }
        });
        let boxes = self
            .field(Kind::Checkboxes(choices.collect()), "giay-to")
            .hint(self.view.t("dossiers-field-giay-to-hint"))
            .values(&self.typed.all("giay-to"))
            .optional(speech);
        let until = self.date("han-tra-loi").hint(self.view.t("dossiers-field-han-tra-loi-hint"));
        vec![boxes, self.reason(), self.legal_basis(), until.optional(speech)]
    }

    fn hand_on(&self) -> Vec<Field> {
        let steps = later(self.whole);
        let first = steps.clone().next().map(|step| step.to_string()).unwrap_or_default();
        let choices: Vec<Choice> = steps
            .filter_map(|step| {
                let told = self.whole.route.step(step)?;
                let unit = self.whole.unit(told.unit(self.whole.dossier.places)).name;
                let name = step_name(self.view, self.whole, step);
                let hours = told
                    .hours
                    .map(|hours| self.view.with("dossiers-step-hours", &[("hours", hours.into())]));
                let hint =
                    [Some(unit), hours].into_iter().flatten().collect::<Vec<_>>().join(" · ");
                Some(Choice::new(step.to_string(), name).hint(hint))
            })
            .collect();
        let chosen = match self.typed.get("buoc") {
            "" => first,
            typed => typed.to_owned(),
        };
        let step = self.field(Kind::Radios(choices), "buoc").value(chosen);
        vec![step, self.lines("ghi-chu").optional(&self.view.speech)]
    }

    /// Filled in with what was proposed.
    fn result(&self) -> Vec<Field> {
        let proposed = self.whole.result.as_ref();
        let value = |name: &str, known: Option<&str>| match self.typed.get(name) {
            "" => known.unwrap_or_default().to_owned(),
            typed => typed.to_owned(),
        };
        let usual = self.whole.version.results.first().map(|result| result.name.as_str());
        let title = proposed.map(|result| result.title.as_str()).or(usual);
        let number = proposed.map(|result| result.number.as_str());
        let body = proposed.map(|result| result.body.as_str());
        vec![
            self.field(Kind::Text, "ten").value(value("ten", title)),
            self.field(Kind::Text, "so").value(value("so", number)),
            self.field(Kind::Lines(8), "noi-dung")
                .hint(self.view.t("dossiers-field-noi-dung-hint"))
                .value(value("noi-dung", body)),
        ]
    }

    fn delivery(&self) -> Vec<Field> {
        let choices = How::ALL.into_iter().map(|how| {
            Choice::new(how.word(), self.view.t(&format!("dossiers-how-{}", how.word())))
        });
        let how = self.field(Kind::Radios(choices.collect()), "cach");
        let to = self.field(Kind::Text, "nguoi-nhan").optional(&self.view.speech);
        vec![how, to.hint(self.view.t("dossiers-field-nguoi-nhan-hint"))]
    }
}

/// What may be asked for: the components of the version, by code or name.
pub(super) fn components(whole: &Whole) -> Vec<(String, String)> {
    let all = whole.version.cases.iter().flat_map(|case| &case.components);
    all.filter(|component| !component.is_note)
        .map(|component| {
            let code = component.code.clone().unwrap_or_else(|| component.name.clone());
            (code, component.name.clone())
        })
        .collect()
}

/// Whether the due date follows from the published text.
pub(super) fn is_counted(dossier: &Dossier) -> bool {
    dossier.time_limit.as_ref().is_some_and(|limit| limit.unit != TimeUnit::Other)
}
