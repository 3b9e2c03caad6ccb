//! What can be wrong with a log, each told so that the reader knows where to look.

use std::fmt;

use uuid::Uuid;

/// The first thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The row's content, or its place, is not what was sealed.
    RowChanged { seq: i64, id: Uuid },
    /// No row has this place any more.
    RowMissing { seq: i64 },
    /// A row has a place that was never given out, or that another has.
    RowInserted { seq: i64, id: Uuid },
    /// The rows and their stored hashes were changed together: one of them is wrong.
    RowsChanged { first: i64, last: i64 },
    /// The rows fit the signed heads, but a stored hash of the tree does not.
    TileDamaged { level: u32, place: u64 },
    /// A head's columns do not say what was signed, or were not signed by a trusted key.
    HeadChanged { number: i64 },
    /// A head between others is gone.
    HeadMissing { number: i64 },
    /// The count of rows or heads is not that of the newest head: its end was cut off.
    EndCut { number: i64, size: i64 },
    /// A head that someone holds is longer than the whole log.
    ShorterThanHeld { held_size: i64, size: i64 },
    /// A head that someone holds tells another story.
    UnlikeHeld { held_size: i64 },
    /// What someone holds was not signed by a trusted key.
    HeldUntrusted { held_size: i64 },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::RowChanged { seq, id } => {
                write!(f, "row {seq} (id {id}) is not what was sealed")
            }
            Fault::RowMissing { seq } => write!(f, "row {seq} is missing"),
            Fault::RowInserted { seq, id } => {
                write!(f, "row {seq} (id {id}) was put in and never sealed")
            }
            Fault::RowsChanged { first, last } => {
                write!(f, "a row among {first} to {last} is not what was sealed")
            }
            Fault::TileDamaged { level, place } => {
                write!(f, "the rows are sound, but the stored hashes {level}/{place} are not")
            }
            Fault::HeadChanged { number } => {
                write!(f, "head {number} is not what a trusted key has signed")
            }
            Fault::HeadMissing { number } => write!(f, "head {number} is missing"),
            Fault::EndCut { number, size } => {
                write!(f, "the log should end with head {number} and {size} rows")
            }
            Fault::ShorterThanHeld { held_size, size } => {
                write!(f, "a head that is held covers {held_size} rows, the log has {size}")
            }
            Fault::UnlikeHeld { held_size } => {
                write!(f, "the first {held_size} rows are not those of the head that is held")
            }
            Fault::HeldUntrusted { held_size } => {
                write!(f, "the head of {held_size} rows that is held has no trusted signature")
            }
        }
    }
}
