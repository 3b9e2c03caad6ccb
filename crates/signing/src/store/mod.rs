//! All SQL of this capability.

pub(crate) mod authorisations;
pub(crate) mod delegations;
pub(crate) mod letters;
pub(crate) mod lists;
pub(crate) mod pictures;
pub(crate) mod remote;
pub(crate) mod rules;
pub(crate) mod submissions;
pub(crate) mod tickets;
