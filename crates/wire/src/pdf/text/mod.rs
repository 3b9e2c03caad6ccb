//! The text that the pages of a file show, for finding it again.
//!
//! Whoever searches does not mind a missing word, so here, unlike everywhere else in this reader,
//! a part that cannot be read is passed over and [`Text::is_whole`] says so. The work is counted:
//! whatever the file says, reading it ends after about as many steps as [`Limits`] has bytes.
//!
//! Read are the fonts that say their letters (`ToUnicode`), those with a named encoding, and the
//! Vietnamese fonts from before Unicode, which wrote TCVN 5712 over Latin letters. Pictures of text
//! have none.
//!
//! Specification: ISO 32000-1 §8.4, §9.

mod cmap;
mod content;
mod encoding;
mod font;
mod line;

use std::collections::HashMap;
use std::rc::Rc;

use super::PdfFault;
use super::document::{Document, Held};
use super::filter;
use super::object::{Dictionary, Id, Object, Stream};
use content::Content;
use font::Font;
use line::{Lines, Matrix};

/// What reading may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub pages: usize,
    /// Inflated and looked at, in all.
    pub work_bytes: usize,
    /// Of the text.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { pages: 2_000, work_bytes: 64 << 20, text_bytes: 4 << 20 }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Line by line, pages one behind the other.
    pub text: String,
    /// Nothing was passed over.
    pub is_whole: bool,
}

/// # Errors
/// [`PdfFault`] when it is not a PDF that this reader opens at all; encrypted files are not.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Text, PdfFault> {
    let document = Document::open(bytes)?;
    let pages = document.pages()?;
    let mut reader = Reader {
        document: &document,
        fonts: HashMap::new(),
        left: limits.work_bytes,
        is_whole: pages.len() <= limits.pages,
        lines: Lines::new(limits.text_bytes),
    };
    for page in pages.iter().take(limits.pages) {
        reader.page(page.id);
        reader.lines.end();
        if reader.left == 0 || reader.lines.is_full() {
            reader.is_whole = false;
            break;
        }
    }
    Ok(Text { text: reader.lines.into_text(), is_whole: reader.is_whole })
}

struct Reader<'d, 'b> {
    document: &'d Document<'b>,
    fonts: HashMap<Id, Rc<Font>>,
    /// The work that may still be done, in bytes.
    left: usize,
    is_whole: bool,
    lines: Lines,
}

/// Forms in forms, and nodes above a page.
const DEPTH_MAX: usize = 24;

impl Reader<'_, '_> {
    fn page(&mut self, id: Id) {
        let Ok(page) = self.document.object(id) else { return self.pass_over() };
        let Some(page) = page.as_dictionary() else { return self.pass_over() };
        let resources = self.resources(page).unwrap_or_default();
        let content = self.page_content(page);
        self.show(&content, &resources, Matrix::ONE, 0);
    }

    /// Of a page: its own, or those of the nearest node above it that has some.
    fn resources(&self, page: &Dictionary) -> Option<Dictionary> {
        let mut node = page.clone();
        for _ in 0..DEPTH_MAX {
            if let Ok(Some(found)) = self.document.value(&node, "Resources") {
                return found.as_dictionary().cloned();
            }
            let above = self.document.value(&node, "Parent").ok()??;
            node = above.as_dictionary()?.clone();
        }
        None
    }

    /// One stream, or several that go on in the middle of each other's sentences.
    fn page_content(&mut self, page: &Dictionary) -> Vec<u8> {
        let Ok(Some(contents)) = self.document.value(page, "Contents") else { return Vec::new() };
        let parts = match &*contents {
            Object::Array(parts) => parts.clone(),
            one => vec![one.clone()],
        };
        let mut content = Vec::new();
        for part in &parts {
            match self.document.resolve(part) {
                Ok(held) => content.extend(self.data_of(&held)),
                Err(_) => self.pass_over(),
            }
            content.push(b'\n');
        }
        content
    }

    fn data_of(&mut self, object: &Object) -> Vec<u8> {
        object.as_stream().map(|stream| self.data(stream)).unwrap_or_default()
    }

    /// Inflated, as far as the work allows.
    fn data(&mut self, stream: &Stream) -> Vec<u8> {
        let raw = self.document.data(stream);
        if !self.spend(raw.len()) {
            return Vec::new();
        }
        let data = match filter::layers(&stream.dictionary, raw, self.left) {
            Ok(data) => data,
            Err(_) => {
                self.pass_over();
                return Vec::new();
            }
        };
        self.spend(data.len());
        data
    }

    /// Goes through the operators of a page or a form.
    fn show(&mut self, bytes: &[u8], resources: &Dictionary, base: Matrix, depth: usize) {
        let mut content = Content::new(bytes, base);
        while let Some(operator) = content.next_operator(&mut self.left) {
            match operator {
                b"Tf" => {
                    let font = content.name(0).map(|name| self.font(resources, name));
                    content.set_font(font);
                }
                b"Do" => {
                    let name = content.name(0).map(<[u8]>::to_vec);
                    let base = content.place();
                    match name {
                        Some(name) if depth < DEPTH_MAX => {
                            self.form(resources, (&name, base), depth);
                        }
                        _ => self.pass_over(),
                    }
                }
                _ => content.apply(operator, &mut self.lines),
            }
            if self.lines.is_full() {
                return;
            }
        }
        if content.is_broken() {
            self.pass_over();
        }
    }

    /// A form that is drawn on the page; a picture has no text.
    fn form(&mut self, resources: &Dictionary, (name, base): (&[u8], Matrix), depth: usize) {
        let Some(found) = self.resource(resources, "XObject", name) else { return };
        let Some(stream) = found.as_stream() else { return };
        if stream.dictionary.name("Subtype") != Some(b"Form") {
            return;
        }
        let own = self.document.value(&stream.dictionary, "Resources").ok().flatten();
        let own = own.and_then(|own| own.as_dictionary().cloned());
        let matrix = self.matrix(&stream.dictionary).unwrap_or(Matrix::ONE);
        let data = self.data(stream);
        self.show(&data, own.as_ref().unwrap_or(resources), matrix.then(base), depth + 1);
    }

    fn matrix(&self, dictionary: &Dictionary) -> Option<Matrix> {
        let value = self.document.value(dictionary, "Matrix").ok()??;
        Matrix::of(value.as_array()?)
    }

    fn font(&mut self, resources: &Dictionary, name: &[u8]) -> Rc<Font> {
        let id = self.resource_id(resources, "Font", name);
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Rc::clone(known);
        }
        let found = self.resource(resources, "Font", name);
        let font = found.as_ref().and_then(|font| Some(Font::read(self, font.as_dictionary()?)));
        let font = Rc::new(font.unwrap_or_default());
        if font.is_silent() {
            self.pass_over();
        }
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        font
    }

    fn resource_id(&self, resources: &Dictionary, kind: &str, name: &[u8]) -> Option<Id> {
        let all = self.document.value(resources, kind).ok()??;
        all.as_dictionary()?.0.get(name)?.as_reference()
    }

    fn resource(&self, resources: &Dictionary, kind: &str, name: &[u8]) -> Option<Object> {
        let all = self.document.value(resources, kind).ok()??;
        let found: Held<'_> = self.document.resolve(all.as_dictionary()?.0.get(name)?).ok()?;
        Some(found.clone())
    }

    /// False when there is nothing left to spend.
    fn spend(&mut self, bytes: usize) -> bool {
        self.left = self.left.saturating_sub(bytes);
        self.left > 0
    }

    fn pass_over(&mut self) {
        self.is_whole = false;
    }
}
