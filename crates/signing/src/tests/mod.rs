//! Through the front door.

mod after;
mod alone;
mod appearance;
mod by_hand;
mod commune;
mod csc;
mod delegations;
mod drawing;
mod office;
mod others;
mod pictures;
mod remote;
mod request_letters;
mod signing;
mod token;
mod workstation;
