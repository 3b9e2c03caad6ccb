//! Through the front door: what others wrote is read, what we write others read.

mod algorithm;
mod asice;
mod edxml;
mod judges;
mod jws;
mod package;
mod pdf;
mod pki;
mod vxp;
mod xml;
