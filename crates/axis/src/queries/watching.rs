//! What administrators look at: how much passes, what waits, one packet with all that is known of
//! it, and where the two sides do not say the same.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::queries as catalogue;
use platform::Ctx;
use platform::clock::{instant, local};
use platform::figures::{self, Period};
use platform::fold::fold;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delivery::Delivery;
use crate::keeping::{AlarmRule, Hold, RetentionRule};
use crate::packet::{Packet, PacketId};
use crate::party;
use crate::reconciliation::{Part, span};
use crate::refusal::Refusal;
use crate::store::keeping::{self as keeping_store, Removal};
use crate::store::searching::{self, Filter, Line};
use crate::store::settling::{self, Piece};
use crate::store::watching::{self as store, Receiver, Unmatched, Urgency};
use crate::trace::Event;
use crate::work::TaskKind;

/// Counted where packets are accepted and fetched.
const ACCEPTED: &str = "axis.accepted";
const DELIVERED: &str = "axis.delivered";
/// On one page.
pub const ROWS_A_PAGE: usize = 20;
/// Read at a time when words are looked for, and the most of one question.
const BATCH: i64 = 500;
const SCANNED_MAX: usize = 20_000;
const RELATED_MAX: i64 = 100;
const RECEIVERS_SHOWN: i64 = 20;
pub const UNMATCHED_SHOWN: i64 = 50;
pub const UNMATCHED_MAX: i64 = 100_000;

/// The least id that is given at a moment: ids rise with time.
pub(crate) fn id_at(at: Timestamp) -> Uuid {
    let ms = u64::try_from(at.as_millisecond()).unwrap_or_default();
    Uuid::from_u128(u128::from(ms) << 80)
}

/// How the axis does, today.
pub(crate) struct Overview {
    pub documents: i64,
    pub statuses: i64,
    pub delivered: i64,
    pub tasks: i64,
    /// Accepted, by the hour of the day.
    pub by_hour: BTreeMap<String, i64>,
    /// Accepted, by the sender.
    pub by_sender: BTreeMap<String, i64>,
    /// How long it took until the recipient had it.
    pub by_delay: BTreeMap<String, i64>,
    pub waiting: Vec<Urgency>,
    pub receivers: Vec<Receiver>,
}

pub(crate) async fn overview(ctx: &Ctx, day: Date) -> Result<Overview, Refusal> {
    let read = move |tx: &mut Tx| {
        let on = Period::day(day);
        let by_type = figures::by(tx, ACCEPTED, "type", &[], on)?;
        // Of a status the type is its code behind an s.
        let (statuses, documents): (Vec<_>, Vec<_>) =
            by_type.into_iter().partition(|(kind, _)| kind.starts_with('s'));
        let sum = |all: Vec<(String, i64)>| all.iter().map(|(_, count)| count).sum();
        Ok::<_, StoreError>(Overview {
            documents: sum(documents),
            statuses: sum(statuses),
            delivered: figures::total(tx, DELIVERED, &[], on)?,
            tasks: settling::open_count(tx)?,
            by_hour: figures::by(tx, ACCEPTED, "hour", &[], on)?,
            by_sender: figures::by(tx, ACCEPTED, "agency", &[], on)?,
            by_delay: figures::by(tx, DELIVERED, "delay", &[], on)?,
            waiting: store::waiting_by_urgency(tx)?,
            receivers: store::waiting_by_receiver(tx, RECEIVERS_SHOWN)?,
        })
    };
    Ok(ctx.store.read(read).await?)
}

/// What an administrator looks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wish {
    /// A number, a subject, a document id, or a docId of either side.
    pub words: String,
    pub kind: Option<crate::Kind>,
    pub business: Option<String>,
    /// Codes of agencies as they are typed.
    pub from: String,
    pub to: String,
    pub transport: Option<String>,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    /// The last packet of the page before.
    pub after: Option<Uuid>,
}

pub(crate) struct Found {
    pub rows: Vec<Line>,
    /// The key of the next page.
    pub next: Option<Uuid>,
    /// There is more behind what was looked at: nobody waits for all of it at once.
    pub broke_off: bool,
}

