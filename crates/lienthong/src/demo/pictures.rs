//! The demo's signatures and seals as pictures, drawn here: strokes of nobody's hand, and a ring
//! with a star that is no seal of the State.

use anyhow::Result;

const BLUE: [u8; 4] = [18, 52, 150, 255];
const RED: [u8; 4] = [205, 24, 38, 255];
/// 36 mm at 508 points an inch.
const SEAL_PIXELS: u32 = 720;
/// As wide as the seal is on paper.
pub const SEAL_TENTHS_MM: i64 = 360;

/// Ink on a transparent ground.
struct Sheet {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Sheet {
    fn blank(width: u32, height: u32) -> Sheet {
        Sheet { width, height, pixels: vec![0; 4 * width as usize * height as usize] }
    }

    fn dot(&mut self, (x, y): (f64, f64), radius: f64, ink: [u8; 4]) {
        let reach = radius.ceil() as i64;
        let (middle_x, middle_y) = (x.round() as i64, y.round() as i64);
        for row in middle_y - reach..=middle_y + reach {
            for column in middle_x - reach..=middle_x + reach {
                let away = (column as f64 - x).hypot(row as f64 - y);
                if away <= radius {
                    self.put(column, row, ink);
                }
            }
        }
    }

    fn put(&mut self, column: i64, row: i64, ink: [u8; 4]) {
        let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) else { return };
        let at = 4 * (row * self.width as usize + column);
        if column < self.width as usize
            && let Some(pixel) = self.pixels.get_mut(at..at + 4)
        {
            pixel.copy_from_slice(&ink);
        }
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), (radius, ink): (f64, [u8; 4])) {
        let steps = (to.0 - from.0).hypot(to.1 - from.1).ceil().max(1.0);
        for step in 0..=steps as u32 {
            let part = f64::from(step) / steps;
            let at = (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1));
            self.dot(at, radius, ink);
        }
    }

    fn png(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(bytes)
    }
}

/// Loops from left to right and a flourish below; another `hand` writes other loops.
pub fn signature(hand: u32) -> Result<Vec<u8>> {
    let mut sheet = Sheet::blank(600, 260);
    let loops = 3.0 + f64::from(hand % 3);
    for step in 0..6_000 {
        let part = f64::from(step) / 6_000.0;
        let turn = part * loops * std::f64::consts::TAU;
        let x = 60.0 + 440.0 * part + 42.0 * turn.sin();
        let y = 120.0 - 78.0 * (turn + f64::from(hand)).cos() * (1.0 - 0.55 * part);
        sheet.dot((x, y), 2.5 + 2.0 * (1.0 - turn.cos().abs()), BLUE);
    }
    sheet.line((70.0, 214.0), (540.0, 190.0), (3.0, BLUE));
    sheet.png()
}

/// Two rings and a star of five points.
pub fn seal() -> Result<Vec<u8>> {
    let mut sheet = Sheet::blank(SEAL_PIXELS, SEAL_PIXELS);
    let middle = f64::from(SEAL_PIXELS) / 2.0;
    let at = |radius: f64, turn: f64| (middle + radius * turn.sin(), middle - radius * turn.cos());
    for step in 0..4_000 {
        let turn = f64::from(step) / 4_000.0 * std::f64::consts::TAU;
        sheet.dot(at(348.0, turn), 9.0, RED);
        sheet.dot(at(232.0, turn), 4.0, RED);
    }
    // Each point of the star leads to the next but one.
    let point = |number: u32| at(150.0, f64::from(number) * 0.4 * std::f64::consts::TAU);
    for number in 0..5 {
        sheet.line(point(number), point(number + 1), (7.0, RED));
    }
    sheet.png()
}
