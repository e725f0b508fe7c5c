//! Trainers make, change and cancel outings.

use crate::{
    attendance::CodeKey,
    auth::store::is_on_roster,
    clock::{Timestamp, tokyo_date},
    db::Tx,
    outings::{
        model::{OutingId, OutingState, Plan, SignUpState},
        notices::{CANCELLED, CHANGED},
        store::{self, Outing},
    },
    routes::{model::Version, store::version_by_id},
    staff::{self, StaffId},
};

use super::{Actor, OutingError, held_in_reach, joining::promote, told};

/// The trainers that a plan names. They are on the roster now.
async fn trainers(tx: &mut Tx, actor: &Actor, plan: &Plan) -> Result<Vec<StaffId>, OutingError> {
    let mut trainers = Vec::new();
    for number in &plan.document().trainer_numbers {
        let found = staff::store::id_of_number(tx, number).await?.ok_or(OutingError::NoTrainer)?;
        if !is_on_roster(tx, found, actor.today).await? {
            return Err(OutingError::NoTrainer);
        }
        trainers.push(found);
    }
    Ok(trainers)
}

/// The version that a plan names: one that has begun by that day.
async fn version(tx: &mut Tx, plan: &Plan) -> Result<Version, OutingError> {
    let document = plan.document();
    let found = version_by_id(tx, document.route_version_id).await?;
    let day = tokyo_date(document.starts_at);
    found.filter(|version| version.effective_from <= day).ok_or(OutingError::NoVersion)
}

/// Makes an outing of the trainer's own department.
///
/// # Errors
/// When it starts in the past, or names what there is not.
pub async fn create(tx: &mut Tx, actor: &Actor, plan: &Plan) -> Result<OutingId, OutingError> {
    let department = actor.department.ok_or(OutingError::NotOnRoster)?;
    let document = plan.document();
    if document.starts_at <= actor.now {
        return Err(OutingError::InThePast);
    }
    let mut trainers = trainers(tx, actor, plan).await?;
    if trainers.is_empty() {
        trainers.push(actor.staff.ok_or(OutingError::NotOnRoster)?);
    }
    let version = version(tx, plan).await?;
    let outing = Outing {
        id: OutingId(actor.random.id_at(actor.now)),
        version: 1,
        department,
        department_name: String::new(),
        route_version: version.id,
        route: version.route,
        route_number: version.number,
        title: version.design.title.clone(),
        starts_at: document.starts_at,
        duration_min: document.duration_min.into(),
        meeting_point: document.meeting_point.clone(),
        capacity: document.capacity.into(),
        state: OutingState::Planned,
        reason: String::new(),
        report: String::new(),
        key: CodeKey::new(actor.random.bytes()),
        updated_at: actor.now,
    };
    store::insert(tx, &outing, actor.account).await?;
    store::set_trainers(tx, outing.id, &trainers).await?;
    store::replace_hosts(tx, outing.id, &document.hosts, &actor.random).await?;
    Ok(outing.id)
}

/// Everybody whom changes concern.
async fn concerned(tx: &mut Tx, outing: OutingId) -> Result<Vec<StaffId>, OutingError> {
    let all = store::sign_ups(tx, outing).await?;
    let open = [SignUpState::Confirmed, SignUpState::Waiting, SignUpState::Nominated];
    Ok(all.into_iter().filter(|one| open.contains(&one.state)).map(|one| one.staff).collect())
}

fn is_open(outing: &Outing, now: Timestamp) -> bool {
    outing.state == OutingState::Planned && now < outing.ends_at()
}

/// Changes an outing as it was seen. Whoever takes part is told of another time or place; with more places, those who
/// wait move up.
///
/// # Errors
/// When somebody changed it first, it is over, or more people have a place than it would have places.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    (id, seen): (OutingId, i64),
    plan: &Plan,
) -> Result<(), OutingError> {
    let before = held_in_reach(tx, actor, id).await?;
    if before.version != seen {
        return Err(OutingError::Stale);
    }
    if !is_open(&before, actor.now) {
        return Err(OutingError::Closed);
    }
    let document = plan.document();
    if document.starts_at != before.starts_at && document.starts_at <= actor.now {
        return Err(OutingError::InThePast);
    }
    let confirmed = store::count_in(tx, id, SignUpState::Confirmed).await?;
    if i64::from(document.capacity) < confirmed {
        return Err(OutingError::TooFewPlaces { confirmed });
    }
    let trainers = trainers(tx, actor, plan).await?;
    let version = version(tx, plan).await?;
    // Who was marked already has visits of the version before.
    if version.id != before.route_version && store::is_marked(tx, id).await? {
        return Err(OutingError::Closed);
    }
    let after = Outing {
        version: before.version + 1,
        route_version: version.id,
        route: version.route,
        route_number: version.number,
        title: version.design.title.clone(),
        starts_at: document.starts_at,
        duration_min: document.duration_min.into(),
        meeting_point: document.meeting_point.clone(),
        capacity: document.capacity.into(),
        updated_at: actor.now,
        ..before.clone()
    };
    store::save(tx, &after).await?;
    if !trainers.is_empty() {
        store::set_trainers(tx, id, &trainers).await?;
    }
    store::replace_hosts(tx, id, &document.hosts, &actor.random).await?;
    let moved = (before.starts_at, &before.meeting_point) != (after.starts_at, &after.meeting_point);
    if moved {
        for staff in concerned(tx, id).await? {
            told(tx, actor, &CHANGED, &after, (staff, after.version)).await?;
        }
    }
    promote(tx, actor, &after).await
}

/// Cancels an outing, and tells everybody whom it concerns.
///
/// # Errors
/// When it is over, cancelled or held.
pub async fn cancel(tx: &mut Tx, actor: &Actor, id: OutingId, reason: String) -> Result<(), OutingError> {
    let outing = held_in_reach(tx, actor, id).await?;
    if !is_open(&outing, actor.now) {
        return Err(OutingError::Closed);
    }
    let version = outing.version + 1;
    let outing = Outing { version, state: OutingState::Cancelled, reason, updated_at: actor.now, ..outing };
    store::save(tx, &outing).await?;
    for staff in concerned(tx, id).await? {
        told(tx, actor, &CANCELLED, &outing, (staff, 0)).await?;
    }
    Ok(())
}
