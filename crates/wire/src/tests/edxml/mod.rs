//! Packets of the document axis: the official samples, odd ones, our own.

mod archives;
mod attack;
mod elsewhere;
mod kit;
mod mutants;
mod odd;
mod samples;
mod signing;
mod writing;
