//! What a form with files brought: its texts, and its files on the disk. Their rows are written by
//! whoever takes them in.

use platform::Ctx;
use platform::files::{KeepRules, Media, Received};
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Piece, Problem, Upload, View};
use uuid::Uuid;

use super::at_field;
use crate::refusal::Refusal;

/// Where a form takes files, and which.
pub(crate) struct FileField {
    pub name: &'static str,
    pub media: &'static [Media],
    /// Of each.
    pub bytes_max: u64,
    /// In one form.
    pub count_max: usize,
}

/// What came with a form.
pub(crate) struct Brought {
    pub answers: Answers,
    /// With the field that each was chosen in.
    pub files: Vec<(&'static str, Received)>,
    /// The first that is not taken. What comes behind it is read and thrown away, so that the
    /// browser gets to see why.
    pub refused: Option<Refused>,
}

pub(crate) type Refused = (&'static str, Refusal);

impl FileField {
    pub fn field(&self, view: &View, word: &str) -> Field {
        let kind = Kind::File { accept: Media::accept(self.media), many: self.count_max > 1 };
        Field::new(&view.speech, kind, self.name, view.t(word))
    }
}

/// Reads a form to its end; `owner` may have no more than `quota_bytes` in all.
pub(crate) async fn taken(
    ctx: &Ctx,
    (owner, quota_bytes): (Uuid, u64),
    fields: &[&FileField],
    mut upload: Upload,
) -> Result<Brought, Problem> {
    let (mut pairs, mut files, mut refused) = (Vec::new(), Vec::new(), None);
    while let Some(piece) = upload.next().await? {
        let Some(name) = piece.file_name.clone() else {
            let name = piece.name.clone();
            pairs.push((name, piece.text().await?));
            continue;
        };
        let field = fields.iter().find(|field| field.name == piece.name && refused.is_none());
        let Some(field) = field.copied() else {
            piece.drain().await?;
            continue;
        };
        let count = files.iter().filter(|(known, _)| *known == field.name).count();
        let rules =
            KeepRules { name, owner, media: field.media, max_bytes: field.bytes_max, quota_bytes };
        match received(ctx, (field, count), &rules, piece).await? {
            Ok(received) => files.push((field.name, received)),
            Err(refusal) => refused = Some((field.name, refusal)),
        }
    }
    Ok(Brought { answers: Answers::from_pairs(pairs), files, refused })
}

async fn received(
    ctx: &Ctx,
    (field, count): (&FileField, usize),
    rules: &KeepRules,
    piece: Piece<'_>,
) -> Result<Result<Received, Refusal>, Problem> {
    if count >= field.count_max {
        piece.drain().await?;
        return Ok(Err(Refusal::TooMany { field: field.name, limit: field.count_max }));
    }
    Ok(ctx.files.receive(piece, rules).await.map_err(Refusal::from))
}

/// What is said of a file, at the field that it was chosen in.
pub(crate) fn told(view: &View, (name, refusal): Refused) -> Result<Errors, Problem> {
    let mut errors = Errors::new();
    for (_, message) in at_field(view, refusal)?.iter() {
        errors.add(name, message.to_owned());
    }
    Ok(errors)
}
