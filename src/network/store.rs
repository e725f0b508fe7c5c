//! SQL of the network's sources.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
};

use super::source::{Figures, Format, SourceInfo};

type Row = (String, String, String, String, String, bool, Option<String>, Vec<u8>);

/// The version of the network: it grows with each change.
///
/// # Errors
/// When the database cannot be read.
pub async fn version(tx: &mut Tx) -> Result<i64, DbError> {
    let version: Option<i64> = on!(tx, conn =>
        sqlx::query_scalar("SELECT version FROM network_state WHERE id = 1").fetch_optional(conn).await)?;
    Ok(version.unwrap_or(0))
}

/// Every source with its network as [`blob`](super::blob) wrote it, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn sources(tx: &mut Tx) -> Result<Vec<(SourceInfo, Vec<u8>)>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, source, licence, attribution, format, sample, area, network FROM network_source ORDER BY id")
        .fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(id, source, licence, attribution, format, sample, area, network)| {
            let format = match format.as_str() {
                "mlit" => Format::Mlit,
                "osm" => Format::Osm,
                other => return Err(DbError::Corrupt(format!("network format {other:?}"))),
            };
            Ok((SourceInfo { id, source, licence, attribution, format, sample, area }, network))
        })
        .collect()
}

/// Keeps a source in place of an older one of the same id. Returns whether anything changed.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx,
    info: &SourceInfo,
    figures: &Figures,
    network: &[u8],
    now: Timestamp,
) -> Result<bool, DbError> {
    let known = sources(tx).await?;
    if known.iter().any(|(old, bytes)| old == info && bytes == network) {
        return Ok(false);
    }
    on!(tx, conn => sqlx::query(
        "INSERT INTO network_source
             (id, source, licence, attribution, format, sample, area, nodes, links, length_m, imported_at, network)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (id) DO UPDATE SET source = excluded.source, licence = excluded.licence,
             attribution = excluded.attribution, format = excluded.format, sample = excluded.sample,
             area = excluded.area, nodes = excluded.nodes, links = excluded.links,
             length_m = excluded.length_m, imported_at = excluded.imported_at, network = excluded.network")
        .bind(&info.id).bind(&info.source).bind(&info.licence).bind(&info.attribution)
        .bind(info.format.as_str()).bind(info.sample).bind(info.area.as_deref())
        .bind(figures.nodes as i64).bind(figures.links as i64).bind(figures.length_m)
        .bind(now.as_microsecond()).bind(network).execute(conn).await.map(|_| ()))?;
    bump(tx).await?;
    Ok(true)
}

/// Removes a source. Returns whether there was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool, DbError> {
    let removed = on!(tx, conn => sqlx::query("DELETE FROM network_source WHERE id = $1")
        .bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
    if removed > 0 {
        bump(tx).await?;
    }
    Ok(removed > 0)
}

async fn bump(tx: &mut Tx) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE network_state SET version = version + 1 WHERE id = 1")
        .execute(conn).await.map(|_| ()))?;
    if let Tx::Postgres(conn) = tx {
        sqlx::query("SELECT pg_notify('machiaruki_network', '')").execute(&mut **conn).await?;
    }
    Ok(())
}
