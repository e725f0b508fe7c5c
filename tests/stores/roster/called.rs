//! What people are called on a day, many at once.

use machiaruki::{clock::Date, staff::store};

use super::{list, take};
use crate::{roster::everybody, support::databases};

const APRIL: Date = Date::constant(2025, 4, 1);
const OCTOBER: Date = Date::constant(2025, 10, 1);

#[tokio::test]
async fn a_name_is_that_of_the_day_or_else_the_last_one() {
    for test in databases().await {
        let file = |second: &str, third: &str| {
            format!(
                "職員番号,氏名,フリガナ,部,課,係,職級,任用形態\n000001,見本 一,ミホン,部,課,係,係員,常勤\n000002,{second},ミホン,部,課,係,係員,常勤\n{third}"
            )
        };
        let third = "000003,見本 三,ミホン,部,課,係,係員,常勤\n";
        take(&test, APRIL, &file("旧姓 二", third)).await.unwrap();
        let people = list(&test.db, everybody(APRIL)).await;
        // The second changes their name, the third leaves.
        take(&test, OCTOBER, &file("髙橋 二", "")).await.unwrap();
        let ids: Vec<_> = people.iter().map(|one| one.staff).collect();
        let mut tx = test.db.read().await.unwrap();
        let called = async |tx: &mut machiaruki::db::Tx, day| {
            let called = store::called(tx, &ids, day).await.unwrap();
            let mut all: Vec<_> =
                called.into_values().map(|one| (one.number.unwrap(), one.name.unwrap())).collect();
            all.sort_unstable();
            all.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(called(&mut tx, APRIL).await, ["見本 一", "旧姓 二", "見本 三"]);
        assert_eq!(called(&mut tx, OCTOBER).await, ["見本 一", "髙橋 二", "見本 三"]);
        assert_eq!(store::called(&mut tx, &[], APRIL).await.unwrap().len(), 0);
        drop(tx);
        // Erased, there is neither.
        let erased = ids[0].to_string();
        test.db
            .write::<(), machiaruki::db::DbError, _>(move |tx| {
                Box::pin(async move {
                    machiaruki::on!(tx, conn => sqlx::query("UPDATE staff SET number = NULL WHERE id = $1")
                        .bind(&erased).execute(conn).await.map(|_| ()))?;
                    machiaruki::on!(tx, conn => sqlx::query("UPDATE staff_spell SET name = NULL WHERE staff = $1")
                        .bind(&erased).execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        let mut tx = test.db.read().await.unwrap();
        let called = store::called(&mut tx, &ids, OCTOBER).await.unwrap();
        assert_eq!(called[&ids[0]], store::Called::default());
        assert_eq!(called.len(), 3);
    }
}
