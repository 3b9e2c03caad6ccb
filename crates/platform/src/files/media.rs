//! The kinds of content that may come in, known by what is inside and not by what is said.

use std::io::{self, Read, Seek, SeekFrom};

use super::{FileRefusal, name, whole, zip};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    Pdf,
    Png,
    Jpeg,
    Webp,
    Docx,
    Xlsx,
    Odt,
    Text,
    Zip,
    /// Whatever it is, known or not, kept as it came: where others decide what they send. Allowed
    /// last in a list, it lets everything in, and names say what they like.
    Other,
}

impl Media {
    /// Those that are known by what is inside.
    pub const ALL: [Media; 9] = [
        Media::Pdf,
        Media::Png,
        Media::Jpeg,
        Media::Webp,
        Media::Docx,
        Media::Xlsx,
        Media::Odt,
        Media::Text,
        Media::Zip,
    ];

    /// What people photograph, scan and write.
    pub const PAPERS: &'static [Media] =
        &[Media::Pdf, Media::Jpeg, Media::Png, Media::Webp, Media::Docx, Media::Xlsx, Media::Odt];

    /// As they come from another office: nothing is refused for its kind.
    pub const WHATEVER: &'static [Media] = &[Media::Other];

    /// As in Content-Type.
    pub fn content_type(self) -> &'static str {
        match self {
            Media::Pdf => "application/pdf",
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
            Media::Webp => "image/webp",
            Media::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            Media::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Media::Odt => "application/vnd.oasis.opendocument.text",
            Media::Text => "text/plain; charset=utf-8",
            Media::Zip => "application/zip",
            Media::Other => "application/octet-stream",
        }
    }

    /// Its name in both languages.
    pub fn label(self) -> &'static str {
        match self {
            Media::Pdf => "PDF",
            Media::Png => "PNG",
            Media::Jpeg => "JPEG",
            Media::Webp => "WebP",
            Media::Docx => "DOCX",
            Media::Xlsx => "XLSX",
            Media::Odt => "ODT",
            Media::Text => "TXT",
            Media::Zip => "ZIP",
            Media::Other => "…",
        }
    }

    /// The endings of its names; the first is the usual one.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Media::Pdf => &["pdf"],
            Media::Png => &["png"],
            Media::Jpeg => &["jpg", "jpeg", "jfif"],
            Media::Webp => &["webp"],
            Media::Docx => &["docx"],
            Media::Xlsx => &["xlsx"],
            Media::Odt => &["odt"],
            Media::Text => &["txt"],
            Media::Zip => &["zip"],
            Media::Other => &[],
        }
    }

    /// Shown by the browser itself, without a program of its own.
    pub fn shows_in_browser(self) -> bool {
        matches!(self, Media::Pdf | Media::Png | Media::Jpeg | Media::Webp)
    }

    pub fn parse(content_type: &str) -> Option<Media> {
        Media::ALL.into_iter().find(|media| media.content_type() == content_type)
    }

    /// "PDF, JPEG, PNG", for people.
    pub fn list(media: &[Media]) -> String {
        media.iter().map(|media| media.label()).collect::<Vec<_>>().join(", ")
    }

    /// ".pdf,.jpg,.jpeg", for `<input type="file" accept="…">`.
    pub fn accept(media: &[Media]) -> String {
        let endings = media.iter().flat_map(|media| media.extensions());
        endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
    }
}

/// The name with the ending its content has; refused when it has the ending of something else.
fn agreed_name(name: &str, found: Media) -> Result<String, FileRefusal> {
    match name::extension(name) {
        Some(ending) if found.extensions().contains(&ending.as_str()) => Ok(name.to_owned()),
        Some(named) => Err(FileRefusal::Disguised { named, found }),
        None => Ok(format!("{name}.{}", found.extensions()[0])),
    }
}

/// Of an archive without its end nobody knows what it holds: people are told of the document that
/// its name promises.
fn as_named(refusal: FileRefusal, name: &str) -> FileRefusal {
    let (FileRefusal::Damaged { found: Media::Zip }, Some(ending)) =
        (&refusal, name::extension(name))
    else {
        return refusal;
    };
    let documents = [Media::Docx, Media::Xlsx, Media::Odt];
    let promised = documents.into_iter().find(|it| it.extensions().contains(&ending.as_str()));
    promised.map_or(refusal, |found| FileRefusal::Damaged { found })
}

/// Whether a body that begins like this can still become one of the allowed kinds; tells early
/// that a long upload is in vain. At least [`MAGIC_BYTES`], or all there is.
pub(super) fn may_become(beginning: &[u8], allowed: &[Media]) -> bool {
    allowed.iter().any(|media| match media {
        Media::Pdf => beginning.starts_with(b"%PDF-"),
        Media::Png => beginning.starts_with(PNG),
        Media::Jpeg => beginning.starts_with(JPEG),
        Media::Webp => is_webp(beginning),
        Media::Docx | Media::Xlsx | Media::Odt | Media::Zip => beginning.starts_with(ZIP),
        Media::Text => !beginning.contains(&0),
        Media::Other => true,
    })
}

