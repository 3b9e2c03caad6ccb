//! Extensions that say what an authority may do: depth, names, policies.

use super::{LIST_MAX, list_of};
use crate::pki::der::{DerFault, Element, Oid, Reader, tag, write};
use crate::pki::general_name::GeneralName;
use crate::pki::oids;

/// RFC 5280 §4.2.1.9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    pub is_authority: bool,
    /// How many further authorities may follow below, not counting those that renew themselves.
    pub path_length: Option<u32>,
}

impl BasicConstraints {
    pub(super) fn read(der: &[u8]) -> Result<BasicConstraints, DerFault> {
        let mut fields = Reader::of_sequence(der)?;
        let is_authority = fields.flag()?;
        let length = fields.optional(tag::INTEGER)?;
        fields.finish()?;
        let length = length.map(|element| element.small()).transpose()?;
        let path_length = length.map(|length| u32::try_from(length).unwrap_or(u32::MAX));
        Ok(BasicConstraints { is_authority, path_length })
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let authority = if self.is_authority { write::boolean(true) } else { Vec::new() };
        let length = self.path_length.map_or(Vec::new(), |length| write::small(length.into()));
        write::sequence(&[&authority, &length])
    }
}

/// RFC 5280 §4.2.1.10; each name is the base of a subtree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameConstraints {
    pub permitted: Vec<GeneralName>,
    pub excluded: Vec<GeneralName>,
}

impl NameConstraints {
    pub(super) fn read(der: &[u8]) -> Result<NameConstraints, DerFault> {
        let mut fields = Reader::of_sequence(der)?;
        let permitted = fields.optional_inside(0)?;
        let excluded = fields.optional_inside(1)?;
        fields.finish()?;
        if permitted.is_none() && excluded.is_none() {
            return Err(DerFault::Choice);
        }
        Ok(NameConstraints { permitted: subtrees(permitted)?, excluded: subtrees(excluded)? })
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let list = |number: u8, names: &[GeneralName]| {
            if names.is_empty() {
                return Vec::new();
            }
            let trees = names.iter().map(|name| write::sequence(&[&name.write()]));
            write::explicit(number, &[&trees.collect::<Vec<_>>().concat()])
        };
        write::sequence(&[&list(0, &self.permitted), &list(1, &self.excluded)])
    }
}

/// `minimum` is 0 and `maximum` is absent, says RFC 5280; anything else is refused.
fn subtrees(list: Option<Reader<'_>>) -> Result<Vec<GeneralName>, DerFault> {
    let mut names = Vec::new();
    let Some(list) = list else { return Ok(names) };
    for element in list {
        let mut fields = element?.expect_tag(tag::SEQUENCE)?.inside();
        names.push(GeneralName::read(fields.any()?)?);
        if let Some(minimum) = fields.optional(tag::primitive(0))?
            && minimum.value != [0]
        {
            return Err(DerFault::Choice);
        }
        fields.finish()?;
        if names.len() > LIST_MAX {
            return Err(DerFault::TooLarge);
        }
    }
    if names.is_empty() { Err(DerFault::Choice) } else { Ok(names) }
}

/// One certificate policy (RFC 5280 §4.2.1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub policy: Oid,
    /// Kind and DER of each qualifier.
    pub qualifiers: Vec<(Oid, Vec<u8>)>,
}

impl Policy {
    /// Address of the certification practice statement.
    pub fn practice_statement(&self) -> Option<&str> {
        let (_, der) = self.qualifiers.iter().find(|(kind, _)| *kind == oids::POLICY_CPS)?;
        Reader::new(der).tagged(tag::IA5).ok()?.ia5().ok()
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let qualifiers = self.qualifiers.iter();
        let qualifiers: Vec<u8> =
            qualifiers.flat_map(|(kind, der)| write::sequence(&[&write::oid(kind), der])).collect();
        let list = if qualifiers.is_empty() { Vec::new() } else { write::sequence(&[&qualifiers]) };
        write::sequence(&[&write::oid(&self.policy), &list])
    }
}

/// Each policy at most once.
pub(super) fn read_policies(der: &[u8]) -> Result<Vec<Policy>, DerFault> {
    let policies = list_of(der, |element| {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let policy = fields.oid()?;
        let mut qualifiers = Vec::new();
        if let Some(list) = fields.optional(tag::SEQUENCE)? {
            for qualifier in list.inside() {
                let mut fields = qualifier?.expect_tag(tag::SEQUENCE)?.inside();
                let kind = fields.oid()?;
                qualifiers.push((kind, fields.any()?.whole.to_vec()));
                fields.finish()?;
            }
        }
        fields.finish()?;
        Ok(Policy { policy, qualifiers })
    })?;
    let mut seen: Vec<Oid> = policies.iter().map(|policy| policy.policy).collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() == policies.len() { Ok(policies) } else { Err(DerFault::Choice) }
}

pub(super) fn read_mappings(der: &[u8]) -> Result<Vec<(Oid, Oid)>, DerFault> {
    list_of(der, |element: Element<'_>| {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let pair = (fields.oid()?, fields.oid()?);
        fields.finish()?;
        Ok(pair)
    })
}

/// RFC 5280 §4.2.1.11: after how many further certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PolicyConstraints {
    pub require_explicit: Option<u32>,
    pub inhibit_mapping: Option<u32>,
}

impl PolicyConstraints {
    pub(super) fn read(der: &[u8]) -> Result<PolicyConstraints, DerFault> {
        let mut fields = Reader::of_sequence(der)?;
        let mut skip = |number: u8| -> Result<Option<u32>, DerFault> {
            let element = fields.optional(tag::primitive(number))?;
            let skip = element.map(|element| element.small()).transpose()?;
            Ok(skip.map(|skip| u32::try_from(skip).unwrap_or(u32::MAX)))
        };
        let constraints =
            PolicyConstraints { require_explicit: skip(0)?, inhibit_mapping: skip(1)? };
        fields.finish()?;
        if constraints == PolicyConstraints::default() {
            return Err(DerFault::Choice);
        }
        Ok(constraints)
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let skip = |number: u8, skip: Option<u32>| {
            let Some(skip) = skip else { return Vec::new() };
            let mut der = write::small(skip.into());
            if let Some(tag) = der.first_mut() {
                *tag = tag::primitive(number);
            }
            der
        };
        write::sequence(&[&skip(0, self.require_explicit), &skip(1, self.inhibit_mapping)])
    }
}
