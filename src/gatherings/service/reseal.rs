//! Sealing everything anew with the newest key, after which older keys can go; and whether everything opens.

use crate::{
    councils::service::{Resealed, Vault},
    db::{Db, Tx},
    gatherings::store,
};

use super::{GatheringError, seals};

/// Whether a vault's keys open everything that a database holds of gatherings.
///
/// # Errors
/// When they do not, or the database cannot be read.
pub async fn check(db: &Db, vault: &Vault) -> Result<(), GatheringError> {
    let mut tx = db.read().await?;
    for (id, sealed) in store::sealed_gatherings(&mut tx).await? {
        seals::leading(vault, id, &sealed)?;
    }
    for row in store::sealed_sign_ups(&mut tx).await? {
        seals::sign_up(vault, &row)?;
    }
    for row in store::sealed_marks(&mut tx).await? {
        seals::mark(vault, &row)?;
    }
    for row in store::handover_rows(&mut tx).await? {
        seals::handover(vault, &row)?;
    }
    Ok(())
}

/// Seals everything anew that another key than the newest has sealed, in one transaction: either all of it or nothing. Gatherings
/// stay in use meanwhile.
///
/// # Errors
/// When the database cannot be written, or something does not open.
pub async fn reseal(db: &Db, vault: &Vault) -> Result<Resealed, GatheringError> {
    let vault = vault.clone();
    db.write(move |tx| Box::pin(async move { reseal_all(tx, &vault).await })).await
}

async fn reseal_all(tx: &mut Tx, vault: &Vault) -> Result<Resealed, GatheringError> {
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
