//! Registrars make, change and cancel gatherings. What took place already may be entered as well: a roll that was called on paper.

use std::collections::BTreeSet;

use crate::{
    auth::store::is_on_roster,
    db::Tx,
    gatherings::{
        model::{Gathering, GatheringId, GatheringState, Leading, Plan},
        notices::{CANCELLED, CHANGED, PLANNED},
        store,
    },
    staff::{self, StaffId},
};

use super::{Actor, GatheringError, held, leading, seals, telling::told};

/// Who calls the roll by a plan; `before` where it does not say. They are on the roster now.
async fn roll_callers(
    tx: &mut Tx,
    actor: &Actor,
    plan: &Plan,
    before: BTreeSet<StaffId>,
) -> Result<BTreeSet<StaffId>, GatheringError> {
    let Some(numbers) = &plan.document().roll_caller_numbers else { return Ok(before) };
    let mut found = BTreeSet::new();
    for number in numbers {
        let staff = staff::store::id_of_number(tx, number).await?.ok_or(GatheringError::NoRollCaller)?;
        if !is_on_roster(tx, staff, actor.today).await? {
            return Err(GatheringError::NoRollCaller);
        }
        found.insert(staff);
    }
    Ok(found)
}

/// The gathering that a plan makes of what it was.
fn planned(plan: &Plan, before: Gathering, actor: &Actor) -> Gathering {
    let document = plan.document();
    Gathering {
        kind: document.kind,
        duty: document.duty,
        title: document.title.trim().to_owned(),
        place: document.place.trim().to_owned(),
        location: document.location,
        starts_at: document.starts_at,
        duration_min: document.duration_min.into(),
        audience: plan.audience(),
        note: document.note.trim().to_owned(),
        updated_at: actor.now,
        ..before
    }
}

/// Makes a gathering.
///
/// # Errors
/// When it names somebody who is not on the roster.
pub async fn create(tx: &mut Tx, actor: &Actor, plan: &Plan) -> Result<GatheringId, GatheringError> {
    let random = actor.vault.random();
    let document = plan.document();
    let blank = Gathering {
        id: GatheringId(random.id_at(actor.now)),
        version: 1,
        kind: document.kind,
        duty: document.duty,
        title: String::new(),
        place: String::new(),
        location: None,
        starts_at: document.starts_at,
        duration_min: document.duration_min.into(),
        audience: plan.audience(),
        note: String::new(),
        state: GatheringState::Planned,
        reason: String::new(),
        updated_at: actor.now,
    };
    let gathering = planned(plan, blank, actor);
    let leading = Leading::new(random.bytes(), roll_callers(tx, actor, plan, BTreeSet::new()).await?);
    store::insert(tx, &gathering, &seals::seal_leading(&actor.vault, gathering.id, &leading)?).await?;
    told(tx, actor, &PLANNED, &gathering).await?;
    Ok(gathering.id)
}

/// Changes a gathering as it was seen. One that was held can be put right; one that was cancelled cannot.
///
/// # Errors
/// When somebody changed it first, it is cancelled, or it is forgotten who took part.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    (id, seen): (GatheringId, i64),
    plan: &Plan,
) -> Result<(), GatheringError> {
    let stored = held(tx, id).await?;
    if stored.gathering.version != seen {
        return Err(GatheringError::Stale);
    }
    if stored.gathering.state == GatheringState::Cancelled {
        return Err(GatheringError::Closed);
    }
    let mut leading = leading(&actor.vault, &stored)?;
    leading.roll_callers = roll_callers(tx, actor, plan, leading.roll_callers).await?;
    let before = stored.gathering;
    let version = before.version + 1;
    let after = Gathering { version, ..planned(plan, before.clone(), actor) };
    let sealed = seals::seal_leading(&actor.vault, id, &leading)?;
    store::save(tx, &after, Some(&sealed)).await?;
    let said = |one: &Gathering| (one.starts_at, one.place.clone(), one.audience.clone());
    if said(&before) != said(&after) {
        told(tx, actor, &CHANGED, &after).await?;
    }
    Ok(())
}

/// Cancels a gathering that was not held.
///
/// # Errors
/// When it was held, or is cancelled already.
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    id: GatheringId,
    reason: String,
) -> Result<(), GatheringError> {
    let before = held(tx, id).await?.gathering;
    if before.state != GatheringState::Planned {
        return Err(GatheringError::Closed);
    }
    let (version, state) = (before.version + 1, GatheringState::Cancelled);
    let after = Gathering { version, state, reason, updated_at: actor.now, ..before };
    store::save(tx, &after, None).await?;
    told(tx, actor, &CANCELLED, &after).await
}
