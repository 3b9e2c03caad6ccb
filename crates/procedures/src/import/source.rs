//! Where records come from: one JSON file, a folder of them, or a .tar.gz. They are read one at a
//! time, and an archive is not trusted: its names, its number of files and how far it unpacks are
//! bounded.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Component, Path, PathBuf};

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};

/// How much is read before it is called wrong.
#[derive(Debug, Clone)]
pub struct Limits {
    pub record_bytes: u64,
    /// What an archive may unpack to.
    pub archive_bytes: u64,
    pub files: usize,
    pub folder_depth: usize,
}

impl Default for Limits {
    /// The longest record known is 0.3 MB, the whole catalogue of the country some 0.3 GB.
    fn default() -> Limits {
        Limits {
            record_bytes: 8 * 1024 * 1024,
            archive_bytes: 2 * 1024 * 1024 * 1024,
            files: 100_000,
            folder_depth: 16,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("{path}: {error}")]
    Unreadable { path: String, error: io::Error },
    #[error("{0}: neither a .json file, a folder, nor a .tar.gz or .tgz archive")]
    UnknownKind(String),
    #[error("{0}: no JSON file in it")]
    Nothing(String),
    #[error("{archive}: the archive is damaged or cut off: {error}")]
    Damaged { archive: String, error: io::Error },
    #[error("{archive}: an entry is named {name:?}, which leads out of the archive")]
    LeadsOut { archive: String, name: String },
    #[error("{archive}: the entry {name:?} is neither a file nor a folder")]
    NoFile { archive: String, name: String },
    #[error("{name}: longer than {limit} bytes")]
    TooLong { name: String, limit: u64 },
    #[error("{path}: more than {limit} files")]
    TooMany { path: String, limit: usize },
    #[error("{path}: folders lie more than {limit} deep")]
    TooDeep { path: String, limit: usize },
    #[error("{archive}: unpacks to more than {limit} bytes")]
    Bomb { archive: String, limit: u64 },
}

/// One record as it lies there.
#[derive(Debug)]
pub struct Piece {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Gives each record in turn to `take`, which may stop the walk with its own error.
pub fn walk<E: From<SourceError>>(
    path: &Path,
    limits: &Limits,
    take: &mut dyn FnMut(Piece) -> Result<(), E>,
) -> Result<(), E> {
    let shown = path.display().to_string();
    let meta = fs::metadata(path)
        .map_err(|error| SourceError::Unreadable { path: shown.clone(), error })?;
    let name = shown.to_lowercase();
    if meta.is_dir() {
        folder(path, limits, take)
    } else if name.ends_with(".tar.gz") || name.ends_with(".tgz") {
        archive(path, limits, take)
    } else if name.ends_with(".json") {
        take(file(path, limits)?)
    } else {
        Err(SourceError::UnknownKind(shown).into())
    }
}

fn folder<E: From<SourceError>>(
    path: &Path,
    limits: &Limits,
    take: &mut dyn FnMut(Piece) -> Result<(), E>,
) -> Result<(), E> {
    let mut files = Vec::new();
    gather(path, (limits, 0), &mut files)?;
    if files.is_empty() {
        return Err(SourceError::Nothing(path.display().to_string()).into());
    }
    files.sort();
    files.iter().try_for_each(|path| take(file(path, limits)?))
}

fn gather(
    path: &Path,
    (limits, depth): (&Limits, usize),
    files: &mut Vec<PathBuf>,
) -> Result<(), SourceError> {
    let shown = path.display().to_string();
    if depth > limits.folder_depth {
        return Err(SourceError::TooDeep { path: shown, limit: limits.folder_depth });
    }
    let unreadable = |error| SourceError::Unreadable { path: shown.clone(), error };
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
        if kind.is_dir() {
            gather(&path, (limits, depth + 1), files)?;
        } else if is_json(&path) && files.len() >= limits.files {
            return Err(SourceError::TooMany { path: shown, limit: limits.files });
        } else if is_json(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn file(path: &Path, limits: &Limits) -> Result<Piece, SourceError> {
    let name = path.display().to_string();
    let unreadable = |error| SourceError::Unreadable { path: name.clone(), error };
    let file = File::open(path).map_err(unreadable)?;
    let bytes = bounded(file, &name, limits, unreadable)?;
    Ok(Piece { name, bytes })
}

fn bounded(
    source: impl Read,
    name: &str,
    limits: &Limits,
    failed: impl Fn(io::Error) -> SourceError,
) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let limit = limits.record_bytes;
    source.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(SourceError::TooLong { name: name.to_owned(), limit });
    }
    Ok(bytes)
}

fn archive<E: From<SourceError>>(
    path: &Path,
    limits: &Limits,
    take: &mut dyn FnMut(Piece) -> Result<(), E>,
) -> Result<(), E> {
    let shown = path.display().to_string();
    let damaged = |error: io::Error| match error.kind() {
        io::ErrorKind::FileTooLarge => {
            SourceError::Bomb { archive: shown.clone(), limit: limits.archive_bytes }
        }
        _ => SourceError::Damaged { archive: shown.clone(), error },
    };
    let file =
        File::open(path).map_err(|error| SourceError::Unreadable { path: shown.clone(), error })?;
    let inner = MultiGzDecoder::new(BufReader::new(file));
    let mut archive = Archive::new(Fuse { inner, left: limits.archive_bytes });
    let mut count = 0;
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        let name = safe_name(&shown, &entry)?;
        if entry.header().entry_type() != EntryType::Regular || !is_json(Path::new(&name)) {
            continue;
        }
        count += 1;
        if count > limits.files {
            return Err(SourceError::TooMany { path: shown, limit: limits.files }.into());
        }
        take(Piece { bytes: bounded(entry, &name, limits, damaged)?, name })?;
    }
    // The tar may end before the gzip does: what follows must still be whole.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(damaged)?;
    if count == 0 {
        return Err(SourceError::Nothing(shown).into());
    }
    Ok(())
}

/// Fails when more comes out than may.
struct Fuse<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Fuse<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok(count)
    }
}

/// The entry's name, if it stays inside. Nothing is ever written under it; but an archive that
/// tries to lead out was not made by anybody who should be believed about the rest.
fn safe_name<R: Read>(archive: &str, entry: &tar::Entry<'_, R>) -> Result<String, SourceError> {
    let bytes = entry.path_bytes();
    let name = String::from_utf8_lossy(&bytes).into_owned();
    let path = Path::new(&name);
    let stays =
        path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
            && !name.contains('\\');
    if !stays {
        return Err(SourceError::LeadsOut { archive: archive.to_owned(), name });
    }
    let known = [EntryType::Regular, EntryType::Directory, EntryType::XGlobalHeader];
    if !known.contains(&entry.header().entry_type()) {
        return Err(SourceError::NoFile { archive: archive.to_owned(), name });
    }
    Ok(name)
}
