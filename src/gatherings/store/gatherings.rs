//! SQL of gatherings themselves.

use std::collections::{BTreeSet, HashMap};

use crate::{
    clock::Timestamp,
    councils::model::CouncilId,
    db::{DbError, Tx},
    gatherings::model::{Audience, Gathering, GatheringId},
    geo::Position,
    on,
    vault::Sealed,
};

use super::{moment, parsed};

/// A gathering as it is stored, and what of it is sealed; nothing since it is forgotten who took part.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The gathering.
    pub gathering: Gathering,
    /// The key of its codes, and who calls the roll.
    pub sealed: Option<Sealed>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    version: i64,
    kind: String,
    duty: String,
    title: String,
    place: String,
    longitude: Option<f64>,
    latitude: Option<f64>,
    starts_at: i64,
    duration_min: i64,
    note: String,
    state: String,
    reason: String,
    sealed: Option<Vec<u8>>,
    updated_at: i64,
}

const SELECT: &str =
    "SELECT g.id, g.version, g.kind, g.duty, g.title, g.place, g.longitude, g.latitude, g.starts_at,
    g.duration_min, g.note, g.state, g.reason, g.sealed, g.updated_at FROM gathering g";

impl Row {
    fn stored(self, councils: BTreeSet<CouncilId>) -> Result<Stored, DbError> {
        let location = self.longitude.zip(self.latitude).map(|(lon, lat)| Position([lon, lat]));
        Ok(Stored {
            gathering: Gathering {
                id: parsed(&self.id)?,
                version: self.version,
                kind: parsed(&self.kind)?,
                duty: parsed(&self.duty)?,
                title: self.title,
                place: self.place,
                location,
                starts_at: moment(self.starts_at)?,
                duration_min: self.duration_min,
                audience: Audience::of(councils),
                note: self.note,
                state: parsed(&self.state)?,
                reason: self.reason,
                updated_at: moment(self.updated_at)?,
            },
            sealed: self.sealed.map(Sealed::of_stored),
        })
    }
}

/// Which gatherings: those that start from one moment until before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// From then on.
    pub from: Timestamp,
    /// Before then.
    pub before: Timestamp,
}

impl Within {
    /// From a moment on.
    #[must_use]
    pub const fn since(from: Timestamp) -> Self {
        Self { from, before: Timestamp::MAX }
    }
}

/// A gathering.
///
/// # Errors
/// When the database cannot be read.
pub async fn gathering(tx: &mut Tx, id: GatheringId) -> Result<Option<Stored>, DbError> {
    let sql = format!("{SELECT} WHERE g.id = $1");
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id.to_string()).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(None) };
    let councils: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT council FROM gathering_council WHERE gathering = $1").bind(id.to_string()).fetch_all(conn).await)?;
    let councils = councils.iter().map(|council| parsed(council)).collect::<Result<_, _>>()?;
    row.stored(councils).map(Some)
}

/// Gatherings in the order of their time.
///
/// # Errors
/// When the database cannot be read.
pub async fn gatherings(tx: &mut Tx, within: Within) -> Result<Vec<Stored>, DbError> {
    let sql = format!("{SELECT} WHERE g.starts_at >= $1 AND g.starts_at < $2 ORDER BY g.starts_at, g.id");
    let (from, before) = (within.from.as_microsecond(), within.before.as_microsecond());
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(from).bind(before).fetch_all(conn).await)?;
    let named: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT c.gathering, c.council FROM gathering_council c JOIN gathering g ON g.id = c.gathering
         WHERE g.starts_at >= $1 AND g.starts_at < $2").bind(from).bind(before).fetch_all(conn).await)?;
    let mut councils: HashMap<String, BTreeSet<CouncilId>> = HashMap::new();
    for (gathering, council) in named {
        councils.entry(gathering).or_default().insert(parsed(&council)?);
    }
    rows.into_iter()
        .map(|row| {
            let of = councils.remove(&row.id).unwrap_or_default();
            row.stored(of)
        })
        .collect()
}

/// Holds a gathering, so that whoever changes it or marks somebody takes turns. Returns whether there is one.
///
/// # Errors
/// When the database cannot be written.
pub async fn lock(tx: &mut Tx, id: GatheringId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query("UPDATE gathering SET version = version WHERE id = $1")
        .bind(id.to_string()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Adds a gathering.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert(tx: &mut Tx, gathering: &Gathering, sealed: &Sealed) -> Result<(), DbError> {
    let [lon, lat] = degrees(gathering);
    on!(tx, conn => sqlx::query(
        "INSERT INTO gathering (id, version, kind, duty, title, place, longitude, latitude, starts_at, duration_min,
             note, state, reason, sealed, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
        .bind(gathering.id.to_string()).bind(gathering.version).bind(gathering.kind.as_str())
        .bind(gathering.duty.as_str()).bind(&gathering.title).bind(&gathering.place).bind(lon).bind(lat)
        .bind(gathering.starts_at.as_microsecond()).bind(gathering.duration_min).bind(&gathering.note)
        .bind(gathering.state.as_str()).bind(&gathering.reason).bind(sealed.bytes())
        .bind(gathering.updated_at.as_microsecond()).execute(conn).await.map(|_| ()))?;
    put_councils(tx, gathering).await
}

/// Keeps a gathering in place of what it was, with what is sealed of it.
///
/// # Errors
/// When the database cannot be written.
pub async fn save(tx: &mut Tx, gathering: &Gathering, sealed: Option<&Sealed>) -> Result<(), DbError> {
    let [lon, lat] = degrees(gathering);
    on!(tx, conn => sqlx::query(
        "UPDATE gathering SET version = $2, kind = $3, duty = $4, title = $5, place = $6, longitude = $7, latitude = $8,
             starts_at = $9, duration_min = $10, note = $11, state = $12, reason = $13,
             sealed = coalesce($14, sealed), updated_at = $15 WHERE id = $1")
        .bind(gathering.id.to_string()).bind(gathering.version).bind(gathering.kind.as_str())
        .bind(gathering.duty.as_str()).bind(&gathering.title).bind(&gathering.place).bind(lon).bind(lat)
        .bind(gathering.starts_at.as_microsecond()).bind(gathering.duration_min).bind(&gathering.note)
        .bind(gathering.state.as_str()).bind(&gathering.reason).bind(sealed.map(Sealed::bytes))
        .bind(gathering.updated_at.as_microsecond()).execute(conn).await.map(|_| ()))?;
    put_councils(tx, gathering).await
}

fn degrees(gathering: &Gathering) -> [Option<f64>; 2] {
    gathering.location.map_or([None; 2], |Position([lon, lat])| [Some(lon), Some(lat)])
}

async fn put_councils(tx: &mut Tx, gathering: &Gathering) -> Result<(), DbError> {
    let id = gathering.id.to_string();
    on!(tx, conn => sqlx::query("DELETE FROM gathering_council WHERE gathering = $1")
        .bind(&id).execute(conn).await.map(|_| ()))?;
    for council in gathering.audience.councils() {
        on!(tx, conn => sqlx::query("INSERT INTO gathering_council (gathering, council) VALUES ($1, $2)")
            .bind(&id).bind(council.to_string()).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}
