//! A new unit gets a code, and with it its place. Each ministry and province issues the codes below
//! its own.
//!
//! Law: QĐ 20/2020/QĐ-TTg

use jiff::civil::Date;
use platform::Ctx;
use platform::store::Tx;

use super::{Pen, Reach, Story, may, reaches_code, refresh_words, tell};
use crate::code::Code;
use crate::contact::Contact;
use crate::kind::Kind;
use crate::mandate::{Mandate, Scope};
use crate::name::Name;
use crate::refusal::Refusal;
use crate::store;
use crate::unit::{Unit, UnitId, is_ordered};

/// A unit as its agency wants it. The unit above is the one with the code above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub code: Code,
    pub name: Name,
    pub short_name: Option<Name>,
    pub kind: Kind,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub province_gso: Option<String>,
    pub commune_gso: Option<String>,
    pub provisional: bool,
    pub note: Option<String>,
    pub contact: Contact,
}

impl Draft {
    pub fn new(code: Code, name: Name, kind: Kind) -> Draft {
        Draft {
            code,
            name,
            short_name: None,
            kind,
            valid_from: None,
            valid_to: None,
            province_gso: None,
            commune_gso: None,
            provisional: false,
            note: None,
            contact: Contact::default(),
        }
    }
}

/// Issues a code below one's own, to a unit that did not have one.
pub async fn create(ctx: &Ctx, mandate: &Mandate, draft: Draft) -> Result<Unit, Refusal> {
    let (pen, mandate, id) = (Pen::of(ctx), mandate.clone(), UnitId(ctx.ids.next()));
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            create_in(tx, &pen, &mandate, (id, &draft))
        })
        .await
}

pub(super) fn create_in(
    tx: &mut Tx,
    pen: &Pen,
    mandate: &Mandate,
    (id, draft): (UnitId, &Draft),
) -> Result<Unit, Refusal> {
    let above = place_below(tx, mandate, &draft.code)?;
    is_free(tx, &draft.code)?;
    let unit = drafted(id, draft, above.as_ref())?;
    is_only_commune(tx, &unit)?;
    store::insert_units(tx, std::slice::from_ref(&unit))?;
    store::insert_codes(tx, &[(id, &unit.code, "current")], pen.at)?;
    refresh_words(tx, &unit)?;
    let story = Story { before: None, ..Story::new("organisations.create", &unit, &unit) };
    tell(tx, pen, mandate, story)?;
    Ok(unit)
}

/// The unit above a code, if the mandate may issue codes there. None: the code is of level 1.
pub(super) fn place_below(
    tx: &mut Tx,
    mandate: &Mandate,
    code: &Code,
) -> Result<Option<Unit>, Refusal> {
    let Some(above_code) = code.parent() else {
        return match mandate.over {
            Scope::Everything => Ok(None),
            Scope::Subtree(_) => Err(Refusal::LevelOneIsIssuedAbove),
        };
    };
    // A code outside one's own part gets the same answer as one below nothing.
    if !reaches_code(tx, mandate, &above_code)? {
        return Err(Refusal::NothingAbove { code: above_code });
    }
    let Some((above, standing)) = store::unit_of_code(tx, &above_code)? else {
        return Err(Refusal::NothingAbove { code: above_code });
    };
    if standing != "current" {
        return Err(Refusal::NothingAbove { code: above_code });
    }
    may(tx, mandate, &above, Reach::Own)?;
    Ok(Some(above))
}

/// A code is given once: not even one that a unit had long ago is given again.
pub(super) fn is_free(tx: &mut Tx, code: &Code) -> Result<(), Refusal> {
    match store::unit_of_code(tx, code)? {
        None => Ok(()),
        Some((holder, _)) => {
            Err(Refusal::CodeTaken { code: code.clone(), holder: holder.name.to_string() })
        }
    }
}

/// Two communes in force cannot have one code of the statistics office.
fn is_only_commune(tx: &mut Tx, unit: &Unit) -> Result<(), Refusal> {
    let Some(gso) = unit.commune_gso.clone() else { return Ok(()) };
    let twin = store::communes_of_gso(tx, &gso)?.into_iter().find(|other| is_twin(unit, other));
    twin.map_or(Ok(()), |twin| Err(Refusal::GsoTaken { gso, code: twin.code }))
}

/// Are both committees of the same commune, at the same time?
pub(super) fn is_twin(unit: &Unit, other: &Unit) -> bool {
    let overlaps = |first: &Unit, second: &Unit| match (first.valid_from, second.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    unit.kind == Kind::CommuneCommittee
        && other.kind == Kind::CommuneCommittee
        && unit.commune_gso.is_some()
        && unit.commune_gso == other.commune_gso
        && overlaps(unit, other)
        && overlaps(other, unit)
}

/// The rules that a new unit keeps.
pub(super) fn drafted(id: UnitId, draft: &Draft, above: Option<&Unit>) -> Result<Unit, Refusal> {
    if !draft.kind.fits(&draft.code, above.map(|above| above.kind)) {
        return Err(Refusal::KindMisplaced);
    }
    if !is_ordered(draft.valid_from, draft.valid_to) {
        return Err(Refusal::EndsBeforeItBegins);
    }
    // A unit below one that ended is history, and ends no later.
    if let Some(above) = above
        && above.valid_to.is_some_and(|end| draft.valid_to.is_none_or(|own| own > end))
    {
        return Err(Refusal::OutlivesTheUnitAbove { above: above.name.to_string() });
    }
    Ok(Unit {
        id,
        code: draft.code.clone(),
        name: draft.name.clone(),
        short_name: draft.short_name.clone(),
        kind: draft.kind,
        level: draft.kind.level_below(above.map(|above| above.level)),
        parent: above.map(|above| above.id),
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        // Statistics codes of the area pass on to what is inside it.
        province_gso: draft.province_gso.clone().or_else(|| above?.province_gso.clone()),
        commune_gso: draft.commune_gso.clone().or_else(|| above?.commune_gso.clone()),
        provisional: draft.provisional,
        note: draft.note.clone(),
        contact: draft.contact.clone(),
        version: 1,
    })
}
