//! What happens to gatherings and handover notes, each in one transaction.

mod attending;
mod counting;
mod error;
mod figures;
mod handing;
mod joining;
mod mine;
mod planning;
mod reseal;
mod seals;
mod telling;

use crate::{
    auth::{AccountId, Reach},
    clock::{Date, Timestamp},
    councils::service::Vault,
    db::Tx,
    staff::StaffId,
};

use super::{
    model::{GatheringId, Leading},
    store::{self, Stored},
};

pub use attending::{Marked, NewMark, Roll, RollLine, check_in, codes, mark, roll};
pub use counting::{Counted, counted};
pub use error::GatheringError;
pub use figures::figures;
pub use handing::{Decision, Handed, MyHandover, Received, decide, handovers, my_handover, write_handover};
pub use joining::{sign_up, withdraw};
pub use mine::{Mine, my_gatherings, participation};
pub use planning::{cancel, change, create};
pub use reseal::GatheringSeals;
pub(in crate::gatherings) use seals::seal_leading;

/// Who does something, and when.
#[derive(Clone)]
pub struct Actor {
    /// Their account.
    pub account: AccountId,
    /// Who they are on the roster.
    pub staff: Option<StaffId>,
    /// What they may reach.
    pub reach: Reach,
    /// Whether they keep gatherings, and so see the codes of all of them.
    pub is_registrar: bool,
    /// When.
    pub now: Timestamp,
    /// Today in Tokyo.
    pub today: Date,
    /// Opens and seals what is known of people.
    pub vault: Vault,
}

/// A gathering, held until the transaction ends.
async fn held(tx: &mut Tx, id: GatheringId) -> Result<Stored, GatheringError> {
    if !store::lock(tx, id).await? {
        return Err(GatheringError::Absent);
    }
    store::gathering(tx, id).await?.ok_or(GatheringError::Absent)
}

/// What of a gathering is sealed.
///
/// # Errors
/// When it is forgotten who took part, or it does not open.
pub fn leading(vault: &Vault, stored: &Stored) -> Result<Leading, GatheringError> {
    let sealed = stored.sealed.as_ref().ok_or(GatheringError::Closed)?;
    Ok(seals::leading(vault, stored.gathering.id, sealed)?)
}

/// What of a gathering is sealed, for whoever may call its roll; to others there is no such gathering.
fn led(actor: &Actor, stored: &Stored) -> Result<Leading, GatheringError> {
    let leading = leading(&actor.vault, stored)?;
    let is_named = actor.staff.is_some_and(|staff| leading.roll_callers.contains(&staff));
    if actor.reach == Reach::Any || is_named { Ok(leading) } else { Err(GatheringError::Absent) }
}
