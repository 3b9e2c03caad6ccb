//! Callers who do not read, and lines on which nothing happens.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf, Take};
use tokio::time::{Sleep, sleep};

/// At most this is read at once. Whoever reads makes room for as much as came the last time, and
/// twice as much when that was full: many who send large bodies would hold hundreds of kilobytes
/// each.
const READ_BYTES_MAX: u64 = 32 << 10;

/// A stream whose writing fails when the other side takes nothing for too long.
pub(crate) struct Patient<S> {
    inner: Take<S>,
    pause: Duration,
    /// Runs only while a write waits.
    until: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead> Patient<S> {
    pub fn new(inner: S, pause: Duration) -> Patient<S> {
        Patient { inner: inner.take(READ_BYTES_MAX), pause, until: None }
    }

    fn wait<T>(&mut self, cx: &mut Context<'_>, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if done.is_ready() {
            self.until = None;
            return done;
        }
        let pause = self.pause;
        let until = self.until.get_or_insert_with(|| Box::pin(sleep(pause)));
        match until.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.inner.set_limit(READ_BYTES_MAX);
        Pin::new(&mut self.inner).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(self.inner.get_mut()).poll_write(cx, bytes);
        self.wait(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(self.inner.get_mut()).poll_write_vectored(cx, pieces);
        self.wait(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.get_ref().is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(self.inner.get_mut()).poll_flush(cx);
        self.wait(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let ended = Pin::new(self.inner.get_mut()).poll_shutdown(cx);
        self.wait(cx, ended)
    }
}

/// Whether requests of a connection are being answered, and since when not.
pub(crate) struct Busy(Mutex<(usize, Instant)>);

impl Default for Busy {
    fn default() -> Busy {
        Busy(Mutex::new((0, Instant::now())))
    }
}

pub(crate) struct Work<'a>(&'a Busy);

impl Busy {
    pub fn work(&self) -> Work<'_> {
        self.change(1);
        Work(self)
    }

    pub fn idle_for(&self, time: Duration) -> bool {
        let (active, since) = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        active == 0 && since.elapsed() >= time
    }

    fn change(&self, by: isize) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = state.0.saturating_add_signed(by);
        state.1 = Instant::now();
    }
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        self.0.change(-1);
    }
}
