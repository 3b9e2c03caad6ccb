//! A step as it is shown: heading, fields with what was answered, errors at their fields.

use platform::web::Markup;
use platform::web::form::{Choice, DateParts, Errors, Field as Shown, Kind as Input, Width};
use platform::words::{Speech, Word};

use super::answers::{Attachment, NO, YES, more_path};
use super::definition::{FieldWords, PageWords};
use super::field::{Field, FileRule, Kind};
use super::flow::Flow;
use super::places::Place;
use super::step::Step;
use super::summary::SummaryRow;

/// Everything a template needs for one step.
pub struct Shape {
    /// Absent where the only field is the heading itself.
    pub heading: Option<String>,
    pub text: Option<String>,
    pub asks: Vec<Ask>,
    pub errors: Errors,
    /// On the list of a group: its items so far.
    pub items: Vec<Item>,
    /// The form ends here: no "continue".
    pub stop: bool,
}

/// One thing to answer on a page.
pub enum Ask {
    /// Finished: `{{ field }}` in a template.
    Field(Markup),
    Files(FileAsk),
}

/// A file field: the page shows what is there, and its own way to upload more.
pub struct FileAsk {
    /// The path of the field: what an upload is attached to.
    pub path: String,
    pub label: String,
    pub hint: String,
    pub error: Option<String>,
    pub rule: FileRule,
    pub required: bool,
    pub attachments: Vec<Attachment>,
    /// The label is the page's one heading.
    pub heading: bool,
}

pub struct Item {
    /// "Thành viên 2".
    pub name: String,
    pub number: usize,
    /// The address of its step.
    pub step: String,
    pub rows: Vec<SummaryRow>,
}

/// More choices than this are offered in a select.
const RADIOS_MAX: usize = 8;
/// The rows of a text on several lines.
const LINES: u8 = 5;

