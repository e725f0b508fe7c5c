//! How long sessions, failures, activation links and begun sign-ons are kept.

use futures_util::future::BoxFuture;

use crate::{
    db::{DbError, Tx},
    retention::{Batch, Class, Cutoff, Erased, Links, Period, Retained, Unit},
    text::Text3,
};

use super::store::{self, Aged};

/// Rows that go as a whole, a time after one moment of each.
pub struct AgedRows {
    class: &'static Class,
    rows: &'static Aged,
}

impl Retained for AgedRows {
    fn class(&self) -> &'static Class {
        self.class
    }

    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(self.rows.due(tx, cutoff.moment))
    }

    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>> {
        Box::pin(async move {
            let rows = self.rows.erase(tx, batch.cutoff.moment, batch.limit).await?;
            Ok(Erased { subjects: rows, rows, links: Links::None })
        })
    }
}

const fn t(ja: &'static str, en: &'static str, easy: &'static str) -> Text3 {
    Text3::new(ja, en, easy)
}

/// For how long the sessions of whoever signed in are listed.
pub static SESSIONS: AgedRows = AgedRows { class: &SESSIONS_CLASS, rows: &store::SESSIONS };
static SESSIONS_CLASS: Class = Class {
    id: "sessions",
    title: t("サインインの記録(端末)", "Sign-ins (devices)", "サインインした きかい"),
    erases: t(
        "いつ、どの種類の端末でサインインしていたかを消します。操作の記録は別に残ります。",
        "When somebody was signed in, and with what kind of device. The audit log is kept apart.",
        "いつ、どの きかいで サインインしたかを けします。",
    ),
    counted_from: t("最後に使った日時", "The last use", "さいごに つかった とき"),
    default: Period::days(90),
    // No session lasts longer than a week.
    shortest: Period::days(8),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

/// For how long failed sign-ins are counted.
pub static ATTEMPTS: AgedRows = AgedRows { class: &ATTEMPTS_CLASS, rows: &store::ATTEMPTS };
static ATTEMPTS_CLASS: Class = Class {
    id: "attempts",
    title: t("サインインの失敗の回数", "Counts of failed sign-ins", "サインインの しっぱいの かず"),
    erases: t(
        "職員番号と接続元ごとの失敗の回数(番号そのものは保存していません)を消します。",
        "How often sign-ins failed, by number and address (neither is stored as such).",
        "サインインに なんかい しっぱいしたかを けします。",
    ),
    counted_from: t("最後の失敗", "The last failure", "さいごの しっぱい"),
    default: Period::days(30),
    shortest: Period::days(2),
    units: &[Unit::Days, Unit::Months, Unit::Years],
};

/// For how long activation links are known that count no longer.
pub static ACTIVATIONS: AgedRows = AgedRows { class: &ACTIVATIONS_CLASS, rows: &store::ACTIVATIONS };
static ACTIVATIONS_CLASS: Class = Class {
    id: "activations",
    title: t("はじめての設定の案内", "Activation links", "はじめに つかう リンク"),
    erases: t(
        "パスワード設定用の案内を、いつ誰に出したかを消します。期限の切れた案内は使えません。",
        "For whom an activation link was made, and when. Links that have expired open nothing.",
        "パスワードを きめる リンクの きろくを けします。",
    ),
    counted_from: t("案内の期限", "When the link expires", "リンクの きげん"),
    default: Period::days(30),
    shortest: Period::hours(1),
    units: &[Unit::Hours, Unit::Days, Unit::Months, Unit::Years],
};

/// For how long single sign-ons are known that were begun and not ended.
pub static SIGN_ON_FLOWS: AgedRows = AgedRows { class: &SIGN_ON_FLOWS_CLASS, rows: &store::SIGN_ON_FLOWS };
static SIGN_ON_FLOWS_CLASS: Class = Class {
    id: "sign_on_flows",
    title: t("途中のシングルサインオン", "Single sign-ons under way", "とちゅうの サインイン"),
    erases: t(
        "始めて終わらなかったシングルサインオンの手続きを消します。",
        "Single sign-ons that were begun and never ended.",
        "おわらなかった サインインの きろくを けします。",
    ),
    counted_from: t("手続きの期限", "When it expires", "てつづきの きげん"),
    default: Period::hours(24),
    shortest: Period::hours(1),
    units: &[Unit::Hours, Unit::Days],
};
