//! SQL of reading visits.

use sqlx::QueryBuilder;

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    routes::{RouteId, RouteVersionId, StopId},
    visits::model::{FiscalYear, Flags, Moment, Outcome, Verdict, VisitId, Weighed},
};

use super::{FROM, OUTCOME, moment, parsed, phones, read};

/// A visit as it stands.
#[derive(Clone, Debug)]
pub struct Visit {
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
    /// On which day in Tokyo.
    pub day: Date,
    /// When, as the phone says; none when it was erased after its period.
    pub moment: Option<Moment>,
    /// When it arrived; none when it was erased.
    pub received_at: Option<Timestamp>,
    /// By how much the phone's clock was ahead when it sent, in seconds.
    pub clock_off_s: Option<i64>,
    /// The rule that judged it.
    pub rule: String,
    /// What counts of it.
    pub outcome: Outcome,
    /// Where its position is to the stop.
    pub verdict: Option<Verdict>,
    /// Reasons to look twice, as the rule found them.
    pub flags: Flags,
    /// What shows it; empty when it was erased.
    pub evidence: Vec<Weighed>,
    /// A note.
    pub note: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    account: String,
    route: String,
    route_version: String,
    stop: String,
    day: String,
    at: Option<i64>,
    offset_s: Option<i64>,
    received_at: Option<i64>,
    clock_off_s: Option<i64>,
    rule: String,
    outcome: String,
    verdict: Option<String>,
    flags: String,
    evidence: Option<String>,
    note: Option<String>,
}

impl Row {
    fn visit(self) -> Result<Visit, DbError> {
        Ok(Visit {
            id: parsed(&self.id)?,
            account: parsed(&self.account)?,
            route: parsed(&self.route)?,
            route_version: parsed(&self.route_version)?,
            stop: parsed(&self.stop)?,
            day: parsed(&self.day)?,
            moment: phones(self.at, self.offset_s)?,
            received_at: self.received_at.map(moment).transpose()?,
            clock_off_s: self.clock_off_s,
            rule: self.rule,
            outcome: parsed(&self.outcome)?,
            verdict: self.verdict.as_deref().map(parsed).transpose()?,
            flags: parsed(&self.flags)?,
            evidence: self.evidence.as_deref().map(read).transpose()?.unwrap_or_default(),
            note: self.note,
        })
    }
}

const COLUMNS: &str =
    "v.id, v.account, v.route, v.route_version, v.stop, v.day, v.at, v.offset_s, v.received_at,
    v.clock_off_s, v.rule, v.verdict, v.flags, v.evidence, v.note";

/// The visits of one person in a fiscal year, by time.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_account(tx: &mut Tx, account: AccountId, year: FiscalYear) -> Result<Vec<Visit>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS}, {OUTCOME} AS outcome FROM {FROM}
         WHERE v.account = $1 AND v.day >= $2 AND v.day <= $3 ORDER BY v.day, v.at, v.id"
    );
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(account.to_string()).bind(year.first().to_string()).bind(year.last().to_string())
        .fetch_all(conn).await)?;
    rows.into_iter().map(Row::visit).collect()
}

/// These visits, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn with_ids(tx: &mut Tx, ids: &[VisitId]) -> Result<Vec<Visit>, DbError> {
    let mut found = Vec::new();
    for bulk in ids.chunks(400) {
        let rows: Vec<Row> = on!(tx, conn => {
            let mut query = QueryBuilder::new("SELECT ");
            query.push(COLUMNS).push(", ").push(OUTCOME).push(" AS outcome FROM ").push(FROM).push(" WHERE v.id IN (");
            let mut list = query.separated(", ");
            for id in bulk {
                list.push_bind(id.to_string());
            }
            query.push(") ORDER BY v.id");
            query.build_query_as().fetch_all(conn).await
        })?;
        for row in rows {
            found.push(row.visit()?);
        }
    }
    Ok(found)
}

/// Visits that wait for a trainer, by id, after one of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn pending(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<VisitId>, DbError> {
    let sql = format!(
        "SELECT v.id FROM {FROM} WHERE v.outcome = 'pending' AND v.erased_at IS NULL AND v.id > $1
         AND ({OUTCOME}) = 'pending' ORDER BY v.id LIMIT $2"
    );
    let ids: Vec<String> = on!(tx, conn => sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(after).bind(limit).fetch_all(conn).await)?;
    ids.iter().map(|id| parsed(id)).collect()
}

/// A visit, as far as those need it who look for what is suspicious.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Its id.
    pub id: VisitId,
    /// Whose it is.
    pub account: AccountId,
    /// The version of the route.
    pub route_version: RouteVersionId,
    /// The stop.
    pub stop: StopId,
    /// When, as the phone says.
    pub at: Timestamp,
    /// Whether the rule flagged it or anything added to it, or something of it came in a file.
    pub flagged: bool,
}

/// All visits of a fiscal year of which nothing was erased and which were not rejected, or those of one person. Those with an
/// outing are left out: they all have the outing's time, which says nothing of how fast anybody went.
///
/// # Errors
/// When the database cannot be read.
pub async fn seen(tx: &mut Tx, year: FiscalYear, account: Option<AccountId>) -> Result<Vec<Seen>, DbError> {
    let sql = format!(
        "SELECT v.id, v.account, v.route_version, v.stop, v.at, v.flags <> ''
             OR EXISTS (SELECT 1 FROM visit_addition a WHERE a.visit = v.id AND a.flags <> '')
             OR EXISTS (SELECT 1 FROM visit_import i WHERE i.visit = v.id AND i.sent_at IS NULL) AS flagged
         FROM {FROM} WHERE v.erased_at IS NULL AND v.at IS NOT NULL AND v.day >= $1 AND v.day <= $2
         AND substr(v.id, 15, 1) = '7' AND (CAST($3 AS TEXT) IS NULL OR v.account = $3) AND (d.kind IS NULL OR d.kind = 'accept')"
    );
    let rows: Vec<(String, String, String, String, i64, bool)> = on!(tx, conn =>
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(year.first().to_string()).bind(year.last().to_string())
            .bind(account.map(|account| account.to_string())).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(id, account, version, stop, at, flagged)| {
            Ok(Seen {
                id: parsed(&id)?,
                account: parsed(&account)?,
                route_version: parsed(&version)?,
                stop: parsed(&stop)?,
                at: moment(at)?,
                flagged,
            })
        })
        .collect()
}
