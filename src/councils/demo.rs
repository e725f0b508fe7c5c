//! The demo's disaster housing: invented, each marked 見本.

use serde::Deserialize;

use crate::{
    clock::{Date, Timestamp, tokyo_date},
    db::{DbError, Tx},
    geo::Position,
    staff,
};

use super::{
    model::{HousingFacts, ResidencyFacts, Span, UnitFacts},
    service::{RegisterError, Vault, add_housing, add_residency, add_unit},
    store,
};

#[derive(Deserialize)]
struct Sample {
    name: String,
    address: String,
    location: Position,
    units: usize,
    residents: Vec<SampleResident>,
}

#[derive(Deserialize)]
struct SampleResident {
    /// The number of the unit, from 1.
    unit: usize,
    /// Their number on the demo's roster.
    staff: String,
    from: Date,
    until: Option<Date>,
}

/// Fills the demo's register, unless there is something in it. Nothing is assigned: that is the registrar's to do.
///
/// # Errors
/// When the database cannot be written, or the file is none.
pub async fn seed_register(
    tx: &mut Tx,
    vault: &Vault,
    file: &[u8],
    now: Timestamp,
) -> Result<(), RegisterError> {
    if !store::housing_rows(tx).await?.is_empty() {
        return Ok(());
    }
    let housing: Vec<Sample> =
        serde_json::from_slice(file).map_err(|error| DbError::Corrupt(error.to_string()))?;
    let today = tokyo_date(now);
    for Sample { name, address, location, units, residents } in housing {
        let id =
            add_housing(tx, vault, &HousingFacts { name, address, location, note: String::new() }).await?;
        let mut ids = Vec::with_capacity(units);
        for number in 0..units {
            // Four units to a floor: 101 to 104, 201 …
            let name = format!("{}{:02}", number / 4 + 1, number % 4 + 1);
            let facts = UnitFacts { name, closed: false, note: String::new() };
            ids.push(add_unit(tx, vault, id, &facts).await?);
        }
        for SampleResident { unit, staff, from, until } in residents {
            let staff = staff::store::id_of_number(tx, &staff).await?;
            let unit = unit.checked_sub(1).and_then(|index| ids.get(index));
            // A demo that is set up in the past has only those who live there by then.
            let span = Span::new(from.min(today), until.map(|until| until.max(from.min(today))));
            let (Some(staff), Some(unit), Some(span)) = (staff, unit, span) else { continue };
            let facts = ResidencyFacts { staff, span, settled: false, note: String::new(), muster: None };
            add_residency(tx, vault, *unit, &facts).await?;
        }
    }
    Ok(())
}
