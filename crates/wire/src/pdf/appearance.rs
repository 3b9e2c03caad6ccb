//! Where signatures are shown, as the decree on clerical work rules it: pure geometry.
//!
//! | what | where |
//! |---|---|
//! | a person's signature | blue picture, centred between the position and the name of the signer |
//! | an organisation's seal | red, in real size, over the left third of the signature, above it |
//! | annex in a file of its own | no picture; top right of page 1: number and symbol, time |
//! | electronic copy of paper | no picture; top right of page 1: form, organisation, time |
//! | annex in the same file | nothing: only the document is signed |
//!
//! Coordinates are points of the page as it is shown, from its lower left corner.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I
//! Law: NĐ 30/2020/NĐ-CP art. 33

use jiff::Timestamp;

use super::stamp::Rectangle;
use super::time::to_words;

pub const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// Text beside annexes and copies: Times, upright, black.
pub const TEXT_SIZE_POINTS: f64 = 10.0;

const SIGNATURE_WIDTH_MM: f64 = 45.0;
const SIGNATURE_HEIGHT_MM: f64 = 20.0;
/// How wide and high a seal may be.
pub const SEAL_MM: std::ops::RangeInclusive<f64> = 15.0..=60.0;
const TEXT_RIGHT_MM: f64 = 15.0;
// Above the top margin of 20 mm, in which three lines then fit.
const TEXT_TOP_MM: f64 = 5.0;

/// The lines between which a person signs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// The middle of the column of the signer.
    pub centre_x: f64,
    /// The base of the line with the position.
    pub position_y: f64,
    /// The top of the line with the name.
    pub name_y: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlacementFault {
    #[error("between the position and the name there is no room for a signature")]
    NoRoom,
    #[error("a seal is 15 to 60 mm wide and high")]
    SealSize,
    #[error("the signature would reach over the edge of the page")]
    OffPage,
}

/// The picture of a person's signature: as large as fits in 45 × 20 mm and between the lines.
pub fn person(block: Block, pixels: (u32, u32)) -> Result<Rectangle, PlacementFault> {
    let room = block.position_y - block.name_y;
    let (width, height) = (f64::from(pixels.0), f64::from(pixels.1));
    // Below 8 mm a signature cannot be told from a stroke.
    if room < 8.0 * POINTS_PER_MM || width < 1.0 || height < 1.0 {
        return Err(PlacementFault::NoRoom);
    }
    let height_max = room.min(SIGNATURE_HEIGHT_MM * POINTS_PER_MM);
    let scale = (SIGNATURE_WIDTH_MM * POINTS_PER_MM / width).min(height_max / height);
    let (width, height) = (width * scale, height * scale);
    Ok(Rectangle {
        left: block.centre_x - width / 2.0,
        bottom: (block.position_y + block.name_y - height) / 2.0,
        width,
        height,
    })
}

/// The seal in its real size: its right edge lies one third into the signature.
pub fn seal(signature: Rectangle, size_mm: (f64, f64)) -> Result<Rectangle, PlacementFault> {
    if !SEAL_MM.contains(&size_mm.0) || !SEAL_MM.contains(&size_mm.1) {
        return Err(PlacementFault::SealSize);
    }
    let (width, height) = (size_mm.0 * POINTS_PER_MM, size_mm.1 * POINTS_PER_MM);
    Ok(Rectangle {
        left: signature.left + signature.width / 3.0 - width,
        bottom: signature.bottom + (signature.height - height) / 2.0,
        width,
        height,
    })
}

/// The text of an annex or a copy, in the upper right corner of a page of this size.
pub fn top_right(page: (f64, f64), text: (f64, f64)) -> Result<Rectangle, PlacementFault> {
    let rectangle = Rectangle {
        left: page.0 - TEXT_RIGHT_MM * POINTS_PER_MM - text.0,
        bottom: page.1 - TEXT_TOP_MM * POINTS_PER_MM - text.1,
        width: text.0,
        height: text.1,
    };
    on_page(rectangle, page)
}

/// Refuses what would be cut off.
pub fn on_page(rectangle: Rectangle, page: (f64, f64)) -> Result<Rectangle, PlacementFault> {
    let inside = rectangle.left >= 0.0
        && rectangle.bottom >= 0.0
        && rectangle.left + rectangle.width <= page.0
        && rectangle.bottom + rectangle.height <= page.1;
    if inside { Ok(rectangle) } else { Err(PlacementFault::OffPage) }
}

/// Beside an annex: the number and symbol of its document, and when it was signed.
pub fn annex_lines(number_and_symbol: &str, signed: Timestamp) -> Vec<String> {
    vec![number_and_symbol.to_owned(), to_words(signed)]
}

/// On an electronic copy: the form of the copy, who copied, and when it was signed.
pub fn copy_lines(form: &str, organisation: &str, signed: Timestamp) -> Vec<String> {
    vec![form.to_owned(), organisation.to_owned(), to_words(signed)]
}
