//! How many will not have completed a programme when its fiscal year ends. Pure.
//!
//! Whoever is missing has begun, or has not: what part of each completes it is seen where it is known already. In the year
//! before, that is from the same day to the year's end; in a programme's first year, over the last eight weeks, stretched to the
//! days that are left. People are taken to decide each for themselves, and what was seen is not surer than its number: of both
//! comes the range, within which four out of five such forecasts end.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Count, named};

/// Where what is expected was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ForecastBasis)]
pub enum Basis {
    /// In the year before, from the same day to the year's end.
    YearBefore,
    /// Over the last weeks.
    LastWeeks,
}

named!(Basis { YearBefore = "year_before", LastWeeks = "last_weeks" });

/// How many people were missing once, and how many of them had completed it some time later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many were missing.
    pub missing: u32,
    /// How many of them completed it.
    pub completed: u32,
}

impl Seen {
    /// Counts somebody.
    pub fn add(&mut self, completed: bool) {
        self.missing += 1;
        self.completed += u32::from(completed);
    }

    const fn with(self, other: Self) -> Self {
        Self { missing: self.missing + other.missing, completed: self.completed + other.completed }
    }
}

/// What was seen of those who had begun, and of those who had not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// Of those who had walked some of it.
    pub begun: Seen,
    /// Of those who had not.
    pub not_begun: Seen,
}

/// Of fewer people nothing is concluded.
pub const FEWEST_SEEN: u32 = 20;

/// How likely somebody completes it until the year ends, and how sure that is (a variance).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Chance {
    mean: f64,
    variance: f64,
}

impl Chance {
    /// What was seen, with Jeffreys' prior, stretched by `periods` of the length in which it was seen.
    fn of(seen: Seen, periods: f64) -> Self {
        let (completed, rest) =
            (f64::from(seen.completed) + 0.5, f64::from(seen.missing - seen.completed) + 0.5);
        let sum = completed + rest;
        let (mean, variance) = (completed / sum, completed * rest / (sum * sum * (sum + 1.0)));
        // Of those who stay, the same part goes in each period. The variance follows by the slope.
        let slope = periods * (1.0 - mean).powf(periods - 1.0);
        Self { mean: 1.0 - (1.0 - mean).powf(periods), variance: variance * slope * slope }
    }
}

/// What is to be expected of people who are missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// Where it was seen.
    pub basis: Basis,
    begun: Chance,
    not_begun: Chance,
}

impl Odds {
    /// Of what was seen in the year before, until its end.
    #[must_use]
    pub fn of_the_year_before(observed: &Observed) -> Option<Self> {
        Self::new(Basis::YearBefore, observed, 1.0)
    }

    /// Of what was seen over the last `days`, for the `days_left` of the year.
    #[must_use]
    pub fn of_the_last_weeks(observed: &Observed, days: u16, days_left: u16) -> Option<Self> {
        Self::new(Basis::LastWeeks, observed, f64::from(days_left) / f64::from(days.max(1)))
    }

    fn new(basis: Basis, observed: &Observed, periods: f64) -> Option<Self> {
        let together = observed.begun.with(observed.not_begun);
        let chance =
            |seen: Seen| Chance::of(if seen.missing < FEWEST_SEEN { together } else { seen }, periods);
        (together.missing >= FEWEST_SEEN).then(|| Self {
            basis,
            begun: chance(observed.begun),
            not_begun: chance(observed.not_begun),
        })
    }
}

/// How many will not have completed it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct Forecast {
    /// Who are missing today (未受講).
    pub missing: u32,
    /// How many of them will be missing still when the year ends.
    pub expected: f64,
    /// Not fewer, in nine out of ten cases.
    pub low: f64,
    /// Not more, in nine out of ten cases.
    pub high: f64,
}

/// The ninth decile of the normal distribution.
const NINTH_DECILE: f64 = 1.281_551_565_5;

impl Forecast {
    /// Of people who stand so.
    #[must_use]
    pub fn of(count: &Count, odds: &Odds) -> Self {
        let missing = count.due - count.completed;
        let begun = f64::from(count.begun.min(missing));
        let not_begun = f64::from(missing) - begun;
        let (mut expected, mut variance) = (0.0, 0.0);
        for (people, chance) in [(begun, odds.begun), (not_begun, odds.not_begun)] {
            expected += people * (1.0 - chance.mean);
            variance += people * chance.mean * (1.0 - chance.mean) + people * people * chance.variance;
        }
        let margin = NINTH_DECILE * variance.sqrt();
        let most = f64::from(missing);
        Self { missing, expected, low: (expected - margin).max(0.0), high: (expected + margin).min(most) }
    }
}

/// Guided outings until the year ends, and what is missing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Seats {
    /// How many outings are planned.
    pub planned: u32,
    /// How many places are free in them.
    pub free: u32,
    /// How many places an outing usually has; none where there is no outing to tell.
    pub usual: Option<u32>,
    /// How many places more are needed.
    pub needed: u32,
    /// How many outings more that is.
    pub further: Option<u32>,
}

