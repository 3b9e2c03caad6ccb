//! All SQL of this capability.

pub mod bodies;
pub mod deliveries;
pub mod desks;
pub mod events;
pub mod feed;
pub mod keeping;
pub mod keys;
pub mod leaving;
pub mod link_traffic;
pub mod links;
pub mod lists;
pub mod packets;
pub mod requests;
pub mod searching;
pub mod settings;
pub mod settling;
pub mod stranded;
pub mod systems;
pub mod tasks;
pub mod watching;
pub mod webhooks;
