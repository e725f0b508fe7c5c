//! SQL of who takes part.

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    outings::model::{OutingId, SignUpState},
    staff::StaffId,
};

use super::{maybe, moment, parsed};

/// How somebody stands to an outing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUp {
    /// The outing.
    pub outing: OutingId,
    /// Who.
    pub staff: StaffId,
    /// How.
    pub state: SignUpState,
    /// The order in which they came.
    pub position: i64,
    /// The coordinator who put them forward.
    pub nominated_by: Option<AccountId>,
    /// When that last changed.
    pub changed_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    outing: String,
    staff: String,
    state: String,
    position: i64,
    nominated_by: Option<String>,
    changed_at: i64,
}

impl Row {
    fn sign_up(self) -> Result<SignUp, DbError> {
        Ok(SignUp {
            outing: parsed(&self.outing)?,
            staff: parsed(&self.staff)?,
            state: parsed(&self.state)?,
            position: self.position,
            nominated_by: maybe(self.nominated_by.as_deref())?,
            changed_at: moment(self.changed_at)?,
        })
    }
}

const COLUMNS: &str = "u.outing, u.staff, u.state, u.position, u.nominated_by, u.changed_at";

/// How somebody stands to an outing.
///
/// # Errors
/// When the database cannot be read.
pub async fn sign_up(tx: &mut Tx, outing: OutingId, staff: StaffId) -> Result<Option<SignUp>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM sign_up u WHERE u.outing = $1 AND u.staff = $2");
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(outing.to_string()).bind(staff.to_string()).fetch_optional(conn).await)?;
    row.map(Row::sign_up).transpose()
}

/// How everybody stands to an outing, in the order in which they came.
///
/// # Errors
/// When the database cannot be read.
pub async fn sign_ups(tx: &mut Tx, outing: OutingId) -> Result<Vec<SignUp>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM sign_up u WHERE u.outing = $1 ORDER BY u.position");
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(outing.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(Row::sign_up).collect()
}

/// How somebody stands to all outings that start at that moment or later.
///
/// # Errors
/// When the database cannot be read.
pub async fn sign_ups_of(tx: &mut Tx, staff: StaffId, from: Timestamp) -> Result<Vec<SignUp>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sign_up u JOIN outing o ON o.id = u.outing WHERE u.staff = $1 AND o.starts_at >= $2"
    );
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(staff.to_string()).bind(from.as_microsecond()).fetch_all(conn).await)?;
    rows.into_iter().map(Row::sign_up).collect()
}

/// How many stand to an outing in that way.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_in(tx: &mut Tx, outing: OutingId, state: SignUpState) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM sign_up WHERE outing = $1 AND state = $2")
        .bind(outing.to_string()).bind(state.as_str()).fetch_one(conn).await)?)
}

/// Who has waited longest.
///
/// # Errors
/// When the database cannot be read.
pub async fn first_waiting(tx: &mut Tx, outing: OutingId) -> Result<Option<SignUp>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sign_up u WHERE u.outing = $1 AND u.state = 'waiting' ORDER BY u.position LIMIT 1"
    );
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(outing.to_string()).fetch_optional(conn).await)?;
    row.map(Row::sign_up).transpose()
}

/// The place of somebody who waits, counted from 1.
///
/// # Errors
/// When the database cannot be read.
pub async fn place_in_queue(tx: &mut Tx, outing: OutingId, position: i64) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM sign_up WHERE outing = $1 AND state = 'waiting' AND position <= $2")
        .bind(outing.to_string()).bind(position).fetch_one(conn).await)?)
}

/// The next place in the order of coming. The outing is held.
///
/// # Errors
/// When the database cannot be read.
pub async fn next_position(tx: &mut Tx, outing: OutingId) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT CAST(coalesce(max(position), 0) + 1 AS BIGINT) FROM sign_up WHERE outing = $1")
        .bind(outing.to_string()).fetch_one(conn).await)?)
}

/// Keeps how somebody stands to an outing, in place of what it was.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_sign_up(tx: &mut Tx, new: &SignUp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO sign_up (outing, staff, state, position, nominated_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (outing, staff) DO UPDATE SET state = excluded.state, position = excluded.position,
             nominated_by = excluded.nominated_by, changed_at = excluded.changed_at")
        .bind(new.outing.to_string()).bind(new.staff.to_string()).bind(new.state.as_str()).bind(new.position)
        .bind(new.nominated_by.map(|account| account.to_string())).bind(new.changed_at.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Changes how somebody stands to an outing; their place in the order stays.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_state(
    tx: &mut Tx,
    (outing, staff): (OutingId, StaffId),
    state: SignUpState,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "UPDATE sign_up SET state = $3, changed_at = $4 WHERE outing = $1 AND staff = $2")
        .bind(outing.to_string()).bind(staff.to_string()).bind(state.as_str()).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Somebody who takes part, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// How they stand to the outing.
    pub sign_up: SignUp,
    /// Their number.
    pub number: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// The reading of their name.
    pub name_kana: Option<String>,
    /// What their department is called.
    pub department_name: String,
}

#[derive(sqlx::FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    sign_up: Row,
    number: Option<String>,
    name: Option<String>,
    name_kana: Option<String>,
    department_name: Option<String>,
}

/// Who takes part, by name, as of a day; of those whom an account put forward when one is given.
///
/// # Errors
/// When the database cannot be read.
pub async fn participants(
    tx: &mut Tx,
    outing: OutingId,
    nominated_by: Option<AccountId>,
    day: Date,
) -> Result<Vec<Participant>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS}, s.number, p.name, p.name_kana,
             (SELECT n.name FROM department_spell n WHERE n.department = p.department AND n.valid_from <= $3
              ORDER BY n.valid_from DESC LIMIT 1) AS department_name
         FROM sign_up u JOIN staff s ON s.id = u.staff
         LEFT JOIN staff_spell p ON p.staff = u.staff AND p.valid_from <= $3 AND p.valid_to > $3
         WHERE u.outing = $1 AND u.state <> 'withdrawn' AND ($2 = '' OR u.nominated_by = $2) ORDER BY u.position"
    );
    let by = nominated_by.map(|account| account.to_string()).unwrap_or_default();
    let rows: Vec<NamedRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(outing.to_string()).bind(by).bind(day.to_string()).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Participant {
                sign_up: row.sign_up.sign_up()?,
                number: row.number,
                name: row.name,
                name_kana: row.name_kana,
                department_name: row.department_name.unwrap_or_default(),
            })
        })
        .collect()
}
