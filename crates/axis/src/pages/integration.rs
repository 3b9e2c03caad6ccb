//! /tich-hop: what a programmer of an agency needs to join the axis, with an example that can be
//! computed again.

use askama::Template;
use axum::extract::State;
use http::StatusCode;
use jiff::Timestamp;
use platform::Ctx;
use platform::web::{Page, Problem, Reply, View};
use utoipa::OpenApi as _;
use uuid::Uuid;
use wire::vxp::{Call, MessageType, Operation};

use crate::MOUNT;
use crate::api::OpenApi;
use crate::news::{News, Topic};
use crate::trace::What;

/// Of the example; nobody has it.
const SYSTEM: &str = "sys.vidu";
const SECRET: &str = "khoa-bi-mat-cua-vi-du";
const MOMENT: Timestamp = Timestamp::constant(1_795_269_538, 533_000_000);

#[derive(Template)]
#[template(path = "integration.html")]
struct IntegrationTemplate<'a> {
    view: &'a View,
    addresses: Vec<(String, String)>,
    system: &'static str,
    secret: &'static str,
    /// The request, as it goes over the wire.
    request: String,
    signed: String,
    hash: String,
    headers: Vec<(&'static str, String)>,
    operations: Vec<Line>,
    topics: Vec<(&'static str, String)>,
    /// One of them, as it is told.
    news: String,
    codes: Vec<(&'static str, String)>,
}

struct Line {
    call: String,
    parameters: &'static str,
    purpose: String,
}

pub(crate) async fn show(view: View, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let template = template(&view, &ctx);
    Ok(Page::new(&view, view.t("axis-integration"), &template)?.wide())
}

/// The description of the API, for programs.
pub(crate) async fn description() -> Result<Reply, Problem> {
    Reply::json(StatusCode::OK, &OpenApi::openapi())
}

fn template<'a>(view: &'a View, ctx: &Ctx) -> IntegrationTemplate<'a> {
    let headers = Call::received(MessageType::Edoc).headers(SYSTEM, SECRET.as_bytes(), MOMENT);
    let of = |name: &str| {
        let found = headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let first = format!("POST {MOUNT}/{} HTTP/1.1\n", Operation::GetReceivedEdocList.name());
    let lines = headers.iter().map(|(name, value)| format!("{name}: {value}\n"));
    IntegrationTemplate {
        view,
        addresses: addresses(view, ctx),
        system: SYSTEM,
        secret: SECRET,
        request: lines.fold(first, |all, line| all + &line),
        signed: of("XroadVnpt-sign-header"),
        hash: of("XroadVnpt-hash-header"),
        headers: HEADERS.map(|(name, word)| (name, view.t(word))).to_vec(),
        operations: Operation::ALL.into_iter().map(|operation| line(view, operation)).collect(),
        topics: Topic::ALL.map(|topic| (topic.code(), meaning(view, topic))).to_vec(),
        news: serde_json::to_string_pretty(&news()).unwrap_or_default(),
        codes: CODES.map(|(code, word)| (code, view.t(word))).to_vec(),
    }
}

fn meaning(view: &View, topic: Topic) -> String {
    format!("{}. {}", view.t(&topic.word()), view.t(&topic.hint()))
}

/// A sender is told that its document is where it was sent.
fn news() -> News {
    News {
        id: Uuid::from_u128(0x019a_bca8_28b5_7000_8000_0000_0000_0002),
        event: What::Done.code().to_owned(),
        doc_id: Uuid::from_u128(0x019a_bca5_69f0_7000_8000_0000_0000_0001),
        message_type: MessageType::Edoc.code().to_owned(),
        status_code: None,
        from: "H57".to_owned(),
        to: Some("G15".to_owned()),
        document_id: "H57,2026/11/23,12/UBND-VP".to_owned(),
        urgency: "1".to_owned(),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        size_bytes: 8_192,
        detail: String::new(),
        at: MOMENT,
    }
}

fn addresses(view: &View, ctx: &Ctx) -> Vec<(String, String)> {
    let own = &ctx.settings.public_address;
    let mut all = vec![(view.t("axis-integration-main"), format!("{own}{MOUNT}/"))];
    let alone = ctx.settings.machine_address.as_ref();
    all.extend(alone.map(|at| (view.t("axis-integration-alone"), format!("{at}/"))));
    all
}

const HEADERS: [(&str, &str); 8] = [
    ("XroadVnpt-systemid", "axis-header-systemid"),
    ("XroadVnpt-timestamp", "axis-header-timestamp"),
    ("XroadVnpt-…", "axis-header-parameters"),
    ("XroadVnpt-Content-Type", "axis-header-content-type"),
    ("XroadVnpt-sign-header-key", "axis-header-sign-header-key"),
    ("XroadVnpt-sign-header", "axis-header-sign-header"),
    ("XroadVnpt-hash-header", "axis-header-hash-header"),
    ("XroadVnpt-hash-file", "axis-header-hash-file"),
];

const CODES: [(&str, &str); 9] = [
    ("0", "axis-code-0"),
    ("10", "axis-code-10"),
    ("15", "axis-code-15"),
    ("18", "axis-code-18"),
    ("19", "axis-code-19"),
    ("20", "axis-code-20"),
    ("21", "axis-code-21"),
    ("22", "axis-code-22"),
    ("23", "axis-code-23"),
];

fn line(view: &View, operation: Operation) -> Line {
    let (parameters, word) = match operation {
        Operation::GetAgenciesList => ("", "axis-operation-agencies"),
        Operation::GetAgenciesListQd20 => ("level", "axis-operation-agencies-qd20"),
        Operation::GetSynchronizeUnit => ("fromDate, toDate, revision", "axis-operation-changed"),
        Operation::RegisterAgency => ("", "axis-operation-register"),
        Operation::DeleteAgency => ("AgencyCode", "axis-operation-delete"),
        Operation::GetReceivedEdocList => (
            "servicetype, messagetype, fromDate, toDate, status, from, pageSize, pageIndex",
            "axis-operation-received",
        ),
        Operation::GetSentEdocList => (
            "servicetype, messagetype, docId, fromDate, toDate, status, to, pageSize, pageIndex",
            "axis-operation-sent",
        ),
        Operation::SendEdoc => {
            ("servicetype, messagetype, hash-file, from, to", "axis-operation-send")
        }
        Operation::GetEdoc => ("docId", "axis-operation-get"),
        Operation::DownloadEdoc => ("docId", "axis-operation-download"),
        Operation::UpdateStatus => ("docId, status, description", "axis-operation-update"),
        Operation::CountReceiveEdoc => ("servicetype", "axis-operation-count-documents"),
        Operation::CountReceiveStatus => ("servicetype", "axis-operation-count-statuses"),
    };
    let call = format!("{} /{}", operation.method(), operation.name());
    Line { call, parameters, purpose: view.t(word) }
}
