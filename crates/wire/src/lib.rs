//! The formats: bytes ⇄ values, without input or output, without a clock, without chance.
//!
//! Each module reads and writes one format that others speak, and knows no business. What is read
//! is hostile: every reader here ends in bounded time and memory, refuses what it does not
//! understand with a reason, and never repairs. What is written is what the specification says.
//!
//! | module | format | specification |
//! |---|---|---|
//! | [`algorithm`] | names of digests and signature algorithms, keys, one verification | RFC 5280, 8017, 9688, XML-DSig 1.1 |
//! | [`asice`] | files and their signatures in one ZIP | EN 319 162-1, APPNOTE 6.3 |
//! | [`edxml`] | packets of the national document axis | QCVN 102:2016/BTTTT |
//! | [`jws`] | JSON signatures, compact and general, attached and detached | RFC 7515, 7518, 7797 |
//! | [`package`] | the text of documents and tables (DOCX, XLSX, ODT) | ECMA-376-1, ISO/IEC 26300-1 |
//! | [`pdf`] | signatures of PDF files, what changed after them, signing by appending | ISO 32000, EN 319 142-1 |
//! | [`pki`] | certificates, requests, CRL, OCSP, CMS/CAdES, time stamps, paths, revocation | RFC 5280, 2986, 6960, 5652, 3161, EN 319 122-1 |
//! | [`vxp`] | requests to the axis and their proof | the official kit (SDK 2.0.x) |
//! | [`xml`] | documents, canonical forms, signatures, their qualifying properties | XML 1.0, C14N 1.0/1.1/exclusive, XML-DSig 1.1, EN 319 132-1 |

pub mod algorithm;
pub mod asice;
pub mod edxml;
pub mod jws;
pub mod package;
pub mod pdf;
pub mod pki;
mod tcvn;
pub mod vxp;
pub mod xml;

#[cfg(test)]
mod tests;
