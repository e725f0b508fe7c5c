//! How long it is known what people were told.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::store;

/// What people were told, in the app and by mail.
pub struct Notices;

static NOTICES: Class = Class {
    id: "notices",
    title: Text3::new("お知らせ", "Notices", "おしらせ"),
    erases: Text3::new(
        "誰に、いつ、何を知らせたかを消します。送ったメールそのものは、受け取った人のもとに残ります。",
        "Who was told what, and when. Mails that were sent stay with those who have them.",
        "だれに なにを しらせたかを けします。",
    ),
    counted_from: Text3::new("お知らせを作った日時", "When the notice was made", "おしらせを つくった とき"),
    default: Period::days(365),
    // A mail is tried for days.
    shortest: Period::days(14),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for Notices {
    fn class(&self) -> &'static Class {
        &NOTICES
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::notices_due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let rows = store::erase_notices(tx, batch.cutoff.moment, batch.limit).await?;
            Ok(Erased { subjects: rows, rows, links: Links::None })
        })
    }
}
