//! Through the front door.

mod accepting;
mod agencies;
mod captured;
mod doorman;
mod kit;
mod link_rules;
mod links;
mod nation;
mod races;
mod recalls;
mod settings;
mod shelf;
mod signed;
mod standing;
mod systems;
mod statuses;
mod transport;
