//! What a certificate may be used for: profiles, each from a day on, as data.
//!
//! A change of a profile is a new row with its day; certificates that were issued keep what they
//! say.
//!
//! Law: NĐ 23/2025/NĐ-CP art. 5
//! Law: NĐ 68/2024/NĐ-CP

use jiff::civil::{Date, date};
use wire::pki::der::Oid;
use wire::pki::extension::KeyUsage;
use wire::pki::oids;

use crate::key::KeyKind;

/// Whom a certificate is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// An agency: its seal.
    Agency,
    /// An officer.
    Person,
    /// A machine of an agency.
    Server,
    /// The authority's own services: time stamps, OCSP.
    Service,
}

#[derive(Debug, Clone, Copy)]
pub struct Profile {
    pub code: &'static str,
    pub valid_from: Date,
    pub holder: Holder,
    pub days: i32,
    pub usage: KeyUsage,
    pub purposes: &'static [Oid],
    /// What is generated when the key is made here and nobody chose.
    pub key_kind: KeyKind,
    /// Not itself asked about, so short-lived (RFC 6960 §4.2.2.2.1).
    pub is_no_check: bool,
}

pub const SEAL: &str = "seal";
pub const OFFICER: &str = "officer";
pub const SERVER: &str = "server";
pub const STAMP: &str = "stamp";
pub const RESPONDER: &str = "responder";
/// Issued elsewhere and only registered.
pub const FOREIGN: &str = "foreign";
/// An authority's own.
pub const AUTHORITY: &str = "authority";

const SIGNS: KeyUsage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CONTENT_COMMITMENT);
const FIRST: Date = date(2020, 1, 1);

pub const PROFILES: [Profile; 5] = [
    Profile {
        code: SEAL,
        valid_from: FIRST,
        holder: Holder::Agency,
        days: 3 * 365,
        usage: SIGNS,
        purposes: &[oids::DOCUMENT_SIGNING, oids::EMAIL_PROTECTION],
        key_kind: KeyKind::Rsa2048,
        is_no_check: false,
    },
    Profile {
        code: OFFICER,
        valid_from: FIRST,
        holder: Holder::Person,
        days: 3 * 365,
        usage: SIGNS,
        purposes: &[oids::DOCUMENT_SIGNING, oids::EMAIL_PROTECTION, oids::CLIENT_AUTH],
        key_kind: KeyKind::Rsa2048,
        is_no_check: false,
    },
    Profile {
        code: SERVER,
        valid_from: FIRST,
        holder: Holder::Server,
        days: 365,
        usage: KeyUsage::DIGITAL_SIGNATURE,
        purposes: &[oids::SERVER_AUTH, oids::CLIENT_AUTH],
        key_kind: KeyKind::P256,
        is_no_check: false,
    },
    Profile {
        code: STAMP,
        valid_from: FIRST,
        holder: Holder::Service,
        days: 5 * 365,
        usage: SIGNS,
        purposes: &[oids::TIME_STAMPING],
        key_kind: KeyKind::Rsa2048,
        is_no_check: false,
    },
    Profile {
        code: RESPONDER,
        valid_from: FIRST,
        holder: Holder::Service,
        days: 90,
        usage: KeyUsage::DIGITAL_SIGNATURE,
        purposes: &[oids::OCSP_SIGNING],
        key_kind: KeyKind::P256,
        is_no_check: true,
    },
];

impl Profile {
    /// The one of this code in force on the day.
    pub fn on(code: &str, day: Date) -> Option<&'static Profile> {
        let known = PROFILES.iter().filter(|one| one.code == code && one.valid_from <= day);
        known.max_by_key(|one| one.valid_from)
    }

    /// What a managing unit may ask for.
    pub fn is_asked_for(&self) -> bool {
        self.holder != Holder::Service
    }

    /// The key of its name; every code of the register has one.
    pub fn word(code: &str) -> &'static str {
        match code {
            SEAL => "trust-profile-seal",
            OFFICER => "trust-profile-officer",
            SERVER => "trust-profile-server",
            STAMP => "trust-profile-stamp",
            RESPONDER => "trust-profile-responder",
            AUTHORITY => "trust-profile-authority",
            _ => "trust-profile-foreign",
        }
    }
}
