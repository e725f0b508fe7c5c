//! SQL of visits as they arrive.

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    routes::{RouteId, RouteVersionId, StopId},
    visits::model::{Flags, Judgement, Moment, RULE, VisitId},
};

use super::{FROM, OUTCOME, Stored, json, parsed};

/// A visit to be stored.
#[derive(Clone, Debug)]
pub struct NewVisit {
    /// Its id.
    pub id: VisitId,
    /// Whose it is.
    pub account: AccountId,
    /// The route.
    pub route: RouteId,
    /// Its version.
    pub route_version: RouteVersionId,
    /// The stop.
    pub stop: StopId,
    /// When, as the phone says.
    pub moment: Moment,
    /// When it arrived.
    pub received_at: Timestamp,
    /// By how much the phone's clock was ahead when it sent, in seconds.
    pub clock_off_s: Option<i64>,
    /// What tells the item from any other.
    pub digest: [u8; 32],
    /// A note.
    pub note: Option<String>,
    /// What the rule says.
    pub judgement: Judgement,
}

/// Stores a visit unless its id is taken. The primary key decides, so that it is stored once however often and from wherever
/// it is sent at the same time.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_visit(tx: &mut Tx, new: &NewVisit) -> Result<Stored, DbError> {
    let (judgement, evidence) = (&new.judgement, json(&new.judgement.evidence)?);
    let erased = new.id.erased().to_string();
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO visit (id, account, route, route_version, stop, day, at, offset_s, received_at, clock_off_s, digest,
             rule, outcome, by_photo, verdict, flags, evidence, note)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
         WHERE NOT EXISTS (SELECT 1 FROM visit WHERE id = $19) ON CONFLICT (id) DO NOTHING")
        .bind(new.id.to_string()).bind(new.account.to_string()).bind(new.route.to_string())
        .bind(new.route_version.to_string()).bind(new.stop.to_string()).bind(new.moment.day().to_string())
        .bind(new.moment.at.as_microsecond()).bind(i64::from(new.moment.offset_s))
        .bind(new.received_at.as_microsecond()).bind(new.clock_off_s).bind(new.digest.to_vec()).bind(RULE)
        .bind(judgement.outcome.as_str()).bind(judgement.by_photo)
        .bind(judgement.verdict.map(super::Verdict::as_str)).bind(judgement.flags.to_string())
        .bind(evidence).bind(new.note.as_deref()).bind(&erased)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if done > 0 {
        return Ok(Stored::New { outcome: judgement.outcome, verdict: judgement.verdict });
    }
    let sql = format!(
        "SELECT v.account, v.digest, {OUTCOME} AS outcome, v.verdict FROM {FROM} WHERE v.id IN ($1, $2)"
    );
    let (account, digest, outcome, verdict): (String, Option<Vec<u8>>, String, Option<String>) = on!(tx, conn =>
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(new.id.to_string()).bind(&erased).fetch_one(conn).await)?;
    // What was erased after its period cannot be compared any more; it was this one, or somebody else's.
    let same = digest.is_none_or(|digest| digest == new.digest);
    if account != new.account.to_string() || !same {
        return Ok(Stored::Other);
    }
    Ok(Stored::Same { outcome: parsed(&outcome)?, verdict: verdict.as_deref().map(parsed).transpose()? })
}

/// A visit, as far as those need it who add to it or decide on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Whose it is.
    pub account: AccountId,
    /// The version of the route.
    pub route_version: RouteVersionId,
    /// The stop.
    pub stop: StopId,
    /// Its flags.
    pub flags: Flags,
    /// What counts of it.
    pub outcome: super::Outcome,
}

/// A visit of which nothing was erased yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn target(tx: &mut Tx, id: VisitId) -> Result<Option<Target>, DbError> {
    let sql = format!(
        "SELECT v.account, v.route_version, v.stop, v.flags, {OUTCOME} AS outcome FROM {FROM}
         WHERE v.id = $1 AND v.erased_at IS NULL"
    );
    let row: Option<(String, String, String, String, String)> = on!(tx, conn =>
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(|(account, version, stop, flags, outcome)| {
        Ok(Target {
            account: parsed(&account)?,
            route_version: parsed(&version)?,
            stop: parsed(&stop)?,
            flags: parsed(&flags)?,
            outcome: parsed(&outcome)?,
        })
    })
    .transpose()
}
