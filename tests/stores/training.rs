//! The yearly training, on both engines: years, obligations, walks.

mod coverage;
mod reminders;
mod simulation;
mod surveys;
mod ward;

use std::collections::BTreeMap;

use jiff::civil::date;
use machiaruki::{
    clock::Date,
    db::DbError,
    on,
    staff::StaffId,
    training::{
        model::{ExemptionId, ExemptionKind, Grouping, Piece, Reason, State, Tally, on_day},
        service::assessing::{assess_person, assess_year},
        store::{self, NewExemption},
    },
    visits::model::FiscalYear,
};
use uuid::Uuid;

use crate::support::databases;
use ward::{Ward, rule};

const YEAR: i16 = 2026;

fn year(year: i16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

/// How each number stands to the only programme on a day.
async fn standing(ward: &Ward, of: i16, day: Date) -> BTreeMap<String, (State, Reason, u8)> {
    let mut tx = ward.test.db.read().await.unwrap();
    let mut pieces: BTreeMap<StaffId, Vec<Piece>> = BTreeMap::new();
    for step in store::steps_of_year(&mut tx, year(of), 0).await.unwrap() {
        pieces.entry(step.staff).or_default().push(step.piece);
    }
    let numbers = ward.numbers().await;
    pieces
        .into_iter()
        .filter_map(|(staff, pieces)| {
            let piece = on_day(&pieces, day)?;
            Some((numbers[&staff].clone(), (piece.state, piece.reason, piece.routes)))
        })
        .collect()
}

#[tokio::test]
async fn a_programme_opens_rolls_over_and_obliges_whom_it_is_for() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        ward.roster(date(2025, 4, 1), &["1,総務課,常勤,", "2,総務課,会計年度任用,"]).await;
        ward.at("2025-04-01T00:00:00+09:00");
        ward.programme("all", "yearly", 2025, rule(2)).await;
        ward.look().await;
        let due = |routes| (State::Due, Reason::Audience, routes);
        assert_eq!(
            standing(&ward, 2025, date(2025, 4, 1)).await,
            [("1".into(), due(2)), ("2".into(), due(2))].into()
        );
        // Looking again writes nothing.
        assert_eq!(ward.look().await, None);

        // One joins in October, one leaves, one goes on leave: three are told apart.
        ward.at("2025-10-01T08:00:00+09:00");
        ward.roster(date(2025, 10, 1), &["1,総務課,常勤,2025-10-01", "3,防災課,常勤,"]).await;
        assert_eq!(ward.look().await, Some(3));
        let october = standing(&ward, 2025, date(2025, 10, 1)).await;
        assert_eq!(october["1"], (State::Deferred, Reason::Leave, 2));
        assert_eq!(october["2"].0, State::Ended);
        assert_eq!(october["3"], (State::Prorated, Reason::Began, 1));
        let september = standing(&ward, 2025, date(2025, 9, 30)).await;
        assert_eq!(september["1"], due(2), "what was before stays");

        // Nobody looks for days, over the end of the year: the old year is assessed to its last day, and the new one opens.
        ward.at("2026-04-03T08:00:00+09:00");
        ward.look().await.unwrap();
        let mut tx = ward.test.db.read().await.unwrap();
        let opened = store::years_of(&mut tx, year(2026)).await.unwrap();
        assert_eq!(opened.len(), 1);
        assert!(opened[0].opened_at.is_some());
        drop(tx);
        let april = standing(&ward, 2026, date(2026, 4, 3)).await;
        assert_eq!(april["3"], due(2));
        assert_eq!(april["1"].0, State::Deferred);
        assert!(!april.contains_key("2"), "who left is not obliged again");
        assert_eq!(standing(&ward, 2025, date(2026, 3, 31)).await, october, "the past stays");
    }
}

#[tokio::test]
async fn the_year_turns_in_tokyo() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        ward.roster(date(2025, 4, 1), &["1,総務課,常勤,"]).await;
        ward.at("2026-03-31T23:59:59+09:00");
        ward.programme("all", "yearly", 2025, rule(1)).await;
        ward.look().await;
        assert!(standing(&ward, 2026, date(2026, 4, 1)).await.is_empty());
        ward.at("2026-04-01T00:00:00+09:00");
        ward.look().await;
        assert_eq!(standing(&ward, 2026, date(2026, 4, 1)).await.len(), 1);
        assert_eq!(standing(&ward, 2025, date(2026, 3, 31)).await.len(), 1);
    }
}

