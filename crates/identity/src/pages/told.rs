//! What is wrong with what was typed, in words that help to mend it.

use jiff::civil::Date;
use platform::web::form::{DateFault, DateParts};
use platform::words::{Speech, Word};

use crate::email::EmailFault;
use crate::person_name::PersonNameFault;
use crate::personal_number::PersonalNumberFault;
use crate::phone_number::PhoneNumberFault;
use crate::tax_code::TaxCodeFault;
use crate::username::UsernameFault;

pub(crate) fn number(fault: PersonalNumberFault, speech: &Speech) -> String {
    match fault {
        PersonalNumberFault::Missing => speech.t("identity-number-missing"),
        PersonalNumberFault::NotDigits => speech.t("identity-number-not-digits"),
        PersonalNumberFault::OldCard => speech.t("identity-number-old-card"),
        PersonalNumberFault::Length { digits } => {
            speech.with("identity-number-length", &[("digits", Word::from(digits))])
        }
        PersonalNumberFault::Province { code } => {
            let code = Word::from(format!("{code:03}"));
            speech.with("identity-number-province", &[("code", code)])
        }
        PersonalNumberFault::Century { digit } => {
            let digit = Word::from(digit.to_string());
            speech.with("identity-number-century", &[("digit", digit)])
        }
    }
}

pub(crate) fn tax_code(fault: TaxCodeFault, speech: &Speech) -> String {
    match fault {
        TaxCodeFault::Missing => speech.t("identity-tax-code-missing"),
        TaxCodeFault::NotDigits => speech.t("identity-tax-code-not-digits"),
        TaxCodeFault::Length { digits } => {
            speech.with("identity-tax-code-length", &[("digits", Word::from(digits))])
        }
        TaxCodeFault::CheckDigit => speech.t("identity-tax-code-check-digit"),
        TaxCodeFault::Branch => speech.t("identity-tax-code-branch"),
        TaxCodeFault::Person(fault) => number(fault, speech),
    }
}

pub(crate) fn phone(fault: &PhoneNumberFault, speech: &Speech) -> String {
    match fault {
        PhoneNumberFault::Missing => speech.t("identity-phone-missing"),
        PhoneNumberFault::NotDigits => speech.t("identity-phone-not-digits"),
        PhoneNumberFault::Length { digits } => {
            speech.with("identity-phone-length", &[("digits", Word::from(*digits))])
        }
        PhoneNumberFault::Prefix => speech.t("identity-phone-prefix"),
        PhoneNumberFault::ElevenDigits { today } => {
            speech.with("identity-phone-eleven-digits", &[("today", Word::from(today))])
        }
        PhoneNumberFault::Foreign => speech.t("identity-phone-foreign"),
        PhoneNumberFault::LandLine => speech.t("identity-phone-land-line"),
    }
}

pub(crate) fn email(fault: EmailFault, speech: &Speech) -> String {
    speech.t(match fault {
        EmailFault::Missing => "identity-email-missing",
        EmailFault::At => "identity-email-at",
        EmailFault::Letters => "identity-email-letters",
        EmailFault::Domain => "identity-email-domain",
        EmailFault::Local => "identity-email-local",
        EmailFault::Long => "identity-email-long",
    })
}

pub(crate) fn name(fault: PersonNameFault, speech: &Speech) -> String {
    speech.t(match fault {
        PersonNameFault::Missing => "identity-name-missing",
        PersonNameFault::Short => "identity-name-short",
        PersonNameFault::Long => "identity-name-long",
        PersonNameFault::Signs => "identity-name-signs",
    })
}

pub(crate) fn username(fault: UsernameFault, speech: &Speech) -> String {
    speech.t(match fault {
        UsernameFault::Missing => "identity-username-missing",
        UsernameFault::Length => "identity-username-length",
        UsernameFault::Letters => "identity-username-letters",
    })
}

/// A day of birth: in the calendar, and not to come.
pub(crate) fn birth_date(parts: &DateParts, today: Date, speech: &Speech) -> Result<Date, String> {
    let date = day(parts, "identity-birth-date-missing", speech)?;
    match date {
        date if date > today => Err(speech.t("identity-birth-date-to-come")),
        date if date.year() < 1900 => Err(speech.t("identity-birth-date-long-ago")),
        date => Ok(date),
    }
}

/// Any day; `missing` is the key of the sentence for none.
pub(crate) fn day(
    parts: &DateParts,
    missing: &'static str,
    speech: &Speech,
) -> Result<Date, String> {
    parts.parse().map_err(|fault| match fault {
        DateFault::Empty => speech.t(missing),
        DateFault::Missing(part) => speech.t(match part {
            "day" => "identity-date-no-day",
            "month" => "identity-date-no-month",
            _ => "identity-date-no-year",
        }),
        DateFault::NoSuchDay => speech.t("identity-date-no-such-day"),
    })
}
