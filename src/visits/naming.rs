//! Photos arrive apart: only what a visit, or something added to it, names is taken.

use crate::db::{DbError, Tx};

use super::{
    model::{Evidence, VisitId, VisitPhotoId, Weighed},
    store,
};

/// The photo that a piece of evidence names.
pub(super) fn named(weighed: &Weighed) -> Option<VisitPhotoId> {
    match weighed.evidence {
        Evidence::Photo { photo_id } => Some(photo_id),
        _ => None,
    }
}

/// Whether a visit, or what was added to it, names a photo.
pub(super) async fn is_named(tx: &mut Tx, (visit, photo): (VisitId, VisitPhotoId)) -> Result<bool, DbError> {
    let found = store::with_ids(tx, &[visit]).await?;
    let added = store::additions(tx, &[visit]).await?;
    let evidence =
        found.iter().flat_map(|one| &one.evidence).chain(added.iter().flat_map(|one| &one.evidence));
    Ok(evidence.filter_map(named).any(|one| one == photo))
}
