//! A packet as JSON.

use std::collections::BTreeSet;

use organisations::{Class, Code};
use platform::hex::to_hex;
use serde_json::{Value, json};
use wire::edxml::read::{Content, Presence};
use wire::edxml::{Attachment, Packet, Reading};

use super::{Both, sentence};

pub fn packet(reading: &Reading, file: Value, signature: Value, both: &Both) -> Value {
    let (kind, mut header) = match &reading.packet {
        Packet::Document(document) => ("document", serde_json::to_value(document)),
        Packet::Status(status) => ("status", serde_json::to_value(status)),
    };
    let mut take = |name: &str| {
        let header = header.as_mut().ok().and_then(Value::as_object_mut);
        header.and_then(|header| header.remove(name)).unwrap_or_default()
    };
    let (trace, business) = (take("trace"), take("business"));
    let remarks = reading.remarks.iter().map(|remark| {
        let (vi, en) = sentence::remark(&remark.kind, both);
        json!({
            "field": remark.field,
            "line": remark.place.map(|place| place.line),
            "column": remark.place.map(|place| place.column),
            "vi": vi,
            "en": en,
        })
    });
    json!({
        "file": file,
        "kind": kind,
        "header": header.unwrap_or_default(),
        "trace": if trace.is_null() { json!([]) } else { trace },
        "business": business,
        "manifest": reading.manifest,
        "attachments": reading.attachments.iter().map(attachment).collect::<Vec<_>>(),
        "signature": signature,
        "signatureFound": match reading.signature {
            Presence::Absent => "absent",
            Presence::Placeholder => "placeholder",
            Presence::Present => "present",
        },
        "codes": codes(&reading.packet),
        "warnings": remarks.collect::<Vec<_>>(),
    })
}

/// As it travelled, and `content` as a person opens it.
fn attachment(one: &Attachment) -> Value {
    let mut told = json!({
        "contentId": one.content_id,
        "name": one.attachment_name,
        "fileName": one.file_name(),
        "description": one.description,
        "declaredType": one.content_type,
    });
    measured(&mut told, &one.packed);
    let mut content = json!({});
    measured(&mut content, one.content());
    content["unwrapped"] = Value::from(one.unwrapped.is_some());
    if let Some(inside) = &one.unwrapped {
        content["entryName"] = Value::from(inside.entry_name.as_str());
    }
    told["content"] = content;
    told
}

fn measured(told: &mut Value, content: &Content) {
    told["size"] = Value::from(content.size_bytes);
    told["sha256"] = Value::from(to_hex(&content.sha256));
    told["type"] = Value::from(content.media_type);
}

/// Every agency of the packet by the form of its code, with what an old one probably became.
fn codes(packet: &Packet) -> Vec<Value> {
    let mut all: BTreeSet<&str> = BTreeSet::from([packet.from().organ_id.as_str()]);
    match packet {
        Packet::Document(document) => {
            all.extend(document.to.iter().map(|one| one.organ_id.as_str()));
            all.extend(document.trace.iter().map(|one| one.organ_id.as_str()));
            all.extend(document.response_for.iter().map(|one| one.organ_id.as_str()));
        }
        Packet::Status(status) => {
            all.insert(&status.response_for.organ_id);
        }
    }
    all.into_iter().filter(|code| !code.is_empty()).map(code).collect()
}

fn code(text: &str) -> Value {
    let code = Code::receive(text).ok();
    let form = match code.as_ref().map(Code::class) {
        Some(Class::Standard) => "new",
        Some(Class::Old) => "old",
        Some(Class::Foreign) | None => "other",
    };
    let suggestion = code.and_then(|code| code.suggestion()).map(|code| code.to_string());
    json!({"code": text, "form": form, "suggestion": suggestion})
}
