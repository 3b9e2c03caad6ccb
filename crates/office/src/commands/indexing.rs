//! Taking down the words of documents after they changed: of their fields, and of their files.
//!
//! A document is read while nothing is locked, one file at a time, on a thread for such work; how
//! long that takes is bounded by the readers themselves. What was read is written in a unit of its
//! own. A document that changed meanwhile stays in the queue.

use bytes::Bytes;
use platform::Ctx;
use platform::files::{FileRefusal, kept};
use platform::fold::tokens;
use platform::jobs::{Every, Job, JobError, JobKind, Schedule};
use platform::store::StoreError;
use uuid::Uuid;

use crate::queries::cards::{Card, CardFile, card};
use crate::reading::{self, FILE_BYTES_MAX, Legible, Read};
use crate::search::Tag;
use crate::store::full_text::{self, Taken, Waiting};

pub(crate) const INDEX: &str = "office.index";

/// In one turn; the next comes at once.
const TURN_MAX: i64 = 200;

pub(crate) fn kind() -> JobKind {
    JobKind { kind: INDEX, run: |ctx, job| Box::pin(run(ctx, job)) }
}

pub(crate) fn schedule() -> Schedule {
    Schedule { kind: INDEX, every: Every::Look { seconds: 1, when: |tx, _| full_text::waits(tx) } }
}

async fn run(ctx: Ctx, _job: Job) -> Result<(), JobError> {
    index_waiting(&ctx).await.map(drop).map_err(JobError::from)
}

/// Reads what changed; answers how many documents that were.
pub(crate) async fn index_waiting(ctx: &Ctx) -> Result<usize, StoreError> {
    let waiting = ctx.store.read(|tx| full_text::waiting(tx, TURN_MAX)).await?;
    for one in &waiting {
        index(ctx, one).await?;
    }
    Ok(waiting.len())
}

async fn index(ctx: &Ctx, one: &Waiting) -> Result<(), StoreError> {
    let (document, direction) = (one.document, one.direction);
    let found = ctx.store.read(move |tx| {
        Ok::<_, StoreError>((card(tx, direction, document)?, full_text::sources(tx, document)?))
    });
    let (card, known) = found.await?;
    let files = card.as_ref().map(|card| card.files.clone()).unwrap_or_default();
    if let Some(card) = &card {
        take_fields(ctx, card, &known).await?;
        for file in &files {
            if !known.iter().any(|(source, _)| *source == file.file) {
                take_file(ctx, card, file).await?;
            }
        }
    }
    let gone: Vec<Uuid> = known
        .iter()
        .map(|(source, _)| *source)
        .filter(|source| card.is_none() || *source != document)
        .filter(|source| !files.iter().any(|file| file.file == *source))
        .collect();
    let one = one.clone();
    ctx.store
        .write(move |tx| {
            for source in &gone {
                full_text::remove(tx, one.document, *source)?;
            }
            full_text::done(tx, &one)
        })
        .await
}

/// What the document says of itself, when that is not what is known already.
async fn take_fields(ctx: &Ctx, card: &Card, known: &[(Uuid, String)]) -> Result<(), StoreError> {
    let text = reading::storable(&fields(card));
    let (folded, mut words) = reading::folded(&text);
    words.extend(tagged(card));
    words.sort_unstable();
    words.dedup();
    // The letters of fields stand in the folded text too: a name that moves from one field to
    // another is a change.
    let folded = format!("{folded}| {} ", tagged(card).join(" "));
    if known.iter().any(|(source, old)| *source == card.id && *old == folded) {
        return Ok(());
    }
    put(ctx, card, (card.id, String::new()), (Legible::Whole, text, folded, words)).await
}

fn fields(card: &Card) -> String {
    let mut lines = vec![
        card.subject.clone(),
        format!("{} {}", card.type_name, card.code),
        card.author.clone(),
        card.recipients.join("; "),
        card.signer.clone(),
        card.arrival.clone(),
        card.more.clone(),
    ];
    lines.extend(card.files.iter().map(|file| file.name.clone()));
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

fn tagged(card: &Card) -> Vec<String> {
    let mut words = Vec::new();
    let mut add = |tag: Tag, text: &str| {
        words.extend(tokens(text).iter().map(|word| tag.word(word)));
    };
    add(Tag::Sender, &card.author);
    add(Tag::Recipient, &card.recipients.join(" "));
    add(Tag::Signer, &card.signer);
    add(Tag::Number, &card.code);
    words.extend(card.type_code().map(|code| Tag::Type.word(code)));
    words.sort_unstable();
    words.dedup();
    words.retain(|word| word.len() <= crate::search::WORD_BYTES_MAX);
    words
}

async fn take_file(ctx: &Ctx, card: &Card, file: &CardFile) -> Result<(), StoreError> {
    let id = file.file;
    let kept = ctx.store.read(move |tx| kept(tx, id)).await?;
    let Some(kept) = kept else { return Ok(()) };
    let read = if u64::try_from(kept.size_bytes).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
        Read { state: Legible::TooLarge, text: String::new() }
    } else {
        match ctx.files.read(id, FILE_BYTES_MAX).await {
            Ok(bytes) => read_apart(kept.media.clone(), bytes).await,
            Err(FileRefusal::Store(error)) => return Err(error),
            Err(refusal) => {
                tracing::warn!(file = %id, %refusal, "a file is not there to be read");
                Read { state: Legible::Unreadable, text: String::new() }
            }
        }
    };
    let text = reading::storable(&read.text);
    let (folded, words) = reading::folded(&text);
    let name = if file.name.is_empty() { kept.name } else { file.name.clone() };
    put(ctx, card, (id, name), (read.state, text, folded, words)).await
}

/// On a thread where nobody waits for an answer; one that breaks down there has read nothing.
async fn read_apart(media: String, bytes: Bytes) -> Read {
    let reading = tokio::task::spawn_blocking(move || reading::read(&media, &bytes));
    reading.await.unwrap_or_else(|error| {
        tracing::error!(%error, "the reader of a file broke down");
        Read { state: Legible::Unreadable, text: String::new() }
    })
}

async fn put(
    ctx: &Ctx,
    card: &Card,
    (source, name): (Uuid, String),
    (state, text, folded, words): (Legible, String, String, Vec<String>),
) -> Result<(), StoreError> {
    let (document, unit, at) = (card.id, card.unit, ctx.clock.now());
    ctx.store
        .write(move |tx| {
            let taken = Taken {
                document,
                source,
                unit,
                name: &name,
                state,
                text: &text,
                folded: &folded,
                words: &words,
                at,
            };
            full_text::put(tx, &taken)
        })
        .await
}
