//! A whole ward over five fiscal years, with transfers each April: what is reported in the end is what was put in.

use std::collections::BTreeMap;

use jiff::civil::date;
use machiaruki::{
    staff::DepartmentId,
    training::model::{Count, Grouping, Tally},
    visits::model::FiscalYear,
};

use super::ward::{Ward, rule};
use crate::support::databases;

const YEARS: [i16; 5] = [2022, 2023, 2024, 2025, 2026];
const DEPARTMENTS: [&str; 5] = ["総務課", "防災課", "福祉課", "土木課", "教育課"];

/// Where somebody is in a year: every fourth is transferred each April.
fn department(person: usize, year: usize) -> usize {
    (person + year * usize::from((person + year).is_multiple_of(4))) % DEPARTMENTS.len()
}

/// Whether somebody completes it in a year: of each department another part, more from year to year.
fn completes(person: usize, year: usize) -> bool {
    (person / DEPARTMENTS.len()) % 10 < department(person, year) + year
}

async fn simulate(people: usize) {
    for test in databases().await {
        let ward = Ward::new(test).await;
        for (index, year) in YEARS.into_iter().enumerate() {
            ward.at(&format!("{year}-04-01T00:00:00+09:00"));
            let lines: Vec<String> = (0..people)
                .map(|person| format!("{},{},常勤,", 1_000 + person, DEPARTMENTS[department(person, index)]))
                .collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            ward.roster(date(year, 4, 1), &lines).await;
            if index == 0 {
                ward.programme("all", "yearly", year, rule(1)).await;
            }
            ward.look().await;
            ward.all_walked(
                year,
                (0..people).filter(|person| completes(*person, index)).map(|person| {
                    let month = i8::try_from(person % 8).unwrap() + 5;
                    ((1_000 + person).to_string(), date(year, month, 20))
                }),
            )
            .await;
        }
        // Asked in the end, of each year, as it was then.
        let names = ward.department_names().await;
        for (index, year) in YEARS.into_iter().enumerate() {
            let year = FiscalYear::new(year).unwrap();
            for (until, counted) in [(year.last(), 13), (date(year.year(), 7, 31), 8)] {
                let mut expected: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
                for person in 0..people {
                    let (due, completed) =
                        expected.entry(DEPARTMENTS[department(person, index)]).or_default();
                    *due += 1;
                    *completed += u32::from(completes(person, index) && person % 8 + 5 < counted);
                }
                let groups = ward.training.books.with(year, |book| {
                    let programme = &book.programmes[0];
                    let entries: Vec<_> = book.entries(programme, until).collect();
                    let standing = entries.iter().map(|entry| entry.standing());
                    Tally::of(standing, Grouping::Department, until, &book.town).whole()
                });
                let figures = |count: Option<Count>| count.map(|count| (count.due, count.completed));
                let found: BTreeMap<&str, (u32, u32)> = groups
                    .await
                    .unwrap()
                    .into_iter()
                    .map(|group| {
                        let id: DepartmentId = group.key.parse().unwrap();
                        (names[&id].as_str(), figures(group.count).unwrap())
                    })
                    .collect();
                assert_eq!(found, expected, "{until}");
            }
        }
    }
}

#[tokio::test]
async fn five_years_of_a_small_ward_end_with_what_was_put_in() {
    simulate(150).await;
}

#[tokio::test]
#[ignore = "takes minutes: make long"]
async fn five_years_of_two_thousand_staff_end_with_what_was_put_in() {
    simulate(2_000).await;
}
