//! Issuing: number and date of a document are left open when it goes to be signed, and filled in
//! when persons have signed it and before the agency seals. Pure: bytes in, bytes out.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 15, art. 18, app. I

use jiff::civil::Date;
use platform::outside::FieldPlace;
use wire::pdf::fill::{self, DATE, Entry, FillFault, NUMBER, Place};
use wire::pdf::stamp::Rectangle;

use crate::gallery::{italic, serif};
use crate::refusal::Refusal;

/// Shown where the day will stand.
const DATE_HINT: &str = "ngày … tháng … năm …";

/// Makes the two empty fields, before anybody signs. In the place of the number stands what is
/// known of it until then: "…/UBND-VP". Without places the file stays as it is.
///
/// # Errors
/// [`Refusal::NoFont`], or [`Refusal::Unfillable`] when the places do not fit the file.
pub fn with_fields(pdf: &[u8], fields: &[FieldPlace], notation: &str) -> Result<Vec<u8>, Refusal> {
    if fields.is_empty() {
        return Ok(pdf.to_vec());
    }
    let number_hint = format!("…/{notation}");
    let mut places = Vec::with_capacity(fields.len());
    for field in fields {
        let is_date = field.name == DATE;
        places.push(Place {
            field: &field.name,
            label: if is_date { "Ngày ban hành" } else { "Số, ký hiệu" },
            page: field.page as usize,
            rectangle: Rectangle {
                left: field.left,
                bottom: field.bottom,
                width: field.width,
                height: field.height,
            },
            size_points: field.size_points,
            font: face(field.is_italic)?,
            hint: if is_date { DATE_HINT } else { &number_hint },
        });
    }
    Ok(fill::prepare(pdf, &places)?)
}

/// Puts number and symbol ("15/UBND-VP") and the day in their places, which are read-only from then
/// on. What was signed before stays signed.
///
/// # Errors
/// [`Refusal::NoFields`] when the file has no such places, [`Refusal::Unfillable`] when they are
/// filled already or the number is too long.
pub fn issued(pdf: &[u8], number: &str, on: Date) -> Result<Vec<u8>, Refusal> {
    let day = written(on);
    let entries = [
        Entry { field: NUMBER, value: number, font: face(false)? },
        Entry { field: DATE, value: &day, font: face(true)? },
    ];
    Ok(fill::fill(pdf, &entries)?)
}

/// What stands in the two places: number and symbol, and the day as it is written out.
///
/// # Errors
/// [`Refusal::Unfillable`] when the file cannot be read.
pub fn standing(pdf: &[u8]) -> Result<(Option<String>, Option<String>), Refusal> {
    let value = |field| fill::value(pdf, field).map_err(FillFault::from);
    Ok((value(NUMBER)?, value(DATE)?))
}

/// "ngày 05 tháng 02 năm 2026": days below ten and the first two months take a zero.
pub fn written(on: Date) -> String {
    let month = if on.month() <= 2 { format!("0{}", on.month()) } else { on.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", on.day(), on.year())
}

fn face(is_italic: bool) -> Result<&'static [u8], Refusal> {
    let face = if is_italic { italic() } else { serif() };
    face.ok_or(Refusal::NoFont)
}
