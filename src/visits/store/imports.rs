//! SQL of what trainers took in from files: who, when, and whether the phone sent the same after all.

use serde::Serialize;
use sqlx::QueryBuilder;
use utoipa::ToSchema;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    visits::model::{Judgement, Outcome, VisitId},
};

use super::{corrupt, moment, parsed};

/// From where an item came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Its owner's phone sent it, or the service knows it by itself.
    Owner,
    /// A trainer took it in from a file.
    File {
        /// The trainer.
        by: AccountId,
    },
}

impl Origin {
    /// What is stored of a judgement: what came in a file counts for nothing by itself.
    pub(super) fn counted(self, judgement: &Judgement) -> (Outcome, bool) {
        match self {
            Self::Owner => (judgement.outcome, judgement.by_photo),
            Self::File { .. } => (Outcome::Pending, false),
        }
    }
}

/// What belongs to a visit and can come in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportedKind {
    /// The visit itself.
    Visit,
    /// Something that its owner added.
    Addition,
    /// A photo.
    Photo,
}

impl ImportedKind {
    const ALL: [Self; 3] = [Self::Visit, Self::Addition, Self::Photo];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Addition => "addition",
            Self::Photo => "photo",
        }
    }
}

/// Something of a visit that came in a file, and that its phone has not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The visit.
    pub visit: VisitId,
    /// What came.
    pub kind: ImportedKind,
    /// Who took it in.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Notes that something of a visit came in a file, with what the rule said of it.
pub(super) async fn note_import(
    tx: &mut Tx,
    (visit, kind, item): (VisitId, ImportedKind, &str),
    (by, at): (AccountId, Timestamp),
    (outcome, by_photo): (Outcome, bool),
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO visit_import (visit, kind, item, account, at, outcome, by_photo) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(visit.to_string()).bind(kind.as_str()).bind(item).bind(by.to_string()).bind(at.as_microsecond())
        .bind(outcome.as_str()).bind(by_photo).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Notes that the phone sent what had come in a file. Whether there was anything to note.
pub(super) async fn note_sent(
    tx: &mut Tx,
    kind: ImportedKind,
    items: &[(VisitId, String)],
    now: Timestamp,
) -> Result<bool, DbError> {
    let mut noted = 0;
    for bulk in items.chunks(200) {
        noted += on!(tx, conn => {
            let mut query = QueryBuilder::new("UPDATE visit_import SET sent_at = ");
            query.push_bind(now.as_microsecond()).push(" WHERE sent_at IS NULL AND kind = ").push_bind(kind.as_str());
            query.push(" AND (");
            let mut list = query.separated(" OR ");
            for (visit, item) in bulk {
                list.push("(visit = ").push_bind_unseparated(visit.to_string());
                list.push_unseparated(" AND item = ").push_bind_unseparated(item.clone()).push_unseparated(")");
            }
            query.push(")");
            query.build().execute(conn).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(noted > 0)
}

/// What of these visits came in files and was not sent by a phone, by visit and time.
///
/// # Errors
/// When the database cannot be read.
pub async fn imported(tx: &mut Tx, visits: &[VisitId]) -> Result<Vec<Imported>, DbError> {
    let mut found = Vec::new();
    for bulk in visits.chunks(400) {
        let rows: Vec<(String, String, String, i64)> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT visit, kind, account, at FROM visit_import WHERE sent_at IS NULL AND visit IN (");
            let mut list = query.separated(", ");
            for visit in bulk {
                list.push_bind(visit.to_string());
            }
            query.push(") ORDER BY visit, at, kind, item");
            query.build_query_as().fetch_all(conn).await
        })?;
        for (visit, kind, by, at) in rows {
            let kind = ImportedKind::ALL.into_iter().find(|one| one.as_str() == kind);
            found.push(Imported {
                visit: parsed(&visit)?,
                kind: kind.ok_or_else(|| corrupt("no such kind of import"))?,
                by: parsed(&by)?,
                at: moment(at)?,
            });
        }
    }
    Ok(found)
}
