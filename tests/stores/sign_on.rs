//! What a single sign-on keeps: sign-ins that have begun, links, roles.

use std::sync::Arc;

use jiff::SignedDuration;
use machiaruki::{
    auth::{
        AccountId, GrantId, Role, seed_personas,
        store::{self, Flow, GrantState, NewGrant},
    },
    clock::{Clock as _, Date},
    db::{Db, DbError, Tx},
    random::{SharedRandom, SystemRandom},
    staff::{self, seed_roster},
};

use crate::support::{TestDb, databases};

fn random() -> SharedRandom {
    Arc::new(SystemRandom)
}

fn flow(state: u8, browser: u8) -> Flow {
    Flow {
        state: [state; 32],
        browser: [browser; 32],
        nonce: format!("nonce-{state}"),
        verifier: format!("verifier-{state}"),
        return_to: "/roster".into(),
    }
}

async fn write<T: Send + 'static>(
    db: &Db,
    job: impl for<'t> FnOnce(&'t mut Tx) -> machiaruki::db::JobFuture<'t, T, DbError> + Send + 'static,
) -> T {
    db.write(job).await.unwrap()
}

async fn begin(database: &TestDb, flow: Flow) {
    let now = database.clock.now();
    let until = now + SignedDuration::from_mins(10);
    write(&database.db, move |tx| Box::pin(async move { store::insert_flow(tx, &flow, now, until).await }))
        .await;
}

async fn take(database: &TestDb, state: u8, browser: u8) -> Option<Flow> {
    let now = database.clock.now();
    write(&database.db, move |tx| {
        Box::pin(async move { store::take_flow(tx, &[state; 32], &[browser; 32], now).await })
    })
    .await
}

#[tokio::test]
async fn a_sign_in_is_taken_once_by_its_own_browser_at_any_replica() {
    for database in databases().await {
        let other = TestDb::beside(&database).await;
        begin(&database, flow(1, 1)).await;
        begin(&database, flow(2, 1)).await;
        assert!(take(&other, 1, 2).await.is_none(), "another browser");
        let taken = take(&other, 1, 1).await.unwrap();
        assert_eq!(
            (&*taken.nonce, &*taken.verifier, &*taken.return_to),
            ("nonce-1", "verifier-1", "/roster")
        );
        assert!(take(&database, 1, 1).await.is_none(), "taken already");
        let (one, two) = tokio::join!(take(&database, 2, 1), take(&other, 2, 1));
        assert!(one.is_some() != two.is_some(), "of two at once, one");
    }
}

#[tokio::test]
async fn a_sign_in_ends_with_its_time() {
    for database in databases().await {
        begin(&database, flow(1, 1)).await;
        database.clock.set(database.clock.now() + SignedDuration::from_mins(10));
        assert!(take(&database, 1, 1).await.is_none());
        begin(&database, flow(2, 1)).await;
        let count: i64 = write(&database.db, |tx| {
            Box::pin(async move {
                Ok(machiaruki::on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM oidc_flow")
                    .fetch_one(conn).await)?)
            })
        })
        .await;
        assert_eq!(count, 1, "what nobody can take any more is gone");
    }
}

async fn with_people(database: &TestDb) -> AccountId {
    let now = database.clock.now();
    write(&database.db, move |tx| {
        Box::pin(async move {
            seed_roster(tx, &random(), now).await?;
            seed_personas(tx, &random(), now).await?;
            let today = machiaruki::clock::tokyo_date(now);
            Ok(store::account_by_login(tx, "900001", today).await?.unwrap().id)
        })
    })
    .await
}

#[tokio::test]
async fn a_link_is_of_one_issuer() {
    for database in databases().await {
        let account = with_people(&database).await;
        let now = database.clock.now();
        write(&database.db, move |tx| {
            Box::pin(async move {
                store::lock_account(tx, account).await?;
                assert!(!store::is_linked(tx, "https://a.example", account).await?);
                store::link_identity(tx, "https://a.example", "subject", account, now).await?;
                assert!(store::is_linked(tx, "https://a.example", account).await?);
                assert!(!store::is_linked(tx, "https://b.example", account).await?);
                assert_eq!(store::linked_account(tx, "https://a.example", "subject").await?, Some(account));
                assert_eq!(store::linked_account(tx, "https://a.example", "SUBJECT").await?, None);
                assert_eq!(store::linked_account(tx, "https://b.example", "subject").await?, None);
                Ok(())
            })
        })
        .await;
    }
}

#[tokio::test]
async fn who_is_on_the_roster_is_so_from_the_first_day_to_the_last() {
    for database in databases().await {
        with_people(&database).await;
        write(&database.db, |tx| {
            Box::pin(async move {
                let staff = staff::store::id_of_number(tx, "900001").await?.unwrap();
                machiaruki::on!(tx, conn => sqlx::query(
                    "UPDATE staff_spell SET valid_from = '2026-04-01', valid_to = '2026-12-01' WHERE staff = $1")
                    .bind(staff.to_string()).execute(conn).await.map(|_| ()))?;
                for (month, day, expected) in [(3, 31, false), (4, 1, true), (11, 30, true), (12, 1, false)] {
                    let on = Date::constant(2026, month, day);
                    assert_eq!(store::is_on_roster(tx, staff, on).await?, expected, "{on}");
                }
                Ok(())
            })
        })
        .await;
    }
}

#[tokio::test]
async fn where_a_role_comes_from_is_known_and_whether_it_was_refused() {
    for database in databases().await {
        let account = with_people(&database).await;
        let now = database.clock.now();
        write(&database.db, move |tx| {
            Box::pin(async move {
                let new = |role, state, source| NewGrant {
                    id: GrantId(random().id()),
                    account,
                    role,
                    state,
                    source,
                    reason: "見本".into(),
                    requested_by: None,
                };
                let hr = new(Role::Hr, GrantState::Pending, "sign_on");
                store::insert_grant(tx, &hr, now).await?;
                store::insert_grant(tx, &new(Role::Editor, GrantState::Active, "person"), now).await?;
                let open = store::open_grants_with_source(tx, account).await?;
                let told: Vec<_> =
                    open.iter().map(|grant| (grant.role, grant.is_active, grant.by_sign_on)).collect();
                assert_eq!(told, [(Role::Editor, true, false), (Role::Hr, false, true)]);
                assert!(!store::was_refused(tx, account, Role::Hr).await?);
                store::decide_grant(tx, hr.id, false, account, now).await?;
                assert!(store::was_refused(tx, account, Role::Hr).await?);
                assert!(!store::was_refused(tx, account, Role::Editor).await?);
                assert_eq!(store::open_grants_with_source(tx, account).await?.len(), 1);
                Ok(())
            })
        })
        .await;
    }
}
