//! Hearing a code, and not listening to whoever guesses.

use crate::{
    auth::{Limit, store as auth},
    clock::Timestamp,
    db::{DbError, Tx},
};

use super::{CodeKey, WINDOW, hours, marks::is_ahead};

/// A code that somebody typed.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// Six digits.
    pub code: &'a str,
    /// When, by the phone's clock.
    pub at: Timestamp,
    /// What wrong ones are remembered under: one person and one event.
    pub attempts: &'a [u8; 32],
}

/// What a code shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeCheck {
    /// It was on the leader's screen at that time.
    Right,
    /// It was not.
    Wrong,
    /// After too many wrong ones nobody listens.
    Blocked {
        /// Until when.
        until: Timestamp,
    },
}

/// Checks a code of an event that starts then and takes so many minutes against the time at which somebody typed it, which may be hours ago.
/// After five wrong codes each further one doubles the time until the next is heard, by whatever way they come.
///
/// # Errors
/// When the database cannot be used.
pub async fn check_code(
    tx: &mut Tx,
    key: &CodeKey,
    (starts_at, duration_min): (Timestamp, i64),
    typed: Typed<'_>,
    now: Timestamp,
) -> Result<CodeCheck, DbError> {
    let failures = auth::attempts(tx, typed.attempts).await?;
    if let Err(blocked) = Limit::check(failures, now) {
        return Ok(CodeCheck::Blocked { until: blocked.until });
    }
    let (from, until) = hours(starts_at, duration_min);
    let in_time = from <= typed.at && typed.at <= until && !is_ahead(typed.at, now);
    if in_time && key.check(typed.code, typed.at, WINDOW) {
        return Ok(CodeCheck::Right);
    }
    auth::note_failure(tx, typed.attempts, Limit::ACCOUNT.after_failure(failures, now)).await?;
    Ok(CodeCheck::Wrong)
}
