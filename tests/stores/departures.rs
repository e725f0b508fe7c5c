//! Roles end when somebody leaves; approvers are counted right.

use jiff::SignedDuration;
use machiaruki::{
    app::system_random,
    audit::Recorder,
    auth::{
        APPROVERS, AccountId, Departures, GrantId, Role, SessionId, SignInMethod, seed_personas,
        store::{self, GrantState, NewGrant, NewSession},
    },
    clock::{Clock as _, Timestamp},
    db::{DbError, Tx},
    on,
    staff::seed_roster,
};

use crate::support::{TestDb, databases};

async fn write<T: Send + 'static>(
    test: &TestDb,
    job: impl for<'t> FnOnce(&'t mut Tx) -> machiaruki::db::JobFuture<'t, T, DbError> + Send + 'static,
) -> T {
    test.db.write(job).await.unwrap()
}

async fn execute(test: &TestDb, sql: &'static str) {
    write(test, move |tx| {
        Box::pin(async move {
            on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
            Ok(())
        })
    })
    .await;
}

async fn seeded(test: &TestDb) {
    let now = test.clock.now();
    write(test, move |tx| {
        Box::pin(async move {
            seed_roster(tx, &system_random(), now).await?;
            seed_personas(tx, &system_random(), now).await
        })
    })
    .await;
}

fn departures(test: &TestDb) -> Departures {
    Departures::new(test.db.clone(), test.shared_clock(), Recorder::new(test.shared_clock(), system_random()))
}

async fn account(test: &TestDb, login: &str) -> AccountId {
    let mut tx = test.db.read().await.unwrap();
    store::account_by_login(&mut tx, login, test.clock.today()).await.unwrap().unwrap().id
}

async fn roles(test: &TestDb, login: &str) -> Vec<Role> {
    let mut tx = test.db.read().await.unwrap();
    store::account_by_login(&mut tx, login, test.clock.today()).await.unwrap().unwrap().roles
}

async fn grant(test: &TestDb, account: AccountId, role: Role, at: Timestamp) {
    let new = NewGrant {
        id: GrantId(system_random().id()),
        account,
        role,
        state: GrantState::Active,
        source: "person",
        reason: "見本".into(),
        requested_by: None,
    };
    write(test, move |tx| Box::pin(async move { store::insert_grant(tx, &new, at).await })).await;
}

/// The trainer's number on the demo's roster.
const TRAINER: &str = "900003";

/// Their only spell ends on a day, 20 November 2026 being today.
async fn leaves(test: &TestDb, on: &'static str) {
    write(test, move |tx| {
        Box::pin(async move {
            on!(tx, conn => sqlx::query(
                "UPDATE staff_spell SET valid_to = $1 WHERE valid_to > $1
                 AND staff = (SELECT id FROM staff WHERE number = '900003')")
                .bind(on).execute(conn).await.map(|_| ()))?;
            Ok(())
        })
    })
    .await;
}

/// They come back on 1 December.
const COMES_BACK: &str = "INSERT INTO staff_spell
    (staff, valid_from, valid_to, name, name_kana, search, department, tier, grade, employment, email)
    SELECT staff, '2026-12-01', '9999-12-31', name, name_kana, search, department, tier, grade, employment, email
    FROM staff_spell WHERE staff = (SELECT id FROM staff WHERE number = '900003') ORDER BY valid_from DESC LIMIT 1";

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

#[tokio::test]
async fn whoever_leaves_loses_their_roles_on_that_day_and_comes_back_without() {
    for test in databases().await {
        seeded(&test).await;
        let trainer = account(&test, TRAINER).await;
        assert_eq!(departures(&test).look().await.unwrap(), 0);
        // They leave tomorrow, as the roster says already.
        leaves(&test, "2026-11-21").await;
        assert_eq!(departures(&test).look().await.unwrap(), 0);
        assert_eq!(roles(&test, TRAINER).await, [Role::Trainer]);
        let now = test.clock.now();
        let session = NewSession {
            token: [1; 32],
            id: SessionId(system_random().id()),
            account: trainer,
            method: SignInMethod::Password,
            device: String::new(),
            id_token: None,
        };
        write(&test, move |tx| Box::pin(async move { store::insert_session(tx, &session, now).await })).await;
        test.clock.set(now + days(1));
        assert_eq!(departures(&test).look().await.unwrap(), 1);
        assert_eq!(roles(&test, TRAINER).await, []);
        let mut tx = test.db.read().await.unwrap();
        let open = store::sessions_of(&mut tx, trainer, now - days(1), now - days(1)).await.unwrap();
        assert_eq!(open.len(), 0, "their sessions end with them");
        let told: Vec<(String, String)> = on!(&mut tx, conn => sqlx::query_as(
            "SELECT e.detail, p.person FROM audit_entry e JOIN audit_person p ON p.entry = e.id WHERE e.action = 'end_role'")
            .fetch_all(conn).await)
        .unwrap();
        drop(tx);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].0.contains("\"cause\":\"left\"") && told[0].0.contains("\"role\":\"trainer\""),
            "{told:?}"
        );

        execute(&test, COMES_BACK).await;
        test.clock.set("2026-12-01T12:00:00+09:00".parse().unwrap());
        assert_eq!(roles(&test, TRAINER).await, []);
        // What they are given now is theirs.
        grant(&test, trainer, Role::Editor, test.clock.now()).await;
        assert_eq!(departures(&test).look().await.unwrap(), 0);
        assert_eq!(roles(&test, TRAINER).await, [Role::Editor]);
    }
}

