//! Pictures of signatures and seals: put, and taken out of use.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use bytes::Bytes;
use identity::{AccountId, Actor, Right};
use organisations::UnitId;
use platform::Ctx;
use platform::files::{self, KeepRules, Media, Received};
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::Scribe;
use crate::gallery;
use crate::picture::{FILE_BYTES_MAX, Fault, Kind, Picture, check_shape};
use crate::refusal::Refusal;
use crate::store::pictures;

/// The one in use and those before it, none of which is ever forgotten.
const QUOTA_BYTES: u64 = 32 * FILE_BYTES_MAX as u64;

/// Whose picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Account(Uuid),
    Unit(UnitId),
}

/// A picture that somebody brings.
pub struct NewPicture {
    pub owner: Owner,
    pub png: Vec<u8>,
    /// Of a seal: width and height on paper, in tenths of a millimetre.
    pub tenths_mm: Option<(i64, i64)>,
}

/// Puts a picture in use in the place of the one before. Everybody puts their own signature;
/// the seal of a unit is put by whoever looks after its certificates.
pub async fn put(ctx: &Ctx, actor: &Actor, new: NewPicture) -> Result<Uuid, Refusal> {
    let checker = actor.clone();
    let owner = new.owner;
    ctx.store.read(move |tx| may(tx, &checker, owner)).await?;
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    keep(ctx, scribe, new, move |tx| may(tx, &actor, owner)).await
}

/// As [`put`], for a demonstration: who may do it is known to the caller.
pub async fn seed(ctx: &Ctx, by: (Uuid, &str), new: NewPicture) -> Result<Uuid, Refusal> {
    let unit = match new.owner {
        Owner::Account(_) => None,
        Owner::Unit(unit) => Some(unit),
    };
    keep(ctx, Scribe::named(ctx, Some(AccountId(by.0)), by.1), new, move |_| Ok(unit)).await
}

/// Takes the picture out of use: from now on the signature is shown by a few lines of text.
pub async fn end(ctx: &Ctx, actor: &Actor, owner: Owner) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let unit = may(tx, &actor, owner)?;
            if !pictures::end(tx, owner.key(), scribe.now, &scribe.name)? {
                return Err(Refusal::Picture(Fault::None));
            }
            let detail = json!({ "kind": owner.key().0.code() });
            Ok(scribe.note_over(tx, unit, ("signing.end-picture", owner.object()), detail)?)
        })
        .await
}

/// The unit that the act concerns; for others there is nothing here.
pub(crate) fn may(tx: &mut Tx, actor: &Actor, owner: Owner) -> Result<Option<UnitId>, Refusal> {
    match owner {
        Owner::Account(id) if id == actor.account.0 => Ok(actor.own().unit.map(UnitId)),
        Owner::Account(_) => Err(Refusal::Nothing),
        Owner::Unit(unit) => {
            let authority = actor.authority(tx, Right::ManageCertificates, unit)?;
            authority.map(|_| Some(unit)).ok_or(Refusal::Nothing)
        }
    }
}

async fn keep<M>(ctx: &Ctx, scribe: Scribe, new: NewPicture, may: M) -> Result<Uuid, Refusal>
where
    M: Fn(&mut Tx) -> Result<Option<UnitId>, Refusal> + Send + 'static,
{
    let (kind, owner) = new.owner.key();
    let png = Bytes::from(new.png);
    let read = gallery::read(png.clone(), kind.ink()).await?;
    let pixels = (read.width_pixels, read.height_pixels);
    let tenths_mm = match kind {
        Kind::Signature => None,
        Kind::Seal => Some(new.tenths_mm.ok_or(Refusal::Picture(Fault::SizeMissing))?),
    };
    if let Some(size) = tenths_mm {
        check_shape(pixels, size).map_err(Refusal::Picture)?;
    }
    let rules = KeepRules {
        name: format!("{}.png", kind.code()),
        owner,
        media: &[Media::Png],
        max_bytes: FILE_BYTES_MAX as u64,
        quota_bytes: QUOTA_BYTES,
    };
    let received = ctx.files.receive_bytes(png, &rules).await?;
    let picture = Picture {
        id: ctx.ids.next(),
        kind,
        owner,
        file: received.kept().id,
        sha256: received.kept().sha256.clone(),
        width_pixels: i64::from(pixels.0),
        height_pixels: i64::from(pixels.1),
        width_tenths_mm: tenths_mm.map(|size| size.0),
        height_tenths_mm: tenths_mm.map(|size| size.1),
        put_at: scribe.now,
        put_by: scribe.actor.unwrap_or_default(),
        put_name: scribe.name.clone(),
        ended_at: None,
        ended_name: None,
    };
    let about = new.owner.object();
    let id = picture.id;
    ctx.store
        .write(move |tx| {
            let unit = may(tx)?;
            replace(tx, &scribe, (&picture, &received))?;
            let detail = json!({ "kind": picture.kind.code(), "sha256": picture.sha256 });
            Ok(scribe.note_over(tx, unit, ("signing.put-picture", about.clone()), detail)?)
        })
        .await
        .map_err(of_two_one_wins)?;
    Ok(id)
}

fn replace(
    tx: &mut Tx,
    scribe: &Scribe,
    (picture, received): (&Picture, &Received),
) -> Result<(), Refusal> {
    pictures::end(tx, (picture.kind, picture.owner), scribe.now, &scribe.name)?;
    files::record(tx, received)?;
    Ok(pictures::insert(tx, picture)?)
}

fn of_two_one_wins(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Store(StoreError::Conflict { .. }) => Refusal::ChangedMeanwhile,
        other => other,
    }
}

impl Owner {
    pub(crate) fn key(self) -> (Kind, Uuid) {
        match self {
            Owner::Account(id) => (Kind::Signature, id),
            Owner::Unit(unit) => (Kind::Seal, unit.0),
        }
    }

    fn object(self) -> String {
        match self {
            Owner::Account(id) => format!("account:{id}"),
            Owner::Unit(unit) => format!("unit:{}", unit.0),
        }
    }
}