impl Flow<'_> {
    /// A step as it stands. With `told` the faults are shown: after a person posted it, or came
    /// back to a page that has something wrong; never on a page just opened.
    pub fn shape(&self, step: Step, speech: &Speech, told: bool) -> Option<Shape> {
        let number = step.page()?;
        let page = self.page(step)?;
        let words = self.definition.words(speech.locale()).pages.get(number)?;
        let errors = if told { self.errors(step, speech) } else { Errors::new() };
        if let Step::List(_) = step {
            return self.list(step, speech, errors);
        }
        let alone = page.fields.len() == 1 && words.heading.is_none();
        let mut asks = Vec::new();
        for field in &page.fields {
            asks.extend(self.ask(step, *field, &Asking { speech, errors: &errors, alone }));
        }
        let heading = match step {
            Step::Item(..) => Some(self.about_item(step, words, speech)),
            _ => words.heading.clone(),
        };
        Some(Shape {
            heading,
            text: words.text.clone(),
            asks,
            errors,
            items: Vec::new(),
            stop: page.stop,
        })
    }

    /// The faults of a step for the summary on top and for each field, in the same words.
    pub fn errors(&self, step: Step, speech: &Speech) -> Errors {
        let mut errors = Errors::new();
        for fault in self.faults_on(step) {
            errors.add(&fault.input, fault.sentence(self.definition, speech));
        }
        errors
    }

    fn list(&self, step: Step, speech: &Speech, errors: Errors) -> Option<Shape> {
        let page = self.page(step)?;
        let group = self.group_of(page)?;
        let words = self.definition.words(speech.locale()).groups.get(page.group?)?;
        let count = self.answers.items(group);
        let place = step.page()?;
        let items = (0..count)
            .map(|number| {
                let item = Step::Item(place, number);
                Item {
                    name: self.item_heading(item, speech),
                    number,
                    step: item.address(self.definition),
                    rows: self.item_rows(place, number, speech),
                }
            })
            .collect();
        let more = more_path(group);
        let kind = Input::Radios(yes_no(speech));
        let field = Shown::new(speech, kind, &more, &words.more).value(self.answers.get(&more));
        let full = count >= group.items_max;
        let asks = if full { Vec::new() } else { vec![shown(field, &errors)] };
        let text = words.hint.clone();
        let heading = Some(words.label.clone());
        Some(Shape { heading, text, asks, errors, items, stop: false })
    }

    fn ask(&self, step: Step, number: usize, asking: &Asking<'_>) -> Vec<Ask> {
        let speech = asking.speech;
        let words = self.definition.words(speech.locale()).fields.get(number);
        let (Some(field), Some(words)) = (self.definition.fields().get(number), words) else {
            return Vec::new();
        };
        let asked =
            Asked { field, words, path: &field.path(self.definition.groups(), step.item()) };
        match (field.kind, &field.file) {
            (Kind::Files, Some(rule)) => vec![Ask::Files(self.files(&asked, rule, asking))],
            (Kind::Address, _) => self.address(&asked, asking),
            _ => vec![shown(self.one_field(&asked, asking), asking.errors)],
        }
    }

    /// "Thành viên 2", and on its later pages what they ask: "Thành viên 2: ảnh".
    fn about_item(&self, step: Step, words: &PageWords, speech: &Speech) -> String {
        let item = self.item_heading(step, speech);
        let page = step.page().unwrap_or_default();
        let is_first = self.definition.pages_of_group(page).first() == Some(&page);
        match &words.heading {
            Some(heading) if !is_first => format!("{item}: {heading}"),
            _ => item,
        }
    }

    fn files(&self, asked: &Asked<'_>, rule: &FileRule, asking: &Asking<'_>) -> FileAsk {
        FileAsk {
            path: asked.path.to_owned(),
            label: asked.words.label.clone(),
            hint: file_hint(asked.words, rule, asking.speech),
            error: asking.errors.of(asked.path).map(str::to_owned),
            rule: rule.clone(),
            required: asked.field.required,
            attachments: self.answers.attachments(asked.path),
            heading: asking.alone,
        }
    }

    fn one_field(&self, asked: &Asked<'_>, asking: &Asking<'_>) -> Shown {
        let Asked { field, words, path } = *asked;
        let speech = asking.speech;
        // Beside the box to tick stands the whole declaration; above it, its name.
        let label = if field.kind == Kind::Tick { words.name() } else { &words.label };
        let mut shown = Shown::new(speech, input(field, words, speech), path, label);
        shown = match field.kind {
            Kind::Date | Kind::PartialDate => {
                let part = |name: &str| self.answers.get(&format!("{path}-{name}")).to_owned();
                shown.date(DateParts { day: part("day"), month: part("month"), year: part("year") })
            }
            Kind::Choices => shown.values(&self.answers.chosen(path)),
            _ => shown.value(self.answers.get(path)),
        };
        if let Some(hint) = hint(field, words, speech) {
            shown = shown.hint(hint);
        }
        if let Some(autocomplete) = field.layout.autocomplete {
            shown = shown.autocomplete(autocomplete);
        }
        if let Some(width) = width(field) {
            shown = shown.width(width);
        }
        if field.layout.money {
            shown = shown.suffix("₫");
        }
        if !field.required {
            shown = shown.optional(speech);
        }
        if asking.alone { shown.heading() } else { shown }
    }

    /// Three inputs. The communes of a province are known once it is chosen: without scripts the
    /// page comes back with them.
    fn address(&self, asked: &Asked<'_>, asking: &Asking<'_>) -> Vec<Ask> {
        let Asked { field, words, path } = *asked;
        let speech = asking.speech;
        let places = self.surroundings.places;
        let label = |part: &str| {
            let key = format!("procedures-answer-address-{part}");
            speech.with(&key, &[("name", Word::from(&words.label))])
        };
        let part = |part: &str, kind: Input| {
            let name = format!("{path}-{part}");
            Shown::new(speech, kind, &name, label(part)).value(self.answers.get(&name))
        };
        let chosen = self.answers.get(&format!("{path}-province"));
        let mut province = part("province", places_input(places.provinces(), speech));
        if let Some(hint) = &words.hint {
            province = province.hint(hint);
        }
        let when = if chosen.is_empty() { "later" } else { "hint" };
        let commune = part("commune", places_input(places.communes(chosen), speech))
            .hint(speech.t(&format!("procedures-answer-address-commune-{when}")));
        let mut street = part("street", Input::Text).optional(speech);
        if let Some(autocomplete) = field.layout.autocomplete {
            street = street.autocomplete(autocomplete);
        }
        [province, commune, street].map(|field| shown(field, asking.errors)).into()
    }
}

/// What the asking of each field of a page shares.
struct Asking<'a> {
    speech: &'a Speech,
    errors: &'a Errors,
    /// The only field of its page: its label is the heading.
    alone: bool,
}

/// A field while its inputs are made.
struct Asked<'a> {
    field: &'a Field,
    words: &'a FieldWords,
    path: &'a str,
}

