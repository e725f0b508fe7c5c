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
/// In larger bodies, what is smaller than this is copied together with its neighbours.
const SMALL: usize = 4 * 1024;

impl Parts {
    /// A body of these slices. Neighbours that are small are copied together.
    #[must_use]
    pub fn new(parts: Vec<Bytes>) -> Self {
        let length: usize = parts.iter().map(Bytes::len).sum();
        let most = if length <= ONE_SLICE { ONE_SLICE } else { SMALL };
        let mut joined: VecDeque<Bytes> = VecDeque::with_capacity(parts.len());
        let mut open: Vec<u8> = Vec::new();
        for part in parts {
            if open.len() + part.len() <= most {
                open.extend_from_slice(&part);
                continue;
            }
            if !open.is_empty() {
                joined.push_back(std::mem::take(&mut open).into());
            }
            if part.len() <= SMALL {
                open.extend_from_slice(&part);
            } else {
                joined.push_back(part);
            }
        }
        if !open.is_empty() {
            joined.push_back(open.into());
        }
        Self { parts: joined, left: length as u64 }
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

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However slices are put together, the same bytes are sent, and their number is known before.
        #[test]
        fn nothing_is_lost_between_slices(lengths in proptest::collection::vec(prop_oneof![0_usize..50, 3_000_usize..9_000, 60_000_usize..90_000], 0..9)) {
            let parts: Vec<Bytes> =
                lengths.iter().enumerate().map(|(index, length)| vec![index as u8; *length].into()).collect();
            let whole = parts.concat();
            let body = Parts::new(parts);
            prop_assert_eq!(body.size_hint().exact(), Some(whole.len() as u64));
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let sent = runtime.block_on(body.collect()).unwrap().to_bytes();
            prop_assert_eq!(&sent[..], &whole[..]);
        }
    }
}
