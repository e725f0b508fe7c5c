//! SQL of visits as they arrive.

use std::collections::{HashMap, HashSet};

use sqlx::QueryBuilder;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    routes::{RouteId, RouteVersionId, StopId},
    visits::model::{Flags, Judgement, Moment, Outcome, RULE, Verdict, VisitId},
};

use super::{
    FROM, ImportedKind, OUTCOME, Origin, Stored, corrupt,
    imports::{note_import, note_sent},
    json, parsed,
};

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
    /// From where it came.
    pub origin: Origin,
    /// What tells the item from any other.
    pub digest: [u8; 32],
    /// A note.
    pub note: Option<String>,
    /// What the rule says.
    pub judgement: Judgement,
}

/// Visits in one statement: both engines take that many values.
const BULK: usize = 500;

/// Stores visits, each unless its id is taken. The primary key decides, so that each is stored once however often and from
/// wherever it is sent at the same time. The answers are in the order of the visits; whoever writes the same ids hands them
/// over in one order, so that nobody waits for somebody who waits for them.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_visits(tx: &mut Tx, new: &[NewVisit]) -> Result<Vec<Stored>, DbError> {
    let mut stored = Vec::with_capacity(new.len());
    for bulk in new.chunks(BULK) {
        let erased = erased(tx, bulk).await?;
        let fresh: Vec<&NewVisit> = bulk.iter().filter(|one| !erased.contains(&one.id.erased())).collect();
        let mut inserted = insert(tx, &fresh).await?;
        // Of the same id twice in a batch the first one is the new one.
        let is_new: Vec<bool> = bulk.iter().map(|one| inserted.remove(&one.id)).collect();
        for (one, is_new) in bulk.iter().zip(&is_new) {
            if let (Origin::File { by }, true) = (one.origin, is_new) {
                let (item, said) = (one.id.to_string(), &one.judgement);
                let (of, by) = ((one.id, ImportedKind::Visit, &*item), (by, one.received_at));
                note_import(tx, of, by, (said.outcome, said.by_photo)).await?;
            }
        }
        let others: Vec<&NewVisit> =
            bulk.iter().zip(&is_new).filter(|(_, is_new)| !**is_new).map(|(one, _)| one).collect();
        let known = known(tx, &others).await?;
        for (one, is_new) in bulk.iter().zip(is_new) {
            stored.push(if is_new {
                let (outcome, _) = one.origin.counted(&one.judgement);
                Stored::New { outcome, verdict: one.judgement.verdict }
            } else {
                let found = known.get(&one.id).or_else(|| known.get(&one.id.erased()));
                found.ok_or_else(|| corrupt(format!("visit {} came and went", one.id)))?.as_stored(one)
            });
        }
    }
    Ok(stored)
}

/// Which of these were stored once and erased after their period.
async fn erased(tx: &mut Tx, new: &[NewVisit]) -> Result<HashSet<VisitId>, DbError> {
    if new.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<String> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT id FROM visit WHERE id IN (");
        let mut list = query.separated(", ");
        for one in new {
            list.push_bind(one.id.erased().to_string());
        }
        query.push(")");
        query.build_query_scalar().fetch_all(conn).await
    })?;
    ids.iter().map(|id| parsed(id)).collect()
}

/// Inserts what has no row yet; the ids of what was inserted.
async fn insert(tx: &mut Tx, new: &[&NewVisit]) -> Result<HashSet<VisitId>, DbError> {
    if new.is_empty() {
        return Ok(HashSet::new());
    }
    let evidence = new.iter().map(|one| json(&one.judgement.evidence)).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<String> = on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "INSERT INTO visit (id, account, route, route_version, stop, day, at, offset_s, received_at, clock_off_s, digest,
                 rule, outcome, by_photo, verdict, flags, evidence, note) ");
        query.push_values(new.iter().zip(&evidence), |mut row, (one, evidence)| {
            let (outcome, by_photo) = one.origin.counted(&one.judgement);
            row.push_bind(one.id.to_string())
                .push_bind(one.account.to_string())
                .push_bind(one.route.to_string())
                .push_bind(one.route_version.to_string())
                .push_bind(one.stop.to_string())
                .push_bind(one.moment.day().to_string())
                .push_bind(one.moment.at.as_microsecond())
                .push_bind(i64::from(one.moment.offset_s))
                .push_bind(one.received_at.as_microsecond())
                .push_bind(one.clock_off_s)
                .push_bind(one.digest.to_vec())
                .push_bind(RULE)
                .push_bind(outcome.as_str())
                .push_bind(by_photo)
                .push_bind(one.judgement.verdict.map(Verdict::as_str))
                .push_bind(one.judgement.flags.to_string())
                .push_bind(&**evidence)
                .push_bind(one.note.as_deref());
        });
        query.push(" ON CONFLICT (id) DO NOTHING RETURNING id");
        query.build_query_scalar().fetch_all(conn).await
    })?;
    ids.iter().map(|id| parsed(id)).collect()
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    account: String,
    digest: Option<Vec<u8>>,
    outcome: String,
    verdict: Option<String>,
}

/// A visit that is there.
struct Known {
    account: String,
    digest: Option<Vec<u8>>,
    outcome: Outcome,
    verdict: Option<Verdict>,
}

impl Known {
    /// Whether it is the same. What was erased after its period cannot be compared any more; it was this one, or
    /// somebody else's.
    fn is_same(&self, new: &NewVisit) -> bool {
        self.account == new.account.to_string()
            && self.digest.as_ref().is_none_or(|digest| *digest == new.digest)
    }

    fn as_stored(&self, new: &NewVisit) -> Stored {
        if self.is_same(new) {
            Stored::Same { outcome: self.outcome, verdict: self.verdict }
        } else {
            Stored::Other
        }
    }
}

/// What is there by the ids of these. What a phone sends now, and had come in a file, counts from now on.
async fn known(tx: &mut Tx, new: &[&NewVisit]) -> Result<HashMap<VisitId, Known>, DbError> {
    let found = look_up(tx, new).await?;
    let sent: Vec<(VisitId, String)> = new
        .iter()
        .filter(|one| one.origin == Origin::Owner && found.get(&one.id).is_some_and(|row| row.is_same(one)))
        .map(|one| (one.id, one.id.to_string()))
        .collect();
    let Some(now) = new.iter().map(|one| one.received_at).max() else { return Ok(found) };
    if note_sent(tx, ImportedKind::Visit, &sent, now).await? { look_up(tx, new).await } else { Ok(found) }
}

async fn look_up(tx: &mut Tx, new: &[&NewVisit]) -> Result<HashMap<VisitId, Known>, DbError> {
    if new.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT v.id, v.account, v.digest, ");
        query.push(OUTCOME).push(" AS outcome, v.verdict FROM ").push(FROM).push(" WHERE v.id IN (");
        let mut list = query.separated(", ");
        for one in new {
            list.push_bind(one.id.to_string()).push_bind(one.id.erased().to_string());
        }
        query.push(")");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter()
        .map(|Row { id, account, digest, outcome, verdict }| {
            let verdict = verdict.as_deref().map(parsed).transpose()?;
            Ok((parsed(&id)?, Known { account, digest, outcome: parsed(&outcome)?, verdict }))
        })
        .collect()
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
    pub outcome: Outcome,
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
