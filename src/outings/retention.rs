//! How long it is known who took part in outings.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::store;

/// Who took part in outings.
pub struct Outings;

static OUTINGS: Class = Class {
    id: "outings",
    title: Text3::new("まち歩きの申込みと出欠", "Sign-ups and roll-calls", "まちあるきの もうしこみ"),
    erases: Text3::new(
        "実施回の申込み・推薦・出欠・担当者と、協力団体からの伝言を消します。実施回そのもの(コース・日時・定員)と訪問の記録は残ります。",
        "Who signed up, was put forward, was there and led, and what hosts wrote. The outing itself and the log of visits stay.",
        "だれが さんかしたかを けします。いつ どこを あるいたかは のこります。",
    ),
    counted_from: Text3::new("実施した日", "The day of the outing", "あるいた ひ"),
    default: Period::fiscal_years(5),
    // The fiscal year's training is counted from it.
    shortest: Period::days(365),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for Outings {
    fn class(&self) -> &'static Class {
        &OUTINGS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::outings_due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let (subjects, rows) =
                store::erase_outings(tx, batch.cutoff.moment, batch.limit, batch.now).await?;
            Ok(Erased { subjects, rows, links: Links::None })
        })
    }
}
