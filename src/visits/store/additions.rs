//! SQL of what owners add to their visits.

use sqlx::QueryBuilder;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    visits::model::{AdditionId, Flags, Judgement, Moment, RULE, Verdict, VisitId, Weighed},
};

use super::{
    FROM, ImportedKind, OUTCOME, Origin, Stored,
    imports::{note_import, note_sent},
    json, moment, parsed, phones, read,
};

/// Something to be added to a visit.
#[derive(Clone, Debug)]
pub struct NewAddition {
    /// Its id.
    pub id: AdditionId,
    /// The visit.
    pub visit: VisitId,
    /// When, as the phone says.
    pub moment: Moment,
    /// When it arrived.
    pub received_at: Timestamp,
    /// From where it came.
    pub origin: Origin,
    /// What tells the item from any other.
    pub digest: [u8; 32],
    /// A note.
    pub note: Option<String>,
    /// What the rule says.
    pub judgement: Judgement,
}

/// Adds to a visit unless the id is taken.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_addition(tx: &mut Tx, new: &NewAddition) -> Result<Stored, DbError> {
    let (judgement, evidence) = (&new.judgement, json(&new.judgement.evidence)?);
    let (outcome, by_photo) = new.origin.counted(judgement);
    let item = new.id.to_string();
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO visit_addition (id, visit, at, offset_s, received_at, digest, rule, outcome, by_photo, verdict, flags,
             evidence, note)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING")
        .bind(&item).bind(new.visit.to_string()).bind(new.moment.at.as_microsecond())
        .bind(i64::from(new.moment.offset_s)).bind(new.received_at.as_microsecond()).bind(new.digest.to_vec())
        .bind(RULE).bind(outcome.as_str()).bind(by_photo)
        .bind(judgement.verdict.map(Verdict::as_str)).bind(judgement.flags.to_string())
        .bind(evidence).bind(new.note.as_deref())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if done > 0 {
        if let Origin::File { by } = new.origin {
            let (of, said) =
                ((new.visit, ImportedKind::Addition, &*item), (judgement.outcome, judgement.by_photo));
            note_import(tx, of, (by, new.received_at), said).await?;
        }
    } else {
        let (visit, digest): (String, Vec<u8>) = on!(tx, conn =>
            sqlx::query_as("SELECT visit, digest FROM visit_addition WHERE id = $1")
                .bind(&item).fetch_one(conn).await)?;
        if visit != new.visit.to_string() || digest != new.digest {
            return Ok(Stored::Other);
        }
        if new.origin == Origin::Owner {
            note_sent(tx, ImportedKind::Addition, &[(new.visit, item)], new.received_at).await?;
        }
    }
    let sql = format!("SELECT {OUTCOME} AS outcome FROM {FROM} WHERE v.id = $1");
    let outcome: String = on!(tx, conn => sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(new.visit.to_string()).fetch_one(conn).await)?;
    let (outcome, verdict) = (parsed(&outcome)?, judgement.verdict);
    Ok(if done > 0 { Stored::New { outcome, verdict } } else { Stored::Same { outcome, verdict } })
}

/// Something that was added to a visit.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The visit.
    pub visit: VisitId,
    /// Its id.
    pub id: AdditionId,
    /// When, as the phone says.
    pub moment: Option<Moment>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Where its position is to the stop.
    pub verdict: Option<Verdict>,
    /// Reasons to look twice.
    pub flags: Flags,
    /// What shows the visit.
    pub evidence: Vec<Weighed>,
    /// A note.
    pub note: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    visit: String,
    at: i64,
    offset_s: i64,
    received_at: i64,
    verdict: Option<String>,
    flags: String,
    evidence: String,
    note: Option<String>,
}

/// What was added to these visits, the first one first.
///
/// # Errors
/// When the database cannot be read.
pub async fn additions(tx: &mut Tx, visits: &[VisitId]) -> Result<Vec<Addition>, DbError> {
    let mut found = Vec::new();
    for bulk in visits.chunks(400) {
        let rows: Vec<Row> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT id, visit, at, offset_s, received_at, verdict, flags, evidence, note
                 FROM visit_addition WHERE visit IN (");
            let mut list = query.separated(", ");
            for visit in bulk {
                list.push_bind(visit.to_string());
            }
            query.push(") ORDER BY id");
            query.build_query_as().fetch_all(conn).await
        })?;
        for row in rows {
            found.push(Addition {
                visit: parsed(&row.visit)?,
                id: parsed(&row.id)?,
                moment: phones(Some(row.at), Some(row.offset_s))?,
                received_at: moment(row.received_at)?,
                verdict: row.verdict.as_deref().map(parsed).transpose()?,
                flags: parsed(&row.flags)?,
                evidence: read(&row.evidence)?,
                note: row.note,
            });
        }
    }
    Ok(found)
}
