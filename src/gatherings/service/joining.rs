//! Residents say that they mean to come, and take it back. It is in no log: who does so lives in disaster housing.

use crate::{
    councils::service::homes_of,
    db::Tx,
    gatherings::{
        model::{Gathering, GatheringId, Seat, SignUpFacts, seat},
        store,
    },
};

use super::{Actor, GatheringError, held, seals};

/// By what the actor takes part in a gathering; to others there is no such gathering.
pub(super) async fn own_seat(
    tx: &mut Tx,
    actor: &Actor,
    gathering: &Gathering,
) -> Result<Seat, GatheringError> {
    let staff = actor.staff.ok_or(GatheringError::Absent)?;
    let (homes, assignments) = homes_of(tx, &actor.vault, staff).await?;
    let mut seats =
        homes.iter().filter_map(|home| seat(&gathering.audience, gathering.day(), home, &assignments));
    seats.next().ok_or(GatheringError::Absent)
}

/// A gathering that can still be joined, held, and the actor's seat.
async fn open_seat(tx: &mut Tx, actor: &Actor, id: GatheringId) -> Result<Seat, GatheringError> {
    let gathering = held(tx, id).await?.gathering;
    let seat = own_seat(tx, actor, &gathering).await?;
    if gathering.is_open(actor.now) { Ok(seat) } else { Err(GatheringError::Closed) }
}

/// Says that they mean to come. Said again, it changes nothing.
///
/// # Errors
/// When it is not a gathering of theirs, is over or cancelled.
pub async fn sign_up(tx: &mut Tx, actor: &Actor, id: GatheringId) -> Result<(), GatheringError> {
    let seat = open_seat(tx, actor, id).await?;
    let facts = SignUpFacts { at: actor.now };
    let row = seals::seal_sign_up(&actor.vault, (id, seat.residency), &facts)?;
    Ok(store::put_sign_up(tx, &row).await?)
}

/// Takes it back.
///
/// # Errors
/// When it is not a gathering of theirs, is over or cancelled.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, id: GatheringId) -> Result<(), GatheringError> {
    let seat = open_seat(tx, actor, id).await?;
    Ok(store::delete_sign_up(tx, id, seat.residency).await?)
}
