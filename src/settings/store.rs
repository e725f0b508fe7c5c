//! SQL of settings.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
};

use super::model::{Key, Settings};

/// The settings; what an older or newer release wrote and this one does not understand has its default.
///
/// # Errors
/// When the database cannot be read.
pub async fn settings(tx: &mut Tx) -> Result<Settings, DbError> {
    let rows: Vec<(String, String)> = on!(tx, conn => sqlx::query_as("SELECT key, value FROM setting")
        .fetch_all(conn).await)?;
    let found = rows.iter().filter_map(|(key, value)| Some((key.parse::<Key>().ok()?, value)));
    let settings = found.fold(Settings::default(), |settings, (key, value)| {
        settings.clone().with(key, value).unwrap_or(settings)
    });
    Ok(settings.checked().unwrap_or_default())
}

/// Sets one setting.
///
/// # Errors
/// When the database cannot be written.
pub async fn set(tx: &mut Tx, key: Key, value: &str, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO setting (key, value, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at")
        .bind(key.as_str()).bind(value.trim()).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
