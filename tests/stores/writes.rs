//! The promises of `Db::write`, on both engines.

use std::time::Duration;

use machiaruki::{
    db::{DatabaseUrl, Db, DbError, Engine, Tx},
    on,
};

use crate::support::{TestDb, databases};

async fn add(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("INSERT INTO layer (id, version) VALUES ($1, 0)")
        .bind(id).execute(conn).await.map(|_| ()))?;
    Ok(())
}

async fn ids(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    on!(&mut tx, conn => sqlx::query_scalar("SELECT id FROM layer ORDER BY id")
        .fetch_all(conn).await)
    .unwrap()
}

async fn write(test: &TestDb, id: &'static str, fails: bool) -> Result<(), DbError> {
    test.db
        .write(move |tx| {
            Box::pin(async move {
                add(tx, id).await?;
                if fails { Err(DbError::Corrupt("wanted".into())) } else { Ok(()) }
            })
        })
        .await
}

#[tokio::test]
async fn what_was_answered_is_stored_and_what_failed_is_not() {
    for test in databases().await {
        write(&test, "a", false).await.unwrap();
        assert!(matches!(write(&test, "b", true).await, Err(DbError::Corrupt(_))));
        assert!(write(&test, "a", false).await.unwrap_err().is_unique_violation());
        write(&test, "c", false).await.unwrap();
        assert_eq!(ids(&test.db).await, ["a", "c"]);
    }
}

#[tokio::test]
async fn a_batch_whose_transaction_is_gone_fails_and_the_next_one_does_not() {
    for test in databases().await {
        // As SQLite does by itself when the disk is full.
        let ended = test.db.write(|tx| {
            Box::pin(async move {
                add(tx, "a").await?;
                Ok::<_, DbError>(on!(tx, conn => sqlx::query("ROLLBACK").execute(conn).await.map(|_| ()))?)
            })
        });
        let ended = ended.await;
        if test.db.engine() == Engine::Sqlite {
            assert!(matches!(ended, Err(DbError::NotCommitted(_))), "{ended:?}");
        }
        write(&test, "b", false).await.unwrap();
        write(&test, "c", false).await.unwrap();
        assert_eq!(ids(&test.db).await, ["b", "c"]);
    }
}

#[tokio::test]
async fn one_failing_job_leaves_its_neighbours_in_the_batch_alone() {
    for test in databases().await {
        let jobs = (0..60).map(|number| {
            let db = test.db.clone();
            tokio::spawn(async move {
                db.write::<_, DbError, _>(move |tx| {
                    Box::pin(async move {
                        add(tx, &format!("{number:02}")).await?;
                        assert!(number % 5 != 3, "a job that panics");
                        if number % 5 == 4 { Err(DbError::Corrupt("wanted".into())) } else { Ok(number) }
                    })
                })
                .await
            })
        });
        let mut stored = Vec::new();
        for job in jobs.collect::<Vec<_>>() {
            if let Ok(number) = job.await.unwrap() {
                stored.push(format!("{number:02}"));
            }
        }
        assert_eq!(stored.len(), 36);
        assert_eq!(ids(&test.db).await, stored);
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_cancel_the_job() {
    for test in databases().await {
        let call = test.db.write::<_, DbError, _>(|tx| {
            Box::pin(async move {
                add(tx, "slow").await?;
                tokio::time::sleep(Duration::from_millis(100)).await;
                add(tx, "slower").await
            })
        });
        assert!(tokio::time::timeout(Duration::from_millis(20), call).await.is_err());
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        while ids(&test.db).await.len() < 2 {
            assert!(std::time::Instant::now() < deadline, "the job was cancelled");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

#[tokio::test]
async fn a_reader_sees_one_moment() {
    for test in databases().await {
        write(&test, "before", false).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let first: i64 =
            on!(&mut tx, conn => sqlx::query_scalar("SELECT count(*) FROM layer").fetch_one(conn).await)
                .unwrap();
        write(&test, "after", false).await.unwrap();
        let second: i64 =
            on!(&mut tx, conn => sqlx::query_scalar("SELECT count(*) FROM layer").fetch_one(conn).await)
                .unwrap();
        assert_eq!((first, second), (1, 1));
        drop(tx);
        assert_eq!(ids(&test.db).await.len(), 2);
    }
}

#[tokio::test]
async fn closing_waits_for_what_was_queued() {
    for test in databases().await {
        let db = test.db.clone();
        let write = tokio::spawn(async move {
            db.write::<_, DbError, _>(|tx| Box::pin(async move { add(tx, "last").await })).await
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        test.db.close().await;
        write.await.unwrap().unwrap();
        let again = Db::open(&test.url).await.unwrap();
        assert_eq!(ids(&again).await, ["last"]);
    }
}

#[tokio::test]
async fn readers_cannot_write() {
    for test in databases().await {
        let mut tx = test.db.read().await.unwrap();
        assert!(add(&mut tx, "no").await.is_err());
    }
}

#[tokio::test]
async fn sqlite_s_log_is_moved_into_the_database_though_nothing_more_is_written() {
    for test in databases().await {
        let DatabaseUrl::Sqlite(file) = &test.url else { continue };
        // Far too little for the writer to do it.
        let id = "a".repeat(400_000);
        let long = id.clone();
        test.db
            .write::<_, DbError, _>(move |tx| Box::pin(async move { add(tx, &long).await }))
            .await
            .unwrap();
        let moved = async {
            while std::fs::metadata(file).unwrap().len() < id.len() as u64 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_mins(1), moved).await.expect("the log stays where it is");
        assert_eq!(ids(&test.db).await, [id]);
    }
}
