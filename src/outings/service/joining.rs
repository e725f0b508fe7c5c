//! Signing up, waiting, being put forward and decided on. The outing is held, so that its places are given once.

use crate::{
    auth::store::is_on_roster,
    clock::{Date, tokyo_date},
    db::{DbError, Tx},
    notify::Kind,
    outings::{
        model::{OutingId, OutingState, SignUpState},
        notices::{CONFIRMED, NOMINATED, PROMOTED, REFUSED, WAITING},
        store::{self, Outing, SignUp},
    },
    staff::{self, StaffId},
};

use super::{Actor, OutingError, held, held_by_trainer, told};

fn check_open(outing: &Outing, actor: &Actor) -> Result<(), OutingError> {
    if outing.state == OutingState::Planned && actor.now < outing.ends_at() {
        Ok(())
    } else {
        Err(OutingError::Closed)
    }
}

async fn is_full(tx: &mut Tx, outing: &Outing) -> Result<bool, DbError> {
    Ok(store::count_in(tx, outing.id, SignUpState::Confirmed).await? >= outing.capacity)
}

/// Gives somebody a place, or the last one of the waiting list.
async fn place(
    tx: &mut Tx,
    actor: &Actor,
    outing: &Outing,
    known: Option<SignUp>,
    staff: StaffId,
) -> Result<SignUp, OutingError> {
    let full = is_full(tx, outing).await?;
    let position = store::next_position(tx, outing.id).await?;
    let new = SignUp {
        outing: outing.id,
        staff,
        state: if full { SignUpState::Waiting } else { SignUpState::Confirmed },
        position,
        nominated_by: known.and_then(|known| known.nominated_by),
        changed_at: actor.now,
    };
    store::put_sign_up(tx, &new).await?;
    Ok(new)
}

/// Signs somebody up: with a place while there is one, else at the end of the waiting list. Doing it again changes
/// nothing.
///
/// # Errors
/// When it is over, cancelled or held, or the trainer decided against them.
pub async fn sign_up(tx: &mut Tx, actor: &Actor, id: OutingId) -> Result<SignUp, OutingError> {
    let staff = actor.staff.ok_or(OutingError::NotOnRoster)?;
    let outing = held(tx, id).await?;
    let known = store::sign_up(tx, id, staff).await?;
    if let Some(known) = &known {
        match known.state {
            SignUpState::Confirmed | SignUpState::Waiting | SignUpState::Nominated => {
                return Ok(known.clone());
            }
            SignUpState::Refused => return Err(OutingError::RefusedBefore),
            SignUpState::Withdrawn => {}
        }
    }
    check_open(&outing, actor)?;
    let known = known.map(|known| SignUp { nominated_by: None, ..known });
    place(tx, actor, &outing, known, staff).await
}

/// Takes a sign-up back; whoever has waited longest gets the place. Doing it again changes nothing.
///
/// # Errors
/// When it is over or held, or they never signed up.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, id: OutingId) -> Result<(), OutingError> {
    let staff = actor.staff.ok_or(OutingError::NotOnRoster)?;
    let outing = held(tx, id).await?;
    let known = store::sign_up(tx, id, staff).await?.ok_or(OutingError::Absent)?;
    if matches!(known.state, SignUpState::Withdrawn | SignUpState::Refused) {
        return Ok(());
    }
    check_open(&outing, actor)?;
    store::set_state(tx, (id, staff), SignUpState::Withdrawn, actor.now).await?;
    promote(tx, actor, &outing).await
}

/// Gives free places to those who have waited longest.
pub(super) async fn promote(tx: &mut Tx, actor: &Actor, outing: &Outing) -> Result<(), OutingError> {
    while outing.state == OutingState::Planned && !is_full(tx, outing).await? {
        let Some(first) = store::first_waiting(tx, outing.id).await? else { break };
        store::set_state(tx, (outing.id, first.staff), SignUpState::Confirmed, actor.now).await?;
        told(tx, actor, &PROMOTED, outing, (first.staff, actor.now.as_microsecond())).await?;
    }
    Ok(())
}

/// What became of somebody who was put forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nomination {
    /// The trainer decides.
    Nominated,
    /// They stood to the outing in some way already; that stays.
    Known(SignUpState),
    /// There is nobody like that in the coordinator's department and below.
    Absent,
}

