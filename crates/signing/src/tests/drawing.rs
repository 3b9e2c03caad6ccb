//! Pictures drawn here, and pages looked at with another's eyes.

use std::process::{Command, Stdio};

pub const BLUE: [u8; 3] = [20, 40, 200];
pub const RED: [u8; 3] = [210, 20, 30];
/// The ground of a picture.
pub const CLEAR: u8 = 0;
pub const WHITE: u8 = 255;

/// A PNG with a round spot of this colour that touches all four sides.
pub fn spot((width, height): (u32, u32), colour: [u8; 3], ground: u8) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let across = f64::from(x) / f64::from(width) - 0.5;
            let down = f64::from(y) / f64::from(height) - 0.5;
            pixels.extend(colour);
            pixels.push(if across.hypot(down) < 0.49 { 255 } else { ground });
        }
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    png
}

/// A page as poppler draws it, one pixel a point.
pub struct Drawn {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Drawn {
    /// None where poppler is not installed.
    pub fn first_page(pdf: &[u8]) -> Option<Drawn> {
        let Some(said) = poppler(pdf, &["pdftoppm", "-r", "72", "-f", "1", "-l", "1"]) else {
            println!("skipped: poppler-utils is not installed");
            return None;
        };
        let text = String::from_utf8_lossy(&said[..20]).into_owned();
        let mut head = text.split_ascii_whitespace();
        assert_eq!(head.next(), Some("P6"));
        let mut number = || head.next().unwrap().parse::<usize>().unwrap();
        let (width, height) = (number(), number());
        let pixels = said[said.len() - width * height * 3..].to_vec();
        Some(Drawn { width, height, pixels })
    }

    /// The colour at a place in points from the lower left corner.
    pub fn at(&self, x: f64, y: f64) -> [u8; 3] {
        let row = self.height - 1 - y as usize;
        let at = (row * self.width + x as usize) * 3;
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }

    /// How much of a rectangle (left, bottom, right, top) is not white, in percent.
    pub fn ink_percent(&self, [left, bottom, right, top]: [f64; 4]) -> usize {
        let (mut ink, mut all) = (0, 0);
        for y in bottom as usize..top as usize {
            for x in left as usize..right as usize {
                all += 1;
                ink += usize::from(self.at(x as f64, y as f64) != [255; 3]);
            }
        }
        ink * 100 / all.max(1)
    }
}

/// Near enough for anti-aliasing and colour management.
pub fn is_like(seen: [u8; 3], colour: [u8; 3]) -> bool {
    seen.iter().zip(colour).all(|(one, other)| one.abs_diff(other) < 40)
}

/// The letters on the pages, those of signatures included.
pub fn text(pdf: &[u8]) -> String {
    let said = poppler(pdf, &["pdftotext", "-layout"]).unwrap_or_default();
    String::from_utf8(said).unwrap()
}

/// What one of its programs writes about a file.
fn poppler(pdf: &[u8], command: &[&str]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, pdf).unwrap();
    let mut run = Command::new(command[0]);
    run.args(&command[1..]).arg(&path).stderr(Stdio::null());
    if command[0] == "pdftotext" {
        run.arg("-");
    }
    run.output().ok().map(|output| output.stdout)
}
