//! The result into the applicant's hands.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 20

use identity::{Authority, Right};
use platform::Ctx;
use serde_json::json;

use super::{Target, Telling, need, officer_act};
use crate::dossier::Dossier;
use crate::event::EventKind;
use crate::refusal::Refusal;
use crate::store;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Person,
    Online,
    Post,
}

impl How {
    pub const ALL: [How; 3] = [How::Person, How::Online, How::Post];

    pub fn word(self) -> &'static str {
        match self {
            How::Person => "person",
            How::Online => "online",
            How::Post => "post",
        }
    }

    pub fn parse(word: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.word() == word)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub how: How,
    /// Who took it, when it was not the applicant; the number of the letter by post.
    pub to: String,
}

/// 9 → 10.
pub async fn deliver(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    delivery: Delivery,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::HandOverResults, act.dossier.places.receiving)?;
        act.dossier.hand_over(act.now)?;
        let handed = (delivery.how.word(), delivery.to.as_str());
        if !store::result::hand_over(act.tx, act.dossier.id, act.now, handed)? {
            return Err(store::dossier::meanwhile(act.tx, act.dossier.id)?);
        }
        act.end(Telling {
            kind: EventKind::ResultHandedOver,
            told: "",
            note: &delivery.to,
            detail: json!({ "how": delivery.how.word() }),
        })
    })
    .await
}
