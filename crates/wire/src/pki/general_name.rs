//! GeneralName (RFC 5280 §4.2.1.6): the other ways to name somebody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::der::{DerFault, Element, Oid, Reader, tag, write};
use super::name::Name;

const NAMES_MAX: usize = 1000;

/// One name of a subject, an issuer or a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GeneralName {
    /// A kind of our own or another's making, with the DER of its value.
    Other {
        kind: Oid,
        value: Vec<u8>,
    },
    Email(String),
    Dns(String),
    Directory(Name),
    Uri(String),
    /// 4 or 16 bytes; in name constraints twice as many, address and mask.
    Ip(Vec<u8>),
    Registered(Oid),
    /// x400Address or ediPartyName, with its tag: never seen, kept as it is.
    Unused {
        tag: u8,
        value: Vec<u8>,
    },
}

impl GeneralName {
    pub fn read(element: Element<'_>) -> Result<GeneralName, DerFault> {
        Ok(match element.tag {
            0xa0 => {
                let mut fields = element.inside();
                let kind = fields.oid()?;
                let mut inside = fields.tagged(tag::constructed(0))?.inside();
                let value = inside.any()?.whole.to_vec();
                inside.finish()?;
                fields.finish()?;
                GeneralName::Other { kind, value }
            }
            0x81 => GeneralName::Email(element.ia5()?.to_owned()),
            0x82 => GeneralName::Dns(element.ia5()?.to_owned()),
            0xa4 => GeneralName::Directory(Name::read(element.value)?),
            0x86 => GeneralName::Uri(element.ia5()?.to_owned()),
            0x87 => GeneralName::Ip(element.value.to_vec()),
            0x88 => GeneralName::Registered(element.oid()?),
            0xa3 | 0xa5 => GeneralName::Unused { tag: element.tag, value: element.value.to_vec() },
            _ => return Err(DerFault::Choice),
        })
    }

    /// GeneralNames: at least one, at most a thousand.
    pub fn read_all(names: Reader<'_>) -> Result<Vec<GeneralName>, DerFault> {
        let mut all = Vec::new();
        for element in names {
            all.push(GeneralName::read(element?)?);
            if all.len() > NAMES_MAX {
                return Err(DerFault::TooLarge);
            }
        }
        if all.is_empty() { Err(DerFault::Choice) } else { Ok(all) }
    }

    pub fn write(&self) -> Vec<u8> {
        match self {
            GeneralName::Other { kind, value } => {
                write::explicit(0, &[&write::oid(kind), &write::explicit(0, &[value])])
            }
            GeneralName::Email(text) => write::tlv(0x81, &[text.as_bytes()]),
            GeneralName::Dns(text) => write::tlv(0x82, &[text.as_bytes()]),
            GeneralName::Directory(name) => write::explicit(4, &[name.der()]),
            GeneralName::Uri(text) => write::tlv(0x86, &[text.as_bytes()]),
            GeneralName::Ip(bytes) => write::tlv(0x87, &[bytes]),
            GeneralName::Registered(oid) => write::tlv(0x88, &[oid.contents()]),
            GeneralName::Unused { tag, value } => write::tlv(*tag, &[value]),
        }
    }

    /// The contents of GeneralNames, without its own tag.
    pub fn write_all(names: &[GeneralName]) -> Vec<u8> {
        names.iter().flat_map(GeneralName::write).collect()
    }

    /// An address, when it is one and no subtree.
    pub fn ip(&self) -> Option<IpAddr> {
        let GeneralName::Ip(bytes) = self else { return None };
        if let Ok(four) = <[u8; 4]>::try_from(bytes.as_slice()) {
            return Some(IpAddr::V4(Ipv4Addr::from(four)));
        }
        let sixteen = <[u8; 16]>::try_from(bytes.as_slice()).ok()?;
        Some(IpAddr::V6(Ipv6Addr::from(sixteen)))
    }
}
