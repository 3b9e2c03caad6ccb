//! Faults and remarks as sentences in both languages.

use platform::words::Word;
use wire::edxml::signature::Doubt;
use wire::edxml::unwrap::NotOne;
use wire::edxml::{Fault, Reason, RemarkKind};
use wire::xml::ReadFault;

use super::Both;

type Args = Vec<(&'static str, Word)>;

/// Where and why a packet is malformed.
pub fn fault(fault: &Fault, both: &Both) -> (String, String) {
    let (key, args) = of_reason(&fault.reason);
    let (vi, en) = spoken(key, &args, both);
    let at = |reason: String| {
        vec![
            ("line", text(&fault.place.line.to_string())),
            ("column", text(&fault.place.column.to_string())),
            ("reason", text(&reason)),
        ]
    };
    (both.vi.with("edxml-fault-at", &at(vi)), both.en.with("edxml-fault-at", &at(en)))
}

pub fn remark(kind: &RemarkKind, both: &Both) -> (String, String) {
    let (key, args) = of_remark(kind);
    if let RemarkKind::NotOpened { reason } = kind {
        let (vi, en) = spoken(of_archive(*reason), &Vec::new(), both);
        let with = |reason: String| vec![("reason", text(&reason))];
        return (both.vi.with(key, &with(vi)), both.en.with(key, &with(en)));
    }
    spoken(key, &args, both)
}

pub fn doubt(doubt: &Doubt, both: &Both) -> (String, String) {
    let (key, args) = match doubt {
        Doubt::Placeholder => ("edxml-signature-placeholder", Vec::new()),
        Doubt::TooLarge { limit_bytes } => {
            let limit = text(&(limit_bytes >> 20).to_string());
            ("edxml-signature-too-large", vec![("limit", limit)])
        }
        Doubt::Several => ("edxml-signature-several", Vec::new()),
        Doubt::NoKey => ("edxml-signature-no-key", Vec::new()),
        Doubt::Uncovered { element } => {
            ("edxml-signature-uncovered", vec![("element", text(element))])
        }
        Doubt::Misplaced { element } => {
            ("edxml-signature-misplaced", vec![("element", text(element))])
        }
        Doubt::NotUnderstood(_) | Doubt::Unreadable(_) | Doubt::OtherProfile => {
            ("edxml-signature-not-understood", Vec::new())
        }
    };
    spoken(key, &args, both)
}

/// A sentence that needs nothing put in.
pub fn plain(key: &str, both: &Both) -> (String, String) {
    (both.vi.t(key), both.en.t(key))
}

fn of_reason(reason: &Reason) -> (&'static str, Args) {
    match reason {
        Reason::Xml(fault) => of_xml(fault),
        Reason::Root { found } => ("edxml-fault-root", vec![("found", text(found))]),
        Reason::Namespace { found } => ("edxml-fault-namespace", vec![("found", text(found))]),
        Reason::Missing { element } => ("edxml-fault-missing", vec![("element", text(element))]),
        Reason::Repeated { element } => ("edxml-fault-repeated", vec![("element", text(element))]),
        Reason::NotText { element } => ("edxml-fault-not-text", vec![("element", text(element))]),
        Reason::Base64 => ("edxml-fault-base64", Vec::new()),
        Reason::TooMuchHeld { .. } => ("edxml-fault-too-large", Vec::new()),
        Reason::TooManyAttachments { limit } => {
            ("edxml-fault-attachments", vec![("limit", text(&limit.to_string()))])
        }
    }
}

fn of_xml(fault: &ReadFault) -> (&'static str, Args) {
    let key = match fault {
        ReadFault::TooLong { .. }
        | ReadFault::TooDeep { .. }
        | ReadFault::TooManyNodes { .. }
        | ReadFault::TooManyAttributes { .. }
        | ReadFault::TooManyNamespaces { .. } => "edxml-fault-too-large",
        ReadFault::NotUtf8 { .. } | ReadFault::Encoding => "edxml-fault-encoding",
        ReadFault::Declaration { .. } => "edxml-fault-declaration",
        ReadFault::Character { .. } => "edxml-fault-character",
        ReadFault::Doctype { .. } => "edxml-fault-doctype",
        ReadFault::Name { .. } | ReadFault::Markup { .. } => "edxml-fault-markup",
        ReadFault::EndTag { .. } => "edxml-fault-end-tag",
        ReadFault::Reference { .. } => "edxml-fault-reference",
        ReadFault::Prefix { .. } | ReadFault::Namespace { .. } => "edxml-fault-prefix",
        ReadFault::Duplicate { .. } => "edxml-fault-attribute",
        ReadFault::Root { .. } => "edxml-fault-outside",
        ReadFault::Truncated => "edxml-fault-truncated",
    };
    (key, Vec::new())
}

fn of_remark(kind: &RemarkKind) -> (&'static str, Args) {
    let key = match kind {
        RemarkKind::Missing => "edxml-remark-missing",
        RemarkKind::TooLong { limit, length } => {
            let args =
                vec![("limit", text(&limit.to_string())), ("length", text(&length.to_string()))];
            return ("edxml-remark-too-long", args);
        }
        RemarkKind::NotNumber => "edxml-remark-not-number",
        RemarkKind::NotDate => "edxml-remark-not-date",
        RemarkKind::NotTime => "edxml-remark-not-time",
        RemarkKind::UnknownCode { code } => {
            return ("edxml-remark-unknown-code", vec![("code", text(code))]);
        }
        RemarkKind::NotFlag => "edxml-remark-not-flag",
        RemarkKind::SameReceiver => "edxml-remark-same-receiver",
        RemarkKind::Misplaced => "edxml-remark-misplaced",
        RemarkKind::Unprintable => "edxml-remark-unprintable",
        RemarkKind::LiteralNull => "edxml-remark-literal-null",
        RemarkKind::Unknown => "edxml-remark-unknown",
        RemarkKind::NoAttachment => "edxml-remark-no-attachment",
        RemarkKind::NotInManifest => "edxml-remark-not-in-manifest",
        RemarkKind::SameContentId => "edxml-remark-same-content-id",
        RemarkKind::OtherType { declared, found } => {
            let args = vec![("declared", text(declared)), ("found", text(found))];
            return ("edxml-remark-other-type", args);
        }
        RemarkKind::NotOpened { .. } => "edxml-remark-not-opened",
        RemarkKind::PlaceholderSignature => "edxml-remark-placeholder-signature",
        RemarkKind::More => "edxml-remark-more",
    };
    (key, Vec::new())
}

fn of_archive(reason: NotOne) -> &'static str {
    match reason {
        NotOne::NotZip | NotOne::Broken => "edxml-archive-broken",
        NotOne::Several => "edxml-archive-several",
        NotOne::Encrypted => "edxml-archive-encrypted",
        NotOne::Method => "edxml-archive-method",
        NotOne::Truncated => "edxml-archive-truncated",
        NotOne::TooLarge => "edxml-archive-too-large",
        NotOne::Bomb => "edxml-archive-bomb",
    }
}

fn spoken(key: &str, args: &Args, both: &Both) -> (String, String) {
    (both.vi.with(key, args), both.en.with(key, args))
}

fn text(text: &str) -> Word {
    Word::Text(text.to_owned())
}
