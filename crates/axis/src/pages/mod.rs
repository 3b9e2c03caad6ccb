//! Pages for those who look after the axis.

pub(crate) mod integration;
pub(crate) mod link_forms;
pub(crate) mod links;
pub(crate) mod system_forms;
pub(crate) mod systems;
