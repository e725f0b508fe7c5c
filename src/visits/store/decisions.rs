//! SQL of what trainers decide of visits.

use serde::{Deserialize, Serialize};
use sqlx::QueryBuilder;
use utoipa::ToSchema;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    visits::model::VisitId,
};

use super::{corrupt, moment, parsed};

/// What a trainer decides of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = VisitDecisionKind)]
pub enum DecisionKind {
    /// It counts.
    Accept,
    /// It does not.
    Reject,
    /// It was a mistake, whatever had been decided before.
    Void,
}

impl DecisionKind {
    /// Its name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Void => "void",
        }
    }
}

/// A decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The visit.
    pub visit: VisitId,
    /// What was decided.
    pub kind: DecisionKind,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// Why; may be empty.
    pub reason: String,
}

/// Adds a decision, which counts from now on. Two at once take turns: the primary key refuses the second, and its writer
/// gets a unique violation.
///
/// # Errors
/// When the database cannot be written.
pub async fn decide(tx: &mut Tx, decision: &Decision) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO visit_decision (visit, step, kind, at, account, reason)
         SELECT $1, coalesce(max(step), 0) + 1, $2, $3, $4, $5 FROM visit_decision WHERE visit = $1")
        .bind(decision.visit.to_string()).bind(decision.kind.as_str()).bind(decision.at.as_microsecond())
        .bind(decision.account.to_string()).bind(&decision.reason).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// The decisions on these visits, the first one first.
///
/// # Errors
/// When the database cannot be read.
pub async fn decisions(tx: &mut Tx, visits: &[VisitId]) -> Result<Vec<Decision>, DbError> {
    let mut found = Vec::new();
    for bulk in visits.chunks(400) {
        let rows: Vec<(String, String, i64, String, String)> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT visit, kind, at, account, reason FROM visit_decision WHERE visit IN (");
            let mut list = query.separated(", ");
            for visit in bulk {
                list.push_bind(visit.to_string());
            }
            query.push(") ORDER BY visit, step");
            query.build_query_as().fetch_all(conn).await
        })?;
        for (visit, kind, at, account, reason) in rows {
            let all = [DecisionKind::Accept, DecisionKind::Reject, DecisionKind::Void];
            found.push(Decision {
                visit: parsed(&visit)?,
                kind: all
                    .into_iter()
                    .find(|one| one.as_str() == kind)
                    .ok_or_else(|| corrupt(format!("no decision {kind:?}")))?,
                at: moment(at)?,
                account: parsed(&account)?,
                reason,
            });
        }
    }
    Ok(found)
}
