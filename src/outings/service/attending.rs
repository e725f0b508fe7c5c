//! Who was there: the roll-call of a trainer, and the rotating code.

use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};

use crate::{
    auth::{Limit, store as attempts},
    clock::Timestamp,
    db::{DbError, Tx},
    outings::{
        codes::{WINDOW, hours},
        model::{MarkId, OutingId, OutingState, SignUpState},
        store::{self, Mark, MarkState, Outing},
        visits::{Attendance, AttendedStop, WritesVisits, visit_id},
    },
    staff::StaffId,
};

use super::{Actor, OutingError, held, held_by_trainer};

/// Phones' clocks may be ahead by so much.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// A mark as a trainer's phone sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMark {
    /// Its id, made on the phone.
    pub id: MarkId,
    /// Who.
    pub staff: StaffId,
    /// Whether they are there.
    pub present: bool,
    /// When, by the phone's clock.
    pub at: Timestamp,
}

/// What became of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkOutcome {
    /// It is kept.
    Stored,
    /// It was there already.
    Duplicate,
    /// Another mark has its id.
    Conflict,
    /// They are not on the outing's list.
    NotSignedUp,
    /// Its time is not that of the outing, or has not come yet.
    BadTime,
}

/// Keeps a trainer's roll-call. Each mark by itself: one that cannot be kept does not keep the others back, and sending
/// it all again changes nothing. Of each person the latest mark counts, whenever it arrives.
///
/// # Errors
/// When the outing is cancelled, or not the trainer's.
pub async fn mark(
    tx: &mut Tx,
    actor: &Actor,
    id: OutingId,
    marks: &[NewMark],
    visits: &dyn WritesVisits,
) -> Result<Vec<MarkOutcome>, OutingError> {
    let outing = held_by_trainer(tx, actor, id).await?;
    if outing.state == OutingState::Cancelled {
        return Err(OutingError::Closed);
    }
    let mut outcomes = Vec::with_capacity(marks.len());
    for new in marks {
        let known = store::sign_up(tx, id, new.staff).await?;
        let listed =
            known.is_some_and(|known| !matches!(known.state, SignUpState::Withdrawn | SignUpState::Refused));
        let outcome = if !listed {
            MarkOutcome::NotSignedUp
        } else if !is_time_of(&outing, new.at, actor.now) {
            MarkOutcome::BadTime
        } else {
            let mark = Mark {
                id: new.id,
                staff: new.staff,
                present: new.present,
                by_code: false,
                marked_at: new.at,
            };
            keep(tx, actor, &outing, mark, visits).await?
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// From an hour before the start on, and not ahead of now: marks may be corrected days later.
fn is_time_of(outing: &Outing, at: Timestamp, now: Timestamp) -> bool {
    let (from, _) = hours(outing.starts_at, outing.duration_min);
    at >= from.saturating_sub(SignedDuration::from_mins(30)).unwrap_or(from)
        && at <= now.saturating_add(AHEAD).unwrap_or(now)
}

async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    outing: &Outing,
    mark: Mark,
    visits: &dyn WritesVisits,
) -> Result<MarkOutcome, OutingError> {
    let before = store::last_marks(tx, outing.id).await?.get(&mark.staff).copied();
    match store::insert_mark(tx, outing.id, &mark, (actor.account, actor.now)).await? {
        MarkState::Stored => {}
        MarkState::Duplicate => return Ok(MarkOutcome::Duplicate),
        MarkState::Conflict => return Ok(MarkOutcome::Conflict),
    }
    let after = store::last_marks(tx, outing.id).await?.get(&mark.staff).copied();
    let was = before.is_some_and(|mark| mark.present);
    if let Some(after) = after.filter(|after| after.present != was) {
        let attendance = attendance(tx, actor, outing, after).await?;
        if after.present {
            visits.attended(tx, &attendance).await?;
        } else {
            visits.absent(tx, &attendance).await?;
        }
    }
    if mark.present && outing.state == OutingState::Planned && actor.now >= outing.starts_at {
        let held = Outing {
            version: outing.version + 1,
            state: OutingState::Held,
            updated_at: actor.now,
            ..outing.clone()
        };
        // Another mark of the same roll-call may have said so.
        if store::outing(tx, outing.id).await?.is_some_and(|now| now.state == OutingState::Planned) {
            store::save(tx, &held).await?;
        }
    }
    Ok(MarkOutcome::Stored)
}

async fn attendance(tx: &mut Tx, actor: &Actor, outing: &Outing, mark: Mark) -> Result<Attendance, DbError> {
    let version = store::version(tx, outing.route_version).await?;
    let version = version.ok_or_else(|| store::corrupt("the version of an outing is gone"))?;
    let stops = version
        .design
        .stops()
        .map(|stop| AttendedStop {
            visit_id: visit_id(outing.id, mark.staff, stop.stop_id),
            stop: stop.stop_id,
        })
        .collect();
    Ok(Attendance {
        outing: outing.id,
        staff: mark.staff,
        route_version: version.id,
        stops,
        at: mark.marked_at,
        received_at: actor.now,
        by: actor.account,
        by_code: mark.by_code,
    })
}

/// What a wrong code is remembered under: one person and one outing.
fn attempts_key(actor: &Actor, id: OutingId) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"outing code")
        .chain_update(id.0.as_bytes())
        .chain_update(actor.account.0.as_bytes())
        .finalize()
        .into()
}

/// Somebody shows by the code on the trainer's screen that they are there. It is checked against the time at which they
/// typed it, which may be hours ago. After five wrong codes each further one doubles the time until the next is heard.
///
/// The outer error is the database's: what it keeps of a wrong code has to stay. The inner one is the answer.
///
/// # Errors
/// When the database cannot be used.
pub async fn check_in(
    tx: &mut Tx,
    actor: &Actor,
    (id, mark_id): (OutingId, MarkId),
    (code, at): (&str, Timestamp),
    visits: &dyn WritesVisits,
) -> Result<Result<MarkOutcome, OutingError>, DbError> {
    let outing = match held(tx, id).await {
        Ok(outing) => outing,
        Err(OutingError::Db(error)) => return Err(error),
        Err(other) => return Ok(Err(other)),
    };
    let Some(staff) = actor.staff else { return Ok(Err(OutingError::NotOnRoster)) };
    let known = store::sign_up(tx, id, staff).await?;
    if !known.is_some_and(|known| known.state == SignUpState::Confirmed) {
        return Ok(Err(OutingError::NotSignedUp));
    }
    if outing.state == OutingState::Cancelled {
        return Ok(Err(OutingError::Closed));
    }
    let key = attempts_key(actor, id);
    let failures = attempts::attempts(tx, &key).await?;
    if let Err(blocked) = Limit::check(failures, actor.now) {
        return Ok(Err(OutingError::TooManyTries { until: blocked.until }));
    }
    let (from, until) = hours(outing.starts_at, outing.duration_min);
    let in_time = from <= at && at <= until && at <= actor.now.saturating_add(AHEAD).unwrap_or(actor.now);
    if !in_time || !outing.key.check(code, at, WINDOW) {
        let after = Limit::ACCOUNT.after_failure(failures, actor.now);
        attempts::note_failure(tx, &key, after).await?;
        return Ok(Err(OutingError::WrongCode));
    }
    let mark = Mark { id: mark_id, staff, present: true, by_code: true, marked_at: at };
    match keep(tx, actor, &outing, mark, visits).await {
        Err(OutingError::Db(error)) => Err(error),
        other => Ok(other),
    }
}
