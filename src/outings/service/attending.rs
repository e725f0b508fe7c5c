//! Who was there: the roll-call of a trainer, and the rotating code.

use sha2::{Digest as _, Sha256};

use crate::{
    attendance::{self, CodeCheck, MarkId, Typed, fits},
    auth::{
        AccountId, fold_login,
        store::{self as auth, NewAccount},
    },
    clock::{Timestamp, to_the_microsecond},
    db::{DbError, Tx},
    outings::{
        model::{OutingId, OutingState, SignUpState},
        naming,
        store::{self, Mark, MarkState, Outing},
    },
    routes,
    staff::{self, StaffId},
    visits::{Attendance, service::Visits},
};

use super::{Actor, OutingError, held, held_by_trainer, is_trainer};

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
    /// Nobody marks themselves.
    Own,
    /// They have no account that could own visits, and none can be made for them.
    NoAccount,
}

/// What became of a roll-call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollCall {
    /// Of each mark.
    pub outcomes: Vec<MarkOutcome>,
    /// Who was given an account, so that their visits have an owner. It opens nothing until its owner is let in.
    pub new_accounts: Vec<StaffId>,
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
    visits: &Visits,
) -> Result<RollCall, OutingError> {
    let outing = held_by_trainer(tx, actor, id).await?;
    if outing.state == OutingState::Cancelled {
        return Err(OutingError::Closed);
    }
    let mut roll_call = RollCall::default();
    for new in marks {
        let known = store::sign_up(tx, id, new.staff).await?;
        let listed =
            known.is_some_and(|known| !matches!(known.state, SignUpState::Withdrawn | SignUpState::Refused));
        let outcome = if !listed {
            MarkOutcome::NotSignedUp
        } else if Some(new.staff) == actor.staff {
            MarkOutcome::Own
        } else if !fits(outing.starts_at, outing.duration_min, new.at, actor.now) {
            MarkOutcome::BadTime
        } else if let Some(owner) = owner(tx, actor, new.staff, &mut roll_call.new_accounts).await? {
            let marked_at = to_the_microsecond(new.at);
            let mark = Mark { id: new.id, staff: new.staff, present: new.present, by_code: false, marked_at };
            keep(tx, actor, &outing, (mark, owner, None), visits).await?
        } else {
            MarkOutcome::NoAccount
        };
        roll_call.outcomes.push(outcome);
    }
    Ok(roll_call)
}

/// The account that owns the visits of somebody. Who has none yet, because they never signed in, is given one; none when
/// somebody else has its name, or they are not on the roster any more.
async fn owner(
    tx: &mut Tx,
    actor: &Actor,
    staff: StaffId,
    made: &mut Vec<StaffId>,
) -> Result<Option<AccountId>, DbError> {
    if let Some(found) = auth::account_of_staff(tx, staff, actor.today).await? {
        return Ok(Some(found.id));
    }
    let number = staff::store::person(tx, staff).await?.and_then(|person| person.number);
    let Some(login) = number.as_deref().map(fold_login) else { return Ok(None) };
    if auth::account_by_login(tx, &login, actor.today).await?.is_some() {
        return Ok(None);
    }
    let id = AccountId(actor.random.id());
    let new = NewAccount { id, login, staff: Some(staff), display_name: None, persona: None };
    auth::create_account(tx, &new, actor.now).await?;
    made.push(staff);
    Ok(Some(id))
}

