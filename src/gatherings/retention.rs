//! How long it is known who took part, and what was handed over.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::store;

/// Who took part in gatherings. It is found and erased without the keys.
pub struct ParticipationKept;

static PARTICIPATION: Class = Class {
    id: "participation",
    title: Text3::new(
        "協議会の集まりへの参加",
        "Participation in councils' gatherings",
        "きょうぎかいの あつまりに でた きろく",
    ),
    erases: Text3::new(
        "集まりの申込み・出欠・点呼する人を消します。集まりそのもの(日時・場所・公務の扱い)は残ります。",
        "Who signed up, was there and called the roll. The gathering itself stays: when and where it was, and how it counted as duty.",
        "だれが でたかを けします。いつ どこで あったかは のこります。",
    ),
    counted_from: Text3::new("集まりのあった日", "The day of the gathering", "あつまりの ひ"),
    default: Period::fiscal_years(5),
    // The fiscal year's hours are added up from it.
    shortest: Period::days(365),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for ParticipationKept {
    fn class(&self) -> &'static Class {
        &PARTICIPATION
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::participation_due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let (subjects, rows) =
                store::erase_participation(tx, batch.cutoff.moment, batch.limit, batch.now).await?;
            Ok(Erased { subjects, rows, links: Links::None })
        })
    }
}

/// What residents handed over. It is found and erased without the keys.
pub struct HandoversKept;

static HANDOVERS: Class = Class {
    id: "handovers",
    title: Text3::new("引き継ぎ", "Handover notes", "ひきつぎ"),
    erases: Text3::new(
        "退居した人が書いた引き継ぎを消します。",
        "What those who moved out wrote for those who came after them.",
        "まえの ひとが かいた ひきつぎを けします。",
    ),
    counted_from: Text3::new("最後に書き換えた日", "The day of the last change", "さいごに かえた ひ"),
    default: Period::fiscal_years(3),
    // So long a unit may stand empty.
    shortest: Period::days(180),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for HandoversKept {
    fn class(&self) -> &'static Class {
        &HANDOVERS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::handovers_due(tx, cutoff.day))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let subjects = store::erase_handovers(tx, batch.cutoff.day, batch.limit).await?;
            Ok(Erased { subjects, rows: subjects, links: Links::None })
        })
    }
}
