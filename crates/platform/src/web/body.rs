//! Bodies with a limit and a pace, whoever reads them.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::Problem;

/// Ends with a fault when more than `limit_bytes` come, or nothing comes for too long.
pub(crate) struct Paced {
    inner: Body,
    limit_bytes: u64,
    left_bytes: u64,
    pause: Duration,
    until: Pin<Box<Sleep>>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyFault {
    #[error("the body is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the body came too slowly")]
    TooSlow,
}

impl Paced {
    pub fn new(inner: Body, limit_bytes: u64, pause: Duration) -> Paced {
        let until = Box::pin(sleep(pause));
        Paced { inner, limit_bytes, left_bytes: limit_bytes, pause, until }
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let this = &mut *self;
        let Poll::Ready(frame) = Pin::new(&mut this.inner).poll_frame(cx) else {
            ready!(this.until.as_mut().poll(cx));
            return Poll::Ready(Some(Err(BodyFault::TooSlow.into())));
        };
        let pause = this.pause;
        this.until.as_mut().reset(Instant::now() + pause);
        if let Some(Ok(frame)) = &frame {
            let size_bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
            match this.left_bytes.checked_sub(size_bytes) {
                Some(left) => this.left_bytes = left,
                None => {
                    let fault = BodyFault::TooLarge(this.limit_bytes);
                    return Poll::Ready(Some(Err(fault.into())));
                }
            }
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// Why a body could not be read, as the person must hear it.
pub(crate) fn problem(error: &(dyn Error + 'static)) -> Problem {
    let mut cause = Some(error);
    while let Some(error) = cause {
        match error.downcast_ref::<BodyFault>() {
            Some(BodyFault::TooLarge(limit_bytes)) => return Problem::too_large(*limit_bytes),
            Some(BodyFault::TooSlow) => return Problem::too_slow(),
            None => cause = error.source(),
        }
    }
    Problem::unreadable(&error.to_string())
}
