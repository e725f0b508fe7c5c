//! Residents are told of what is to come, each by the home in which they live on its day.

use crate::{
    clock::tokyo_date,
    councils::service::Register,
    db::Tx,
    gatherings::{
        model::{Gathering, seat},
        notices::notice,
    },
    notify::{Kind, store::reader, tell},
};

use super::{Actor, GatheringError};

/// Tells everybody whose gathering it is. Of what is past nobody is told.
pub(super) async fn told(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static Kind,
    gathering: &Gathering,
) -> Result<(), GatheringError> {
    if gathering.ends_at() <= actor.now {
        return Ok(());
    }
    let register = Register::read(tx, &actor.vault).await?;
    for home in register.residencies.values() {
        if seat(&gathering.audience, gathering.day(), home, &register.assignments).is_none() {
            continue;
        }
        let staff = home.facts.staff;
        // Whoever has left is told nothing. That they are gone is known here, where it is known who they are.
        if reader(tx, staff, tokyo_date(actor.now)).await?.is_some() {
            tell(tx, &notice(kind, gathering, (home.id, staff)), actor.vault.random(), actor.now).await?;
        }
    }
    Ok(())
}
