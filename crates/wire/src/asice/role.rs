//! What an entry is in its container, by its name alone (EN 319 162-1 §4.3.3, §4.4.3).

/// What an entry is for. Whatever lies in the container's own folder and is none of its own files
/// is a file like any other, and has to be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// There to be signed.
    File,
    /// Lists of other formats that containers may carry along; nothing is read in them.
    Listing,
    /// Signatures in XML.
    Signatures,
    /// Names files for a signature or a time stamp.
    Manifest,
    /// A signature by CMS.
    Message,
    /// A time stamp.
    Stamp,
    /// An evidence record (RFC 4998, RFC 6283), or the manifest of one.
    Record,
}

const FOLDER: &str = "META-INF/";

impl Role {
    pub(super) fn of(name: &str) -> Role {
        // A signature in a folder that only some machines take for this one is not passed over.
        let lower = name.to_lowercase();
        if lower.starts_with("meta-inf/") {
            if lower.ends_with(".p7s") || lower.ends_with(".p7m") {
                return Role::Message;
            }
            if lower.ends_with(".tst") {
                return Role::Stamp;
            }
        }
        match name.strip_prefix(FOLDER).filter(|own| !own.contains('/')) {
            Some(own) => Role::in_folder(own),
            None => Role::File,
        }
    }

    fn in_folder(own: &str) -> Role {
        let is_record =
            own.contains("ASiCEvidenceRecordManifest") || own.contains("evidencerecord");
        match own.rsplit_once('.') {
            Some((_, "ers")) => Role::Record,
            Some((_, "xml")) if is_record => Role::Record,
            Some((start, "xml"))
                if start.contains("ASiCManifest") || start.contains("ASiCArchiveManifest") =>
            {
                Role::Manifest
            }
            Some((start, "xml")) if start.contains("signatures") => Role::Signatures,
            Some(("manifest" | "container" | "metadata", "xml")) => Role::Listing,
            _ => Role::File,
        }
    }

    /// The name of a file in the container's own folder with this role.
    pub(super) fn is_of(self, name: &str) -> bool {
        Role::of(name) == self && name.strip_prefix(FOLDER).is_some_and(|own| !own.contains('/'))
    }
}
