//! What each act asks, with what was typed before.

use platform::web::View;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::words::Speech;
use procedures::TimeUnit;
use procedures::eform::{Flow, Step};

use super::act::{Act, later};
use crate::commands::deliver::How;
use crate::dossier::Dossier;
use crate::form;
use crate::pages::pieces::step_name;
use crate::queries::Whole;
use crate::reopening::is_locked;

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
            Act::Recall => Vec::new(),
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
        let rest = [self.reason(), self.legal_basis(), until.optional(speech)];
        [boxes].into_iter().chain(self.questions()).chain(rest).collect()
    }

    /// One box a question of the form, where it was filled in online; and one for all of it.
    fn questions(&self) -> Option<Field> {
        let (speech, asked) = (&self.view.speech, questions(self.whole, &self.view.speech));
        if asked.is_empty() {
            return None;
        }
        let all = Choice::new(ALL_QUESTIONS, self.view.t("dossiers-declaration"));
        let each = asked.into_iter().map(|question| {
            let what = format!("cau-hoi-{}", question.page);
            let label = self.view.t("dossiers-field-cau-hoi-what");
            let field = Field::new(speech, Kind::Text, &what, label)
                .value(self.typed.get(&what))
                .errors(self.errors);
            let choice = Choice::new(question.page, question.name).hint(question.answer);
            Choice { then: Some(field.markup()), ..choice }
        });
        let kind = Kind::Checkboxes([all].into_iter().chain(each).collect());
        let boxes = self.field(kind, "cau-hoi").hint(self.view.t("dossiers-field-cau-hoi-hint"));
        Some(boxes.values(&self.typed.all("cau-hoi")).optional(speech))
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

/// The value of the box that stands for the whole declaration; no page is called so.
pub(super) const ALL_QUESTIONS: &str = "*";

/// A question that may be asked again.
pub(super) struct Question {
    /// The id of its page.
    pub page: String,
    pub name: String,
    /// As it was answered.
    pub answer: String,
}

/// The questions of the form as it was sent, without those the State itself answered.
pub(super) fn questions(whole: &Whole, speech: &Speech) -> Vec<Question> {
    let Some(flow) = whole.flow() else { return Vec::new() };
    let steps = flow.steps().iter().copied();
    let asked = steps.filter(|step| !matches!(step, Step::Item(..)) && !is_locked(&flow, *step));
    asked
        .map(|step| Question {
            page: step.address(flow.definition),
            name: form::question_name(&flow, step, speech),
            answer: answer(&flow, step, speech),
        })
        .collect()
}

fn answer(flow: &Flow<'_>, step: Step, speech: &Speech) -> String {
    let rows = match step {
        // The items have pages of their own.
        Step::List(_) => Vec::new(),
        step => flow.rows(step, speech),
    };
    rows.into_iter().map(|row| row.value).collect::<Vec<_>>().join(" · ")
}

/// The papers that may be asked for: the components of the version, by code or name. The
/// declaration is asked for by its questions where it was filled in online.
pub(super) fn components(whole: &Whole) -> Vec<(String, String)> {
    let by_questions = whole.flow().is_some();
    let all = whole.version.cases.iter().flat_map(|case| &case.components);
    all.filter(|component| !(component.is_note || by_questions && component.eform))
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
