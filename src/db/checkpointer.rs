//! Moves what SQLite's write-ahead log holds into the database, beside the writer.
//!
//! SQLite by itself does it within the commit that fills a thousand pages of the log, and whoever asked for that commit
//! waits for it. Here a connection of its own does it soon after a commit; `PASSIVE` waits for nobody, and nobody waits
//! for it. What is stored is stored before: a commit returns when the log is on the disk.

use std::time::Duration;

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use tokio::{sync::watch, task::JoinHandle};

/// How long commits gather before they are moved. The less is moved at once, the less a commit waits for the disk that is at it.
const GATHER: Duration = Duration::from_millis(200);

/// The pages of the log at which the writer helps: it can start the log anew only when all was moved while it did not write.
/// Most was moved already, so it has little to do.
pub(super) const WRITER_HELPS_AT: &str = "8000";

/// The task and its connection.
pub(super) struct Checkpointer {
    pool: SqlitePool,
    task: JoinHandle<()>,
}

impl Checkpointer {
    /// Starts it. Each new value of `commits` is a commit. It connects at the first one.
    pub(super) fn start(options: SqliteConnectOptions, mut commits: watch::Receiver<u64>) -> Self {
        let pool = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options);
        let own = pool.clone();
        let task = tokio::spawn(async move {
            while commits.changed().await.is_ok() {
                tokio::time::sleep(GATHER).await;
                commits.mark_unchanged();
                // A full disk or a busy log: the writer's own checkpoint is what remains, and says what is wrong.
                if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&own).await {
                    tracing::debug!(%error, "the write-ahead log was not moved");
                }
            }
        });
        Self { pool, task }
    }

    /// Stops it and closes its connection.
    pub(super) async fn stop(self) {
        self.task.abort();
        // Aborted is how it ends.
        let _ = self.task.await;
        self.pool.close().await;
    }
}