pub(crate) async fn search(ctx: &Ctx, wish: Wish) -> Result<Found, Refusal> {
    let read = move |tx: &mut Tx| {
        if let Ok(id) = Uuid::try_parse(wish.words.trim()) {
            return by_doc_id(tx, id);
        }
        let key = |tx: &mut Tx, typed: &str| -> Result<Option<String>, StoreError> {
            match typed.trim() {
                "" => Ok(None),
                typed => Ok(Some(party::of(tx, typed)?.key)),
            }
        };
        let filter = Filter {
            kind: wish.kind,
            business: wish.business.clone(),
            from: key(tx, &wish.from)?,
            to: key(tx, &wish.to)?,
            transport: wish.transport.clone(),
        };
        scan(tx, &wish, &filter)
    };
    Ok(ctx.store.read::<_, StoreError, _>(read).await?)
}

fn by_doc_id(tx: &mut Tx, id: Uuid) -> Result<Found, StoreError> {
    let found = searching::by_doc_id(tx, id)?;
    let mut rows = Vec::new();
    if let Some(packet) = found {
        let (below, least) = (Uuid::from_u128(packet.as_u128().saturating_add(1)), packet);
        rows = searching::found(tx, &Filter::default(), (below, least), 1)?;
    }
    Ok(Found { rows, next: None, broke_off: false })
}

/// Words are compared here, without diacritics, over what the database narrows down.
fn scan(tx: &mut Tx, wish: &Wish, filter: &Filter) -> Result<Found, StoreError> {
    let words = fold(&wish.words);
    let day_begins = |day: Date| id_at(instant(day.at(0, 0, 0, 0)));
    let least = wish.first_day.map_or(Uuid::nil(), day_begins);
    let end = wish.last_day.and_then(|day| day.tomorrow().ok()).map_or(Uuid::max(), day_begins);
    let mut below = wish.after.unwrap_or(Uuid::max()).min(end);
    let (mut rows, mut scanned) = (Vec::new(), 0);
    let batch = if words.is_empty() { ROWS_A_PAGE as i64 + 1 } else { BATCH };
    loop {
        let page = searching::found(tx, filter, (below, least), batch)?;
        let Some(last) = page.last().map(|line| line.id) else {
            return Ok(Found { rows, next: None, broke_off: false });
        };
        below = last;
        scanned += page.len();
        let is_last = (page.len() as i64) < batch;
        for line in page.into_iter().filter(|line| says(line, &words)) {
            if rows.len() == ROWS_A_PAGE {
                let next = rows.last().map(|line: &Line| line.id);
                return Ok(Found { rows, next, broke_off: false });
            }
            rows.push(line);
        }
        if is_last {
            return Ok(Found { rows, next: None, broke_off: false });
        }
        if scanned >= SCANNED_MAX {
            return Ok(Found { rows, next: Some(below), broke_off: true });
        }
    }
}

fn says(line: &Line, words: &str) -> bool {
    let number = format!("{}/{}", line.number, line.notation);
    words.is_empty()
        || [&number, &line.subject, &line.document_id, &line.from_name, &line.from_code]
            .iter()
            .any(|text| fold(text).contains(words))
}

/// One packet with all that is known of it.
pub(crate) struct Whole {
    pub packet: Packet,
    pub deliveries: Vec<Delivery>,
    pub events: Vec<Event>,
    /// About the same document: versions, recalls, what the recipients said.
    pub related: Vec<Line>,
    pub hold: Option<Hold>,
    pub removal: Option<Removal>,
}

pub(crate) fn whole(tx: &mut Tx, id: PacketId) -> Result<Option<Whole>, StoreError> {
    let Some(packet) = super::packet(tx, id)? else { return Ok(None) };
    let sender = match packet.kind {
        crate::Kind::Document => searching::from_key(tx, id.0)?,
        // What a status is about was sent by whom the status goes to.
        crate::Kind::Status => searching::to_key(tx, id.0)?,
    };
    let related = match sender {
        Some(key) => searching::about_document(tx, (&key, &packet.document_id), RELATED_MAX)?,
        None => Vec::new(),
    };
    Ok(Some(Whole {
        deliveries: super::deliveries_of(tx, id)?,
        events: super::trace(tx, id)?,
        related: related.into_iter().filter(|line| line.id != id.0).collect(),
        hold: keeping_store::hold(tx, id.0)?,
        removal: keeping_store::removal(tx, id.0)?,
        packet,
    }))
}

