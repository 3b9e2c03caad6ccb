//! What is asked before something is done with a document: the fields of its page.

use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use platform::web::View;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};

use super::deeds::Deed;
use crate::book::{Book, Entry};
use crate::catalogue::line_against;
use crate::document::Direction;
use crate::outgoing::{NOTE_LETTERS_MAX, Outgoing};
use crate::queries::outgoing_whole::{Receiver, Whole, people};
use crate::queries::people::Colleague;
use crate::recipient::RecipientKind;
use crate::refusal::Refusal;
use crate::review;
use crate::store::{books, recipients};

/// Those who initial, one after the other.
pub(super) const PLACES: [&str; 5] = ["people", "people-2", "people-3", "people-4", "people-5"];

pub(super) struct Sheet {
    /// What is to be looked at first.
    pub checks: Vec<String>,
    pub fields: Vec<Field>,
}

/// How fields are made on this page.
struct Desk<'a> {
    view: &'a View,
    typed: &'a Answers,
    errors: &'a Errors,
}

pub(super) async fn sheet(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (deed, whole): (Deed, &Whole),
    (typed, errors): (&Answers, &Errors),
) -> Result<Sheet, Refusal> {
    let desk = Desk { view, typed, errors };
    let mut checks = Vec::new();
    let fields = match deed {
        Deed::Ask => desk.ask(&people(ctx, actor, whole.one.id).await?.1),
        Deed::AskInitials => desk.initials(&people(ctx, actor, whole.one.id).await?.1),
        Deed::Give => desk.opinion(),
        Deed::SendBack | Deed::Cancel => vec![desk.reason("office-reason-why")],
        Deed::Number => {
            checks = form_checks(view);
            let one = whole.one.clone();
            let today = local(ctx.clock.now()).date();
            let read: Result<_, Refusal> = ctx
                .store
                .read(move |tx| Ok((book(tx, &one, today)?, without_paper(tx, &one, today)?)))
                .await;
            let (book, basis) = read?;
            checks.extend(
                basis.map(|basis| view.with("office-form-check-paper", &[("basis", basis.into())])),
            );
            desk.number(book)
        }
        Deed::Recall => {
            let mut fields = vec![desk.recipients(whole, "office-recall-from")];
            fields.extend(desk.manner());
            fields.push(desk.reason("office-recall-why"));
            fields
        }
        Deed::Update => desk.update(whole),
        Deed::Initial | Deed::Submit | Deed::TakeBack | Deed::Seal => Vec::new(),
    };
    Ok(Sheet { checks, fields })
}

/// Thể thức: what NĐ 30/2020/NĐ-CP has the clerk look at.
fn form_checks(view: &View) -> Vec<String> {
    ["heading", "agency", "subject", "signer", "recipients", "annexes"]
        .map(|what| view.t(&format!("office-form-check-{what}")))
        .into()
}

/// The book in which it would be numbered today, if it has been begun.
fn book(
    tx: &mut Tx,
    one: &Outgoing,
    today: jiff::civil::Date,
) -> Result<Option<(Book, Vec<Entry>)>, Refusal> {
    let plan = books::plan_in_force(tx, one.unit, today)?;
    let line = plan.line(Direction::Out, &one.kind).ok_or(Refusal::NoBook)?;
    let key = (one.unit, i64::from(today.year()), Direction::Out, line.code.as_str());
    let Some(book) = books::by_code(tx, key)? else { return Ok(None) };
    let reserved = books::reserved(tx, book.id)?;
    Ok(Some((book, reserved)))
}

/// The decision for which the copy on paper that was wished for will not go.
fn without_paper(
    tx: &mut Tx,
    one: &Outgoing,
    today: jiff::civil::Date,
) -> Result<Option<String>, Refusal> {
    let all = recipients::of(tx, one.id)?;
    Ok(line_against(tx, (one, &all), today)?.map(|line| line.basis))
}

