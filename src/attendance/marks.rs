//! Which mark counts, and when one can have been made.

use jiff::SignedDuration;

use crate::{clock::Timestamp, ids};

use super::hours;

ids! {
    /// The id of one mark; made on the phone.
    MarkId,
}

/// Phones' clocks may be ahead by so much.
pub(super) const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Of somebody's marks the one that counts: the latest by its own time, in whatever order they arrived. Of two of one moment, that
/// with the greater id.
///
/// ```
/// use machiaruki::attendance::counting;
/// assert_eq!(counting([(3, 'a'), (5, 'b'), (4, 'c')], |mark| mark.0), Some((5, 'b')));
/// ```
pub fn counting<M, K: Ord>(marks: impl IntoIterator<Item = M>, when: impl Fn(&M) -> K) -> Option<M> {
    marks.into_iter().max_by_key(|mark| when(mark))
}

/// Whether somebody can have been marked at a time: from an hour before the start on, and not ahead of now. Marks may be corrected
/// days later.
#[must_use]
pub fn fits(starts_at: Timestamp, duration_min: i64, at: Timestamp, now: Timestamp) -> bool {
    let (from, _) = hours(starts_at, duration_min);
    at >= from.saturating_sub(SignedDuration::from_mins(30)).unwrap_or(from) && !is_ahead(at, now)
}

/// Whether a moment has not come yet, even by a clock that is ahead.
pub(super) fn is_ahead(at: Timestamp, now: Timestamp) -> bool {
    at > now.saturating_add(AHEAD).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_mark_is_made_from_an_hour_before_the_start_until_now() {
        let (start, now) = (at("2026-12-01T01:00:00Z"), at("2026-12-03T00:00:00Z"));
        for (moment, may_be) in [
            ("2026-11-30T23:59:59Z", false),
            ("2026-12-01T00:00:00Z", true),
            ("2026-12-02T20:00:00Z", true),
            ("2026-12-03T00:05:00Z", true),
            ("2026-12-03T00:05:01Z", false),
        ] {
            assert_eq!(fits(start, 60, at(moment), now), may_be, "{moment}");
        }
    }

    proptest! {
        #[test]
        fn the_order_in_which_marks_arrive_never_matters(
            marks in prop::collection::vec((0_i64..5, any::<u128>(), any::<bool>()), 0..8).prop_shuffle()
        ) {
            let key = |mark: &(i64, u128, bool)| (mark.0, mark.1);
            let there = |marks: &[(i64, u128, bool)]| counting(marks.iter().copied(), key).map(|mark| mark.2);
            let mut sorted = marks.clone();
            sorted.sort_by_key(key);
            let mut backwards = sorted.clone();
            backwards.reverse();
            prop_assert_eq!(there(&marks), there(&sorted));
            prop_assert_eq!(there(&marks), there(&backwards));
            // Sent again, it changes nothing.
            let twice: Vec<_> = marks.iter().chain(&marks).copied().collect();
            prop_assert_eq!(there(&twice), there(&marks));
        }
    }
}
