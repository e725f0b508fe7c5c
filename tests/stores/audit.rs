//! The audit log: chained, and whoever changes it is found out.

use std::sync::Arc;

use machiaruki::{
    audit::{
        Action, Defect, Entry, Outcome, Person, Recorder, Sealer, Search, erase_person, head, links_to,
        search, verify,
    },
    auth::AccountId,
    db::{Db, DbError, Tx},
    on,
    random::{SharedRandom, SystemRandom},
    staff::StaffId,
};
use serde_json::json;

use crate::support::{TestDb, databases};

fn random() -> SharedRandom {
    Arc::new(SystemRandom)
}

fn recorder(test: &TestDb) -> Recorder {
    Recorder::new(test.shared_clock(), random())
}

/// Records that somebody looked at people, in a transaction of its own.
async fn record(test: &TestDb, actor: AccountId, people: &[StaffId]) {
    let (recorder, people) = (recorder(test), people.to_vec());
    test.db
        .write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                let entry =
                    Entry { actor: Some(Person::Account(actor)), ..Entry::by_service(Action::ReadStaff) };
                recorder.record(tx, entry.about_staff(people)).await.map(|_| ())
            })
        })
        .await
        .unwrap();
}

async fn seal(test: &TestDb) -> i64 {
    Sealer::new(test.db.clone(), test.shared_clock()).seal_all().await.unwrap()
}

async fn defects(db: &Db) -> Vec<Defect> {
    verify(&mut db.read().await.unwrap(), None).await.unwrap().defects
}

/// Runs SQL as somebody would who can write to the database, past what keeps others from it.
async fn tamper(test: &TestDb, sql: &'static str) {
    test.db
        .write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                let triggers = match tx {
                    Tx::Sqlite(_) => [
                        "DROP TRIGGER IF EXISTS audit_entry_no_delete",
                        "DROP TRIGGER IF EXISTS audit_entry_no_update",
                        "DROP TRIGGER IF EXISTS audit_person_no_delete",
                        "DROP TRIGGER IF EXISTS audit_person_no_update",
                    ],
                    Tx::Postgres(_) => [
                        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
                        "ALTER TABLE audit_person DISABLE TRIGGER ALL",
                        "SELECT 1",
                        "SELECT 1",
                    ],
                };
                for statement in triggers.into_iter().chain([sql]) {
                    on!(&mut *tx, conn => sqlx::query(statement).execute(conn).await.map(|_| ()))?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn with_entries(test: &TestDb, count: usize) -> (AccountId, Vec<StaffId>) {
    let actor = AccountId(random().id());
    let people: Vec<StaffId> = (0..3).map(|_| StaffId(random().id())).collect();
    for index in 0..count {
        record(test, actor, &people[..=index % 3]).await;
    }
    assert_eq!(seal(test).await, count as i64);
    (actor, people)
}

#[tokio::test]
async fn entries_are_chained_and_found() {
    for test in databases().await {
        assert_eq!(defects(&test.db).await, []);
        let (actor, people) = with_entries(&test, 7).await;
        assert_eq!(defects(&test.db).await, []);
        assert_eq!(seal(&test).await, 0);
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(head(&mut tx).await.unwrap().seq, 7);
        let by = |subject| Search { subject: Some(Person::Staff(subject)), limit: 50, ..Search::default() };
        assert_eq!(search(&mut tx, &by(people[2])).await.unwrap().len(), 2);
        assert_eq!(search(&mut tx, &by(people[0])).await.unwrap().len(), 7);
        let done = Search { actor: Some(Person::Account(actor)), limit: 3, ..Search::default() };
        let found = search(&mut tx, &done).await.unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].0.outcome, Outcome::Done.as_str());
        let last = &found[2].0;
        let rest = Search { before: Some((last.at, last.id.clone())), limit: 50, ..done };
        assert_eq!(search(&mut tx, &rest).await.unwrap().len(), 4);
    }
}

#[tokio::test]
async fn two_sealers_make_one_chain() {
    for test in databases().await {
        let other = TestDb::beside(&test).await;
        let actor = AccountId(random().id());
        for _ in 0..40 {
            record(&test, actor, &[]).await;
        }
        let (one, two) = tokio::join!(seal(&test), seal(&other));
        assert_eq!(one + two, 40);
        assert_eq!(defects(&test.db).await, []);
    }
}

