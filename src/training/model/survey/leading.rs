//! Which routes change most.
//!
//! Routes that few people walked have the largest and the smallest changes by luck alone. So each is drawn towards the mean of all,
//! the less is known of it the more (empirical Bayes): m + (c − m) · τ² / (τ² + se²), where c is its change, se the standard error, and
//! τ² how much routes differ beyond luck, by the method of moments of `DerSimonian` and Laird (Meta-analysis in clinical trials,
//! Controlled Clinical Trials 7, 1986). It decides the order alone; what is shown is what was answered.

use super::Change;

/// The places of routes in the order of how much they change, the most first.
#[must_use]
pub fn leading(changes: &[Change]) -> Vec<usize> {
    let drawn = drawn(changes);
    let mut order: Vec<usize> = (0..changes.len()).collect();
    let by = |index: &usize| (drawn[*index], changes[*index].pairs);
    order.sort_by(|a, b| {
        let ((one, pairs), (other, others)) = (by(a), by(b));
        other.total_cmp(&one).then(others.cmp(&pairs))
    });
    order
}

/// What each is taken to be, drawn towards the mean of all.
fn drawn(changes: &[Change]) -> Vec<f64> {
    let points: Vec<(f64, f64)> =
        changes.iter().map(|one| (one.change.value(), one.standard_error().powi(2))).collect();
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>();
    // Widths of intervals are never nothing: the variance has a floor.
    let weights = sum(&|(_, variance)| 1.0 / variance);
    let fixed = sum(&|(change, variance)| change / variance) / weights;
    let spread = sum(&|(change, variance)| (change - fixed).powi(2) / variance);
    let squares = sum(&|(_, variance)| 1.0 / variance.powi(2));
    let room = weights - squares / weights;
    let beyond = if room > 0.0 { ((spread - (points.len() as f64 - 1.0)) / room).max(0.0) } else { 0.0 };
    let total = sum(&|(_, variance)| 1.0 / (variance + beyond));
    let mean = sum(&|(change, variance)| change / (variance + beyond)) / total;
    points.iter().map(|(change, variance)| mean + (change - mean) * beyond / (beyond + variance)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::random::{SeededRandom, SharedRandom};

    /// Pairs whose changes have a mean, spread by one point either way.
    fn pairs(count: usize, mean: f64) -> Vec<(f64, f64)> {
        (0..count).map(|index| (2.0, 2.0 + mean + if index % 2 == 0 { 1.0 } else { -1.0 })).collect()
    }

    fn change(count: usize, mean: f64) -> Change {
        Change::of(&pairs(count, mean)).unwrap()
    }

    #[test]
    fn what_many_say_leads_what_a_few_say_a_little_louder() {
        let routes = [change(10, 0.9), change(200, 0.8), change(200, 0.1), change(200, 0.3)];
        assert_eq!(leading(&routes), [1, 0, 3, 2]);
        // What is much larger leads, although few say it.
        assert_eq!(leading(&[change(200, 0.8), change(200, 0.1), change(20, 2.4)])[0], 2);
        assert_eq!(leading(&[]), Vec::<usize>::new());
        assert_eq!(leading(&[change(10, 0.5)]), [0]);
    }

    proptest! {
        #[test]
        fn each_is_between_its_own_and_the_mean(routes in proptest::collection::vec((10_usize..300, -1.0..1.0), 1..12)) {
            let changes: Vec<Change> = routes.iter().map(|(count, mean)| change(*count, *mean)).collect();
            let drawn = drawn(&changes);
            let own: Vec<f64> = changes.iter().map(|one| one.change.value()).collect();
            let (least, most) = own.iter().fold((4.0_f64, -4.0_f64), |(a, b), one| (a.min(*one), b.max(*one)));
            for one in &drawn {
                prop_assert!(least - 1e-9 <= *one && *one <= most + 1e-9);
            }
            let mut places = leading(&changes);
            places.sort_unstable();
            prop_assert_eq!(places, (0..changes.len()).collect::<Vec<_>>());
        }
    }

    /// Ten routes that are all the same, one of which few people walked: it leads no more often than the others.
    #[test]
    fn a_route_of_few_pairs_does_not_lead_by_luck() {
        const DRAWN: u32 = 500;
        let random: SharedRandom = Arc::new(SeededRandom::new("leading"));
        let sample = |count: usize| {
            let draw = || (2.0, 2.0 + f64::from(u16::from_le_bytes(random.bytes()) % 4));
            Change::of(&(0..count).map(|_| draw()).collect::<Vec<_>>()).unwrap()
        };
        let (mut leads, mut leads_raw) = (0, 0);
        for _ in 0..DRAWN {
            let routes: Vec<Change> = [10].into_iter().chain([150; 9]).map(sample).collect();
            leads += u32::from(leading(&routes)[0] == 0);
            leads_raw += u32::from((1..10).all(|index| routes[0].change > routes[index].change));
        }
        assert!(leads_raw > DRAWN / 4, "without it, it would lead {leads_raw} times");
        assert!(leads < DRAWN / 7, "it leads {leads} of {DRAWN} times");
    }
}
