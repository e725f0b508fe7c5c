//! How long the roster knows who has left, and files that wait for confirmation.

use futures_util::future::BoxFuture;

use crate::{
    audit::Person,
    auth,
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::{erasure_store as store, model::StaffId};

const fn t(ja: &'static str, en: &'static str, easy: &'static str) -> Text3 {
    Text3::new(ja, en, easy)
}

/// A feature that knows something of people which has to go when they are erased, and of which the roster knows nothing.
pub trait ForgetsStaff: Send + Sync {
    /// Forgets what it knows of them. Returns how many rows were deleted.
    fn forget<'t>(&'t self, tx: &'t mut Tx, people: &'t [StaffId]) -> BoxFuture<'t, Result<i64, DbError>>;
}

/// Who has left: after the period nobody can be known any more, and every count stays right.
pub struct Leavers {
    /// Who else forgets them, in the same transaction.
    pub with: &'static [&'static dyn ForgetsStaff],
}

static LEAVERS: Class = Class {
    id: "leavers",
    title: t("退職者の名簿", "Leavers on the roster", "やめた ひとの めいぼ"),
    erases: t(
        "氏名・よみ・職員番号・メール・アカウントを消し、操作の記録にあるその人も消します。所属・階層・在職の期間は残るので、過去のどの日の人数も変わりません。",
        "Names, readings, staff number, e-mail and account, and the person in the audit log. Departments, tiers and dates stay, so that no past count changes.",
        "なまえ、ばんごう、メール、アカウントを けします。ひとの かずは かわりません。",
    ),
    counted_from: t("退職した日", "The day of leaving", "やめた ひ"),
    default: Period::fiscal_years(5),
    shortest: Period::days(30),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

impl Retained for Leavers {
    fn class(&self) -> &'static Class {
        &LEAVERS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::leavers_due(tx, cutoff.day))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let leavers = store::leavers(tx, batch.cutoff.day, batch.limit).await?;
            let accounts = auth::store::accounts_of_staff(tx, &leavers).await?;
            let mut rows = 0;
            // First: once they are erased nobody may be able to tell what was theirs.
            for feature in self.with {
                rows += feature.forget(tx, &leavers).await?;
            }
            rows += store::erase_leavers(tx, &leavers, batch.now).await?;
            for account in &accounts {
                let pseudonym = format!("erased-{}", batch.random.id().simple());
                rows += auth::store::erase_account(tx, *account, &pseudonym, batch.now).await?;
            }
            let people = leavers.iter().copied().map(Person::Staff);
            let people = people.chain(accounts.into_iter().map(Person::Account)).collect();
            Ok(Erased { subjects: leavers.len() as i64, rows, links: Links::To(people) })
        })
    }
}

/// Files of people that wait for somebody to confirm them.
pub struct RosterPreviews;

static ROSTER_PREVIEWS: Class = Class {
    id: "roster_previews",
    title: t("取込み前の名簿ファイル", "Roster files before their import", "とりこむ まえの めいぼ"),
    erases: t(
        "確定しなかった名簿のファイルを、中身ごと消します。",
        "Roster files that nobody confirmed, with all they contain.",
        "きめなかった めいぼの ファイルを けします。",
    ),
    counted_from: t("ファイルを読み込んだ日時", "When the file was read", "ファイルを よんだ とき"),
    default: Period::hours(72),
    shortest: Period::hours(1),
    units: &[Unit::Hours, Unit::Days],
};

impl Retained for RosterPreviews {
    fn class(&self) -> &'static Class {
        &ROSTER_PREVIEWS
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(store::previews_due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let rows = store::erase_previews(tx, batch.cutoff.moment, batch.limit).await?;
            Ok(Erased { subjects: rows, rows, links: Links::None })
        })
    }
}
