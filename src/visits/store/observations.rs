//! SQL of what walkers notice.

use sqlx::QueryBuilder;

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    geo::Position,
    on,
    routes::{RouteVersionId, StopId},
    visits::model::{FiscalYear, Moment, ObservationId, Outcome, SentObservation},
};

use super::{Origin, Stored, moment, parsed, phones};

/// An observation to be stored.
#[derive(Clone, Debug)]
pub struct NewObservation {
    /// Whose it is.
    pub account: AccountId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// From where it came.
    pub origin: Origin,
    /// What was sent.
    pub sent: SentObservation,
}

/// Stores an observation unless its id is taken.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_observation(tx: &mut Tx, new: &NewObservation) -> Result<Stored, DbError> {
    let sent = &new.sent;
    let erased = sent.id.erased().to_string();
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO observation (id, account, day, at, offset_s, received_at, digest, category, lon, lat, route_version,
             stop, body, wants_answer)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
         WHERE NOT EXISTS (SELECT 1 FROM observation WHERE id = $15) ON CONFLICT (id) DO NOTHING")
        .bind(sent.id.to_string()).bind(new.account.to_string()).bind(sent.moment.day().to_string())
        .bind(sent.moment.at.as_microsecond()).bind(i64::from(sent.moment.offset_s))
        .bind(new.received_at.as_microsecond()).bind(sent.digest.to_vec()).bind(&sent.category)
        .bind(sent.location.map(|at| at.0[0])).bind(sent.location.map(|at| at.0[1]))
        .bind(sent.route_version.map(|id| id.to_string())).bind(sent.stop.map(|id| id.to_string()))
        .bind(&sent.text).bind(sent.wants_answer).bind(&erased).execute(conn).await.map(|done| done.rows_affected()))?;
    // An observation has no outcome: it is kept.
    let (outcome, verdict) = (Outcome::Accepted, None);
    if done > 0 {
        if let Origin::File { by } = new.origin {
            on!(tx, conn => sqlx::query("INSERT INTO observation_import (observation, account, at) VALUES ($1, $2, $3)")
                .bind(sent.id.to_string()).bind(by.to_string()).bind(new.received_at.as_microsecond())
                .execute(conn).await.map(|_| ()))?;
        }
        return Ok(Stored::New { outcome, verdict });
    }
    let (account, digest): (String, Option<Vec<u8>>) = on!(tx, conn =>
        sqlx::query_as("SELECT account, digest FROM observation WHERE id IN ($1, $2)")
            .bind(sent.id.to_string()).bind(&erased).fetch_one(conn).await)?;
    let same = digest.is_none_or(|digest| digest == sent.digest);
    if account != new.account.to_string() || !same {
        return Ok(Stored::Other);
    }
    if new.origin == Origin::Owner {
        on!(tx, conn => sqlx::query(
            "UPDATE observation_import SET sent_at = $1 WHERE observation = $2 AND sent_at IS NULL")
            .bind(new.received_at.as_microsecond()).bind(sent.id.to_string()).execute(conn).await.map(|_| ()))?;
    }
    Ok(Stored::Same { outcome, verdict })
}

/// An observation as it stands.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Its id.
    pub id: ObservationId,
    /// Whose it is.
    pub account: AccountId,
    /// On which day in Tokyo.
    pub day: Date,
    /// When, as the phone says.
    pub moment: Option<Moment>,
    /// Its kind.
    pub category: String,
    /// Where.
    pub location: Option<Position>,
    /// On which version of a route.
    pub route_version: Option<RouteVersionId>,
    /// At which stop.
    pub stop: Option<StopId>,
    /// What was noticed.
    pub text: Option<String>,
    /// Whether the walker wishes for an answer.
    pub wants_answer: bool,
    /// When a trainer took it in from a file, if its phone has not sent it.
    pub imported_at: Option<Timestamp>,
    /// The answers, the first one first.
    pub answers: Vec<Answer>,
}

