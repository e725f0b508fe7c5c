//! What the councils took part in, in a fiscal year.

use crate::{
    clock::tokyo_midnight,
    councils::service::Vault,
    db::Tx,
    gatherings::{
        model::{CouncilFigures, council_figures},
        store::{self, Within},
    },
    visits::model::FiscalYear,
};

use super::{GatheringError, attending::counting_marks};

/// How many took part in a fiscal year, by council. Gatherings of which it is forgotten who took part are not in it.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn figures(
    tx: &mut Tx,
    vault: &Vault,
    year: FiscalYear,
) -> Result<Vec<CouncilFigures>, GatheringError> {
    let next = year.last().tomorrow().unwrap_or(year.last());
    let within = Within { from: tokyo_midnight(year.first()), before: tokyo_midnight(next) };
    let mut attended = Vec::new();
    for stored in store::gatherings(tx, within).await? {
        let marks = counting_marks(tx, vault, stored.gathering.id).await?;
        let present = marks.into_values().filter(|mark| mark.present).map(|mark| mark.council).collect();
        attended.push((stored.gathering, present));
    }
    Ok(council_figures(&attended))
}
