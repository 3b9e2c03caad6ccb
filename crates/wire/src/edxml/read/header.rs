//! The small parts of a packet, understood.

use super::super::codes::{BusinessKind, ReceiverKind, StatusCode};
use super::super::moment::{PacketDate, PacketTime};
use super::super::packet::{
    Business, Change, Code, Document, DocumentType, Organisation, OtherInfo, Packet, Promulgation,
    Receiver, Reference, Replacement, ResponseFor, Signer, Staff, Status, TraceHeader,
};
use super::super::remark::{Remark, RemarkKind};
use super::super::tree::{Node, Whose};
use super::elsewhere;
use super::fields::{Fields, leaf};
use super::{Fault, Presence, Reason};
use crate::xml::push::Place;

pub(super) struct Header {
    pub packet: Packet,
    pub manifest: Vec<Reference>,
    pub signature: Presence,
}

const HEADER: &str = "MessageHeader";
const TRACE: &str = "TraceHeaderList";

pub(super) fn read(root: &Node, remarks: &mut Vec<Remark>) -> Result<Header, Fault> {
    let mut root = Fields::of(Some(root), "edXML", remarks);
    let envelope = root.needed("edXMLEnvelope")?;
    let beside = root.one("AttachmentEncoded")?;
    elsewhere::misunderstood(&mut root);
    root.end();
    let mut envelope = Fields::of(Some(envelope), "edXMLEnvelope", remarks);
    let header = envelope.needed("edXMLHeader")?;
    let body = envelope.one("edXMLBody")?;
    let inside = envelope.one("AttachmentEncoded")?;
    elsewhere::misunderstood(&mut envelope);
    envelope.end();
    if let (Some(_), Some(again)) = (beside, inside) {
        let reason = Reason::Repeated { element: "AttachmentEncoded".to_owned() };
        return Err(Fault { place: again.place, reason });
    }
    let signature = presence(header, remarks)?;
    let mut all = Fields::of(Some(header), "edXMLHeader", remarks);
    let message = all.needed(HEADER)?;
    let trace = all.one(TRACE)?;
    all.all("Signature");
    // Other kits write it, empty.
    all.all("DigitalSignature");
    all.remarks.extend(foreign(header));
    let packet = match message.all("StatusCode").next() {
        Some(_) => Packet::Status(Box::new(status(message, remarks)?)),
        None => Packet::Document(Box::new(document(message, trace, remarks)?)),
    };
    let manifest = manifest(body, remarks)?;
    Ok(Header { packet, manifest, signature })
}

/// What in the header is neither ours nor a signature.
fn foreign(header: &Node) -> Vec<Remark> {
    const KNOWN: [&str; 4] = [HEADER, TRACE, "Signature", "DigitalSignature"];
    let known = |child: &&Node| match child.whose {
        Whose::Packet => KNOWN.contains(&child.name.as_str()),
        Whose::Signature => child.name == "Signature",
        Whose::Other => false,
    };
    let strangers = header.children.iter().filter(|child| !known(child));
    let remark = |child: &Node| Remark {
        field: format!("edXMLHeader/{}", child.name),
        place: Some(child.place),
        kind: RemarkKind::Unknown,
    };
    strangers.map(remark).collect()
}

fn presence(header: &Node, remarks: &mut Vec<Remark>) -> Result<Presence, Fault> {
    let found: Vec<&Node> =
        header.children.iter().filter(|child| child.name == "Signature").collect();
    if found.iter().any(|one| one.whose == Whose::Signature) {
        return Ok(Presence::Present);
    }
    let Some(placeholder) = found.iter().find(|one| one.whose == Whose::Packet) else {
        return Ok(Presence::Absent);
    };
    let field = "edXMLHeader/Signature".to_owned();
    let kind = RemarkKind::PlaceholderSignature;
    remarks.push(Remark { field, place: Some(placeholder.place), kind });
    Ok(Presence::Placeholder)
}

