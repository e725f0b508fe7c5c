//! The best order of stops: exact for a few (Held and Karp 1962), otherwise by insertion and exchange.

use super::{
    graph::Graph,
    measure,
    model::Spot,
    path::NoPath,
    profile::Profile,
    search::length,
    snap::{Snapped, snap},
};

/// Where the walk ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// At whichever stop is best.
    #[default]
    Anywhere,
    /// At the last stop given.
    Last,
    /// Where it began.
    Start,
}

/// Up to this many stops the order is exactly the best.
pub const EXACT: usize = 12;

/// How long each way is, in millimetres.
#[derive(Clone, Debug)]
pub struct Matrix(pub Vec<Vec<u64>>);

impl Matrix {
    /// What an order costs.
    #[must_use]
    pub fn cost(&self, order: &[usize], end: End) -> u64 {
        let legs: u64 = order.windows(2).map(|pair| self.0[pair[0]][pair[1]]).sum();
        match (end, order) {
            (End::Start, [first, .., last]) => legs + self.0[*last][*first],
            _ => legs,
        }
    }
}

/// The costs between all stops. Straight lines stand for what is too far from the network.
///
/// # Errors
/// When there is no network, or no way between two stops; the leg is that from the former to the latter.
pub fn matrix(graph: &Graph, profile: Profile, points: &[Spot]) -> Result<Matrix, (usize, NoPath)> {
    if graph.size().1 == 0 {
        return Err((0, NoPath::Empty));
    }
    let places: Vec<Option<Snapped>> = points.iter().map(|point| snap(graph, profile, *point)).collect();
    let at = |index: usize| places[index].map_or(points[index], |place| place.at);
    let mut rows = Vec::with_capacity(points.len());
    for (from, place) in places.iter().enumerate() {
        let mut row = Vec::with_capacity(points.len());
        for (to, other) in places.iter().enumerate() {
            row.push(match (place, other) {
                (Some(place), Some(other)) => {
                    length(graph, profile, place, other).ok_or((from, NoPath::Apart(to)))?
                }
                _ => (measure::metres(at(from), at(to)) * 1000.0) as u64,
            });
        }
        rows.push(row);
    }
    Ok(Matrix(rows))
}

/// The best order found. It begins with stop 0, and never costs more than the order given.
#[must_use]
pub fn best_order(matrix: &Matrix, end: End) -> Vec<usize> {
    let count = matrix.0.len();
    let given: Vec<usize> = (0..count).collect();
    if count < 3 {
        return given;
    }
    let found =
        if count <= EXACT { exact(matrix, end) } else { improved(matrix, end, inserted(matrix, end)) };
    let mut best = if matrix.cost(&found, end) < matrix.cost(&given, end) { found } else { given };
    if count > EXACT {
        // From the order given, too: a different start may end in a better place.
        let other = improved(matrix, end, (0..count).collect());
        if matrix.cost(&other, end) < matrix.cost(&best, end) {
            best = other;
        }
    }
    best
}

/// Held and Karp: the best way through each set of stops to each of its members.
fn exact(matrix: &Matrix, end: End) -> Vec<usize> {
    let count = matrix.0.len();
    let others = count - 1;
    let full = (1_usize << others) - 1;
    let mut best = vec![(u64::MAX, 0_usize); (full + 1) * others];
    for stop in 0..others {
        best[(1 << stop) * others + stop] = (matrix.0[0][stop + 1], others);
    }
    for set in 1..=full {
        for last in (0..others).filter(|last| set >> last & 1 == 1) {
            let cost = best[set * others + last].0;
            if cost == u64::MAX {
                continue;
            }
            for next in (0..others).filter(|next| set >> next & 1 == 0) {
                let total = cost + matrix.0[last + 1][next + 1];
                let place = &mut best[(set | 1 << next) * others + next];
                if total < place.0 {
                    *place = (total, last);
                }
            }
        }
    }
    let total = |last: &usize| {
        let back = if end == End::Start { matrix.0[last + 1][0] } else { 0 };
        best[full * others + last].0.saturating_add(back)
    };
    let lasts = if end == End::Last { others - 1..others } else { 0..others };
    let mut last = lasts.min_by_key(total).unwrap_or(others - 1);
    let (mut set, mut order) = (full, Vec::with_capacity(count));
    while last < others {
        order.push(last + 1);
        let before = best[set * others + last].1;
        set &= !(1 << last);
        last = before;
    }
    order.push(0);
    order.reverse();
    order
}

