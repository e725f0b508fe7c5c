//! How long it is known who lived in disaster housing, and what waits to be taken in.

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

/// Lists of homes that wait for somebody to confirm them. They are sealed, and erased without the keys.
pub struct RegisterImports;

static REGISTER_IMPORTS: Class = Class {
    id: "register_imports",
    title: Text3::new(
        "取込み前の住宅台帳ファイル",
        "Lists of homes before their import",
        "とりこむ まえの いえの ひょう",
    ),
    erases: Text3::new(
        "確定しなかった住宅台帳のファイルを、中身ごと消します。",
        "Lists of homes that nobody confirmed, with all they contain.",
        "きめなかった いえの ひょうを けします。",
    ),
    counted_from: Text3::new("ファイルを読み込んだ日時", "When the file was read", "ファイルを よんだ とき"),
    default: Period::hours(24),
    shortest: Period::hours(1),
    units: &[Unit::Hours, Unit::Days],
};

impl Retained for RegisterImports {
    fn class(&self) -> &'static Class {
        &REGISTER_IMPORTS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::imports_due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let rows = store::erase_imports(tx, batch.cutoff.moment, batch.limit).await?;
            Ok(Erased { subjects: rows, rows, links: Links::None })
        })
    }
}
