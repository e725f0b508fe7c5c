//! Roles end when their holder leaves. Whoever comes back begins without any.

use std::time::Duration;

use serde_json::json;

use crate::{
    audit::{Action, Entry, Recorder},
    clock::{SharedClock, Timestamp, tokyo_date},
    db::{Db, DbError, Tx},
};

use super::{Role, store};

/// How many approvers a ward needs: nobody approves what is for themselves, and with fewer than two nobody could ever
/// be given a sensitive role again.
pub const APPROVERS: i64 = 2;

/// How often to look who has left: a roster may say so long before.
const LOOK_EVERY: Duration = Duration::from_mins(10);

/// Ends the roles of whoever has left since they were given them, and their sessions. `by` says who causes it. Returns
/// how many roles there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_roles_of_leavers(
    tx: &mut Tx,
    recorder: &Recorder,
    by: &Entry,
    now: Timestamp,
) -> Result<usize, DbError> {
    let today = tokyo_date(now);
    let outlived = store::outlived_grants(tx, today).await?;
    for old in &outlived {
        store::end_grant(tx, old.grant, None, now).await?;
        store::end_sessions(tx, old.account, None, "left", now).await?;
        let entry = Entry { action: Action::EndRole, ..by.clone() };
        let entry = entry.about_staff([old.staff]).on("grant", old.grant);
        recorder.record(tx, entry.with(json!({ "role": old.role, "cause": "left" }))).await?;
    }
    // Nobody stays because they are needed, but somebody should know.
    if outlived.iter().any(|old| old.is_active && old.role == Role::Approver) {
        let left = store::holders(tx, Role::Approver, today).await?;
        if left < APPROVERS {
            tracing::warn!(
                left,
                "an approver has left: appoint others by `machiaruki user add --role approver`"
            );
        }
    }
    Ok(outlived.len())
}

/// Looks who has left, whatever the day on which the roster said so.
pub struct Departures {
    db: Db,
    clock: SharedClock,
    recorder: Recorder,
}

impl Departures {
    /// Of a database.
    #[must_use]
    pub const fn new(db: Db, clock: SharedClock, recorder: Recorder) -> Self {
        Self { db, clock, recorder }
    }

    /// Ends the roles of whoever has left by now. Returns how many there were.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn look(&self) -> Result<usize, DbError> {
        let now = self.clock.now();
        // Most often there are none; then nobody has to wait for a writer.
        let mut tx = self.db.read().await?;
        let none = store::outlived_grants(&mut tx, tokyo_date(now)).await?.is_empty();
        drop(tx);
        if none {
            return Ok(0);
        }
        let recorder = self.recorder.clone();
        let by = Entry { request: "departures".to_owned(), ..Entry::by_service(Action::EndRole) };
        self.db
            .write(move |tx| Box::pin(async move { end_roles_of_leavers(tx, &recorder, &by, now).await }))
            .await
    }

    /// Looks every few minutes until the task is dropped. An unreachable database is logged once and tried again.
    pub async fn follow(&self) {
        let mut failing = false;
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            match self.look().await {
                Ok(_) => failing = false,
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "roles of people who have left are not being ended");
                    }
                    failing = true;
                }
            }
        }
    }
}
