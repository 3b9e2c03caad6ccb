//! Nouns by tables and properties; everything else through the front door, with people.

mod account;
mod administration;
mod contacts;
mod delegation;
mod forgotten;
mod numbers;
mod offices;
mod passwords;
mod registration;
mod roles;
mod sealed;
mod sign_in;
mod throttling;
mod together;
mod totp;
mod town;
mod words;