/// One part of the reconciliation.
pub(crate) async fn unmatched(
    ctx: &Ctx,
    (part, days): (Part, i64),
    most: i64,
) -> Result<Vec<Unmatched>, Refusal> {
    let span = span(ctx.clock.now(), days);
    let read = move |tx: &mut Tx| store::unmatched(tx, part, span, most);
    Ok(ctx.store.read::<_, StoreError, _>(read).await?)
}

/// Rules and holds, for one page.
pub(crate) struct Keeping {
    pub retention: Vec<RetentionRule>,
    pub alarms: Vec<AlarmRule>,
    pub holds: Vec<Hold>,
    pub removed: i64,
    pub today: Date,
}

const HOLDS_SHOWN: i64 = 100;

pub(crate) async fn keeping(ctx: &Ctx) -> Result<Keeping, Refusal> {
    let today = local(ctx.clock.now()).date();
    let read = move |tx: &mut Tx| {
        Ok::<_, StoreError>(Keeping {
            retention: keeping_store::retention(tx)?,
            alarms: keeping_store::alarms(tx)?,
            holds: keeping_store::holds(tx, HOLDS_SHOWN)?,
            removed: keeping_store::removed_count(tx)?,
            today,
        })
    };
    Ok(ctx.store.read(read).await?)
}

/// Who has the work of a closed agency today, to be offered in its place.
pub(crate) fn successors(
    tx: &mut Tx,
    code: &str,
    on: Date,
) -> Result<Vec<(String, String)>, StoreError> {
    let Some(unit) = catalogue::by_code(tx, code)? else { return Ok(Vec::new()) };
    let heirs = catalogue::successors(tx, unit.id, on)?;
    let named = |heir: catalogue::HeirUnit| {
        (heir.unit.code.to_string(), heir.unit.name.as_str().to_owned())
    };
    Ok(heirs.into_iter().map(named).collect())
}

/// A page of the work list.
pub(crate) struct Pieces {
    pub rows: Vec<Piece>,
    pub next: Option<Uuid>,
    /// How many are open in all.
    pub open_count: i64,
}

/// What is open, the oldest first, or what was settled, the latest first.
pub(crate) async fn pieces(
    ctx: &Ctx,
    (kind, is_open): (Option<TaskKind>, bool),
    after: Option<Uuid>,
) -> Result<Pieces, Refusal> {
    let most = ROWS_A_PAGE as i64 + 1;
    let read = move |tx: &mut Tx| {
        let rows = match is_open {
            true => settling::open(tx, kind, (after.unwrap_or(Uuid::nil()), most))?,
            false => settling::settled(tx, kind, (after.unwrap_or(Uuid::max()), most))?,
        };
        Ok::<_, StoreError>((rows, settling::open_count(tx)?))
    };
    let (mut rows, open_count) = ctx.store.read(read).await?;
    let has_more = rows.len() > ROWS_A_PAGE;
    rows.truncate(ROWS_A_PAGE);
    let next = rows.last().filter(|_| has_more).map(|piece| piece.id);
    Ok(Pieces { rows, next, open_count })
}

/// One piece of work, and who has the work of its receiver today.
pub(crate) async fn piece(ctx: &Ctx, id: Uuid) -> Result<(Piece, Vec<(String, String)>), Refusal> {
    let today = local(ctx.clock.now()).date();
    let read = move |tx: &mut Tx| {
        let piece = settling::one(tx, id)?.ok_or(StoreError::NotFound)?;
        let heirs = match &piece.to_code {
            Some(code) => successors(tx, code, today)?,
            None => Vec::new(),
        };
        Ok::<_, StoreError>((piece, heirs))
    };
    match ctx.store.read(read).await {
        Err(StoreError::NotFound) => Err(Refusal::Nothing),
        found => Ok(found?),
    }
}
