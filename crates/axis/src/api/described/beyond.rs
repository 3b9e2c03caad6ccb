//! What the axis answers beyond the operations of the kit: news, keys, this description.

use utoipa::openapi::path::{
    HttpMethod, Operation as Path, OperationBuilder, Parameter, ParameterBuilder, ParameterIn,
};
use utoipa::openapi::schema::{ArrayBuilder, SchemaType, Type};
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, RefOr, Required, Response, ResponseBuilder, ResponsesBuilder,
    Schema,
};

use super::{PROOF, TAG, header};
use crate::news::Topic;

const JSON: &str = "application/json";

/// Name, method, description.
pub(super) fn all() -> Vec<(&'static str, HttpMethod, Path)> {
    vec![
        ("wait", HttpMethod::Get, wait("waitGET")),
        ("wait", HttpMethod::Post, wait("waitPOST")),
        ("events", HttpMethod::Get, events()),
        ("keys", HttpMethod::Get, open("axisKeys", KEYS)),
        ("chung-thu", HttpMethod::Get, open("axisCertificate", CERTIFICATE)),
        ("openapi", HttpMethod::Get, open("axisDescription", DESCRIPTION)),
    ]
}

/// Purpose, media type.
type Open = (&'static str, &'static str);
const KEYS: Open = ("The public keys of receipts (RFC 7517)", JSON);
const CERTIFICATE: Open = (
    "The certificate of the key that signs receipts, for whoever checks evidence",
    "application/x-pem-file",
);
const DESCRIPTION: Open = ("This description (OpenAPI 3.1)", JSON);

fn open(id: &str, (purpose, media): Open) -> Path {
    let content = ContentBuilder::new().build();
    let found = ResponseBuilder::new().description(purpose).content(media, content).build();
    operation(id, purpose, found).build()
}

fn operation(id: &str, purpose: &str, response: Response) -> OperationBuilder {
    let responses = ResponsesBuilder::new().response("200", response).build();
    OperationBuilder::new()
        .tag(TAG)
        .operation_id(Some(id))
        .summary(Some(purpose))
        .responses(responses)
}

fn proved(mut operation: OperationBuilder) -> OperationBuilder {
    for (name, text) in PROOF {
        operation = operation.parameter(header(name, text, true));
    }
    operation
}

fn wait(id: &str) -> Path {
    let said = "OK with news in data, in the order in which they happened, and next: where the \
                next question goes on; or FAIL with ErrorCode and ErrorDesc";
    let answer = object(&[
        ("status", "OK or FAIL"),
        ("ErrorCode", "0, or a code of the axis"),
        ("ErrorDesc", "Vietnamese / English"),
        ("next", "Goes into after"),
    ]);
    let answer = answer.property("data", ArrayBuilder::new().items(news()));
    let content = ContentBuilder::new().schema(Some(answer)).build();
    let response = ResponseBuilder::new().description(said).content(JSON, content).build();
    let operation = operation(id, "Answers when there is news, or when the time is over", response);
    let operation = proved(operation)
        .parameter(header("timeout", "Seconds, at most 60; 30 when left out", false))
        .parameter(header("after", "next of the answer before", false))
        .parameter(header("messagetype", "edoc or status; only without topics", false))
        .parameter(topics("Without it: what waits in the mailboxes. With it: these news"));
    operation.build()
}

fn events() -> Path {
    let said = "Server-sent events: event as in the news, id where a stream goes on, data one of \
                the news. FAIL comes as JSON";
    let content = ContentBuilder::new().schema(Some(news())).build();
    let response =
        ResponseBuilder::new().description(said).content("text/event-stream", content).build();
    let last = ParameterBuilder::new()
        .name("Last-Event-ID")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("Goes on behind this one, from at most seven days ago"))
        .build();
    let purpose = "All that happens to the packets of a system, two seconds after it happened";
    let operation = proved(operation("axisEvents", purpose, response)).parameter(last);
    operation.parameter(topics("Without it: everything")).build()
}

fn topics(text: &str) -> Parameter {
    let codes = Topic::ALL.map(Topic::code).join(",");
    header("topics", &format!("Some of {codes}. {text}"), false)
}

/// See [`crate::news::News`]; the same in a call to a webhook.
fn news() -> RefOr<Schema> {
    let all = object(&[
        ("id", "In the order of what happened; the same thing has the same id"),
        ("event", "arrived, fetched, done, forwarded, stranded, failed or another station"),
        ("docId", "What getEdoc and getSentEdocList take"),
        ("messageType", "edoc or status"),
        ("statusCode", "Of a status: 01 to 06, 13, 15, 16"),
        ("from", "Code of the sender"),
        ("to", "Code of the recipient"),
        ("documentId", "DocumentId of the document"),
        ("urgency", "A digit, or nothing"),
        ("sha256", "Of the packet"),
        ("detail", "A reason, a code, another name"),
        ("at", "RFC 3339"),
    ]);
    let size = ObjectBuilder::new().schema_type(SchemaType::new(Type::Integer));
    let size = size.description(Some("Of the packet"));
    RefOr::T(Schema::Object(all.property("sizeBytes", size).build()))
}

fn object(texts: &[(&str, &str)]) -> ObjectBuilder {
    texts.iter().fold(ObjectBuilder::new(), |all, (name, meaning)| {
        let text = ObjectBuilder::new().schema_type(SchemaType::new(Type::String));
        all.property(*name, text.description(Some(*meaning)))
    })
}
