//! SQL of calendars' addresses.

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::StaffId,
};

use super::{maybe, moment};

/// Gives somebody's calendar an address, in place of the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_feed(tx: &mut Tx, staff: StaffId, token: &[u8; 32], now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO calendar_feed (token, staff, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (staff) DO UPDATE SET token = excluded.token, created_at = excluded.created_at")
        .bind(token.to_vec()).bind(staff.to_string()).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Takes the address of somebody's calendar away. `false` when it has none.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_feed(tx: &mut Tx, staff: StaffId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query("DELETE FROM calendar_feed WHERE staff = $1")
        .bind(staff.to_string()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Whose calendar has that address, as long as they are on the roster.
///
/// # Errors
/// When the database cannot be read.
pub async fn feed_owner(tx: &mut Tx, token: &[u8; 32], day: Date) -> Result<Option<StaffId>, DbError> {
    let staff: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT f.staff FROM calendar_feed f JOIN staff_spell p ON p.staff = f.staff
         WHERE f.token = $1 AND p.valid_from <= $2 AND p.valid_to > $2")
        .bind(token.to_vec()).bind(day.to_string()).fetch_optional(conn).await)?;
    maybe(staff.as_deref())
}

/// When the address of somebody's calendar was made; none while it has none.
///
/// # Errors
/// When the database cannot be read.
pub async fn feed_made_at(tx: &mut Tx, staff: StaffId) -> Result<Option<Timestamp>, DbError> {
    let made: Option<i64> = on!(tx, conn => sqlx::query_scalar("SELECT created_at FROM calendar_feed WHERE staff = $1")
        .bind(staff.to_string()).fetch_optional(conn).await)?;
    made.map(moment).transpose()
}
