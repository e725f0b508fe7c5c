//! Wards made up for the test: 2,000 people always, 60,000 when somebody asks (`make long`).

use std::{fmt::Write as _, time::Instant};

use machiaruki::{auth::Reach, clock::Date, layers::fold, staff::Finder};

use super::{Search, State, everybody, take, total};
use crate::support::{TestDb, databases};

const APRIL: Date = Date::constant(2025, 4, 1);
const NEXT_APRIL: Date = Date::constant(2026, 4, 1);

/// A ward of so many in a year: a fifth moves each April, a twentieth leaves and as many come; `transfers` more
/// move in the middle of the year.
fn ward(people: usize, year: usize, transfers: usize) -> String {
    let mut text = "職員番号,氏名,フリガナ,部,課,係,職級,任用形態,メールアドレス\n".to_owned();
    let first = year * people / 20;
    for number in first..first + people {
        let moves = if number % 5 == year % 5 { year } else { 0 };
        let mid_year = usize::from(number % people < transfers);
        let place = (number * 7 + moves * 13 + mid_year * 3) % 300;
        let grade = match number % 40 {
            0 => "部長",
            1..=3 => "課長",
            4..=10 => "係長",
            11..=20 => "主任",
            _ => "係員",
        };
        let employment = if number % 9 == 0 { "会計年度任用" } else { "常勤" };
        let _ = writeln!(
            text,
            "{number:07},見本 太郎{number},ミホン タロウ,部{},課{},係{place},{grade},{employment},s{number}@staff.example.jp",
            place / 30,
            place / 6,
        );
    }
    text
}

async fn transfers(test: &TestDb, people: usize) {
    let engine = test.db.engine();
    let timed = |what: &str, since: Instant| println!("{engine:?}: {what}: {:.2?}", since.elapsed());
    let since = Instant::now();
    take(test, APRIL, &ward(people, 0, 0)).await.unwrap();
    timed("first roster", since);
    // In the middle of the year some move.
    let since = Instant::now();
    let done = take(test, Date::constant(2025, 10, 1), &ward(people, 0, people / 50)).await.unwrap();
    timed("transfers in October", since);
    assert_eq!(done.counts.moved, people as u64 / 50);
    assert_eq!(done.counts.unchanged, (people - people / 50) as u64);
    // On 1 April everything happens at once.
    let since = Instant::now();
    let done = take(test, NEXT_APRIL, &ward(people, 1, 0)).await.unwrap();
    timed("transfers on 1 April", since);
    let turnover = people as u64 / 20;
    assert_eq!((done.counts.joined, done.counts.left), (turnover, turnover));
    assert!(done.counts.moved > people as u64 / 6, "{:?}", done.counts);
    let since = Instant::now();
    assert!(take(test, NEXT_APRIL, &ward(people, 1, 0)).await.unwrap().change.is_none());
    timed("the same again", since);
    for (day, expected) in [(Date::constant(2025, 3, 31), 0), (APRIL, people), (NEXT_APRIL, people)] {
        assert_eq!(total(&test.db, everybody(day)).await, expected as i64);
    }
    let left = Search { state: State::Left, ..everybody(NEXT_APRIL) };
    assert_eq!(total(&test.db, left.clone()).await, turnover as i64);
    let finder = Finder::default();
    finder.refresh(&test.db).await.unwrap();
    let page = |search: Search| Search { limit: 50, ..search };
    for (what, search) in [
        ("first page", everybody(NEXT_APRIL)),
        ("a late page", Search { after: format!("{people:07}"), ..everybody(NEXT_APRIL) }),
        ("a name that all have", Search { text: fold("見本 太郎"), ..everybody(NEXT_APRIL) }),
        ("a name of one", Search { text: fold(&format!("太郎{}", people - 1)), ..everybody(NEXT_APRIL) }),
        ("a name of nobody", Search { text: fold("いない"), ..everybody(NEXT_APRIL) }),
        ("a past day", everybody(APRIL)),
        ("who left", left),
    ] {
        let since = Instant::now();
        let mut tx = test.db.read().await.unwrap();
        finder.find(&mut tx, &page(search), &Reach::Any).await.unwrap();
        timed(what, since);
    }
}

#[tokio::test]
async fn a_ward_of_2_000_moves_in_october_and_in_april() {
    for test in databases().await {
        transfers(&test, 2_000).await;
    }
}

#[tokio::test]
#[ignore = "takes minutes without optimisation: `make long` runs it"]
async fn a_city_of_60_000_moves_in_october_and_in_april() {
    for test in databases().await {
        transfers(&test, 60_000).await;
    }
}