#[tokio::test]
async fn what_is_planned_opens_by_itself_and_what_was_ended_does_not() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        ward.roster(date(2025, 4, 1), &["1,総務課,常勤,"]).await;
        ward.at("2025-12-01T08:00:00+09:00");
        let kept = ward.programme("kept", "yearly", 2025, rule(1)).await;
        let ended = ward.programme("ended", "yearly", 2025, rule(1)).await;
        ward.plan(kept, 2026, rule(3)).await;
        ward.write(move |tx| {
            Box::pin(async move { store::end_programme(tx, ended, Some(date(2025, 12, 1))).await })
        })
        .await;
        ward.at("2026-04-01T00:00:01+09:00");
        ward.look().await;
        let mut tx = ward.test.db.read().await.unwrap();
        let opened = store::years_of(&mut tx, year(2026)).await.unwrap();
        assert_eq!(opened.len(), 1);
        assert_eq!((opened[0].programme.id, opened[0].rule.requirement.routes), (kept, 3));
        drop(tx);
        // From now on nothing of it changes.
        let changed = ward.test.db.write::<_, DbError, _>(|tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query("UPDATE programme_year SET rule = '{}' WHERE fiscal_year = 2026")
                    .execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        });
        assert!(changed.await.is_err(), "a rule is frozen when its year opens");
        let forgotten = ward.test.db.write::<_, DbError, _>(|tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query("UPDATE obligation SET state = 'exempt'").execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        });
        assert!(forgotten.await.is_err(), "an obligation is never changed");
    }
}

#[tokio::test]
async fn a_roster_that_is_corrected_later_corrects_each_day() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        ward.roster(date(2026, 4, 1), &["1,総務課,常勤,", "2,総務課,常勤,"]).await;
        ward.at("2026-11-20T12:00:00+09:00");
        ward.programme("all", "yearly", YEAR, rule(2)).await;
        ward.look().await;
        // In November it becomes known that one had been on leave since June.
        ward.roster(date(2026, 11, 20), &["1,総務課,常勤,2026-06-01", "2,総務課,常勤,"]).await;
        ward.look().await;
        assert_eq!(standing(&ward, YEAR, date(2026, 5, 31)).await["1"].0, State::Due);
        assert_eq!(standing(&ward, YEAR, date(2026, 6, 1)).await["1"].0, State::Deferred);
        assert_eq!(standing(&ward, YEAR, date(2026, 11, 20)).await["2"].0, State::Due);
    }
}

#[tokio::test]
async fn once_is_once() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        ward.roster(date(2025, 4, 1), &["1,総務課,常勤,", "2,総務課,常勤,"]).await;
        ward.at("2025-06-01T08:00:00+09:00");
        ward.programme("once", "once", 2025, rule(1)).await;
        ward.look().await;
        ward.walked("1", 1, 2025, date(2025, 6, 1)).await;
        ward.at("2026-04-01T08:00:00+09:00");
        ward.look().await;
        let april = standing(&ward, 2026, date(2026, 4, 1)).await;
        assert_eq!(april.keys().collect::<Vec<_>>(), ["2"], "who is done with it is not obliged again");
        // A visit of the year before arrives late: it was done, after all.
        ward.walked("2", 1, 2025, date(2026, 3, 31)).await;
        ward.at("2026-04-02T08:00:00+09:00");
        ward.look().await;
        assert_eq!(standing(&ward, 2026, date(2026, 4, 2)).await["2"].0, State::Ended);
    }
}

#[tokio::test]
async fn what_hr_grants_counts_at_once_and_stays() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        ward.roster(date(2026, 4, 1), &["1,総務課,常勤,"]).await;
        ward.at("2026-11-20T12:00:00+09:00");
        let id = ward.programme("all", "yearly", YEAR, rule(2)).await;
        ward.look().await;
        let staff = ward.staff("1").await;
        let (account, now, today) = (ward.account, ward.now(), date(2026, 11, 20));
        let exemption = ExemptionId(Uuid::from_u128(7));
        let decided = ward
            .write(move |tx| {
                Box::pin(async move {
                    let new = NewExemption {
                        id: exemption,
                        programme: id,
                        year: year(YEAR),
                        staff,
                        kind: ExemptionKind::Exempt,
                        day: None,
                        until: None,
                        reason: "見本の理由".into(),
                        asked_by: account,
                    };
                    let change = store::next_change(tx).await?;
                    store::insert_exemption(tx, &new, change, now).await?;
                    let first =
                        store::decide_exemption(tx, exemption, (true, "可"), account, change, now).await?;
                    let second =
                        store::decide_exemption(tx, exemption, (false, ""), account, change, now).await?;
                    let programme = store::year_of(tx, id, year(YEAR)).await?.unwrap();
                    assess_person(tx, &programme, staff, today).await?;
                    Ok((first, second))
                })
            })
            .await;
        assert_eq!(decided, (true, false), "a decision stays");
        assert_eq!(standing(&ward, YEAR, today).await["1"], (State::Exempt, Reason::Granted, 2));
        assert_eq!(standing(&ward, YEAR, date(2026, 11, 19)).await["1"].0, State::Due);
        // Assessing everybody comes to the same.
        assert_eq!(assess_year(&ward.test.db, year(YEAR), today).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_walk_looks_back_on_the_years_before_in_whatever_order_they_are_derived() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        ward.roster(date(2020, 4, 1), &["1,総務課,常勤,"]).await;
        let staff = ward.staff("1").await;
        let last = async |of: i16| {
            let mut tx = ward.test.db.read().await.unwrap();
            let walks = store::walks_of(&mut tx, staff, year(of)).await.unwrap();
            walks.into_iter().find(|walk| walk.done.day.is_some()).and_then(|walk| walk.done.last_walked)
        };
        ward.walked("1", 1, 2026, date(2026, 5, 1)).await;
        assert_eq!(last(2026).await, None);
        ward.walked("1", 1, 2023, date(2023, 5, 1)).await;
        assert_eq!(last(2026).await, FiscalYear::new(2023));
        ward.walked("1", 1, 2025, date(2025, 5, 1)).await;
        assert_eq!((last(2026).await, last(2025).await), (FiscalYear::new(2025), FiscalYear::new(2023)));
        // A walk that is voided is looked past.
        ward.not_walked("1", 1, 2025).await;
        assert_eq!(last(2026).await, FiscalYear::new(2023));
    }
}

