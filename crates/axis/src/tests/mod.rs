//! Through the front door.

mod accepting;
mod link_rules;
mod links;
mod nation;
mod recalls;
mod shelf;
mod standing;
mod statuses;
mod transport;
