//! What changes: keys, authorities, requests, certificates, anchors, sources of
//! time, hosts that may be asked.

pub mod anchors;
pub mod authority;
pub mod deciding;
pub mod hosts;
pub(crate) mod issuing;
pub mod keys;
pub mod letters;
pub mod register;
pub mod requests;
pub mod stamps;
pub mod standing;

pub use identity::Scribe;
