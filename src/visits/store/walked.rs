//! SQL of what counts of a walk.

use std::collections::BTreeSet;

use crate::{
    auth::AccountId,
    clock::Date,
    db::{DbError, Tx},
    on,
    routes::{RouteId, RouteVersionId},
    visits::model::{Accepted, Evidence, FiscalYear, Outcome, Shown, Verdict, Weighed},
};

use super::{FROM, OUTCOME, parsed, read};

/// What of a person's visits to a route counts in a fiscal year.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// The visits that count.
    pub accepted: Vec<Accepted>,
    /// The versions that were walked.
    pub versions: BTreeSet<RouteVersionId>,
    /// Whether anything of it was erased after its period, so that it cannot be told any more what was proven.
    pub erased: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    route_version: String,
    stop: String,
    day: String,
    arrived: String,
    outcome: String,
    decided: Option<String>,
    verdict: Option<String>,
    evidence: Option<String>,
    erased: bool,
}

/// What of a person's visits to a route counts in a fiscal year.
///
/// # Errors
/// When the database cannot be read.
pub async fn walked(
    tx: &mut Tx,
    account: AccountId,
    route: RouteId,
    year: FiscalYear,
) -> Result<Walked, DbError> {
    let sql = format!(
        "SELECT v.id, v.route_version, v.stop, v.day, v.outcome AS arrived, {OUTCOME} AS outcome, d.kind AS decided,
             v.verdict, v.evidence, v.erased_at IS NOT NULL AS erased
         FROM {FROM} WHERE v.account = $1 AND v.day >= $2 AND v.day <= $3 AND v.route = $4"
    );
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(account.to_string()).bind(year.first().to_string()).bind(year.last().to_string())
        .bind(route.to_string()).fetch_all(conn).await)?;
    let mut walked = Walked::default();
    for row in rows {
        walked.versions.insert(parsed(&row.route_version)?);
        walked.erased |= row.erased;
        if parsed::<Outcome>(&row.outcome)? != Outcome::Accepted {
            continue;
        }
        let day: Date = parsed(&row.day)?;
        let evidence: Vec<Weighed> = row.evidence.as_deref().map(read).transpose()?.unwrap_or_default();
        let shows = |one: &Weighed| {
            one.shown == Shown::Yes && !matches!(one.evidence, Evidence::SelfReport | Evidence::Answer { .. })
        };
        walked.accepted.push(Accepted {
            stop: parsed(&row.stop)?,
            day,
            proven: row.decided.is_some()
                // What made it count later was a photo, or something added.
                || (!row.erased && row.arrived == Outcome::Pending.as_str())
                || row.verdict.as_deref() == Some(Verdict::Inside.as_str())
                || evidence.iter().any(shows),
            // A phone makes UUIDv7, an outing UUIDv8; an erased one has another.
            with_outing: !row.erased && row.id.as_bytes().get(14) == Some(&b'8'),
        });
    }
    Ok(walked)
}
