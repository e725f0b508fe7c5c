//! Databases to test with.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use machiaruki::{
    catalogue::LayerId,
    clock::{Clock, FixedClock, SharedClock},
    db::{DatabaseUrl, Db, migrate},
    places::{Import, ImportError, ImportOptions, NoProgress, Report, import},
};
use sqlx::Connection as _;

/// An empty, migrated database of either engine.
pub struct TestDb {
    pub db: Db,
    pub url: DatabaseUrl,
    pub clock: Arc<FixedClock>,
    // Goes with the test.
    _folder: Option<tempfile::TempDir>,
}

/// The day on which the tests take place.
pub const NOW: &str = "2026-11-20T03:00:00Z";

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::new(NOW.parse().unwrap()))
}

async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("test.sqlite"));
    let db = Db::open(&url).await.unwrap();
    TestDb { db, url, clock: clock(), _folder: Some(folder) }
}

async fn postgres() -> Option<TestDb> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("MACHIARUKI_TEST_POSTGRES").ok()?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    let mut admin = sqlx::PgConnection::connect(&server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let url: DatabaseUrl = format!("{base}/{name}").parse().unwrap();
    let db = Db::open(&url).await.unwrap();
    Some(TestDb { db, url, clock: clock(), _folder: None })
}

/// Every engine that can be had; says which cannot. Not migrated.
pub async fn unmigrated() -> Vec<TestDb> {
    let mut databases = vec![sqlite().await];
    match postgres().await {
        Some(database) => databases.push(database),
        None => println!("skipped on PostgreSQL: MACHIARUKI_TEST_POSTGRES is not set"),
    }
    databases
}

/// Every engine that can be had, migrated.
pub async fn databases() -> Vec<TestDb> {
    let databases = unmigrated().await;
    for database in &databases {
        migrate(&database.db).await.unwrap();
    }
    databases
}

impl TestDb {
    pub fn shared_clock(&self) -> SharedClock {
        self.clock.clone()
    }

    /// Another process with the same database.
    pub async fn beside(other: &Self) -> Self {
        Self {
            db: Db::open(&other.url).await.unwrap(),
            url: other.url.clone(),
            clock: other.clock.clone(),
            _folder: None,
        }
    }

    /// Imports text into a dataset.
    pub async fn import(
        &self,
        layer: LayerId,
        dataset: &str,
        text: &str,
        options: ImportOptions,
    ) -> Result<Report, ImportError> {
        let what =
            Import { layer, file_name: format!("{dataset}.csv"), dataset: dataset.parse().unwrap(), options };
        let clock: &dyn Clock = &*self.clock;
        import(&self.db, clock, what, text.as_bytes(), Arc::new(NoProgress)).await
    }
}

/// The folder of real public files, when it is there.
pub fn real_data(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !file.exists() {
        println!("skipped: {} is not there", file.display());
        return None;
    }
    Some(file)
}
