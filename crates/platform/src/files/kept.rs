//! The rows: who keeps which content.

use jiff::Timestamp;
use uuid::Uuid;

use super::{FileRefusal, Received, name, store};
use crate::store::{StoreError, Tx};

crate::record! {
    /// A file that is kept.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Kept {
        pub id: Uuid,
        /// In hexadecimal digits, as the receipt shows it.
        pub sha256: String,
        pub size_bytes: i64,
        /// As in Content-Type.
        pub media: String,
        pub name: String,
        pub owner: Uuid,
        pub created_at: Timestamp,
    }
}

impl Kept {
    /// Content-Disposition for saving it.
    pub fn attachment(&self) -> String {
        name::disposition("attachment", &self.name)
    }

    /// Content-Disposition for looking at it.
    pub fn inline(&self) -> String {
        name::disposition("inline", &self.name)
    }
}

/// Writes the row of a file that has been received, and takes it from its owner's quota.
pub fn record(tx: &mut Tx, received: &Received) -> Result<Kept, FileRefusal> {
    let kept = received.kept.clone();
    let quota = i64::try_from(received.quota_bytes).unwrap_or(i64::MAX);
    let fits = kept.size_bytes <= quota
        && tx.execute(store::USE, &[&kept.owner, &kept.size_bytes, &quota])? == 1;
    if !fits {
        let used_bytes = used_bytes(tx, kept.owner)?;
        return Err(FileRefusal::Quota { quota_bytes: received.quota_bytes, used_bytes });
    }
    tx.execute(
        store::INSERT,
        &[
            &kept.id,
            &kept.sha256,
            &kept.size_bytes,
            &kept.media,
            &kept.name,
            &kept.owner,
            &kept.created_at,
        ],
    )?;
    Ok(kept)
}

pub fn kept(tx: &mut Tx, id: Uuid) -> Result<Option<Kept>, StoreError> {
    tx.opt(store::KEPT, &[&id])
}

/// Takes the row away and gives the quota back; the content goes with the next sweep if no other
/// row names it. False when there is no such row.
pub fn forget(tx: &mut Tx, id: Uuid) -> Result<bool, StoreError> {
    let gone: Option<(Uuid, i64)> = tx.opt(store::FORGET, &[&id])?;
    let Some((owner, size_bytes)) = gone else { return Ok(false) };
    tx.execute(store::GIVE_BACK, &[&owner, &size_bytes])?;
    Ok(true)
}

/// What an owner keeps in all.
pub fn used_bytes(tx: &mut Tx, owner: Uuid) -> Result<u64, StoreError> {
    let used: Option<(i64,)> = tx.opt(store::USED, &[&owner])?;
    Ok(used.and_then(|(used,)| u64::try_from(used).ok()).unwrap_or(0))
}
