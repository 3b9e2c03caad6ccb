//! Who receives a document: agencies by their codes or by a group, people in the house, lines that
//! are only printed.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 8, art. 17
//! Law: QĐ 28/2018/QĐ-TTg art. 6

use identity::{Actor, Scribe};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use super::noting::told;
use crate::document::OutgoingId;
use crate::outgoing::{Outgoing, State};
use crate::queries::codes;
use crate::queries::outgoing as seen;
use crate::queries::people::colleagues;
use crate::recipient::{
    Member, NAME_LETTERS_MAX, RECIPIENTS_MAX, Recipient, RecipientKind, Standing,
};
use crate::refusal::Refusal;
use crate::store::{outgoing, recipients};

/// What is to be added.
#[derive(Debug, Clone)]
pub enum Wish {
    /// Codes, as the address book or somebody's letter has them.
    Agencies {
        codes: Vec<String>,
        is_addressed: bool,
    },
    Group {
        id: Uuid,
        is_addressed: bool,
    },
    People(Vec<Uuid>),
    /// "Lưu: VT".
    Place(String),
}

pub async fn add(ctx: &Ctx, actor: &Actor, (id, wish): (OutgoingId, Wish)) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = open(tx, &actor, id)?;
            let today = local(scribe.now).date();
            let wanted = wanted(tx, &one, (&wish, today))?;
            let count = wanted.len();
            for (kind, code, account, name) in wanted {
                let is_addressed = wish.is_addressed() && kind == RecipientKind::Agency;
                let recipient = Recipient {
                    id: scribe.ids.next(),
                    outgoing: id,
                    kind,
                    code,
                    account,
                    name,
                    is_addressed,
                    added_at: scribe.now,
                    seen_at: None,
                    recall_asked_at: None,
                    removed_at: None,
                };
                recipients::insert(tx, &recipient)?;
            }
            if recipients::of(tx, id)?.len() > RECIPIENTS_MAX {
                return Err(Refusal::TooMany { field: "code", limit: RECIPIENTS_MAX });
            }
            touched(tx, &scribe, &one)?;
            told(tx, &scribe, &one, ("office.address", ""), json!({ "added": count }))
        })
        .await
}

pub async fn remove(
    ctx: &Ctx,
    actor: &Actor,
    (id, recipient): (OutgoingId, Uuid),
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = open(tx, &actor, id)?;
            if !recipients::remove(tx, recipient, id)? {
                return Err(Refusal::Nothing);
            }
            touched(tx, &scribe, &one)?;
            told(tx, &scribe, &one, ("office.unaddress", ""), json!({}))
        })
        .await
}

type Named = (RecipientKind, Option<String>, Option<Uuid>, String);

fn wanted(
    tx: &mut Tx,
    one: &Outgoing,
    (wish, today): (&Wish, Date),
) -> Result<Vec<Named>, Refusal> {
    let agency = |(code, name): (String, String)| (RecipientKind::Agency, Some(code), None, name);
    match wish {
        Wish::Agencies { codes, .. } => {
            let found = agencies(tx, codes, today)?;
            Ok(found.into_iter().map(agency).collect())
        }
        Wish::Group { id, .. } => {
            let members = members(tx, one, *id)?;
            Ok(members.into_iter().map(|one| agency((one.code, one.name))).collect())
        }
        Wish::People(accounts) => people(tx, one, (accounts, today)),
        Wish::Place(text) => Ok(vec![(RecipientKind::Place, None, None, place(text)?)]),
    }
}

/// A code that nobody knows is taken as it stands: the page warns, and the axis asks a person.
fn agencies(tx: &mut Tx, typed: &[String], today: Date) -> Result<Vec<(String, String)>, Refusal> {
    let mut found = Vec::new();
    for code in typed.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
        if code.chars().count() > 35 || code.chars().any(char::is_whitespace) {
            return Err(Refusal::CodeUnknown);
        }
        let (code, name, _) = codes::named(tx, code, today)?;
        found.push((code, name));
    }
    match found.is_empty() {
        true => Err(Refusal::NothingChosen { field: "code" }),
        false => Ok(found),
    }
}

fn members(tx: &mut Tx, one: &Outgoing, group: Uuid) -> Result<Vec<Member>, Refusal> {
    let own = recipients::groups(tx, one.unit)?.into_iter().any(|known| known.id == group);
    match own {
        true => Ok(recipients::members(tx, group)?),
        false => Err(Refusal::NothingChosen { field: "group" }),
    }
}

fn people(
    tx: &mut Tx,
    one: &Outgoing,
    (accounts, today): (&[Uuid], Date),
) -> Result<Vec<Named>, Refusal> {
    let here = colleagues(tx, one.unit, today)?;
    let mut found = Vec::new();
    for account in accounts {
        let colleague = here.iter().find(|one| one.account == *account);
        let colleague = colleague.ok_or(Refusal::NotHere { field: "people" })?;
        found.push((RecipientKind::Person, None, Some(*account), colleague.name.clone()));
    }
    match found.is_empty() {
        true => Err(Refusal::NothingChosen { field: "people" }),
        false => Ok(found),
    }
}

fn place(text: &str) -> Result<String, Refusal> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Refusal::NothingChosen { field: "place" });
    }
    match text.chars().count() <= NAME_LETTERS_MAX {
        true => Ok(text),
        false => Err(Refusal::TooLong { field: "place", limit: NAME_LETTERS_MAX }),
    }
}

/// The author writes the addresses until it is printed for its signer; from then on they stand on
/// the paper.
fn open(tx: &mut Tx, actor: &Actor, id: OutgoingId) -> Result<Outgoing, Refusal> {
    let (one, part) = seen::seen_by(tx, actor, id)?;
    match (part.author || part.clerk, one.state) {
        (true, State::Draft) => Ok(one),
        (true, state) => Err(Refusal::NotNow(state)),
        (false, _) => Err(Refusal::Nothing),
    }
}

fn touched(tx: &mut Tx, scribe: &Scribe, one: &Outgoing) -> Result<(), Refusal> {
    match outgoing::touch(tx, one, scribe.now)? {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}

impl Wish {
    fn is_addressed(&self) -> bool {
        match self {
            Wish::Agencies { is_addressed, .. } | Wish::Group { is_addressed, .. } => *is_addressed,
            Wish::People(_) | Wish::Place(_) => false,
        }
    }
}

/// Those who receive it, and those among the agencies to whom nothing can be sent as it stands.
pub(crate) fn sendable(
    tx: &mut Tx,
    one: &Outgoing,
    today: Date,
) -> Result<Vec<Recipient>, Refusal> {
    let all: Vec<Recipient> = recipients::of(tx, one.id)?
        .into_iter()
        .filter(|recipient| recipient.removed_at.is_none())
        .collect();
    if all.iter().all(|recipient| recipient.kind == RecipientKind::Place) {
        return Err(Refusal::NoRecipients);
    }
    let (mut closed, mut known) = (Vec::new(), 0);
    let codes: Vec<&String> = all.iter().filter_map(|one| one.code.as_ref()).collect();
    for code in &codes {
        match codes::named(tx, code, today)?.2 {
            Standing::Closed(_) => closed.push((*code).clone()),
            Standing::Fine => known += 1,
            Standing::Unknown => {}
        }
    }
    match (closed.is_empty(), codes.is_empty() || known > 0) {
        (false, _) => Err(Refusal::RecipientsClosed { codes: closed.join(", ") }),
        (true, false) => Err(Refusal::RecipientsUnknown),
        (true, true) => Ok(all),
    }
}
