//! Audit that proves itself: who changed what and when, in a log nobody can mend unseen.
//!
//! Every change of state writes its row with [`record`], in the same unit of work. A sealer puts
//! rows, a few seconds later and in one order for all processes, into a Merkle tree as of RFC 6962
//! and signs each new head of it. Who holds an old head ([`Head::note`]) or the proof of a row
//! ([`proof`]) can show for ever that the row was there and what it said; [`verify`] recomputes
//! everything and names the first row that does not fit.
//!
//! The log is divided by units: an [`Act`] says in whose name, or over what, it was done, and the
//! sealer shares each row with that unit and with every office above it ([`place_offices`]). What
//! is shared is an index and not sealed itself: who reads everything is who watches for gaps.
//!
//! What it does not promise: a row that is cut out of the database in the few seconds before it is
//! sealed leaves no trace here. It is part of the same transaction as what it tells, so whoever
//! cuts it needs the database itself, not the program.

mod export;
mod fault;
mod leaf;
mod proof;
mod queries;
mod record;
mod seal;
mod sign;
mod store;
#[cfg(test)]
mod tests;
mod tiles;
mod tree;
mod verify;

pub use export::{Exported, export};
pub use fault::Fault;
pub use proof::{Consistency, Inclusion, consistency, head_numbered, proof};
pub use queries::{Entry, Filter, Scope, entry, entry_within, head, heads, search};
pub use record::{Act, place_offices, record, record_all};
pub use seal::{JOB, SCHEDULE, SealError, seal, signing_key};
pub use sign::{Head, PublicKey, SigningKey};
pub use verify::{Verdict, verify};
