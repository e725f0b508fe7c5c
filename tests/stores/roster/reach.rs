//! What else the store keeps to: reach, days to come, people who come back.

use std::sync::Arc;

use machiaruki::{
    auth::Reach,
    clock::Date,
    staff::{Finder, store},
};

use super::{as_of, everybody, take, total};
use crate::support::databases;

const HEADINGS: &str = "職員番号,氏名,所属コード,所属,職級,退職年月日,派遣開始,派遣終了";
const DAY: Date = Date::constant(2026, 4, 1);

fn file(rows: &[&str]) -> String {
    format!("{HEADINGS}\n{}\n", rows.join("\n"))
}

#[tokio::test]
async fn a_last_day_that_is_known_ahead_ends_the_spell_and_can_be_taken_back() {
    for test in databases().await {
        let leaves = file(&["1,見本 一,10,人事課,係員,2026-06-30,,", "2,見本 二,10,人事課,係員,,,"]);
        take(&test, DAY, &leaves).await.unwrap();
        let (last, next) = (Date::constant(2026, 6, 30), Date::constant(2026, 7, 1));
        assert_eq!(as_of(&test.db, last).await.len(), 2);
        assert_eq!(as_of(&test.db, next).await.len(), 1);
        let stays = file(&["1,見本 一,10,人事課,係員,,,", "2,見本 二,10,人事課,係員,,,"]);
        take(&test, Date::constant(2026, 5, 1), &stays).await.unwrap();
        assert_eq!(as_of(&test.db, next).await.len(), 2);
    }
}

#[tokio::test]
async fn who_comes_back_is_the_same_person() {
    for test in databases().await {
        let (one, both) =
            (["1,見本 一,10,人事課,係員,,,"], ["1,見本 一,10,人事課,係員,,,", "2,見本 二,20,防災課,係員,,,"]);
        take(&test, DAY, &file(&both)).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let id = store::id_of_number(&mut tx, "2").await.unwrap();
        drop(tx);
        take(&test, Date::constant(2026, 5, 1), &file(&one)).await.unwrap();
        // The department in which nobody is any more is gone with them.
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(store::departments(&mut tx, Date::constant(2026, 5, 1)).await.unwrap().len(), 1);
        assert_eq!(store::departments(&mut tx, DAY).await.unwrap().len(), 2);
        drop(tx);
        take(&test, Date::constant(2026, 8, 1), &file(&both)).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(store::id_of_number(&mut tx, "2").await.unwrap(), id);
        let person = store::person(&mut tx, id.unwrap()).await.unwrap().unwrap();
        assert_eq!(person.spells.len(), 2);
        assert_eq!(person.left_on, None);
        assert_eq!(store::departments(&mut tx, Date::constant(2026, 8, 1)).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_department_that_is_renamed_keeps_its_people_and_its_past_name() {
    for test in databases().await {
        take(&test, DAY, &file(&["1,見本 一,10,人事課,係員,,,"])).await.unwrap();
        take(&test, Date::constant(2026, 10, 1), &file(&["1,見本 一,10,職員課,係員,,,"])).await.unwrap();
        assert_eq!(as_of(&test.db, DAY).await["1"].1, "人事課");
        assert_eq!(as_of(&test.db, Date::constant(2026, 10, 1)).await["1"].1, "職員課");
    }
}

#[tokio::test]
async fn what_is_out_of_reach_is_neither_listed_nor_counted() {
    for test in databases().await {
        take(
            &test,
            DAY,
            &file(&["1,見本 一,10,人事課,係員,,,", "2,見本 二,20,防災課,係員,,2026-04-01,2026-09-30"]),
        )
        .await
        .unwrap();
        let mut tx = test.db.read().await.unwrap();
        let departments = store::departments(&mut tx, DAY).await.unwrap();
        let own = departments.iter().find(|one| one.code == "10").unwrap().id.parse().unwrap();
        let reach = Reach::Departments(Arc::from([own]));
        let finder = Finder::default();
        let found = finder.find(&mut tx, &everybody(DAY), &reach).await.unwrap();
        assert_eq!((found.people.len(), found.total), (1, 1));
        for none in [
            Reach::Departments(Arc::from([])),
            Reach::Own("019a9f6e-0000-7000-8000-000000000000".parse().unwrap()),
        ] {
            let found = finder.find(&mut tx, &everybody(DAY), &none).await.unwrap();
            assert_eq!((found.people, found.total), (Vec::new(), 0));
        }
        drop(tx);
        // The same finder sees what is changed afterwards, by another hand.
        take(
            &test,
            DAY,
            &file(&["1,見本 一,20,防災課,係員,,,", "2,見本 二,20,防災課,係員,,2026-04-01,2026-09-30"]),
        )
        .await
        .unwrap();
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(finder.find(&mut tx, &everybody(DAY), &reach).await.unwrap().total, 0);
        drop(tx);
        let absent = |day| super::Search { state: super::State::Absent, ..everybody(day) };
        assert_eq!(total(&test.db, absent(Date::constant(2026, 9, 30))).await, 1);
        assert_eq!(total(&test.db, absent(Date::constant(2026, 10, 1))).await, 0);
    }
}
