//! How long it is known who had to do what, and who did.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::{service::keep_totals, store};

/// Obligations, walks, exemptions and reminders.
pub struct TrainingKept;

static TRAINING: Class = Class {
    id: "training",
    title: Text3::new("研修の受講義務と修了", "Obligations and completion", "けんしゅうの きろく"),
    erases: Text3::new(
        "だれがどの年度に受講義務を負い、修了・免除・延期し、いつリマインドを受けたかを消します。だれのものか分からなくなった事前・事後アンケートの回答も消します。プログラムと、人のわからない集計は残ります。",
        "Who had to do which programme in which year, and whether they did, were exempt or had more time, and when they were reminded; answers before and after, of which nobody knows any more whose they were. The programmes stay, and figures that tell of nobody.",
        "だれが けんしゅうを したかを けします。",
    ),
    counted_from: Text3::new("年度の終わり", "The end of the fiscal year", "ねんどの おわり"),
    default: Period::fiscal_years(10),
    // The next year's obligations look back on it.
    shortest: Period::days(365),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for TrainingKept {
    fn class(&self) -> &'static Class {
        &TRAINING
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::training_due(tx, cutoff.day))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            keep_totals(tx, batch.cutoff.day).await?;
            let (subjects, rows) = store::erase_training(tx, batch.cutoff.day, batch.limit).await?;
            Ok(Erased { subjects, rows, links: Links::None })
        })
    }
}
