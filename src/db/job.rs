//! Jobs whose types nobody behind [`Db::write`](super::Db::write) need know.
//!
//! Each of some hundred kinds of jobs has types of its own. Were the writers generic, all they do would be compiled once for each.

use std::panic::AssertUnwindSafe;

use futures_util::{FutureExt, future::BoxFuture};
use tokio::sync::oneshot;

use super::{DbError, JobFuture, Tx};

/// What a job does.
pub(super) type Work<T, E> = Box<dyn for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, E> + Send>;

/// A job that waits.
pub(super) trait Job: Send {
    /// Runs it; `true` when it is to be kept. A panic fails it.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool>;

    /// Tells its caller. `fate` is that of the transaction; a job that failed by itself says so.
    fn answer(self: Box<Self>, fate: Result<(), DbError>);
}

/// A job, and where its caller waits for the answer.
pub(super) fn job<T, E>(work: Work<T, E>) -> (Box<dyn Job>, oneshot::Receiver<Result<T, E>>)
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    (Box::new(Typed { work: Some(work), outcome: None, reply }), answer)
}

struct Typed<T, E> {
    work: Option<Work<T, E>>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E> Job for Typed<T, E>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else {
                return false;
            };
            let outcome = AssertUnwindSafe(async move { work(tx).await })
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(DbError::JobPanicked.into()));
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn answer(self: Box<Self>, fate: Result<(), DbError>) {
        let answer = match (self.outcome, fate) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(DbError::Closed.into()),
        };
        // The caller may have hung up; what it asked for is done all the same.
        let _ = self.reply.send(answer);
    }
}
