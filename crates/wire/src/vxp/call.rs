//! A request as our connector makes it: the headers that the kit would send.

use aws_lc_rs::hmac;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::operation::{MessageType, Operation, TransportStatus};
use super::{PREFIX, SERVICE_TYPE, USER_AGENT, VERSION, file, stamp};

/// One call of the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub operation: Operation,
    parameters: Vec<(&'static str, String)>,
}

impl Call {
    pub fn new(operation: Operation) -> Call {
        Call { operation, parameters: Vec::new() }
    }

    /// What has come in of one kind.
    pub fn received(kind: MessageType) -> Call {
        Call::new(Operation::GetReceivedEdocList).about(kind)
    }

    /// What was sent of one kind; of one packet when its name is given.
    pub fn sent(kind: MessageType, doc_id: Option<&str>) -> Call {
        let call = Call::new(Operation::GetSentEdocList).about(kind);
        match doc_id {
            Some(doc_id) => call.parameter("docId", doc_id),
            None => call,
        }
    }

    /// Sends a packet for `from`, by its SHA-256. Without receivers, those in the packet are meant.
    pub fn send(kind: MessageType, from: &str, to: &[String], sha256: &[u8]) -> Call {
        let call = Call::new(Operation::SendEdoc)
            .about(kind)
            .parameter("hash-file", file::unpadded(sha256))
            .parameter("from", from);
        match to {
            [] => call,
            // A JSON text that holds a JSON array, as the kit writes it.
            codes => call
                .parameter("to", Value::from(Value::from(codes.to_vec()).to_string()).to_string()),
        }
    }

    /// Fetches one packet: `GetEdoc` in base64, `DownloadEdoc` as it is.
    pub fn fetch(operation: Operation, doc_id: &str) -> Call {
        Call::new(operation).parameter("docId", doc_id)
    }

    /// Says how far a packet has come. Some versions of the axis read the name in small letters.
    pub fn update(doc_id: &str, status: TransportStatus) -> Call {
        Call::new(Operation::UpdateStatus)
            .parameter("docId", doc_id)
            .parameter("status", status.code())
    }

    pub fn count(operation: Operation) -> Call {
        Call::new(operation).parameter("servicetype", SERVICE_TYPE)
    }

    /// One more parameter: its name is that of the header, without the prefix.
    pub fn parameter(mut self, name: &'static str, value: impl Into<String>) -> Call {
        self.parameters.push((name, value.into()));
        self
    }

    fn about(self, kind: MessageType) -> Call {
        self.parameter("servicetype", SERVICE_TYPE).parameter("messagetype", kind.code())
    }

    /// All headers of the request, in the order of the kit.
    pub fn headers(&self, system_id: &str, secret: &[u8], now: Timestamp) -> Vec<(String, String)> {
        let content_type = self.operation.content_type();
        let mut signed = vec![("systemid", system_id.to_owned())];
        signed.extend(self.parameters.iter().cloned());
        signed.push(("timestamp", stamp::write(now)));
        signed.push(("Content-Type", content_type.to_owned()));
        let names: Vec<&str> = signed.iter().map(|(name, _)| *name).collect();
        let pairs = signed.iter().map(|(name, value)| (header(name), Value::from(value.as_str())));
        let text = Value::Object(pairs.collect::<Map<String, Value>>()).to_string();
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let hash = file::padded(hmac::sign(&key, text.as_bytes()).as_ref());
        let mut headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        headers.extend(signed.iter().map(|(name, value)| (header(name), value.clone())));
        headers.push((header("sign-header-key"), names.join(";")));
        headers.push((header("sign-header"), text));
        headers.push((header("hash-header"), hash));
        headers.push(("User-Agent".to_owned(), USER_AGENT.to_owned()));
        headers.push((header("version"), VERSION.to_owned()));
        headers
    }
}

fn header(name: &str) -> String {
    format!("{PREFIX}{name}")
}
