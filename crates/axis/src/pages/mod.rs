//! Pages for those who look after the axis.

pub(crate) mod integration;
pub(crate) mod keeping;
pub(crate) mod link_dates;
pub(crate) mod link_forms;
pub(crate) mod links;
pub(crate) mod overview;
pub(crate) mod packet;
pub(crate) mod packets;
pub(crate) mod reconciliation;
pub(crate) mod settings;
pub(crate) mod system_forms;
pub(crate) mod systems;
mod watch_form;
pub(crate) mod webhooks;
pub(crate) mod work;
