//! The API of the axis in the program's one description (OpenAPI), made from the list of
//! operations.

mod beyond;

use utoipa::openapi::path::{
    HttpMethod, Operation as Path, OperationBuilder, Parameter, ParameterBuilder, ParameterIn,
    PathItem, PathsBuilder,
};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, OpenApiBuilder, Required, ResponseBuilder, ResponsesBuilder,
};
use wire::vxp::{Operation, PREFIX};

use crate::MOUNT;

const TAG: &str = "axis";

/// Headers that every request has, with what they hold.
const PROOF: [(&str, &str); 5] = [
    ("systemid", "The system that asks"),
    ("timestamp", "ddMMyyyy'T'HHmmss+SSSS in Vietnamese time; SSSS are milliseconds"),
    ("sign-header-key", "The names of all signed headers, without prefix, separated by ;"),
    ("sign-header", "JSON of all signed headers and their values"),
    ("hash-header", "HMAC-SHA256 over sign-header with the secret, in hexadecimal digits"),
];

/// The operations of this capability, for the program's one document.
pub struct OpenApi;

impl utoipa::OpenApi for OpenApi {
    fn openapi() -> utoipa::openapi::OpenApi {
        let mut paths = PathsBuilder::new();
        for operation in Operation::ALL {
            let path = format!("{MOUNT}/{}", operation.name());
            for (method, word) in [(HttpMethod::Get, "GET"), (HttpMethod::Post, "POST")] {
                if operation.takes(word) {
                    let item = PathItem::new(method, described(operation, word));
                    paths = paths.path(path.clone(), item);
                }
            }
        }
        for (name, method, path) in beyond::all() {
            paths = paths.path(format!("{MOUNT}/{name}"), PathItem::new(method, path));
        }
        OpenApiBuilder::new()
            .info(InfoBuilder::new().title("The document axis").build())
            .paths(paths.build())
            .build()
    }
}

fn described(operation: Operation, method: &str) -> Path {
    let media = match operation {
        Operation::DownloadEdoc => "application/octet-stream",
        _ => "application/json",
    };
    let mut path = answered(purpose(operation), media)
        .operation_id(Some(format!("{}{method}", operation.name())));
    for (name, text) in PROOF {
        path = path.parameter(header(name, text, true));
    }
    for (name, text, needed) in parameters(operation) {
        path = path.parameter(header(name, text, *needed));
    }
    if method == "POST" {
        path = path.request_body(body(operation));
    }
    path.build()
}

fn answered(purpose: &str, media: &str) -> OperationBuilder {
    let said = "OK with data, or FAIL with ErrorCode and ErrorDesc; HTTP 200 for both";
    let content = ContentBuilder::new().build();
    let response = ResponseBuilder::new().description(said).content(media, content);
    let responses = ResponsesBuilder::new().response("200", response.build());
    OperationBuilder::new().tag(TAG).summary(Some(purpose)).responses(responses.build())
}

fn header(name: &str, text: &str, needed: bool) -> Parameter {
    ParameterBuilder::new()
        .name(format!("{PREFIX}{name}"))
        .parameter_in(ParameterIn::Header)
        .required(if needed { Required::True } else { Required::False })
        .description(Some(text))
        .build()
}

fn body(operation: Operation) -> Option<RequestBody> {
    let text = match operation {
        Operation::SendEdoc => "The packet (edXML); a line end may stand behind it",
        Operation::RegisterAgency => "{id, pcode, code, name, mail, mobile, fax}",
        _ => "{} or nothing",
    };
    let content = ContentBuilder::new().build();
    let body = RequestBodyBuilder::new().description(Some(text));
    Some(body.content(operation.content_type(), content).build())
}

fn purpose(operation: Operation) -> &'static str {
    match operation {
        Operation::GetAgenciesList => "All agencies that can be written to",
        Operation::GetAgenciesListQd20 => "The same with both codes of each",
        Operation::GetSynchronizeUnit => "Agencies that changed",
        Operation::RegisterAgency => "Enters an agency, or asks an administrator to",
        Operation::DeleteAgency => "Ends an agency, or asks an administrator to",
        Operation::GetReceivedEdocList => "What waits for the agencies of the system",
        Operation::GetSentEdocList => "What they sent, and how it stands at each recipient",
        Operation::SendEdoc => "Sends a packet",
        Operation::GetEdoc => "A packet in base64",
        Operation::DownloadEdoc => "A packet as it is",
        Operation::UpdateStatus => "Says how far a packet has come at the recipient",
        Operation::CountReceiveEdoc => "How many documents wait",
        Operation::CountReceiveStatus => "How many status packets wait",
    }
}

type Named = (&'static str, &'static str, bool);

const KIND: Named = ("messagetype", "edoc or status", true);
const SERVICE: Named = ("servicetype", "eDoc", false);
const SINCE: Named = ("fromDate", "yyyy/MM/dd, or with HH:mm:ss", false);
const BEFORE: Named = ("toDate", "The same; its last day or second counts", false);
const STATE: Named = ("status", "initial, processing, done or fail", false);
const PAGE: Named = ("pageIndex", "From 1", false);
const PAGE_SIZE: Named = ("pageSize", "1 to 1000", false);
const FROM: Named = ("from", "Only of this sender, or for this own agency", false);
const DOC_ID: Named = ("docId", "The name of a packet", true);

fn parameters(operation: Operation) -> &'static [Named] {
    match operation {
        Operation::GetReceivedEdocList => {
            &[SERVICE, KIND, SINCE, BEFORE, STATE, FROM, PAGE_SIZE, PAGE]
        }
        Operation::GetSentEdocList => &[
            SERVICE,
            KIND,
            ("docId", "Only this packet", false),
            SINCE,
            BEFORE,
            STATE,
            ("to", "Only to this recipient", false),
            PAGE_SIZE,
            PAGE,
        ],
        Operation::SendEdoc => &[
            SERVICE,
            KIND,
            ("hash-file", "SHA-256 of the packet in hexadecimal digits", true),
            ("from", "Who sends; what counts is the sender in the packet", false),
            ("to", "A JSON array of codes as a text; else the recipients of the packet", false),
        ],
        Operation::GetEdoc | Operation::DownloadEdoc => &[DOC_ID],
        Operation::UpdateStatus => {
            &[DOC_ID, ("status", "done, fail or processing", true), ("description", "Why", false)]
        }
        Operation::DeleteAgency => &[("AgencyCode", "The agency", true)],
        Operation::GetSynchronizeUnit => &[
            SINCE,
            BEFORE,
            ("revision", "Of the last answer: what changed after it, whatever the days say", false),
        ],
        Operation::GetAgenciesListQd20 => &[("level", "1 to 4: only of this level", false)],
        Operation::CountReceiveEdoc | Operation::CountReceiveStatus => &[SERVICE],
        Operation::GetAgenciesList | Operation::RegisterAgency => &[],
    }
}