#[tokio::test]
async fn a_break_that_nobody_looked_at_ends_roles_all_the_same() {
    for test in databases().await {
        seeded(&test).await;
        leaves(&test, "2026-11-21").await;
        execute(&test, COMES_BACK).await;
        test.clock.set("2027-01-15T12:00:00+09:00".parse().unwrap());
        assert_eq!(departures(&test).look().await.unwrap(), 1);
        assert_eq!(roles(&test, TRAINER).await, []);
    }
}

#[tokio::test]
async fn a_move_without_a_break_ends_nothing_nor_does_a_first_day_to_come() {
    for test in databases().await {
        seeded(&test).await;
        leaves(&test, "2026-12-01").await;
        execute(&test, COMES_BACK).await;
        test.clock.set("2026-12-15T12:00:00+09:00".parse().unwrap());
        assert_eq!(departures(&test).look().await.unwrap(), 0);
        execute(
            &test,
            "UPDATE staff_spell SET valid_from = '2027-04-01', valid_to = '9999-12-31'
             WHERE valid_from < '2026-12-01' AND staff = (SELECT id FROM staff WHERE number = '900007')",
        )
        .await;
        assert_eq!(departures(&test).look().await.unwrap(), 0);
        assert_eq!(roles(&test, "900007").await, [Role::Editor]);
    }
}

#[tokio::test]
async fn an_approver_counts_who_can_sign_in() {
    for test in databases().await {
        seeded(&test).await;
        let (today, hr) = (test.clock.today(), account(&test, "900005").await);
        let count = async || {
            let mut tx = test.db.read().await.unwrap();
            store::holders(&mut tx, Role::Approver, today).await.unwrap()
        };
        assert_eq!(count().await, 2, "hr and the administrator");
        let besides =
            write(&test, move |tx| Box::pin(async move { store::approvers_besides(tx, hr, today).await }));
        assert_eq!(besides.await, 1);
        execute(&test, "UPDATE account SET disabled_at = 1 WHERE login = '900005'").await;
        assert_eq!(count().await, 1);
        execute(&test, "UPDATE account SET disabled_at = NULL WHERE login = '900005'").await;
        execute(
            &test,
            "UPDATE staff_spell SET valid_to = '2026-11-20' WHERE staff = (SELECT id FROM staff WHERE number = '900008')",
        )
        .await;
        assert_eq!(count().await, 1);
    }
}

#[tokio::test]
async fn of_three_approvers_two_never_go_at_once() {
    for test in databases().await {
        seeded(&test).await;
        let today = test.clock.today();
        grant(&test, account(&test, TRAINER).await, Role::Approver, test.clock.now()).await;
        let ends = async |login: &str| {
            let (account, now) = (account(&test, login).await, test.clock.now());
            write(&test, move |tx| {
                Box::pin(async move {
                    if store::approvers_besides(tx, account, today).await? < APPROVERS {
                        return Ok(false);
                    }
                    let open = store::open_grants_with_source(tx, account).await?;
                    let approver = open.iter().find(|grant| grant.role == Role::Approver).unwrap();
                    store::end_grant(tx, approver.id, None, now).await
                })
            })
            .await
        };
        let (one, two, three) = tokio::join!(ends("900005"), ends("900008"), ends(TRAINER));
        assert_eq!([one, two, three].iter().filter(|ended| **ended).count(), 1);
    }
}
