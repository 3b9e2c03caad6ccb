//! UTCTime and GeneralizedTime, in the forms of RFC 5280 §4.1.2.5 and RFC 3161 §2.4.2.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::DerFault;

/// `YYMMDDHHMMSSZ`; years from 50 on are of the twentieth century.
pub(super) fn read_utc(value: &[u8]) -> Result<Timestamp, DerFault> {
    let [digits @ .., b'Z'] = value else { return Err(DerFault::Time) };
    let (year, rest) = digits.split_at_checked(2).ok_or(DerFault::Time)?;
    let year = number(year)?;
    moment(if year < 50 { 2000 + year } else { 1900 + year }, rest, 0)
}

/// `YYYYMMDDHHMMSS[.f…]Z`; the fraction, which only time stamps have, does not end in zero.
pub(super) fn read_generalized(value: &[u8]) -> Result<Timestamp, DerFault> {
    let [digits @ .., b'Z'] = value else { return Err(DerFault::Time) };
    let (year, rest) = digits.split_at_checked(4).ok_or(DerFault::Time)?;
    let (rest, nanoseconds) = match rest.get(10..) {
        Some([b'.', fraction @ ..]) => (rest.get(..10).unwrap_or_default(), nanos(fraction)?),
        _ => (rest, 0),
    };
    moment(number(year)?, rest, nanoseconds)
}

fn moment(year: i16, rest: &[u8], nanoseconds: i32) -> Result<Timestamp, DerFault> {
    let (pairs, odd) = rest.as_chunks::<2>();
    let [month, day, hour, minute, second] = pairs else { return Err(DerFault::Time) };
    if !odd.is_empty() {
        return Err(DerFault::Time);
    }
    let field = |pair: &[u8; 2]| number(pair).and_then(|n| i8::try_from(n).or(Err(DerFault::Time)));
    let (month, day) = (field(month)?, field(day)?);
    let (hour, minute, second) = (field(hour)?, field(minute)?, field(second)?);
    let civil = DateTime::new(year, month, day, hour, minute, second, nanoseconds);
    let civil = civil.map_err(|_| DerFault::Time)?;
    // 31 December 9999, "no end that is known" (RFC 5280 §4.1.2.5), lies a day past our last.
    Ok(Offset::UTC.to_timestamp(civil).unwrap_or(Timestamp::MAX))
}

fn number(digits: &[u8]) -> Result<i16, DerFault> {
    digits.iter().try_fold(0, |number: i16, digit| {
        let digit = i16::from(digit.wrapping_sub(b'0'));
        if digit > 9 { Err(DerFault::Time) } else { Ok(number * 10 + digit) }
    })
}

/// At most nine digits count; more than eighteen are refused.
fn nanos(fraction: &[u8]) -> Result<i32, DerFault> {
    let digits = fraction.iter().all(u8::is_ascii_digit);
    if !digits || fraction.is_empty() || fraction.len() > 18 || fraction.last() == Some(&b'0') {
        return Err(DerFault::Time);
    }
    let padded = fraction.iter().chain(std::iter::repeat(&b'0')).take(9);
    Ok(padded.fold(0, |number, digit| number * 10 + i32::from(digit - b'0')))
}

/// Without a fraction: UTCTime until 2049, GeneralizedTime from then on.
pub(super) fn write(at: Timestamp) -> (u8, String) {
    let civil = Offset::UTC.to_datetime(at);
    if (1950..2050).contains(&civil.year()) {
        (super::tag::UTC_TIME, format!("{:02}{}Z", civil.year() % 100, fields(civil)))
    } else {
        (super::tag::GENERALIZED_TIME, write_generalized(at, false))
    }
}

/// With the fraction when one is asked for and not zero.
pub(super) fn write_generalized(at: Timestamp, with_fraction: bool) -> String {
    if at == Timestamp::MAX {
        return "99991231235959Z".to_owned();
    }
    let civil = Offset::UTC.to_datetime(at);
    let nanoseconds = civil.subsec_nanosecond();
    let fraction = if with_fraction && nanoseconds != 0 {
        format!(".{nanoseconds:09}").trim_end_matches('0').to_owned()
    } else {
        String::new()
    };
    format!("{:04}{}{fraction}Z", civil.year(), fields(civil))
}

fn fields(civil: DateTime) -> String {
    let (month, day) = (civil.month(), civil.day());
    let (hour, minute, second) = (civil.hour(), civil.minute(), civil.second());
    format!("{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}
