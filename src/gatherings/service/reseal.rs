//! Sealing everything anew with the newest key, after which older keys can go; and whether everything opens.

use futures_util::future::BoxFuture;

use crate::{
    councils::service::{RegisterError, Resealed, Sealing, Vault},
    db::Tx,
    gatherings::store,
};

use super::seals;

/// What is sealed of gatherings and handover notes, for whoever seals everything anew.
pub struct GatheringSeals;

impl Sealing for GatheringSeals {
    fn reseal<'t>(
        &'t self,
        tx: &'t mut Tx,
        vault: &'t Vault,
    ) -> BoxFuture<'t, Result<Resealed, RegisterError>> {
        Box::pin(reseal(tx, vault))
    }

    fn check<'t>(&'t self, tx: &'t mut Tx, vault: &'t Vault) -> BoxFuture<'t, Result<(), RegisterError>> {
        Box::pin(async move {
            for (id, sealed) in store::sealed_gatherings(tx).await? {
                seals::leading(vault, id, &sealed)?;
            }
            for row in store::sealed_sign_ups(tx).await? {
                seals::sign_up(vault, &row)?;
            }
            for row in store::sealed_marks(tx).await? {
                seals::mark(vault, &row)?;
            }
            for row in store::handover_rows(tx).await? {
                seals::handover(vault, &row)?;
            }
            Ok(())
        })
    }
}

async fn reseal(tx: &mut Tx, vault: &Vault) -> Result<Resealed, RegisterError> {
    let (keys, mut done) = (vault.keys(), Resealed::default());
    for (id, sealed) in store::sealed_gatherings(tx).await? {
        done.all += 1;
        if !keys.is_newest(&sealed) {
            // Nobody changes it between being read and being sealed anew.
            store::lock(tx, id).await?;
            let Some(sealed) = store::gathering(tx, id).await?.and_then(|stored| stored.sealed) else {
                continue;
            };
            let anew = seals::seal_leading(vault, id, &seals::leading(vault, id, &sealed)?)?;
            store::reseal_gathering(tx, id, &anew).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::sealed_sign_ups(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let facts = seals::sign_up(vault, &row)?;
            let anew = seals::seal_sign_up(vault, (row.gathering, row.residency), &facts)?;
            store::reseal_sign_up(tx, &anew).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::sealed_marks(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let facts = seals::mark(vault, &row)?;
            let anew = seals::seal_mark(vault, (row.id, row.gathering, row.residency), &facts)?;
            store::reseal_mark(tx, &anew).await?;
            done.sealed_anew += 1;
        }
    }
    for row in store::handover_rows(tx).await? {
        done.all += 1;
        if !keys.is_newest(&row.sealed) {
            let facts = seals::handover(vault, &row)?;
            let anew = seals::seal_handover(vault, (row.id, row.residency), &facts)?;
            store::reseal_handover(tx, row.id, row.version, &anew).await?;
            done.sealed_anew += 1;
        }
    }
    Ok(done)
}
