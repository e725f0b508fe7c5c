//! One's own gatherings, and what one took part in.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    attendance::MarkId,
    councils::{
        model::{Assignments, Residency, ResidencyId},
        service::{Vault, homes_of},
    },
    db::Tx,
    gatherings::{
        model::{Gathering, GatheringId, MarkFacts, Record, Seat, is_there, record, seat},
        store::{self, Within},
    },
    staff::StaffId,
};

use super::{GatheringError, leading, seals};

/// A gathering, as it concerns one person.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The gathering.
    pub gathering: Gathering,
    /// By what they take part; none of those whose roll they only call.
    pub seat: Option<Seat>,
    /// Whether they mean to come.
    pub signed_up: bool,
    /// Whether they were there, where they were marked.
    pub there: Option<bool>,
    /// Whether they call the roll.
    pub calls_roll: bool,
}

/// The gatherings of somebody within a time: those of their councils, and those whose roll they call.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn my_gatherings(
    tx: &mut Tx,
    vault: &Vault,
    staff: StaffId,
    within: Within,
) -> Result<Vec<Mine>, GatheringError> {
    let (homes, assignments) = homes_of(tx, vault, staff).await?;
    let own: Vec<ResidencyId> = homes.iter().map(|home| home.id).collect();
    let coming: BTreeSet<GatheringId> =
        store::sign_ups_of(tx, &own).await?.into_iter().map(|row| row.gathering).collect();
    let marks = own_marks(tx, vault, &own).await?;
    let mut mine = Vec::new();
    for stored in store::gatherings(tx, within).await? {
        let calls_roll = match leading(vault, &stored) {
            Ok(leading) => leading.roll_callers.contains(&staff),
            Err(GatheringError::Closed) => false,
            Err(error) => return Err(error),
        };
        let seat = own_seat(&stored.gathering, &homes, &assignments);
        if seat.is_none() && !calls_roll {
            continue;
        }
        let id = stored.gathering.id;
        mine.push(Mine {
            gathering: stored.gathering,
            seat,
            signed_up: coming.contains(&id),
            there: marks.get(&id).map(|mark| mark.present),
            calls_roll,
        });
    }
    Ok(mine)
}

fn own_seat(gathering: &Gathering, homes: &[Residency], assignments: &Assignments) -> Option<Seat> {
    homes.iter().find_map(|home| seat(&gathering.audience, gathering.day(), home, assignments))
}

/// The mark that counts of these homes in each gathering.
async fn own_marks(
    tx: &mut Tx,
    vault: &Vault,
    own: &[ResidencyId],
) -> Result<BTreeMap<GatheringId, MarkFacts>, GatheringError> {
    let mut of: BTreeMap<GatheringId, Vec<(MarkId, MarkFacts)>> = BTreeMap::new();
    for row in store::marks_of(tx, own).await? {
        of.entry(row.gathering).or_default().push((row.id, seals::mark(vault, &row)?));
    }
    let counts = |(gathering, marks): (GatheringId, Vec<(MarkId, MarkFacts)>)| {
        Some((gathering, is_there(marks.iter().map(|(id, mark)| (*id, mark)))?.clone()))
    };
    Ok(of.into_iter().filter_map(counts).collect())
}

/// In what somebody took part, by fiscal year, whatever home they had by then.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn participation(
    tx: &mut Tx,
    vault: &Vault,
    staff: StaffId,
) -> Result<Vec<Record>, GatheringError> {
    let (homes, _) = homes_of(tx, vault, staff).await?;
    let own: Vec<ResidencyId> = homes.iter().map(|home| home.id).collect();
    let mut attended = Vec::new();
    for (id, mark) in own_marks(tx, vault, &own).await? {
        if mark.present
            && let Some(stored) = store::gathering(tx, id).await?
        {
            attended.push(stored.gathering);
        }
    }
    Ok(record(&attended))
}
