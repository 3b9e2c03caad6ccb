//! The elements of a packet in the order and the layout of the official kit.

use super::super::packet::{
    Business, Document, Organisation, OtherInfo, ResponseFor, Status, TraceHeader,
};
use super::NewAttachment;
use crate::xml::canonical::escape;

/// Lines of text, two spaces for each level.
#[derive(Debug, Default)]
pub struct Out {
    pub text: String,
    depth: usize,
}

impl Out {
    /// Behind this text, so deep.
    pub fn resume(text: String, depth: usize) -> Out {
        Out { text, depth }
    }

    pub fn document(&mut self, document: &Document) {
        self.open("MessageHeader");
        self.organisation("From", &document.from, false);
        document.to.iter().for_each(|to| self.organisation("To", to, false));
        self.leaf("DocumentId", &document.document_id);
        let code =
            [("CodeNumber", &document.code.number), ("CodeNotation", &document.code.notation)];
        self.group("Code", &code);
        let date = document.promulgation.date.as_str().to_owned();
        let issue = [("Place", &document.promulgation.place), ("PromulgationDate", &date)];
        self.group("PromulgationInfo", &issue);
        let kind = &document.document_type;
        let kind = [("Type", &kind.kind), ("TypeDetail", &kind.detail), ("TypeName", &kind.name)];
        self.group("DocumentType", &kind);
        self.leaf("Subject", &document.subject);
        self.leaf("Content", &document.content);
        let signer = &document.signer;
        let signer = [
            ("Competence", &signer.competence),
            ("Position", &signer.position),
            ("FullName", &signer.full_name),
        ];
        self.group("SignerInfo", &signer);
        self.leaf("DueDate", document.due_date.as_str());
        self.other(&document.other);
        document.response_for.iter().for_each(|one| self.response(one, false));
        self.leaf("SteeringType", &document.steering_type);
        self.list("ToPlaces", "Place", &document.to_places);
        self.list("ResponseForTask", "TaskCode", &document.response_for_tasks);
        self.leaf("ApplicationType", &document.application_type);
        self.close("MessageHeader");
        if document.trace.is_empty() && document.business.is_none() {
            return;
        }
        self.open("TraceHeaderList");
        document.trace.iter().for_each(|one| self.trace(one));
        document.business.iter().for_each(|one| self.business(one));
        self.close("TraceHeaderList");
    }

    pub fn status(&mut self, status: &Status) {
        self.open("MessageHeader");
        self.organisation("From", &status.from, true);
        self.response(&status.response_for, true);
        let staff = &status.staff;
        let staff = [
            ("Department", &staff.department),
            ("Staff", &staff.staff),
            ("Mobile", &staff.mobile),
            ("Email", &staff.email),
        ];
        self.group("StaffInfo", &staff);
        self.leaf("StatusCode", status.status_code.code());
        self.leaf("Description", &status.description);
        self.leaf("Timestamp", status.timestamp.as_str());
        self.close("MessageHeader");
    }

    /// In a status the kit writes the name before who is in charge.
    fn organisation(&mut self, name: &str, one: &Organisation, in_status: bool) {
        let mut fields = [
            ("OrganId", &one.organ_id),
            ("OrganizationInCharge", &one.organization_in_charge),
            ("OrganName", &one.organ_name),
            ("OrganAdd", &one.organ_add),
            ("Email", &one.email),
            ("Telephone", &one.telephone),
            ("Fax", &one.fax),
            ("Website", &one.website),
        ];
        if in_status {
            fields.swap(1, 2);
        }
        self.group(name, &fields);
    }

    fn response(&mut self, one: &ResponseFor, in_status: bool) {
        let date = one.promulgation_date.as_str().to_owned();
        let mut fields = [
            ("OrganId", &one.organ_id),
            ("Code", &one.code),
            ("DocumentId", &one.document_id),
            ("PromulgationDate", &date),
        ];
        if in_status {
            fields.swap(2, 3);
        }
        self.group("ResponseFor", &fields);
    }

