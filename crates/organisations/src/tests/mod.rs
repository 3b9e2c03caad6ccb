//! The rules by themselves, then the capability through its front door.

mod api;
mod capability;
mod catalogue;
mod codes;
mod days;
mod desk;
mod house;
mod nouns;
mod pages;
mod seeds;
mod sheets;
mod together;
mod words;
