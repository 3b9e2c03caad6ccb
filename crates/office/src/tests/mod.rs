//! Through the front door.

mod books;
mod finding;
mod keeping;
mod mail;
mod numbers;
mod outgoing;
mod received;
mod working;