impl Desk<'_> {
    fn field(&self, kind: Kind, name: &str, word: &str) -> Field {
        let field = Field::new(&self.view.speech, kind, name, self.view.t(word));
        field.values(&self.typed.all(name)).errors(self.errors)
    }

    fn date(&self, name: &str, word: &str) -> Field {
        let field = Field::new(&self.view.speech, Kind::Date, name, self.view.t(word));
        field.date(self.typed.date(name)).errors(self.errors)
    }

    fn reason(&self, word: &str) -> Field {
        self.field(Kind::Lines(3), "reason", word).max_letters(NOTE_LETTERS_MAX as u32)
    }

    fn ask(&self, people: &[Colleague]) -> Vec<Field> {
        vec![
            self.field(Kind::Checkboxes(self.named(people)), "people", "office-ask-whom"),
            self.field(Kind::Lines(3), "question", "office-ask-what").optional(&self.view.speech),
            self.date("due", "office-ask-until").optional(&self.view.speech),
        ]
    }

    fn initials(&self, people: &[Colleague]) -> Vec<Field> {
        let field = |(place, name): (usize, &&str)| {
            let nobody = std::iter::once(Choice::new("", self.view.t("office-nobody")));
            let kind = Kind::Select(nobody.chain(self.named(people)).collect());
            let label = self.view.with("office-initial-place", &[("place", (place + 1).into())]);
            let field = Field::new(&self.view.speech, kind, name, label);
            let field = field.value(self.typed.get(name)).errors(self.errors);
            if place == 0 { field } else { field.optional(&self.view.speech) }
        };
        PLACES.iter().enumerate().map(field).collect()
    }

    fn named(&self, people: &[Colleague]) -> Vec<Choice> {
        let named = |one: &Colleague| {
            let role = self.view.t(one.role.word());
            let hint = if one.part.is_empty() { role } else { format!("{role}, {}", one.part) };
            Choice::new(one.account.to_string(), format!("{} ({hint})", one.name))
        };
        people.iter().map(named).collect()
    }

    fn opinion(&self) -> Vec<Field> {
        let views = review::View::ALL.iter();
        let views = views.map(|one| Choice::new(one.code(), self.view.t(one.word())));
        let reason = self.field(Kind::Lines(6), "reason", "office-give-what");
        vec![
            self.field(Kind::Radios(views.collect()), "view", "office-give-view"),
            reason.max_letters(4 * NOTE_LETTERS_MAX as u32).optional(&self.view.speech),
        ]
    }

    fn number(&self, book: Option<(Book, Vec<Entry>)>) -> Vec<Field> {
        let (next, reserved) = match &book {
            Some((book, reserved)) => (book.next, reserved.as_slice()),
            None => (1, [].as_slice()),
        };
        let next = crate::book::written(next, "");
        let label = self.view.with("office-number-next", &[("number", next.into())]);
        let mut choices = vec![Choice::new("next", label)];
        if !reserved.is_empty() {
            let kept = reserved.iter().map(|entry| {
                let day = self.view.speech.date(entry.dated);
                Choice::new(
                    entry.ordinal.to_string(),
                    format!("{} – {day} – {}", entry.text(), entry.reason),
                )
            });
            let kept = Kind::Select(kept.collect());
            let kept = self.field(kept, "reserved", "office-number-kept");
            choices.push(Choice::new("reserved", self.view.t("office-number-take")).then(&kept));
        }
        let mut fields = Vec::new();
        if book.is_some() {
            choices.push(Choice::new("inserted", self.view.t("office-number-insert")));
            fields = self.inserted();
        }
        let which = self.field(Kind::Radios(choices), "which", "office-number-which");
        let chosen = match self.typed.get("which") {
            "" => "next",
            chosen => chosen,
        };
        fields.insert(0, which.value(chosen));
        fields
    }

    fn inserted(&self) -> Vec<Field> {
        let behind = self.field(Kind::Digits, "behind", "office-number-behind");
        vec![
            behind.width(Width::Four).optional(&self.view.speech),
            self.date("dated", "office-number-dated").optional(&self.view.speech),
            self.reason("office-number-why").optional(&self.view.speech),
        ]
    }

    fn recipients(&self, whole: &Whole, word: &str) -> Field {
        let still = |one: &&Receiver| {
            one.recipient.kind == RecipientKind::Agency && one.recipient.removed_at.is_none()
        };
        let choice = |one: &Receiver| {
            Choice::new(one.recipient.id.to_string(), one.recipient.name.as_str()).lang("vi")
        };
        let choices = whole.receivers.iter().filter(still).map(choice).collect();
        self.field(Kind::Checkboxes(choices), "recipients", word)
    }

    /// By a word, or by a document.
    fn manner(&self) -> Vec<Field> {
        let choice = |value: &str, word: &str, hint: &str| {
            Choice::new(value, self.view.t(word)).hint(self.view.t(hint))
        };
        let choices = vec![
            choice("word", "office-recall-by-word", "office-recall-by-word-hint"),
            choice("document", "office-recall-by-document", "office-recall-by-document-hint"),
        ];
        let how = self.field(Kind::Radios(choices), "manner", "office-recall-how");
        let chosen = if self.typed.get("manner") == "document" { "document" } else { "word" };
        let notice = self.field(Kind::Text, "notice", "office-recall-notice");
        vec![
            how.value(chosen),
            notice
                .hint(self.view.t("office-recall-notice-hint"))
                .width(Width::Twenty)
                .autocomplete("off")
                .optional(&self.view.speech),
        ]
    }

    fn update(&self, whole: &Whole) -> Vec<Field> {
        let codes = self.field(Kind::Text, "code", "office-update-add");
        let due = match (self.typed.pairs().next(), whole.one.due_on) {
            (None, Some(due)) => {
                let field = self.date("due", "office-due-answer");
                field.date(platform::web::form::DateParts::of(due))
            }
            _ => self.date("due", "office-due-answer"),
        };
        vec![
            self.reason("office-update-why"),
            due.optional(&self.view.speech),
            codes.hint(self.view.t("office-update-add-hint")).optional(&self.view.speech),
            self.recipients(whole, "office-update-remove").optional(&self.view.speech),
        ]
    }
}