fn document(
    message: &Node,
    trace: Option<&Node>,
    remarks: &mut Vec<Remark>,
) -> Result<Document, Fault> {
    let mut all = Fields::of(Some(message), HEADER, remarks);
    let from = all.needed("From")?;
    let from = organisation(&mut all, from, "From")?;
    let mut to = Vec::new();
    for (index, node) in all.all("To").into_iter().enumerate() {
        to.push(organisation(&mut all, node, &format!("To[{}]", index + 1))?);
    }
    let mut response_for = Vec::new();
    for (index, node) in all.all("ResponseFor").into_iter().enumerate() {
        let one = response(&mut all, node, &format!("ResponseFor[{}]", index + 1))?;
        // `<ResponseFor/>` answers nothing.
        response_for.extend(Some(one).filter(|one| *one != ResponseFor::default()));
    }
    let mut document = Document { from, to, response_for, ..Document::default() };
    document.document_id = all.text("DocumentId")?;
    document.code = code(&mut all)?;
    document.promulgation = promulgation(&mut all)?;
    document.document_type = document_type(&mut all)?;
    document.subject = all.text("Subject")?;
    document.content = all.text("Content")?;
    document.signer = signer(&mut all)?;
    document.due_date = PacketDate::received(&all.text("DueDate")?);
    document.other = other(&mut all)?;
    document.steering_type = all.text("SteeringType")?;
    document.to_places = list(&mut all, "ToPlaces", "Place")?;
    document.response_for_tasks = list(&mut all, "ResponseForTask", "TaskCode")?;
    document.application_type = all.text("ApplicationType")?;
    all.end();
    if let Some(trace) = trace {
        let mut all = Fields::of(Some(trace), TRACE, remarks);
        for (index, node) in all.all("TraceHeader").into_iter().enumerate() {
            let one = trace_header(&mut all, node, &format!("TraceHeader[{}]", index + 1))?;
            document.trace.push(one);
        }
        let business = all.one("Bussiness")?;
        document.business = business.map(|node| business_of(&mut all, node)).transpose()?;
        all.end();
    }
    Ok(document)
}

fn status(message: &Node, remarks: &mut Vec<Remark>) -> Result<Status, Fault> {
    let mut all = Fields::of(Some(message), HEADER, remarks);
    let from = all.needed("From")?;
    let from = organisation(&mut all, from, "From")?;
    let response_for = all.needed("ResponseFor")?;
    let response_for = response(&mut all, response_for, "ResponseFor")?;
    let staff = all.one("StaffInfo")?;
    let staff = staff_of(&mut all, staff)?;
    let code = all.text("StatusCode")?;
    let status = Status {
        from,
        response_for,
        staff,
        status_code: StatusCode::read(&code),
        description: all.text("Description")?,
        timestamp: PacketTime::received(&all.text("Timestamp")?),
    };
    all.end();
    let needed = [
        (&status.response_for.organ_id, "OrganId"),
        (&status.response_for.document_id, "DocumentId"),
        (&code, "StatusCode"),
    ];
    match needed.iter().find(|(text, _)| text.is_empty()) {
        None => Ok(status),
        Some((_, element)) => {
            Err(Fault { place: message.place, reason: Reason::Missing { element } })
        }
    }
}

fn organisation<'n>(
    all: &mut Fields<'n, '_>,
    node: &'n Node,
    step: &str,
) -> Result<Organisation, Fault> {
    let mut own = all.inside(Some(node), step);
    let read = Organisation {
        organ_id: own.text("OrganId")?,
        organization_in_charge: own.text("OrganizationInCharge")?,
        organ_name: own.text("OrganName")?,
        organ_add: own.text("OrganAdd")?,
        email: own.text("Email")?,
        telephone: own.text("Telephone")?,
        fax: own.text("Fax")?,
        website: own.text("Website")?,
    };
    own.end();
    if read.organ_id.is_empty() {
        return Err(Fault { place: node.place, reason: Reason::Missing { element: "OrganId" } });
    }
    Ok(read)
}

