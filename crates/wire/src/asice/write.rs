//! A container written: the media type first and stored, the files, the manifest, the signatures.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::read::check_name;
use super::zip::{self, NewMember};
use super::{AsiceFault, MEDIA_TYPE};

/// A file to be put into a container.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    pub name: &'a str,
    pub media_type: &'a str,
    pub bytes: &'a [u8],
}

/// A file that is too large to be held: whoever writes the container out puts its bytes in.
#[derive(Debug, Clone, Copy)]
pub struct LargeFile<'a> {
    pub name: &'a str,
    pub media_type: &'a str,
    pub size_bytes: u64,
    /// See [`super::Checksum`].
    pub checksum: u32,
}

/// What stands around the bytes of a large file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    pub before: Vec<u8>,
    pub behind: Vec<u8>,
}

/// Writes a container with the signature files `META-INF/signatures0.xml` and so on, each with
/// external references to the files it signs.
///
/// # Errors
/// [`AsiceFault`] for names that could not be read again, and for no file at all.
pub fn write(files: &[NewFile<'_>], signatures: &[Vec<u8>]) -> Result<Vec<u8>, AsiceFault> {
    if files.is_empty() {
        return Err(AsiceFault::Empty);
    }
    let all: Vec<Named<'_>> = files.iter().map(|file| (file.name, file.media_type)).collect();
    let laid = Laid::out(&all, signatures)?;
    Ok(zip::write(&laid.members(files, signatures), &laid.comment)?)
}

/// The same with a large file as its last entry.
///
/// # Errors
/// As for [`write`]; [`super::ZipFault::TooLarge`] for a container of 4 GiB or more.
pub fn write_around(
    files: &[NewFile<'_>],
    large: &LargeFile<'_>,
    signatures: &[Vec<u8>],
) -> Result<Around, AsiceFault> {
    let mut all: Vec<Named<'_>> = files.iter().map(|file| (file.name, file.media_type)).collect();
    all.push((large.name, large.media_type));
    let laid = Laid::out(&all, signatures)?;
    let LargeFile { name, size_bytes, checksum, .. } = *large;
    let last = zip::LastMember { name, checksum, size_bytes };
    let (before, behind) =
        zip::write_around(&laid.members(files, signatures), &last, &laid.comment)?;
    Ok(Around { before, behind })
}

/// Name and media type.
type Named<'a> = (&'a str, &'a str);

/// What stands in a container beside its files.
struct Laid {
    manifest: String,
    signatures: Vec<String>,
    comment: String,
}

impl Laid {
    fn out(files: &[Named<'_>], signatures: &[Vec<u8>]) -> Result<Laid, AsiceFault> {
        let mut seen = std::collections::HashSet::new();
        for (name, _) in files {
            check_name(name)?;
            let lower = name.to_lowercase();
            let reserved = lower == "mimetype" || lower.starts_with("meta-inf/");
            if reserved || !seen.insert(lower) {
                return Err(AsiceFault::Twice { name: (*name).to_owned() });
            }
        }
        let named = |index| format!("META-INF/signatures{index}.xml");
        Ok(Laid {
            manifest: manifest(files),
            signatures: (0..signatures.len()).map(named).collect(),
            comment: format!("mimetype={MEDIA_TYPE}"),
        })
    }

    fn members<'a>(
        &'a self,
        files: &'a [NewFile<'a>],
        signatures: &'a [Vec<u8>],
    ) -> Vec<NewMember<'a>> {
        let media_type = NewMember { name: "mimetype", data: MEDIA_TYPE.as_bytes(), packed: None };
        let mut members = vec![media_type];
        members.extend(files.iter().map(|file| member(file.name, file.bytes)));
        members.push(member("META-INF/manifest.xml", self.manifest.as_bytes()));
        let signatures = self.signatures.iter().zip(signatures);
        members.extend(signatures.map(|(name, bytes)| member(name, bytes)));
        members
    }
}

/// Compressed when that makes it smaller.
fn member<'a>(name: &'a str, data: &'a [u8]) -> NewMember<'a> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to a vector does not fail.
    let _ = encoder.write_all(data);
    let packed = encoder.finish().ok().filter(|packed| packed.len() < data.len());
    // What would look like a bomb to our own reader is stored.
    let packed = packed.filter(|packed| data.len() <= packed.len().saturating_mul(100));
    NewMember { name, data, packed }
}

/// OpenDocument 1.2 part 3 §3: the media types of the files.
fn manifest(files: &[Named<'_>]) -> String {
    let mut manifest = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.2\">\n",
    );
    let mut line = |path: &str, media_type: &str| {
        manifest.push_str(&format!(
            "  <manifest:file-entry manifest:full-path=\"{}\" manifest:media-type=\"{}\"/>\n",
            escaped(path),
            escaped(media_type)
        ));
    };
    line("/", MEDIA_TYPE);
    files.iter().for_each(|(name, media_type)| line(name, media_type));
    manifest.push_str("</manifest:manifest>\n");
    manifest
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
