//! Files, folders and archives, also hostile ones.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use super::super::source::{Limits, SourceError, walk};

fn names(path: &Path, limits: &Limits) -> Result<Vec<String>, SourceError> {
    let mut names = Vec::new();
    walk(path, limits, &mut |piece| {
        names.push(piece.name);
        Ok::<(), SourceError>(())
    })?;
    Ok(names)
}

fn error(path: &Path) -> String {
    names(path, &Limits::default()).unwrap_err().to_string()
}

struct Bag {
    folder: TempDir,
    tar: tar::Builder<Vec<u8>>,
}

impl Bag {
    fn new() -> Bag {
        Bag { folder: TempDir::new().unwrap(), tar: tar::Builder::new(Vec::new()) }
    }

    fn put(mut self, name: &str, bytes: &[u8]) -> Bag {
        self.entry(name, bytes, tar::EntryType::Regular);
        self
    }

    fn entry(&mut self, name: &str, bytes: &[u8], kind: tar::EntryType) {
        let mut header = tar::Header::new_gnu();
        // Written past the checks of the builder, as an attacker would.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_entry_type(kind);
        header.set_cksum();
        self.tar.append(&header, bytes).unwrap();
    }

    fn pack(self) -> (TempDir, PathBuf) {
        let path = self.folder.path().join("a.tar.gz");
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&self.tar.into_inner().unwrap()).unwrap();
        fs::write(&path, packed.finish().unwrap()).unwrap();
        (self.folder, path)
    }
}

#[test]
fn files_folders_and_archives_give_their_records() {
    let (folder, archive) = Bag::new().put("a/1.json", b"{}").put("a/read.me", b"").pack();
    assert_eq!(names(&archive, &Limits::default()).unwrap(), ["a/1.json"]);
    let json = folder.path().join("deep/2.JSON");
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::write(&json, b"{}").unwrap();
    assert_eq!(names(&json, &Limits::default()).unwrap().len(), 1);
    assert_eq!(names(folder.path(), &Limits::default()).unwrap().len(), 1);
}

#[test]
fn what_cannot_be_a_source_is_refused_in_clear_words() {
    let folder = TempDir::new().unwrap();
    assert!(error(&folder.path().join("none.json")).contains("none.json"));
    assert!(error(folder.path()).contains("no JSON file"));
    let text = folder.path().join("x.txt");
    fs::write(&text, b"x").unwrap();
    assert!(error(&text).contains("neither a .json file"));
}

#[test]
fn an_archive_cut_off_anywhere_is_refused() {
    let (_folder, path) = Bag::new().put("1.json", &[b'x'; 4000]).put("2.json", b"{}").pack();
    let whole = fs::read(&path).unwrap();
    for length in [0, 5, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(names(&path, &Limits::default()).is_err(), "{length} of {}", whole.len());
    }
    fs::write(&path, b"this is no gzip").unwrap();
    assert!(error(&path).contains("damaged"));
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in ["../evil.json", "/etc/evil.json", "a/../../evil.json", "a\\..\\evil.json"] {
        let (_folder, path) = Bag::new().put("good.json", b"{}").put(name, b"{}").pack();
        assert!(error(&path).contains("leads out"), "{name}");
    }
    let mut bag = Bag::new();
    bag.entry("link.json", b"", tar::EntryType::Symlink);
    let (_folder, path) = bag.pack();
    assert!(error(&path).contains("neither a file nor a folder"));
}

#[test]
fn bombs_are_put_out() {
    let (_folder, path) = Bag::new().put("1.json", &[b' '; 100_000]).pack();
    let small = Limits { archive_bytes: 50_000, ..Limits::default() };
    assert!(names(&path, &small).unwrap_err().to_string().contains("unpacks to more than 50000"));
    let short = Limits { record_bytes: 10, ..Limits::default() };
    assert!(names(&path, &short).unwrap_err().to_string().contains("longer than 10 bytes"));
    let (_folder, path) = Bag::new().put("1.json", b"{}").put("2.json", b"{}").pack();
    let few = Limits { files: 1, ..Limits::default() };
    assert!(names(&path, &few).unwrap_err().to_string().contains("more than 1 files"));
}

#[test]
fn a_folder_that_leads_round_in_a_ring_ends() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("1.json"), b"{}").unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("ring")).unwrap();
    assert_eq!(names(folder.path(), &Limits::default()).unwrap().len(), 1);
}
