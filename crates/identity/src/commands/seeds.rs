//! Accounts made by the program itself: the first administrator of an installation, and the people
//! of the demonstration. Passwords and authenticator keys are given, not drawn, so that a page can
//! print them. Made twice, they are there once.

use jiff::civil::Date;
use organisations::UnitId;
use platform::words::Locale;
use platform::{Ctx, clock};
use serde_json::json;

use super::officers::{self, NewOfficer};
use super::registration::{self, Citizen};
use super::{Scribe, object, passwords};
use crate::account::{AccountId, Assurance, Contact};
use crate::bond::{Bond, BondId};
use crate::hashing::Hashing;
use crate::password::{Password, Strictness};
use crate::person_name::PersonName;
use crate::personal_number::PersonalNumber;
use crate::refusal::Refusal;
use crate::role::Role;
use crate::store::{accounts, bonds};
use crate::totp::TotpSecret;
use crate::username::Username;

pub struct SeedCitizen {
    pub number: PersonalNumber,
    pub name: PersonName,
    pub birth_date: Date,
    pub contact: Contact,
    pub password: Password,
    pub assurance: Assurance,
}

pub struct SeedOfficer {
    pub username: Username,
    pub name: PersonName,
    /// The unit whose administrators look after the account.
    pub home: UnitId,
    /// A role and where; without a unit: everywhere.
    pub roles: Vec<(Role, Option<UnitId>)>,
    pub password: Password,
    /// None: the officer adds an app at the first sign-in.
    pub totp: Option<TotpSecret>,
}

/// The account and whether it is new.
pub async fn register_citizen(
    ctx: &Ctx,
    hashing: &Hashing,
    seed: SeedCitizen,
) -> Result<(AccountId, bool), Refusal> {
    let hash = hashing.hash(seed.password, Strictness::Citizen, ctx.ids.secret()).await?;
    let citizen = Citizen {
        id: AccountId(ctx.ids.next()),
        number: seed.number,
        name: seed.name,
        birth_date: seed.birth_date,
        contact: seed.contact,
        password_hash: hash,
        locale: Locale::Vi,
        assurance: seed.assurance,
    };
    let ctx_in_unit = ctx.clone();
    ctx.store
        .write(move |tx| {
            if let Some(known) = accounts::id_by_login(tx, citizen.number.as_str())? {
                return Ok((known, false));
            }
            let opened = registration::open(tx, &ctx_in_unit, &citizen)?;
            if opened { Ok((citizen.id, true)) } else { Err(Refusal::ChangedMeanwhile) }
        })
        .await
}

/// The account and whether it is new. One that is there keeps its password and its roles.
pub async fn create_officer(
    ctx: &Ctx,
    hashing: &Hashing,
    seed: SeedOfficer,
) -> Result<(AccountId, bool), Refusal> {
    let hash = hashing.hash(seed.password, Strictness::Officer, ctx.ids.secret()).await?;
    let id = AccountId(ctx.ids.next());
    let new = NewOfficer { username: seed.username, name: seed.name, unit: seed.home };
    let (roles, totp, ids) = (seed.roles, seed.totp, ctx.ids.clone());
    let vault = ctx.vault.clone();
    let scribe = Scribe::stranger(ctx);
    let today = clock::local(scribe.now).date();
    ctx.store
        .write(move |tx| {
            if !officers::insert(tx, id, &new, scribe.now)? {
                let known = accounts::id_by_login(tx, new.username.as_str())?;
                return Ok((known.ok_or(Refusal::ChangedMeanwhile)?, false));
            }
            passwords::store(tx, id, &hash, scribe.now)?;
            if let Some(totp) = &totp {
                accounts::set_totp(tx, &vault, (id, totp), None, scribe.now)?;
            }
            for (role, unit) in &roles {
                let bond = Bond {
                    id: BondId(ids.next()),
                    account: id,
                    unit: *unit,
                    role: *role,
                    valid_from: today,
                    valid_to: None,
                    ended: false,
                };
                bonds::insert(tx, &bond, None, scribe.now)?;
            }
            let told: Vec<_> = roles.iter().map(|(role, unit)| (role.code(), unit)).collect();
            let detail = json!({ "by": "program", "roles": told });
            let over = scribe.over(Some(new.unit.0));
            over.note(tx, "identity.open-officer", object(id), detail)?;
            Ok((id, true))
        })
        .await
}
