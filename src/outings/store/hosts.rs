//! SQL of hosts.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    outings::model::{Answer, HostDocument, HostId, OutingId},
    random::SharedRandom,
    routes::model::HostKind,
};

use super::{corrupt, maybe, moment, parsed};

/// A host of an outing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its id.
    pub id: HostId,
    /// The outing.
    pub outing: OutingId,
    /// What kind.
    pub kind: HostKind,
    /// The organisation's name.
    pub name: String,
    /// When it was asked by a link.
    pub asked_at: Option<Timestamp>,
    /// Until when that link counts.
    pub expires_at: Option<Timestamp>,
    /// What it said.
    pub answer: Option<Answer>,
    /// What it said besides.
    pub message: Option<String>,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// Whether a trainer wrote it down.
    pub by_phone: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    outing: String,
    kind: String,
    name: String,
    asked_at: Option<i64>,
    expires_at: Option<i64>,
    answer: Option<String>,
    message: Option<String>,
    answered_at: Option<i64>,
    by_phone: bool,
}

const COLUMNS: &str = "id, outing, kind, name, asked_at, expires_at, answer, message, answered_at, by_phone";

fn kind_name(kind: HostKind) -> &'static str {
    match kind {
        HostKind::Organisation => "organisation",
        HostKind::Guide => "guide",
    }
}

impl Row {
    fn host(self) -> Result<Host, DbError> {
        let kind = match &*self.kind {
            "organisation" => HostKind::Organisation,
            "guide" => HostKind::Guide,
            other => return Err(corrupt(format!("host kind {other:?}"))),
        };
        Ok(Host {
            id: parsed(&self.id)?,
            outing: parsed(&self.outing)?,
            kind,
            name: self.name,
            asked_at: self.asked_at.map(moment).transpose()?,
            expires_at: self.expires_at.map(moment).transpose()?,
            answer: maybe(self.answer.as_deref())?,
            message: self.message,
            answered_at: self.answered_at.map(moment).transpose()?,
            by_phone: self.by_phone,
        })
    }
}

/// The hosts of an outing, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn hosts(tx: &mut Tx, outing: OutingId) -> Result<Vec<Host>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM outing_host WHERE outing = $1 ORDER BY rank");
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(outing.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(Row::host).collect()
}

/// Says who the hosts of an outing are. Those that stay keep their links and answers.
///
/// # Errors
/// When the database cannot be written.
pub async fn replace_hosts(
    tx: &mut Tx,
    outing: OutingId,
    new: &[HostDocument],
    random: &SharedRandom,
) -> Result<(), DbError> {
    let mut known = hosts(tx, outing).await?;
    for (rank, host) in new.iter().enumerate() {
        let found = known.iter().position(|one| one.kind == host.kind && one.name == host.name);
        if let Some(index) = found {
            let kept = known.remove(index);
            on!(tx, conn => sqlx::query("UPDATE outing_host SET rank = $2 WHERE id = $1")
                .bind(kept.id.to_string()).bind(rank as i64).execute(conn).await.map(|_| ()))?;
            continue;
        }
        on!(tx, conn => sqlx::query(
            "INSERT INTO outing_host (id, outing, rank, kind, name, by_phone) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(HostId(random.id()).to_string()).bind(outing.to_string()).bind(rank as i64)
            .bind(kind_name(host.kind)).bind(&host.name).bind(false).execute(conn).await.map(|_| ()))?;
    }
    for gone in known {
        on!(tx, conn => sqlx::query("DELETE FROM outing_host WHERE id = $1")
            .bind(gone.id.to_string()).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

/// Gives a host a link, in place of the one before. `false` when the outing has no such host.
///
/// # Errors
/// When the database cannot be written.
pub async fn ask_host(
    tx: &mut Tx,
    (outing, host): (OutingId, HostId),
    token: &[u8; 32],
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE outing_host SET token = $3, asked_at = $4, expires_at = $5 WHERE id = $1 AND outing = $2")
        .bind(host.to_string()).bind(outing.to_string()).bind(token.to_vec()).bind(now.as_microsecond())
        .bind(expires_at.as_microsecond()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// The host whose link it is, while it counts.
///
/// # Errors
/// When the database cannot be read.
pub async fn host_of_token(tx: &mut Tx, token: &[u8; 32], now: Timestamp) -> Result<Option<Host>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM outing_host WHERE token = $1 AND expires_at > $2");
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(token.to_vec()).bind(now.as_microsecond()).fetch_optional(conn).await)?;
    row.map(Row::host).transpose()
}

/// Keeps what a host says. `false` when the outing has no such host.
///
/// # Errors
/// When the database cannot be written.
pub async fn answer_host(
    tx: &mut Tx,
    (outing, host): (OutingId, HostId),
    (answer, message): (Answer, &str),
    by_phone: bool,
    now: Timestamp,
) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE outing_host SET answer = $3, message = $4, by_phone = $5, answered_at = $6
         WHERE id = $1 AND outing = $2")
        .bind(host.to_string()).bind(outing.to_string()).bind(answer.as_str()).bind(message).bind(by_phone)
        .bind(now.as_microsecond()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}
