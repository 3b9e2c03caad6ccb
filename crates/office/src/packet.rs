//! A document as the axis carries it: the header of its packet. Pure.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 10
//! Law: NĐ 30/2020/NĐ-CP app. VI

use jiff::civil::Date;
use wire::edxml::packet::{
    Change, Code, DocumentType as PacketType, OtherInfo, Promulgation, Receiver, Replacement,
    Signer, Staff,
};
use wire::edxml::{
    Business, BusinessKind, Document, Organisation, PacketDate, PacketTime, ReceiverKind,
    ResponseFor, TraceHeader,
};

use crate::desk::Desk;
use crate::document::TYPES;
use crate::express;
use crate::outgoing::Outgoing;
use crate::recipient::Recipient;

/// What stands in the header besides the document itself.
#[derive(Debug, Clone)]
pub struct Letterhead {
    pub code: String,
    pub name: String,
    /// The agency above it; empty where there is none.
    pub above: String,
    /// Địa danh.
    pub place: String,
}

/// What this packet does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    New,
    /// It is taken back, by the paper that the packet carries. As the samples of the axis have it,
    /// the header is that of the document itself, and the paper is what it answers.
    Recall {
        reason: String,
    },
    /// Its data, its files or its list of receivers changed.
    Update {
        reason: String,
        added: Vec<String>,
        removed: Vec<String>,
    },
    /// It comes in the place of another, for those who got that one.
    Replacement {
        reason: String,
        document_id: String,
        codes: Vec<String>,
    },
}

/// Everything that the header is made of.
pub struct Letter<'a> {
    pub one: &'a Outgoing,
    pub desk: &'a Desk,
    pub head: &'a Letterhead,
    pub recipients: &'a [Recipient],
    pub answers: Option<ResponseFor>,
    pub errand: &'a Errand,
    pub at: PacketTime,
}

impl Letter<'_> {
    pub fn document(&self) -> Document {
        let one = self.one;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let place = TYPES.iter().position(|kind| kind.code == one.kind).map_or(0, |at| at + 1);
        Document {
            from: self.from(),
            to: self.to(),
            document_id: text(&one.document_id),
            code: Code {
                number: one.ordinal_text().unwrap_or_default(),
                notation: text(&one.notation),
            },
            promulgation: Promulgation {
                place: cut(&self.head.place, 50),
                date: one.dated.map(PacketDate::of).unwrap_or_default(),
            },
            document_type: PacketType {
                kind: place.to_string(),
                detail: "0".to_owned(),
                name: one.type_name().to_owned(),
            },
            subject: one.subject.clone(),
            // The hour has no field of its own; the code of the urgency has none either.
            content: one.express_at.map(express::written).unwrap_or_default(),
            signer: self.signer(),
            due_date: one.due_on.map(PacketDate::of).unwrap_or_default(),
            other: OtherInfo { priority: one.urgency.code().to_owned(), ..OtherInfo::default() },
            response_for: self.answers.iter().cloned().collect(),
            to_places: self.places(),
            trace: vec![TraceHeader {
                organ_id: self.head.code.clone(),
                timestamp: self.at.clone(),
            }],
            business: Some(self.business()),
            ..Document::default()
        }
    }

    fn from(&self) -> Organisation {
        Organisation {
            organ_id: self.head.code.clone(),
            organization_in_charge: cut(&self.head.above, 500),
            organ_name: cut(&self.head.name, 200),
            organ_add: self.desk.address.clone(),
            email: self.desk.email.clone(),
            telephone: self.desk.telephone.clone(),
            ..Organisation::default()
        }
    }

    fn to(&self) -> Vec<Organisation> {
        let codes = self.recipients.iter().filter_map(|one| Some((one.code.clone()?, &one.name)));
        codes
            .map(|(organ_id, name)| Organisation {
                organ_id,
                organ_name: cut(name, 200),
                ..Organisation::default()
            })
            .collect()
    }

    /// As "Nơi nhận" has them.
    fn places(&self) -> Vec<String> {
        self.recipients.iter().map(|one| one.name.clone()).collect()
    }

    fn signer(&self) -> Signer {
        let capacity = self.one.capacity.as_deref().unwrap_or_default();
        Signer {
            competence: competence(capacity).to_owned(),
            position: cut(capacity.lines().last().unwrap_or_default(), 100),
            full_name: cut(self.one.signer_name.as_deref().unwrap_or_default(), 50),
        }
    }

    fn business(&self) -> Business {
        let own = Business {
            document_id: self.one.document_id.clone().unwrap_or_default(),
            paper: Some(self.one.paper),
            staff: Staff { staff: self.one.author_name.clone(), ..Staff::default() },
            ..Business::default()
        };
        match self.errand {
            Errand::New => own,
            Errand::Recall { reason } => Business {
                document_id: String::new(),
                kind: BusinessKind::Recall,
                reason: reason.clone(),
                ..own
            },
            Errand::Update { reason, added, removed } => Business {
                kind: BusinessKind::Update,
                reason: reason.clone(),
                change: Some(change(added, removed)),
                ..own
            },
            Errand::Replacement { reason, document_id, codes } => Business {
                // The one that is replaced is named in the list alone.
                document_id: String::new(),
                kind: BusinessKind::Replacement,
                reason: reason.clone(),
                replacements: vec![Replacement {
                    document_id: document_id.clone(),
                    organ_ids: codes.clone(),
                }],
                ..own
            },
        }
    }
}

fn change(added: &[String], removed: &[String]) -> Change {
    let one = |kind: ReceiverKind| {
        move |code: &String| Receiver { organ_id: code.clone(), kind: kind.clone() }
    };
    let removed = removed.iter().map(one(ReceiverKind::Removed));
    let receiver_list: Vec<Receiver> =
        removed.chain(added.iter().map(one(ReceiverKind::Added))).collect();
    Change { document: Some(true), receivers: Some(!receiver_list.is_empty()), receiver_list }
}

/// TM., KT., TL., TUQ., Q.: as the last of them stands above the signature.
pub fn competence(capacity: &str) -> &str {
    const MARKS: [&str; 5] = ["TUQ.", "KT.", "TL.", "TM.", "Q."];
    let begins = |line: &str| MARKS.iter().find(|mark| line.trim_start().starts_with(**mark));
    capacity.lines().rev().find_map(begins).copied().unwrap_or_default()
}

/// What receivers can keep of it.
fn cut(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}

/// How a status names the document that it is about.
pub fn about(organ_id: &str, (document_id, number): (&str, &str), dated: Date) -> ResponseFor {
    ResponseFor {
        organ_id: organ_id.to_owned(),
        code: number.to_owned(),
        document_id: document_id.to_owned(),
        promulgation_date: PacketDate::of(dated),
    }
}
