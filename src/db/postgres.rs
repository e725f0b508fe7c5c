//! PostgreSQL: a pool; each write is one transaction in a task of its own.

use std::sync::Arc;

use sqlx::{
    PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::sync::watch;

use super::{ACQUIRE_TIMEOUT, DbError, Tx, job::Job};

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

    /// Runs a job in a transaction and a task of its own.
    pub(super) fn write(&self, mut job: Box<dyn Job>) {
        let (pool, commits) = (self.pool.clone(), self.commits.clone());
        tokio::spawn(async move {
            let fate = run(&pool, job.as_mut()).await;
            commits.send_modify(|count| *count += 1);
            job.answer(fate);
        });
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

async fn run(pool: &PgPool, job: &mut dyn Job) -> Result<(), DbError> {
    let mut tx = Tx::Postgres(pool.begin().await?);
    // Whoever drops a transaction takes it back.
    if job.run(&mut tx).await
        && let Tx::Postgres(transaction) = tx
    {
        transaction.commit().await.map_err(|error| DbError::NotCommitted(Arc::new(error)))?;
    }
    Ok(())
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
