//! The demo's roster: invented people, each marked 見本, read as any ward's file is.

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    random::SharedRandom,
};

use super::{
    file,
    import::{Consent, ImportError, What, take_in},
    store,
};

/// The rosters of two years: what changed between them is history to look at.
const ROSTERS: [(Date, &str, &str); 2] = [
    (
        Date::constant(2025, 4, 1),
        "roster-2025.sample.csv",
        include_str!("../../geodata/roster-2025.sample.csv"),
    ),
    (Date::constant(2026, 4, 1), "roster.sample.csv", include_str!("../../geodata/roster.sample.csv")),
];

/// Fills an empty roster with invented people.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_roster(tx: &mut Tx, random: &SharedRandom, now: Timestamp) -> Result<(), DbError> {
    for (effective_on, file_name, text) in ROSTERS {
        if store::last_import(tx).await?.is_some_and(|last| last >= effective_on) {
            continue;
        }
        let roster = file::read(text.as_bytes()).map_err(|error| DbError::Corrupt(error.to_string()))?;
        let what = What {
            file_name: file_name.to_owned(),
            effective_on,
            account: None,
            consent: Consent { refused_rows: false, leavers: true },
            shown: None,
        };
        take_in(tx, &roster, &what, random, now).await.map_err(|error| match error {
            ImportError::Db(error) => error,
            other => DbError::Corrupt(format!("{file_name}: {other}")),
        })?;
    }
    Ok(())
}
