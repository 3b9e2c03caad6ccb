//! Nouns by tables and properties; everything else through the front door.

mod contacts;
mod numbers;
mod passwords;
mod roles;
mod throttling;
mod totp;
