//! Public keys: certificates, their revocation, signed messages and time (X.509, CMS, TSP).
//!
//! | module | format | specification |
//! |---|---|---|
//! | [`certificate`], [`extension`], [`name`] | certificates, read | RFC 5280, 3739 |
//! | [`issue`], [`request`] | certificates and requests, made and checked | RFC 5280, 2986 |
//! | [`crl`] | lists of revoked certificates | RFC 5280 §5 |
//! | [`ocsp`] | the status of one certificate | RFC 6960, 9654 |
//! | [`cms`] | signatures over anything | RFC 5652, 5035, 6211, EN 319 122-1 |
//! | [`time_stamp`] | signed time | RFC 3161, 5816 |
//! | [`path`] | from a certificate to an anchor | RFC 5280 §6, 9618 |
//! | [`revocation`] | good, revoked or unknown, from evidence | RFC 5280 §6.3, 6960 |
//!
//! Everything is read in place by our own [`der::Reader`]: what is verified are the bytes as they
//! came, never what a structure writes when it is encoded again.

pub mod certificate;
pub mod cms;
pub mod crl;
pub mod der;
pub mod extension;
pub mod general_name;
pub mod identifier;
pub mod issue;
pub mod name;
pub mod ocsp;
pub mod oids;
pub mod path;
pub mod pem;
mod prepared;
pub mod request;
pub mod revocation;
pub mod time_stamp;

pub use prepared::Prepared;
