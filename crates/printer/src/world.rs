//! All a template can see: its own text, the shared frame, the data handed in, and the fonts.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Where Debian puts the fonts with the metrics of the Decree's typeface, Vietnamese included.
const FONT_FOLDERS: [&str; 3] = [
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/croscore",
];
pub const FAMILIES: [&str; 2] = ["Liberation Serif", "Tinos"];

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(Library::builder().build()));

pub struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// Loads the serif family from the first folder that has it. Without one every document would
    /// come out empty, so its absence is an error that says what to install.
    pub fn load(folders: &[PathBuf]) -> Result<Fonts, String> {
        let usual = FONT_FOLDERS.map(PathBuf::from);
        let folders = if folders.is_empty() { usual.as_slice() } else { folders };
        for folder in folders {
            let fonts = serif_fonts(folder);
            if fonts.len() >= 4 {
                return Ok(Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts });
            }
        }
        Err(format!(
            "no serif font with Vietnamese letters in {folders:?}; install fonts-liberation2"
        ))
    }

    /// The family found: templates are written for the first and hold for the second too.
    pub fn family(&self) -> &str {
        self.fonts.first().map_or(FAMILIES[0], |font| font.info().family.as_str())
    }

    /// Characters that no font can draw: PDF/A forbids them, and a citizen would see boxes.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let drawn = |letter: char| {
            letter.is_control() || self.fonts.iter().any(|font| has_glyph(font, letter))
        };
        text.chars().filter(|letter| !drawn(*letter)).collect()
    }
}

fn has_glyph(font: &Font, letter: char) -> bool {
    font.info().coverage.contains(letter as u32)
}

fn serif_fonts(folder: &Path) -> Vec<Font> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)).collect::<Vec<_>>())
        .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
        .collect()
}

/// The world of one document. Paths are few and fixed: typst never frees a path it has seen.
pub struct Paper<'a> {
    pub fonts: &'a Fonts,
    pub main: Source,
    pub frame: Source,
    pub data: Bytes,
    pub qr: Option<Bytes>,
}

pub fn file_id(path: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| format!("{path}: {error:?}"))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl Paper<'_> {
    fn named(&self, id: FileId) -> Option<&str> {
        let path = id.vpath().get_without_slash();
        ["data.json", "qr.svg"].into_iter().find(|name| *name == path)
    }
}

impl World for Paper<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.frame]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.named(id) {
            Some("data.json") => Ok(self.data.clone()),
            Some("qr.svg") => self.qr.clone().ok_or(FileError::AccessDenied),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    /// A document says only dates it was given.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
