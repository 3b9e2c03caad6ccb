//! The operators of a page that set text, and what they leave behind for the next.

use std::rc::Rc;

use super::super::lexer::{Budget, Lexer};
use super::super::object::Object;
use super::font::Font;
use super::line::{Lines, Matrix};

pub struct Content<'b> {
    bytes: &'b [u8],
    at: usize,
    operands: Vec<Object>,
    state: State,
    kept: Vec<State>,
    /// Where the next letter stands, and where its line began.
    place: Matrix,
    line: Matrix,
    is_broken: bool,
}

#[derive(Clone)]
struct State {
    base: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    /// Of the width, 1 is as the font says.
    stretch: f64,
    leading: f64,
}

const OPERANDS_MAX: usize = 64;
const KEPT_MAX: usize = 256;

impl<'b> Content<'b> {
    pub fn new(bytes: &'b [u8], base: Matrix) -> Content<'b> {
        let state = State {
            base,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
        };
        Content {
            bytes,
            at: 0,
            operands: Vec::new(),
            state,
            kept: Vec::new(),
            place: Matrix::ONE,
            line: Matrix::ONE,
            is_broken: false,
        }
    }

    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// What the page's own units are here.
    pub fn place(&self) -> Matrix {
        self.state.base
    }

    /// Reads up to the next operator; its operands are kept until the one after it. Each byte that
    /// is looked at costs one of `left`.
    pub fn next_operator(&mut self, left: &mut usize) -> Option<&'b [u8]> {
        self.operands.clear();
        while *left > 0 {
            let mut lexer = Lexer::new(self.bytes, self.at);
            lexer.skip_space();
            let start = lexer.position();
            let is_value = match self.bytes.get(start)? {
                b'/' | b'(' | b'<' | b'[' | b'0'..=b'9' | b'+' | b'-' | b'.' => true,
                b')' | b'>' | b']' | b'{' | b'}' => {
                    self.at = start + 1;
                    *left = left.saturating_sub(1);
                    continue;
                }
                _ => false,
            };
            if !is_value {
                let word = lexer.operator();
                *left = left.saturating_sub(lexer.position() - self.at);
                self.at = lexer.position();
                if word == b"ID" {
                    self.skip_picture(left);
                    self.operands.clear();
                    continue;
                }
                return Some(word);
            }
            let mut budget = Budget { values: *left, bytes: *left };
            match lexer.object(&mut budget) {
                Ok(value) => {
                    *left = left.saturating_sub(lexer.position() - self.at);
                    self.at = lexer.position();
                    if self.operands.len() == OPERANDS_MAX {
                        self.operands.remove(0);
                    }
                    self.operands.push(value);
                }
                Err(_) => {
                    // What was looked at in vain is paid for, so that it cannot be tried for ever.
                    let looked = lexer.position().max(start + 1) - self.at;
                    *left = left.saturating_sub(looked);
                    self.at = start + 1;
                    self.is_broken = true;
                }
            }
        }
        None
    }

    /// The bytes of a picture in the middle of the page end at `EI` between blanks.
    fn skip_picture(&mut self, left: &mut usize) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let end = rest.windows(2).enumerate().position(|(at, two)| {
            two == b"EI" && at > 0 && is_blank(rest.get(at - 1)) && is_blank(rest.get(at + 2))
        });
        let length = end.map_or(rest.len(), |end| end + 2);
        *left = left.saturating_sub(length);
        self.at += length;
    }

    pub fn name(&self, place: usize) -> Option<&[u8]> {
        self.operands.get(place)?.as_name()
    }

    pub fn set_font(&mut self, font: Option<Rc<Font>>) {
        self.state.font = font;
        self.state.size = self.number(1);
    }

    fn number(&self, place: usize) -> f64 {
        self.operands.get(place).and_then(Object::as_number).unwrap_or(0.0)
    }

    pub fn apply(&mut self, operator: &[u8], lines: &mut Lines) {
        match operator {
            b"q" if self.kept.len() < KEPT_MAX => self.kept.push(self.state.clone()),
            b"Q" => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => {
                if let Some(matrix) = Matrix::of(&self.operands) {
                    self.state.base = matrix.then(self.state.base);
                }
            }
            b"Tc" => self.state.letter_space = self.number(0),
            b"Tw" => self.state.word_space = self.number(0),
            b"Tz" => self.state.stretch = self.number(0) / 100.0,
            b"TL" => self.state.leading = self.number(0),
            b"BT" => self.begin(Matrix::ONE),
            b"Tm" => self.begin(Matrix::of(&self.operands).unwrap_or(Matrix::ONE)),
            b"Td" => self.next_line(self.number(0), self.number(1)),
            b"TD" => {
                self.state.leading = -self.number(1);
                self.next_line(self.number(0), self.number(1));
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            _ => self.show(operator, lines),
        }
    }

    fn show(&mut self, operator: &[u8], lines: &mut Lines) {
        match operator {
            b"Tj" => self.text(0, lines),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.text(0, lines);
            }
            b"\"" => {
                self.state.word_space = self.number(0);
                self.state.letter_space = self.number(1);
                self.next_line(0.0, -self.state.leading);
                self.text(2, lines);
            }
            b"TJ" => self.array(lines),
            _ => {}
        }
    }

    fn begin(&mut self, place: Matrix) {
        self.place = place;
        self.line = place;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.begin(Matrix::moved(x, y).then(self.line));
    }

    fn text(&mut self, place: usize, lines: &mut Lines) {
        if let Some(Object::Text(text)) = self.operands.get(place) {
            let bytes = text.bytes.clone();
            self.letters(&bytes, lines);
        }
    }

    fn array(&mut self, lines: &mut Lines) {
        let Some(Object::Array(items)) = self.operands.first() else { return };
        for item in items.clone() {
            match item {
                Object::Text(text) => self.letters(&text.bytes, lines),
                number => {
                    let back = number.as_number().unwrap_or(0.0) / 1000.0;
                    let ahead = -back * self.state.size * self.state.stretch;
                    self.place = Matrix::moved(ahead, 0.0).then(self.place);
                }
            }
        }
    }

    fn letters(&mut self, bytes: &[u8], lines: &mut Lines) {
        let Some(font) = self.state.font.clone() else { return };
        let mut letters = String::new();
        for glyph in font.glyphs(bytes) {
            let state = &self.state;
            let space = if glyph.is_blank { state.word_space } else { 0.0 };
            let width = glyph.width / 1000.0 * state.size + state.letter_space + space;
            letters.clear();
            font.push_letters(&glyph, &mut letters);
            let next = Matrix::moved(width * state.stretch, 0.0).then(self.place);
            let base = state.base;
            lines.put(&letters, (self.place.then(base), next.then(base)), state.size);
            self.place = next;
        }
    }
}
