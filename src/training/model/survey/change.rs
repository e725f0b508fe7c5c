//! How much answers changed, and how sure that is.
//!
//! The interval is Student's t over paired differences: mean ± t(0.975, n − 1) · s / √n. See NIST/SEMATECH, e-Handbook of
//! Statistical Methods, 7.3.1.1 (paired observations) and 1.3.5.2 (confidence limits for the mean). Two things are added, both of which only make it wider: answers
//! are whole points, so the variance is taken to be at least that of half a point either way (1/12), or five people who
//! all changed by one point would look certain; and its ends are rounded outwards.

use serde::{Deserialize, Serialize};

/// A number in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hundredths(pub i32);

impl Hundredths {
    /// As a number.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// How the answers of several people changed. All is rounded as [`Change::of`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// How many people answered before and after.
    pub pairs: u32,
    /// Their mean before, from 1 to 5.
    pub before: Hundredths,
    /// Their mean after.
    pub after: Hundredths,
    /// The mean of their changes, from -4 to 4.
    pub change: Hundredths,
    /// The lower end of its 95 % interval.
    pub low: Hundredths,
    /// The upper end.
    pub high: Hundredths,
}

/// The variance of a point that may be half a point more or less.
const OF_A_POINT: f64 = 1.0 / 12.0;
/// From so many pairs on, figures have two decimals.
const MANY: usize = 100;

/// In which steps figures of so many pairs are rounded, in hundredths. With ten pairs or more, the sums behind two figures are known no better
/// than to half a point each: their difference does not tell how a single person answered.
const fn step(pairs: usize) -> i32 {
    if pairs < MANY { 10 } else { 1 }
}
fn in_steps(value: f64, step: i32, round: fn(f64) -> f64) -> Hundredths {
    // What only the arithmetic of the machine adds is no reason to round outwards.
    let steps = (value * 100.0 / f64::from(step) * 1e6).round() / 1e6;
    Hundredths(round(steps) as i32 * step)
}

impl Change {
    /// Of how each person answered before and after, in points; of several questions, each person's means. None of fewer than two people.
    /// Rounded to a tenth, and to a hundredth of 100 pairs or more; `after` is `before` and `change`, so that the figures
    /// agree with each other.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)]) -> Option<Self> {
        if pairs.len() < 2 {
            return None;
        }
        let count = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
        let (before, change) = (mean(|pair| pair.0), mean(|pair| pair.1 - pair.0));
        let squares: f64 = pairs.iter().map(|pair| (pair.1 - pair.0 - change).powi(2)).sum();
        let variance = (squares / (count - 1.0)).max(OF_A_POINT);
        let half = student(pairs.len() - 1) * (variance / count).sqrt();
        let step = step(pairs.len());
        let (before, rounded) = (in_steps(before, step, f64::round), in_steps(change, step, f64::round));
        Some(Self {
            pairs: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
            before,
            after: Hundredths((before.0 + rounded.0).clamp(100, 500)),
            change: rounded,
            low: in_steps((change - half).max(-4.0), step, f64::floor),
            high: in_steps((change + half).min(4.0), step, f64::ceil),
        })
    }

    /// The standard error of the change, as far as the rounded interval tells.
    pub(super) fn standard_error(&self) -> f64 {
        let half = (self.high.value() - self.low.value()) / 2.0;
        half / student(self.pairs.max(2) as usize - 1)
    }
}

