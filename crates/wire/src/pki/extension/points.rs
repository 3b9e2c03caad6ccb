//! Extensions that point elsewhere: to the issuer's key, lists, responders; and statements.

use crate::pki::certificate::Serial;
use crate::pki::der::{DerFault, Element, Oid, Reader, tag, write};
use crate::pki::general_name::GeneralName;

/// Which key of the issuer signed (RFC 5280 §4.2.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthorityKey {
    pub key_id: Option<Vec<u8>>,
    pub issuer: Vec<GeneralName>,
    pub serial: Option<Serial>,
}

impl AuthorityKey {
    pub(crate) fn read(der: &[u8]) -> Result<AuthorityKey, DerFault> {
        let mut fields = Reader::of_sequence(der)?;
        let key_id = fields.optional(tag::primitive(0))?.map(|element| element.value.to_vec());
        let issuer = match fields.optional_inside(1)? {
            Some(names) => GeneralName::read_all(names)?,
            None => Vec::new(),
        };
        let serial = fields.optional(tag::primitive(2))?;
        fields.finish()?;
        let serial = serial.map(|element| Serial::of(element.integer()?)).transpose()?;
        Ok(AuthorityKey { key_id, issuer, serial })
    }
}

/// Where a list lies (RFC 5280 §4.2.1.13).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DistributionPoint {
    pub name: Option<PointName>,
    /// Only these reasons, as bits of ReasonFlags, are on that list.
    pub reasons: Option<u32>,
    /// Somebody else than the certificate's issuer signs it.
    pub crl_issuer: Vec<GeneralName>,
}

/// The name of a place where lists lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointName {
    Full(Vec<GeneralName>),
    /// The DER of a relative name to be added to the issuer's; nobody uses it.
    Relative(Vec<u8>),
}

impl PointName {
    /// The inside of `[0] DistributionPointName`.
    pub(crate) fn read(mut choice: Reader<'_>) -> Result<PointName, DerFault> {
        let name = match choice.any()? {
            full if full.tag == tag::constructed(0) => {
                PointName::Full(GeneralName::read_all(full.inside())?)
            }
            relative if relative.tag == tag::constructed(1) => {
                PointName::Relative(relative.value.to_vec())
            }
            _ => return Err(DerFault::Choice),
        };
        choice.finish()?;
        Ok(name)
    }

    /// `[0] DistributionPointName`.
    pub(crate) fn write(&self) -> Vec<u8> {
        match self {
            PointName::Full(names) => {
                let names = GeneralName::write_all(names);
                write::explicit(0, &[&write::explicit(0, &[&names])])
            }
            PointName::Relative(der) => write::explicit(0, &[&write::explicit(1, &[der])]),
        }
    }
}

impl DistributionPoint {
    /// At one address.
    pub fn at(address: &str) -> DistributionPoint {
        let name = PointName::Full(vec![GeneralName::Uri(address.to_owned())]);
        DistributionPoint { name: Some(name), reasons: None, crl_issuer: Vec::new() }
    }

    pub(super) fn read(element: Element<'_>) -> Result<DistributionPoint, DerFault> {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let name = fields.optional_inside(0)?.map(PointName::read).transpose()?;
        let reasons = fields.optional(tag::primitive(1))?;
        let crl_issuer = match fields.optional_inside(2)? {
            Some(names) => GeneralName::read_all(names)?,
            None => Vec::new(),
        };
        fields.finish()?;
        let reasons = reasons.map(|element| element.named_bits()).transpose()?;
        Ok(DistributionPoint { name, reasons, crl_issuer })
    }

    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let names: &[GeneralName] = match &self.name {
            Some(PointName::Full(names)) => names,
            _ => &[],
        };
        names.iter().filter_map(|name| match name {
            GeneralName::Uri(address) => Some(address.as_str()),
            _ => None,
        })
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let name = self.name.as_ref().map_or(Vec::new(), PointName::write);
        let reasons =
            self.reasons.map_or(Vec::new(), |bits| write::named_bits(tag::primitive(1), bits));
        let issuer = if self.crl_issuer.is_empty() {
            Vec::new()
        } else {
            write::explicit(2, &[&GeneralName::write_all(&self.crl_issuer)])
        };
        write::sequence(&[&name, &reasons, &issuer])
    }
}

/// A service of the issuer (RFC 5280 §4.2.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub method: Oid,
    pub location: GeneralName,
}

impl Access {
    pub(super) fn read(element: Element<'_>) -> Result<Access, DerFault> {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let access = Access { method: fields.oid()?, location: GeneralName::read(fields.any()?)? };
        fields.finish()?;
        Ok(access)
    }

    pub(super) fn write(&self) -> Vec<u8> {
        write::sequence(&[&write::oid(&self.method), &self.location.write()])
    }
}

/// A statement about a qualified certificate (RFC 3739 §3.2.6, ETSI EN 319 412-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QcStatement {
    pub kind: Oid,
    /// The DER of what it says, when it says more than its kind.
    pub value: Option<Vec<u8>>,
}

impl QcStatement {
    pub(super) fn read(element: Element<'_>) -> Result<QcStatement, DerFault> {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let kind = fields.oid()?;
        let value = if fields.is_empty() { None } else { Some(fields.any()?.whole.to_vec()) };
        fields.finish()?;
        Ok(QcStatement { kind, value })
    }

    pub(super) fn write(&self) -> Vec<u8> {
        write::sequence(&[&write::oid(&self.kind), self.value.as_deref().unwrap_or_default()])
    }
}
