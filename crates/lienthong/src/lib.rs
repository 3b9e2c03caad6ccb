//! The program: what it is made of (`parts`), how it is set (`settings`), started (`house`) and
//! spoken to on the command line (`cli`). Business lives in the capabilities.

mod api;
pub mod bench;
pub mod cli;
pub mod commands;
pub mod demo;
pub mod house;
pub mod parts;
pub mod say;
pub mod settings;