/// Each stop where it costs least, one after the other.
fn inserted(matrix: &Matrix, end: End) -> Vec<usize> {
    let count = matrix.0.len();
    let mut order = if end == End::Last { vec![0, count - 1] } else { vec![0] };
    let mut left: Vec<usize> = (1..count).filter(|stop| !order.contains(stop)).collect();
    while !left.is_empty() {
        let most = if end == End::Last { order.len() - 1 } else { order.len() };
        let tries = left.iter().enumerate().flat_map(|(index, stop)| {
            let order = &order;
            (1..=most).map(move |place| {
                let mut longer = order.clone();
                longer.insert(place, *stop);
                (matrix.cost(&longer, end), index, longer)
            })
        });
        let Some((_, index, longer)) = tries.min_by_key(|(cost, index, _)| (*cost, *index)) else { break };
        order = longer;
        left.remove(index);
    }
    order
}

/// 2-opt and Or-opt until nothing helps. Costs need not be the same both ways.
fn improved(matrix: &Matrix, end: End, mut order: Vec<usize>) -> Vec<usize> {
    let most = if end == End::Last { order.len() - 1 } else { order.len() };
    let mut cost = matrix.cost(&order, end);
    loop {
        let mut best: Option<(u64, Vec<usize>)> = None;
        let mut offer = |tried: Vec<usize>| {
            let tried_cost = matrix.cost(&tried, end);
            if tried_cost < best.as_ref().map_or(cost, |best| best.0) {
                best = Some((tried_cost, tried));
            }
        };
        for start in 1..most {
            for stop in start + 1..=most {
                let mut tried = order.clone();
                tried[start..stop].reverse();
                offer(tried);
                if stop - start > 3 {
                    continue;
                }
                for place in 1..=most - (stop - start) {
                    let mut tried = order.clone();
                    let moved: Vec<usize> = tried.drain(start..stop).collect();
                    tried.splice(place..place, moved);
                    offer(tried);
                }
            }
        }
        match best {
            Some((better, tried)) => (cost, order) = (better, tried),
            None => return order,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matrices(most: usize) -> impl Strategy<Value = Matrix> {
        (2..=most).prop_flat_map(|count| {
            proptest::collection::vec(proptest::collection::vec(1_u64..10_000, count), count).prop_map(Matrix)
        })
    }

    /// Every order, the slow way.
    fn brute(matrix: &Matrix, end: End, order: &mut Vec<usize>, left: &mut Vec<usize>) -> u64 {
        if left.is_empty() {
            let ends_there = end != End::Last || order.last() == Some(&(matrix.0.len() - 1));
            return if ends_there { matrix.cost(order, end) } else { u64::MAX };
        }
        let mut best = u64::MAX;
        for index in 0..left.len() {
            let stop = left.remove(index);
            order.push(stop);
            best = best.min(brute(matrix, end, order, left));
            order.pop();
            left.insert(index, stop);
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn a_few_stops_are_in_the_best_order(matrix in matrices(6)) {
            for end in [End::Anywhere, End::Last, End::Start] {
                let order = best_order(&matrix, end);
                let mut left = (1..matrix.0.len()).collect();
                prop_assert_eq!(matrix.cost(&order, end), brute(&matrix, end, &mut vec![0], &mut left));
            }
        }

        #[test]
        fn no_order_is_worse_than_the_one_given_or_loses_a_stop(matrix in matrices(20)) {
            for end in [End::Anywhere, End::Last, End::Start] {
                let order = best_order(&matrix, end);
                let given: Vec<usize> = (0..matrix.0.len()).collect();
                prop_assert!(matrix.cost(&order, end) <= matrix.cost(&given, end));
                prop_assert_eq!(order[0], 0);
                if end == End::Last {
                    prop_assert_eq!(order.last(), given.last());
                }
                let mut sorted = order.clone();
                sorted.sort_unstable();
                prop_assert_eq!(sorted, given);
            }
        }
    }
}
