//! Derives walks of visits again, after something happened to them.

use std::collections::{BTreeSet, HashMap};

use crate::{
    auth,
    clock::Date,
    db::{Db, DbError, Tx},
    routes,
    training::store,
    visits::{self, candidates::candidates, model::completed},
};

/// How many walks are derived in one transaction: others want to write as well.
const BATCH: i64 = 500;

/// Derives all walks that something happened to. Returns how many there were.
///
/// # Errors
/// When the database cannot be used.
pub async fn derive_all(db: &Db, today: Date) -> Result<usize, DbError> {
    let mut derived = 0;
    loop {
        // Most often there are none; then nobody has to wait for a writer.
        if !store::is_any_stale(&mut db.read().await?).await? {
            return Ok(derived);
        }
        derived += db.write(move |tx| Box::pin(derive(tx, today))).await?;
    }
}

/// Derives some of them.
async fn derive(tx: &mut Tx, today: Date) -> Result<usize, DbError> {
    // First: two servers take turns, so that nobody keeps what they read before the other did.
    let change = store::next_change(tx).await?;
    let stale = store::take_stale(tx, BATCH).await?;
    let mut versions = HashMap::new();
    for (account, route, year) in &stale {
        // Who is on no roster has nothing to do.
        let Some(staff) = auth::store::staff_of(tx, *account).await? else { continue };
        if !versions.contains_key(route) {
            versions.insert(*route, routes::store::versions(tx, *route).await?);
        }
        let versions = versions.get(route).map(Vec::as_slice).unwrap_or_default();
        let walked = visits::store::walked(tx, *account, *route, *year).await?;
        let candidates = candidates(&walked.versions, versions, *year, today);
        let mut found = completed(&walked.accepted, &candidates);
        if walked.erased {
            // What was proven cannot be told any more: it stays as it was found then.
            let known = store::walks_of(tx, staff, *year).await?;
            if let Some(known) = known.iter().find(|known| known.done.route == *route) {
                found.proven_day = found.proven_day.or(known.done.proven_day);
                found.outing_day = found.outing_day.or(known.done.outing_day);
            }
        }
        let stops: BTreeSet<_> = walked.accepted.iter().map(|visit| visit.stop).collect();
        let pattern =
            if stops.is_empty() { None } else { Some(store::pattern_of(tx, *route, &stops).await?) };
        store::put_walk(tx, (staff, *route, *year), (&found, pattern), change).await?;
    }
    Ok(stale.len())
}
