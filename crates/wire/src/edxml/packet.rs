//! What a packet says, apart from its attachments.
//!
//! An empty text is one that was not there: packets write `<Fax/>` and leave it out and mean the
//! same. Codes whose lists nobody agrees on stay texts.

use serde::Serialize;

use super::codes::{BusinessKind, ReceiverKind, StatusCode};
use super::moment::{PacketDate, PacketTime};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Packet {
    Document(Box<Document>),
    Status(Box<Status>),
}

impl Packet {
    pub fn from(&self) -> &Organisation {
        match self {
            Packet::Document(document) => &document.from,
            Packet::Status(status) => &status.from,
        }
    }
}

/// Văn bản điện tử.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    pub from: Organisation,
    pub to: Vec<Organisation>,
    /// Of the sender, who alone knows what it is made of: with the sender's code it names the
    /// document. Never taken apart.
    pub document_id: String,
    pub code: Code,
    pub promulgation: Promulgation,
    pub document_type: DocumentType,
    pub subject: String,
    pub content: String,
    pub signer: Signer,
    pub due_date: PacketDate,
    pub other: OtherInfo,
    /// Which documents this one answers.
    pub response_for: Vec<ResponseFor>,
    /// 0 no instruction, 1 an instruction, 2 with a report asked for; 3 is met.
    pub steering_type: String,
    pub to_places: Vec<String>,
    pub response_for_tasks: Vec<String>,
    pub application_type: String,
    pub trace: Vec<TraceHeader>,
    pub business: Option<Business>,
}

impl Document {
    pub fn business_kind(&self) -> BusinessKind {
        self.business.as_ref().map(|business| business.kind.clone()).unwrap_or_default()
    }
}

/// Trạng thái xử lý văn bản. Its addressee is `response_for.organ_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub from: Organisation,
    pub response_for: ResponseFor,
    pub staff: Staff,
    pub status_code: StatusCode,
    pub description: String,
    pub timestamp: PacketTime,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    pub organ_id: String,
    /// Cơ quan chủ quản.
    pub organization_in_charge: String,
    pub organ_name: String,
    pub organ_add: String,
    pub email: String,
    pub telephone: String,
    pub fax: String,
    pub website: String,
}

/// Số và ký hiệu.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Code {
    pub number: String,
    pub notation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Promulgation {
    pub place: String,
    pub date: PacketDate,
}

/// The name is what counts: packets do not agree on the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentType {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(rename = "typeDetail")]
    pub detail: String,
    #[serde(rename = "typeName")]
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Signer {
    /// TM., KT., TL., TUQ., Q.
    pub competence: String,
    pub position: String,
    pub full_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherInfo {
    pub priority: String,
    pub sphere_of_promulgation: String,
    pub typer_notation: String,
    pub promulgation_amount: String,
    pub page_amount: String,
    pub direction: Option<bool>,
    pub appendixes: Vec<String>,
    /// Known to the kit and never met; the names of the elements in the list are inferred.
    pub reply_fors: Vec<String>,
    pub reference_codes: Vec<String>,
}

/// A document that is answered, or that a status is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResponseFor {
    pub organ_id: String,
    pub code: String,
    pub document_id: String,
    pub promulgation_date: PacketDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Staff {
    pub department: String,
    pub staff: String,
    pub email: String,
    pub mobile: String,
}

/// A station that the packet passed. The axis adds its own, with or without a code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TraceHeader {
    /// Empty when missing; packets also write `null` for that.
    pub organ_id: String,
    pub timestamp: PacketTime,
}

/// Nghiệp vụ: what the packet does to documents sent before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Business {
    /// The document that is changed; samples leave it out where it would be needed most.
    pub document_id: String,
    #[serde(rename = "type")]
    pub kind: BusinessKind,
    pub reason: String,
    /// Whether a paper copy follows.
    pub paper: Option<bool>,
    /// Of an update.
    pub change: Option<Change>,
    /// Of a replacement.
    pub replacements: Vec<Replacement>,
    pub staff: Staff,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The document's data changed.
    pub document: Option<bool>,
    /// The list of receivers changed.
    pub receivers: Option<bool>,
    pub receiver_list: Vec<Receiver>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receiver {
    pub organ_id: String,
    #[serde(rename = "type")]
    pub kind: ReceiverKind,
}

/// An old document, and for whom it is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replacement {
    pub document_id: String,
    pub organ_ids: Vec<String>,
}

/// A line of the manifest: an attachment as the body announces it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    pub content_id: String,
    pub content_type: String,
    pub description: String,
    pub attachment_name: String,
}
