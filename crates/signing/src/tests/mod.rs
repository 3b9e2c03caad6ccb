//! Through the front door.

mod alone;
mod appearance;
mod commune;
mod delegations;
mod drawing;
mod office;
mod others;
mod pictures;
mod signing;
