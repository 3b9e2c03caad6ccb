//! All SQL of this capability.

pub mod bodies;
pub mod deliveries;
pub mod desks;
pub mod events;
pub mod keys;
pub mod lists;
pub mod packets;
pub mod settings;
pub mod tasks;
