//! SQLite: many readers, one writer.
//!
//! The writer is a task that owns the only connection able to write. It takes the jobs that have
//! queued up, opens one transaction, runs each job in a savepoint of its own, and commits them
//! together: one fsync for the batch, and nobody is answered before it.

use std::{
    panic::AssertUnwindSafe,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::{
    sync::{Notify, mpsc, oneshot, watch},
    task::JoinHandle,
};

use super::{
    ACQUIRE_TIMEOUT, DbError, JobFuture, Tx,
    checkpointer::{Checkpointer, WRITER_HELPS_AT},
};

/// Jobs that commit together at most; bounds how long the first of them waits.
const BATCH: usize = 256;
/// Jobs that may wait; beyond it, callers wait for a place.
const QUEUE: usize = 4096;
/// How long to wait for another process that writes (an import by the command line).
const BUSY_TIMEOUT: Duration = Duration::from_mins(2);
const READERS: u32 = 4;

/// An embedded SQLite file.
#[derive(Clone)]
pub struct SqliteDb {
    readers: SqlitePool,
    writer: SqlitePool,
    jobs: mpsc::Sender<Box<dyn Job>>,
    tasks: Arc<tokio::sync::Mutex<Option<Tasks>>>,
    stop: Arc<Notify>,
    commits: watch::Sender<u64>,
}

/// What works behind the queue.
struct Tasks {
    writer: JoinHandle<()>,
    checkpointer: Checkpointer,
}

impl SqliteDb {
    pub(super) async fn open(path: &Path, create: bool) -> Result<Self, DbError> {
        if !create && !path.exists() {
            return Err(DbError::Missing);
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let suspect = Arc::new(AtomicBool::new(false));
        let is_suspect = suspect.clone();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .before_acquire(move |_, _| {
                let is_sane = !is_suspect.swap(false, Ordering::Relaxed);
                Box::pin(async move { Ok(is_sane) })
            })
            .acquire_timeout(BUSY_TIMEOUT)
            .connect_with(options.clone().pragma("wal_autocheckpoint", WRITER_HELPS_AT))
            .await?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&writer).await?;
        if !is_sound(&version) {
            return Err(DbError::SqliteTooOld { found: version });
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.clone().pragma("query_only", "on"))
            .await?;
        let commits = watch::Sender::new(0);
        let stop = Arc::new(Notify::new());
        let (jobs, queue) = mpsc::channel(QUEUE);
        let tasks = Tasks {
            checkpointer: Checkpointer::start(options, commits.subscribe()),
            writer: tokio::spawn(run_writer(writer.clone(), suspect, queue, stop.clone(), commits.clone())),
        };
        let tasks = Arc::new(tokio::sync::Mutex::new(Some(tasks)));
        Ok(Self { readers, writer, jobs, tasks, stop, commits })
    }

    pub(super) async fn read(&self) -> Result<Transaction<'static, Sqlite>, DbError> {
        Ok(self.readers.begin().await?)
    }

    pub(super) async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(TypedJob { job: Some(job), outcome: None, reply });
        if self.jobs.send(job).await.is_err() {
            return Err(DbError::Closed.into());
        }
        answer.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    pub(super) fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// The writer's connection, for migrations before anything else writes.
    pub fn writer_pool(&self) -> &SqlitePool {
        &self.writer
    }

    pub(super) async fn close(&self) {
        self.stop.notify_one();
        if let Some(tasks) = self.tasks.lock().await.take() {
            // A writer that panicked has nothing more to commit.
            let _ = tasks.writer.await;
            tasks.checkpointer.stop().await;
        }
        self.writer.close().await;
        self.readers.close().await;
    }
}

/// SQLite before 3.51.3 can lose a checkpoint in WAL mode.
fn is_sound(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= (3, 51, 3)
}

/// A job whose types the writer need not know.
trait Job: Send {
    /// Runs it; `true` when it is to be kept.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool>;
    /// Tells its caller. `committed` is the fate of the batch.
    fn answer(self: Box<Self>, committed: Result<(), Arc<sqlx::Error>>);
}

struct TypedJob<T, E, F> {
    job: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for TypedJob<T, E, F>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Send + 'static,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool> {
        Box::pin(async move {
            let Some(job) = self.job.take() else {
                return false;
            };
            let outcome = AssertUnwindSafe(async move { job(tx).await })
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(DbError::JobPanicked.into()));
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), Arc<sqlx::Error>>) {
        let answer = match (self.outcome, committed) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => Err(DbError::NotCommitted(error).into()),
            (None, Ok(())) => Err(DbError::Closed.into()),
        };
        // The caller may have hung up; what it asked for is done all the same.
        let _ = self.reply.send(answer);
    }
}

/// When a batch fails its connection is `suspect`: on a full disk SQLite ends the transaction by itself, and whoever still
/// counts on it could never begin another one. The next batch gets a new connection.
async fn run_writer(
    pool: SqlitePool,
    suspect: Arc<AtomicBool>,
    mut queue: mpsc::Receiver<Box<dyn Job>>,
    stop: Arc<Notify>,
    commits: watch::Sender<u64>,
) {
    loop {
        let mut batch = Vec::new();
        tokio::select! {
            biased;
            taken = queue.recv_many(&mut batch, BATCH) => if taken == 0 { return },
            () = stop.notified() => {
                // Whoever has queued is still served; nobody may queue any more.
                queue.close();
                continue;
            }
        }
        let fate = run_batch(&pool, &mut batch).await.map_err(Arc::new);
        if let Err(error) = &fate {
            tracing::error!(%error, jobs = batch.len(), "nothing of a batch could be stored");
            suspect.store(true, Ordering::Relaxed);
        }
        // Before the answers: whoever knows of a commit must not trust what was read before it.
        commits.send_modify(|count| *count += 1);
        for job in batch {
            job.answer(fate.clone());
        }
    }
}

async fn run_batch(pool: &SqlitePool, batch: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    let mut tx = Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?);
    for job in batch {
        savepoint(&mut tx, "SAVEPOINT job").await?;
        if !job.run(&mut tx).await {
            // When even this fails (the disk is full and SQLite has ended the transaction), the whole
            // batch fails, and nobody in it is told that their change is stored.
            savepoint(&mut tx, "ROLLBACK TO job").await?;
        }
        savepoint(&mut tx, "RELEASE job").await?;
    }
    if let Tx::Sqlite(transaction) = tx {
        transaction.commit().await?;
    }
    Ok(())
}

async fn savepoint(tx: &mut Tx, sql: &'static str) -> Result<(), sqlx::Error> {
    if let Tx::Sqlite(transaction) = tx {
        sqlx::query(sql).execute(&mut **transaction).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn the_wal_defect_is_refused() {
        assert!(is_sound("3.51.3"));
        assert!(is_sound("3.52.0"));
        assert!(!is_sound("3.51.2"));
        assert!(!is_sound("3.46.0"));
    }
}