/// A coordinator puts people of their department and below forward (所属推薦).
///
/// # Errors
/// When it is over, cancelled or held.
pub async fn nominate(
    tx: &mut Tx,
    actor: &Actor,
    id: OutingId,
    people: &[StaffId],
) -> Result<Vec<Nomination>, OutingError> {
    let outing = held(tx, id).await?;
    check_open(&outing, actor)?;
    let mut outcomes = Vec::with_capacity(people.len());
    for staff in people {
        let person = staff::store::person(tx, *staff).await?;
        let department = person.and_then(|person| person.on(actor.today).map(|spell| spell.department));
        if !department.is_some_and(|department| crate::routes::store::reaches(&actor.reach, department)) {
            outcomes.push(Nomination::Absent);
            continue;
        }
        let known = store::sign_up(tx, id, *staff).await?;
        if let Some(known) = known.filter(|known| known.state != SignUpState::Withdrawn) {
            outcomes.push(Nomination::Known(known.state));
            continue;
        }
        let position = store::next_position(tx, id).await?;
        let new = SignUp {
            outing: id,
            staff: *staff,
            state: SignUpState::Nominated,
            position,
            nominated_by: Some(actor.account),
            changed_at: actor.now,
        };
        store::put_sign_up(tx, &new).await?;
        told(tx, actor, &NOMINATED, &outing, (*staff, actor.now.as_microsecond())).await?;
        outcomes.push(Nomination::Nominated);
    }
    Ok(outcomes)
}

/// What a trainer decides of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Of whom.
    pub staff: StaffId,
    /// Whether they take part.
    pub accept: bool,
}

/// A trainer decides (受講決定) on those who were put forward, wait, or were refused: in the order given, as long as there
/// are places; the others wait. Everybody is told.
///
/// # Errors
/// When it is over, cancelled or held, or somebody never signed up: then nothing is done.
pub async fn decide(
    tx: &mut Tx,
    actor: &Actor,
    id: OutingId,
    decisions: &[Decision],
) -> Result<Vec<SignUp>, OutingError> {
    let outing = held_by_trainer(tx, actor, id).await?;
    check_open(&outing, actor)?;
    for Decision { staff, accept } in decisions {
        let known = store::sign_up(tx, id, *staff).await?;
        let known = known.filter(|known| known.state != SignUpState::Withdrawn);
        let known = known.ok_or(OutingError::NotSignedUp)?;
        let (state, kind): (_, &'static Kind) = match (accept, known.state) {
            (true, SignUpState::Confirmed) | (false, SignUpState::Refused) => continue,
            (false, _) => (SignUpState::Refused, &REFUSED),
            (true, _) if is_full(tx, &outing).await? => (SignUpState::Waiting, &WAITING),
            (true, _) => (SignUpState::Confirmed, &CONFIRMED),
        };
        if known.state == state {
            continue;
        }
        store::set_state(tx, (id, *staff), state, actor.now).await?;
        // The moment tells one decision from the next.
        told(tx, actor, kind, &outing, (*staff, actor.now.as_microsecond())).await?;
    }
    promote(tx, actor, &outing).await?;
    Ok(store::sign_ups(tx, id).await?)
}

/// Whoever has a number and is on the roster on a day.
async fn on_roster(tx: &mut Tx, number: &str, day: Date) -> Result<Option<StaffId>, DbError> {
    // PostgreSQL takes no such text.
    if number.contains('\0') {
        return Ok(None);
    }
    let Some(staff) = staff::store::id_of_number(tx, number).await? else { return Ok(None) };
    Ok(is_on_roster(tx, staff, day).await?.then_some(staff))
}

/// A trainer puts people on the list by their staff number, such as those who signed a paper sheet on the day: with a place
/// while there is one, else they wait; once the outing has begun whoever came has one. Of each: how they stand to the outing
/// now, or nothing where nobody on the roster has that number.
///
/// # Errors
/// When it is cancelled, or not the trainer's.
pub async fn enlist(
    tx: &mut Tx,
    actor: &Actor,
    id: OutingId,
    numbers: &[String],
) -> Result<Vec<Option<SignUp>>, OutingError> {
    let outing = held_by_trainer(tx, actor, id).await?;
    if outing.state == OutingState::Cancelled {
        return Err(OutingError::Closed);
    }
    let has_begun = actor.now >= outing.starts_at;
    let day = if has_begun { tokyo_date(outing.starts_at) } else { actor.today };
    let mut found = Vec::with_capacity(numbers.len());
    for number in numbers {
        let Some(staff) = on_roster(tx, number, day).await? else {
            found.push(None);
            continue;
        };
        let known = store::sign_up(tx, id, staff).await?;
        if let Some(known) = &known
            && !matches!(known.state, SignUpState::Withdrawn | SignUpState::Refused)
        {
            found.push(Some(known.clone()));
            continue;
        }
        let mut new = place(tx, actor, &outing, known, staff).await?;
        if has_begun && new.state == SignUpState::Waiting {
            new.state = SignUpState::Confirmed;
            store::set_state(tx, (id, staff), new.state, actor.now).await?;
        }
        if !has_begun {
            let kind = if new.state == SignUpState::Waiting { &WAITING } else { &CONFIRMED };
            told(tx, actor, kind, &outing, (staff, actor.now.as_microsecond())).await?;
        }
        found.push(Some(new));
    }
    Ok(found)
}
