//! What bytes really are, by the bytes: the type that a packet declares is often another.

/// So much of the front and of the end is looked at.
const WINDOW_BYTES: usize = 8 << 10;

/// Looks at bytes as they go by.
#[derive(Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Sniffer {
    pub fn push(&mut self, bytes: &[u8]) {
        let room = WINDOW_BYTES.saturating_sub(self.head.len()).min(bytes.len());
        let (first, rest) = bytes.split_at(room);
        self.head.extend_from_slice(first);
        let last = rest.get(rest.len().saturating_sub(WINDOW_BYTES)..).unwrap_or_default();
        let keep = WINDOW_BYTES - last.len();
        let drop = self.tail.len().saturating_sub(keep);
        self.tail.drain(..drop);
        self.tail.extend_from_slice(last);
    }

    /// A media type; `application/octet-stream` when nothing is recognised.
    pub fn media_type(&self) -> &'static str {
        const MARKS: [(&[u8], &str); 12] = [
            (b"%PDF-", "application/pdf"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
            (b"\x89PNG\r\n\x1a\n", "image/png"),
            (b"\xff\xd8\xff", "image/jpeg"),
            (b"GIF87a", "image/gif"),
            (b"GIF89a", "image/gif"),
            (b"II*\0", "image/tiff"),
            (b"MM\0*", "image/tiff"),
            (b"{\\rtf", "application/rtf"),
            (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
            (b"Rar!\x1a\x07", "application/vnd.rar"),
            (b"\x1f\x8b", "application/gzip"),
        ];
        if self.head.is_empty() {
            return "application/x-empty";
        }
        if self.head.starts_with(b"PK\x03\x04") {
            return self.archive();
        }
        let known = MARKS.iter().find(|(mark, _)| self.head.starts_with(mark));
        known.map_or_else(|| self.text(), |(_, name)| name)
    }

    /// By the names in the heads of the entries and in the directory at the end.
    fn archive(&self) -> &'static str {
        const DOCUMENTS: [(&[u8], &str); 9] = [
            (
                b"word/document.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            (
                b"xl/workbook.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            (
                b"ppt/presentation.xml",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ),
            (
                b"mimetypeapplication/vnd.oasis.opendocument.text",
                "application/vnd.oasis.opendocument.text",
            ),
            (
                b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                "application/vnd.oasis.opendocument.spreadsheet",
            ),
            (
                b"mimetypeapplication/vnd.oasis.opendocument.presentation",
                "application/vnd.oasis.opendocument.presentation",
            ),
            (b"mimetypeapplication/vnd.etsi.asic-e+zip", "application/vnd.etsi.asic-e+zip"),
            (b"mimetypeapplication/epub+zip", "application/epub+zip"),
            (b"META-INF/MANIFEST.MF", "application/java-archive"),
        ];
        let is_there = |name: &[u8]| {
            [&self.head, &self.tail].iter().any(|part| memchr::memmem::find(part, name).is_some())
        };
        let known = DOCUMENTS.iter().find(|(name, _)| is_there(name));
        known.map_or("application/zip", |(_, name)| name)
    }

    fn text(&self) -> &'static str {
        let head = self.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.head);
        let text = match std::str::from_utf8(head) {
            Ok(text) => text,
            // The window may cut the last character.
            Err(bad) if bad.error_len().is_none() && head.len() - bad.valid_up_to() < 4 => {
                std::str::from_utf8(head.get(..bad.valid_up_to()).unwrap_or_default())
                    .unwrap_or_default()
            }
            Err(_) => return "application/octet-stream",
        };
        if text.chars().any(|it| it.is_control() && !matches!(it, '\t' | '\n' | '\r' | '\u{c}')) {
            return "application/octet-stream";
        }
        let start: String = text.trim_start().chars().take(16).collect();
        let start = start.to_ascii_lowercase();
        if start.starts_with("<!doctype html") || start.starts_with("<html") {
            "text/html"
        } else if start.starts_with("<?xml") || start.starts_with("<edxml") {
            "application/xml"
        } else {
            "text/plain"
        }
    }
}

/// Names of files that are archives by themselves: what is in them belongs together.
pub fn is_archive_name(name: &str) -> bool {
    const ENDINGS: [&str; 27] = [
        "zip", "docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "ppsx", "potx",
        "odt", "ods", "odp", "odg", "ott", "epub", "jar", "apk", "kmz", "asice", "asics", "sce",
        "scs", "vsdx", "xps", "oxps",
    ];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}