fn shown(field: Shown, errors: &Errors) -> Ask {
    Ask::Field(field.errors(errors).markup())
}

fn places_input(places: &[Place], speech: &Speech) -> Input {
    let named = places.iter().map(|place| Choice::new(&place.code, &place.name)).collect();
    Input::Select(with_empty(named, speech))
}

fn input(field: &Field, words: &FieldWords, speech: &Speech) -> Input {
    match field.kind {
        Kind::Text if field.layout.textarea => Input::Lines(LINES),
        Kind::Text if field.layout.digits => Input::Digits,
        Kind::Text | Kind::PersonName | Kind::Address | Kind::Files => Input::Text,
        Kind::Email => Input::Email,
        Kind::Phone => Input::Phone,
        Kind::PersonalNumber | Kind::TaxCode => Input::Digits,
        Kind::Integer | Kind::Number => Input::Number,
        Kind::Date | Kind::PartialDate => Input::Date,
        Kind::YesNo => Input::Radios(yes_no(speech)),
        Kind::Tick => Input::Checkboxes(vec![Choice::new(YES, &words.label)]),
        Kind::Choices => {
            let named = |choice: &String| {
                let label = words.choices.get(choice).unwrap_or(choice);
                let choice = Choice::new(choice, label);
                if field.layout.alone.as_ref() == Some(&choice.value) {
                    choice.hint(speech.t("procedures-answer-alone-hint"))
                } else {
                    choice
                }
            };
            Input::Checkboxes(field.choices.iter().map(named).collect())
        }
        Kind::Choice => {
            let named =
                |choice: &String| Choice::new(choice, words.choices.get(choice).unwrap_or(choice));
            let choices: Vec<Choice> = field.choices.iter().map(named).collect();
            if field.layout.select || choices.len() > RADIOS_MAX {
                Input::Select(with_empty(choices, speech))
            } else {
                Input::Radios(choices)
            }
        }
        Kind::Listed(list) => {
            let locale = speech.locale();
            let choices = list.entries().map(|it| Choice::new(it.code, it.name(locale))).collect();
            Input::Select(with_empty(choices, speech))
        }
    }
}

fn with_empty(choices: Vec<Choice>, speech: &Speech) -> Vec<Choice> {
    let empty = Choice::new("", speech.t("procedures-answer-choose"));
    std::iter::once(empty).chain(choices).collect()
}

fn yes_no(speech: &Speech) -> Vec<Choice> {
    vec![
        Choice::new(YES, speech.t("procedures-answer-yes")),
        Choice::new(NO, speech.t("procedures-answer-no")),
    ]
}

fn width(field: &Field) -> Option<Width> {
    field.layout.width.map(|letters| match letters {
        0..=2 => Width::Two,
        3..=4 => Width::Four,
        5..=10 => Width::Ten,
        11..=20 => Width::Twenty,
        _ => Width::Full,
    })
}

/// The form's own hint; where several may be chosen, how many.
fn hint(field: &Field, words: &FieldWords, speech: &Speech) -> Option<String> {
    if field.kind != Kind::Choices {
        return words.hint.clone();
    }
    let count = match field.bounds.choices_max {
        Some(most) if most < field.choices.len() => {
            speech.with("procedures-answer-choose-some", &[("count", Word::from(most))])
        }
        _ => speech.t("procedures-answer-choose-all"),
    };
    let own = words.hint.iter().cloned();
    Some(own.chain([count]).collect::<Vec<_>>().join(" "))
}

/// "PDF, JPG hoặc PNG; mỗi tệp không quá 10 MB", after the form's own hint.
fn file_hint(words: &FieldWords, rule: &FileRule, speech: &Speech) -> String {
    let mut kinds: Vec<&str> = rule.accept.iter().map(|media| media_name(media)).collect();
    kinds.dedup();
    let rule_text = speech.with(
        "procedures-answer-file-rule",
        &[
            ("kinds", Word::from(kinds.join(", "))),
            ("megabytes", Word::from(speech.decimal(rule.bytes_max as f64 / 1_000_000.0))),
            ("count", Word::from(rule.files_max)),
        ],
    );
    match &words.hint {
        Some(hint) => format!("{hint} {rule_text}"),
        None => rule_text,
    }
}

fn media_name(media: &str) -> &str {
    match media {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPG",
        "image/png" => "PNG",
        "image/webp" => "WEBP",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "DOCX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "XLSX",
        other => other,
    }
}
