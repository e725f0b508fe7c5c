//! When a tap was, by clocks that may be wrong.

use crate::clock::Timestamp;

/// How far a phone's clock may be off before it is corrected, in seconds. A request may be on its way for some seconds: below this nothing can be said.
pub const TOLERANCE_S: i64 = 60;

/// The moment of a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tap {
    /// As it counts.
    pub at: Timestamp,
    /// As the phone said it, where its clock was off.
    pub said: Option<Timestamp>,
}

/// When somebody tapped who says so at `said`, by a phone that sent it at `sent` by its own clock. No tap is ever lost for its clock's sake:
///
/// - A clock that was off by more than [`TOLERANCE_S`] when it sent was as much off at the tap: that is taken off.
/// - What is still ahead of its arrival by more than that was tapped when it arrived.
/// - Everything else stands as it was said, so that the order of arrival does not matter.
#[must_use]
pub fn tap(said: Timestamp, sent: Option<Timestamp>, received: Timestamp) -> Tap {
    let off = sent.map_or(0, |sent| sent.as_microsecond() - received.as_microsecond());
    let is_off = off.abs() > TOLERANCE_S * 1_000_000;
    let at = if is_off {
        Timestamp::from_microsecond(said.as_microsecond().saturating_sub(off)).unwrap_or(said)
    } else {
        said
    };
    let ahead = at.as_microsecond().saturating_sub(received.as_microsecond());
    let at = if ahead > TOLERANCE_S * 1_000_000 { received } else { at };
    Tap { at, said: (at != said).then_some(said) }
}
