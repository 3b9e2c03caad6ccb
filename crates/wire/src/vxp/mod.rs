//! The API of the national document axis, as the official Java kit (SDK 2.0.x) speaks it: what
//! stands in the headers of a request and how it is proved, and the answers.
//!
//! Everything but the packet travels in headers `XroadVnpt-<name>`. They are repeated in one JSON
//! text, and the text is proved with a keyed hash; the packet hangs on it by its own hash. The
//! server side is [`request::Request`], the client side [`call::Call`]. There is no published
//! specification: this is what the kit was seen to send, byte for byte.
//!
//! | word of the kit | here |
//! |---|---|
//! | systemid | the system that asks: it acts for agencies, and has a secret |
//! | sign-header, sign-header-key, hash-header | the proof |
//! | hash-file | the hash of the packet, with the kit's fault in it ([`file::unpadded`]) |
//! | docId | the axis' own name of one packet, not that of the document |
//! | status initial, processing, done, fail | how far a packet was carried, not what became of the document |

pub mod answer;
pub mod call;
pub mod file;
pub mod operation;
pub mod request;
pub mod stamp;

pub use answer::{Answer, AnswerFault};
pub use call::Call;
pub use file::{FileHash, Matched};
pub use operation::{MessageType, Operation, TransportStatus};
pub use request::{ProofFault, Proved, Request};

/// Before the name of every header of the scheme.
pub const PREFIX: &str = "XroadVnpt-";
/// What the kit says it is.
pub const VERSION: &str = "3.0.201608";
pub const USER_AGENT: &str = "JAVASDKAgent/1.0.0 XRoad/VPCP";
/// The only service there is.
pub const SERVICE_TYPE: &str = "eDoc";
