//! Pages for those who look after the axis.

pub(crate) mod link_forms;
pub(crate) mod links;
