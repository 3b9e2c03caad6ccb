//! Through the front door: what others wrote is read, what we write others read.

mod algorithm;
mod pdf;
mod xml;
