//! How long it is known who was called and what they answered.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::store;

/// Activations that are over, their rolls and answers. They are found and erased without the keys.
pub struct RollCallsKept;

static ROLL_CALLS: Class = Class {
    id: "roll_calls",
    title: Text3::new("発令と安否・参集の記録", "Activations and roll-calls", "さいがいや くんれんの こたえ"),
    erases: Text3::new(
        "終わった発令(訓練・実動)と、その日だれが入居していたか、だれが何と答えたかを消します。",
        "Activations that have ended, drills and real ones: who lived there on the day, and who answered what.",
        "だれが なんと こたえたかを けします。",
    ),
    counted_from: Text3::new("発令が終わった日時", "When the activation ended", "おわった とき"),
    // Not longer than who lived there is known.
    default: Period::fiscal_years(3),
    // So long what follows from an activation may be looked at.
    shortest: Period::days(90),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for RollCallsKept {
    fn class(&self) -> &'static Class {
        &ROLL_CALLS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::activations_due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let (subjects, rows) = store::erase_activations(tx, batch.cutoff.moment, batch.limit).await?;
            Ok(Erased { subjects, rows, links: Links::None })
        })
    }
}
