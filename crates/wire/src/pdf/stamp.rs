//! What a signature looks like: a picture or a few lines, ready to be put in any number of files.
//!
//! Colours are calibrated and fonts embedded, so that a PDF/A stays one whatever its own colours
//! are.
//!
//! Specification: ISO 32000-1 §12.5.5, ISO 19005-2 §6.2.

use std::sync::Arc;

use super::document::Page;
use super::font::{Letters, Line, flate, set};
use super::object::{Dictionary, Id, Object};
use super::picture::Picture;
use super::update::{Update, write_hexadecimal};

const LINE_HEIGHT: f64 = 1.2;
const LINES_MAX: usize = 10;
const LINE_LETTERS_MAX: usize = 200;

/// Points of the page as it is shown, from its lower left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    pub left: f64,
    pub bottom: f64,
    pub width: f64,
    pub height: f64,
}

impl Rectangle {
    /// The same place in the user space of a page, which may be turned and shifted.
    pub fn on(&self, page: &Page) -> [f64; 4] {
        let [left, bottom, right, top] = page.visible;
        let (u, v) = (self.left, self.bottom);
        let (u_end, v_end) = (u + self.width, v + self.height);
        match page.rotation_degrees {
            90 => [right - v_end, bottom + u, right - v, bottom + u_end],
            180 => [right - u_end, top - v_end, right - u, top - v],
            270 => [left + v, top - u_end, left + v_end, top - u],
            _ => [left + u, bottom + v, left + u_end, bottom + v_end],
        }
    }
}

