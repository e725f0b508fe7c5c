//! Noting that a dataset is still true.

use crate::{
    catalogue::LayerId,
    clock::Date,
    db::{DbError, Tx},
    places::{dataset::DatasetId, store},
};

use super::{Author, Stewards};

/// What a confirmation changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The dataset's layer.
    pub layer: LayerId,
    /// The day of the last confirmation before.
    pub before: Option<Date>,
    /// And now.
    pub after: Option<Date>,
}

/// Notes that a dataset is still true. `None` when it is out of reach.
///
/// # Errors
/// When the database cannot be written.
pub async fn confirm(
    tx: &mut Tx,
    reach: &Stewards,
    (dataset, id): (&DatasetId, uuid::Uuid),
    author: &Author,
) -> Result<Option<Confirmed>, DbError> {
    let Some(stored) = within(tx, reach, dataset).await? else { return Ok(None) };
    store::lock_layer(tx, stored.layer).await?;
    let (before, today) = (stored.info.last_confirmed, author.today);
    store::insert_confirmation(tx, (id, dataset, author.account), (today, before), author.now).await?;
    store::set_confirmed(tx, dataset, Some(today), author.now).await?;
    store::bump_layer(tx, stored.layer, author.now).await?;
    Ok(Some(Confirmed { layer: stored.layer, before, after: Some(today) }))
}

/// Takes back one's own last confirmation, while nobody has confirmed since. The outer `None` when the
/// dataset is out of reach, the inner when there is nothing to take back.
///
/// # Errors
/// When the database cannot be written.
pub async fn unconfirm(
    tx: &mut Tx,
    reach: &Stewards,
    dataset: &DatasetId,
    author: &Author,
) -> Result<Option<Option<Confirmed>>, DbError> {
    let Some(stored) = within(tx, reach, dataset).await? else { return Ok(None) };
    store::lock_layer(tx, stored.layer).await?;
    let last = store::last_confirmation(tx, dataset).await?.filter(|last| {
        last.account == author.account.to_string()
            && last.day == Some(author.today)
            && last.day == stored.info.last_confirmed
    });
    let Some(last) = last else { return Ok(Some(None)) };
    store::undo_confirmation(tx, &last.id).await?;
    store::set_confirmed(tx, dataset, last.before, author.now).await?;
    store::bump_layer(tx, stored.layer, author.now).await?;
    let confirmed = Confirmed { layer: stored.layer, before: stored.info.last_confirmed, after: last.before };
    Ok(Some(Some(confirmed)))
}

async fn within(
    tx: &mut Tx,
    reach: &Stewards,
    dataset: &DatasetId,
) -> Result<Option<store::Stored>, DbError> {
    let stored = store::dataset(tx, dataset).await?;
    Ok(stored.filter(|stored| reach.cover(&stored.info.steward)))
}
