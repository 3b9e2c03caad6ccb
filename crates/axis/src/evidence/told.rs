//! What the evidence says about a packet: what it is and what hangs on it, every station of its
//! way.

use platform::hex::to_hex;
use serde_json::{Value, json};
use wire::edxml::Reading;

use crate::queries::watching::Whole;

/// What the packet is, and what hangs on it, by their digests.
pub(super) fn content(found: &Whole, (is_enclosed, reading): (bool, Option<&Reading>)) -> Value {
    let packet = &found.packet;
    let attachments = reading.iter().flat_map(|reading| &reading.attachments).map(|one| {
        let real = one.content();
        json!({
            "name": one.attachment_name,
            "mediaType": real.media_type,
            "sizeBytes": real.size_bytes,
            "sha256": to_hex(&real.sha256),
            "packedSha256": to_hex(&one.packed.sha256),
        })
    });
    let attachments: Vec<Value> = attachments.collect();
    json!({
        "docId": packet.id.0,
        "messageType": packet.kind.code(),
        "from": packet.from_code,
        "fromName": packet.from_name,
        "documentId": packet.document_id,
        "business": packet.business,
        "statusCode": packet.status_code,
        "number": packet.number_and_notation(),
        "subject": packet.subject,
        "sha256": packet.sha256,
        "sizeBytes": packet.size_bytes,
        "signature": packet.signature.code(),
        "acceptedAt": packet.accepted_at,
        "handedInBy": packet.sent_by_name,
        "bytesEnclosed": is_enclosed,
        "bytesRemovedAt": found.removal.as_ref().map(|one| one.removed_at),
        "attachmentCount": packet.attachments,
        "attachments": attachments,
    })
}

pub(super) fn trace(found: &Whole) -> Value {
    let deliveries = found.deliveries.iter().map(|one| {
        json!({
            "docId": one.id.0,
            "to": one.to_code,
            "toName": one.to_name,
            "route": one.route.code(),
            "transport": one.transport.code(),
            "transportAt": one.transport_at,
            "description": one.description,
            "said": one.business().map(|code| code.code().to_owned()),
            "saidAt": one.standing_at,
            "recalledAt": one.recalled_at,
        })
    });
    let events = found.events.iter().map(|one| {
        json!({
            "at": one.at,
            "what": one.what.code(),
            "docId": one.delivery.map(|id| id.0),
            "by": one.by,
            "detail": one.detail,
            "sha256": one.sha256,
        })
    });
    let related = found.related.iter().map(|one| {
        json!({
            "docId": one.id,
            "messageType": one.kind.code(),
            "business": one.business,
            "from": one.from_code,
            "acceptedAt": one.accepted_at,
        })
    });
    json!({
        "deliveries": deliveries.collect::<Vec<_>>(),
        "events": events.collect::<Vec<_>>(),
        "aboutTheSameDocument": related.collect::<Vec<_>>(),
    })
}
