//! One to five stars and a word, once for each result.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 30

use identity::Person;
use platform::{Ctx, figures};
use serde_json::json;

use super::{Target, Telling, citizen_act, unit_code};
use crate::dossier::Dossier;
use crate::event::EventKind;
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store;
use crate::store::result::Rating;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stars {
    /// 1 to 5; anything else is brought there.
    pub stars: u8,
    pub words: String,
}

pub async fn rate(
    ctx: &Ctx,
    person: &Person,
    target: Target,
    given: Stars,
) -> Result<Dossier, Refusal> {
    citizen_act(ctx, person, target, move |act, person| {
        if !matches!(act.dossier.status, Status::Finished | Status::HandedOver) {
            return Err(Refusal::NotNow { status: act.dossier.status });
        }
        let stars = i64::from(given.stars.clamp(1, 5));
        let rating = Rating { stars, words: given.words.clone(), at: act.now };
        if !store::result::rate(act.tx, act.dossier.id, &rating, Some(person.actor.0))? {
            return Err(Refusal::RatedAlready);
        }
        let unit = unit_code(act.tx, act.dossier.places.receiving)?;
        let stars = stars.to_string();
        let dimensions = [("unit", unit.as_str()), ("stars", stars.as_str())];
        figures::add(act.tx, "dossiers.rated", &dimensions, act.now, 1)?;
        act.end(Telling {
            kind: EventKind::Rated,
            told: "",
            note: "",
            detail: json!({ "stars": stars }),
        })
    })
    .await
}
