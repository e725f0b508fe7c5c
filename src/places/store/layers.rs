//! SQL of the installation and of the layers' versions.

use crate::{
    catalogue::LayerId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    places::purpose::{Installation, Purpose},
};

use super::{corrupt, moment};

pub(in crate::places) async fn installation(tx: &mut Tx) -> Result<Option<Installation>, DbError> {
    let row: Option<(String, String)> = on!(tx, conn =>
        sqlx::query_as("SELECT instance, purpose FROM installation WHERE id = 1")
            .fetch_optional(conn).await)?;
    row.map(|(instance, purpose)| {
        let purpose = match purpose.as_str() {
            "ward" => Purpose::Ward,
            "demo" => Purpose::Demo,
            other => return Err(corrupt(format!("purpose {other:?}"))),
        };
        Ok(Installation { instance, purpose })
    })
    .transpose()
}

pub(in crate::places) async fn create_installation(
    tx: &mut Tx,
    instance: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Installation, DbError> {
    // Two processes may come first at once: whoever commits first has named it.
    on!(tx, conn => sqlx::query(
        "INSERT INTO installation (id, instance, purpose, created_at) VALUES (1, $1, $2, $3)
         ON CONFLICT (id) DO NOTHING")
        .bind(instance).bind(purpose.as_str()).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    installation(tx).await?.ok_or_else(|| corrupt("the installation is missing"))
}

/// The present version of every layer that was ever written.
pub(in crate::places) async fn versions(tx: &mut Tx) -> Result<Vec<(LayerId, i64)>, DbError> {
    let rows: Vec<(String, i64)> = on!(tx, conn =>
        sqlx::query_as("SELECT id, version FROM layer").fetch_all(conn).await)?;
    // A newer release may know layers that this one does not.
    Ok(rows.into_iter().filter_map(|(id, version)| Some((id.parse().ok()?, version))).collect())
}

/// One layer's version and when it last changed.
pub(in crate::places) async fn layer_state(
    tx: &mut Tx,
    layer: LayerId,
) -> Result<(i64, Option<Timestamp>), DbError> {
    let row: Option<(i64, Option<i64>)> = on!(tx, conn =>
        sqlx::query_as("SELECT version, changed_at FROM layer WHERE id = $1")
            .bind(layer.as_str()).fetch_optional(conn).await)?;
    let (version, changed_at) = row.unwrap_or_default();
    Ok((version, moment(changed_at)?))
}

/// Makes sure that the layer has a row, and holds it: writers of one layer take turns.
pub(in crate::places) async fn lock_layer(tx: &mut Tx, layer: LayerId) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO layer (id, version) VALUES ($1, 0)
         ON CONFLICT (id) DO UPDATE SET version = layer.version")
        .bind(layer.as_str()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Counts a change of the layer and tells the other servers. Returns the new version.
pub(in crate::places) async fn bump_layer(
    tx: &mut Tx,
    layer: LayerId,
    now: Timestamp,
) -> Result<i64, DbError> {
    let version: i64 = on!(tx, conn => sqlx::query_scalar(
        "UPDATE layer SET version = version + 1, changed_at = $2 WHERE id = $1 RETURNING version")
        .bind(layer.as_str()).bind(now.as_microsecond()).fetch_one(conn).await)?;
    if let Tx::Postgres(transaction) = tx {
        sqlx::query("SELECT pg_notify('machiaruki_layers', $1)")
            .bind(layer.as_str())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(version)
}
