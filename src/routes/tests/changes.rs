//! What is different between two designs.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::routes::{
    changes::{Change, ChangeKind, changes},
    model::Design,
};

use super::{design, line, stop};

fn between(before: &[Value], after: &[Value]) -> Vec<Change> {
    changes((&design(before), None), (&design(after), None))
}

fn said(changes: &[Change]) -> Vec<(ChangeKind, Option<usize>)> {
    changes.iter().map(|change| (change.kind, change.sequence)).collect()
}

#[test]
fn a_stop_is_added_removed_moved_and_rewritten() {
    let mut second = stop(2);
    second["location"] = json!([139.752, 35.6505]);
    second["story"]["ja"] = json!("新しい物語");
    let found = between(&[stop(1), stop(2), stop(3)], &[stop(1), second, stop(4)]);
    assert_eq!(
        said(&found),
        [
            (ChangeKind::StopMoved, Some(2)),
            (ChangeKind::Stop, Some(2)),
            (ChangeKind::StopAdded, Some(3)),
            (ChangeKind::StopRemoved, Some(3)),
        ]
    );
    assert_eq!(found[0].metres, Some(55.0));
    assert_eq!((found[1].field, &found[1].after["ja"]), (Some("story"), &json!("新しい物語")));
}

#[test]
fn only_the_stop_that_was_moved_is_reordered() {
    let found = between(&[stop(1), stop(2), stop(3), stop(4)], &[stop(4), stop(1), stop(2), stop(3)]);
    assert_eq!(said(&found), [(ChangeKind::StopReordered, Some(1))]);
    assert_eq!((&found[0].before, &found[0].after), (&json!(4), &json!(1)));
}

#[test]
fn the_way_and_its_length_are_changes_of_their_own() {
    let control = json!({ "kind": "control", "location": [139.7515, 35.6502] });
    let (before, after) = (design(&[stop(1), stop(2)]), design(&[stop(1), control, stop(2)]));
    let (old, new) = (line(&before), line(&after));
    let found = changes((&before, Some(&old)), (&after, Some(&new)));
    assert_eq!(said(&found), [(ChangeKind::Way, None), (ChangeKind::Distance, None)]);
    assert_eq!((&found[1].before, &found[1].after), (&json!(90.0), &json!(180.0)));
}

fn some_design() -> impl Strategy<Value = Design> {
    proptest::sample::subsequence((1..8_usize).collect::<Vec<_>>(), 0..7)
        .prop_shuffle()
        .prop_map(|stops| design(&stops.into_iter().map(stop).collect::<Vec<_>>()))
}

proptest! {
    #[test]
    fn nothing_changes_between_a_design_and_itself(one in some_design()) {
        prop_assert_eq!(changes((&one, None), (&one, None)), vec![]);
    }

    #[test]
    fn what_is_added_one_way_is_removed_the_other(one in some_design(), other in some_design()) {
        let stops = |found: Vec<Change>, kind: ChangeKind| -> Vec<_> {
            let mut stops: Vec<_> =
                found.into_iter().filter(|change| change.kind == kind).map(|change| change.stop_id).collect();
            stops.sort();
            stops
        };
        let (there, back) = (changes((&one, None), (&other, None)), changes((&other, None), (&one, None)));
        prop_assert_eq!(
            stops(there.clone(), ChangeKind::StopAdded),
            stops(back.clone(), ChangeKind::StopRemoved)
        );
        // As few stops as possible are called reordered, whichever way one looks.
        let count = |found: &[Change]| found.iter().filter(|c| c.kind == ChangeKind::StopReordered).count();
        prop_assert_eq!(count(&there), count(&back));
    }
}
