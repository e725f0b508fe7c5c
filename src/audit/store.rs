//! SQL of the audit log.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
};

use super::{
    digest::{self, Digest},
    model::{Entry, EntryId, Person},
};

/// People per statement.
const BULK: usize = 400;

/// Somebody an entry concerns, with what hides them from the chain.
pub(super) struct PersonRow {
    pub(super) kind: &'static str,
    pub(super) person: String,
    pub(super) salt: [u8; 16],
    pub(super) digest: Digest,
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: EntryId,
    at: Timestamp,
    entry: &Entry,
    people: &[PersonRow],
) -> Result<(), DbError> {
    let digest = digest::people(people.iter().map(|person| (person.kind, &person.digest[..])));
    let roles: Vec<&str> = entry.roles.iter().map(super::super::auth::Role::as_str).collect();
    let id = id.to_string();
    on!(tx, conn => sqlx::query(
        "INSERT INTO audit_entry (id, at, action, outcome, object_kind, object_id, detail, request, roles, people,
             people_digest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(&id).bind(at.as_microsecond()).bind(entry.action.as_str()).bind(entry.outcome.as_str())
        .bind(entry.object.kind).bind(&entry.object.id).bind(entry.detail.to_string()).bind(&entry.request)
        .bind(roles.join(" ")).bind(people.len() as i64).bind(digest.to_vec())
        .execute(conn).await.map(|_| ()))?;
    for (bulk_index, bulk) in people.chunks(BULK).enumerate() {
        on!(tx, conn => {
            let mut insert = QueryBuilder::new("INSERT INTO audit_person (entry, position, kind, person, salt, digest) ");
            insert.push_values(bulk.iter().enumerate(), |mut row, (index, person)| {
                row.push_bind(&id)
                    .push_bind((bulk_index * BULK + index) as i64)
                    .push_bind(person.kind)
                    .push_bind(&person.person)
                    .push_bind(person.salt.to_vec())
                    .push_bind(person.digest.to_vec());
            });
            insert.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// An entry as it is stored.
#[derive(Clone, Debug, FromRow)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// What was done.
    pub action: String,
    /// Whether it was done.
    pub outcome: String,
    /// What it concerns besides people.
    pub object_kind: String,
    /// Its id.
    pub object_id: String,
    /// More, as JSON.
    pub detail: String,
    /// The request.
    pub request: String,
    /// The roles of the actor, separated by spaces.
    pub roles: String,
    /// How many people it concerns, the actor included.
    pub people: i64,
    /// Over their digests.
    pub people_digest: Vec<u8>,
    /// Its number in the chain, once it is sealed.
    pub seq: Option<i64>,
    /// Its link of the chain.
    pub digest: Option<Vec<u8>>,
}

/// The head of the chain.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ChainHead {
    /// How many entries are sealed.
    pub seq: i64,
    /// The last link.
    pub digest: Vec<u8>,
    /// When it was sealed, in microseconds since 1970.
    pub sealed_at: i64,
}

/// The head of the chain.
///
/// # Errors
/// When the database cannot be read.
pub async fn head(tx: &mut Tx) -> Result<ChainHead, DbError> {
    Ok(on!(tx, conn => sqlx::query_as("SELECT seq, digest, sealed_at FROM audit_chain WHERE id = 1")
        .fetch_one(conn).await)?)
}

/// The head, and nobody else seals until the transaction ends.
pub(super) async fn lock_head(tx: &mut Tx) -> Result<ChainHead, DbError> {
    let sql = match tx {
        // SQLite has one writer.
        Tx::Sqlite(_) => "SELECT seq, digest, sealed_at FROM audit_chain WHERE id = 1",
        Tx::Postgres(_) => "SELECT seq, digest, sealed_at FROM audit_chain WHERE id = 1 FOR UPDATE",
    };
    Ok(on!(tx, conn => sqlx::query_as(sql).fetch_one(conn).await)?)
}

pub(super) async fn unsealed(tx: &mut Tx, limit: i64) -> Result<Vec<Found>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT * FROM audit_entry WHERE seq IS NULL ORDER BY at, id LIMIT $1")
        .bind(limit).fetch_all(conn).await)?)
}

/// How many entries wait to be sealed.
///
/// # Errors
/// When the database cannot be read.
pub async fn unsealed_count(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM audit_entry WHERE seq IS NULL")
        .fetch_one(conn).await)?)
}

pub(super) async fn seal(tx: &mut Tx, id: &str, seq: i64, digest: &[u8]) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE audit_entry SET seq = $2, digest = $3 WHERE id = $1 AND seq IS NULL")
        .bind(id).bind(seq).bind(digest.to_vec()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

pub(super) async fn set_head(tx: &mut Tx, seq: i64, digest: &[u8], now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE audit_chain SET seq = $1, digest = $2, sealed_at = $3 WHERE id = 1")
        .bind(seq).bind(digest.to_vec()).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Sealed entries after a number, in order.
pub(super) async fn sealed_after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<Found>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT * FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2")
        .bind(seq).bind(limit).fetch_all(conn).await)?)
}