    fn other(&mut self, other: &OtherInfo) {
        if *other == OtherInfo::default() {
            return;
        }
        self.open("OtherInfo");
        self.leaf("Priority", &other.priority);
        self.leaf("SphereOfPromulgation", &other.sphere_of_promulgation);
        self.leaf("TyperNotation", &other.typer_notation);
        self.leaf("PromulgationAmount", &other.promulgation_amount);
        self.leaf("PageAmount", &other.page_amount);
        self.leaf("Direction", flag(other.direction, ["false", "true"]));
        self.list("Appendixes", "Appendix", &other.appendixes);
        self.list("ReplyFors", "ReplyFor", &other.reply_fors);
        self.list("ReferenceCodes", "ReferenceCode", &other.reference_codes);
        self.close("OtherInfo");
    }

    pub fn trace(&mut self, one: &TraceHeader) {
        self.open("TraceHeader");
        self.leaf("OrganId", &one.organ_id);
        self.leaf("Timestamp", one.timestamp.as_str());
        self.close("TraceHeader");
    }

    fn business(&mut self, business: &Business) {
        self.open("Bussiness");
        self.leaf("DocumentId", &business.document_id);
        self.leaf("BussinessDocType", business.kind.code());
        self.leaf("BussinessDocReason", &business.reason);
        self.leaf("Paper", flag(business.paper, ["0", "1"]));
        if let Some(change) = &business.change {
            self.open("BussinessDocumentInfo");
            self.leaf("DocumentInfo", flag(change.document, ["0", "1"]));
            self.leaf("DocumentReceiver", flag(change.receivers, ["0", "1"]));
            if !change.receiver_list.is_empty() {
                self.open("ReceiverList");
                for one in &change.receiver_list {
                    let kind = one.kind.code().to_owned();
                    self.group("Receiver", &[("OrganId", &one.organ_id), ("ReceiverType", &kind)]);
                }
                self.close("ReceiverList");
            }
            self.close("BussinessDocumentInfo");
        }
        if !business.replacements.is_empty() {
            self.open("ReplacementInfoList");
            for one in &business.replacements {
                self.open("ReplacementInfo");
                self.leaf("DocumentId", &one.document_id);
                self.list("OrganIdList", "OrganId", &one.organ_ids);
                self.close("ReplacementInfo");
            }
            self.close("ReplacementInfoList");
        }
        let staff = &business.staff;
        let staff = [
            ("Department", &staff.department),
            ("Staff", &staff.staff),
            ("Email", &staff.email),
            ("Mobile", &staff.mobile),
        ];
        self.group("StaffInfo", &staff);
        self.close("Bussiness");
    }

    pub fn manifest(&mut self, attachments: &[NewAttachment]) {
        self.open("edXMLBody");
        self.line("<edXML:edXMLManifest version=\"1.0\">", 1);
        for one in attachments {
            let fields = [
                ("ContentId", &one.content_id),
                ("ContentType", &one.content_type),
                ("Description", &one.description),
                ("AttachmentName", &one.attachment_name),
            ];
            self.group("Reference", &fields);
        }
        self.close("edXMLManifest");
        self.close("edXMLBody");
    }

    /// An element with texts in it; nothing when all are empty.
    fn group(&mut self, name: &str, fields: &[(&str, &String)]) {
        if fields.iter().all(|(_, text)| text.is_empty()) {
            return;
        }
        self.open(name);
        fields.iter().for_each(|(name, text)| self.leaf(name, text));
        self.close(name);
    }

    fn list(&mut self, outer: &str, name: &str, texts: &[String]) {
        if texts.is_empty() {
            return;
        }
        self.open(outer);
        texts.iter().for_each(|text| self.leaf(name, text));
        self.close(outer);
    }

    fn leaf(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.plain(&format!("edXML:{name}"), text);
        }
    }

    /// Without a prefix.
    pub fn plain(&mut self, name: &str, text: &str) {
        self.indent();
        self.text.push_str(&format!("<{name}>"));
        escape::text(text, &mut |piece| self.text.push_str(piece));
        self.text.push_str(&format!("</{name}>\n"));
    }

    pub fn open(&mut self, name: &str) {
        self.line(&format!("<edXML:{name}>"), 1);
    }

    pub fn close(&mut self, name: &str) {
        self.end(&format!("</edXML:{name}>"));
    }

    pub fn line(&mut self, markup: &str, deeper: usize) {
        self.indent();
        self.text.push_str(markup);
        self.text.push('\n');
        self.depth += deeper;
    }

    pub fn end(&mut self, markup: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(markup, 0);
    }

    pub fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }
}

fn flag(value: Option<bool>, words: [&str; 2]) -> &str {
    value.map_or("", |value| words[usize::from(value)])
}
