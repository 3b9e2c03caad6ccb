//! How people reach a unit: what its page shows and what slips and notices print.
//!
//! Law: NĐ 118/2025/NĐ-CP

use serde::{Deserialize, Serialize};

use crate::name::one_line;

const LINE_MAX: usize = 300;
const PHONE_MAX: usize = 60;
const EMAIL_MAX: usize = 254;
const ADDRESS_OF_MAP_MAX: usize = 500;

/// Every part may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contact {
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub working_hours: Option<String>,
    /// An `https` address of a map.
    pub map_link: Option<String>,
}

/// What a person typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactLines {
    pub address: String,
    pub phone: String,
    pub email: String,
    pub working_hours: String,
    pub map_link: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum ContactFault {
    #[error("the address is longer than 300 characters")]
    AddressTooLong,
    #[error("the telephone number has other than digits, spaces and + ( ) - . /")]
    PhoneUnreadable,
    #[error("the e-mail address lacks the form name@host")]
    EmailUnreadable,
    #[error("the working hours are longer than 300 characters")]
    WorkingHoursTooLong,
    #[error("the map's address does not begin with https://")]
    MapLinkUnreadable,
}

impl Contact {
    /// All faults at once: a person mends a form in one go.
    pub fn parse(lines: &ContactLines) -> Result<Contact, Vec<ContactFault>> {
        let contact = Contact {
            address: line(&lines.address),
            phone: line(&lines.phone),
            email: line(&lines.email),
            working_hours: line(&lines.working_hours),
            map_link: line(&lines.map_link),
        };
        let is_wrong = |part: &Option<String>, fits: fn(&str) -> bool| {
            part.as_deref().is_some_and(|text| !fits(text))
        };
        let faults: Vec<ContactFault> = [
            (is_wrong(&contact.address, is_short), ContactFault::AddressTooLong),
            (is_wrong(&contact.phone, is_phone), ContactFault::PhoneUnreadable),
            (is_wrong(&contact.email, is_email), ContactFault::EmailUnreadable),
            (is_wrong(&contact.working_hours, is_short), ContactFault::WorkingHoursTooLong),
            (is_wrong(&contact.map_link, is_map_link), ContactFault::MapLinkUnreadable),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect();
        if faults.is_empty() { Ok(contact) } else { Err(faults) }
    }

    pub fn is_empty(&self) -> bool {
        *self == Contact::default()
    }
}

impl From<&Contact> for ContactLines {
    fn from(contact: &Contact) -> ContactLines {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        ContactLines {
            address: text(&contact.address),
            phone: text(&contact.phone),
            email: text(&contact.email),
            working_hours: text(&contact.working_hours),
            map_link: text(&contact.map_link),
        }
    }
}

fn line(text: &str) -> Option<String> {
    Some(one_line(text)).filter(|line| !line.is_empty())
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= LINE_MAX
}

/// Several numbers may stand on the line: "0234 3822 222 / 1900 1075".
fn is_phone(text: &str) -> bool {
    text.len() <= PHONE_MAX
        && text.bytes().filter(u8::is_ascii_digit).count() >= 3
        && text.bytes().all(|byte| byte.is_ascii_digit() || b" +()-./".contains(&byte))
}

/// Only what a mail server would certainly refuse is refused here.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    text.len() <= EMAIL_MAX
        && !name.is_empty()
        && !text.contains(char::is_whitespace)
        && host.split('.').count() >= 2
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

/// `https` alone: the link is shown to everybody, and a `javascript:` one would run.
fn is_map_link(text: &str) -> bool {
    text.len() <= ADDRESS_OF_MAP_MAX
        && text.strip_prefix("https://").is_some_and(|rest| {
            rest.starts_with(|first: char| first.is_ascii_alphanumeric())
                && !rest
                    .contains(|letter: char| letter.is_whitespace() || "<>\"'\\".contains(letter))
        })
}
