//! How signatures look on the page.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use jiff::Timestamp;
use platform::Ctx;
use wire::pdf::sign::Shown;
use wire::pdf::stamp::{Rectangle, Stamp};
use wire::pki::certificate::Certificate as X509;

use crate::refusal::Refusal;
use crate::step::Step;
use crate::submission::Submission;

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
    pub certificate: &'a X509,
    /// The file as it stands.
    pub pdf: &'a [u8],
    pub at: Timestamp,
}

impl OwnedShown {
    pub fn as_shown(&self) -> Shown<'_> {
        Shown { page: self.page, rectangle: self.rectangle, stamp: &self.stamp }
    }
}

/// What is shown for a step; none where the submission shows nothing.
pub async fn for_step(_: &Ctx, place: &Place<'_>) -> Result<Option<OwnedShown>, Refusal> {
    let _ = place.submission.signature_block();
    Ok(None)
}
