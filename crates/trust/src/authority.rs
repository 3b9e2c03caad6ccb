//! An authority: issues certificates and answers for them.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 68/2024/NĐ-CP

use std::fmt;

use jiff::Timestamp;
use platform::fold::fold;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;
use wire::pki::certificate::{Certificate as X509, CertificateFault};

use crate::key::KeyId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorityId(pub Uuid);

/// By which addresses name an authority: small letters, digits, hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slug(String);

record! {
    #[derive(Debug, Clone)]
    pub struct Authority {
        pub id: AuthorityId,
        pub slug: Slug,
        pub name: String,
        /// None: a root.
        pub parent: Option<AuthorityId>,
        pub key: KeyId,
        pub der: Vec<u8>,
        /// For trying out: its certificates say so.
        pub sandbox: bool,
        pub crl_number: i64,
        pub made_at: Timestamp,
    }
}

impl Authority {
    pub fn certificate(&self) -> Result<X509, CertificateFault> {
        X509::read(&self.der)
    }

    pub fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// Where the world finds what belongs to it.
    pub fn addresses(&self, public_address: &str) -> Addresses {
        Addresses::of(public_address, &self.slug)
    }
}

/// As they stand in certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    pub crl: String,
    pub ocsp: String,
    pub certificate: String,
}

impl Addresses {
    pub fn of(public_address: &str, slug: &Slug) -> Addresses {
        Addresses {
            crl: format!("{public_address}/crl/{slug}.crl"),
            ocsp: format!("{public_address}/ocsp/{slug}"),
            certificate: format!("{public_address}/ca/{slug}.cer"),
        }
    }
}

impl Slug {
    pub fn parse(text: &str) -> Option<Slug> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let whole = (2..=60).contains(&text.len()) && text.chars().all(fits);
        let tidy = !text.starts_with('-') && !text.ends_with('-');
        (whole && tidy).then(|| Slug(text.to_owned()))
    }

    /// From a name in words: "Liên Thông thử nghiệm" → `lien-thong-thu-nghiem`.
    pub fn from_name(name: &str) -> Option<Slug> {
        let words: Vec<String> = fold(name)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        Slug::parse(&words.join("-").chars().take(50).collect::<String>())
    }

    /// The root above it.
    pub fn of_root(&self) -> Slug {
        Slug(format!("{}-goc", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl ToArg for Slug {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.0.as_str().into())
    }
}

impl FromCell for Slug {
    const EXPECTED: &'static str = "the slug of an authority";

    fn from_cell(cell: Cell<'_>) -> Option<Slug> {
        match cell {
            Cell::Text(text) => Slug::parse(text),
            _ => None,
        }
    }
}

impl ToArg for AuthorityId {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Uuid(self.0)
    }
}

impl FromCell for AuthorityId {
    const EXPECTED: &'static str = "the id of an authority";

    fn from_cell(cell: Cell<'_>) -> Option<AuthorityId> {
        Uuid::from_cell(cell).map(AuthorityId)
    }
}
