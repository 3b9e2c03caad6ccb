//! A picture: how a person's signature or an agency's seal looks on paper. Pure.
//!
//! One is in use at a time; those before it stay known with their days, so that anyone can tell
//! which one stood on a paper of then.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I
//! Law: NĐ 30/2020/NĐ-CP art. 33

use jiff::Timestamp;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;
use wire::pdf::appearance::SEAL_MM;
use wire::pdf::picture::{Ink, PictureFault};

/// No larger file is taken; the picture itself is checked by `wire`.
pub const FILE_BYTES_MAX: usize = 4 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Mẫu chữ ký of a person, blue.
    Signature,
    /// Mẫu con dấu of a unit, red, in its real size.
    Seal,
}

record! {
    #[derive(Debug, Clone)]
    pub struct Picture {
        pub id: Uuid,
        pub kind: Kind,
        /// The account or the unit.
        pub owner: Uuid,
        pub file: Uuid,
        pub sha256: String,
        pub width_pixels: i64,
        pub height_pixels: i64,
        /// Of a seal: as it is on paper, in tenths of a millimetre.
        pub width_tenths_mm: Option<i64>,
        pub height_tenths_mm: Option<i64>,
        pub put_at: Timestamp,
        pub put_by: Uuid,
        pub put_name: String,
        /// When another took its place, or none did.
        pub ended_at: Option<Timestamp>,
        pub ended_name: Option<String>,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("no file was chosen")]
    Missing,
    #[error(transparent)]
    Picture(#[from] PictureFault),
    #[error("the size of the seal is missing or is no number")]
    SizeMissing,
    #[error("a seal is between 15 and 60 mm wide and high")]
    Size,
    #[error("the picture is not shaped like the seal: its sides differ from the size given")]
    Shape,
    #[error("no picture is in use")]
    None,
}

/// A picture is as wide to its height as the seal is, within this many percent: what is drawn in
/// its real size must not be stretched.
const SHAPE_PERCENT: i64 = 5;

impl Picture {
    pub fn is_in_use(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Width and height on paper; none of a signature, which is fitted to its place.
    pub fn size_mm(&self) -> Option<(f64, f64)> {
        let (width, height) = self.width_tenths_mm.zip(self.height_tenths_mm)?;
        Some((width as f64 / 10.0, height as f64 / 10.0))
    }
}

impl Kind {
    pub fn ink(self) -> Ink {
        match self {
            Kind::Signature => Ink::Blue,
            Kind::Seal => Ink::Red,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Kind::Signature => "signature",
            Kind::Seal => "seal",
        }
    }

    fn parse(code: &str) -> Option<Kind> {
        [Kind::Signature, Kind::Seal].into_iter().find(|one| one.code() == code)
    }
}

/// Millimetres as people write them, "36" or "36,5", in tenths.
pub fn read_tenths_mm(typed: &str) -> Result<i64, Fault> {
    let typed = typed.trim().trim_end_matches("mm").trim_end().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || whole.len() > 3 || !is_number(part) || part.len() > 1 {
        return Err(Fault::SizeMissing);
    }
    let tenths = format!("{whole}{part}").parse().map_err(|_| Fault::SizeMissing)?;
    let mm = tenths as f64 / 10.0;
    if SEAL_MM.contains(&mm) { Ok(tenths) } else { Err(Fault::Size) }
}

/// Refuses a picture that would be stretched in the size given.
pub fn check_shape(pixels: (u32, u32), tenths_mm: (i64, i64)) -> Result<(), Fault> {
    let across = i64::from(pixels.0) * tenths_mm.1;
    let down = i64::from(pixels.1) * tenths_mm.0;
    let fits = (across - down).abs() * 100 <= across.max(down) * SHAPE_PERCENT;
    if fits { Ok(()) } else { Err(Fault::Shape) }
}

impl Fault {
    /// The key of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            Fault::Missing => "signing-picture-refusal-missing",
            Fault::Picture(PictureFault::NotPng) => "signing-picture-refusal-not-png",
            Fault::Picture(PictureFault::Size) => "signing-picture-refusal-size",
            Fault::Picture(PictureFault::NoAlpha | PictureFault::Ground { .. }) => {
                "signing-picture-refusal-ground"
            }
            Fault::Picture(PictureFault::Empty) => "signing-picture-refusal-empty",
            Fault::Picture(PictureFault::Colour { expected: Ink::Blue, .. }) => {
                "signing-picture-refusal-blue"
            }
            Fault::Picture(PictureFault::Colour { .. }) => "signing-picture-refusal-red",
            Fault::SizeMissing => "signing-picture-refusal-mm-missing",
            Fault::Size => "signing-picture-refusal-mm",
            Fault::Shape => "signing-picture-refusal-shape",
            Fault::None => "signing-picture-refusal-none",
        }
    }

    /// Under which field of the form it stands.
    pub fn field(self) -> &'static str {
        match self {
            Fault::Missing | Fault::Picture(_) => "file",
            Fault::SizeMissing | Fault::Size | Fault::Shape => "width",
            Fault::None => "",
        }
    }
}

impl ToArg for Kind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Kind {
    const EXPECTED: &'static str = "a kind of picture";

    fn from_cell(cell: Cell<'_>) -> Option<Kind> {
        match cell {
            Cell::Text(code) => Kind::parse(code),
            _ => None,
        }
    }
}
