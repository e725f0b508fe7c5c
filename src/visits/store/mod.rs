//! SQL of visits.

mod additions;
mod decisions;
mod erasure;
mod imports;
mod list;
mod observations;
mod photos;
mod visits;
mod walked;

use std::str::FromStr;

use crate::{clock::Timestamp, db::DbError};

use super::model::{Moment, Outcome, Verdict};

pub use additions::{Addition, NewAddition, additions, insert_addition};
pub use decisions::{Decision, DecisionKind, decide, decisions};
pub(super) use erasure::{erase_observations, erase_visits, observations_due, visits_due};
pub use imports::{Imported, ImportedKind, Origin, imported};
pub use list::{Seen, Visit, of_account, pending, seen, with_ids};
pub use observations::{
    Answer, NewObservation, Observation, answer, insert_observation, observations, observations_of,
};
pub use photos::{
    KeptPhoto, PhotoState, add_part, drop_parts, keep, keep_imported, parts, photo, photo_states,
};
pub use visits::{NewVisit, Target, insert_visits, target};
pub use walked::{Walked, walked};

/// What became of an insertion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stored {
    /// It is new.
    New {
        /// What counts of the visit.
        outcome: Outcome,
        /// Where its position is to the stop.
        verdict: Option<Verdict>,
    },
    /// The same was there before.
    Same {
        /// What counts of the visit.
        outcome: Outcome,
        /// Where its position is to the stop.
        verdict: Option<Verdict>,
    },
    /// Its id names something else.
    Other,
}

/// What counts of a visit `v`: the last decision; else what the rule said of it, of what was added, or of its photos. What came
/// in a file shows something once its phone has sent the same.
pub(super) const OUTCOME: &str = "CASE
    WHEN d.kind = 'accept' THEN 'accepted'
    WHEN d.kind IS NOT NULL THEN 'rejected'
    WHEN v.outcome <> 'pending' THEN v.outcome
    WHEN EXISTS (SELECT 1 FROM visit_addition a WHERE a.visit = v.id AND a.outcome = 'accepted') THEN 'accepted'
    WHEN EXISTS (SELECT 1 FROM visit_import i WHERE i.visit = v.id AND i.sent_at IS NOT NULL AND i.outcome = 'accepted')
        THEN 'accepted'
    WHEN EXISTS (SELECT 1 FROM visit_photo p WHERE p.visit = v.id AND NOT EXISTS (SELECT 1 FROM visit_import i
            WHERE i.visit = v.id AND i.kind = 'photo' AND i.item = p.id AND i.sent_at IS NULL))
        AND (v.by_photo OR EXISTS (SELECT 1 FROM visit_addition a WHERE a.visit = v.id AND a.by_photo)
            OR EXISTS (SELECT 1 FROM visit_import i WHERE i.visit = v.id AND i.sent_at IS NOT NULL AND i.by_photo))
        THEN 'accepted'
    ELSE 'pending' END";

/// A visit with its last decision.
pub(super) const FROM: &str = "visit v LEFT JOIN visit_decision d ON d.visit = v.id
    AND d.step = (SELECT max(step) FROM visit_decision WHERE visit = v.id)";

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

/// A value from its column.
fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

/// A moment of a phone from its columns.
fn phones(at: Option<i64>, offset_s: Option<i64>) -> Result<Option<Moment>, DbError> {
    let (Some(at), Some(offset)) = (at, offset_s) else { return Ok(None) };
    Ok(Some(Moment { at: moment(at)?, offset_s: i32::try_from(offset).map_err(corrupt)? }))
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(corrupt)
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(corrupt)
}
