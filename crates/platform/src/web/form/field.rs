//! One question of a form as accessible HTML: label, hint, mistake and input tied together.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{DateParts, Errors};
use crate::web::Markup;
use crate::words::Speech;

/// Shows itself: `{{ field }}` in a template. Its input has the id `f-NAME`.
#[derive(Template)]
#[template(path = "pieces/field.html")]
pub struct Field {
    name: String,
    label: String,
    kind: Kind,
    hint: Option<String>,
    error: Option<String>,
    values: Vec<String>,
    date: DateParts,
    date_labels: [String; 3],
    error_mark: String,
    optional_mark: Option<String>,
    heading: bool,
    hidden_label: bool,
    width: Width,
    autocomplete: Option<&'static str>,
    suffix: Option<String>,
    max_letters: Option<u32>,
    show_words: [String; 2],
}

/// What is asked for: decides the input, its keyboard and how it is read aloud.
#[derive(Clone, Debug)]
pub enum Kind {
    Text,
    Search,
    Email,
    Phone,
    /// Digits that are no amount: identity number, code. Typed on the number keys.
    Digits,
    /// An amount: number keys, thousands written with points.
    Number,
    /// Day, month and year in three fields: `NAME-day`, `NAME-month`, `NAME-year`.
    Date,
    Password,
    NewPassword,
    /// A code sent or shown once: filled in by the telephone where it can.
    Code,
    /// Several lines; how many are shown.
    Lines(u8),
    Radios(Vec<Choice>),
    Checkboxes(Vec<Choice>),
    Select(Vec<Choice>),
    /// A file; the media types or endings allowed, as in `accept`.
    File {
        accept: String,
        many: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    Two,
    Four,
    Ten,
    Twenty,
    Full,
}

#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    /// Of the label, where it is not the page's: `vi`.
    pub lang: Option<&'static str>,
    /// Asked only when this is chosen; hidden until then where the browser can.
    pub then: Option<Markup>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), ..Choice::default() }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = Some(hint.into());
        self
    }

    /// The label is in this language, whatever the page's is.
    pub fn lang(mut self, lang: &'static str) -> Choice {
        self.lang = Some(lang);
        self
    }

    pub fn then(mut self, field: &Field) -> Choice {
        self.then = Some(field.markup());
        self
    }
}

impl Field {
    pub fn new(speech: &Speech, kind: Kind, name: &str, label: impl Into<String>) -> Field {
        let date_part = |part: &str| speech.t(&format!("web-field-date-{part}"));
        let width = match kind {
            Kind::Code | Kind::Number => Width::Ten,
            Kind::Phone | Kind::Digits => Width::Twenty,
            _ => Width::Full,
        };
        Field {
            name: name.to_owned(),
            label: label.into(),
            hint: None,
            error: None,
            values: Vec::new(),
            date: DateParts::default(),
            date_labels: match kind {
                Kind::Date => [date_part("day"), date_part("month"), date_part("year")],
                _ => Default::default(),
            },
            error_mark: speech.t("web-field-error-mark"),
            optional_mark: None,
            heading: false,
            hidden_label: false,
            width,
            autocomplete: usual_autocomplete(&kind),
            suffix: None,
            max_letters: None,
            show_words: match kind {
                Kind::Password | Kind::NewPassword => {
                    [speech.t("web-field-show-password"), speech.t("web-field-hide-password")]
                }
                _ => Default::default(),
            },
            kind,
        }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = Some(hint.into());
        self
    }

    /// What was typed or is known already.
    pub fn value(mut self, value: impl Into<String>) -> Field {
        self.values = vec![value.into()];
        self
    }

    /// Several, for checkboxes.
    pub fn values(mut self, values: &[&str]) -> Field {
        self.values = values.iter().map(|value| (*value).to_owned()).collect();
        self
    }

    pub fn date(mut self, date: DateParts) -> Field {
        self.date = date;
        self
    }

    /// The mistake at this field, if `errors` has one.
    pub fn errors(mut self, errors: &Errors) -> Field {
        self.error = errors.of(&self.name).map(str::to_owned);
        self
    }

    /// Says "(không bắt buộc)": only what may be left out is marked.
    pub fn optional(mut self, speech: &Speech) -> Field {
        self.optional_mark = Some(speech.t("web-field-optional"));
        self
    }

    /// The label is the page's one heading: a page that asks one thing.
    pub fn heading(mut self) -> Field {
        self.heading = true;
        self
    }

    /// The label is only read aloud: where the place says it to the eye, as beside a search button.
    pub fn quiet_label(mut self) -> Field {
        self.hidden_label = true;
        self
    }

    pub fn width(mut self, width: Width) -> Field {
        self.width = width;
        self
    }

    /// What the browser may fill in, as HTML names it: `name`, `tel`, `bday`, `street-address`.
    pub fn autocomplete(mut self, what: &'static str) -> Field {
        self.autocomplete = Some(what);
        self
    }

    /// Stands after the input: `₫`, `m²`.
    pub fn suffix(mut self, suffix: impl Into<String>) -> Field {
        self.suffix = Some(suffix.into());
        self
    }

    pub fn max_letters(mut self, letters: u32) -> Field {
        self.max_letters = Some(letters);
        self
    }

    pub fn markup(&self) -> Markup {
        // The template writes to memory and holds only strings: it cannot fail.
        Markup::trusted(self.render().unwrap_or_default())
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn first_value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    fn has(&self, value: &str) -> bool {
        self.values.iter().any(|chosen| chosen == value)
    }

    /// The first choice carries the field's own id, so that the error summary leads to it.
    fn choice_id(&self, place: &usize) -> String {
        if *place == 0 { self.id() } else { format!("f-{}-{place}", self.name) }
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("f-{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("f-{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Date | Kind::Radios(_) | Kind::Checkboxes(_))
    }

    fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Email => "email",
            Kind::Phone => "tel",
            Kind::Search => "search",
            Kind::Password | Kind::NewPassword => "password",
            _ => "text",
        }
    }

    fn input_mode(&self) -> Option<&'static str> {
        matches!(self.kind, Kind::Digits | Kind::Number | Kind::Code).then_some("numeric")
    }

    /// Names and codes are no words to be corrected.
    fn spellcheck_off(&self) -> bool {
        !matches!(self.kind, Kind::Lines(_) | Kind::Search)
    }

    fn width_class(&self) -> &'static str {
        match self.width {
            Width::Two => "w-2",
            Width::Four => "w-4",
            Width::Ten => "w-10",
            Width::Twenty => "w-20",
            Width::Full => "w-full",
        }
    }

    fn date_parts(&self) -> [(&'static str, &str, &str, &'static str); 3] {
        let [day, month, year] = &self.date_labels;
        [
            ("day", day, &self.date.day, "w-2"),
            ("month", month, &self.date.month, "w-2"),
            ("year", year, &self.date.year, "w-4"),
        ]
    }

    fn date_autocomplete(&self, part: &str) -> Option<String> {
        (self.autocomplete == Some("bday")).then(|| format!("bday-{part}"))
    }
}

impl HtmlSafe for Field {}

fn usual_autocomplete(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Email => Some("email"),
        Kind::Phone => Some("tel"),
        Kind::Password => Some("current-password"),
        Kind::NewPassword => Some("new-password"),
        Kind::Code => Some("one-time-code"),
        Kind::Search => Some("off"),
        _ => None,
    }
}
