//! How long it is known in detail where and when somebody walked.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::store;

const fn t(ja: &'static str, en: &'static str, easy: &'static str) -> Text3 {
    Text3::new(ja, en, easy)
}

/// Visits: after the period only who was at which stop on which day, and what counted.
pub struct VisitsKept;

static VISITS: Class = Class {
    id: "visits",
    title: t("訪問の詳しい記録", "Details of visits", "あるいた きろく"),
    erases: t(
        "訪問の時刻・位置・証拠・コード・メモ・写真・判断の理由を消します。立ち寄り点・日・結果は残るので、過去の受講の数は変わりません。",
        "Time of day, position, evidence, codes, notes, photos and reasons of decisions. Stop, day and outcome stay, so that no past count changes.",
        "じかん、ばしょ、しゃしん、メモを けします。どの ばしょに いつ いったかは のこります。",
    ),
    counted_from: t("訪問した日", "The day of the visit", "いった ひ"),
    default: Period::fiscal_years(3),
    // So long a decision can be asked for and given.
    shortest: Period::days(90),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for VisitsKept {
    fn class(&self) -> &'static Class {
        &VISITS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::visits_due(tx, cutoff.day))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let (subjects, rows) = store::erase_visits(tx, batch.cutoff.day, batch.limit, batch.now).await?;
            Ok(Erased { subjects, rows, links: Links::None })
        })
    }
}

/// Observations: after the period only that there was one of its kind on a day.
pub struct ObservationsKept;

static OBSERVATIONS: Class = Class {
    id: "observations",
    title: t("気づきの記録", "Observations", "きづいた こと"),
    erases: t(
        "気づきの文・位置・時刻と回答を消します。分類と日は残ります。",
        "What was noticed, where and at what time, and the answers. Category and day stay.",
        "きづいた ことの ぶん、ばしょ、じかん、こたえを けします。",
    ),
    counted_from: t("気づいた日", "The day of the observation", "きづいた ひ"),
    default: Period::fiscal_years(3),
    shortest: Period::days(90),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for ObservationsKept {
    fn class(&self) -> &'static Class {
        &OBSERVATIONS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::observations_due(tx, cutoff.day))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let (subjects, rows) =
                store::erase_observations(tx, batch.cutoff.day, batch.limit, batch.now).await?;
            Ok(Erased { subjects, rows, links: Links::None })
        })
    }
}
