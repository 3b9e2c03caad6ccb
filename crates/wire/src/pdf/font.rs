//! The letters of a visible text: only those used are embedded, and they can be copied out again.
//!
//! Specification: ISO 32000-1 §9.7 (composite fonts), ISO 19005-2 §6.2.11 (PDF/A).

use std::fmt::Write;

use subsetter::{GlyphRemapper, subset};
use ttf_parser::{Face, GlyphId};
use unicode_normalization::UnicodeNormalization;

use super::object::{Dictionary, Id, Object};
use super::picture::deflated;
use super::stamp::StampFault;
use super::update::Update;
use crate::algorithm::Digest;

/// A font cut down to the letters of one text.
#[derive(Debug, Clone)]
pub struct Letters {
    name: String,
    program: Vec<u8>,
    program_bytes: usize,
    /// Of each glyph of the cut font, in thousandths of the size.
    widths: Vec<f64>,
    to_unicode: Vec<u8>,
    box_: [f64; 4],
    heights: [f64; 3],
}

/// One line as glyphs of the cut font.
#[derive(Debug, Clone)]
pub struct Line {
    pub glyphs: Vec<u16>,
    /// In thousandths of the size.
    pub width: f64,
}

/// Cuts a TrueType font down to these lines; letters are composed first (NFC).
pub fn set(font: &[u8], lines: &[String]) -> Result<(Letters, Vec<Line>), StampFault> {
    let face = Face::parse(font, 0).map_err(|_| StampFault::Font)?;
    if face.tables().glyf.is_none() || face.units_per_em() == 0 {
        return Err(StampFault::Font);
    }
    let scale = 1_000.0 / f64::from(face.units_per_em());
    let mut remapper = GlyphRemapper::new();
    let mut letters = vec!['\u{FFFD}'];
    let mut widths = vec![advance(&face, GlyphId(0), scale)];
    let mut set_lines = Vec::new();
    for line in lines {
        let mut glyphs = Vec::new();
        let mut width = 0.0;
        for letter in line.nfc() {
            let glyph = face.glyph_index(letter).ok_or(StampFault::NoGlyph { letter })?;
            let mapped = remapper.remap(glyph.0);
            if usize::from(mapped) == widths.len() {
                widths.push(advance(&face, glyph, scale));
                letters.push(letter);
            }
            width += advance(&face, glyph, scale);
            glyphs.push(mapped);
        }
        set_lines.push(Line { glyphs, width });
    }
    let program = subset(font, 0, &remapper).map_err(|_| StampFault::Font)?;
    let bounds = face.global_bounding_box();
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
    let capital = face.capital_height().unwrap_or(face.ascender());
    let heights = [face.ascender(), face.descender(), capital];
    let letters = Letters {
        name: name(&face, &program),
        program_bytes: program.len(),
        program: deflated(&program),
        widths,
        to_unicode: deflated(to_unicode(&letters).as_bytes()),
        box_: bounds.map(|side| f64::from(side) * scale),
        heights: heights.map(|height| f64::from(height) * scale),
    };
    Ok((letters, set_lines))
}

fn advance(face: &Face<'_>, glyph: GlyphId, scale: f64) -> f64 {
    f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * scale
}

/// The name of a subset: six letters of its digest, then the name of the font.
fn name(face: &Face<'_>, program: &[u8]) -> String {
    let names = face.names().into_iter();
    let own = names
        .filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME)
        .find_map(|name| name.to_string())
        .unwrap_or_else(|| "Font".to_owned());
    let own: String = own.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    let digest = Digest::Sha256.of(program);
    let tag: String = digest.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
    format!("{tag}+{own}")
}

fn to_unicode(letters: &[char]) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let pairs: Vec<(usize, &char)> = letters.iter().enumerate().skip(1).collect();
    for part in pairs.chunks(100) {
        // Writing to a string does not fail.
        let _ = writeln!(map, "{} beginbfchar", part.len());
        for (glyph, letter) in part {
            let mut units = [0; 2];
            let units: String =
                letter.encode_utf16(&mut units).iter().map(|unit| format!("{unit:04X}")).collect();
            let _ = writeln!(map, "<{glyph:04X}> <{units}>");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

impl Letters {
    /// From the base of a line up, and down, in thousandths of the size.
    pub fn ascent(&self) -> f64 {
        self.heights[0]
    }

    pub fn descent(&self) -> f64 {
        self.heights[1]
    }

    /// Writes the five objects of a composite font.
    pub fn write(&self, update: &mut Update<'_, '_>) -> Id {
        let program = update.allot();
        let mut dictionary = flate();
        dictionary.set("Length1", Object::Integer(self.program_bytes as i64));
        update.put_stream(program, dictionary, &self.program);
        let to_unicode = update.allot();
        update.put_stream(to_unicode, flate(), &self.to_unicode);
        let descriptor = update.allot();
        update.put(descriptor, &Object::Dictionary(self.descriptor(program)));
        let descendant = update.allot();
        update.put(descendant, &Object::Dictionary(self.descendant(descriptor)));
        let font = update.allot();
        let mut dictionary = Dictionary::default();
        dictionary.set("Type", Object::name_of("Font"));
        dictionary.set("Subtype", Object::name_of("Type0"));
        dictionary.set("BaseFont", Object::name_of(&self.name));
        dictionary.set("Encoding", Object::name_of("Identity-H"));
        dictionary.set("DescendantFonts", Object::Array(vec![Object::Reference(descendant)]));
        dictionary.set("ToUnicode", Object::Reference(to_unicode));
        update.put(font, &Object::Dictionary(dictionary));
        font
    }

    fn descriptor(&self, program: Id) -> Dictionary {
        const SYMBOLIC: i64 = 4;
        let mut descriptor = Dictionary::default();
        descriptor.set("Type", Object::name_of("FontDescriptor"));
        descriptor.set("FontName", Object::name_of(&self.name));
        descriptor.set("Flags", Object::Integer(SYMBOLIC));
        descriptor.set("FontBBox", Object::Array(self.box_.map(Object::Real).to_vec()));
        descriptor.set("ItalicAngle", Object::Integer(0));
        descriptor.set("Ascent", Object::Real(self.heights[0]));
        descriptor.set("Descent", Object::Real(self.heights[1]));
        descriptor.set("CapHeight", Object::Real(self.heights[2]));
        descriptor.set("StemV", Object::Integer(80));
        descriptor.set("FontFile2", Object::Reference(program));
        descriptor
    }

    fn descendant(&self, descriptor: Id) -> Dictionary {
        let mut system = Dictionary::default();
        system.set("Registry", Object::words_of("Adobe"));
        system.set("Ordering", Object::words_of("Identity"));
        system.set("Supplement", Object::Integer(0));
        let widths = self.widths.iter().copied().map(Object::Real).collect();
        let mut font = Dictionary::default();
        font.set("Type", Object::name_of("Font"));
        font.set("Subtype", Object::name_of("CIDFontType2"));
        font.set("BaseFont", Object::name_of(&self.name));
        font.set("CIDSystemInfo", Object::Dictionary(system));
        font.set("CIDToGIDMap", Object::name_of("Identity"));
        font.set("FontDescriptor", Object::Reference(descriptor));
        font.set("W", Object::Array(vec![Object::Integer(0), Object::Array(widths)]));
        font
    }
}

/// The dictionary of a deflated stream.
pub fn flate() -> Dictionary {
    let mut dictionary = Dictionary::default();
    dictionary.set("Filter", Object::name_of("FlateDecode"));
    dictionary
}
