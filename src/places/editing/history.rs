//! What was said of a place before.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    layers::PlaceId,
    places::store,
};

use super::{Difference, Stewards, view};

/// One entry of a place's history.
#[derive(Clone, Debug)]
pub struct HistoryItem {
    /// Counts the place's edits from 1.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by login.
    pub login: String,
    /// Their account.
    pub account: String,
    /// What was done.
    pub kind: String,
    /// The version that was gone back to.
    pub undone_to: Option<i64>,
    /// Why.
    pub reason: String,
    /// What was different afterwards.
    pub changes: Vec<Difference>,
}

/// The history of a place, the latest first; `None` when it is out of reach.
///
/// # Errors
/// When the database cannot be read.
pub async fn history(
    tx: &mut Tx,
    reach: &Stewards,
    id: PlaceId,
) -> Result<Option<Vec<HistoryItem>>, DbError> {
    if view(tx, reach, id).await?.is_none() {
        return Ok(None);
    }
    let corrupt = |error: &dyn std::fmt::Display| DbError::Corrupt(error.to_string());
    let items = store::edits(tx, id).await?.into_iter().map(|row| {
        Ok(HistoryItem {
            version: row.version,
            at: Timestamp::from_microsecond(row.at).map_err(|error| corrupt(&error))?,
            login: row.login,
            account: row.account,
            kind: row.kind,
            undone_to: row.undone_to,
            reason: row.reason,
            changes: serde_json::from_str(&row.changes).map_err(|error| corrupt(&error))?,
        })
    });
    items.collect::<Result<Vec<_>, _>>().map(Some)
}
