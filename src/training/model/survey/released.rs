//! Which figures are shown: of enough people, and never twice so near to each other that they tell of one.
//!
//! Each [`Part`] is released by itself: the first time of [`FEWEST_PAIRS`] ([`FEWEST_OF_ROUTE`] of a route), and anew when [`STEP`] more
//! pairs came in. A route is released only together with everybody, and when those who did not walk it are nobody or enough people as well, since the
//! figures of everybody and of a route together tell theirs. What is left, figures of overlapping groups, is blurred by rounding
//! ([`Change::of`](super::Change::of)).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::routes::RouteId;

use super::{About, Answers, Change, Question, QuestionId};

/// Of fewer pairs nothing is shown.
pub const FEWEST_PAIRS: u32 = 5;
/// Of a route, of fewer pairs nothing is shown: it is known who walked it.
pub const FEWEST_OF_ROUTE: u32 = 10;
/// So many more pairs than were released have to come in before figures are released anew.
pub const STEP: u32 = 5;

/// Both sheets of one person, who is not named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// What they answered before they walked.
    pub before: Answers,
    /// And after.
    pub after: Answers,
    /// The routes that they had completed then.
    pub routes: BTreeSet<RouteId>,
}

impl Pair {
    /// What they answered to a question, before and after; none when they left it out once.
    fn points(&self, question: &QuestionId) -> Option<(f64, f64)> {
        let points = |answers: &Answers| answers.get(question).map(|answer| f64::from(answer.points()));
        points(&self.before).zip(points(&self.after))
    }

    /// The mean of what they answered to several questions both times.
    fn mean<'q>(&self, questions: impl Iterator<Item = &'q QuestionId>) -> Option<(f64, f64)> {
        let (mut before, mut after, mut count) = (0.0, 0.0, 0.0);
        for (earlier, later) in questions.filter_map(|question| self.points(question)) {
            before += earlier;
            after += later;
            count += 1.0;
        }
        (count > 0.0).then(|| (before / count, after / count))
    }
}

/// What figures are of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Everybody, by what the questions are about.
    About(About),
    /// Everybody, by a question.
    Question(QuestionId),
    /// Those who completed a route, by what the questions are about.
    Route(RouteId, About),
}

/// What is shown, by part.
pub type Released = BTreeMap<Part, Change>;

