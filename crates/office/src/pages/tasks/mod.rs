//! Pages about what is to be done, and by whom.

pub(crate) mod act;
pub(crate) mod away;
pub(crate) mod give;
pub(crate) mod late;
pub(crate) mod list;
pub(crate) mod show;
