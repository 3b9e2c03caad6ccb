//! What hangs on a draft: versions, attachments, opinions, initials.

use identity::Scribe;
use jiff::Timestamp;
use platform::files::Kept;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::OutgoingId;
use crate::outgoing::Outgoing;
use crate::review::{Initial, InitialState, Opinion, View};

pub const INSERT_VERSION: &str = "INSERT INTO office_version (outgoing, edition, kind, subject,
        body, file, file_name, made_at, made_by, made_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub const VERSIONS: &str =
    "SELECT outgoing, edition, kind, subject, body, file, file_name, made_at,
        made_by, made_name FROM office_version WHERE outgoing = $1 ORDER BY edition DESC";

pub const ATTACH: &str = "INSERT INTO office_attachment (id, outgoing, file, name, media,
        size_bytes, sha256, added_at, added_name, is_waiting)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub const DETACH: &str = "UPDATE office_attachment SET removed_at = $3
    WHERE id = $1 AND outgoing = $2 AND removed_at IS NULL AND NOT is_waiting";
pub const ATTACHMENTS: &str =
    "SELECT id, outgoing, file, name, media, size_bytes, sha256, added_at,
        added_name, came_with FROM office_attachment
    WHERE outgoing = $1 AND removed_at IS NULL AND NOT is_waiting ORDER BY added_at, id";
/// Put aside for the next update.
pub const WAITING: &str = "SELECT id, outgoing, file, name, media, size_bytes, sha256, added_at,
        added_name, came_with FROM office_attachment
    WHERE outgoing = $1 AND removed_at IS NULL AND is_waiting ORDER BY added_at, id";
pub const TAKE_BACK: &str = "UPDATE office_attachment SET removed_at = $3
    WHERE id = $1 AND outgoing = $2 AND removed_at IS NULL AND is_waiting";
/// Of two who send or take back at once, one does.
pub const GO_ALONG: &str = "UPDATE office_attachment SET is_waiting = FALSE, came_with = $3
    WHERE id = $1 AND outgoing = $2 AND removed_at IS NULL AND is_waiting";

pub const ASK: &str = "INSERT INTO office_opinion (id, outgoing, account, name, question, due_on,
        asked_at, asked_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (outgoing, account) WHERE given_at IS NULL DO NOTHING";
pub const GIVE: &str = "UPDATE office_opinion SET view = $3, text = $4, given_at = $5, edition = $6
    WHERE outgoing = $1 AND account = $2 AND given_at IS NULL";
pub const OPINIONS: &str = "SELECT id, outgoing, account, name, question, due_on, asked_at,
        asked_name, view, text, given_at, edition FROM office_opinion
    WHERE outgoing = $1 ORDER BY asked_at, id";

pub const INSERT_INITIAL: &str =
    "INSERT INTO office_initial (id, outgoing, edition, place, account,
        name, state) VALUES ($1, $2, $3, $4, $5, $6, 'waiting')";
pub const INITIAL: &str = "UPDATE office_initial SET state = $3, at = $4
    WHERE id = $1 AND outgoing = $2 AND state = 'waiting'";
pub const INITIALS_OFF: &str = "UPDATE office_initial SET state = 'off'
    WHERE outgoing = $1 AND state <> 'off'";
pub const INITIALS: &str = "SELECT id, outgoing, edition, place, account, name, state, at
    FROM office_initial WHERE outgoing = $1 ORDER BY edition, place, id";

