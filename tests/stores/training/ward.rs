//! A ward whose training is tested: a small roster, programmes, walks without the visits that they follow from.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
};

use machiaruki::{
    app::system_random,
    auth::{AccountId, store::NewAccount},
    clock::{Clock as _, Date, Timestamp},
    db::{DbError, JobFuture, Tx},
    on,
    routes::{RouteId, StopId, store as routes},
    staff::{DepartmentId, StaffId},
    training::{
        model::{Frequency, ProgrammeId, Rule},
        service::{Training, assessing},
        store::{self, NewProgramme},
    },
    visits::model::{Completed, FiscalYear},
};
use serde_json::json;
use uuid::Uuid;

use crate::{roster::take, support::TestDb};

pub struct Ward {
    pub test: TestDb,
    pub training: Training,
    /// Somebody who keeps the programmes.
    pub account: AccountId,
}

/// A rule by which so many routes are due by the end of December.
pub fn rule(routes: u8) -> Rule {
    let rule = json!({
        "title": { "ja": "見本の研修" }, "requirement": { "routes": routes, "or_desk": true }, "deadline": "12-31",
    });
    serde_json::from_value(rule).unwrap()
}

impl Ward {
    pub async fn new(test: TestDb) -> Self {
        let training = Training::new(test.db.clone(), test.shared_clock(), system_random());
        let account = AccountId(Uuid::from_u128(99));
        let ward = Self { test, training, account };
        let now = ward.now();
        ward.write(move |tx| {
            Box::pin(async move {
                let new = NewAccount {
                    id: account,
                    login: "keeper".into(),
                    staff: None,
                    display_name: Some("見本".into()),
                    persona: None,
                };
                machiaruki::auth::store::create_account(tx, &new, now).await
            })
        })
        .await;
        ward
    }

    pub fn now(&self) -> Timestamp {
        self.test.clock.now()
    }

    /// Sets the clock.
    pub fn at(&self, moment: &str) {
        self.test.clock.set(moment.parse().unwrap());
    }

    /// The roster as of a day: number, department, employment, and the day since which they are on leave.
    pub async fn roster(&self, day: Date, people: &[&str]) {
        let mut file = "職員番号,氏名,部,課,職級,任用形態,休職開始\n".to_owned();
        for person in people {
            let [number, department, employment, leave] =
                person.split(',').collect::<Vec<_>>().try_into().unwrap();
            writeln!(file, "{number},見本 {number},見本部,{department},係員,{employment},{leave}").unwrap();
        }
        take(&self.test, day, &file).await.unwrap();
    }

    /// Another server over the same database.
    pub async fn beside(&self) -> Training {
        let other = TestDb::beside(&self.test).await;
        Training::new(other.db.clone(), other.shared_clock(), system_random())
    }

    /// Opens years and assesses, as a server does each second. How many steps were written, if it did.
    pub async fn look(&self) -> Option<usize> {
        assessing::look(&self.test.db, self.now()).await.unwrap()
    }

    pub async fn write<T, F>(&self, job: F) -> T
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, DbError> + Send + 'static,
    {
        self.test.db.write(job).await.unwrap()
    }

    /// Opens a programme in a fiscal year.
    pub async fn programme(&self, code: &str, frequency: &str, year: i16, rule: Rule) -> ProgrammeId {
        let id = ProgrammeId(system_random().id());
        let frequency: Frequency = frequency.parse().unwrap();
        let new = NewProgramme { id, code: code.to_owned(), frequency, created_by: Some(self.account) };
        let (now, year) = (self.now(), FiscalYear::new(year).unwrap());
        self.write(move |tx| {
            Box::pin(async move {
                store::insert_programme(tx, &new, now).await?;
                store::insert_year(tx, (id, year), &rule, new.created_by, now).await?;
                assert!(store::open_year(tx, id, year, now).await?);
                store::next_change(tx).await.map(|_| ())
            })
        })
        .await;
        id
    }

    /// Plans a programme for a later year.
    pub async fn plan(&self, id: ProgrammeId, year: i16, rule: Rule) {
        let (now, by, year) = (self.now(), self.account, FiscalYear::new(year).unwrap());
        self.write(move |tx| {
            Box::pin(async move {
                assert!(store::insert_year(tx, (id, year), &rule, Some(by), now).await?);
                Ok(())
            })
        })
        .await;
    }

