//! What the columns and the standings are called.

use crate::{
    clock::Date,
    training::{
        api::documents::{StandingItem, Stands},
        model::State,
        words::Words,
    },
};

pub(super) const YEAR: Words = Words("年度", "Fiscal year");
pub(super) const TRAINING: Words = Words("研修", "Training");
pub(super) const AS_OF: Words = Words("時点", "As of");
pub(super) const BY: Words = Words("分け方", "Grouped by");
pub(super) const GROUP: Words = Words("区分", "Group");
pub(super) const DUE: Words = Words("受講義務", "Have to");
pub(super) const COMPLETED: Words = Words("修了", "Completed");
pub(super) const MISSING: Words = Words("未受講", "Not completed");
pub(super) const RATE: Words = Words("修了率", "Completion rate");
pub(super) const BEGUN: Words = Words("受講中", "Under way");
pub(super) const OVERDUE: Words = Words("期限超過", "Overdue");
pub(super) const DEFERRED: Words = Words("延期", "Deferred");
pub(super) const EXEMPT: Words = Words("免除", "Exempt");
pub(super) const REMARK: Words = Words("備考", "Remark");
pub(super) const EVERYBODY: Words = Words("全体", "Everybody");
pub(super) const HIDDEN: Words = Words("少人数のため非表示", "Hidden: too few people");

pub(super) const TOPIC: Words = Words("内容", "About");
pub(super) const QUESTION_OR_ROUTE: Words = Words("質問・コース", "Question or route");
pub(super) const QUESTION: Words = Words("質問", "Question");
pub(super) const ROUTE: Words = Words("コース", "Route");
pub(super) const PAIRS: Words = Words("組数", "Pairs");
pub(super) const MEAN_BEFORE: Words = Words("事前の平均", "Mean before");
pub(super) const MEAN_AFTER: Words = Words("事後の平均", "Mean after");
pub(super) const CHANGE: Words = Words("変化", "Change");
pub(super) const LOW: Words = Words("95%信頼区間の下限", "95% interval, from");
pub(super) const HIGH: Words = Words("95%信頼区間の上限", "95% interval, to");
pub(super) const FEW_PAIRS: Words = Words("回答が少ないため非表示", "Hidden: too few answers");

pub(super) const NUMBER: Words = Words("職員番号", "Staff number");
pub(super) const NAME: Words = Words("氏名", "Name");
pub(super) const ERASED: Words = Words("(消去ずみ)", "(erased)");
pub(super) const DEPARTMENT: Words = Words("所属", "Department");
pub(super) const TIER: Words = Words("階層", "Tier");
pub(super) const EMPLOYMENT: Words = Words("任用形態", "Employment");
pub(super) const STANDING: Words = Words("受講状況", "Standing");
pub(super) const DUE_ON: Words = Words("期限", "Due on");
pub(super) const ROUTES_NEEDED: Words = Words("受講するコース数", "Routes to walk");
pub(super) const ROUTES_DONE: Words = Words("修了したコース数", "Routes completed");
pub(super) const COMPLETED_ON: Words = Words("修了日", "Completed on");

pub(super) const ASKED_ON: Words = Words("申請日", "Asked on");
pub(super) const KIND: Words = Words("申請の内容", "Asked for");
pub(super) const REASON: Words = Words("理由", "Reason");
pub(super) const STUDIED_ON: Words = Words("学習した日", "Studied on");
pub(super) const UNTIL: Words = Words("延期後の期限", "More time until");
pub(super) const DECISION: Words = Words("決定", "Decision");
pub(super) const DECIDED_ON: Words = Words("決定日", "Decided on");
pub(super) const ANSWER: Words = Words("本人への返事", "Answer");
pub(super) const WAITING: Words = Words("審査中", "With HR");
pub(super) const GRANTED: Words = Words("認めた", "Granted");
pub(super) const REFUSED: Words = Words("認めない", "Not granted");

pub(super) const PLACE_KIND: Words = Words("種別", "Kind");
pub(super) const PLACE: Words = Words("場所", "Place");
pub(super) const WALKS: Words = Words("受講数", "Walks");
pub(super) const VISITS: Words = Words("訪問数", "Visits");
pub(super) const LOCALITY: Words = Words("町丁目", "Locality");
pub(super) const COUNCIL: Words = Words("地域防災協議会", "Disaster council");
pub(super) const ORGANISATION: Words = Words("地域団体", "Organisation");

pub(super) const CODE: Words = Words("コード", "Code");
pub(super) const FREQUENCY: Words = Words("頻度", "How often");
pub(super) const AUDIENCE: Words = Words("対象", "For");
pub(super) const REQUIREMENT: Words = Words("修了の条件", "What counts");
pub(super) const ROUTES: Words = Words("コース数", "Routes");
pub(super) const NEW_ROUTES: Words = Words("新しいコースの数", "New routes");
pub(super) const NEW_WITHIN: Words =
    Words("何年間歩いていなければ新しいか", "New means not walked for (years)");
pub(super) const EVIDENCE: Words = Words("訪問の確かめ方", "How visits are shown");
pub(super) const OUTING: Words = Words("実施回でも修了", "An outing counts");
pub(super) const DESK: Words = Words("代替学習でも修了", "Desk study counts");
pub(super) const GRACE: Words = Words("途中からの人の最低日数", "Days at least for late beginners");
pub(super) const TOO_LATE: Words = Words("免除になる残り日数(未満)", "Exempt below so many days left");
pub(super) const STATE: Words = Words("状態", "State");
pub(super) const OPENED_ON: Words = Words("開始日", "Opened on");
pub(super) const ENDED_ON: Words = Words("終了を決めた日", "Ended on");
pub(super) const OPEN: Words = Words("実施中", "Open");
pub(super) const PAST: Words = Words("終了", "Over");
pub(super) const PLANNED: Words = Words("計画", "Planned");
pub(super) const YES: Words = Words("はい", "Yes");
pub(super) const NO: Words = Words("いいえ", "No");

/// Those whom a list is of.
pub(super) const fn stands(stands: Stands) -> Words {
    match stands {
        Stands::Missing => MISSING,
        Stands::Overdue => OVERDUE,
        Stands::Completed => COMPLETED,
        Stands::Deferred => DEFERRED,
        Stands::Exempt => EXEMPT,
    }
}

/// How somebody stands as of a day.
pub(super) fn standing(item: &StandingItem, due_on: Option<Date>, as_of: Date) -> Words {
    match item.state {
        State::Deferred => DEFERRED,
        State::Exempt => EXEMPT,
        State::Ended => Words("対象外", "No longer concerned"),
        State::Due | State::Prorated if item.completed_on.is_some() => COMPLETED,
        State::Due | State::Prorated if due_on.is_some_and(|due| due < as_of) => OVERDUE,
        State::Due | State::Prorated if item.routes_done > 0 => BEGUN,
        State::Due | State::Prorated => MISSING,
    }
}