fn response<'n>(
    all: &mut Fields<'n, '_>,
    node: &'n Node,
    step: &str,
) -> Result<ResponseFor, Fault> {
    let mut own = all.inside(Some(node), step);
    let read = ResponseFor {
        organ_id: own.text("OrganId")?,
        code: own.text("Code")?,
        document_id: own.text("DocumentId")?,
        promulgation_date: PacketDate::received(&own.text("PromulgationDate")?),
    };
    own.end();
    Ok(read)
}

fn code(all: &mut Fields<'_, '_>) -> Result<Code, Fault> {
    let node = all.one("Code")?;
    let mut own = all.inside(node, "Code");
    let read = Code { number: own.text("CodeNumber")?, notation: own.text("CodeNotation")? };
    own.end();
    Ok(read)
}

fn promulgation(all: &mut Fields<'_, '_>) -> Result<Promulgation, Fault> {
    let node = all.one("PromulgationInfo")?;
    let mut own = all.inside(node, "PromulgationInfo");
    let place = own.text("Place")?;
    let date = PacketDate::received(&own.text("PromulgationDate")?);
    own.end();
    Ok(Promulgation { place, date })
}

fn document_type(all: &mut Fields<'_, '_>) -> Result<DocumentType, Fault> {
    let node = all.one("DocumentType")?;
    let mut own = all.inside(node, "DocumentType");
    let read = DocumentType {
        kind: own.text("Type")?,
        detail: own.text("TypeDetail")?,
        name: own.text("TypeName")?,
    };
    own.end();
    Ok(read)
}

fn signer(all: &mut Fields<'_, '_>) -> Result<Signer, Fault> {
    let node = all.one("SignerInfo")?;
    let mut own = all.inside(node, "SignerInfo");
    let read = Signer {
        competence: own.text("Competence")?,
        position: own.text("Position")?,
        full_name: own.text("FullName")?,
    };
    own.end();
    Ok(read)
}

fn other(all: &mut Fields<'_, '_>) -> Result<OtherInfo, Fault> {
    let node = all.one("OtherInfo")?;
    let mut own = all.inside(node, "OtherInfo");
    let read = OtherInfo {
        priority: own.text("Priority")?,
        sphere_of_promulgation: own.text("SphereOfPromulgation")?,
        typer_notation: own.text("TyperNotation")?,
        promulgation_amount: own.text("PromulgationAmount")?,
        page_amount: own.text("PageAmount")?,
        direction: own.flag("Direction")?,
        appendixes: list(&mut own, "Appendixes", "Appendix")?,
        reply_fors: any_list(&mut own, "ReplyFors")?,
        reference_codes: any_list(&mut own, "ReferenceCodes")?,
    };
    own.end();
    Ok(read)
}

/// The texts of the elements `name` in the one `outer`; empty ones say nothing.
fn list(
    all: &mut Fields<'_, '_>,
    outer: &'static str,
    name: &'static str,
) -> Result<Vec<String>, Fault> {
    let node = all.one(outer)?;
    let mut own = all.inside(node, outer);
    let mut texts = own.texts(name)?;
    own.end();
    texts.retain(|text| !text.is_empty());
    Ok(texts)
}

/// As [`list`], whatever the elements are called.
fn any_list(all: &mut Fields<'_, '_>, outer: &'static str) -> Result<Vec<String>, Fault> {
    let Some(node) = all.one(outer)? else { return Ok(Vec::new()) };
    let texts = node.children.iter().map(leaf).collect::<Result<Vec<_>, _>>()?;
    Ok(texts.into_iter().filter(|text| !text.is_empty()).collect())
}

fn staff_of<'n>(all: &mut Fields<'n, '_>, node: Option<&'n Node>) -> Result<Staff, Fault> {
    let mut own = all.inside(node, "StaffInfo");
    let read = Staff {
        department: own.text("Department")?,
        staff: own.text("Staff")?,
        email: own.text("Email")?,
        mobile: own.text("Mobile")?,
    };
    own.end();
    Ok(read)
}

