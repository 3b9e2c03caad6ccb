//! Through the front door.

mod accepting;
mod agencies;
mod captured;
mod described;
mod doorman;
mod dotnet;
mod kept_client;
mod kit;
mod leaving;
mod lining;
mod link_rules;
mod links;
mod nation;
mod odd;
mod races;
mod recalls;
mod reception;
mod settings;
mod shelf;
mod signed;
mod standing;
mod statuses;
mod stranded;
mod systems;
mod transport;
mod watching;