/// The 97.5 % quantile of Student's t. For fewer than five degrees of freedom as tables have it; else by the expansion of Fisher and
/// Cornish (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5), which is right to a thousandth from there on.
fn student(degrees: usize) -> f64 {
    const Z: f64 = 1.959_963_984_540_054;
    const TABLE: [f64; 4] = [12.706_204_736, 4.302_652_730, 3.182_446_305, 2.776_445_105];
    if let Some(exact) = degrees.checked_sub(1).and_then(|index| TABLE.get(index)) {
        return *exact;
    }
    let v = degrees as f64;
    let g1 = (Z.powi(3) + Z) / 4.0;
    let g2 = (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / 96.0;
    let g3 = (3.0 * Z.powi(7) + 19.0 * Z.powi(5) + 17.0 * Z.powi(3) - 15.0 * Z) / 384.0;
    let g4 = (79.0 * Z.powi(9) + 776.0 * Z.powi(7) + 1_482.0 * Z.powi(5) - 1_920.0 * Z.powi(3) - 945.0 * Z)
        / 92_160.0;
    Z + g1 / v + g2 / v.powi(2) + g3 / v.powi(3) + g4 / v.powi(4)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::random::{SeededRandom, SharedRandom};

    #[test]
    fn quantiles_are_as_tables_have_them() {
        let table =
            [(4, 2.776), (5, 2.571), (9, 2.262), (19, 2.093), (29, 2.045), (99, 1.984), (1_999, 1.961)];
        for (degrees, quantile) in table {
            assert!((student(degrees) - quantile).abs() < 0.001, "{degrees}: {}", student(degrees));
        }
    }

    fn change(pairs: &[(u8, u8)]) -> Change {
        let points: Vec<(f64, f64)> = pairs.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).collect();
        Change::of(&points).unwrap()
    }

    #[test]
    fn an_example_by_hand() {
        // Differences 1, 0, 2, 1, 1: mean 1, s² = 0.5, half = 2.776 · √0.1 = 0.878.
        let found = change(&[(3, 4), (2, 2), (2, 4), (4, 5), (3, 4)]);
        let expected = Change {
            pairs: 5,
            before: Hundredths(280),
            after: Hundredths(380),
            change: Hundredths(100),
            low: Hundredths(10),
            high: Hundredths(190),
        };
        assert_eq!(found, expected);
        assert_eq!(Change::of(&[(1.0, 2.0)]), None);
    }

    #[test]
    fn five_who_all_say_the_same_are_not_certain() {
        let found = change(&[(3, 4); 5]);
        assert!(found.low < found.change && found.change < found.high, "{found:?}");
    }

    proptest! {
        #[test]
        fn figures_agree_with_each_other(pairs in proptest::collection::vec((1_u8..=5, 1_u8..=5), 2..150)) {
            let found = change(&pairs);
            prop_assert_eq!(found.pairs as usize, pairs.len());
            prop_assert!((100..=500).contains(&found.before.0) && (100..=500).contains(&found.after.0));
            prop_assert!(-400 <= found.low.0 && found.low <= found.change);
            prop_assert!(found.change <= found.high && found.high.0 <= 400);
            let (before, after) = (found.before.0, found.after.0);
            prop_assert!(after - before == found.change.0 || after == 100 || after == 500);
            // Whoever turns before and after round finds the opposite.
            let turned: Vec<(u8, u8)> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
            let opposite = change(&turned);
            prop_assert_eq!((-opposite.high.0, -opposite.low.0), (found.low.0, found.high.0));
        }
    }

    /// A number in [0, 1).
    fn chance(random: &SharedRandom) -> f64 {
        f64::from(u32::from_le_bytes(random.bytes())) / (f64::from(u32::MAX) + 1.0)
    }

    /// Draws many samples of a population whose change is known, and counts in how many the interval holds it.
    #[test]
    fn the_interval_holds_the_truth_19_times_out_of_20() {
        const DRAWN: usize = 2_000;
        // How likely each change is, from -1 to 3.
        let populations: [([f64; 5], f64); 4] = [
            ([0.1, 0.4, 0.3, 0.15, 0.05], 0.945),
            ([0.25, 0.5, 0.25, 0.0, 0.0], 0.945),
            ([0.0, 0.1, 0.8, 0.1, 0.0], 0.945),
            // Four of five stay where they are, and a few change much: the hardest for few people.
            ([0.0, 0.8, 0.1, 0.05, 0.05], 0.88),
        ];
        let random: SharedRandom = Arc::new(SeededRandom::new("coverage"));
        for (population, least) in populations {
            let points = [-1.0, 0.0, 1.0, 2.0, 3.0];
            let truth: f64 = population.iter().zip(points).map(|(part, point)| part * point).sum();
            for size in [5, 10, 20, 60, 120] {
                let mut held = 0;
                for _ in 0..DRAWN {
                    let draw = || {
                        let (mut left, mut drawn) = (chance(&random), 3.0);
                        for (part, point) in population.iter().zip(points) {
                            if left < *part {
                                drawn = point;
                                break;
                            }
                            left -= part;
                        }
                        (2.0, 2.0 + drawn)
                    };
                    let sample: Vec<(f64, f64)> = (0..size).map(|_| draw()).collect();
                    let found = Change::of(&sample).unwrap();
                    held += usize::from(found.low.value() <= truth && truth <= found.high.value());
                }
                let part = held as f64 / DRAWN as f64;
                assert!(part > least, "{population:?}, {size} pairs: {part}");
            }
        }
    }
}
