//! What a citizen has: drafts, dossiers, and the results in the wallet.

use identity::Person;
use platform::Ctx;
use uuid::Uuid;

use super::Whole;
use crate::access;
use crate::applicant::Applicant;
use crate::code::DossierCode;
use crate::dossier::DossierId;
use crate::draft::Draft;
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store;
use crate::store::queue::{Line, Whose};
use crate::store::result::StoredResult;

pub struct Mine {
    pub drafts: Vec<Draft>,
    pub dossiers: Vec<Line>,
}

pub async fn list(ctx: &Ctx, person: &Person) -> Result<Mine, Refusal> {
    let person = person.clone();
    ctx.store
        .read(move |tx| {
            let mut drafts = store::draft::open_of(tx, person.actor)?;
            drafts.retain(|draft| access::is_own(&person, draft));
            let whose = Whose {
                subject: person.subject.id.0,
                key: access::proven_key(&person.subject),
                sees_all: person.may_see_all(),
                actor: person.actor.0,
                for_oneself: person.is_for_oneself(),
            };
            Ok(Mine { drafts, dossiers: store::queue::of_citizen(tx, &whose)? })
        })
        .await
}

/// A dossier of this person, or none.
pub async fn one(ctx: &Ctx, person: &Person, id: DossierId) -> Result<Option<Whole>, Refusal> {
    let (person, now) = (person.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let whole = Whole::load(tx, id, now)?;
            Ok(whole.filter(|whole| access::may_see(&person, &whole.dossier)))
        })
        .await
}

/// The wallet: every result issued to whom the person acts for.
pub async fn wallet(ctx: &Ctx, person: &Person) -> Result<Vec<StoredResult>, Refusal> {
    let person = person.clone();
    ctx.store
        .read(move |tx| {
            if !person.may_see_all() {
                return Ok(Vec::new());
            }
            let key = access::proven_key(&person.subject);
            Ok(store::result::of_owner(tx, person.subject.id.0, key.as_deref())?)
        })
        .await
}

impl Line {
    pub fn status(&self) -> Status {
        Status::try_from(self.status).unwrap_or(Status::Registered)
    }

    pub fn known_as(&self) -> &str {
        self.code.as_deref().or(self.request_number.as_deref()).unwrap_or_default()
    }

    pub fn applicant(&self) -> Applicant {
        serde_json::from_str(&self.applicant).unwrap_or_default()
    }

    pub fn key(&self) -> String {
        format!("{}~{}", self.next_at.as_microsecond(), self.id)
    }
}

/// The dossier with this code, for the demonstration and for tests of other capabilities.
pub async fn by_code(ctx: &Ctx, code: &DossierCode) -> Result<Option<Uuid>, Refusal> {
    let code = code.clone();
    ctx.store.read(move |tx| Ok(store::dossier::by_code(tx, code.as_str())?.map(|id| id.0))).await
}
