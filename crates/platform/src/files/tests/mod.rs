//! Attachments: what comes in, what is refused, what lies on the disk.

mod incoming;
mod kinds;
mod names;
mod outgoing;
mod samples;
mod sweeping;

use std::path::PathBuf;

use bytes::Bytes;
use uuid::Uuid;

use super::{FileRefusal, KeepRules, Kept, Media};
use crate::Ctx;
use crate::testing::House;

const OWNER: Uuid = Uuid::from_u128(1);

fn rules(name: &str) -> KeepRules {
    KeepRules {
        name: name.to_owned(),
        owner: OWNER,
        media: Media::PAPERS,
        max_bytes: 1_000_000,
        quota_bytes: 2_000_000,
    }
}

async fn keep(ctx: &Ctx, name: &str, content: &[u8]) -> Result<Kept, FileRefusal> {
    ctx.files.keep_bytes(Bytes::copy_from_slice(content), &rules(name)).await
}

/// Everything below a folder of the house.
fn lying_in(ctx: &Ctx, folder: &str) -> Vec<PathBuf> {
    fn gather(folder: PathBuf, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { gather(path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    gather(ctx.files.folder().join(folder), &mut found);
    found.sort();
    found
}

fn place(ctx: &Ctx, sha256: &str) -> PathBuf {
    ctx.files.folder().join("files").join(&sha256[..2]).join(&sha256[2..])
}

async fn used(ctx: &Ctx) -> u64 {
    ctx.store.read(|tx| super::used_bytes(tx, OWNER)).await.unwrap()
}
