//! What an officer can do to a unit: one form for each, at an address of its own.

use jiff::civil::Date;
use platform::Ctx;
use platform::web::View;
use platform::web::form::{Answers, Errors, Field, Kind as Ask};

use super::forms::{self, Faulty};
use crate::code::Code;
use crate::commands::{self, Closing, Edit, Recoding, Successor, Target};
use crate::contact::{Contact, ContactLines};
use crate::mandate::Mandate;
use crate::name::{Name, one_line};
use crate::refusal::Refusal;
use crate::sheet;
use crate::unit::Unit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Edit,
    Contact,
    Recode,
    AddAlias,
    RemoveAlias,
    Close,
    Reopen,
}

impl Act {
    pub const ALL: [Act; 7] = [
        Act::Edit,
        Act::Contact,
        Act::Recode,
        Act::AddAlias,
        Act::RemoveAlias,
        Act::Close,
        Act::Reopen,
    ];

    /// The end of its address.
    pub fn path(self) -> &'static str {
        match self {
            Act::Edit => "ten",
            Act::Contact => "lien-he",
            Act::Recode => "ma",
            Act::AddAlias => "them-ma",
            Act::RemoveAlias => "bo-ma",
            Act::Close => "ket-thuc",
            Act::Reopen => "mo-lai",
        }
    }

    pub fn parse(path: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.path() == path)
    }

    /// In the keys of its words.
    fn name(self) -> &'static str {
        match self {
            Act::Edit => "edit",
            Act::Contact => "contact",
            Act::Recode => "recode",
            Act::AddAlias => "add-alias",
            Act::RemoveAlias => "remove-alias",
            Act::Close => "close",
            Act::Reopen => "reopen",
        }
    }

    pub fn title(self, view: &View) -> String {
        view.t(&format!("organisations-act-{}", self.name()))
    }

    /// What it means, over the form.
    pub fn lead(self, view: &View) -> String {
        view.t(&format!("organisations-act-{}-lead", self.name()))
    }

    pub fn button(self, view: &View) -> String {
        view.t(&format!("organisations-act-{}-button", self.name()))
    }

    /// What the next page says.
    pub fn notice(self) -> &'static str {
        match self {
            Act::Edit => "organisations-notice-edited",
            Act::Contact => "organisations-notice-contact",
            Act::Recode => "organisations-notice-recoded",
            Act::AddAlias => "organisations-notice-alias-added",
            Act::RemoveAlias => "organisations-notice-alias-removed",
            Act::Close => "organisations-notice-closed",
            Act::Reopen => "organisations-notice-reopened",
        }
    }

    /// Why it cannot be done to the unit as it is, if it cannot.
    pub fn barred(self, unit: &Unit, is_own: bool) -> Option<Refusal> {
        match (self, unit.valid_to) {
            (Act::Contact, _) => None,
            _ if is_own => Some(Refusal::OwnUnit),
            (Act::Close, Some(on)) => Some(Refusal::AlreadyClosed { on }),
            (Act::Reopen, None) => Some(Refusal::NotClosed),
            _ => None,
        }
    }

    /// The form before anything was typed.
    pub fn answers(self, unit: &Unit) -> Answers {
        let contact = ContactLines::from(&unit.contact);
        let short = unit.short_name.as_ref().map(Name::to_string).unwrap_or_default();
        let provisional = if unit.provisional { "yes" } else { "" };
        let pairs = match self {
            Act::Edit => vec![
                ("name", unit.name.to_string()),
                ("short_name", short),
                ("note", unit.note.clone().unwrap_or_default()),
            ],
            Act::Contact => vec![
                ("address", contact.address),
                ("phone", contact.phone),
                ("email", contact.email),
                ("working_hours", contact.working_hours),
                ("map_link", contact.map_link),
            ],
            Act::Recode => {
                vec![("identifier", unit.code.to_string()), ("provisional", provisional.to_owned())]
            }
            Act::AddAlias | Act::RemoveAlias | Act::Close | Act::Reopen => Vec::new(),
        };
        Answers::from_pairs(
            pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        )
    }

    pub fn fields(self, view: &View, answers: &Answers, errors: &Errors) -> Vec<Field> {
        let form = forms::Asker { view, answers, errors };
        match self {
            Act::Edit => vec![
                form.text("name"),
                form.optional("short_name"),
                form.optional_date("renamed_on"),
                form.lines("note", 3),
                form.optional("reason"),
            ],
            Act::Contact => vec![
                form.optional("address"),
                form.kind(Ask::Phone, "phone"),
                form.kind(Ask::Email, "email"),
                form.optional("working_hours"),
                form.optional("map_link"),
            ],
            Act::Recode => {
                vec![form.text("identifier"), form.check("provisional"), form.optional("reason")]
            }
            Act::AddAlias | Act::RemoveAlias => vec![form.text("identifier")],
            Act::Close => vec![
                form.date("last_day"),
                form.lines("successors", 4),
                form.check("with_children"),
                form.text("reason"),
            ],
            Act::Reopen => vec![form.text("reason")],
        }
    }

    /// Reads the answers and does it.
    pub async fn run(
        self,
        (ctx, mandate): (&Ctx, &Mandate),
        view: &View,
        unit: &Unit,
        answers: &Answers,
    ) -> Result<Unit, Faulty> {
        let version = answers.get("version").parse().unwrap_or_default();
        let at = Target { unit: unit.id, version };
        let reason = answers.get("reason").to_owned();
        let done = match self {
            Act::Edit => commands::edit(ctx, mandate, at, edit(view, answers)?).await,
            Act::Contact => {
                commands::change_contact(ctx, mandate, at, contact(view, answers)?).await
            }
            Act::Recode => commands::recode(ctx, mandate, at, recoding(view, answers)?).await,
            Act::AddAlias => commands::add_alias(ctx, mandate, at, alias(view, answers)?).await,
            Act::RemoveAlias => {
                commands::remove_alias(ctx, mandate, at, alias(view, answers)?).await
            }
            Act::Close => commands::close(ctx, mandate, at, closing(view, answers)?).await,
            Act::Reopen => commands::reopen(ctx, mandate, at, given(view, reason)?).await,
        };
        done.map_err(|refusal| Faulty::of(view, refusal))
    }
}