impl Seats {
    /// For those who will not have completed it otherwise. An outing has a `capacity` and `taken` places.
    #[must_use]
    pub fn of(unfinished: f64, planned: &[(u32, u32)]) -> Self {
        let free = planned.iter().map(|(capacity, taken)| capacity.saturating_sub(*taken)).sum();
        let mut capacities: Vec<u32> = planned.iter().map(|(capacity, _)| *capacity).collect();
        capacities.sort_unstable();
        let usual = capacities.get(capacities.len() / 2).copied().filter(|usual| *usual > 0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of people")]
        let needed = (unfinished.ceil() as u32).saturating_sub(free);
        Self {
            planned: u32::try_from(planned.len()).unwrap_or(u32::MAX),
            free,
            usual,
            needed,
            further: usual.map(|usual| needed.div_ceil(usual)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(missing: u32, completed: u32) -> Seen {
        Seen { missing, completed }
    }

    fn missing(begun: u32, not_begun: u32) -> Count {
        Count { due: begun + not_begun, begun, ..Count::default() }
    }

    #[test]
    fn whoever_has_begun_is_judged_by_those_who_had() {
        let observed = Observed { begun: seen(1_000, 900), not_begun: seen(1_000, 200) };
        let odds = Odds::of_the_year_before(&observed).unwrap();
        let of = |count| Forecast::of(&count, &odds);
        let near = |forecast: Forecast, expected: f64| (forecast.expected - expected).abs() < 0.5;
        assert!(near(of(missing(100, 0)), 10.0), "{:?}", of(missing(100, 0)));
        assert!(near(of(missing(0, 100)), 80.0));
        assert!(near(of(missing(100, 100)), 90.0));
        assert_eq!(of(missing(0, 0)), Forecast { missing: 0, expected: 0.0, low: 0.0, high: 0.0 });
    }

    #[test]
    fn of_few_people_nothing_is_concluded() {
        let few = Observed { begun: seen(9, 9), not_begun: seen(10, 0) };
        assert_eq!(Odds::of_the_year_before(&few), None);
        // Too few had begun to tell them apart.
        let together = Observed { begun: seen(10, 10), not_begun: seen(90, 40) };
        let odds = Odds::of_the_year_before(&together).unwrap();
        assert!((odds.begun.mean - 0.5).abs() < 0.01);
        assert!(odds.not_begun.mean < 0.45);
    }

    #[test]
    fn the_pace_of_the_last_weeks_goes_on() {
        let observed = Observed { begun: Seen::default(), not_begun: seen(10_000, 5_000) };
        let mean = |left| Odds::of_the_last_weeks(&observed, 56, left).unwrap().not_begun.mean;
        assert!((mean(56) - 0.5).abs() < 0.001);
        assert!((mean(112) - 0.75).abs() < 0.001);
        assert_eq!(mean(0), 0.0);
    }

    #[test]
    fn outings_are_as_large_as_they_usually_are() {
        let seats = Seats::of(30.2, &[(10, 10), (12, 2), (40, 39)]);
        assert_eq!(seats, Seats { planned: 3, free: 11, usual: Some(12), needed: 20, further: Some(2) });
        assert_eq!(Seats::of(3.0, &[]), Seats { planned: 0, free: 0, usual: None, needed: 3, further: None });
        assert_eq!(Seats::of(3.0, &[(9, 0)]).further, Some(0));
    }

    /// Whoever says "four out of five" has to be right about that often.
    #[test]
    fn the_range_holds_as_often_as_it_says() {
        // A linear congruential generator (Knuth's MMIX): chance is the same in every run.
        let mut state = 1_u64;
        let mut is_so = |chance: f64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / (1_u64 << 31) as f64 <= chance
        };
        let (mut held, rounds) = (0, 2_000);
        for round in 0..rounds {
            let truth = 0.05 + 0.9 * f64::from(round) / f64::from(rounds);
            let mut before = Seen::default();
            (0..150).for_each(|_| before.add(is_so(truth)));
            let observed = Observed { begun: Seen::default(), not_begun: before };
            let odds = Odds::of_the_year_before(&observed).unwrap();
            let forecast = Forecast::of(&missing(0, 120), &odds);
            let unfinished = (0..120).filter(|_| !is_so(truth)).count() as f64;
            held += usize::from((forecast.low - 0.5..=forecast.high + 0.5).contains(&unfinished));
        }
        let share = held as f64 / f64::from(rounds);
        assert!((0.77..0.87).contains(&share), "{share}");
    }

    prop_compose! {
        fn a_seen()(missing in 0_u32..500, share in 0.0..=1.0_f64) -> Seen {
            Seen { missing, completed: (f64::from(missing) * share) as u32 }
        }
    }

    proptest! {
        #[test]
        fn it_is_never_of_more_people_than_there_are(
            begun in a_seen(), not_begun in a_seen(), people in (0_u32..3_000, 0_u32..3_000),
            days in (1_u16..366, 0_u16..366),
        ) {
            let observed = Observed { begun, not_begun };
            for odds in [
                Odds::of_the_year_before(&observed),
                Odds::of_the_last_weeks(&observed, days.0, days.1),
            ].into_iter().flatten() {
                let forecast = Forecast::of(&missing(people.0, people.1), &odds);
                prop_assert!(0.0 <= forecast.low && forecast.low <= forecast.expected + 1e-9, "{:?}", forecast);
                prop_assert!(forecast.expected <= forecast.high + 1e-9, "{:?}", forecast);
                prop_assert!(forecast.high <= f64::from(forecast.missing), "{:?}", forecast);
            }
        }

        /// More time never leaves more people without it.
        #[test]
        fn more_days_are_never_worse(seen in a_seen(), left in (0_u16..300, 0_u16..60)) {
            let observed = Observed { begun: Seen::default(), not_begun: seen };
            let expected = |left| {
                let odds = Odds::of_the_last_weeks(&observed, 56, left)?;
                Some(Forecast::of(&missing(0, 100), &odds).expected)
            };
            prop_assert!(expected(left.0 + left.1) <= expected(left.0));
        }
    }
}
