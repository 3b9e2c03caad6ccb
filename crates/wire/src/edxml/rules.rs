//! What the fields of a packet may hold. Broken on receiving, a rule is a remark and the packet is
//! kept; on writing it is a refusal.
//!
//! The lengths are those that the receiving systems check, and of the metadata of
//! NĐ 30/2020/NĐ-CP, Appendix VI.
//!
//! Law: NĐ 30/2020/NĐ-CP app. VI

use std::collections::HashSet;
use std::fmt::{Arguments, Display};

use super::codes::{BusinessKind, Priority, ReceiverKind, StatusCode};
use super::moment::{PacketDate, PacketTime};
use super::packet::{
    Business, Document, Organisation, OtherInfo, Packet, ResponseFor, Staff, Status,
};
use super::remark::{Remark, RemarkKind};
use crate::xml::scan;

/// Every rule that the packet breaks, the field by its path.
pub(super) fn findings(packet: &Packet) -> Vec<Remark> {
    let mut found = Findings { list: Vec::new() };
    match packet {
        Packet::Document(document) => found.document(document),
        Packet::Status(status) => found.status(status),
    }
    found.list
}

struct Findings {
    list: Vec<Remark>,
}

impl Findings {
    fn document(&mut self, document: &Document) {
        self.organisation("From", &document.from);
        self.needed("MessageHeader/From/OrganName", &document.from.organ_name);
        if document.to.is_empty() {
            self.say("MessageHeader/To", RemarkKind::Missing);
        }
        let mut seen = HashSet::new();
        for (index, to) in document.to.iter().enumerate() {
            self.organisation(format_args!("To[{}]", index + 1), to);
            if !seen.insert(&to.organ_id) {
                let field = format_args!("MessageHeader/To[{}]/OrganId", index + 1);
                self.say(field, RemarkKind::SameReceiver);
            }
        }
        self.head(document);
        self.other(&document.other);
        for (index, one) in document.response_for.iter().enumerate() {
            self.response(format_args!("ResponseFor[{}]", index + 1), one);
        }
        for (index, place) in document.to_places.iter().enumerate() {
            self.free(format_args!("MessageHeader/ToPlaces/Place[{}]", index + 1), place);
        }
        for (index, task) in document.response_for_tasks.iter().enumerate() {
            self.free(format_args!("MessageHeader/ResponseForTask/TaskCode[{}]", index + 1), task);
        }
        for (index, one) in document.trace.iter().enumerate() {
            let field = format!("TraceHeaderList/TraceHeader[{}]", index + 1);
            self.text(format_args!("{field}/OrganId"), &one.organ_id, 35);
            self.time(format_args!("{field}/Timestamp"), &one.timestamp);
        }
        if let Some(business) = &document.business {
            self.business(business);
        }
    }

    fn head(&mut self, document: &Document) {
        let needed = [
            ("DocumentId", &document.document_id),
            ("Code/CodeNumber", &document.code.number),
            ("Code/CodeNotation", &document.code.notation),
            ("DocumentType/TypeName", &document.document_type.name),
            ("Subject", &document.subject),
        ];
        for (name, text) in needed {
            self.needed(format_args!("MessageHeader/{name}"), text);
        }
        let limits = [
            ("Code/CodeNumber", &document.code.number, 11),
            ("Code/CodeNotation", &document.code.notation, 30),
            ("PromulgationInfo/Place", &document.promulgation.place, 50),
            ("DocumentType/TypeName", &document.document_type.name, 100),
            ("Subject", &document.subject, 500),
            ("Content", &document.content, 500),
            ("SignerInfo/Position", &document.signer.position, 100),
            ("SignerInfo/FullName", &document.signer.full_name, 50),
        ];
        for (name, text, limit) in limits {
            self.text(format_args!("MessageHeader/{name}"), text, limit);
        }
        let free = [
            ("DocumentId", &document.document_id),
            ("DocumentType/Type", &document.document_type.kind),
            ("DocumentType/TypeDetail", &document.document_type.detail),
            ("SignerInfo/Competence", &document.signer.competence),
            ("ApplicationType", &document.application_type),
        ];
        for (name, text) in free {
            self.free(format_args!("MessageHeader/{name}"), text);
        }
        let date = "MessageHeader/PromulgationInfo/PromulgationDate";
        self.needed(date, document.promulgation.date.as_str());
        self.date(date, &document.promulgation.date);
        self.date("MessageHeader/DueDate", &document.due_date);
        let steering = document.steering_type.as_str();
        if !matches!(steering, "" | "0" | "1" | "2" | "3") {
            self.unknown("MessageHeader/SteeringType", steering);
        }
    }

