//! SQL of lists of outings.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    outings::model::OutingId,
    staff::StaffId,
};

use super::{Outing, Row, SELECT};

/// Which outings, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Those that start at that moment or later, the earliest first; of the same moment, those after that one.
    From(Timestamp, Option<OutingId>),
    /// Those that start before that moment, the latest first; of the same moment, those before that one.
    Before(Timestamp, Option<OutingId>),
}

/// Whose outings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Those in which somebody takes part, waits or was put forward.
    Joined(StaffId),
    /// Those of which somebody is a trainer.
    Led(StaffId),
}

/// Outings, in the order of their span.
///
/// # Errors
/// When the database cannot be read.
pub async fn listed(tx: &mut Tx, span: Span, whose: Whose, limit: i64) -> Result<Vec<Outing>, DbError> {
    let (staff, narrow) = match whose {
        Whose::All => (String::new(), "$4 = ''"),
        Whose::Joined(staff) => (
            staff.to_string(),
            "o.id IN (SELECT u.outing FROM sign_up u WHERE u.staff = $4 AND u.state IN
                ('confirmed', 'waiting', 'nominated'))",
        ),
        Whose::Led(staff) => {
            (staff.to_string(), "o.id IN (SELECT t.outing FROM outing_trainer t WHERE t.staff = $4)")
        }
    };
    // Without an id, nothing of that very moment is before it, and all of it after.
    let (moment, id, which, order) = match span {
        Span::From(moment, after) => (
            moment,
            after.map(|id| id.to_string()).unwrap_or_default(),
            "(o.starts_at > $1 OR (o.starts_at = $1 AND o.id > $2))",
            "o.starts_at, o.id",
        ),
        Span::Before(moment, before) => (
            moment,
            before.map(|id| id.to_string()).unwrap_or_default(),
            "(o.starts_at < $1 OR (o.starts_at = $1 AND o.id < $2))",
            "o.starts_at DESC, o.id DESC",
        ),
    };
    let sql = format!("{SELECT} WHERE {which} AND {narrow} ORDER BY {order} LIMIT $3");
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(moment.as_microsecond()).bind(id).bind(limit).bind(staff).fetch_all(conn).await)?;
    rows.into_iter().map(Row::outing).collect()
}

/// The capacity of each outing that is planned from one moment until another, and how many have a place.
///
/// # Errors
/// When the database cannot be read.
pub async fn seats(tx: &mut Tx, from: Timestamp, until: Timestamp) -> Result<Vec<(u32, u32)>, DbError> {
    let rows: Vec<(i64, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT o.capacity, (SELECT count(*) FROM sign_up u WHERE u.outing = o.id AND u.state = 'confirmed')
         FROM outing o WHERE o.state = 'planned' AND o.starts_at >= $1 AND o.starts_at < $2")
        .bind(from.as_microsecond()).bind(until.as_microsecond()).fetch_all(conn).await)?;
    let number = |count: i64| u32::try_from(count).unwrap_or(0);
    Ok(rows.into_iter().map(|(capacity, taken)| (number(capacity), number(taken))).collect())
}
