//! What is shown, and what others ask.

pub(crate) mod cards;
pub(crate) mod codes;
pub(crate) mod offices;
pub(crate) mod outgoing;
pub(crate) mod outgoing_whole;
pub(crate) mod paper_head;
pub(crate) mod people;
pub(crate) mod received;
pub(crate) mod records;
pub(crate) mod registers;
pub(crate) mod search;
pub(crate) mod statistics;
pub(crate) mod work;
pub(crate) mod work_dossiers;
