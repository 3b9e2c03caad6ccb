//! One revoked certificate, and the order of a hundred thousand of them.

use jiff::Timestamp;

use crate::pki::certificate::Serial;
use crate::pki::der::{DerFault, Element, Oid, Reader, tag, write};
use crate::pki::extension;
use crate::pki::oids;

/// Why a certificate was revoked (RFC 5280 §5.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    Unspecified,
    KeyCompromise,
    AuthorityCompromise,
    AffiliationChanged,
    Superseded,
    CessationOfOperation,
    /// Suspended; may come back.
    Hold,
    RemovedFromList,
    PrivilegeWithdrawn,
    AttributeAuthorityCompromise,
}

impl Reason {
    const ALL: [(Reason, u8); 10] = [
        (Reason::Unspecified, 0),
        (Reason::KeyCompromise, 1),
        (Reason::AuthorityCompromise, 2),
        (Reason::AffiliationChanged, 3),
        (Reason::Superseded, 4),
        (Reason::CessationOfOperation, 5),
        (Reason::Hold, 6),
        (Reason::RemovedFromList, 8),
        (Reason::PrivilegeWithdrawn, 9),
        (Reason::AttributeAuthorityCompromise, 10),
    ];

    pub fn of_code(code: u64) -> Option<Reason> {
        let found = Reason::ALL.iter().find(|(_, number)| u64::from(*number) == code);
        found.map(|(reason, _)| *reason)
    }

    pub fn code(self) -> u8 {
        let found = Reason::ALL.iter().find(|(reason, _)| *reason == self);
        found.map_or(0, |(_, number)| *number)
    }

    pub(crate) fn read(element: Element<'_>) -> Result<Reason, DerFault> {
        let code = element.expect_tag(tag::ENUMERATED)?.small()?;
        Reason::of_code(code).ok_or(DerFault::Choice)
    }
}

/// A certificate that was revoked, when and why (RFC 5280 §5.1.2.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub serial: Serial,
    pub revoked_at: Timestamp,
    /// [`Reason::Unspecified`] is not written.
    pub reason: Reason,
    /// Since when the key is known or suspected to be in other hands.
    pub invalid_since: Option<Timestamp>,
}

/// An entry in its place.
struct Parts<'a> {
    serial: &'a [u8],
    revoked_at: Timestamp,
    reason: Option<Reason>,
    invalid_since: Option<Timestamp>,
    /// What is critical and unknown.
    unknown: Option<Oid>,
}

impl<'a> Parts<'a> {
    fn read(element: Element<'a>) -> Result<Parts<'a>, DerFault> {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let serial = fields.integer()?;
        let revoked_at = fields.time()?;
        let mut parts =
            Parts { serial, revoked_at, reason: None, invalid_since: None, unknown: None };
        if let Some(list) = fields.optional(tag::SEQUENCE)? {
            for extension in list.inside() {
                parts.take(extension?)?;
            }
        }
        fields.finish()?;
        Ok(parts)
    }

    fn take(&mut self, element: Element<'a>) -> Result<(), DerFault> {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let kind = fields.oid()?;
        let is_critical = fields.flag()?;
        let value = fields.octets()?;
        fields.finish()?;
        match kind {
            oids::CRL_REASON if self.reason.is_none() => {
                self.reason = Some(Reason::read(extension::single(value)?.0)?);
            }
            oids::INVALIDITY_DATE if self.invalid_since.is_none() => {
                self.invalid_since = Some(extension::single(value)?.0.time()?);
            }
            oids::CRL_REASON | oids::INVALIDITY_DATE => return Err(DerFault::Choice),
            other if is_critical => self.unknown = Some(other),
            _ => {}
        }
        Ok(())
    }
}

impl Entry {
    fn read(element: Element<'_>) -> Result<Entry, DerFault> {
        let parts = Parts::read(element)?;
        Ok(Entry {
            serial: Serial::of(parts.serial)?,
            revoked_at: parts.revoked_at,
            reason: parts.reason.unwrap_or(Reason::Unspecified),
            invalid_since: parts.invalid_since,
        })
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let reason = if self.reason == Reason::Unspecified {
            Vec::new()
        } else {
            extension(oids::CRL_REASON, &write::enumerated(self.reason.code()))
        };
        let since = self.invalid_since.map_or(Vec::new(), |at| {
            extension(oids::INVALIDITY_DATE, &write::generalized_time(at))
        });
        let extensions = if reason.is_empty() && since.is_empty() {
            Vec::new()
        } else {
            write::sequence(&[&reason, &since])
        };
        write::sequence(&[&self.serial.write(), &write::time(self.revoked_at), &extensions])
    }
}

fn extension(kind: Oid, value: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::oid(&kind), &write::octets(value)])
}

/// Reads every entry once and keeps where each begins, in the order of the serials; and the first
/// thing that is critical and unknown in any of them.
pub(super) fn index(revoked: &[u8]) -> Result<(Vec<u32>, Option<Oid>), DerFault> {
    let mut order = Vec::with_capacity(revoked.len() / 36);
    let mut unknown = None;
    let mut start = 0_u32;
    for element in Reader::new(revoked) {
        let element = element?;
        unknown = unknown.or(Parts::read(element)?.unknown);
        order.push(start);
        let length = u32::try_from(element.whole.len()).map_err(|_| DerFault::TooLarge)?;
        start = start.checked_add(length).ok_or(DerFault::TooLarge)?;
    }
    let key = |start: &u32| serial_at(revoked, *start);
    if !order.is_sorted_by_key(key) {
        order.sort_unstable_by(|a, b| key(a).cmp(key(b)));
    }
    Ok((order, unknown))
}

/// The contents of the serial of the entry that begins there.
pub(super) fn serial_at(revoked: &[u8], start: u32) -> &[u8] {
    let rest = revoked.get(start as usize..).unwrap_or_default();
    let serial = Reader::new(rest).sequence().and_then(|mut fields| fields.integer());
    serial.unwrap_or_default()
}

pub(super) fn read_at(revoked: &[u8], start: u32) -> Result<Entry, DerFault> {
    let rest = revoked.get(start as usize..).ok_or(DerFault::Truncated)?;
    Entry::read(Reader::new(rest).any()?)
}
