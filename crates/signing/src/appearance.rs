//! How signatures look on the page: the picture of whoever signs, or a few lines where there is
//! none, where the decree wants it.
//!
//! The place between position and name is of the last person who signs, which is the competent
//! one; whoever signs before is not shown. Of agencies the first is shown, which issues the paper.
//! A paper without such a place, or a place without room, gets signatures that are not seen: what
//! cannot be drawn never stands in the way of what is signed.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I
//! Law: NĐ 30/2020/NĐ-CP art. 33

use std::sync::Arc;

use jiff::Timestamp;
use platform::Ctx;
use platform::clock::local;
use platform::outside::SignatureBlock;
use platform::store::StoreError;
use uuid::Uuid;
use wire::pdf::SignedFile;
use wire::pdf::appearance::{
    self as geometry, Block, POINTS_PER_MM, PlacementFault, TEXT_SIZE_POINTS,
};
use wire::pdf::document::Document;
use wire::pdf::picture::Picture as Drawn;
use wire::pdf::sign::Shown;
use wire::pdf::stamp::{Rectangle, Stamp, StampFault};
use wire::pki::certificate::Certificate as X509;

use crate::gallery;
pub use crate::gallery::serif;
use crate::picture::{Kind, Picture};
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step};
use crate::store::pictures;
use crate::submission::Submission;

/// A person's text is no wider than the column of the signer.
const PERSON_TEXT_WIDTH_MM: f64 = 76.0;
/// A name of an agency that is longer goes on in another line.
const LINE_LETTERS: usize = 70;
/// The picture that a seal is put beside when no signature is seen.
const USUAL_PIXELS: (u32, u32) = (450, 200);

/// What is to be shown, and where.
#[derive(Debug, Clone)]
pub struct OwnedShown {
    /// From 1.
    pub page: usize,
    pub rectangle: Rectangle,
    pub stamp: Stamp,
}

/// The signature that is about to be made.
pub struct Place<'a> {
    pub submission: &'a Submission,
    pub step: &'a Step,
    /// All of the submission.
    pub steps: &'a [Step],
    pub certificate: &'a X509,
    /// The file as it stands.
    pub pdf: &'a [u8],
    pub at: Timestamp,
}

