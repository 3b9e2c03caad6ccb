//! Where a document is signed: the two places that the frame marks, read back after typesetting.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use serde::Serialize;
use typst::foundations::Label;
use typst::introspection::PagedPosition;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

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

/// None when the template has no right-hand signature.
pub fn signature_block(document: &PagedDocument) -> Option<Block> {
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
