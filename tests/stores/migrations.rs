//! Migrations, on both engines.

use std::collections::BTreeSet;

use machiaruki::{
    db::{migrate, migration_state},
    places::{Purpose, installation},
};

use crate::support::unmigrated;

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
        let other = machiaruki::db::Db::open(&test.url).await.unwrap();
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
            .write::<_, machiaruki::db::DbError, _>(|tx| {
                Box::pin(async move {
                    machiaruki::on!(tx, conn => sqlx::query(
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
