//! Connections whose other end has to keep going.
//!
//! Hyper has one time limit for a request's headers and for the rest before them. Here they are two: a proxy
//! may keep a connection open for a minute, and whoever has begun to send headers has to end them soon.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

use crate::http::limits::Limits;

/// How many requests of a connection have begun and ended, counted together: odd while one is being answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Busy(Arc<AtomicU32>);

impl Busy {
    /// Headers have arrived whole.
    pub(super) fn begin(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn end(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn count(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A moment by which something must have happened.
#[derive(Debug, Default)]
struct Deadline {
    at: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    fn set(&mut self, at: Instant) {
        self.at = Some(at);
    }

    fn clear(&mut self) {
        self.at = None;
    }

    /// Whether it has passed; if not, the task is woken then.
    fn has_passed(&mut self, context: &mut Context<'_>) -> bool {
        let Some(at) = self.at else {
            return false;
        };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if sleep.deadline() != at {
            sleep.as_mut().reset(at);
        }
        sleep.as_mut().poll(context).is_ready()
    }
}

/// A connection whose client must send headers in time and read what it asked for.
#[derive(Debug)]
pub(super) struct Paced<IO> {
    io: IO,
    limits: Arc<Limits>,
    busy: Busy,
    /// What `busy` counted at the last read.
    counted: u32,
    /// By when the headers must be there.
    headers: Deadline,
    /// By when the client must have taken more of the response.
    taken: Deadline,
}

impl<IO> Paced<IO> {
    /// A connection that has just begun: its first headers are awaited from now on.
    pub(super) fn new(io: IO, limits: Arc<Limits>, busy: Busy) -> Self {
        let mut headers = Deadline::default();
        headers.set(Instant::now() + limits.header_timeout);
        let counted = busy.count();
        Self { io, limits, busy, counted, headers, taken: Deadline::default() }
    }

    /// What a write came to, and whether the client takes its response too slowly.
    fn wrote(
        &mut self,
        context: &mut Context<'_>,
        wrote: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match wrote {
            Poll::Ready(Ok(count)) => {
                if let Some(at) = self.taken.at {
                    let latest = Instant::now() + self.limits.pause;
                    self.taken.set((at + self.limits.time_for(count)).min(latest));
                }
                Poll::Ready(Ok(count))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => self.stalled(context).map(Err),
        }
    }

    fn stalled(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        if self.taken.at.is_none() {
            self.taken.set(Instant::now() + self.limits.pause);
        }
        if self.taken.has_passed(context) { Poll::Ready(too_slow()) } else { Poll::Pending }
    }
}

fn too_slow() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, TooSlow)
}

impl<IO: AsyncRead + Unpin> AsyncRead for Paced<IO> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let count = this.busy.count();
        if count != this.counted {
            // The headers that were awaited have come.
            this.counted = count;
            this.headers.clear();
        }
        if count % 2 == 1 {
            // A body has a pace of its own.
            return Pin::new(&mut this.io).poll_read(context, buffer);
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.io).poll_read(context, buffer);
        // Also while bytes keep coming: a client that never pauses may never end either.
        if this.headers.at.is_some_and(|at| at <= Instant::now()) {
            return Poll::Ready(Err(too_slow()));
        }
        match read {
            Poll::Pending if this.headers.has_passed(context) => Poll::Ready(Err(too_slow())),
            Poll::Ready(Ok(())) if buffer.filled().len() > before && this.headers.at.is_none() => {
                this.headers.set(Instant::now() + this.limits.header_timeout);
                Poll::Ready(Ok(()))
            }
            read => read,
        }
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Paced<IO> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.io).poll_write(context, bytes);
        self.wrote(context, wrote)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.io).poll_write_vectored(context, slices);
        self.wrote(context, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.io).poll_flush(context) {
            Poll::Ready(flushed) => {
                self.taken.clear();
                Poll::Ready(flushed)
            }
            Poll::Pending => self.stalled(context).map(Err),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.io).poll_shutdown(context) {
            Poll::Pending => self.stalled(context).map(Err),
            done @ Poll::Ready(_) => done,
        }
    }
}

/// A client sends its body, or takes ours, too slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the client is too slow")]
pub struct TooSlow;

/// A request's body, which has to arrive at a least speed.
#[derive(Debug)]
pub(super) struct PacedBody<B> {
    body: B,
    limits: Arc<Limits>,
    next: Deadline,
}

impl<B> PacedBody<B> {
    pub(super) fn new(body: B, limits: Arc<Limits>) -> Self {
        Self { body, limits, next: Deadline::default() }
    }
}

impl<B> Body for PacedBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        let at = *this.next.at.get_or_insert_with(|| Instant::now() + this.limits.pause);
        match Pin::new(&mut this.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                let length = frame.data_ref().map_or(0, Bytes::len);
                let latest = Instant::now() + this.limits.pause;
                this.next.set((at + this.limits.time_for(length)).min(latest));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(end) => Poll::Ready(end.map(|frame| frame.map_err(Into::into))),
            Poll::Pending if this.next.has_passed(context) => Poll::Ready(Some(Err(TooSlow.into()))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A response's body; with its end the connection is free for the next request.
#[derive(Debug)]
pub(super) struct Last<B> {
    body: B,
    busy: Busy,
}

impl<B> Last<B> {
    pub(super) fn new(body: B, busy: Busy) -> Self {
        Self { body, busy }
    }
}

impl<B> Drop for Last<B> {
    fn drop(&mut self) {
        self.busy.end();
    }
}

impl<B: Body + Unpin> Body for Last<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
