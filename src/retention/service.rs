//! All classes with their periods: reading, changing, counting what is due.

use std::sync::Arc;

use serde_json::json;

use crate::{
    audit::{Entry, Recorder},
    auth::AccountId,
    clock::{Date, SharedClock, Timestamp},
    db::{Db, DbError, Tx},
    random::SharedRandom,
};

use super::{
    class::{Class, Retained},
    model::Period,
    store::{self, Configured, PastRun},
};

/// Keeps periods and erases what is past them. Cheap to clone.
#[derive(Clone)]
pub struct Retention {
    pub(super) classes: Arc<[&'static dyn Retained]>,
    pub(super) db: Db,
    pub(super) clock: SharedClock,
    pub(super) random: SharedRandom,
    pub(super) recorder: Recorder,
}

/// A class and how it stands.
#[derive(Clone, Debug)]
pub struct ClassState {
    /// The class.
    pub class: &'static Class,
    /// How long it is kept.
    pub period: Period,
    /// Why, when somebody changed it.
    pub reason: String,
    /// When somebody changed it.
    pub changed_at: Option<Timestamp>,
    /// How many subjects are past it.
    pub due: i64,
}

/// A new period for a class.
#[derive(Clone, Debug)]
pub struct Change {
    /// The class.
    pub class: String,
    /// The period.
    pub period: Period,
    /// Why.
    pub reason: String,
    /// Whether what a shorter period erases earlier was thought of.
    pub confirmed: bool,
}

/// Why a period was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such class.
    #[error("there is no such class of data")]
    Absent,
    /// The unit makes no sense for the class.
    #[error("that unit makes no sense for this class")]
    Unit(&'static Class),
    /// It is shorter than the class can bear.
    #[error("that is shorter than this class can bear")]
    TooShort(&'static Class),
    /// It is shorter than before, and nobody has confirmed it.
    #[error("a shorter period has to be confirmed: {due} would be due at once")]
    Shorter {
        /// How many subjects would be past it now.
        due: i64,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Retention {
    /// Of these classes.
    #[must_use]
    pub fn new(
        classes: impl IntoIterator<Item = &'static dyn Retained>,
        db: Db,
        clock: SharedClock,
        random: SharedRandom,
    ) -> Self {
        let recorder = Recorder::new(clock.clone(), random.clone());
        Self { classes: classes.into_iter().collect(), db, clock, random, recorder }
    }

    /// Every class.
    pub fn classes(&self) -> impl Iterator<Item = &'static Class> {
        self.classes.iter().map(|retained| retained.class())
    }

    pub(super) fn find(&self, class: &str) -> Option<&'static dyn Retained> {
        self.classes.iter().copied().find(|retained| retained.class().id == class)
    }

    /// Every class, its period, and how much is past it now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn states(&self) -> Result<Vec<ClassState>, DbError> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let configured = store::periods(&mut tx).await?;
        let mut states = Vec::with_capacity(self.classes.len());
        for retained in self.classes.iter() {
            let class = retained.class();
            let found = configured.iter().find(|known| known.class == class.id);
            let period = found.map_or(class.default, |known| known.period);
            let due = retained.due(&mut tx, period.cutoff(now)).await?;
            let (reason, changed_at) =
                found.map_or((String::new(), None), |known| (known.reason.clone(), known.changed_at));
            states.push(ClassState { class, period, reason, changed_at, due });
        }
        Ok(states)
    }

    /// The last runs, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn runs(&self, limit: i64) -> Result<Vec<PastRun>, DbError> {
        store::runs(&mut self.db.read().await?, limit).await
    }

    /// The day of the last daily run that came to its end.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_daily(&self) -> Result<Option<Date>, DbError> {
        store::last_daily(&mut self.db.read().await?).await
    }

    /// Changes a period. Returns how much is past it now. `entry` says who does it.
    ///
    /// # Errors
    /// When the class cannot bear it, or it is shorter and that was not confirmed.
    pub async fn change(&self, change: Change, by: AccountId, entry: Entry) -> Result<i64, ChangeError> {
        let retained = self.find(&change.class).ok_or(ChangeError::Absent)?;
        let class = retained.class();
        if !class.units.contains(&change.period.unit()) {
            return Err(ChangeError::Unit(class));
        }
        if change.period.ends_before(class.shortest) {
            return Err(ChangeError::TooShort(class));
        }
        let (now, recorder) = (self.clock.now(), self.recorder.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let before = period_of(tx, class).await?;
                    let due = retained.due(tx, change.period.cutoff(now)).await?;
                    if before == change.period {
                        return Ok(due);
                    }
                    if change.period.ends_before(before) && !change.confirmed {
                        return Err(ChangeError::Shorter { due });
                    }
                    store::set_period(tx, class.id, change.period, &change.reason, by, now).await?;
                    let detail = json!({ "from": before, "to": change.period });
                    recorder.record(tx, entry.on("retention", class.id).with(detail)).await?;
                    Ok(due)
                })
            })
            .await
    }
}

/// The period of a class, as it is configured now.
pub(super) async fn period_of(tx: &mut Tx, class: &Class) -> Result<Period, DbError> {
    let known: Vec<Configured> = store::periods(tx).await?;
    Ok(known.into_iter().find(|known| known.class == class.id).map_or(class.default, |known| known.period))
}
