//! PDF as far as signatures need it: what was signed, what happened after, signing by appending.
//!
//! Reading begins at [`SignedFile::read`]; writing at [`sign::prepare`], [`store::add`] and
//! [`fill::prepare`].
//! Nothing is repaired and nothing is searched for: a file that two readers could show in two ways
//! is refused. Written files are the old bytes with something behind them, always.
//!
//! Specification: ISO 32000-1 and -2, ETSI EN 319 142-1 (PAdES).

pub mod appearance;
mod byte_range;
pub mod changes;
pub mod document;
mod enlist;
mod field;
pub mod fill;
mod filter;
mod font;
mod lexer;
pub mod mark;
pub mod object;
mod permission;
pub mod picture;
pub mod sign;
mod signature;
pub mod stamp;
pub mod store;
pub mod text;
pub mod time;
mod update;
mod xref;

pub use field::{Field, fields};
pub use permission::{Certification, FieldLock};
pub use signature::{Format, Refused, Seen, Signature, SignatureFault, SignedFile};

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfFault {
    #[error("the file does not begin as a PDF 1.0 to 2.0")]
    NoHeader,
    #[error("the file does not end with startxref, an offset and %%EOF")]
    NoEnd,
    #[error("the file ends where more is announced")]
    Cut,
    #[error("the file is encrypted; a signature of it can only be checked after decryption")]
    Encrypted,
    #[error("the file is larger, or wants to become larger, than is read")]
    TooLarge,
    #[error("values are nested too deep")]
    TooDeep,
    #[error("the file asks for more work than its size justifies")]
    TooMuchWork,
    #[error("at byte {at}: {what}")]
    Grammar { at: usize, what: &'static str },
    #[error("before byte {at}: a dictionary has one name twice")]
    NameTwice { at: usize },
    #[error("the cross-reference: {0}")]
    Xref(&'static str),
    #[error("the cross-reference sections lead in a circle")]
    XrefLoop,
    #[error("the file has more revisions than are read")]
    TooManyRevisions,
    #[error("one cross-reference section gives two places for object {number}")]
    ObjectTwice { number: u32 },
    #[error("where object {number} should stand is something else")]
    WrongObject { number: u32 },
    #[error("object {number} is only a reference to another")]
    Reference { number: u32 },
    #[error("the length of a stream is not where its data ends")]
    StreamLength,
    #[error("a stream has a filter that is not read, or data that does not fit it")]
    Filter,
    #[error("the file has no catalog")]
    NoCatalog,
    #[error("the pages cannot be listed")]
    NoPages,
    #[error("the form cannot be read")]
    Form,
    #[error("the security store cannot be read")]
    Store,
}
