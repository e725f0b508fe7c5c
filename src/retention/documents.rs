//! The JSON of retention.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::Text3;

use super::{
    model::{CountedFrom, Period, Unit},
    run::{Cause, RunOutcome},
    service::ClassState,
    store::PastRun,
};

/// Every class of data that is kept for a time, and the last runs.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionDocument {
    /// The classes.
    pub classes: Vec<RetentionClass>,
    /// The last runs, the newest first.
    pub runs: Vec<RetentionRun>,
}

/// A class of data.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionClass {
    /// Its name in addresses.
    pub class: &'static str,
    /// Its title.
    pub title: Text3,
    /// What of it is erased, and what stays.
    pub erases: Text3,
    /// The event from which its period counts.
    pub event: Text3,
    /// How long it is kept.
    pub period: Period,
    /// How long it is kept while nobody says otherwise.
    pub default: Period,
    /// The shortest period that can be set.
    pub shortest: Period,
    /// The units that can be set.
    pub units: &'static [Unit],
    /// How many are past the period now.
    pub due: i64,
    /// Why the period was changed.
    pub reason: String,
    /// When it was changed.
    pub changed_at: Option<String>,
}

/// A run.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionRun {
    /// Who asked for it.
    pub cause: Cause,
    /// When it began.
    pub started_at: String,
    /// When it had come to its end; it goes on, or was interrupted, when absent.
    pub ended_at: Option<String>,
    /// What was erased.
    pub erased: Vec<ErasedCount>,
}

/// What was or would be erased of a class.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErasedCount {
    /// The class.
    pub class: String,
    /// How many people, entries, sessions or files.
    pub subjects: i64,
}

/// A new period.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRetentionPeriod {
    /// How many.
    #[schema(minimum = 1)]
    pub amount: i64,
    /// Of what.
    pub unit: Unit,
    /// From when.
    pub counted_from: CountedFrom,
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
    /// Whether what a shorter period erases earlier was thought of.
    #[serde(default)]
    pub confirm: bool,
}

/// The period was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedRetentionPeriod {
    /// How many are past it now.
    pub due: i64,
}

/// What to run.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RetentionRunRequest {
    /// Whether to say only what would be erased.
    pub dry_run: bool,
}

/// What came of a run.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionRunDocument {
    /// Whether nothing was erased.
    pub dry_run: bool,
    /// Whether everything that was due is erased; else the next run goes on.
    pub complete: bool,
    /// What was, or would be, erased.
    pub erased: Vec<ErasedCount>,
}

impl RetentionDocument {
    pub(super) fn new(states: &[ClassState], runs: &[PastRun]) -> Self {
        Self {
            classes: states.iter().map(RetentionClass::new).collect(),
            runs: runs.iter().map(RetentionRun::new).collect(),
        }
    }
}

impl RetentionClass {
    fn new(state: &ClassState) -> Self {
        let class = state.class;
        Self {
            class: class.id,
            title: class.title,
            erases: class.erases,
            event: class.counted_from,
            period: state.period,
            default: class.default,
            shortest: class.shortest,
            units: class.units,
            due: state.due,
            reason: state.reason.clone(),
            changed_at: state.changed_at.map(|at| at.to_string()),
        }
    }
}

impl RetentionRun {
    fn new(run: &PastRun) -> Self {
        let erased = run.erased.as_object().into_iter().flatten();
        Self {
            cause: run.cause,
            started_at: run.started_at.to_string(),
            ended_at: run.ended_at.map(|at| at.to_string()),
            erased: erased
                .map(|(class, counts)| ErasedCount {
                    class: class.clone(),
                    subjects: counts["subjects"].as_i64().unwrap_or(0),
                })
                .collect(),
        }
    }
}

impl RetentionRunDocument {
    pub(super) fn dry(states: &[ClassState]) -> Self {
        let due = states.iter().filter(|state| state.due > 0);
        let erased =
            due.map(|state| ErasedCount { class: state.class.id.to_owned(), subjects: state.due }).collect();
        Self { dry_run: true, complete: true, erased }
    }

    pub(super) fn of(outcome: &RunOutcome) -> Self {
        let erased = outcome.erased.iter();
        let erased = erased
            .map(|(class, erased)| ErasedCount { class: (*class).to_owned(), subjects: erased.subjects })
            .collect();
        Self { dry_run: false, complete: outcome.complete, erased }
    }
}
