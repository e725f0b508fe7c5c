//! Our own words on paper, in the three languages.

use crate::{routes::model::Evidence, text::Text3};

pub(super) const ROUTE: Text3 = Text3::new("まちあるきコース", "Town-walk route", "まちあるきの コース");
pub(super) const DISTANCE: Text3 = Text3::new("距離", "Distance", "ながさ");
pub(super) const WALKING: Text3 = Text3::new("歩く時間", "Walking time", "あるく 時間");
pub(super) const WALKING_NOTE: Text3 = Text3::new("80 mを1分として", "80 m a minute", "80 mを 1分で あるく");
pub(super) const ESTIMATE: Text3 = Text3::new("所要時間の目安", "Time to allow", "ぜんぶの 時間");
pub(super) const ESTIMATE_NOTE: Text3 =
    Text3::new("立ち寄り・信号・階段を含む", "with stops, signals, stairs", "とまる 時間も いれて");
pub(super) const STAIRS: Text3 = Text3::new("階段", "Stairs", "かいだん");
pub(super) const NONE: Text3 = Text3::new("なし", "none", "ない");
pub(super) const STOPS: Text3 = Text3::new("立ち寄り点", "Stops", "とまる ところ");
pub(super) const REQUIRED: Text3 = Text3::new("必須", "required", "かならず");
pub(super) const OPTIONAL: Text3 = Text3::new("任意", "optional", "いかなくても よい");
pub(super) const STAY: Text3 = Text3::new("滞在", "stay", "とまる 時間");
pub(super) const EVIDENCE: Text3 = Text3::new("訪問の確認", "visit shown by", "きたことの しるし");
pub(super) const NOTES: Text3 = Text3::new("メモ", "Notes", "メモ");
pub(super) const QUESTION: Text3 = Text3::new("問い", "Question", "しつもん");
pub(super) const START: Text3 = Text3::new("出発", "Start", "スタート");
pub(super) const GOAL: Text3 = Text3::new("到着", "Finish", "ゴール");
pub(super) const START_AND_GOAL: Text3 = Text3::new("出発・到着", "Start and finish", "スタート・ゴール");
pub(super) const ACCESSIBILITY: Text3 = Text3::new(
    "車いす・ベビーカー・杖の方へ",
    "With a wheelchair, pram or stick",
    "くるまいす・ベビーカーの ひとへ",
);
pub(super) const HOSTS: Text3 = Text3::new("案内・協力", "Welcomed by", "あんないする ひと");
pub(super) const MORE: Text3 =
    Text3::new("地図とくわしい話はこちら", "Map and stories online", "ちずと はなしは ここ");
pub(super) const LINE: Text3 = Text3::new("コース", "Route", "コース");
pub(super) const STRAIGHT: Text3 =
    Text3::new("道のデータのない区間", "Not on the path network", "みちの データが ない ところ");
pub(super) const WAYS: Text3 = Text3::new("歩ける道", "Ways on foot", "あるける みち");
pub(super) const STEPS: Text3 = Text3::new("階段", "Stairs", "かいだん");
pub(super) const LANDMARK: Text3 = Text3::new("目印", "Landmark", "めじるし");
pub(super) const NOT_SURVEYED: Text3 = Text3::new(
    "現地の標識・信号に従い、安全に気をつけて歩いてください。",
    "Follow signs and signals on the way, and walk with care.",
    "しんごうを まもって、きをつけて あるいて ください。",
);

pub(super) const SCAN: Text3 = Text3::new(
    "スマートフォンのカメラで読み取ると、この場所のお話が開きます。",
    "Scan with your phone’s camera to read the story of this place.",
    "スマホの カメラで よみとると、ここの はなしが よめます。",
);
pub(super) const CONTACT: Text3 = Text3::new("お問い合わせ", "Contact", "ききたい とき");

/// How a visit can be shown, in a word.
pub(super) const fn evidence(evidence: Evidence) -> Text3 {
    match evidence {
        Evidence::SelfReport => Text3::new("本人の申告", "own word", "じぶんで いう"),
        Evidence::Gps => Text3::new("位置情報", "position", "いち"),
        Evidence::Qr => Text3::new("QRコード", "QR code", "QRコード"),
        Evidence::Trainer => Text3::new("講師の確認", "trainer", "せんせい"),
        Evidence::Photo => Text3::new("写真", "photo", "しゃしん"),
        Evidence::Answer => Text3::new("問いの答え", "answer", "しつもんの こたえ"),
    }
}
