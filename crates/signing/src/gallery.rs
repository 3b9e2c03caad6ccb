//! Pictures and the font as they are drawn: read and checked once, then kept in memory.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use bytes::Bytes;
use platform::Ctx;
use wire::pdf::picture::{Ink, Picture as Drawn, PictureFault};

use crate::picture::{FILE_BYTES_MAX, Fault, Picture};
use crate::refusal::Refusal;

/// So many pictures are kept; with one more it begins anew.
const KEPT_MAX: usize = 64;

/// By content: bytes that pass as blue ink never pass as red, so one reading serves both kinds.
static KEPT: LazyLock<Mutex<HashMap<String, Arc<Drawn>>>> = LazyLock::new(Mutex::default);

/// Where Debian puts a face with the measures of Times New Roman, Vietnamese included.
const SERIF_FILES: [&str; 3] = [
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
];
/// The same face, slanted.
const ITALIC_FILES: [&str; 3] = [
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Italic.ttf",
    "/usr/share/fonts/truetype/croscore/Tinos-Italic.ttf",
];

static SERIF: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| first(&SERIF_FILES));
static ITALIC: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| first(&ITALIC_FILES));

fn first(files: &[&str]) -> Option<Vec<u8>> {
    files.iter().find_map(|path| std::fs::read(Path::new(path)).ok())
}

/// The face of the decree, if the machine has one.
pub fn serif() -> Option<&'static [u8]> {
    SERIF.as_deref()
}

/// The same, slanted: in it the day of a document is set.
pub(crate) fn italic() -> Option<&'static [u8]> {
    ITALIC.as_deref()
}

/// A picture that was kept, ready to be put on a page.
pub(crate) async fn drawn(ctx: &Ctx, picture: &Picture) -> Result<Arc<Drawn>, Refusal> {
    if let Some(known) = kept().get(&picture.sha256) {
        return Ok(known.clone());
    }
    let bytes = ctx.files.read(picture.file, FILE_BYTES_MAX as u64).await?;
    let read = Arc::new(read(bytes, picture.kind.ink()).await?);
    let mut kept = kept();
    if kept.len() >= KEPT_MAX {
        kept.clear();
    }
    kept.insert(picture.sha256.clone(), read.clone());
    Ok(read)
}

/// Checks the bytes of a picture, away from the threads that answer.
pub(crate) async fn read(png: Bytes, ink: Ink) -> Result<Drawn, Refusal> {
    let read = tokio::task::spawn_blocking(move || Drawn::read(&png, ink)).await;
    // What ends the reader in the middle is no picture either.
    let read = read.unwrap_or(Err(PictureFault::NotPng));
    read.map_err(|fault| Refusal::Picture(Fault::Picture(fault)))
}

fn kept() -> std::sync::MutexGuard<'static, HashMap<String, Arc<Drawn>>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}
