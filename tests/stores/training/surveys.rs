//! Questions before and after, on both engines: sheets, what is released of them, and what is forgotten.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use machiaruki::{
    app::system_random,
    on,
    routes::RouteId,
    staff::{ForgetsStaff as _, StaffId},
    training::{
        model::{About, Answer, Answers, Part, SheetMoment, usual_questions},
        service::surveying::{SurveysForget, own_sheets, take},
        store::{self, Sheet, SurveyOf, Taken},
    },
};
use uuid::Uuid;

use super::{
    YEAR,
    ward::{Ward, rule},
    year,
};
use crate::support::{TestDb, databases};

const KNOWLEDGE: Part = Part::About(About::Knowledge);

/// A ward with a programme that asks the usual questions.
async fn ward(test: TestDb) -> (Ward, SurveyOf) {
    let ward = Ward::new(test).await;
    ward.roster(date(2026, 4, 1), &["1,総務課,常勤,"]).await;
    ward.at("2026-05-01T00:00:00+09:00");
    let mut rule = rule(1);
    rule.questions = usual_questions();
    let programme = ward.programme("all", "yearly", YEAR, rule).await;
    (ward, (programme, year(YEAR)))
}

fn person(number: u128) -> StaffId {
    StaffId(Uuid::from_u128(number))
}

/// Everything answered with so many points.
fn all(points: u8) -> Answers {
    let answer = Answer::try_from(points).unwrap();
    usual_questions().into_iter().map(|question| (question.id, answer)).collect()
}

fn sheet(revision: i64, points: u8) -> Sheet {
    Sheet { revision, answers: all(points), routes: BTreeSet::new() }
}

async fn put(ward: &Ward, survey: SurveyOf, who: (StaffId, SheetMoment), sheet: Sheet) -> Option<Taken> {
    ward.write(move |tx| Box::pin(async move { take(tx, survey, who, &sheet, &system_random()).await })).await
}

/// Some more people answer, before and after.
async fn pairs(ward: &Ward, survey: SurveyOf, numbers: std::ops::Range<u128>) {
    for number in numbers {
        let route = RouteId(Uuid::from_u128(1));
        put(ward, survey, (person(number), SheetMoment::Before), sheet(1, 2)).await.unwrap();
        let after = Sheet { routes: [route].into(), ..sheet(1, 3) };
        put(ward, survey, (person(number), SheetMoment::After), after).await.unwrap();
    }
}

async fn own(ward: &Ward, survey: SurveyOf, number: u128) -> BTreeMap<SheetMoment, Sheet> {
    own_sheets(&mut ward.test.db.read().await.unwrap(), survey, person(number)).await.unwrap()
}

/// Of how many pairs the figures of everybody are, that are shown.
async fn shown(ward: &Ward, survey: SurveyOf) -> Option<u32> {
    let released = store::released(&mut ward.test.db.read().await.unwrap(), survey).await.unwrap();
    released.get(&KNOWLEDGE).map(|change| change.pairs)
}

async fn count(ward: &Ward, sql: &'static str) -> i64 {
    let mut tx = ward.test.db.read().await.unwrap();
    on!(&mut tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await).unwrap()
}

#[tokio::test]
async fn the_last_answers_count_in_whatever_order_they_come() {
    for test in databases().await {
        let (ward, survey) = ward(test).await;
        let before = (person(1), SheetMoment::Before);
        assert!(own(&ward, survey, 1).await.is_empty());
        assert_eq!(put(&ward, survey, before, sheet(2, 4)).await, Some(Taken::Stored));
        assert_eq!(put(&ward, survey, before, sheet(2, 4)).await, Some(Taken::Known), "sent again");
        assert_eq!(put(&ward, survey, before, sheet(1, 1)).await, Some(Taken::Known), "an earlier one, late");
        assert_eq!(put(&ward, survey, before, sheet(2, 5)).await, Some(Taken::Other), "of another device");
        assert_eq!(own(&ward, survey, 1).await, [(SheetMoment::Before, sheet(2, 4))].into());
        let empty = Sheet { revision: 3, answers: Answers::new(), routes: BTreeSet::new() };
        assert_eq!(put(&ward, survey, before, empty.clone()).await, Some(Taken::Stored), "taken back");
        assert_eq!(own(&ward, survey, 1).await, [(SheetMoment::Before, empty)].into());
        assert!(own(&ward, survey, 2).await.is_empty(), "of others nothing");
    }
}

#[tokio::test]
async fn nothing_that_is_kept_names_anybody_or_says_when() {
    for test in databases().await {
        let (ward, survey) = ward(test).await;
        pairs(&ward, survey, 1..6).await;
        let mut tx = ward.test.db.read().await.unwrap();
        let rows: Vec<(String, String)> = on!(&mut tx, conn =>
            sqlx::query_as("SELECT pseudonym, answers FROM survey_sheet").fetch_all(conn).await)
        .unwrap();
        assert_eq!(rows.len(), 10);
        for number in 1..6 {
            assert!(
                rows.iter().all(|(pseudonym, _)| !pseudonym.contains(&person(number).0.simple().to_string()))
            );
        }
        // Rows stand in the order of their pseudonyms, and not as they came: there is nothing else to order them by.
        if matches!(tx, machiaruki::db::Tx::Sqlite(_)) {
            assert!(rows.is_sorted_by_key(|(pseudonym, _)| pseudonym.clone()));
            let rowid: Result<Vec<i64>, _> = on!(&mut tx, conn =>
                sqlx::query_scalar("SELECT rowid FROM survey_sheet").fetch_all(conn).await);
            assert!(rowid.is_err(), "there is no rowid");
        }
    }
}

