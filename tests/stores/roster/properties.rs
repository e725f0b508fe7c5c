//! Whatever files come, in order of their days.

use std::{collections::BTreeMap, fmt::Write as _};

use machiaruki::{
    clock::Date,
    staff::{file, plan, store},
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use super::{as_of, take};
use crate::support::databases;

const DEPARTMENTS: [&str; 4] = ["総務部,人事課", "総務部,防災課", "芝支所,", "芝支所,協働推進課"];
const GRADES: [&str; 3] = ["係員", "主任", "課長"];

/// Number → department, grade, whether on leave.
type People = BTreeMap<u8, (usize, usize, bool)>;

fn text(people: &People) -> String {
    let mut text = "職員番号,氏名,部,課,職級,休職開始\n".to_owned();
    for (number, (department, grade, leave)) in people {
        let leave = if *leave { "2026-01-15" } else { "" };
        let _ =
            writeln!(text, "{number},見本 {number},{},{},{leave}", DEPARTMENTS[*department], GRADES[*grade]);
    }
    text
}

fn expected(people: &People) -> BTreeMap<String, (String, String, String)> {
    people
        .iter()
        .map(|(number, (department, grade, _))| {
            let path = DEPARTMENTS[*department].trim_end_matches(',');
            let name = path.rsplit(',').next().unwrap();
            (number.to_string(), (format!("見本 {number}"), name.to_owned(), GRADES[*grade].to_owned()))
        })
        .collect()
}

fn rosters() -> impl Strategy<Value = Vec<People>> {
    let people = proptest::collection::btree_map(1_u8..12, (0_usize..4, 0_usize..3, any::<bool>()), 1..9);
    proptest::collection::vec(people, 1..5)
}

/// A day of each roster: some share one.
fn day(index: usize) -> Date {
    Date::constant(2026, 1 + (index as i8) / 2 * 2, 10)
}

#[tokio::test]
async fn each_day_is_as_its_last_file_says_and_the_same_file_changes_nothing() {
    let samples: Vec<Vec<People>> = {
        let mut runner = TestRunner::deterministic();
        (0..12).map(|_| rosters().new_tree(&mut runner).unwrap().current()).collect()
    };
    for rosters in samples {
        for test in databases().await {
            let mut days: BTreeMap<Date, People> = BTreeMap::new();
            for (index, people) in rosters.iter().enumerate() {
                let on = day(index);
                let before: Vec<_> = {
                    let mut all = Vec::new();
                    for known in days.keys().filter(|known| **known < on) {
                        all.push((*known, as_of(&test.db, *known).await));
                    }
                    all
                };
                take(&test, on, &text(people)).await.unwrap();
                days.insert(on, people.clone());
                assert_eq!(as_of(&test.db, on).await, expected(people), "{:?}", test.url);
                for (known, was) in before {
                    assert_eq!(as_of(&test.db, known).await, was, "history before {on} has changed");
                }
                // The same again.
                let roster = file::read(text(people).as_bytes()).unwrap();
                let mut tx = test.db.read().await.unwrap();
                let known = store::known(&mut tx, on).await.unwrap();
                drop(tx);
                let again = plan::plan(&roster, &known, on);
                assert!(again.is_empty(), "{again:?}");
                assert!(take(&test, on, &text(people)).await.unwrap().change.is_none());
            }
            for (on, people) in &days {
                assert_eq!(as_of(&test.db, *on).await, expected(people));
            }
        }
    }
}
