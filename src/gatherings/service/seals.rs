//! What of gatherings is sealed, each in a slot that names all to which it belongs: a mark that is moved to another gathering or
//! resident does not open.

use crate::{
    attendance::MarkId,
    councils::{model::ResidencyId, service::Vault},
    gatherings::{
        model::{GatheringId, HandoverFacts, HandoverId, Leading, MarkFacts, SignUpFacts},
        store::{HandoverRow, MarkRow, SignUpRow},
    },
    vault::{Sealed, Unopened, Unsealed},
};

const GATHERING: &str = "gathering.sealed";
const SIGN_UP: &str = "gathering_sign_up.sealed";
const MARK: &str = "gathering_mark.sealed";
const HANDOVER: &str = "handover_note.sealed";

pub(in crate::gatherings) fn seal_leading(
    vault: &Vault,
    id: GatheringId,
    leading: &Leading,
) -> Result<Sealed, Unsealed> {
    vault.sealed(GATHERING, &id.to_string(), leading)
}

pub(super) fn leading(vault: &Vault, id: GatheringId, sealed: &Sealed) -> Result<Leading, Unopened> {
    vault.opened(GATHERING, &id.to_string(), sealed)
}

pub(super) fn seal_sign_up(
    vault: &Vault,
    (gathering, residency): (GatheringId, ResidencyId),
    facts: &SignUpFacts,
) -> Result<SignUpRow, Unsealed> {
    let sealed = vault.sealed(SIGN_UP, &format!("{gathering}/{residency}"), facts)?;
    Ok(SignUpRow { gathering, residency, sealed })
}

pub(super) fn sign_up(vault: &Vault, row: &SignUpRow) -> Result<SignUpFacts, Unopened> {
    vault.opened(SIGN_UP, &format!("{}/{}", row.gathering, row.residency), &row.sealed)
}

fn mark_slot(id: MarkId, gathering: GatheringId, residency: ResidencyId) -> String {
    format!("{id}/{gathering}/{residency}")
}

pub(super) fn seal_mark(
    vault: &Vault,
    (id, gathering, residency): (MarkId, GatheringId, ResidencyId),
    facts: &MarkFacts,
) -> Result<MarkRow, Unsealed> {
    let sealed = vault.sealed(MARK, &mark_slot(id, gathering, residency), facts)?;
    Ok(MarkRow { id, gathering, residency, sealed })
}

pub(super) fn mark(vault: &Vault, row: &MarkRow) -> Result<MarkFacts, Unopened> {
    vault.opened(MARK, &mark_slot(row.id, row.gathering, row.residency), &row.sealed)
}

pub(super) fn seal_handover(
    vault: &Vault,
    (id, residency): (HandoverId, ResidencyId),
    facts: &HandoverFacts,
) -> Result<Sealed, Unsealed> {
    vault.sealed(HANDOVER, &format!("{id}/{residency}"), facts)
}

pub(super) fn handover(vault: &Vault, row: &HandoverRow) -> Result<HandoverFacts, Unopened> {
    vault.opened(HANDOVER, &format!("{}/{}", row.id, row.residency), &row.sealed)
}
