//! Who works in an office, and can be handed something.

use identity::Role;
use jiff::civil::Date;
use organisations::{Kind, UnitId};
use platform::store::{StoreError, Tx};
use uuid::Uuid;

/// Those who see documents of their unit and work with them.
const HANDLERS: [Role; 7] = [
    Role::Leader,
    Role::Head,
    Role::Specialist,
    Role::DocumentClerk,
    Role::Clerk,
    Role::FeeCollector,
    Role::ResultDesk,
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Colleague {
    pub account: Uuid,
    pub name: String,
    pub role: Role,
    /// The part of the agency; empty for the agency itself.
    pub part: String,
}

/// The people of an agency and of its parts, leaders first. Agencies below it have offices of
/// their own.
pub(crate) fn colleagues(
    tx: &mut Tx,
    unit: UnitId,
    today: Date,
) -> Result<Vec<Colleague>, StoreError> {
    let mut parts = vec![(unit, String::new())];
    for part in organisations::queries::children(tx, unit, today)? {
        let is_inside = matches!(
            part.kind,
            Kind::Department | Kind::OneStopCentre | Kind::PublicService | Kind::Other
        );
        if is_inside {
            parts.push((part.id, part.label().to_owned()));
        }
    }
    let mut found: Vec<Colleague> = Vec::new();
    for (id, part) in parts {
        for role in HANDLERS {
            for (account, name) in identity::queries::holders(tx, id, role, today)? {
                // The first role, the highest, is the one that is shown.
                if !found.iter().any(|one| one.account == account.0) {
                    found.push(Colleague { account: account.0, name, role, part: part.clone() });
                }
            }
        }
    }
    Ok(found)
}

/// The leaders to whom documents are submitted.
pub(crate) fn leaders(
    tx: &mut Tx,
    unit: UnitId,
    today: Date,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let mut all = identity::queries::holders(tx, unit, Role::Leader, today)?;
    all.extend(identity::queries::holders(tx, unit, Role::Head, today)?);
    let mut leaders: Vec<(Uuid, String)> = Vec::new();
    for (account, name) in all {
        if !leaders.iter().any(|(known, _)| *known == account.0) {
            leaders.push((account.0, name));
        }
    }
    Ok(leaders)
}