/// Somebody an entry concerns, as it is stored.
#[derive(Clone, Debug, FromRow)]
pub(super) struct StoredPerson {
    pub(super) entry: String,
    pub(super) position: i64,
    pub(super) kind: String,
    pub(super) person: Option<String>,
    pub(super) salt: Option<Vec<u8>>,
    pub(super) digest: Vec<u8>,
    pub(super) erased_by: Option<String>,
}

/// The people of sealed entries with numbers in a range, in order.
pub(super) async fn people_between(tx: &mut Tx, first: i64, last: i64) -> Result<Vec<StoredPerson>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT p.entry, p.position, p.kind, p.person, p.salt, p.digest, p.erased_by
         FROM audit_entry e JOIN audit_person p ON p.entry = e.id
         WHERE e.seq BETWEEN $1 AND $2 ORDER BY e.seq, p.position")
        .bind(first).bind(last).fetch_all(conn).await)?)
}

/// How many links to people were erased, by the entry that says so.
pub(super) async fn erasures(tx: &mut Tx) -> Result<Vec<(String, i64)>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT erased_by, count(*) FROM audit_person WHERE erased_by IS NOT NULL GROUP BY erased_by")
        .fetch_all(conn).await)?)
}

/// How many links to somebody there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn links_to(tx: &mut Tx, person: Person) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM audit_person WHERE person = $1")
        .bind(person.to_string()).fetch_one(conn).await)?)
}

/// Erases who was meant wherever the log speaks of somebody. `by` is the entry that records it; its
/// `detail` must say `links`, the number that is returned.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_person(tx: &mut Tx, person: Person, by: EntryId) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE audit_person SET person = NULL, salt = NULL, erased_by = $2 WHERE person = $1")
        .bind(person.to_string()).bind(by.to_string()).execute(conn).await
        .map(|done| done.rows_affected() as i64))?)
}

/// What to look for in the log.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Not before, in microseconds since 1970.
    pub since: Option<i64>,
    /// Before, in microseconds since 1970.
    pub until: Option<i64>,
    /// Only this action.
    pub action: Option<String>,
    /// Only what this one did.
    pub actor: Option<Person>,
    /// Only what concerns this one.
    pub subject: Option<Person>,
    /// Only what comes before this entry, the newest first: its time and id.
    pub before: Option<(i64, String)>,
    /// At most so many.
    pub limit: i64,
}

/// Finds entries, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn search(tx: &mut Tx, search: &Search) -> Result<Vec<(Found, Option<String>)>, DbError> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        found: Found,
        actor: Option<String>,
    }
    let rows: Vec<Row> = on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "SELECT e.*, (SELECT a.person FROM audit_person a WHERE a.entry = e.id AND a.kind = 'actor') AS actor
             FROM audit_entry e WHERE 1 = 1");
        if let Some(since) = search.since {
            query.push(" AND e.at >= ").push_bind(since);
        }
        if let Some(until) = search.until {
            query.push(" AND e.at < ").push_bind(until);
        }
        if let Some(action) = &search.action {
            query.push(" AND e.action = ").push_bind(action);
        }
        for (kind, person) in [("actor", search.actor), ("subject", search.subject)] {
            if let Some(person) = person {
                query.push(" AND e.id IN (SELECT p.entry FROM audit_person p WHERE p.person = ");
                query.push_bind(person.to_string());
                query.push(" AND p.kind = ").push_bind(kind).push(")");
            }
        }
        if let Some((at, id)) = &search.before {
            query.push(" AND (e.at < ").push_bind(*at);
            query.push(" OR (e.at = ").push_bind(*at);
            query.push(" AND e.id < ").push_bind(id).push("))");
        }
        query.push(" ORDER BY e.at DESC, e.id DESC LIMIT ").push_bind(search.limit);
        query.build_query_as().fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(|row| (row.found, row.actor)).collect())
}

/// Somebody looked at somebody's record.
#[derive(Clone, Debug, FromRow)]
pub struct View {
    /// The entry.
    pub entry: String,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// What was done.
    pub action: String,
    /// By whom: an account, unless it was erased or the service itself.
    pub actor: Option<String>,
    /// In which roles.
    pub roles: String,
}

/// Who saw or changed somebody's record, under any of their names, the newest first. What people do to their own is not told.
///
/// # Errors
/// When the database cannot be read.
pub async fn views_of(
    tx: &mut Tx,
    subjects: &[Person],
    own: Person,
    before: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<View>, DbError> {
    let (at, id) = before.unwrap_or((i64::MAX, String::new()));
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "SELECT DISTINCT e.id AS entry, e.at, e.action, a.person AS actor, e.roles
             FROM audit_person s JOIN audit_entry e ON e.id = s.entry
             LEFT JOIN audit_person a ON a.entry = e.id AND a.kind = 'actor'
             WHERE s.person IN (");
        let mut list = query.separated(", ");
        for subject in subjects {
            list.push_bind(subject.to_string());
        }
        query.push(") AND s.kind = 'subject' AND coalesce(a.person, '') <> ").push_bind(own.to_string());
        query.push(" AND (e.at < ").push_bind(at);
        query.push(" OR (e.at = ").push_bind(at).push(" AND e.id < ").push_bind(id);
        query.push(")) ORDER BY e.at DESC, e.id DESC LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(conn).await
    })?)
}