    fn other(&mut self, other: &OtherInfo) {
        let at = "MessageHeader/OtherInfo";
        if !other.priority.is_empty() && Priority::read(&other.priority).is_none() {
            self.unknown(format_args!("{at}/Priority"), &other.priority);
        }
        let sphere = &other.sphere_of_promulgation;
        self.text(format_args!("{at}/SphereOfPromulgation"), sphere, 100);
        self.free(format_args!("{at}/TyperNotation"), &other.typer_notation);
        self.number(format_args!("{at}/PromulgationAmount"), &other.promulgation_amount);
        self.number(format_args!("{at}/PageAmount"), &other.page_amount);
        let lists = [
            ("Appendixes/Appendix", &other.appendixes),
            ("ReplyFors/ReplyFor", &other.reply_fors),
            ("ReferenceCodes/ReferenceCode", &other.reference_codes),
        ];
        for (name, texts) in lists {
            for (index, text) in texts.iter().enumerate() {
                self.free(format_args!("{at}/{name}[{}]", index + 1), text);
            }
        }
    }

    fn business(&mut self, business: &Business) {
        let at = "TraceHeaderList/Bussiness";
        self.free(format_args!("{at}/DocumentId"), &business.document_id);
        self.free(format_args!("{at}/BussinessDocReason"), &business.reason);
        self.staff(at, &business.staff);
        if let BusinessKind::Other(code) = &business.kind {
            self.unknown(format_args!("{at}/BussinessDocType"), code);
        }
        let is = |kind: BusinessKind| business.kind == kind;
        if is(BusinessKind::Recall) {
            self.needed(format_args!("{at}/BussinessDocReason"), &business.reason);
        }
        let change = format!("{at}/BussinessDocumentInfo");
        match (&business.change, is(BusinessKind::Update)) {
            (Some(_), false) if business.kind.is_known() => self.say(change, RemarkKind::Misplaced),
            (None, true) => self.say(change, RemarkKind::Missing),
            _ => {}
        }
        if is(BusinessKind::Update) {
            self.needed(format_args!("{at}/DocumentId"), &business.document_id);
        }
        let list = format!("{at}/ReplacementInfoList");
        match (business.replacements.is_empty(), is(BusinessKind::Replacement)) {
            (false, false) if business.kind.is_known() => self.say(list, RemarkKind::Misplaced),
            (true, true) => self.say(list, RemarkKind::Missing),
            _ => {}
        }
        self.business_lists(at, business);
    }

    fn business_lists(&mut self, at: &str, business: &Business) {
        let receivers = business.change.iter().flat_map(|change| &change.receiver_list);
        for (index, one) in receivers.enumerate() {
            let field = format!("{at}/BussinessDocumentInfo/ReceiverList/Receiver[{}]", index + 1);
            self.needed(format_args!("{field}/OrganId"), &one.organ_id);
            self.text(format_args!("{field}/OrganId"), &one.organ_id, 35);
            if let ReceiverKind::Other(code) = &one.kind {
                self.unknown(format_args!("{field}/ReceiverType"), code);
            }
        }
        for (index, one) in business.replacements.iter().enumerate() {
            let field = format!("{at}/ReplacementInfoList/ReplacementInfo[{}]", index + 1);
            self.needed(format_args!("{field}/DocumentId"), &one.document_id);
            self.free(format_args!("{field}/DocumentId"), &one.document_id);
            for (index, organ_id) in one.organ_ids.iter().enumerate() {
                let inside = format_args!("{field}/OrganIdList/OrganId[{}]", index + 1);
                self.text(inside, organ_id, 35);
            }
        }
    }

