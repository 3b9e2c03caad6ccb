//! Certificates, lists, answers, signatures and time: against openssl both ways, and against
//! hostile bytes.

mod certificates;
mod hostile;
pub mod kit;
mod mutants;
mod paths;
mod revocations;
mod signatures;
mod stamps;
