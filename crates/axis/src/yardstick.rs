//! Documents that were carried long ago, laid in by the thousand for `lienthong bench axis`: what
//! an axis that has been at work for years has in its tables. Their bytes are left out, as a rule
//! of retention would have taken them away, and so is their share of the sealed log.

use jiff::{SignedDuration, Timestamp};
use organisations::UnitId;
use platform::Ctx;
use platform::store::{StoreError, Tx, row};
use uuid::Uuid;

pub const PACKETS: &str = "INSERT INTO axis_packet (id, kind, origin, from_code, from_name,
        from_unit, from_key, document_id, business, number, notation, type_name, subject, urgency,
        reason, sha256, size_bytes, attachments, signature, accepted_at, sent_by_name, receipt)
    VALUES ($1, 'edoc', 'system:do.gui', $2, $3, $4, $5, $6, '0', $7, 'UBND-VP', 'Công văn', $8,
        '0', '', $9, 8192, 1, 'absent', $10, 'do.gui', $11)";
pub const BODIES: &str = "INSERT INTO axis_packet_body (packet, sealed, file)
    VALUES ($1, NULL, NULL)";
pub const DELIVERIES: &str = "INSERT INTO axis_delivery (id, packet, kind, from_key, document_id,
        business, to_key, turn, to_code, to_name, to_unit, route, transport, transport_at,
        description, attempts, said, said_at, refusals, receipt, accepted_at, version)
    VALUES ($1, $2, 'edoc', $3, $4, '0', $5, 0, $6, $7, $8, 'mailbox', 'done', $9, '', 0, '06', $9,
        0, $10, $9, 5)";
pub const EVENTS: &str = "INSERT INTO axis_event (id, packet, delivery, at, what, by, detail,
        sha256)
    VALUES ($1, $2, $3, $4, $5, 'do.nhan', '', $6)";

const A_UNIT: u64 = 2_000;
/// As a receipt is long.
const RECEIPT_LETTERS: usize = 700;

/// Senders and recipients of what is laid in.
#[derive(Debug, Clone)]
pub struct Agency {
    pub unit: UnitId,
    pub code: String,
    pub name: String,
}

/// Lays in `count` documents, numbered from `first`, from the first agency to the others in turn.
pub async fn fill(
    ctx: &Ctx,
    agencies: &[Agency],
    (first, count): (u64, u64),
) -> Result<(), StoreError> {
    // All of them are older than anything that is accepted from now on.
    let begin = ctx.clock.now() - SignedDuration::from_hours(24 * 365);
    let mut next = first;
    while next < first + count {
        let end = (next + A_UNIT).min(first + count);
        let agencies = agencies.to_vec();
        let unit = move |tx: &mut Tx| lay_in(tx, &agencies, (next, end), begin);
        ctx.store.write::<_, StoreError, _>(unit).await?;
        next = end;
    }
    Ok(())
}

fn lay_in(
    tx: &mut Tx,
    agencies: &[Agency],
    (from, to): (u64, u64),
    begin: Timestamp,
) -> Result<(), StoreError> {
    let Some((sender, receivers)) = agencies.split_first() else { return Ok(()) };
    let old: Vec<Old> = (from..to).map(|number| Old::of(number, begin)).collect();
    let (from_key, receipt) = (sender.unit.to_string(), "x".repeat(RECEIPT_LETTERS));
    let packets: Vec<_> = old
        .iter()
        .map(|one| {
            row(&[
                &one.packet,
                &sender.code,
                &sender.name,
                &sender.unit.0,
                &from_key,
                &one.document_id,
                &one.number,
                &one.subject,
                &one.sha256,
                &one.at,
                &receipt,
            ])
        })
        .collect();
    tx.insert_many(PACKETS, &packets)?;
    let bodies: Vec<_> = old.iter().map(|one| row(&[&one.packet])).collect();
    tx.insert_many(BODIES, &bodies)?;
    let to_keys: Vec<String> = receivers.iter().map(|one| one.unit.to_string()).collect();
    let deliveries: Vec<_> = old
        .iter()
        .filter_map(|one| {
            let place = one.place % receivers.len().max(1);
            let (receiver, to_key) = (receivers.get(place)?, to_keys.get(place)?);
            Some(row(&[
                &one.delivery,
                &one.packet,
                &from_key,
                &one.document_id,
                to_key,
                &receiver.code,
                &receiver.name,
                &receiver.unit.0,
                &one.at,
                &receipt,
            ]))
        })
        .collect();
    tx.insert_many(DELIVERIES, &deliveries)?;
    let nothing: Option<Uuid> = None;
    let events: Vec<_> = old
        .iter()
        .flat_map(|one| {
            [
                row(&[&one.events[0], &one.packet, &nothing, &one.at, &"accepted", &one.sha256]),
                row(&[&one.events[1], &one.packet, &one.delivery, &one.at, &"done", &one.sha256]),
            ]
        })
        .collect();
    tx.insert_many(EVENTS, &events).map(drop)
}

struct Old {
    packet: Uuid,
    delivery: Uuid,
    events: [Uuid; 2],
    document_id: String,
    number: String,
    subject: String,
    sha256: String,
    at: Timestamp,
    /// Which of the receivers.
    place: usize,
}

impl Old {
    fn of(number: u64, begin: Timestamp) -> Old {
        // A document every quarter of a minute: a million of them in half a year.
        let at = begin + SignedDuration::from_millis(15_000 * number.cast_signed());
        let id = |kind: u128| {
            let milliseconds = at.as_millisecond().unsigned_abs();
            Uuid::from_u128(u128::from(milliseconds) << 80 | 0x7000_u128 << 64 | 0x8 << 60 | kind)
        };
        Old {
            packet: id(1),
            delivery: id(2),
            events: [id(3), id(4)],
            document_id: format!("kho,2025,{number}/UBND-VP"),
            number: (number % 9_000).to_string(),
            subject: format!("Về việc số {number} của năm trước"),
            sha256: format!("{number:064x}"),
            at,
            place: usize::try_from(number).unwrap_or(0),
        }
    }
}
