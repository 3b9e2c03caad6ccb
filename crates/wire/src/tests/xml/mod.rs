//! XML as others see it: the judge is xmlsec1, a reader that is not ours, and the specifications.

mod attacks;
mod canonical;
mod mutations;
mod others;
mod push;
mod reading;
mod signing;
mod signxml;
pub mod tools;
