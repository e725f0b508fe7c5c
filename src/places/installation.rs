//! What this database is for: a ward's real data, or a demo.

use crate::{
    clock::Timestamp,
    db::{Db, DbError},
};

use super::{
    purpose::{Installation, Purpose},
    store,
};

/// The database's installation; on its first use `purpose` decides what it is for, and stays.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn installation(db: &Db, purpose: Purpose, now: Timestamp) -> Result<Installation, DbError> {
    let mut tx = db.read().await?;
    if let Some(known) = store::installation(&mut tx).await? {
        return Ok(known);
    }
    drop(tx);
    let instance = random_name();
    db.write(move |tx| Box::pin(async move { store::create_installation(tx, &instance, purpose, now).await }))
        .await
}

fn random_name() -> String {
    use std::hash::{BuildHasher as _, Hasher as _};
    // `RandomState` is seeded by the operating system; the name is no secret.
    let word = || std::collections::hash_map::RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", word(), word())
}
