//! Versions as records of the public layers.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    clock::Date,
    routes::{model::Version, publication::records},
};

use super::{design, stop, version};

fn versions(days: &[&str]) -> Vec<Version> {
    let one = |(index, day): (usize, &&str)| version(index as i64 + 1, day, design(&[stop(1), stop(2)]));
    days.iter().enumerate().map(one).collect()
}

#[test]
fn each_version_counts_until_the_next_one() {
    let (routes, stops) = records(&versions(&["2026-04-01", "2027-04-01"]), None);
    let days: Vec<_> = routes
        .iter()
        .map(|one| (one.fields["valid_from"].clone(), one.fields.get("retired_on").cloned()))
        .collect();
    assert_eq!(days, [(json!("2026-04-01"), Some(json!("2027-04-01"))), (json!("2027-04-01"), None)]);
    assert_eq!((routes.len(), stops.len()), (2, 4));
    assert_eq!(stops[1].fields["sequence"], 2);
}

#[test]
fn answers_are_in_no_record() {
    let mut asked = stop(1);
    asked["question"] = json!({ "text": { "ja": "何段ですか" }, "answers": ["ひみつ"] });
    let (routes, stops) = records(&[version(1, "2026-04-01", design(&[asked, stop(2)]))], None);
    assert!(!format!("{routes:?}{stops:?}").contains("ひみつ"));
}

proptest! {
    #[test]
    fn at_most_one_version_counts_on_a_day(
        gaps in proptest::collection::vec(0_i64..400, 1..5),
        archived in proptest::option::of(0_i64..1_000),
        asked in 0_i64..1_500,
    ) {
        let day = |days: i64| Date::constant(2026, 1, 1) + jiff::Span::new().days(days);
        let mut begin = 0;
        let mut all = Vec::new();
        for (index, gap) in gaps.iter().enumerate() {
            begin += gap;
            all.push(version(index as i64 + 1, &day(begin).to_string(), design(&[stop(1)])));
        }
        let (routes, _) = records(&all, archived.map(day));
        let asked = day(asked).to_string();
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let in_force: Vec<i64> = routes
            .iter()
            .filter(|one| text(one.fields.get("valid_from")).is_some_and(|from| from <= asked))
            .filter(|one| text(one.fields.get("retired_on")).is_none_or(|until| asked < until))
            .map(|one| one.fields["version"].as_i64().unwrap())
            .collect();
        let latest = all.iter().filter(|one| one.effective_from.to_string() <= asked).map(|one| one.number).max();
        let is_archived = archived.is_some_and(|archived| day(archived).to_string() <= asked);
        let expected: Vec<i64> = latest.filter(|_| !is_archived).into_iter().collect();
        prop_assert_eq!(in_force, expected);
    }
}