record! {
    #[derive(Debug, Clone)]
    pub struct Version {
        pub outgoing: OutgoingId,
        pub edition: i64,
        pub kind: String,
        pub subject: String,
        pub body: String,
        pub file: Option<Uuid>,
        pub file_name: Option<String>,
        pub made_at: Timestamp,
        pub made_by: Uuid,
        pub made_name: String,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Attachment {
        pub id: Uuid,
        pub outgoing: OutgoingId,
        pub file: Uuid,
        pub name: String,
        pub media: String,
        pub size_bytes: i64,
        pub sha256: String,
        pub added_at: Timestamp,
        pub added_name: String,
        /// The packet of the update that brought it; none: it was there from the first.
        pub came_with: Option<Uuid>,
    }
}

impl Attachment {
    /// A file that was brought just now.
    pub fn brought(scribe: &Scribe, outgoing: OutgoingId, kept: &Kept) -> Attachment {
        Attachment {
            id: scribe.ids.next(),
            outgoing,
            file: kept.id,
            name: kept.name.clone(),
            media: kept.media.clone(),
            size_bytes: kept.size_bytes,
            sha256: kept.sha256.clone(),
            added_at: scribe.now,
            added_name: scribe.name.clone(),
            came_with: None,
        }
    }
}

/// The draft as it stands.
pub fn keep_version(
    tx: &mut Tx,
    one: &Outgoing,
    (at, by, name): (Timestamp, Uuid, &str),
) -> Result<(), StoreError> {
    tx.execute(
        INSERT_VERSION,
        &[
            &one.id,
            &one.edition,
            &one.kind,
            &one.subject,
            &one.body,
            &one.file,
            &one.file_name,
            &at,
            &by,
            &name,
        ],
    )
    .map(drop)
}

/// The newest first.
pub fn versions(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Version>, StoreError> {
    tx.all(VERSIONS, &[&id])
}

pub fn attach(tx: &mut Tx, one: &Attachment) -> Result<(), StoreError> {
    insert(tx, one, false)
}

/// For the next update.
pub fn put_aside(tx: &mut Tx, one: &Attachment) -> Result<(), StoreError> {
    insert(tx, one, true)
}

fn insert(tx: &mut Tx, one: &Attachment, is_waiting: bool) -> Result<(), StoreError> {
    tx.execute(
        ATTACH,
        &[
            &one.id,
            &one.outgoing,
            &one.file,
            &one.name,
            &one.media,
            &one.size_bytes,
            &one.sha256,
            &one.added_at,
            &one.added_name,
            &is_waiting,
        ],
    )
    .map(drop)
}

pub fn waiting(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Attachment>, StoreError> {
    tx.all(WAITING, &[&id])
}

/// False when it went, or was taken back, meanwhile; that is so of the next, too.
pub fn take_back(
    tx: &mut Tx,
    (id, outgoing): (Uuid, OutgoingId),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE_BACK, &[&id, &outgoing, &at])? == 1)
}

pub fn go_along(
    tx: &mut Tx,
    (id, outgoing): (Uuid, OutgoingId),
    packet: Uuid,
) -> Result<bool, StoreError> {
    Ok(tx.execute(GO_ALONG, &[&id, &outgoing, &packet])? == 1)
}

pub fn detach(
    tx: &mut Tx,
    (id, outgoing): (Uuid, OutgoingId),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(DETACH, &[&id, &outgoing, &at])? == 1)
}

pub fn attachments(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Attachment>, StoreError> {
    tx.all(ATTACHMENTS, &[&id])
}

/// False: the question waits for its answer already.
pub fn ask(tx: &mut Tx, one: &Opinion) -> Result<bool, StoreError> {
    let asked = tx.execute(
        ASK,
        &[
            &one.id,
            &one.outgoing,
            &one.account,
            &one.name,
            &one.question,
            &one.due_on,
            &one.asked_at,
            &one.asked_name,
        ],
    )?;
    Ok(asked == 1)
}

/// False: nobody asked, or it was answered.
pub fn give(
    tx: &mut Tx,
    (one, account): (&Outgoing, Uuid),
    (view, text): (View, &str),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(GIVE, &[&one.id, &account, &view, &text, &at, &one.edition])? == 1)
}

pub fn opinions(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Opinion>, StoreError> {
    tx.all(OPINIONS, &[&id])
}

pub fn insert_initial(tx: &mut Tx, one: &Initial) -> Result<(), StoreError> {
    tx.execute(
        INSERT_INITIAL,
        &[&one.id, &one.outgoing, &one.edition, &one.place, &one.account, &one.name],
    )
    .map(drop)
}

pub fn set_initial(
    tx: &mut Tx,
    one: &Initial,
    state: InitialState,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(INITIAL, &[&one.id, &one.outgoing, &state, &at])? == 1)
}

/// What they were given for has changed.
pub fn initials_off(tx: &mut Tx, id: OutgoingId) -> Result<(), StoreError> {
    tx.execute(INITIALS_OFF, &[&id]).map(drop)
}

pub fn initials(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Initial>, StoreError> {
    tx.all(INITIALS, &[&id])
}
