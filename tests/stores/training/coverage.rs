//! Where walks went, and what outlives the people of a year.

use jiff::civil::date;
use machiaruki::{
    app::system_random,
    retention::{Batch, Cutoff, Retained as _},
    routes::StopId,
    training::{
        TrainingKept,
        model::{Grouping, Pattern, Walked, walked},
        service::kept_totals,
        store,
    },
};
use uuid::Uuid;

use super::{
    YEAR,
    ward::{Ward, rule},
    year,
};
use crate::support::{TestDb, databases};

fn at(patterns: &[Pattern], stops: &[u128]) -> Walked {
    walked(patterns, &stops.iter().map(|stop| StopId(Uuid::from_u128(*stop))).collect())
}

/// Twelve people; ten complete a route, of whom one missed a stop, and one only began.
async fn ward(test: TestDb) -> Ward {
    let ward = Ward::new(test).await;
    let people: Vec<String> = (1..=12)
        .map(|number| format!("{number},{},常勤,", if number > 9 { "防災課" } else { "総務課" }))
        .collect();
    ward.roster(date(2026, 4, 1), &people.iter().map(String::as_str).collect::<Vec<_>>()).await;
    ward.at("2026-11-20T12:00:00+09:00");
    ward.programme("all", "yearly", YEAR, rule(1)).await;
    ward.look().await;
    for number in 1..=10 {
        let stops: &[u128] = if number == 1 { &[11, 12] } else { &[11, 12, 13] };
        ward.walked_at(&number.to_string(), (1, stops), YEAR, Some(date(2026, 6, 1))).await;
    }
    ward.walked_at("11", (1, &[13]), YEAR, None).await;
    ward
}

#[tokio::test]
async fn each_walk_counts_where_it_went_and_only_in_its_year() {
    for test in databases().await {
        let ward = ward(test).await;
        let patterns = ward.training.patterns.of(year(YEAR)).await.unwrap();
        assert_eq!(patterns.len(), 3, "walks that are alike are one pattern");
        assert_eq!(at(&patterns, &[11]), Walked { walks: 10, completed: 10, visits: 10 });
        assert_eq!(at(&patterns, &[13]), Walked { walks: 10, completed: 9, visits: 10 });
        assert_eq!(at(&patterns, &[11, 13]), Walked { walks: 11, completed: 10, visits: 20 });
        assert_eq!(ward.training.patterns.of(year(YEAR - 1)).await.unwrap().len(), 0);
        // What changes is seen; a walk that is taken away counts nowhere.
        ward.walked_at("11", (1, &[11, 12, 13]), YEAR, Some(date(2026, 11, 19))).await;
        ward.not_walked("1", 1, YEAR).await;
        let patterns = ward.training.patterns.of(year(YEAR)).await.unwrap();
        assert_eq!(at(&patterns, &[11, 12, 13]), Walked { walks: 10, completed: 10, visits: 30 });
    }
}

#[tokio::test]
async fn figures_outlive_the_people_of_a_year_and_tell_of_nobody() {
    for test in databases().await {
        let ward = ward(test).await;
        let patterns = ward.training.patterns.of(year(YEAR)).await.unwrap();
        let programme =
            ward.training.books.with(year(YEAR), |book| book.programmes[0].clone()).await.unwrap();
        let erase = async |limit| {
            let now = ward.now();
            ward.write(move |tx| {
                Box::pin(async move {
                    let cutoff = Cutoff { day: date(2027, 4, 1), moment: now };
                    let batch = Batch { cutoff, limit, now, random: system_random() };
                    TrainingKept.erase(tx, &batch).await
                })
            })
            .await
        };
        let kept = async |by| {
            let mut tx = ward.test.db.read().await.unwrap();
            kept_totals(&mut tx, &programme, year(YEAR), by).await.unwrap()
        };
        assert_eq!(kept(Grouping::Department).await, None, "nothing is kept while people are known");
        // In whatever parts people are forgotten, all of them are in the figures.
        assert_eq!(erase(5).await.subjects, 5);
        assert_eq!(erase(100).await.subjects, 7);
        let mut tx = ward.test.db.read().await.unwrap();
        assert_eq!(store::steps_of_year(&mut tx, year(YEAR), 0).await.unwrap(), []);
        assert_eq!(store::walks_of_year(&mut tx, year(YEAR), 0).await.unwrap(), []);
        drop(tx);
        let (all, departments) = kept(Grouping::Department).await.unwrap();
        assert_eq!((all.count.due, all.count.completed), (12, 10));
        // One department has nine people and the other three: of few nothing is kept, nor what would tell it by subtraction.
        assert_eq!(departments, []);
        let (_, divisions) = kept(Grouping::Division).await.unwrap();
        assert_eq!(
            divisions.iter().map(|one| (one.name.as_deref(), one.count.due)).collect::<Vec<_>>(),
            [(Some("見本部"), 12)]
        );
        let (_, months) = kept(Grouping::Month).await.unwrap();
        let completed: Vec<(&str, u32)> =
            months.iter().map(|one| (one.key.as_str(), one.count.completed)).collect();
        assert_eq!(completed[..3], [("2026-04", 0), ("2026-05", 0), ("2026-06", 10)]);
        assert_eq!(completed.len(), 12);
        assert_eq!(
            ward.training.patterns.of(year(YEAR)).await.unwrap(),
            patterns,
            "where walks went is known still"
        );
    }
}
