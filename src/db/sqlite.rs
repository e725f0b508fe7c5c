//! SQLite: many readers, one writer.
//!
//! The writer is a task that owns the only connection able to write. It takes the jobs that have
//! queued up, opens one transaction, runs each job in a savepoint of its own, and commits them
//! together: one fsync for the batch, and nobody is answered before it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::{
    sync::{Notify, mpsc, watch},
    task::JoinHandle,
};

use super::{
    ACQUIRE_TIMEOUT, DbError, Tx,
    checkpointer::{Checkpointer, WRITER_HELPS_AT},
    job::Job,
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

    /// Lets a job wait for its turn.
    pub(super) async fn write(&self, job: Box<dyn Job>) {
        if let Err(closed) = self.jobs.send(job).await {
            closed.0.answer(Err(DbError::Closed));
        }
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
            job.answer(fate.clone().map_err(DbError::NotCommitted));
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
