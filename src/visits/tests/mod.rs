//! Properties of the rules, and how right they are.

mod measured;

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    clock::Timestamp,
    geo::Position,
    routes::{RouteVersionId, StopId},
};

use super::{
    envelope::{Envelope, item_id},
    model::{
        Attempt, COARSEST_M, Candidate, Fix, OLDEST_FIX_S, Outcome, Step, Verdict, VisitId, digest, too_fast,
        verdict, walk,
    },
};

fn fix(accuracy_m: f64, age_s: f64) -> Fix {
    Fix { location: Position([139.75, 35.65]), accuracy_m, age_s, mocked: None }
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![Just(Outcome::Accepted), Just(Outcome::Pending), Just(Outcome::Rejected)]
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let one = (0_u128..6, outcome())
        .prop_map(|(stop, outcome)| Attempt { stop: StopId(Uuid::from_u128(stop)), outcome });
    prop::collection::vec(one, 0..12)
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec(prop::collection::btree_set(0_u128..6, 0..5), 0..4).prop_map(|versions| {
        let version = |(index, stops): (usize, BTreeSet<u128>)| Candidate {
            id: RouteVersionId(Uuid::from_u128(index as u128)),
            number: index as i64 + 1,
            required: stops.into_iter().map(|stop| StopId(Uuid::from_u128(stop))).collect(),
        };
        versions.into_iter().enumerate().map(version).collect()
    })
}

proptest! {
    #[test]
    fn the_verdict_says_only_what_the_whole_circle_says(
        distance in 0.0..2_000.0_f64, radius in 10.0..300.0_f64, accuracy in 0.1..400.0_f64, age in 0.0..120.0_f64,
        // Where within its circle the phone really was.
        real in -1.0..=1.0_f64,
    ) {
        let found = verdict(distance, radius, &fix(accuracy, age));
        let truth = distance + real * accuracy;
        match found {
            Verdict::Inside => prop_assert!(truth <= radius + 1e-9),
            Verdict::Outside => prop_assert!(truth > radius - 1e-9),
            Verdict::Undecidable => {}
        }
        if age > OLDEST_FIX_S || accuracy > COARSEST_M {
            prop_assert_eq!(found, Verdict::Undecidable);
        }
    }

    #[test]
    fn a_walk_is_the_same_in_any_order_and_however_often_it_is_sent(
        attempts in attempts(), candidates in candidates(), seed in any::<prop::sample::Index>(),
    ) {
        let told = walk(&attempts, &candidates);
        let mut other: Vec<Attempt> = attempts.iter().chain(&attempts).copied().collect();
        other.reverse();
        if !other.is_empty() {
            let middle = seed.index(other.len());
            other.rotate_left(middle);
        }
        let mut turned = candidates.clone();
        turned.reverse();
        prop_assert_eq!(walk(&other, &turned), told);
    }

    #[test]
    fn what_is_complete_stays_so_whatever_arrives(
        attempts in attempts(), more in attempts(), candidates in candidates(), newer in candidates(),
    ) {
        let complete = |attempts: &[Attempt], candidates: &[Candidate]| {
            walk(attempts, candidates).is_some_and(|walk| walk.complete)
        };
        if complete(&attempts, &candidates) {
            let attempts: Vec<Attempt> = attempts.into_iter().chain(more).collect();
            let candidates: Vec<Candidate> = candidates.into_iter().chain(newer).collect();
            prop_assert!(complete(&attempts, &candidates));
        }
    }

    #[test]
    fn complete_means_that_every_required_stop_of_one_version_counts(
        attempts in attempts(), candidates in candidates(),
    ) {
        let accepted: BTreeSet<StopId> = attempts
            .iter()
            .filter(|attempt| attempt.outcome == Outcome::Accepted)
            .map(|attempt| attempt.stop)
            .collect();
        let expected = !accepted.is_empty()
            && candidates.iter().any(|one| one.required.iter().all(|stop| accepted.contains(stop)));
        prop_assert_eq!(walk(&attempts, &candidates).is_some_and(|walk| walk.complete), expected);
    }

    #[test]
    fn speed_does_not_depend_on_the_order_of_arrival(
        places in prop::collection::vec((0_i64..3_600, 0.0..0.05_f64), 0..8), turn in any::<prop::sample::Index>(),
    ) {
        let steps: Vec<Step> = places
            .iter()
            .enumerate()
            .map(|(index, (second, east))| Step {
                id: VisitId(Uuid::from_u128(index as u128)),
                at: Timestamp::from_second(*second).unwrap(),
                location: Position([139.7 + east, 35.65]),
                radius_m: 40,
            })
            .collect();
        let found = too_fast(steps.clone());
        let mut other = steps;
        if !other.is_empty() {
            let middle = turn.index(other.len());
            other.rotate_left(middle);
        }
        prop_assert_eq!(too_fast(other), found);
    }

    #[test]
    fn a_list_is_taken_apart_as_json_says(
        items in prop::collection::vec("[ -~\u{3042}]{0,12}", 0..6), numbers in prop::collection::vec(any::<i32>(), 0..4),
    ) {
        let document = serde_json::json!({
            "sent": [1, { "visits": [] }], "visits": items.iter().map(|text| serde_json::json!({ "id": text, "x": [text, numbers] }))
                .collect::<Vec<_>>(),
        });
        for text in [document.to_string(), serde_json::to_string_pretty(&document).unwrap()] {
            let envelope = Envelope::read(text.as_bytes(), "visits").unwrap();
            let read: Vec<serde_json::Value> =
                envelope.items.iter().map(|item| serde_json::from_slice(item).unwrap()).collect();
            prop_assert_eq!(serde_json::Value::from(read), document["visits"].clone());
            let ids: Vec<String> = envelope.items.iter().map(|item| item_id(item).unwrap()).collect();
            prop_assert_eq!(&ids, &items);
        }
    }

    #[test]
    fn no_bytes_bring_the_envelope_down(bytes in prop::collection::vec(prop::sample::select(b"{}[]\",:\\ a1".to_vec()), 0..40)) {
        let _ = Envelope::read(&bytes, "a");
        let _ = item_id(&bytes);
    }
}

#[test]
fn an_item_written_otherwise_is_the_same_item() {
    let read = |text: &str| digest(&serde_json::from_str(text).unwrap());
    assert_eq!(
        read(r#"{"a":[1,{"c":2,"b":"x,"}],"d":{}}"#),
        read(r#"{ "d": {}, "a": [1, {"b":"x,","c":2}] }"#)
    );
    assert_ne!(read(r#"{"a":[1,2]}"#), read(r#"{"a":[2,1]}"#));
    assert_ne!(read(r#"{"a":"1"}"#), read(r#"{"a":1}"#));
    assert_ne!(read(r#"{"a":["x,"]}"#), read(r#"{"a":["x"]}"#));
}