impl Page {
    /// Width and height as shown, in points.
    pub fn shown_size(&self) -> (f64, f64) {
        let [left, bottom, right, top] = self.visible;
        match self.rotation_degrees {
            90 | 270 => (top - bottom, right - left),
            _ => (right - left, top - bottom),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StampFault {
    #[error("the font is not a TrueType font that can be embedded")]
    Font,
    #[error("the font has no letter {letter:?}")]
    NoGlyph { letter: char },
    #[error("a text has 1 to 10 lines of at most 200 letters")]
    Lines,
}

/// An appearance with its size; cheap to clone.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// In points.
    pub width: f64,
    pub height: f64,
    drawing: Drawing,
}

#[derive(Debug, Clone)]
enum Drawing {
    Picture(Arc<Picture>),
    Text {
        letters: Arc<Letters>,
        lines: Vec<Line>,
        size_points: f64,
    },
    /// Lines in the middle of a frame.
    Block {
        letters: Arc<Letters>,
        lines: Vec<Line>,
        size_points: f64,
    },
}

impl Stamp {
    /// A picture drawn as large as the rectangle it is put in.
    pub fn picture(picture: Arc<Picture>, width: f64, height: f64) -> Stamp {
        Stamp { width, height, drawing: Drawing::Picture(picture) }
    }

    /// Black lines in a TrueType font, as wide as the widest.
    ///
    /// # Errors
    /// [`StampFault`]: the font does not serve, or the text is not one for a corner of a page.
    pub fn text(font: &[u8], lines: &[String], size_points: f64) -> Result<Stamp, StampFault> {
        let fits = |line: &String| line.chars().count() <= LINE_LETTERS_MAX;
        if lines.is_empty() || lines.len() > LINES_MAX || !lines.iter().all(fits) {
            return Err(StampFault::Lines);
        }
        let (letters, lines) = set(font, lines)?;
        let widest = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let height = size_points * LINE_HEIGHT * lines.len() as f64;
        let width = widest / 1_000.0 * size_points;
        let letters = Arc::new(letters);
        Ok(Stamp { width, height, drawing: Drawing::Text { letters, lines, size_points } })
    }

    /// The same lines each in the middle of a frame of this size, as on a stamp of rubber. The
    /// letters are as large as fits, and at most `size_points`.
    ///
    /// # Errors
    /// [`StampFault`], as for [`Stamp::text`].
    pub fn block(
        font: &[u8],
        lines: &[String],
        (width, height): (f64, f64),
        size_points: f64,
    ) -> Result<Stamp, StampFault> {
        const MARGIN_POINTS: f64 = 4.0;
        let text = Stamp::text(font, lines, size_points)?;
        let (across, up) = (width - 2.0 * MARGIN_POINTS, height - 2.0 * MARGIN_POINTS);
        let scale = (across / text.width).min(up / text.height).min(1.0);
        let Drawing::Text { letters, lines, .. } = text.drawing else {
            return Err(StampFault::Lines);
        };
        let size_points = size_points * scale;
        Ok(Stamp { width, height, drawing: Drawing::Block { letters, lines, size_points } })
    }

    /// Writes the form, upright on a page that is shown turned.
    pub fn write(&self, update: &mut Update<'_, '_>, rotation_degrees: u16) -> Id {
        let (content, resources) = match &self.drawing {
            Drawing::Picture(picture) => {
                let image = write_picture(update, picture);
                let content = format!("q {} 0 0 {} 0 0 cm /Im Do Q", self.width, self.height);
                (content.into_bytes(), named("XObject", "Im", Object::Reference(image)))
            }
            Drawing::Text { letters, lines, size_points } => {
                (self.text_content(letters, lines, *size_points), letters.resources(update))
            }
            Drawing::Block { letters, lines, size_points } => {
                (self.block_content(letters, lines, *size_points), letters.resources(update))
            }
        };
        let turn: [i64; 4] = match rotation_degrees {
            90 => [0, 1, -1, 0],
            180 => [-1, 0, 0, -1],
            270 => [0, -1, 1, 0],
            _ => [1, 0, 0, 1],
        };
        let matrix = turn.into_iter().chain([0, 0]).map(Object::Integer).collect();
        let sides = [0.0, 0.0, self.width, self.height];
        let mut form = Dictionary::default();
        form.set("Type", Object::name_of("XObject"));
        form.set("Subtype", Object::name_of("Form"));
        form.set("BBox", Object::Array(sides.map(Object::Real).to_vec()));
        form.set("Matrix", Object::Array(matrix));
        form.set("Resources", Object::Dictionary(resources));
        let id = update.allot();
        update.put_stream(id, form, &content);
        id
    }

    fn text_content(&self, letters: &Letters, lines: &[Line], size_points: f64) -> Vec<u8> {
        let body = (letters.ascent() - letters.descent()) / 1_000.0 * size_points;
        let leading = size_points * LINE_HEIGHT;
        let first = self.height - (leading - body) / 2.0 - letters.ascent() / 1_000.0 * size_points;
        let head = format!("q /Black cs 0 sc BT /Times {size_points} Tf {leading} TL 0 {first} Td");
        let mut content = head.into_bytes();
        for line in lines {
            write_line(&mut content, line);
            content.extend_from_slice(b" T*");
        }
        content.extend_from_slice(b" ET Q");
        content
    }

    fn block_content(&self, letters: &Letters, lines: &[Line], size_points: f64) -> Vec<u8> {
        const INSET: f64 = 0.75;
        let (width, height) = (self.width - 2.0 * INSET, self.height - 2.0 * INSET);
        let leading = size_points * LINE_HEIGHT;
        let ascent = letters.ascent() / 1_000.0 * size_points;
        let top = (self.height + leading * lines.len() as f64) / 2.0;
        let head = format!(
            "q /Black CS 0 SC 1.5 w {INSET} {INSET} {width} {height} re S \
             /Black cs 0 sc BT /Times {size_points} Tf"
        );
        let mut content = head.into_bytes();
        for (row, line) in lines.iter().enumerate() {
            let x = (self.width - line.width / 1_000.0 * size_points) / 2.0;
            let y = top - leading * row as f64 - ascent;
            content.extend_from_slice(format!(" 1 0 0 1 {x} {y} Tm").as_bytes());
            write_line(&mut content, line);
        }
        content.extend_from_slice(b" ET Q");
        content
    }
}

fn write_line(content: &mut Vec<u8>, line: &Line) {
    content.extend_from_slice(b" <");
    for glyph in &line.glyphs {
        write_hexadecimal(content, &glyph.to_be_bytes());
    }
    content.extend_from_slice(b"> Tj");
}

impl Letters {
    /// What a form needs to write in black.
    fn resources(&self, update: &mut Update<'_, '_>) -> Dictionary {
        let font = self.write(update);
        let mut resources = named("Font", "Times", Object::Reference(font));
        resources.0.extend(named("ColorSpace", "Black", calibrated_grey()).0);
        resources
    }
}

fn write_picture(update: &mut Update<'_, '_>, picture: &Picture) -> Id {
    let image = |space: Object| {
        let mut image = flate();
        image.set("Type", Object::name_of("XObject"));
        image.set("Subtype", Object::name_of("Image"));
        image.set("Width", Object::Integer(i64::from(picture.width_pixels)));
        image.set("Height", Object::Integer(i64::from(picture.height_pixels)));
        image.set("BitsPerComponent", Object::Integer(8));
        image.set("ColorSpace", space);
        image
    };
    let mask = update.allot();
    update.put_stream(mask, image(Object::name_of("DeviceGray")), &picture.opacity);
    let id = update.allot();
    let mut colours = image(calibrated_colours());
    colours.set("SMask", Object::Reference(mask));
    update.put_stream(id, colours, &picture.colours);
    id
}

/// A resource dictionary with one thing in it.
pub(super) fn named(kind: &str, name: &str, value: Object) -> Dictionary {
    let mut inner = Dictionary::default();
    inner.set(name, value);
    let mut resources = Dictionary::default();
    resources.set(kind, Object::Dictionary(inner));
    resources
}

/// White as sRGB has it (D65).
fn white() -> Object {
    Object::Array([0.9505, 1.0, 1.089].map(Object::Real).to_vec())
}

/// sRGB closely, without a profile.
fn calibrated_colours() -> Object {
    const MATRIX: [f64; 9] =
        [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505];
    let mut space = Dictionary::default();
    space.set("WhitePoint", white());
    space.set("Gamma", Object::Array([2.2; 3].map(Object::Real).to_vec()));
    space.set("Matrix", Object::Array(MATRIX.map(Object::Real).to_vec()));
    Object::Array(vec![Object::name_of("CalRGB"), Object::Dictionary(space)])
}

pub(super) fn calibrated_grey() -> Object {
    let mut space = Dictionary::default();
    space.set("WhitePoint", white());
    space.set("Gamma", Object::Real(2.2));
    Object::Array(vec![Object::name_of("CalGray"), Object::Dictionary(space)])
}
