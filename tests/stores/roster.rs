//! The roster: what a file says is what a day then says, and what was before stays as it was.

mod called;
mod generated;
mod properties;
mod reach;

use std::collections::BTreeMap;

use machiaruki::{
    app::system_random,
    auth::Reach,
    clock::{Clock as _, Date},
    db::Db,
    staff::{
        Finder, file,
        import::{Consent, Done, ImportError, What, take_in},
        search::{Search, State},
        store::Found,
    },
};

use crate::support::TestDb;

/// Takes a file in, whoever leaves by it.
pub async fn take(test: &TestDb, day: Date, text: &str) -> Result<Done, ImportError> {
    let roster = file::read(text.as_bytes()).unwrap();
    let what = What {
        file_name: "roster.csv".into(),
        effective_on: day,
        account: None,
        consent: Consent { refused_rows: true, leavers: true },
        shown: None,
    };
    let (now, random) = (test.clock.now(), system_random());
    test.db
        .write(move |tx| Box::pin(async move { Ok(take_in(tx, &roster, &what, &random, now).await?.0) }))
        .await
}

/// Everybody of a day.
pub fn everybody(day: Date) -> Search {
    Search {
        as_of: day,
        text: String::new(),
        departments: None,
        tier: None,
        employment: None,
        state: State::Current,
        after: String::new(),
        limit: 1_000_000,
    }
}

pub async fn list(db: &Db, search: Search) -> Vec<Found> {
    let mut tx = db.read().await.unwrap();
    Finder::default().find(&mut tx, &search, &Reach::Any).await.unwrap().people
}

/// Who is where on a day: name, department and grade by number.
pub async fn as_of(db: &Db, day: Date) -> BTreeMap<String, (String, String, String)> {
    let found = list(db, everybody(day)).await;
    found.into_iter().map(|one| (one.number, (one.name, one.department_name, one.grade))).collect()
}

pub async fn total(db: &Db, search: Search) -> i64 {
    let mut tx = db.read().await.unwrap();
    Finder::default().find(&mut tx, &search, &Reach::Any).await.unwrap().total as i64
}