/// An answer of a trainer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// What they say.
    pub text: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    account: String,
    day: String,
    at: Option<i64>,
    offset_s: Option<i64>,
    category: String,
    lon: Option<f64>,
    lat: Option<f64>,
    route_version: Option<String>,
    stop: Option<String>,
    body: Option<String>,
    wants_answer: bool,
    imported_at: Option<i64>,
}

const COLUMNS: &str = "o.id, o.account, o.day, o.at, o.offset_s, o.category, o.lon, o.lat, o.route_version, o.stop, o.body, o.wants_answer,
    (SELECT i.at FROM observation_import i WHERE i.observation = o.id AND i.sent_at IS NULL) AS imported_at";

async fn with_answers(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Observation>, DbError> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(Observation {
            id: parsed(&row.id)?,
            account: parsed(&row.account)?,
            day: parsed(&row.day)?,
            moment: phones(row.at, row.offset_s)?,
            category: row.category,
            location: row.lon.zip(row.lat).map(|(lon, lat)| Position([lon, lat])),
            route_version: row.route_version.as_deref().map(parsed).transpose()?,
            stop: row.stop.as_deref().map(parsed).transpose()?,
            text: row.body,
            wants_answer: row.wants_answer,
            imported_at: row.imported_at.map(moment).transpose()?,
            answers: Vec::new(),
        });
    }
    for bulk in found.chunks_mut(400) {
        let answers: Vec<(String, i64, String, String)> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT observation, at, account, body FROM observation_answer WHERE observation IN (");
            let mut list = query.separated(", ");
            for observation in bulk.iter() {
                list.push_bind(observation.id.to_string());
            }
            query.push(") ORDER BY observation, step");
            query.build_query_as().fetch_all(conn).await
        })?;
        for (of, at, account, text) in answers {
            let answer = Answer { at: moment(at)?, account: parsed(&account)?, text };
            if let Some(observation) = bulk.iter_mut().find(|one| one.id.to_string() == of) {
                observation.answers.push(answer);
            }
        }
    }
    Ok(found)
}

/// The observations of one person in a fiscal year, by time.
///
/// # Errors
/// When the database cannot be read.
pub async fn observations_of(
    tx: &mut Tx,
    account: AccountId,
    year: FiscalYear,
) -> Result<Vec<Observation>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observation o WHERE o.account = $1 AND o.day >= $2 AND o.day <= $3
         ORDER BY o.day, o.at, o.id"
    );
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(account.to_string()).bind(year.first().to_string()).bind(year.last().to_string())
        .fetch_all(conn).await)?;
    with_answers(tx, rows).await
}

/// Observations by id, after one of them; only those that wait for an answer when `open`.
///
/// # Errors
/// When the database cannot be read.
pub async fn observations(
    tx: &mut Tx,
    (after, limit): (&str, i64),
    open: bool,
) -> Result<Vec<Observation>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observation o WHERE o.erased_at IS NULL AND o.id > $1 AND (NOT $2 OR (o.wants_answer
         AND NOT EXISTS (SELECT 1 FROM observation_answer a WHERE a.observation = o.id))) ORDER BY o.id LIMIT $3"
    );
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(after).bind(open).bind(limit).fetch_all(conn).await)?;
    with_answers(tx, rows).await
}

/// Answers an observation. Whose it is; none when there is no such one.
///
/// # Errors
/// When the database cannot be written.
pub async fn answer(tx: &mut Tx, id: ObservationId, answer: &Answer) -> Result<Option<AccountId>, DbError> {
    let owner: Option<String> = on!(tx, conn =>
        sqlx::query_scalar("SELECT account FROM observation WHERE id = $1 AND erased_at IS NULL")
            .bind(id.to_string()).fetch_optional(conn).await)?;
    let Some(owner) = owner else { return Ok(None) };
    on!(tx, conn => sqlx::query(
        "INSERT INTO observation_answer (observation, step, at, account, body)
         SELECT $1, coalesce(max(step), 0) + 1, $2, $3, $4 FROM observation_answer WHERE observation = $1")
        .bind(id.to_string()).bind(answer.at.as_microsecond()).bind(answer.account.to_string())
        .bind(&answer.text).execute(conn).await.map(|_| ()))?;
    Ok(Some(parsed(&owner)?))
}
