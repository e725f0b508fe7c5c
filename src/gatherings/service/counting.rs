//! How many take part.

use crate::{
    auth::Reach,
    db::Tx,
    gatherings::{
        model::{Gathering, GatheringId},
        store,
    },
};

use super::{Actor, GatheringError, attending::counting_marks, led};

/// A gathering, and how many take part.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The gathering.
    pub gathering: Gathering,
    /// How many mean to come.
    pub signed_up: usize,
    /// How many were there.
    pub present: usize,
}

/// A gathering within reach, and how many take part.
///
/// # Errors
/// When there is no such gathering within reach.
pub async fn counted(tx: &mut Tx, actor: &Actor, id: GatheringId) -> Result<Counted, GatheringError> {
    let stored = store::gathering(tx, id).await?.ok_or(GatheringError::Absent)?;
    // Its registrar sees it also when it is forgotten who took part; by then nobody knows who called the roll.
    if actor.reach != Reach::Any {
        match led(actor, &stored) {
            Err(GatheringError::Closed) => return Err(GatheringError::Absent),
            other => other.map(|_| ())?,
        }
    }
    let signed_up = store::sign_ups(tx, id).await?.len();
    let present = counting_marks(tx, &actor.vault, id).await?.values().filter(|mark| mark.present).count();
    Ok(Counted { gathering: stored.gathering, signed_up, present })
}
