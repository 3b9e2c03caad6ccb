//! A verdict by all that this installation knows: what it believes, and what it keeps of others'
//! word about revocation. What is missing is wanted from then on; nobody is asked here.

use bytes::Bytes;
use jiff::Timestamp;
use platform::Ctx;
use platform::store::StoreError;

use crate::believing::believed;
use crate::fetching::{self, Outlook};
use crate::verdict::{Believed, Policy, Question, Report, judge};

/// A file and what is asked about it.
pub struct Asked {
    pub file: Bytes,
    /// What a detached signature is over.
    pub content: Option<Bytes>,
    /// When everything has to hold, where no time stamp shows an earlier time.
    pub at: Timestamp,
    pub policy: Policy,
}

pub struct Judged {
    pub report: Report,
    /// Whether asking again later may bring more.
    pub outlook: Outlook,
}

/// Judges a file. Others' lists are long, so only those that the verdict wants are read.
pub async fn judged(ctx: &Ctx, asked: Asked) -> Result<Judged, StoreError> {
    let believed = ctx.store.read(believed).await?;
    let (asked, mut believed, report) = apart(asked, believed).await?;
    if report.wanted.is_empty() {
        return Ok(Judged { report, outlook: Outlook::Nothing });
    }
    let wanted = report.wanted.clone();
    let held = ctx.store.read(move |tx| fetching::held(tx, &wanted)).await?;
    let mut report = report;
    if !held.is_empty() {
        held.put(&mut believed);
        (_, _, report) = apart(asked, believed).await?;
    }
    let outlook = fetching::want(ctx, &report.wanted).await?;
    Ok(Judged { report, outlook })
}

/// Judging takes up to seconds for files that were made to: not on a thread that serves.
async fn apart(asked: Asked, believed: Believed) -> Result<(Asked, Believed, Report), StoreError> {
    let judging = tokio::task::spawn_blocking(move || {
        let content = asked.content.as_deref();
        let question = Question { at: asked.at, policy: &asked.policy, content };
        let report = judge(&asked.file, &believed.trust(), &question);
        (asked, believed, report)
    });
    judging.await.map_err(|_| StoreError::Other { reason: "the verdict ended early".to_owned() })
}
