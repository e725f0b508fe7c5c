//! Migrations, on both engines.

use std::{collections::BTreeSet, path::Path};

use machiaruki::{
    db::{Db, DbError, migrate, migration_state},
    on,
    places::{Purpose, installation},
};
use sqlx::migrate::Migrator;

use crate::support::{TestDb, unmigrated};

#[tokio::test]
async fn an_empty_database_is_migrated_once() {
    for test in unmigrated().await {
        let before = migration_state(&test.db).await.unwrap();
        assert_eq!(before.applied, 0);
        migrate(&test.db).await.unwrap();
        migrate(&test.db).await.unwrap();
        let after = migration_state(&test.db).await.unwrap();
        assert_eq!(after.applied, after.known);
        assert!(!after.newer);
    }
}

#[tokio::test]
async fn two_servers_may_migrate_at_once() {
    for test in unmigrated().await {
        let other = Db::open(&test.url).await.unwrap();
        let (a, b) = tokio::join!(migrate(&test.db), migrate(&other));
        a.unwrap();
        b.unwrap();
    }
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_recognised() {
    for test in unmigrated().await {
        migrate(&test.db).await.unwrap();
        test.db
            .write::<_, DbError, _>(|tx| {
                Box::pin(async move {
                    on!(tx, conn => sqlx::query(
                        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                         VALUES (9999, 'from the future', $1, $2, 0)")
                        .bind(true).bind(b"x".to_vec()).execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert!(migration_state(&test.db).await.unwrap().newer);
    }
}

/// A database as a release left it that knew the migrations until `last`.
async fn migrated_until(test: &TestDb, last: i64) {
    let engine = if matches!(test.db, Db::Sqlite(_)) { "sqlite" } else { "postgres" };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
    let mut migrator = Migrator::new(folder).await.unwrap();
    migrator.migrations.to_mut().retain(|migration| migration.version <= last);
    match &test.db {
        Db::Sqlite(db) => migrator.run(db.writer_pool()).await.unwrap(),
        Db::Postgres(db) => migrator.run(db.pool()).await.unwrap(),
    }
}

#[tokio::test]
async fn published_routes_get_the_district_that_their_design_names() {
    const BEFORE: [&str; 4] = [
        "INSERT INTO account (id, login, created_at) VALUES ('a', 'a', 0)",
        "INSERT INTO department (id, code, created_at) VALUES ('d', 'd', 0)",
        "INSERT INTO route (id, code, department, sample, created_at) VALUES ('r', 'r', 'd', true, 0)",
        "INSERT INTO route_version (id, route, number, design, line, effective_from, published_at, published_by)
         VALUES ('v1', 'r', 1, '{\"district\":\"芝地区\"}', '{}', '2026-04-01', 0, 'a'),
                ('v2', 'r', 2, '{}', '{}', '2026-05-01', 0, 'a')",
    ];
    for test in unmigrated().await {
        migrated_until(&test, 20).await;
        for sql in BEFORE {
            let written = test.db.write::<_, DbError, _>(move |tx| {
                Box::pin(
                    async move { Ok(on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?) },
                )
            });
            written.await.unwrap();
        }
        migrate(&test.db).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let districts: Vec<String> = on!(&mut tx, conn => sqlx::query_scalar(
            "SELECT district FROM route_version ORDER BY number").fetch_all(conn).await)
        .unwrap();
        assert_eq!(districts, ["芝地区", ""]);
        drop(tx);
        // They are as unchangeable as before.
        let changed = test.db.write::<_, DbError, _>(|tx| {
            Box::pin(async move {
                Ok(on!(tx, conn => sqlx::query("UPDATE route_version SET district = 'x'")
                    .execute(conn).await.map(|_| ()))?)
            })
        });
        assert!(changed.await.is_err());
    }
}

#[tokio::test]
async fn notices_survive_that_their_table_is_made_anew() {
    const BEFORE: [&str; 3] = [
        "INSERT INTO staff (id, number, version, created_at) VALUES ('s', '1', 1, 0)",
        "INSERT INTO notice (id, staff, kind, payload, dedup, urgent, created_at, due_at, read_at)
         VALUES ('n', 's', 'k', '{}', 'd', true, 1, 2, 3)",
        "INSERT INTO delivery (notice, channel, state, attempts, next_at, changed_at)
         VALUES ('n', 'app', 'sent', 0, 4, 5), ('n', 'mail', 'queued', 0, 4, 5)",
    ];
    for test in unmigrated().await {
        migrated_until(&test, 22).await;
        let written = test.db.write::<_, DbError, _>(|tx| {
            Box::pin(async move {
                for sql in BEFORE {
                    on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
                }
                Ok(())
            })
        });
        written.await.unwrap();
        migrate(&test.db).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let left: Vec<(Option<String>, Option<String>, i64, String)> = on!(&mut tx, conn => sqlx::query_as(
            "SELECT n.staff, n.pseudonym, n.read_at, d.channel FROM notice n JOIN delivery d ON d.notice = n.id
             ORDER BY d.channel").fetch_all(conn).await)
        .unwrap();
        let of = |channel: &str| (Some("s".to_owned()), None, 3, channel.to_owned());
        assert_eq!(left, [of("app"), of("mail")]);
        drop(tx);
        // A delivery still goes with its notice.
        let deleted = test.db.write::<_, DbError, _>(|tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query("DELETE FROM notice").execute(conn).await.map(|_| ()))?;
                Ok(on!(tx, conn => sqlx::query_scalar::<_, i64>("SELECT count(*) FROM delivery").fetch_one(conn).await)?)
            })
        });
        assert_eq!(deleted.await.unwrap(), 0);
    }
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| -> BTreeSet<String> {
        std::fs::read_dir(format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR")))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn a_database_keeps_its_name_and_purpose() {
    for test in unmigrated().await {
        migrate(&test.db).await.unwrap();
        let now = machiaruki::clock::Clock::now(&*test.clock);
        let first = installation(&test.db, Purpose::Demo, now).await.unwrap();
        let second = installation(&test.db, Purpose::Ward, now).await.unwrap();
        assert_eq!(first, second);
        assert_eq!(first.purpose, Purpose::Demo);
        assert_eq!(first.instance.len(), 32);
    }
}
