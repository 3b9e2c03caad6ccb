//! What an officer sees in the queue: what waits for their signature, what they may seal, and what
//! they signed lately.

use identity::{Actor, Right};
use jiff::Timestamp;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::queries::{Due, Lately};
use crate::sitting::Sitting;
use crate::store::{authorisations, lists, remote};
use crate::submission::Scope;

const ROWS_A_PAGE: usize = 20;
const LATELY_SHOWN: i64 = 50;
/// Of a unit's seals, read at once.
const SEALS_MAX: i64 = 500;

/// Which of the three lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    ToSign,
    ToSeal,
    Signed,
}

impl Tab {
    pub const ALL: [Tab; 3] = [Tab::ToSign, Tab::ToSeal, Tab::Signed];

    /// In the address.
    pub fn code(self) -> &'static str {
        match self {
            Tab::ToSign => "",
            Tab::ToSeal => "dong-dau",
            Tab::Signed => "da-ky",
        }
    }

    pub fn parse(code: &str) -> Tab {
        Tab::ALL.into_iter().find(|tab| tab.code() == code).unwrap_or(Tab::ToSign)
    }

    pub fn word(self) -> &'static str {
        match self {
            Tab::ToSign => "signing-tab-to-sign",
            Tab::ToSeal => "signing-tab-to-seal",
            Tab::Signed => "signing-tab-signed",
        }
    }
}

/// What was asked to be seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    pub tab: Tab,
    pub scope: Option<Scope>,
    pub after: Uuid,
}

pub(crate) struct Board {
    pub due: Vec<Due>,
    pub next: Option<Uuid>,
    pub lately: Vec<Lately>,
    pub sitting: Option<Sitting>,
    /// Has a seal to look after.
    pub seals: bool,
    /// Has linked a key that a service keeps.
    pub remote: bool,
}

pub(crate) async fn board(ctx: &Ctx, actor: &Actor, wish: Wish) -> Result<Board, StoreError> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store.read(move |tx| read(tx, (&actor, now), wish)).await
}

fn read(tx: &mut Tx, (actor, now): (&Actor, Timestamp), wish: Wish) -> Result<Board, StoreError> {
    let account = actor.account.0;
    let wanted = i64::try_from(ROWS_A_PAGE + 1).unwrap_or(i64::MAX);
    let (mut due, mut lately) = (Vec::new(), Vec::new());
    match wish.tab {
        Tab::ToSign => due = lists::mine(tx, account, wish.scope, (wish.after, wanted))?,
        Tab::ToSeal => due = to_seal(tx, actor, wish)?,
        Tab::Signed => lately = lists::lately(tx, account, LATELY_SHOWN)?,
    }
    let more = due.len() > ROWS_A_PAGE;
    due.truncate(ROWS_A_PAGE);
    Ok(Board {
        next: due.last().filter(|_| more).map(|last| last.id.0),
        due,
        lately,
        sitting: authorisations::sitting_of(tx, account, now)?,
        seals: actor.has(Right::SealDocuments),
        remote: !remote::links_of(tx, account)?.is_empty(),
    })
}

/// Of all units whose seal the officer keeps, the oldest first.
fn to_seal(tx: &mut Tx, actor: &Actor, wish: Wish) -> Result<Vec<Due>, StoreError> {
    let mut due = Vec::new();
    for unit in actor.offices(Right::SealDocuments) {
        due.extend(lists::to_seal(tx, unit, wish.scope, (wish.after, SEALS_MAX))?);
    }
    due.sort_by_key(|one| one.id);
    due.truncate(ROWS_A_PAGE + 1);
    Ok(due)
}
