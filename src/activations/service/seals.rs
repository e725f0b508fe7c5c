//! Sealing and opening what is known of activations, with the register's keys.

use futures_util::future::BoxFuture;

use crate::{
    activations::{
        model::{Activation, ActivationFacts, ActivationId, AnswerFacts, AnswerId, Given, RollFacts, Row},
        store::{self, ActivationRow, AnswerRow, RollRow},
    },
    councils::{
        model::ResidencyId,
        service::{RegisterError, Resealed, Sealing, Vault},
    },
    db::Tx,
    vault::{Sealed, Tag, Unopened, Unsealed},
};

const ACTIVATION: &str = "housing_activation.sealed";
const ROLL: &str = "housing_roll.sealed";
const ANSWER: &str = "housing_answer.sealed";
const RESIDENT: &str = "housing_answer.resident";

fn roll_slot(activation: ActivationId, residency: ResidencyId) -> String {
    format!("{activation}/{residency}")
}

/// Who is meant, within one activation: of two of them nobody sees that they mean one person.
fn resident(activation: ActivationId, residency: ResidencyId) -> Vec<u8> {
    [*activation.0.as_bytes(), *residency.0.as_bytes()].concat()
}

/// An activation as it is stored.
pub(in crate::activations) fn seal_activation(
    vault: &Vault,
    id: ActivationId,
    facts: &ActivationFacts,
) -> Result<Sealed, Unsealed> {
    vault.sealed(ACTIVATION, &id.to_string(), facts)
}

/// An activation that is stored.
pub(super) fn open_activation(vault: &Vault, row: &ActivationRow) -> Result<Activation, Unopened> {
    let facts = vault.opened(ACTIVATION, &row.id.to_string(), &row.sealed)?;
    Ok(Activation { id: row.id, ended_at: row.ended_at, sequence: row.sequence, facts })
}

/// A resident on the roll, as they are stored.
pub(super) fn seal_roll(
    vault: &Vault,
    (activation, residency, changed): (ActivationId, ResidencyId, i64),
    facts: &RollFacts,
) -> Result<RollRow, Unsealed> {
    let sealed = vault.sealed(ROLL, &roll_slot(activation, residency), facts)?;
    Ok(RollRow { activation, residency, changed, sealed })
}

/// A resident on the roll who is stored, as yet without their answers.
pub(super) fn open_roll(vault: &Vault, row: &RollRow) -> Result<Row, Unopened> {
    let facts = vault.opened(ROLL, &roll_slot(row.activation, row.residency), &row.sealed)?;
    Ok(Row::new(row.residency, row.changed, facts))
}

/// An answer as it is stored, with what it is found by.
pub(super) fn seal_answer(
    vault: &Vault,
    (id, activation, sequence): (AnswerId, ActivationId, i64),
    facts: &AnswerFacts,
) -> Result<(AnswerRow, Tag), Unsealed> {
    let sealed = vault.sealed(ANSWER, &id.to_string(), facts)?;
    let tag = vault.keys().tag(RESIDENT, &resident(activation, facts.residency));
    Ok((AnswerRow { id, activation, sequence, sealed }, tag))
}

/// An answer that is stored.
pub(super) fn open_answer(vault: &Vault, row: &AnswerRow) -> Result<Given, Unopened> {
    let facts = vault.opened(ANSWER, &row.id.to_string(), &row.sealed)?;
    Ok(Given { id: row.id, sequence: row.sequence, facts })
}

/// By what the answers of a resident may be found: also in rows that are not sealed anew yet.
pub(super) fn tags(vault: &Vault, activation: ActivationId, residency: ResidencyId) -> Vec<Tag> {
    vault.keys().tags(RESIDENT, &resident(activation, residency)).collect()
}

/// What is sealed of activations, for whoever seals everything anew.
pub struct ActivationSeals;

impl Sealing for ActivationSeals {
    fn reseal<'t>(
        &'t self,
        tx: &'t mut Tx,
        vault: &'t Vault,
    ) -> BoxFuture<'t, Result<Resealed, RegisterError>> {
        Box::pin(reseal(tx, vault))
    }

    fn check<'t>(&'t self, tx: &'t mut Tx, vault: &'t Vault) -> BoxFuture<'t, Result<(), RegisterError>> {
        Box::pin(async move {
            for row in store::activations(tx).await? {
                open_activation(vault, &row)?;
            }
            for row in store::every_roll_row(tx).await? {
                open_roll(vault, &row)?;
            }
            for row in store::every_answer(tx).await? {
                open_answer(vault, &row)?;
            }
            Ok(())
        })
    }
}

async fn reseal(tx: &mut Tx, vault: &Vault) -> Result<Resealed, RegisterError> {
    let (keys, mut done) = (vault.keys(), Resealed::default());
    for row in store::activations(tx).await? {
        // Whoever answers meanwhile waits: what they add is sealed with a key that still counts.
        store::count_change(tx, row.id).await?;
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let sealed = seal_activation(vault, row.id, &open_activation(vault, &row)?.facts)?;
            store::reseal_activation(tx, row.id, &sealed).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::every_roll_row(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let facts = open_roll(vault, &row)?.facts;
            let anew = seal_roll(vault, (row.activation, row.residency, row.changed), &facts)?;
            store::update_roll_row(tx, &anew).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::every_answer(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let facts = open_answer(vault, &row)?.facts;
            let (anew, tag) = seal_answer(vault, (row.id, row.activation, row.sequence), &facts)?;
            store::reseal_answer(tx, row.id, tag, &anew.sealed).await?;
            done.sealed_anew += 1;
        }
    }
    Ok(done)
}
