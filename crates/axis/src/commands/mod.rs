//! What changes something. All but [`shelve`] and [`Reception::receive`] run inside a unit of work
//! of the caller, and a refusal has to end that unit.

mod accepting;
pub mod agencies;
mod batch;
mod desks;
mod documents;
mod effects;
mod feeding;
mod fetching;
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
pub use posting::{NewStatus, post, post_status};
pub use reception::Reception;
pub use sender::Sender;
pub(crate) use transport::take_word;
pub use transport::{Word, fetched, handing_over, take, update_transport};