#[tokio::test]
async fn figures_are_released_once_a_day_and_by_five_more() {
    for test in databases().await {
        let (ward, survey) = ward(test).await;
        let next = async |moment: &str| {
            ward.at(moment);
            ward.training.look().await.unwrap();
            shown(&ward, survey).await
        };
        ward.training.look().await.unwrap();
        pairs(&ward, survey, 1..5).await;
        assert_eq!(next("2026-05-02T00:00:00+09:00").await, None, "four are too few");
        pairs(&ward, survey, 5..8).await;
        assert_eq!(next("2026-05-02T23:59:59+09:00").await, None, "not on the same day");
        assert_eq!(next("2026-05-03T00:00:00+09:00").await, Some(7));
        pairs(&ward, survey, 8..12).await;
        assert_eq!(next("2026-05-04T00:00:00+09:00").await, Some(7), "four more tell too much");
        pairs(&ward, survey, 12..13).await;
        assert_eq!(next("2026-05-05T00:00:00+09:00").await, Some(12));
        let released = store::released(&mut ward.test.db.read().await.unwrap(), survey).await.unwrap();
        let route = Part::Route(RouteId(Uuid::from_u128(1)), About::Attachment);
        assert_eq!(released[&route].pairs, 12);
        assert_eq!((released[&KNOWLEDGE].before.0, released[&KNOWLEDGE].change.0), (200, 100));
    }
}

#[tokio::test]
async fn two_servers_release_once() {
    for test in databases().await {
        let (ward, survey) = ward(test).await;
        pairs(&ward, survey, 1..8).await;
        let other = ward.beside().await;
        ward.at("2026-05-02T08:00:00+09:00");
        let (one, two) = tokio::join!(ward.training.look(), other.look());
        one.unwrap();
        two.unwrap();
        assert_eq!(shown(&ward, survey).await, Some(7));
        assert_eq!(count(&ward, "SELECT count(*) FROM survey_release").await, 2 + 6);
    }
}

#[tokio::test]
async fn sixty_days_after_the_year_nobody_can_tell_whose_a_sheet_was() {
    for test in databases().await {
        let (ward, survey) = ward(test).await;
        pairs(&ward, survey, 1..12).await;
        ward.at("2027-05-30T23:59:59+09:00");
        ward.training.look().await.unwrap();
        assert_eq!(own(&ward, survey, 3).await.len(), 2, "until then they can be read by whose they are");
        let key = store::survey_key(&mut ward.test.db.read().await.unwrap(), survey).await.unwrap();
        assert!(key.is_some());
        pairs(&ward, survey, 12..17).await;

        ward.at("2027-05-31T00:00:00+09:00");
        ward.training.look().await.unwrap();
        assert_eq!(shown(&ward, survey).await, Some(16), "what came last counts");
        assert!(own(&ward, survey, 3).await.is_empty());
        let key = store::survey_key(&mut ward.test.db.read().await.unwrap(), survey).await.unwrap();
        assert!(key.is_none());
        assert_eq!(count(&ward, "SELECT count(*) FROM survey_sheet").await, 32, "answers stay");
        let telling = "SELECT count(*) FROM survey_sheet WHERE routes <> '[]' OR revision <> 0";
        assert_eq!(count(&ward, telling).await, 0, "and nothing that could tell whose they are");
        // No new key is made, and no sheet is taken.
        assert_eq!(put(&ward, survey, (person(3), SheetMoment::After), sheet(9, 5)).await, None);
        // What is over is not looked at again: without the routes nothing would be left of them.
        ward.at("2027-06-01T00:00:00+09:00");
        ward.training.look().await.unwrap();
        let released = store::released(&mut ward.test.db.read().await.unwrap(), survey).await.unwrap();
        assert_eq!(released[&Part::Route(RouteId(Uuid::from_u128(1)), About::Knowledge)].pairs, 16);
    }
}

#[tokio::test]
async fn who_is_erased_leaves_no_sheets() {
    for test in databases().await {
        let (ward, survey) = ward(test).await;
        pairs(&ward, survey, 1..4).await;
        let gone = ward
            .write(|tx| Box::pin(async move { SurveysForget.forget(tx, &[person(2), person(99)]).await }))
            .await;
        assert_eq!(gone, 2);
        assert!(own(&ward, survey, 2).await.is_empty());
        assert_eq!((own(&ward, survey, 1).await.len(), own(&ward, survey, 3).await.len()), (2, 2));
    }
}

#[tokio::test]
async fn answers_go_with_the_years_of_the_training() {
    for test in databases().await {
        let (ward, survey) = ward(test).await;
        pairs(&ward, survey, 1..6).await;
        ward.at("2027-06-01T00:00:00+09:00");
        ward.training.look().await.unwrap();
        let erase = |day| ward.write(move |tx| Box::pin(store::erase_training(tx, day, 100)));
        erase(date(2027, 3, 31)).await;
        assert_eq!(
            count(&ward, "SELECT count(*) FROM survey_sheet").await,
            10,
            "the year is not over by then"
        );
        erase(date(2027, 4, 1)).await;
        assert_eq!(count(&ward, "SELECT count(*) FROM survey_sheet").await, 0);
        assert_eq!(shown(&ward, survey).await, Some(5), "figures of many stay");
    }
}