/// What is to be released of some pairs, now that so much is. Their order does not matter.
#[must_use]
pub fn release(questions: &[Question], pairs: &[Pair], released: &Released) -> Released {
    let mut new = Released::new();
    // Says whether the part is released.
    let mut offer = |part: Part, points: &[(f64, f64)], fewest: u32| {
        let count = u32::try_from(points.len()).unwrap_or(u32::MAX);
        let needed = released.get(&part).map_or(fewest, |shown| shown.pairs.saturating_add(STEP));
        let change = if count >= needed { Change::of(points) } else { None };
        let is_released = change.is_some();
        new.extend(change.map(|change| (part, change)));
        is_released
    };
    for question in questions {
        let points: Vec<_> = pairs.iter().filter_map(|pair| pair.points(&question.id)).collect();
        offer(Part::Question(question.id.clone()), &points, FEWEST_PAIRS);
    }
    for about in About::ALL.iter().copied() {
        let of_it = || questions.iter().filter(|one| one.about == about).map(|one| &one.id);
        let found: Vec<(&Pair, (f64, f64))> =
            pairs.iter().filter_map(|pair| Some((pair, pair.mean(of_it())?))).collect();
        let everybody: Vec<_> = found.iter().map(|(_, points)| *points).collect();
        // Routes come with everybody, or not at all: one that all walked would tell who came since everybody was last shown.
        if !offer(Part::About(about), &everybody, FEWEST_PAIRS) {
            continue;
        }
        let routes: BTreeSet<RouteId> =
            found.iter().flat_map(|(pair, _)| pair.routes.iter().copied()).collect();
        for route in routes {
            let walked = found.iter().filter(|(pair, _)| pair.routes.contains(&route));
            let points: Vec<_> = walked.map(|(_, points)| *points).collect();
            let others = everybody.len() - points.len();
            if others == 0 || others >= FEWEST_PAIRS as usize {
                offer(Part::Route(route, about), &points, FEWEST_OF_ROUTE);
            }
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::training::model::survey::{Answer, usual_questions};

    fn route(number: u8) -> RouteId {
        RouteId(Uuid::from_u128(number.into()))
    }

    /// Somebody who answers all questions alike, or leaves them out.
    fn pair(before: Option<u8>, after: u8, routes: &[u8]) -> Pair {
        let answers = |points: u8| -> Answers {
            let answer = Answer::try_from(points).unwrap();
            usual_questions().into_iter().map(|question| (question.id, answer)).collect()
        };
        Pair {
            before: before.map(answers).unwrap_or_default(),
            after: answers(after),
            routes: routes.iter().copied().map(route).collect(),
        }
    }

    fn count(released: &Released, part: &Part) -> Option<u32> {
        released.get(part).map(|change| change.pairs)
    }

    const KNOWLEDGE: Part = Part::About(About::Knowledge);

    #[test]
    fn nothing_is_shown_of_fewer_than_five_and_of_a_route_of_fewer_than_ten() {
        let questions = usual_questions();
        let of = |count: usize, more: &[Pair]| {
            let mut pairs = vec![pair(Some(2), 4, &[1]); count];
            pairs.extend_from_slice(more);
            release(&questions, &pairs, &Released::new())
        };
        assert_eq!(of(4, &[]), Released::new());
        assert_eq!(of(4, &[pair(None, 4, &[1])]), Released::new(), "who left it out once is no pair");
        let five = of(5, &[]);
        assert_eq!(count(&five, &KNOWLEDGE), Some(5));
        assert_eq!(five.len(), 2 + 6);
        let walked = Part::Route(route(1), About::Knowledge);
        assert_eq!(count(&of(9, &[]), &walked), None);
        assert_eq!(count(&of(10, &[]), &walked), Some(10));
        // All but one walked it: both figures together would tell of that one.
        assert_eq!(count(&of(10, &[pair(Some(1), 5, &[])]), &walked), None);
        assert_eq!(count(&of(10, &vec![pair(Some(1), 5, &[]); 5]), &walked), Some(10));
    }

    #[test]
    fn figures_are_renewed_only_by_five_more() {
        let questions = usual_questions();
        let pairs = |count| vec![pair(Some(2), 4, &[]); count];
        let shown = release(&questions, &pairs(7), &Released::new());
        assert_eq!(release(&questions, &pairs(11), &shown), Released::new());
        assert_eq!(count(&release(&questions, &pairs(12), &shown), &KNOWLEDGE), Some(12));
        // A route that all of them walked does not come between two figures of everybody.
        let walked = |count| vec![pair(Some(2), 4, &[1]); count];
        assert_eq!(release(&questions, &walked(11), &shown), Released::new());
        let of_route = Part::Route(route(1), About::Knowledge);
        assert_eq!(count(&release(&questions, &walked(12), &shown), &of_route), Some(12));
        // Of a question that the new ones left out, nothing new is said, though of the others it is.
        let mut some = pairs(7);
        some.extend((0..5).map(|index| {
            let mut one = pair(Some(1), 2, &[]);
            if index > 0 {
                one.after.remove(&questions[0].id);
            }
            one
        }));
        let new = release(&questions, &some, &shown);
        assert_eq!(count(&new, &Part::Question(questions[0].id.clone())), None);
        assert_eq!(count(&new, &Part::Question(questions[1].id.clone())), Some(12));
    }

    prop_compose! {
        fn a_pair()(
            before in proptest::option::weighted(0.9, 1_u8..=5), after in 1_u8..=5,
            routes in proptest::collection::vec(0_u8..4, 0..3), left_out in proptest::option::of(0_usize..6),
        ) -> Pair {
            let mut pair = pair(before, after, &routes);
            if let Some(index) = left_out {
                pair.after.remove(&usual_questions()[index].id);
            }
            pair
        }
    }

    proptest! {
        /// Whoever looks after every single sheet: of each part, two figures are of groups that differ by five at least; and those
        /// who did not walk a route are never one to four.
        #[test]
        fn two_looks_never_differ_by_one_person(pairs in proptest::collection::vec(a_pair(), 0..60)) {
            let questions = usual_questions();
            let mut shown = Released::new();
            for until in 0..=pairs.len() {
                let new = release(&questions, &pairs[..until], &shown);
                for (part, change) in &new {
                    let fewest = if matches!(part, Part::Route(..)) { FEWEST_OF_ROUTE } else { FEWEST_PAIRS };
                    prop_assert!(change.pairs >= count(&shown, part).map_or(fewest, |before| before + STEP));
                    if let Part::Route(_, about) = part {
                        let everybody = release(&questions, &pairs[..until], &Released::new());
                        let others = count(&everybody, &Part::About(*about)).unwrap() - change.pairs;
                        prop_assert!(others == 0 || others >= FEWEST_PAIRS, "{others}");
                    }
                }
                shown.extend(new);
            }
            // The order in which they came does not matter for what is there in the end.
            let whole = release(&questions, &pairs, &Released::new());
            let mut turned = pairs.clone();
            turned.reverse();
            prop_assert_eq!(whole, release(&questions, &turned, &Released::new()));
        }
    }
}
