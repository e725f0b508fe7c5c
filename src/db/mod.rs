//! The database: one SQL text, two engines.
//!
//! [`Db`] is SQLite (embedded, the default) or PostgreSQL. A store function takes a [`Tx`] and says
//! its SQL once; the [`on!`](crate::on) macro expands it for the engine at hand.
//!
//! Writes go through [`Db::write`]: the job runs in a task of its own, so that a client that hangs up
//! cannot cancel it half-way, and the call returns only when all of it is durable. On SQLite one
//! writer runs the jobs in turn, each in its savepoint, and commits a batch of them together; on
//! PostgreSQL each job is one transaction.
//!
//! Only these column types are used: `bigint`, `double precision`, `text`, `boolean`, `bytea`/`blob`.

mod checkpointer;
mod id;
mod job;
mod migrate;
mod names;
mod postgres;
mod sqlite;
mod url;

use std::{fmt, pin::Pin, sync::Arc};

use sqlx::{Postgres, Sqlite, Transaction};
use tokio::sync::watch;

pub use migrate::{MigrationState, migrate, migration_state};
pub use names::NoSuchName;
pub use url::{BadDatabaseUrl, DatabaseUrl};

/// Runs the same query body on whichever engine a [`Tx`] belongs to.
///
/// ```no_run
/// # use machiaruki::{db::{DbError, Tx}, on};
/// # async fn count(tx: &mut Tx) -> Result<i64, DbError> {
/// let count: i64 = on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM place")
///     .fetch_one(conn).await)?;
/// # Ok(count)
/// # }
/// ```
#[macro_export]
macro_rules! on {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(transaction) => {
                let $conn = &mut **transaction;
                $body
            }
            $crate::db::Tx::Postgres(transaction) => {
                let $conn = &mut **transaction;
                $body
            }
        }
    };
}

/// A database of either engine. Cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// An embedded SQLite file.
    Sqlite(sqlite::SqliteDb),
    /// A PostgreSQL server.
    Postgres(postgres::PostgresDb),
}

/// An open transaction on either engine; what every store function takes.
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Which engine a database is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What can go wrong below a store function.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The engine's own error.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// The batch that this job belonged to could not be committed: nothing of it is stored.
    #[error("the change could not be made durable: {0}")]
    NotCommitted(Arc<sqlx::Error>),
    /// The job panicked; it was rolled back.
    #[error("a database job failed unexpectedly and was rolled back")]
    JobPanicked,
    /// The writer has stopped: the process is shutting down.
    #[error("the database is shutting down")]
    Closed,
    /// A value in the database is not what the code wrote there.
    #[error("the database holds a value that this version cannot read: {0}")]
    Corrupt(String),
    /// There is no such file.
    #[error("there is no database here yet: machiaruki serve, import or migrate makes one")]
    Missing,
    /// The embedded SQLite library is too old to be trusted.
    #[error("SQLite {found} has a known write-ahead-log defect; at least 3.51.3 is needed")]
    SqliteTooOld {
        /// The version that was linked.
        found: String,
    },
    /// Migrating failed.
    #[error("the database could not be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl DbError {
    /// Whether a unique constraint was violated.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// The future of a job.
pub type JobFuture<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

impl Db {
    /// Opens the database at `url`, creating an SQLite file that does not exist. Does not migrate.
    ///
    /// # Errors
    /// When the server cannot be reached, the file cannot be opened or the engine is too old.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, DbError> {
        Self::open_or(url, true).await
    }

    /// Opens a database that is there. For commands that only look.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when there is no SQLite file.
    pub async fn open_existing(url: &DatabaseUrl) -> Result<Self, DbError> {
        Self::open_or(url, false).await
    }

    async fn open_or(url: &DatabaseUrl, create: bool) -> Result<Self, DbError> {
        match url {
            DatabaseUrl::Sqlite(path) => sqlite::SqliteDb::open(path, create).await.map(Self::Sqlite),
            DatabaseUrl::Postgres(options) => postgres::PostgresDb::open(options).await.map(Self::Postgres),
        }
    }

    /// The engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A read-only view of one moment. Runs in no task of its own: call it from background work,
    /// or where a request may be cancelled without harm.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Tx, DbError> {
        match self {
            Self::Sqlite(db) => db.read().await.map(Tx::Sqlite),
            Self::Postgres(db) => db.read().await.map(Tx::Postgres),
        }
    }

    /// Runs `job` in a transaction and returns when all of it is durable. When the job returns an
    /// error nothing of it is kept.
    ///
    /// # Errors
    /// The job's own error, or a [`DbError`] when the change could not be made durable.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Send + 'static,
    {
        self.work(Box::new(job)).await
    }

    async fn work<T, E>(&self, work: job::Work<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (job, answer) = job::job(work);
        match self {
            Self::Sqlite(db) => db.write(job).await,
            Self::Postgres(db) => db.write(job),
        }
        answer.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    /// Counts the commits of this process, so that watchers need not wait for their next look.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        match self {
            Self::Sqlite(db) => db.commits(),
            Self::Postgres(db) => db.commits(),
        }
    }

    /// Counts the notices on a channel of PostgreSQL, from whichever process. SQLite has none: its count
    /// stands still.
    #[must_use]
    pub fn listen(&self, channel: &'static str) -> watch::Receiver<u64> {
        match self {
            Self::Sqlite(_) => watch::Sender::new(0).subscribe(),
            Self::Postgres(db) => db.listen(channel),
        }
    }

    /// Closes all connections, waiting for the writer's last batch.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(db) => db.close().await,
            Self::Postgres(db) => db.close().await,
        }
    }
}

impl Tx {
    /// The engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Db({:?})", self.engine())
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tx({:?})", self.engine())
    }
}

/// Quiet statements, patient waits: what both engines' pools share.
const ACQUIRE_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// Lets the engine look itself over. Returns its name and version.
///
/// # Errors
/// When it finds damage or cannot be asked.
pub async fn self_check(db: &Db) -> Result<String, DbError> {
    let mut tx = db.read().await?;
    match &mut tx {
        Tx::Sqlite(conn) => {
            let version: String =
                sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut **conn).await?;
            let found: Vec<String> = sqlx::query_scalar("PRAGMA quick_check").fetch_all(&mut **conn).await?;
            if found == ["ok"] {
                Ok(format!("SQLite {version}"))
            } else {
                Err(DbError::Corrupt(found.join("; ")))
            }
        }
        Tx::Postgres(conn) => {
            let version: String = sqlx::query_scalar("SHOW server_version").fetch_one(&mut **conn).await?;
            Ok(format!("PostgreSQL {version}"))
        }
    }
}
