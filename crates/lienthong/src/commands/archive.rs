//! The file of a backup: a tar of the database's copy, the attachments under their hashes, the key
//! of the sealed log with a head that the copy begins with, and the master key where it lies in the
//! data folder; one that the operator keeps elsewhere stays there. It holds secrets: only its owner
//! may read it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use aws_lc_rs::digest::{self, SHA256};
use platform::hex::to_hex;

use crate::settings::MASTER_KEY;

pub const DATABASE: &str = "database.sqlite";
pub const HEAD: &str = "audit.head";
const KEYS: [&str; 3] = ["audit.key", "audit.vkey", MASTER_KEY];
const BESIDE: [&str; 4] = [KEYS[0], KEYS[1], KEYS[2], HEAD];

/// What goes into a backup.
pub struct Contents {
    /// The copy of the database.
    pub database: PathBuf,
    /// A signed head, sealed before the copy was begun. The one in the data folder is newer by
    /// now: beside the copy it would say that entries were cut off.
    pub head: Option<PathBuf>,
    /// The data folder, for attachments and keys.
    pub data: PathBuf,
}

pub fn must_be_new(file: &Path) -> Result<()> {
    ensure!(
        !file.exists(),
        "{0} is there already and is never overwritten: name another file \
         / {0} đã có, không ghi đè: chọn tên khác",
        file.display()
    );
    Ok(())
}

pub fn must_be_empty(data: &Path, with_database: bool) -> Result<()> {
    let database = with_database && data.join("lienthong.sqlite").exists();
    let files = data.join("files");
    let used = database || fs::read_dir(&files).is_ok_and(|mut entries| entries.next().is_some());
    ensure!(
        !used,
        "{0} holds data already: restore into an empty folder \
         / {0} đang có dữ liệu: hãy khôi phục vào thư mục trống",
        data.display()
    );
    Ok(())
}

/// Writes `to` whole or not at all; says how many attachments it holds.
pub fn write(contents: &Contents, to: &Path) -> Result<usize> {
    let draft = to.with_extension("being-written");
    let written = write_draft(contents, &draft).and_then(|count| {
        // A link fails where the name was taken meanwhile: nothing is overwritten.
        fs::hard_link(&draft, to).with_context(|| format!("{}", to.display()))?;
        Ok(count)
    });
    fs::remove_file(&draft).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    written
}

fn write_draft(contents: &Contents, draft: &Path) -> Result<usize> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(draft)?;
    let mut archive = tar::Builder::new(BufWriter::new(file));
    archive.append_path_with_name(&contents.database, DATABASE)?;
    if let Some(head) = &contents.head {
        archive.append_path_with_name(head, HEAD)?;
    }
    for name in KEYS {
        let path = contents.data.join(name);
        if path.exists() {
            archive.append_path_with_name(path, name)?;
        }
    }
    let mut count = 0;
    for (path, name) in attachments(&contents.data.join("files"))? {
        archive.append_path_with_name(path, name)?;
        count += 1;
    }
    let mut file = archive.into_inner()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(count)
}

fn attachments(folder: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    for shelf in fs::read_dir(folder)? {
        let shelf = shelf?;
        for content in fs::read_dir(shelf.path())? {
            let content = content?;
            let (shelf, rest) = (shelf.file_name(), content.file_name());
            let name = format!("files/{}/{}", shelf.to_string_lossy(), rest.to_string_lossy());
            found.push((content.path(), name));
        }
    }
    Ok(found)
}

/// Unpacks a backup into an empty folder and checks each attachment against its name.
pub fn read(from: &Path, into: &Path) -> Result<usize> {
    let mut archive = tar::Archive::new(BufReader::new(File::open(from)?));
    let (mut count, mut has_database) = (0, false);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = known_name(&entry.path()?)?;
        let place = into.join(&name);
        fs::create_dir_all(place.parent().unwrap_or(into))?;
        ensure!(entry.header().entry_type().is_file(), "{name} is not a plain file");
        let hash = unpack(&mut entry, &place)?;
        if let Some(content) = name.strip_prefix("files/") {
            ensure!(content.replace('/', "") == hash, "{name} is not what its name says");
            count += 1;
        }
        has_database |= name == DATABASE;
    }
    ensure!(has_database, "it holds no database");
    Ok(count)
}

/// Only what [`write`] puts in: nothing of a stranger's archive lands elsewhere.
fn known_name(path: &Path) -> Result<String> {
    let plain = path.components().all(|piece| matches!(piece, Component::Normal(_)));
    let name = path.to_str().filter(|_| plain).context("an entry with a strange name")?;
    let pieces: Vec<&str> = name.split('/').collect();
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let known = match pieces.as_slice() {
        ["files", shelf, rest] => {
            shelf.len() == 2 && rest.len() == 62 && is_hex(shelf) && is_hex(rest)
        }
        [single] => *single == DATABASE || BESIDE.contains(single),
        _ => false,
    };
    if !known {
        bail!("{name} does not belong into a backup");
    }
    Ok(name.to_owned())
}

fn unpack(entry: &mut impl Read, place: &Path) -> Result<String> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(place)?;
    let mut hash = digest::Context::new(&SHA256);
    let mut piece = vec![0; 64 * 1024];
    loop {
        let length = entry.read(&mut piece)?;
        if length == 0 {
            break;
        }
        hash.update(&piece[..length]);
        file.write_all(&piece[..length])?;
    }
    file.sync_all()?;
    Ok(to_hex(hash.finish().as_ref()))
}

/// Moves what was unpacked into the data folder; the database has its own way in.
pub fn move_in(from: &Path, data: &Path) -> Result<()> {
    let files = data.join("files");
    if from.join("files").exists() {
        if files.exists() {
            fs::remove_dir(&files).context("the folder of attachments is not empty")?;
        }
        fs::rename(from.join("files"), &files)?;
    }
    for name in BESIDE {
        if from.join(name).exists() {
            fs::rename(from.join(name), data.join(name))?;
        }
    }
    Ok(File::open(data)?.sync_all()?)
}
