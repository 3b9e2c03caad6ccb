//! A procedure is the line of its versions; an entry is one version as the catalogue holds it.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 15

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::version::Version;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProcedureId(pub Uuid);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VersionId(pub Uuid);

/// Where a version stands. Only a published one binds anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Draft,
    Published,
    /// Taken from use for a time; nothing new is filed under it.
    Suspended,
    /// Ends for good by a decision (bãi bỏ), on the day the entry's `effective_to` says.
    Abolished,
}

impl Status {
    pub const ALL: [Status; 4] =
        [Status::Draft, Status::Published, Status::Suspended, Status::Abolished];

    pub fn as_str(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Published => "published",
            Status::Suspended => "suspended",
            Status::Abolished => "abolished",
        }
    }

    pub fn parse(text: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// Where the text of a version came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Written or corrected by an administrator here.
    Hand,
    /// Brought by the program.
    Shipped,
    /// Imported from the portal's own JSON.
    Native,
    /// Imported from a captured page of the portal.
    Flattened,
}

impl Origin {
    pub const ALL: [Origin; 4] = [Origin::Hand, Origin::Shipped, Origin::Native, Origin::Flattened];

    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Hand => "hand",
            Origin::Shipped => "shipped",
            Origin::Native => "native",
            Origin::Flattened => "flattened",
        }
    }

    pub fn parse(text: &str) -> Option<Origin> {
        Origin::ALL.into_iter().find(|origin| origin.as_str() == text)
    }
}

/// One version with its place in the catalogue. In force from `effective_from` (that instant
/// included) to `effective_to` (that instant not included; none: until further notice).
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub id: VersionId,
    pub procedure: ProcedureId,
    /// 1, 2, 3 … within the procedure.
    pub number: i64,
    pub status: Status,
    pub origin: Origin,
    pub effective_from: Option<Timestamp>,
    pub effective_to: Option<Timestamp>,
    /// Shared with all who read it: a version is never changed in place.
    pub version: Arc<Version>,
}

impl Entry {
    /// Published and in force at this instant: the one text that binds.
    pub fn is_current(&self, at: Timestamp) -> bool {
        matches!(self.status, Status::Published | Status::Abolished)
            && self.effective_from.is_some_and(|from| from <= at)
            && self.effective_to.is_none_or(|to| at < to)
    }

    /// Whether a new dossier may be filed online under it.
    pub fn takes_online_dossiers(&self, at: Timestamp) -> bool {
        self.is_current(at) && self.version.is_filed_online() && self.version.form.is_some()
    }
}