/// Why something is not drawn.
#[derive(Debug, thiserror::Error)]
enum Undrawn {
    #[error(transparent)]
    Placement(#[from] PlacementFault),
    #[error(transparent)]
    Stamp(#[from] StampFault),
    #[error("no serif font with Vietnamese letters is installed")]
    NoFont,
    #[error("the file has no such page")]
    NoPage,
}

impl OwnedShown {
    pub fn as_shown(&self) -> Shown<'_> {
        Shown { page: self.page, rectangle: self.rectangle, stamp: &self.stamp }
    }
}

/// What is shown for a step; none where the submission shows nothing, or not this signature.
pub async fn for_step(ctx: &Ctx, place: &Place<'_>) -> Result<Option<OwnedShown>, Refusal> {
    let Some(block) = place.submission.signature_block() else { return Ok(None) };
    let shown = match shown_kind(place.steps, place.step) {
        None => return Ok(None),
        Some(SignatoryKind::Person) => of_person(ctx, place, block).await?,
        Some(SignatoryKind::Agency) => of_agency(ctx, place, block).await?,
    };
    Ok(drawn(shown))
}

/// Beside an annex in a file of its own: number and symbol of its document, and the time, on top
/// of its first page. No picture.
pub fn for_annex(pdf: &[u8], number: &str, at: Timestamp) -> Option<OwnedShown> {
    drawn(in_corner(pdf, &geometry::annex_lines(number, at)))
}

/// On an electronic copy of paper: the form of the copy ("SAO Y"), who copied, and the time.
pub fn for_copy(
    pdf: &[u8],
    (form, organisation): (&str, &str),
    at: Timestamp,
) -> Option<OwnedShown> {
    drawn(in_corner(pdf, &geometry::copy_lines(form, organisation, at)))
}

/// Whether this step is one that is seen.
fn shown_kind(steps: &[Step], step: &Step) -> Option<SignatoryKind> {
    let of_kind = |one: &&Step| one.kind == step.kind;
    let seen = match step.kind {
        SignatoryKind::Person => steps.iter().rev().find(of_kind),
        SignatoryKind::Agency => steps.iter().find(of_kind),
    };
    seen.filter(|seen| seen.ordinal == step.ordinal).map(|seen| seen.kind)
}

async fn of_person(
    ctx: &Ctx,
    place: &Place<'_>,
    block: SignatureBlock,
) -> Result<Result<OwnedShown, Undrawn>, Refusal> {
    let account = place.step.account.unwrap_or_default();
    let found = picture_of(ctx, (Kind::Signature, account), place.at).await?;
    Ok(match found {
        Some((_, drawn)) => picture_between(place.pdf, block, drawn),
        None => person_text(place.pdf, block, &person_lines(place)),
    })
}

async fn of_agency(
    ctx: &Ctx,
    place: &Place<'_>,
    block: SignatureBlock,
) -> Result<Result<OwnedShown, Undrawn>, Refusal> {
    let unit = place.step.unit.map(|unit| unit.0).unwrap_or_default();
    let found = picture_of(ctx, (Kind::Seal, unit), place.at).await?;
    let Some((seal, drawn)) = found else {
        return Ok(in_corner(place.pdf, &agency_lines(place)));
    };
    let size_mm = seal.size_mm().unwrap_or_default();
    Ok(seal_over(place, block, (size_mm, drawn)))
}

async fn picture_of(
    ctx: &Ctx,
    (kind, owner): (Kind, Uuid),
    at: Timestamp,
) -> Result<Option<(Picture, Arc<Drawn>)>, Refusal> {
    let found: Result<Option<Picture>, StoreError> =
        ctx.store.read(move |tx| pictures::in_use(tx, (kind, owner), at)).await;
    match found? {
        Some(picture) => {
            let drawn = gallery::drawn(ctx, &picture).await?;
            Ok(Some((picture, drawn)))
        }
        None => Ok(None),
    }
}

fn drawn(made: Result<OwnedShown, Undrawn>) -> Option<OwnedShown> {
    match made {
        Ok(shown) => Some(shown),
        Err(undrawn) => {
            tracing::warn!(%undrawn, "a signature is not shown on its page");
            None
        }
    }
}

/// Blue, centred between the position and the name.
fn picture_between(
    pdf: &[u8],
    block: SignatureBlock,
    picture: Arc<Drawn>,
) -> Result<OwnedShown, Undrawn> {
    let pixels = (picture.width_pixels, picture.height_pixels);
    let rectangle = geometry::person(between(block), pixels)?;
    let stamp = Stamp::picture(picture, rectangle.width, rectangle.height);
    on_page(pdf, block.page, (rectangle, stamp))
}

/// Red, in its real size, over the left third of the signature.
fn seal_over(
    place: &Place<'_>,
    block: SignatureBlock,
    (size_mm, picture): ((f64, f64), Arc<Drawn>),
) -> Result<OwnedShown, Undrawn> {
    let (page, hand) = match standing(place.pdf, place.steps) {
        Some(found) => found,
        None => (block.page, geometry::person(between(block), USUAL_PIXELS)?),
    };
    let rectangle = geometry::seal(hand, size_mm)?;
    let stamp = Stamp::picture(picture, rectangle.width, rectangle.height);
    on_page(place.pdf, page, (rectangle, stamp))
}

/// Where the last person's signature stands on the file, whoever's program put it there; none when
/// it is not seen, or on a page that is turned or shifted.
fn standing(pdf: &[u8], steps: &[Step]) -> Option<(u32, Rectangle)> {
    let person = steps.iter().rev().find(|step| step.kind == SignatoryKind::Person)?;
    let field = person.field();
    let file = SignedFile::read(pdf).ok()?;
    let seen = file.signatures.iter().find(|one| one.field == field)?.seen?;
    let pages = file.document.pages().ok()?;
    let page = pages.get(seen.page.checked_sub(1)?)?;
    let is_upright = page.rotation_degrees == 0 && page.visible[..2] == [0.0, 0.0];
    let [left, bottom, right, top] = seen.sides;
    let (width, height) = (right - left, top - bottom);
    let page = u32::try_from(seen.page).ok()?;
    is_upright.then_some((page, Rectangle { left, bottom, width, height }))
}

/// A few lines where the picture of a signature would stand.
fn person_text(pdf: &[u8], block: SignatureBlock, lines: &[String]) -> Result<OwnedShown, Undrawn> {
    let font = serif().ok_or(Undrawn::NoFont)?;
    let stamp = Stamp::text(font, lines, TEXT_SIZE_POINTS)?;
    let stamp = match PERSON_TEXT_WIDTH_MM * POINTS_PER_MM / stamp.width {
        scale if scale < 1.0 => Stamp::text(font, lines, TEXT_SIZE_POINTS * scale)?,
        _ => stamp,
    };
    let middle = f64::midpoint(block.position_y, block.name_y);
    let rectangle = Rectangle {
        left: block.centre_x - stamp.width / 2.0,
        bottom: middle - stamp.height / 2.0,
        width: stamp.width,
        height: stamp.height,
    };
    on_page(pdf, block.page, (rectangle, stamp))
}

/// Text on top of the first page, on the right.
fn in_corner(pdf: &[u8], lines: &[String]) -> Result<OwnedShown, Undrawn> {
    let stamp = Stamp::text(serif().ok_or(Undrawn::NoFont)?, lines, TEXT_SIZE_POINTS)?;
    let rectangle = geometry::top_right(page_size(pdf, 1)?, (stamp.width, stamp.height))?;
    Ok(OwnedShown { page: 1, rectangle, stamp })
}

fn on_page(
    pdf: &[u8],
    page: u32,
    (rectangle, stamp): (Rectangle, Stamp),
) -> Result<OwnedShown, Undrawn> {
    let rectangle = geometry::on_page(rectangle, page_size(pdf, page)?)?;
    Ok(OwnedShown { page: page as usize, rectangle, stamp })
}

fn page_size(pdf: &[u8], page: u32) -> Result<(f64, f64), Undrawn> {
    let pages = Document::open(pdf).and_then(|document| document.pages());
    let pages = pages.map_err(|_| Undrawn::NoPage)?;
    let index = (page as usize).checked_sub(1).ok_or(Undrawn::NoPage)?;
    pages.get(index).map(|page| page.shown_size()).ok_or(Undrawn::NoPage)
}

fn between(block: SignatureBlock) -> Block {
    Block { centre_x: block.centre_x, position_y: block.position_y, name_y: block.name_y }
}

// The words below stand on papers of the State, which are in Vietnamese whoever reads them.

fn person_lines(place: &Place<'_>) -> Vec<String> {
    vec![format!("Ký bởi: {}", holder(place)), time_line(place.at)]
}

fn agency_lines(place: &Place<'_>) -> Vec<String> {
    let mut lines = wrapped(&format!("Cơ quan: {}", holder(place)));
    lines.push(time_line(place.at));
    lines
}

/// As the certificate names them: what stands on the page is what the signature proves.
fn holder(place: &Place<'_>) -> String {
    let named = place.certificate.subject.common_name().map(str::trim);
    named.filter(|name| !name.is_empty()).unwrap_or(&place.step.name).to_owned()
}

/// "Thời gian ký: 23.11.2026 09:00:00 +07:00".
fn time_line(at: Timestamp) -> String {
    format!("Thời gian ký: {} +07:00", local(at).strftime("%d.%m.%Y %H:%M:%S"))
}

/// Lines that break between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE_LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
