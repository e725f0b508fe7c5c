//! Runs: erasing what is past its period, a batch at a time.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::{
    audit::{Action, Entry},
    auth::AccountId,
    clock::{Timestamp, tokyo_date},
    db::DbError,
};

use super::{
    class::{Batch, Erased},
    service::{Retention, period_of},
    store::{self, RunId},
};

/// Subjects per batch: others who write wait no longer than it takes.
const BATCH: i64 = 100;
/// A daily run that has stood still for so long is taken over.
const STALE: SignedDuration = SignedDuration::from_mins(15);
/// How often a server looks whether the daily run is still to be done.
const LOOK_EVERY: Duration = Duration::from_mins(10);
/// A server that has just started has other things to do.
const FIRST_LOOK: Duration = Duration::from_mins(1);

/// Who asked for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RetentionCause)]
pub enum Cause {
    /// Nobody: it is done every day.
    Daily,
    /// Somebody on the page.
    Person,
    /// An operator.
    Command,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 3] = [Self::Daily, Self::Person, Self::Command];

    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Person => "person",
            Self::Command => "command",
        }
    }
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunOutcome {
    /// What was erased, by class, where it was anything.
    pub erased: Vec<(&'static str, Erased)>,
    /// Whether everything that was due is erased; else time ran out, and the next run goes on.
    pub complete: bool,
}

impl Retention {
    /// Does the daily run, unless it was done or another server does it.
    ///
    /// # Errors
    /// When the database cannot be written; what is left is tried again.
    pub async fn daily(&self) -> Result<Option<RunOutcome>, DbError> {
        let Some(run) = self.begin(Cause::Daily, None).await? else { return Ok(None) };
        let entry = Entry { request: "daily".to_owned(), ..Entry::by_service(Action::Erase) };
        self.erase_all(run, &entry, None).await.map(Some)
    }

    /// Erases all that is due, for as long as `at_most`. `entry` says who asks for it.
    ///
    /// # Errors
    /// When the database cannot be written; what is left is for the next run.
    pub async fn run(
        &self,
        cause: Cause,
        account: Option<AccountId>,
        entry: &Entry,
        at_most: Option<Duration>,
    ) -> Result<RunOutcome, DbError> {
        let run = self.begin(cause, account).await?;
        let run = run.ok_or_else(|| DbError::Corrupt("the run was not begun".into()))?;
        self.erase_all(run, entry, at_most).await
    }

    async fn begin(&self, cause: Cause, account: Option<AccountId>) -> Result<Option<RunId>, DbError> {
        let now = self.clock.now();
        let (id, day) = (RunId(self.random.id_at(now)), tokyo_date(now));
        let stale = now.saturating_sub(STALE).unwrap_or(Timestamp::MIN);
        if cause == Cause::Daily {
            // Most often it is done already; then nobody has to wait for a writer.
            let last = self.last_daily().await?;
            if last.is_some_and(|last| last >= day) {
                return Ok(None);
            }
        }
        self.db.write(move |tx| Box::pin(store::begin(tx, id, day, cause, account, now, stale))).await
    }

    async fn erase_all(
        &self,
        run: RunId,
        entry: &Entry,
        at_most: Option<Duration>,
    ) -> Result<RunOutcome, DbError> {
        let started = Instant::now();
        let mut outcome = RunOutcome { erased: Vec::new(), complete: true };
        for class in self.classes() {
            let mut total = Erased::default();
            loop {
                if at_most.is_some_and(|most| started.elapsed() > most) {
                    outcome.complete = false;
                    break;
                }
                let batch = self.erase_batch(run, class.id, entry.clone()).await?;
                total.subjects += batch.subjects;
                total.rows += batch.rows;
                if batch.subjects < BATCH {
                    break;
                }
            }
            if total.subjects > 0 {
                tracing::info!(class = class.id, subjects = total.subjects, "erased after its period");
                outcome.erased.push((class.id, total));
            }
        }
        let now = self.clock.now();
        self.db.write(move |tx| Box::pin(store::end(tx, run, now))).await?;
        Ok(outcome)
    }

    /// One batch of one class: one transaction, with its entry.
    async fn erase_batch(&self, run: RunId, class: &'static str, entry: Entry) -> Result<Erased, DbError> {
        let Some(retained) = self.find(class) else { return Ok(Erased::default()) };
        let (now, random, recorder) = (self.clock.now(), self.random.clone(), self.recorder.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let mut so_far = store::lock(tx, run).await?;
                    // Read anew: somebody may have made it longer a moment ago.
                    let cutoff = period_of(tx, retained.class()).await?.cutoff(now);
                    let batch = Batch { cutoff, limit: BATCH, now, random };
                    let mut erased = retained.erase(tx, &batch).await?;
                    if erased.subjects > 0 {
                        let mut detail = Map::new();
                        detail.insert("subjects".to_owned(), erased.subjects.into());
                        detail.insert("rows".to_owned(), erased.rows.into());
                        detail.insert("before".to_owned(), cutoff.day.to_string().into());
                        let entry = entry.on("retention", class);
                        let (_, links) = recorder.record_erasure(tx, entry, detail, &erased.links).await?;
                        erased.rows += links;
                        add(&mut so_far, class, &erased);
                    }
                    store::beat(tx, run, &so_far, now).await?;
                    Ok(erased)
                })
            })
            .await
    }
}

/// Adds a batch to what a run has erased.
fn add(so_far: &mut Value, class: &str, erased: &Erased) {
    let known = |name: &str| so_far[class][name].as_i64().unwrap_or(0);
    let sum = json!({ "subjects": known("subjects") + erased.subjects, "rows": known("rows") + erased.rows });
    so_far[class] = sum;
}

/// Does the daily run in a running service.
pub struct Keeper {
    retention: Retention,
}

impl Keeper {
    /// A keeper of what the retention holds.
    #[must_use]
    pub const fn new(retention: Retention) -> Self {
        Self { retention }
    }

    /// Looks every few minutes until the task is dropped. An unreachable database is logged once and tried
    /// again.
    pub async fn follow(&self) {
        let mut failing = false;
        tokio::time::sleep(FIRST_LOOK).await;
        loop {
            match self.retention.daily().await {
                Ok(_) => failing = false,
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "what is past its retention period is not being erased");
                    }
                    failing = true;
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