fn edit(view: &View, answers: &Answers) -> Result<Edit, Faulty> {
    let mut errors = Errors::new();
    let name = forms::name(view, answers, "name", &mut errors);
    let short_name = forms::optional_name(view, answers, "short_name", &mut errors);
    let renamed_on = forms::optional_date(view, answers, "renamed_on", &mut errors);
    let Some(name) = name.filter(|_| errors.is_empty()) else { return Err(errors.into()) };
    Ok(Edit {
        name,
        short_name,
        note: forms::line(answers, "note"),
        renamed_on,
        reason: answers.get("reason").to_owned(),
    })
}

fn contact(view: &View, answers: &Answers) -> Result<Contact, Faulty> {
    let lines = forms::contact_lines(answers);
    Contact::parse(&lines).map_err(|faults| forms::contact_errors(view, &faults).into())
}

fn recoding(view: &View, answers: &Answers) -> Result<Recoding, Faulty> {
    let code = Code::issue(answers.get("identifier"));
    Ok(Recoding {
        code: code.map_err(|fault| Faulty::of(view, fault.into()))?,
        provisional: answers.has("provisional") && !answers.get("provisional").is_empty(),
        reason: answers.get("reason").to_owned(),
    })
}

fn alias(view: &View, answers: &Answers) -> Result<Code, Faulty> {
    Code::receive(answers.get("identifier")).map_err(|fault| Faulty::of(view, fault.into()))
}

fn closing(view: &View, answers: &Answers) -> Result<Closing, Faulty> {
    let mut errors = Errors::new();
    let last_day: Option<Date> = match answers.date("last_day").parse() {
        Ok(day) => Some(day),
        Err(fault) => {
            errors.add("last_day", forms::date_sentence(view, fault));
            None
        }
    };
    let successors = sheet::successors(&answers.get("successors").replace('\n', "|"));
    let reason = one_line(answers.get("reason"));
    if reason.is_empty() {
        errors.add("reason", view.t("organisations-refusal-reason-empty"));
    }
    let Some(last_day) = last_day.filter(|_| errors.is_empty()) else { return Err(errors.into()) };
    let successors = successors.into_iter();
    Ok(Closing {
        last_day,
        successors: successors.map(|(code, matter)| Successor { code, matter }).collect(),
        with_children: answers.has("with_children"),
        reason,
    })
}

/// What takes something back needs a reason that the history shows.
fn given(view: &View, reason: String) -> Result<String, Faulty> {
    let reason = one_line(&reason);
    if reason.is_empty() {
        let mut errors = Errors::new();
        errors.add("reason", view.t("organisations-refusal-reason-empty"));
        return Err(errors.into());
    }
    Ok(reason)
}
