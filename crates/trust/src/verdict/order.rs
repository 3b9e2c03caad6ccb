//! Whether the competent person signed before the organisation did.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 32

use super::names::PartyKind;
use super::report::Finding;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Fewer than one of each kind.
    Unknown,
    PersonOnly,
    OrganisationOnly,
    /// As the decree asks: the organisation's signature covers the person's.
    PersonThenOrganisation,
    /// The organisation signed before any person did.
    OrganisationFirst,
}

impl Order {
    /// Of signatures in the order in which they were made.
    pub(super) fn of(findings: &[Finding]) -> Order {
        let held = findings.iter().filter(|finding| finding.is_valid() && !finding.is_counter);
        let kinds: Vec<PartyKind> =
            held.filter_map(|finding| finding.signer.as_ref()).map(|party| party.kind).collect();
        let first = |kind| kinds.iter().position(|other| *other == kind);
        match (first(PartyKind::Person), first(PartyKind::Organisation)) {
            (None, None) => Order::Unknown,
            (Some(_), None) => Order::PersonOnly,
            (None, Some(_)) => Order::OrganisationOnly,
            (Some(person), Some(organisation)) if person < organisation => {
                Order::PersonThenOrganisation
            }
            (Some(_), Some(_)) => Order::OrganisationFirst,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Order::Unknown => "unknown",
            Order::PersonOnly => "person-only",
            Order::OrganisationOnly => "organisation-only",
            Order::PersonThenOrganisation => "person-then-organisation",
            Order::OrganisationFirst => "organisation-first",
        }
    }
}
