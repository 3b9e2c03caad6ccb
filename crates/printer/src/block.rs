//! Where a document is signed, and where its number and date will stand: the places that the
//! templates mark, read back after typesetting.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use serde::Serialize;
use typst::foundations::Label;
use typst::introspection::PagedPosition;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// Number and date are set in 13 pt, as the decree has it.
const SIZE_POINTS: f64 = 13.0;

/// Points from the lower left corner of the page, as PDF counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Block {
    /// Counted from 1.
    pub page: u32,
    /// The middle of the signer's column.
    pub centre_x: f64,
    /// The base of the last line above: the position, or the note under it.
    pub position_y: f64,
    /// The top of the name.
    pub name_y: f64,
}

/// An empty place on the page that becomes a field of the form: points from the lower left corner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldPlace {
    pub name: &'static str,
    /// Counted from 1.
    pub page: u32,
    pub left: f64,
    pub bottom: f64,
    pub width: f64,
    pub height: f64,
    pub size_points: f64,
    pub is_italic: bool,
}

/// What the press tells beside the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Places {
    #[serde(flatten)]
    pub block: Block,
    /// Empty on papers that have their number from the start.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldPlace>,
}

/// None when nobody signs the document.
pub fn places(document: &PagedDocument) -> Option<Places> {
    let block = signature_block(document)?;
    // As the template `document` sets them.
    let fields = [("so-ky-hieu", false), ("ngay-ban-hanh", true)];
    let fields = fields.into_iter().filter_map(|field| field_place(document, field)).collect();
    Some(Places { block, fields })
}

/// From the mark at the upper left of an empty box to the one at its lower right.
fn field_place(
    document: &PagedDocument,
    (name, is_italic): (&'static str, bool),
) -> Option<FieldPlace> {
    let upper = marked(document, &format!("{name}-begin"))?;
    let lower = marked(document, &format!("{name}-end"))?;
    let page = document.pages().get(upper.page.get() - 1)?;
    let height = (lower.point.y - upper.point.y).to_pt();
    (upper.page == lower.page).then(|| FieldPlace {
        name,
        page: u32::try_from(upper.page.get()).unwrap_or(u32::MAX),
        left: upper.point.x.to_pt(),
        bottom: (page.frame.height() - lower.point.y).to_pt(),
        width: (lower.point.x - upper.point.x).to_pt(),
        height,
        size_points: SIZE_POINTS,
        is_italic,
    })
}

/// None when the template has no right-hand signature.
fn signature_block(document: &PagedDocument) -> Option<Block> {
    let above = marked(document, "signing-position")?;
    let below = marked(document, "signing-name")?;
    let page = document.pages().get(above.page.get() - 1)?;
    let height = page.frame.height();
    let from_below = |place: PagedPosition| (height - place.point.y).to_pt();
    (above.page == below.page).then(|| Block {
        page: u32::try_from(above.page.get()).unwrap_or(u32::MAX),
        centre_x: above.point.x.to_pt(),
        position_y: from_below(above),
        name_y: from_below(below),
    })
}

fn marked(document: &PagedDocument, name: &str) -> Option<PagedPosition> {
    let introspector = document.introspector();
    let label = Label::new(PicoStr::intern(name))?;
    let mark = introspector.elements().query_label(label).ok()?;
    introspector.position(mark.location()?)
}
