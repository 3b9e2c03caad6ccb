//! Through the front door.

mod books;
mod express;
mod finding;
mod keeping;
mod mail;
mod noticing;
mod numbers;
mod outgoing;
mod received;
mod working;
