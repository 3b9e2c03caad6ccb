//! What changes something, each in one unit of work.

pub mod addressing;
pub(crate) mod annexing;
pub mod books;
pub mod changing;
pub mod desks;
pub mod drafting;
pub(crate) mod hearing;
pub mod incoming;
pub(crate) mod indexing;
pub mod issuing;
pub(crate) mod links;
pub(crate) mod noting;
pub(crate) mod packing;
pub(crate) mod paperless;
pub(crate) mod reading;
pub(crate) mod reading_by;
pub(crate) mod reminding;
pub mod reviewing;
pub(crate) mod saved_searches;
pub(crate) mod sending;
pub mod submitting;
pub(crate) mod work_dossiers;
