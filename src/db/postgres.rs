//! PostgreSQL: a pool; each write is one transaction in a task of its own.

use std::sync::Arc;

use sqlx::{
    PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::sync::watch;

use super::{ACQUIRE_TIMEOUT, DbError, JobFuture, Tx};

/// A PostgreSQL server.
#[derive(Clone)]
pub struct PostgresDb {
    pool: PgPool,
    commits: watch::Sender<u64>,
}

impl PostgresDb {
    pub(super) async fn open(options: &PgConnectOptions) -> Result<Self, DbError> {
        let options = options.clone().application_name("machiaruki");
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await?;
        Ok(Self { pool, commits: watch::Sender::new(0) })
    }

    pub(super) async fn read(&self) -> Result<Transaction<'static, Postgres>, DbError> {
        Ok(self.pool.begin_with("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
    }

    pub(super) async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Send + 'static,
    {
        let pool = self.pool.clone();
        let task = tokio::spawn(async move {
            let begun = pool.begin().await.map_err(DbError::from)?;
            let mut tx = Tx::Postgres(begun);
            let value = job(&mut tx).await?;
            if let Tx::Postgres(transaction) = tx {
                transaction.commit().await.map_err(|error| DbError::NotCommitted(Arc::new(error)))?;
            }
            Ok(value)
        });
        let outcome = match task.await {
            Ok(outcome) => outcome,
            Err(_) => Err(DbError::JobPanicked.into()),
        };
        self.commits.send_modify(|count| *count += 1);
        outcome
    }

    pub(super) fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    pub(super) fn listen(&self, channel: &'static str) -> watch::Receiver<u64> {
        let sender = watch::Sender::new(0);
        let receiver = sender.subscribe();
        let pool = self.pool.clone();
        tokio::spawn(async move {
            // Until nobody cares or the pool is closed. Whoever waits also looks by a timer, so a
            // connection that is lost for a while delays a notice and loses none.
            while !sender.is_closed() && !pool.is_closed() {
                if let Err(error) = listen_once(&pool, channel, &sender).await {
                    tracing::debug!(%error, "listening for notices is interrupted");
                }
                tokio::time::sleep(RECONNECT_AFTER).await;
            }
        });
        receiver
    }

    /// The pool, for migrations and `LISTEN`.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

const RECONNECT_AFTER: std::time::Duration = std::time::Duration::from_secs(1);

async fn listen_once(pool: &PgPool, channel: &str, sender: &watch::Sender<u64>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(channel).await?;
    loop {
        tokio::select! {
            notice = listener.recv() => {
                notice?;
                sender.send_modify(|count| *count += 1);
            }
            () = sender.closed() => return Ok(()),
        }
    }
}