pub(super) const MAGIC_BYTES: usize = 16;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";
const ZIP: &[u8] = b"PK\x03\x04";

fn is_webp(beginning: &[u8]) -> bool {
    beginning.len() >= 12 && beginning.starts_with(b"RIFF") && &beginning[8..12] == b"WEBP"
}

/// The kind of the content and the name it gets.
pub(super) fn settled(
    content: &mut (impl Read + Seek),
    size_bytes: u64,
    (name, allowed): (&str, &'static [Media]),
) -> Result<(Media, String), FileRefusal> {
    if allowed.contains(&Media::Other) {
        let found = match identify(content, size_bytes, &Media::ALL) {
            Ok(found) => found,
            Err(unread @ (FileRefusal::Full | FileRefusal::Disk(_) | FileRefusal::Missing)) => {
                return Err(unread);
            }
            Err(_) => Media::Other,
        };
        return Ok((found, name.to_owned()));
    }
    let found =
        identify(content, size_bytes, allowed).map_err(|refusal| as_named(refusal, name))?;
    Ok((found, agreed_name(name, found)?))
}

/// What the content is, and that it is whole as far as its format tells.
pub(super) fn identify(
    content: &mut (impl Read + Seek),
    size_bytes: u64,
    allowed: &'static [Media],
) -> Result<Media, FileRefusal> {
    let mut beginning = Vec::with_capacity(MAGIC_BYTES);
    content.by_ref().take(MAGIC_BYTES as u64).read_to_end(&mut beginning)?;
    let (found, whole) = match beginning.as_slice() {
        [b'%', b'P', b'D', b'F', b'-', ..] => (Media::Pdf, whole::pdf(content, size_bytes)?),
        png if png.starts_with(PNG) => (Media::Png, whole::png(content, size_bytes)?),
        jpeg if jpeg.starts_with(JPEG) => (Media::Jpeg, whole::jpeg(content)?),
        webp if is_webp(webp) => {
            let length = u32::from_le_bytes([webp[4], webp[5], webp[6], webp[7]]);
            (Media::Webp, u64::from(length) + 8 <= size_bytes)
        }
        zip if zip.starts_with(ZIP) => (in_zip(content, size_bytes)?, true),
        _ if allowed.contains(&Media::Text) && is_text(content)? => (Media::Text, true),
        _ => return Err(FileRefusal::Kind { allowed }),
    };
    if !allowed.contains(&found) {
        return Err(FileRefusal::Kind { allowed });
    }
    if whole { Ok(found) } else { Err(FileRefusal::Damaged { found }) }
}

pub(super) fn tail(
    content: &mut (impl Read + Seek),
    size_bytes: u64,
    length: u64,
) -> io::Result<Vec<u8>> {
    content.seek(SeekFrom::Start(size_bytes.saturating_sub(length)))?;
    let mut tail = Vec::new();
    content.take(length).read_to_end(&mut tail)?;
    Ok(tail)
}

/// Office documents are zip archives; what lies in them says which.
fn in_zip(content: &mut (impl Read + Seek), size_bytes: u64) -> Result<Media, FileRefusal> {
    let Some(names) = zip::names(content, size_bytes)? else {
        return Err(FileRefusal::Damaged { found: Media::Zip });
    };
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let program = |name: &String| {
        let name = name.to_ascii_lowercase();
        name.ends_with("vbaproject.bin")
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
    };
    let found = if has("[Content_Types].xml") && has("word/document.xml") {
        Media::Docx
    } else if has("[Content_Types].xml") && has("xl/workbook.xml") {
        Media::Xlsx
    } else if zip::says(content, "application/vnd.oasis.opendocument.text")? {
        Media::Odt
    } else {
        return Ok(Media::Zip);
    };
    if names.iter().any(program) { Err(FileRefusal::Macros) } else { Ok(found) }
}

/// UTF-8 without control characters, read piece by piece.
fn is_text(content: &mut (impl Read + Seek)) -> io::Result<bool> {
    content.seek(SeekFrom::Start(0))?;
    let mut piece = vec![0; 64 * 1024];
    let mut rest = 0;
    loop {
        let read = content.read(&mut piece[rest..])?;
        if read == 0 {
            return Ok(rest == 0);
        }
        let filled = rest + read;
        let valid = match std::str::from_utf8(&piece[..filled]) {
            Ok(_) => filled,
            // A letter cut in two by the end of the piece is whole in the next one.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        if piece[..valid].iter().any(|byte| *byte < 0x20 && !b"\t\n\r\x0c".contains(byte)) {
            return Ok(false);
        }
        piece.copy_within(valid..filled, 0);
        rest = filled - valid;
    }
}
