//! Sealing everything anew with the newest key, after which older keys can go.

use futures_util::future::BoxFuture;

use crate::{
    councils::store::{self, DecisionRow},
    db::{Db, Tx},
};

use super::{RegisterError, Vault};

/// What another feature has sealed with the same keys.
pub trait Sealing: Send + Sync {
    /// Seals it anew, where another key than the newest has sealed it.
    fn reseal<'t>(
        &'t self,
        tx: &'t mut Tx,
        vault: &'t Vault,
    ) -> BoxFuture<'t, Result<Resealed, RegisterError>>;

    /// Whether the keys open all of it.
    fn check<'t>(&'t self, tx: &'t mut Tx, vault: &'t Vault) -> BoxFuture<'t, Result<(), RegisterError>>;
}

/// How many rows were sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Rows that another key had sealed.
    pub sealed_anew: usize,
    /// All rows.
    pub all: usize,
}

/// Seals everything anew that another key than the newest has sealed, what other features have included, in one transaction: either all
/// of it or nothing. The register stays in use meanwhile.
///
/// # Errors
/// When the database cannot be written, or something does not open.
pub async fn reseal(
    db: &Db,
    vault: &Vault,
    others: &'static [&'static dyn Sealing],
) -> Result<Resealed, RegisterError> {
    let vault = vault.clone();
    db.write(move |tx| {
        Box::pin(async move {
            let mut done = reseal_all(tx, &vault).await?;
            for other in others {
                let more = other.reseal(tx, &vault).await?;
                done.sealed_anew += more.sealed_anew;
                done.all += more.all;
            }
            Ok(done)
        })
    })
    .await
}

async fn reseal_all(tx: &mut Tx, vault: &Vault) -> Result<Resealed, RegisterError> {
    store::begin_change(tx).await?;
    let (keys, mut done) = (vault.keys(), Resealed::default());
    for row in store::housing_rows(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let sealed = vault.seal_housing(row.id, &vault.housing(&row)?.facts)?;
            store::reseal_housing(tx, row.id, &sealed).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::unit_rows(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let sealed = vault.seal_unit(row.id, &vault.unit(&row)?.facts)?;
            store::reseal_unit(tx, row.id, &sealed).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::residency_rows(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let facts = vault.residency(&row)?.facts;
            let sealed = vault.seal_residency(row.id, &facts)?;
            store::reseal_residency(tx, row.id, vault.tag(facts.staff), &sealed).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::decision_rows(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let decided = vault.decision(&row)?;
            let row: DecisionRow = vault.seal_decision(row.residency, row.number, &decided.decision)?;
            store::reseal_decision(tx, &row).await?;
            done.sealed_anew += 1;
        }
    }
    Ok(done)
}
