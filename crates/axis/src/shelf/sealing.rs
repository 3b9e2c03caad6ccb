//! A large packet on its way to the disk: read and sealed as it comes.

use std::fmt::Display;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use platform::vault::{Sealer, VaultFault};
use wire::vxp::Matched;

use super::progress::{Progress, Read};
use crate::refusal::Refusal;

/// The last bytes wait until it is known whether they are the packet's.
const TAIL_BYTES: usize = 2;

/// Sealed bytes, for whoever writes them. How it ended stands in `outcome`.
pub struct Sealing<'s, S> {
    source: Pin<&'s mut S>,
    progress: Option<Progress<'s>>,
    sealer: Option<Sealer>,
    /// What was read before it was known to be large.
    begun: Option<Vec<u8>>,
    tail: Vec<u8>,
    pub outcome: Option<Result<Read, Refusal>>,
}

impl<'s, S> Sealing<'s, S> {
    pub fn new(
        source: Pin<&'s mut S>,
        (progress, begun): (Progress<'s>, Vec<u8>),
        sealer: Sealer,
    ) -> Sealing<'s, S> {
        let (progress, sealer) = (Some(progress), Some(sealer));
        Sealing { source, progress, sealer, begun: Some(begun), tail: Vec::new(), outcome: None }
    }

    fn seal(&mut self, plain: &[u8]) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::with_capacity(plain.len() + 64);
        let sealer = self.sealer.as_mut().ok_or(VaultFault::Broken)?;
        let (first, last) = plain.split_at(plain.len().saturating_sub(TAIL_BYTES));
        if !first.is_empty() {
            sealer.push(&self.tail, &mut out)?;
            sealer.push(first, &mut out)?;
            self.tail.clear();
        }
        self.tail.extend_from_slice(last);
        let over = self.tail.len().saturating_sub(TAIL_BYTES);
        sealer.push(&self.tail[..over], &mut out)?;
        self.tail.drain(..over);
        Ok(out)
    }

    fn piece(&mut self, plain: &[u8]) -> Result<Vec<u8>, Refusal> {
        let progress = self.progress.as_mut().ok_or(VaultFault::Broken)?;
        progress.push(plain)?;
        progress.so_far()?;
        self.seal(plain)
    }

    fn end(&mut self) -> Result<Vec<u8>, Refusal> {
        let progress = self.progress.take().ok_or(VaultFault::Broken)?;
        let mut sealer = self.sealer.take().ok_or(VaultFault::Broken)?;
        let read = progress.end()?;
        let mut out = Vec::new();
        if read.matched == Matched::Whole {
            sealer.push(&self.tail, &mut out)?;
        }
        sealer.finish(&mut out)?;
        self.outcome = Some(Ok(read));
        Ok(out)
    }

    /// The writer is told to stop; why is kept for whoever asked.
    fn told(&mut self, sealed: Result<Vec<u8>, Refusal>) -> Poll<Option<io::Result<Bytes>>> {
        Poll::Ready(Some(sealed.map(Bytes::from).map_err(|refusal| {
            let said = io::Error::other(refusal.to_string());
            self.outcome = Some(Err(refusal));
            said
        })))
    }
}

impl<E: Display, S: Stream<Item = Result<Bytes, E>>> Stream for Sealing<'_, S> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.outcome.is_some() {
            return Poll::Ready(None);
        }
        if let Some(begun) = this.begun.take() {
            let sealed = this.seal(&begun);
            return this.told(sealed);
        }
        let sealed = match ready!(this.source.poll_next_unpin(cx)) {
            Some(Ok(piece)) => this.piece(&piece),
            Some(Err(error)) => Err(Refusal::Interrupted(error.to_string())),
            None => this.end(),
        };
        this.told(sealed)
    }
}
