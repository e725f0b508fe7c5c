//! How long the history of places knows contact persons.

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

/// Contact persons in the history of places. Whom editors name now stays; whom they named once, nobody needs for ever.
pub struct ContactHistory;

static CONTACT_HISTORY: Class = Class {
    id: "contact_history",
    title: t(
        "場所の変更履歴にある連絡担当者",
        "Contact persons in the history of places",
        "ばしょの りれきに ある ひとの なまえ",
    ),
    erases: t(
        "変更履歴から、連絡担当者の氏名・電話・メールの値を消します。いまの連絡先と、いつ誰が何を変えたかは残ります。その版へは戻せなくなります。",
        "Names, telephone numbers and e-mail addresses of contact persons in the history. The present contact, and who changed what and when, stay. The place cannot be put back to that version any more.",
        "まえに かかれた れんらくする ひとの なまえ、でんわ、メールを けします。いまの れんらくさきは のこります。",
    ),
    counted_from: t("変更した日時", "The edit", "かえた とき"),
    default: Period::fiscal_years(1),
    // So long, at least, a mistake can be undone.
    shortest: Period::days(30),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for ContactHistory {
    fn class(&self) -> &'static Class {
        &CONTACT_HISTORY
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::contact_edits_due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let rows = store::erase_contacts(tx, batch.cutoff.moment, batch.limit, batch.now).await?;
            Ok(Erased { subjects: rows, rows, links: Links::None })
        })
    }
}