#[tokio::test]
async fn figures_are_as_of_a_day_and_see_what_changes() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        let people = ["1,総務課,常勤,", "2,総務課,常勤,", "3,防災課,常勤,"];
        ward.roster(date(2026, 4, 1), &people).await;
        ward.at("2026-11-20T12:00:00+09:00");
        ward.programme("all", "yearly", YEAR, rule(1)).await;
        ward.look().await;
        let tally = async |day: Date| {
            let counted = ward.training.books.with(year(YEAR), |book| {
                let programme = &book.programmes[0];
                let entries: Vec<_> = book.entries(programme, day).collect();
                let standing = entries.iter().map(|entry| entry.standing());
                Tally::of(standing, Grouping::Department, day, &book.town)
            });
            counted.await.unwrap()
        };
        let today = date(2026, 11, 20);
        assert_eq!((tally(today).await.total.due, tally(today).await.total.completed), (3, 0));
        ward.walked("1", 1, YEAR, date(2026, 6, 1)).await;
        ward.walked("3", 1, YEAR, today).await;
        assert_eq!(tally(today).await.total.completed, 2, "seen without reading all again");
        assert_eq!(tally(date(2026, 5, 31)).await.total.completed, 0);
        assert_eq!(tally(date(2026, 6, 1)).await.total.completed, 1);
        // A transfer does not rewrite what was.
        let moved = ["1,防災課,常勤,", "2,総務課,常勤,", "3,防災課,常勤,"];
        let before = tally(date(2026, 11, 19)).await.whole();
        ward.roster(today, &moved).await;
        ward.look().await;
        assert_eq!(tally(date(2026, 11, 19)).await.whole(), before);
        let sizes = |tally: Tally| -> Vec<u32> {
            let mut sizes: Vec<u32> =
                tally.whole().iter().filter_map(|group| group.count).map(|count| count.due).collect();
            sizes.sort_unstable();
            sizes
        };
        assert_eq!(sizes(tally(today).await), [1, 2]);
        // What is erased is gone from the figures too.
        ward.write(|tx| {
            Box::pin(async move {
                assert_eq!(store::training_due(tx, date(2027, 4, 1)).await?, 3);
                assert_eq!(store::training_due(tx, date(2027, 3, 31)).await?, 0, "the year is not over");
                let (people, rows) = store::erase_training(tx, date(2027, 4, 1), 2).await?;
                assert_eq!(people, 2);
                assert!(rows > 2);
                Ok(())
            })
        })
        .await;
        assert_eq!(tally(today).await.total.due, 1);
    }
}

#[tokio::test]
async fn two_servers_assess_and_derive_at_once_and_it_is_the_same() {
    for test in databases().await {
        let ward = Ward::new(test).await;
        let people: Vec<String> = (1..40).map(|number| format!("{number},総務課,常勤,")).collect();
        ward.roster(date(2026, 4, 1), &people.iter().map(String::as_str).collect::<Vec<_>>()).await;
        ward.at("2026-11-20T12:00:00+09:00");
        ward.programme("all", "yearly", YEAR, rule(1)).await;
        let other = ward.beside().await;
        let (a, b) = tokio::join!(ward.training.look(), other.look());
        a.unwrap();
        b.unwrap();
        ward.training.look().await.unwrap();
        let standing = standing(&ward, YEAR, date(2026, 11, 20)).await;
        assert_eq!(standing.len(), 39);
        let mut tx = ward.test.db.read().await.unwrap();
        let steps = store::steps_of_year(&mut tx, year(YEAR), 0).await.unwrap();
        assert!(steps.iter().all(|step| step.number == 1), "nobody is obliged twice");
    }
}