    fn status(&mut self, status: &Status) {
        self.organisation("From", &status.from);
        self.response("ResponseFor", &status.response_for);
        self.needed("MessageHeader/ResponseFor/OrganId", &status.response_for.organ_id);
        self.needed("MessageHeader/ResponseFor/Code", &status.response_for.code);
        self.needed("MessageHeader/ResponseFor/DocumentId", &status.response_for.document_id);
        self.staff("MessageHeader", &status.staff);
        if let StatusCode::Other(code) = &status.status_code {
            self.unknown("MessageHeader/StatusCode", code);
        }
        // Whoever refuses or asks for it back says why.
        if matches!(status.status_code, StatusCode::Refused | StatusCode::RecallAsked) {
            self.needed("MessageHeader/Description", &status.description);
        }
        self.text(format_args!("MessageHeader/Description"), &status.description, 1_000);
        self.needed("MessageHeader/Timestamp", status.timestamp.as_str());
        self.time("MessageHeader/Timestamp", &status.timestamp);
    }

    fn organisation(&mut self, step: impl Display, one: &Organisation) {
        let limits = [
            ("OrganId", &one.organ_id, 35),
            ("OrganizationInCharge", &one.organization_in_charge, 500),
            ("OrganName", &one.organ_name, 200),
            ("OrganAdd", &one.organ_add, 500),
            ("Email", &one.email, 100),
            ("Telephone", &one.telephone, 20),
            ("Fax", &one.fax, 20),
            ("Website", &one.website, 100),
        ];
        for (name, text, limit) in limits {
            self.text(format_args!("MessageHeader/{step}/{name}"), text, limit);
        }
        self.needed(format_args!("MessageHeader/{step}/OrganId"), &one.organ_id);
    }

    fn response(&mut self, step: impl Display, one: &ResponseFor) {
        let at = format!("MessageHeader/{step}");
        self.text(format_args!("{at}/OrganId"), &one.organ_id, 35);
        self.free(format_args!("{at}/Code"), &one.code);
        self.free(format_args!("{at}/DocumentId"), &one.document_id);
        self.date(format_args!("{at}/PromulgationDate"), &one.promulgation_date);
    }

    fn staff(&mut self, at: &str, staff: &Staff) {
        let texts = [
            ("Department", &staff.department),
            ("Staff", &staff.staff),
            ("Email", &staff.email),
            ("Mobile", &staff.mobile),
        ];
        for (name, text) in texts {
            self.free(format_args!("{at}/StaffInfo/{name}"), text);
        }
    }

    fn text(&mut self, field: Arguments<'_>, text: &str, limit: usize) {
        // No text has more characters than bytes.
        if text.len() > limit {
            let length = text.chars().count();
            if length > limit {
                self.say(field, RemarkKind::TooLong { limit, length });
            }
        }
        self.free(field, text);
    }

    fn free(&mut self, field: impl Display, text: &str) {
        if scan::forbidden(text).is_some() {
            self.say(field, RemarkKind::Unprintable);
        }
    }

    fn needed(&mut self, field: impl Display, text: &str) {
        if text.is_empty() {
            self.say(field, RemarkKind::Missing);
        }
    }

    fn number(&mut self, field: Arguments<'_>, text: &str) {
        if !text.is_empty() && (text.len() > 9 || !text.bytes().all(|it| it.is_ascii_digit())) {
            self.say(field, RemarkKind::NotNumber);
        }
    }

    fn date(&mut self, field: impl Display, date: &PacketDate) {
        if !date.is_empty() && date.date().is_none() {
            self.say(field, RemarkKind::NotDate);
        }
    }

    fn time(&mut self, field: impl Display, time: &PacketTime) {
        if !time.is_empty() && time.timestamp().is_none() {
            self.say(field, RemarkKind::NotTime);
        }
    }

    fn unknown(&mut self, field: impl Display, code: &str) {
        let code = code.chars().take(100).collect();
        self.say(field, RemarkKind::UnknownCode { code });
    }

    fn say(&mut self, field: impl Display, kind: RemarkKind) {
        self.list.push(Remark { field: field.to_string(), place: None, kind });
    }
}