fn trace_header<'n>(
    all: &mut Fields<'n, '_>,
    node: &'n Node,
    step: &str,
) -> Result<TraceHeader, Fault> {
    let mut own = all.inside(Some(node), step);
    let mut organ_id = own.text("OrganId")?;
    if organ_id == "null" {
        own.remark("OrganId", RemarkKind::LiteralNull);
        organ_id.clear();
    }
    let timestamp = PacketTime::received(&own.text("Timestamp")?);
    own.end();
    Ok(TraceHeader { organ_id, timestamp })
}

fn business_of<'n>(all: &mut Fields<'n, '_>, node: &'n Node) -> Result<Business, Fault> {
    let mut own = all.inside(Some(node), "Bussiness");
    let document_id = own.text("DocumentId")?;
    let kind = BusinessKind::read(&own.text("BussinessDocType")?);
    let reason = own.text("BussinessDocReason")?;
    let paper = own.flag("Paper")?;
    let change = own.one("BussinessDocumentInfo")?;
    let change = change.map(|node| change_of(&mut own, node)).transpose()?;
    let mut replacements = Vec::new();
    if let Some(outer) = own.one("ReplacementInfoList")? {
        let mut rows = own.inside(Some(outer), "ReplacementInfoList");
        for node in rows.all("ReplacementInfo") {
            let mut row = rows.inside(Some(node), "ReplacementInfo");
            let document_id = row.text("DocumentId")?;
            let organ_ids = list(&mut row, "OrganIdList", "OrganId")?;
            row.end();
            replacements.push(Replacement { document_id, organ_ids });
        }
        rows.end();
    }
    let staff = own.one("StaffInfo")?;
    let staff = staff_of(&mut own, staff)?;
    own.end();
    Ok(Business { document_id, kind, reason, paper, change, replacements, staff })
}

fn change_of<'n>(all: &mut Fields<'n, '_>, node: &'n Node) -> Result<Change, Fault> {
    let mut own = all.inside(Some(node), "BussinessDocumentInfo");
    let document = own.flag("DocumentInfo")?;
    let receivers = own.flag("DocumentReceiver")?;
    let mut receiver_list = Vec::new();
    if let Some(outer) = own.one("ReceiverList")? {
        let mut rows = own.inside(Some(outer), "ReceiverList");
        for node in rows.all("Receiver") {
            let mut row = rows.inside(Some(node), "Receiver");
            let organ_id = row.text("OrganId")?;
            let kind = ReceiverKind::read(&row.text("ReceiverType")?);
            row.end();
            receiver_list.push(Receiver { organ_id, kind });
        }
        rows.end();
    }
    own.end();
    Ok(Change { document, receivers, receiver_list })
}

fn manifest(body: Option<&Node>, remarks: &mut Vec<Remark>) -> Result<Vec<Reference>, Fault> {
    let mut body = Fields::of(body, "edXMLBody", remarks);
    let list = body.one("edXMLManifest")?;
    elsewhere::misunderstood(&mut body);
    body.end();
    let mut list = Fields::of(list, "edXMLManifest", remarks);
    let mut lines = Vec::new();
    for (index, node) in list.all("Reference").into_iter().enumerate() {
        let step = format!("Reference[{}]", index + 1);
        let mut own = list.inside(Some(node), &step);
        let mut content_id = own.text("ContentId")?;
        if content_id.is_empty() {
            content_id = node.href.clone().unwrap_or_default();
        }
        lines.push(Reference {
            content_id,
            content_type: own.text("ContentType")?,
            description: own.text("Description")?,
            attachment_name: own.text("AttachmentName")?,
        });
        own.end();
    }
    list.end();
    Ok(lines)
}

impl Node {
    /// Of the field of a remark, or of the nearest element around it that is there.
    pub(super) fn place_of(&self, field: &str) -> Option<Place> {
        let parts = ["edXMLEnvelope/edXMLHeader", "edXMLEnvelope/edXMLBody", "edXMLEnvelope"];
        let mut field = field;
        loop {
            let found = parts.iter().find_map(|part| self.at(&format!("{part}/{field}")));
            if let Some(node) = found {
                return Some(node.place);
            }
            field = field.rsplit_once('/')?.0;
        }
    }
}
