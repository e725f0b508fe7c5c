//! A response body that is a list of byte slices which exist already.

use std::{
    collections::VecDeque,
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Slices sent one after the other without being copied together. Its length is known.
#[derive(Debug)]
pub struct Parts {
    parts: VecDeque<Bytes>,
    left: u64,
}

/// Bodies up to this size are copied into one slice: one write is cheaper than many.
const ONE_SLICE: usize = 128 * 1024;

impl Parts {
    /// A body of these slices.
    #[must_use]
    pub fn new(parts: Vec<Bytes>) -> Self {
        let length: usize = parts.iter().map(Bytes::len).sum();
        let parts = if parts.len() > 1 && length <= ONE_SLICE {
            let mut joined = Vec::with_capacity(length);
            for part in &parts {
                joined.extend_from_slice(part);
            }
            VecDeque::from([Bytes::from(joined)])
        } else {
            parts.into_iter().filter(|part| !part.is_empty()).collect()
        };
        Self { parts, left: length as u64 }
    }
}

impl Body for Parts {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = self.parts.pop_front();
        self.left -= next.as_ref().map_or(0, |part| part.len() as u64);
        Poll::Ready(next.map(|part| Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.parts.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
