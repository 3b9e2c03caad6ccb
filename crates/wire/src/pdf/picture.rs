//! Pictures of handwritten signatures and seals: checked, and made ready to stand in a PDF.
//!
//! The decree asks for blue signatures and red seals as .png on a transparent ground; a scan on
//! white paper or a black signature is refused here, before it stands on a document.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

const FILE_BYTES_MAX: usize = 4 << 20;
const SIDE_PIXELS_MAX: u32 = 4_000;
const SIDE_PIXELS_MIN: u32 = 16;
const DECODED_BYTES_MAX: usize = 64 << 20;
/// At least this share of a picture is ground, and so transparent.
const CLEAR_PERCENT_MIN: usize = 15;
const INK_PERCENT_MIN: usize = 80;

/// What the ink must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// A person's signature.
    Blue,
    /// An organisation's seal.
    Red,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    #[error("the file is not a PNG that can be read")]
    NotPng,
    #[error("the picture is larger than 4 MB, or not between 16 and 4,000 pixels wide and high")]
    Size,
    #[error("the picture has no transparency at all")]
    NoAlpha,
    #[error("the ground is not transparent: only {clear_percent} % of the picture is")]
    Ground { clear_percent: usize },
    #[error("nothing can be seen in the picture")]
    Empty,
    #[error("only {percent} % of the ink is {expected:?}")]
    Colour { expected: Ink, percent: usize },
}

/// A picture in two compressed layers: colours, and how opaque each pixel is.
#[derive(Debug, Clone)]
pub struct Picture {
    pub width_pixels: u32,
    pub height_pixels: u32,
    pub(super) colours: Vec<u8>,
    pub(super) opacity: Vec<u8>,
}

impl Picture {
    /// Reads and checks a picture for the role it is to play.
    ///
    /// # Errors
    /// [`PictureFault`], with what is to be mended.
    pub fn read(png: &[u8], ink: Ink) -> Result<Picture, PictureFault> {
        if png.len() > FILE_BYTES_MAX {
            return Err(PictureFault::Size);
        }
        let limits = png::Limits { bytes: DECODED_BYTES_MAX };
        let mut decoder = png::Decoder::new_with_limits(Cursor::new(png), limits);
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(|_| PictureFault::NotPng)?;
        let (width, height) = (reader.info().width, reader.info().height);
        let fits = SIDE_PIXELS_MIN..=SIDE_PIXELS_MAX;
        if !fits.contains(&width) || !fits.contains(&height) {
            return Err(PictureFault::Size);
        }
        let size = reader.output_buffer_size().ok_or(PictureFault::Size)?;
        let mut buffer = vec![0; size];
        let frame = reader.next_frame(&mut buffer).map_err(|_| PictureFault::NotPng)?;
        let pixels = match frame.color_type {
            png::ColorType::Rgba => buffer,
            png::ColorType::GrayscaleAlpha => grey(&buffer),
            _ => return Err(PictureFault::NoAlpha),
        };
        check(&pixels, ink)?;
        let colours: Vec<u8> =
            pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let opacity: Vec<u8> = pixels.chunks_exact(4).map(|pixel| pixel[3]).collect();
        Ok(Picture {
            width_pixels: width,
            height_pixels: height,
            colours: deflated(&colours),
            opacity: deflated(&opacity),
        })
    }
}

/// The zlib form of a stream.
pub fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to a vector does not fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}

fn grey(pairs: &[u8]) -> Vec<u8> {
    pairs.chunks_exact(2).flat_map(|pair| [pair[0], pair[0], pair[0], pair[1]]).collect()
}

fn check(pixels: &[u8], ink: Ink) -> Result<(), PictureFault> {
    let (mut clear, mut opaque, mut fitting) = (0usize, 0usize, 0usize);
    for pixel in pixels.chunks_exact(4) {
        match pixel[3] {
            0..=31 => clear += 1,
            // The soft edge of a stroke says nothing about its colour.
            32..=127 => {}
            _ => {
                opaque += 1;
                fitting += usize::from(is_ink(pixel, ink));
            }
        }
    }
    let clear_percent = clear * 100 / (pixels.len() / 4).max(1);
    if clear_percent < CLEAR_PERCENT_MIN {
        return Err(PictureFault::Ground { clear_percent });
    }
    if opaque == 0 {
        return Err(PictureFault::Empty);
    }
    let percent = fitting * 100 / opaque;
    if percent < INK_PERCENT_MIN {
        return Err(PictureFault::Colour { expected: ink, percent });
    }
    Ok(())
}

/// By hue: red from −25° to 25°, blue from 190° to 275°; grey, black and white are no ink.
fn is_ink(pixel: &[u8], ink: Ink) -> bool {
    let [red, green, blue, _] = pixel else { return false };
    let (red, green, blue) = (i32::from(*red), i32::from(*green), i32::from(*blue));
    let most = red.max(green).max(blue);
    let spread = most - red.min(green).min(blue);
    if most < 40 || spread * 4 < most {
        return false;
    }
    let hue_degrees = if most == red {
        60 * (green - blue) / spread
    } else if most == green {
        120 + 60 * (blue - red) / spread
    } else {
        240 + 60 * (red - green) / spread
    };
    match ink {
        Ink::Red => (-25..=25).contains(&hue_degrees),
        Ink::Blue => (190..=275).contains(&hue_degrees),
    }
}
