//! How long it is known who lived in disaster housing.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::store;

/// Residencies that are over, and what was decided of them. They are found and erased without the keys.
pub struct Residencies;

static RESIDENCIES: Class = Class {
    id: "residencies",
    title: Text3::new("退居した人の入居記録", "Residencies that are over", "まえに すんでいた ひとの きろく"),
    erases: Text3::new(
        "だれがどの住戸に住んでいたかと、その担当協議会の記録を消します。住宅と住戸は残ります。",
        "Who lived in which unit, and what was decided of their councils. Buildings and units stay.",
        "だれが どこに すんでいたかを けします。",
    ),
    counted_from: Text3::new("退居した日", "The day on which they moved out", "でた ひ"),
    default: Period::fiscal_years(3),
    // So long what follows from moving out may take.
    shortest: Period::days(90),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for Residencies {
    fn class(&self) -> &'static Class {
        &RESIDENCIES
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::residencies_due(tx, cutoff.day))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let (subjects, rows) = store::erase_residencies(tx, batch.cutoff.day, batch.limit).await?;
            Ok(Erased { subjects, rows, links: Links::None })
        })
    }
}
