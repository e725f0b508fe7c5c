//! The audit log's own class: whom an entry concerns is forgotten, the entry itself stays.

use futures_util::future::BoxFuture;

use crate::{
    audit,
    db::{DbError, Tx},
    text::Text3,
};

use super::{
    class::{Batch, Class, Erased, Links, Retained},
    model::{Cutoff, Period, Unit},
};

/// Who did what, and to whom, in the audit log.
pub struct AuditPersons;

static CLASS: Class = Class {
    id: "audit_persons",
    title: Text3::new("操作の記録にある人", "People in the audit log", "きろくに のこった ひと"),
    erases: Text3::new(
        "だれが・だれについて、を消します。いつ・何をした、は残り、記録のつながり(改ざんの検出)もそのまま保たれます。",
        "Who did it, and whom it concerned. When and what stay, and the chain that shows any tampering stays whole.",
        "だれが したか、だれの ことかを けします。いつ、なにを したかは のこります。",
    ),
    counted_from: Text3::new("操作した日", "The day of the entry", "その ことを した ひ"),
    default: Period::fiscal_years(5),
    shortest: Period::days(365),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for AuditPersons {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(audit::known_entries(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let entries = audit::oldest_known(tx, batch.cutoff.moment, batch.limit).await?;
            // The links are counted where they are erased.
            Ok(Erased { subjects: entries.len() as i64, rows: 0, links: Links::From(entries) })
        })
    }
}