/// Keeps a mark, and when by it somebody was there after all, or was not, writes or voids their visits.
async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    outing: &Outing,
    (mark, owner, code): (Mark, AccountId, Option<&str>),
    visits: &Visits,
) -> Result<MarkOutcome, OutingError> {
    let before = store::last_mark(tx, outing.id, mark.staff).await?;
    match store::insert_mark(tx, outing.id, &mark, (actor.account, actor.now)).await? {
        MarkState::Stored => {}
        MarkState::Duplicate => return Ok(MarkOutcome::Duplicate),
        MarkState::Conflict => return Ok(MarkOutcome::Conflict),
    }
    let is_there = store::last_mark(tx, outing.id, mark.staff).await?.is_some_and(|mark| mark.present);
    if is_there != before.is_some_and(|mark| mark.present) {
        let attendance = attendance(tx, actor, outing, (mark.staff, owner, code)).await?;
        if is_there {
            visits.attended(tx, &attendance).await?;
        } else {
            visits.not_attended(tx, &attendance).await?;
        }
    }
    if mark.present && actor.now >= outing.starts_at {
        // Another mark of the same roll-call may have said so.
        if let Some(planned) = store::outing(tx, outing.id).await?
            && planned.state == OutingState::Planned
        {
            let version = planned.version + 1;
            let held = Outing { version, state: OutingState::Held, updated_at: actor.now, ..planned };
            store::save(tx, &held).await?;
        }
    }
    Ok(MarkOutcome::Stored)
}

async fn attendance(
    tx: &mut Tx,
    actor: &Actor,
    outing: &Outing,
    (staff, owner, code): (StaffId, AccountId, Option<&str>),
) -> Result<Attendance, DbError> {
    let version = routes::store::version_by_id(tx, outing.route_version).await?;
    let version = version.ok_or_else(|| store::corrupt("the version of an outing is gone"))?;
    let stops = version.design.stops().map(|stop| stop.stop_id);
    Ok(Attendance {
        outing: outing.id,
        began_at: outing.starts_at,
        account: owner,
        route_version: version.id,
        visits: stops.map(|stop| (naming::visit(&outing.key, staff, stop), stop)).collect(),
        code: code.map(str::to_owned),
        by: actor.account,
        received_at: actor.now,
    })
}

/// What a wrong code is remembered under: one person and one outing.
fn attempts_key(account: AccountId, id: OutingId) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"outing code")
        .chain_update(id.0.as_bytes())
        .chain_update(account.0.as_bytes())
        .finalize()
        .into()
}

/// Checks a code that somebody typed at a time, hours ago perhaps.
pub(in crate::outings) async fn check_code(
    tx: &mut Tx,
    outing: &Outing,
    account: AccountId,
    (code, at): (&str, Timestamp),
    now: Timestamp,
) -> Result<CodeCheck, DbError> {
    let typed = Typed { code, at, attempts: &attempts_key(account, outing.id) };
    attendance::check_code(tx, &outing.key, (outing.starts_at, outing.duration_min), typed, now).await
}

/// Somebody shows by the code on the trainer's screen that they are there.
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
    visits: &Visits,
) -> Result<Result<MarkOutcome, OutingError>, DbError> {
    match checked_in(tx, actor, (id, mark_id), (code, to_the_microsecond(at)), visits).await {
        Err(OutingError::Db(error)) => Err(error),
        other => Ok(other),
    }
}

async fn checked_in(
    tx: &mut Tx,
    actor: &Actor,
    (id, mark_id): (OutingId, MarkId),
    (code, at): (&str, Timestamp),
    visits: &Visits,
) -> Result<MarkOutcome, OutingError> {
    let outing = held(tx, id).await?;
    let staff = actor.staff.ok_or(OutingError::NotOnRoster)?;
    let known = store::sign_up(tx, id, staff).await?;
    if known.is_none_or(|known| known.state != SignUpState::Confirmed) {
        return Err(OutingError::NotSignedUp);
    }
    if outing.state == OutingState::Cancelled {
        return Err(OutingError::Closed);
    }
    // They have the code themselves.
    if is_trainer(tx, id, actor.staff).await? {
        return Err(OutingError::OwnOuting);
    }
    let mark = Mark { id: mark_id, staff, present: true, by_code: true, marked_at: at };
    // What is kept is answered again, whatever was typed wrongly meanwhile.
    if store::mark_of_id(tx, id, mark_id).await? == Some(mark) {
        return Ok(MarkOutcome::Duplicate);
    }
    match check_code(tx, &outing, actor.account, (code, at), actor.now).await? {
        CodeCheck::Right => keep(tx, actor, &outing, (mark, actor.account, Some(code)), visits).await,
        CodeCheck::Wrong => Err(OutingError::WrongCode),
        CodeCheck::Blocked { until } => Err(OutingError::TooManyTries { until }),
    }
}
