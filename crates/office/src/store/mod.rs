//! All SQL of this capability.

pub(crate) mod books;
pub(crate) mod changes;
pub(crate) mod desks;
pub(crate) mod drafts;
pub(crate) mod full_text;
pub(crate) mod incoming;
pub(crate) mod links;
pub(crate) mod outgoing;
pub(crate) mod outgoing_lists;
pub(crate) mod outgoing_story;
pub(crate) mod paperless;
pub(crate) mod readings;
pub(crate) mod recipients;
pub(crate) mod registers;
pub(crate) mod saved_searches;
pub(crate) mod search;
pub(crate) mod statistics;
pub(crate) mod tasks;
pub(crate) mod work_dossiers;
