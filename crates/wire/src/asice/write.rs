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

/// Writes a container with the signature files `META-INF/signatures0.xml` and so on, each with
/// external references to the files it signs.
///
/// # Errors
/// [`AsiceFault`] for names that could not be read again, and for no file at all.
pub fn write(files: &[NewFile<'_>], signatures: &[Vec<u8>]) -> Result<Vec<u8>, AsiceFault> {
    if files.is_empty() {
        return Err(AsiceFault::Empty);
    }
    let mut seen = std::collections::HashSet::new();
    for file in files {
        check_name(file.name)?;
        let lower = file.name.to_lowercase();
        let reserved = lower == "mimetype" || lower.starts_with("meta-inf/");
        if reserved || !seen.insert(lower) {
            return Err(AsiceFault::Twice { name: file.name.to_owned() });
        }
    }
    let manifest = manifest(files);
    let names: Vec<String> =
        (0..signatures.len()).map(|index| format!("META-INF/signatures{index}.xml")).collect();
    let stored = |name, data| NewMember { name, data, packed: None };
    let mut members = vec![stored("mimetype", MEDIA_TYPE.as_bytes())];
    members.extend(files.iter().map(|file| member(file.name, file.bytes)));
    members.push(member("META-INF/manifest.xml", manifest.as_bytes()));
    members.extend(names.iter().zip(signatures).map(|(name, bytes)| member(name, bytes)));
    Ok(zip::write(&members, &format!("mimetype={MEDIA_TYPE}"))?)
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
fn manifest(files: &[NewFile<'_>]) -> String {
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
    files.iter().for_each(|file| line(file.name, file.media_type));
    manifest.push_str("</manifest:manifest>\n");
    manifest
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
