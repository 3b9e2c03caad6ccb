//! What changes something. All but [`shelve`], [`Reception`] and [`Handover`] run inside a unit of
//! work of the caller, and a refusal has to end that unit.

mod accepting;
pub mod agencies;
mod batch;
mod company;
mod desks;
mod documents;
mod effects;
mod feeding;
mod fetching;
mod handover;
pub mod keeping;
pub(crate) mod leaving;
mod lining;
pub mod linking;
pub mod links;
mod posting;
mod reception;
pub(crate) mod rerouting;
mod routing;
mod sender;
pub mod settings;
pub mod settling;
mod statuses;
pub mod systems;
mod transport;
pub(crate) mod watching;
pub mod webhooks;
mod work;
mod writing;

pub use crate::shelf::{shelve, shelve_bytes};
pub use accepting::{Accepted, accept};
pub use desks::{close_desk, open_desk};
pub use handover::{Handover, Outgoing};
pub use posting::{NewStatus, post, post_status};
pub use reception::Reception;
pub use sender::Sender;
pub use transport::{Word, take, update_transport};