    /// Everybody's number.
    pub async fn numbers(&self) -> HashMap<StaffId, String> {
        let mut tx = self.test.db.read().await.unwrap();
        let rows: Vec<(String, String)> = on!(&mut tx, conn =>
            sqlx::query_as("SELECT id, number FROM staff").fetch_all(conn).await)
        .unwrap();
        rows.into_iter().map(|(id, number)| (id.parse().unwrap(), number)).collect()
    }

    /// Who has a number.
    pub async fn staff(&self, number: &str) -> StaffId {
        let mut tx = self.test.db.read().await.unwrap();
        machiaruki::staff::store::id_of_number(&mut tx, number).await.unwrap().unwrap()
    }

    async fn route(&self, number: u128) -> RouteId {
        let id = RouteId(Uuid::from_u128(number));
        let now = self.now();
        self.write(move |tx| {
            Box::pin(async move {
                if routes::is_code_taken(tx, &format!("test-{number}")).await? {
                    return Ok(());
                }
                let department: String = on!(&mut *tx, conn =>
                    sqlx::query_scalar("SELECT id FROM department LIMIT 1").fetch_one(conn).await)?;
                let route = routes::Route {
                    id,
                    code: format!("test-{number}"),
                    department: department.parse().unwrap(),
                    department_name: String::new(),
                    sample: true,
                    origin: None,
                    archived_on: None,
                };
                routes::insert_route(tx, &route, now).await
            })
        })
        .await;
        id
    }

    async fn put(&self, number: &str, (route, stops): (u128, &[u128]), year: i16, completed: Completed) {
        let stops: BTreeSet<StopId> = stops.iter().map(|stop| StopId(Uuid::from_u128(*stop))).collect();
        let (staff, route) = (self.staff(number).await, self.route(route).await);
        let year = FiscalYear::new(year).unwrap();
        self.write(move |tx| {
            Box::pin(async move {
                let change = store::next_change(tx).await?;
                let pattern =
                    if stops.is_empty() { None } else { Some(store::pattern_of(tx, route, &stops).await?) };
                store::put_walk(tx, (staff, route, year), (&completed, pattern), change).await
            })
        })
        .await;
    }

    /// Somebody completes a route.
    pub async fn walked(&self, number: &str, route: u128, year: i16, day: Date) {
        self.walked_at(number, (route, &[]), year, Some(day)).await;
    }

    /// Somebody visits stops of a route, and completes it on a day or not.
    pub async fn walked_at(&self, number: &str, at: (u128, &[u128]), year: i16, day: Option<Date>) {
        self.put(number, at, year, Completed { day, ..Completed::default() }).await;
    }

    /// What they walked counts no more.
    pub async fn not_walked(&self, number: &str, route: u128, year: i16) {
        self.put(number, (route, &[]), year, Completed::default()).await;
    }
}

impl Ward {
    /// These people complete a route.
    pub async fn all_walked(&self, year: i16, people: impl Iterator<Item = (String, Date)>) {
        let route = self.route(1).await;
        let by_number: HashMap<String, StaffId> =
            self.numbers().await.into_iter().map(|(id, number)| (number, id)).collect();
        let year = FiscalYear::new(year).unwrap();
        let walks: Vec<(StaffId, Date)> = people.map(|(number, day)| (by_number[&number], day)).collect();
        self.write(move |tx| {
            Box::pin(async move {
                let change = store::next_change(tx).await?;
                for (staff, day) in walks {
                    let completed = Completed { day: Some(day), ..Completed::default() };
                    store::put_walk(tx, (staff, route, year), (&completed, None), change).await?;
                }
                Ok(())
            })
        })
        .await;
    }

    /// What departments are called.
    pub async fn department_names(&self) -> HashMap<DepartmentId, String> {
        let mut tx = self.test.db.read().await.unwrap();
        let rows = machiaruki::staff::store::departments(&mut tx, self.test.clock.today()).await.unwrap();
        rows.into_iter().map(|row| (row.id.parse().unwrap(), row.name)).collect()
    }
}