#[tokio::test]
async fn an_entry_goes_with_what_it_records() {
    for test in databases().await {
        let recorder = recorder(&test);
        let failed = test
            .db
            .write::<(), DbError, _>(move |tx| {
                Box::pin(async move {
                    recorder.record(tx, Entry::by_service(Action::Export)).await?;
                    Err(DbError::Corrupt("wanted".into()))
                })
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(seal(&test).await, 0);
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_forget() {
    for test in databases().await {
        with_entries(&test, 2).await;
        for sql in [
            "DELETE FROM audit_entry",
            "UPDATE audit_entry SET action = 'export'",
            "UPDATE audit_entry SET seq = seq + 10",
            "DELETE FROM audit_person",
            "UPDATE audit_person SET person = 'staff:somebody else'",
            "UPDATE audit_person SET person = NULL, salt = NULL",
        ] {
            let done = test
                .db
                .write::<(), DbError, _>(move |tx| {
                    Box::pin(async move {
                        on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
                        Ok(())
                    })
                })
                .await;
            assert!(done.is_err(), "{sql}");
        }
        assert_eq!(defects(&test.db).await, []);
    }
}

#[tokio::test]
async fn whatever_is_done_to_the_log_is_found() {
    type Expected = fn(&Defect) -> bool;
    let cases: [(&str, Expected); 9] = [
        ("UPDATE audit_entry SET action = 'export' WHERE seq = 3", |d| {
            matches!(d, Defect::Changed { seq: 3, .. })
        }),
        ("UPDATE audit_entry SET at = at + 1 WHERE seq = 1", |d| matches!(d, Defect::Changed { seq: 1, .. })),
        ("UPDATE audit_entry SET detail = '{}  ' WHERE seq = 5", |d| {
            matches!(d, Defect::Changed { seq: 5, .. })
        }),
        ("UPDATE audit_entry SET seq = seq + 1 WHERE seq = 6", |d| {
            matches!(d, Defect::Gap { expected: 6, found: 7 })
        }),
        ("DELETE FROM audit_person WHERE position = 1", |d| matches!(d, Defect::PeopleChanged { .. })),
        ("UPDATE audit_person SET person = 'staff:somebody' WHERE position = 1", |d| {
            matches!(d, Defect::PeopleChanged { .. })
        }),
        ("UPDATE audit_person SET kind = 'actor' WHERE position = 1", |d| {
            matches!(d, Defect::PeopleChanged { .. })
        }),
        ("UPDATE audit_person SET person = NULL, salt = NULL, erased_by = entry WHERE position = 1", |d| {
            matches!(d, Defect::Erased { .. })
        }),
        ("UPDATE audit_chain SET seq = 5", |d| matches!(d, Defect::Head { head: 5, last: 6 })),
    ];
    for (sql, expected) in cases {
        for test in databases().await {
            with_entries(&test, 6).await;
            tamper(&test, sql).await;
            let found = defects(&test.db).await;
            assert!(found.iter().any(expected), "{sql}: {found:?}");
        }
    }
}

#[tokio::test]
async fn entries_that_changed_places_are_found() {
    for test in databases().await {
        with_entries(&test, 4).await;
        tamper(&test, "UPDATE audit_entry SET seq = -seq WHERE seq IN (2, 3)").await;
        tamper(&test, "UPDATE audit_entry SET seq = 5 + seq WHERE seq < 0").await;
        let found = defects(&test.db).await;
        for seq in [2, 3] {
            assert!(
                found.iter().any(|d| matches!(d, Defect::Changed { seq: at, .. } if *at == seq)),
                "{found:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_removed_entry_is_missed() {
    for test in databases().await {
        with_entries(&test, 6).await;
        tamper(&test, "DELETE FROM audit_person WHERE entry IN (SELECT id FROM audit_entry WHERE seq = 4)")
            .await;
        tamper(&test, "DELETE FROM audit_entry WHERE seq = 4").await;
        let found = defects(&test.db).await;
        assert!(found.contains(&Defect::Gap { expected: 4, found: 5 }), "{found:?}");
        // The last one too, by the head.
        tamper(&test, "DELETE FROM audit_person WHERE entry IN (SELECT id FROM audit_entry WHERE seq = 6)")
            .await;
        tamper(&test, "DELETE FROM audit_entry WHERE seq = 6").await;
        let found = defects(&test.db).await;
        assert!(found.contains(&Defect::Head { head: 6, last: 5 }), "{found:?}");
    }
}

#[tokio::test]
async fn a_log_that_was_written_anew_is_betrayed_by_a_noted_head() {
    for test in databases().await {
        with_entries(&test, 4).await;
        let noted = head(&mut test.db.read().await.unwrap()).await.unwrap();
        let noted = (noted.seq, noted.digest);
        with_entries(&test, 3).await;
        let whole = verify(&mut test.db.read().await.unwrap(), Some(noted.clone())).await.unwrap();
        assert_eq!(whole.defects, []);
        let other = (noted.0, vec![1; 32]);
        let found = verify(&mut test.db.read().await.unwrap(), Some(other)).await.unwrap().defects;
        assert_eq!(found, [Defect::NotedHead { seq: 4 }]);
        let beyond = (99, noted.1);
        let found = verify(&mut test.db.read().await.unwrap(), Some(beyond)).await.unwrap().defects;
        assert_eq!(found, [Defect::NotedHead { seq: 99 }]);
    }
}

#[tokio::test]
async fn an_erased_person_is_gone_and_the_chain_is_whole() {
    for test in databases().await {
        let (_, people) = with_entries(&test, 6).await;
        let (recorder, person) = (recorder(&test), Person::Staff(people[1]));
        let erased = test
            .db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    let links = links_to(tx, person).await?;
                    let entry = Entry::by_service(Action::Erase).with(json!({ "links": links }));
                    let by = recorder.record(tx, entry).await?;
                    let erased = erase_person(tx, person, by).await?;
                    assert_eq!(erased, links);
                    Ok(erased)
                })
            })
            .await
            .unwrap();
        assert_eq!(erased, 4);
        seal(&test).await;
        assert_eq!(defects(&test.db).await, []);
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(links_to(&mut tx, person).await.unwrap(), 0);
        let by = Search { subject: Some(person), limit: 50, ..Search::default() };
        assert!(search(&mut tx, &by).await.unwrap().is_empty());
    }
}
