//! SQL of forgetting people: links go, entries stay.

use sqlx::QueryBuilder;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
};

use super::model::{EntryId, Person};

/// Entries per statement.
const BULK: usize = 400;

/// The least id of entries that were written at `moment` or later: ids begin with the time.
fn bound(moment: Timestamp) -> String {
    let millis = u64::try_from(moment.as_millisecond()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    EntryId(id).to_string()
}

/// How many entries before `moment` still tell whom they concern.
///
/// # Errors
/// When the database cannot be read.
pub async fn known_entries(tx: &mut Tx, moment: Timestamp) -> Result<i64, DbError> {
    let sql = match tx {
        Tx::Sqlite(_) => {
            "SELECT count(DISTINCT entry) FROM audit_person WHERE person IS NOT NULL AND entry < $1"
        }
        // In the order of the index, whatever the language of the server.
        Tx::Postgres(_) => {
            "SELECT count(DISTINCT entry COLLATE \"C\") FROM audit_person
             WHERE person IS NOT NULL AND entry COLLATE \"C\" < $1"
        }
    };
    Ok(on!(tx, conn => sqlx::query_scalar(sql).bind(bound(moment)).fetch_one(conn).await)?)
}

/// The oldest entries before `moment` that still tell whom they concern.
///
/// # Errors
/// When the database cannot be read.
pub async fn oldest_known(tx: &mut Tx, moment: Timestamp, limit: i64) -> Result<Vec<String>, DbError> {
    let sql = match tx {
        Tx::Sqlite(_) => {
            "SELECT entry FROM audit_person WHERE person IS NOT NULL AND entry < $1
             GROUP BY entry ORDER BY entry LIMIT $2"
        }
        Tx::Postgres(_) => {
            "SELECT entry COLLATE \"C\" FROM audit_person WHERE person IS NOT NULL AND entry COLLATE \"C\" < $1
             GROUP BY 1 ORDER BY 1 LIMIT $2"
        }
    };
    Ok(on!(tx, conn => sqlx::query_scalar(sql).bind(bound(moment)).bind(limit).fetch_all(conn).await)?)
}

/// How many links lead to these people.
pub(super) async fn links_to_all(tx: &mut Tx, people: &[Person]) -> Result<i64, DbError> {
    let mut links = 0;
    for bulk in people.chunks(BULK) {
        links += on!(tx, conn => {
            let mut query = QueryBuilder::new("SELECT count(*) FROM audit_person WHERE person IN (");
            let mut list = query.separated(", ");
            for person in bulk {
                list.push_bind(person.to_string());
            }
            query.push(")");
            query.build_query_scalar::<i64>().fetch_one(conn).await
        })?;
    }
    Ok(links)
}

/// How many people these entries still tell.
pub(super) async fn links_from(tx: &mut Tx, entries: &[String]) -> Result<i64, DbError> {
    let mut links = 0;
    for bulk in entries.chunks(BULK) {
        links += on!(tx, conn => {
            let mut query =
                QueryBuilder::new("SELECT count(*) FROM audit_person WHERE person IS NOT NULL AND entry IN (");
            let mut list = query.separated(", ");
            for entry in bulk {
                list.push_bind(entry);
            }
            query.push(")");
            query.build_query_scalar::<i64>().fetch_one(conn).await
        })?;
    }
    Ok(links)
}

/// Erases whom these entries concern.
pub(super) async fn erase_from(tx: &mut Tx, entries: &[String], by: EntryId) -> Result<i64, DbError> {
    let mut links = 0;
    for bulk in entries.chunks(BULK) {
        links += on!(tx, conn => {
            let mut query =
                QueryBuilder::new("UPDATE audit_person SET person = NULL, salt = NULL, erased_by = ");
            query.push_bind(by.to_string());
            query.push(" WHERE person IS NOT NULL AND entry IN (");
            let mut list = query.separated(", ");
            for entry in bulk {
                list.push_bind(entry);
            }
            query.push(")");
            query.build().execute(conn).await.map(|done| done.rows_affected() as i64)
        })?;
    }
    Ok(links)
}
