//! The properties that records of the layers may carry.

use crate::text::Text3;

/// One property of a layer.
#[derive(Debug)]
pub struct Field {
    /// Its name in JSON and in queries.
    pub name: &'static str,
    /// Its label on screen.
    pub label: Text3,
    /// What values it takes.
    pub kind: FieldKind,
    /// Whether it may be published. What is not public never enters a snapshot.
    pub public: bool,
    /// The column names under which it is known in files, the first being the heading of
    /// 自治体標準オープンデータセット under which it is exported.
    pub columns: &'static [&'static str],
}

/// The values of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A list of texts; in one cell of a file they are separated by `;`.
    List,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no. Files write `1`, `○`, `有`, `true` for yes; an empty cell means *not said*.
    Flag,
    /// A day, `2026-04-01`.
    Date,
    /// A web address.
    Url,
    /// One of a few codes.
    Choice(&'static [Choice]),
}

/// One value of a [`FieldKind::Choice`].
#[derive(Debug, PartialEq)]
pub struct Choice {
    /// The code that is stored and published.
    pub value: &'static str,
    /// How people read it.
    pub label: Text3,
    /// How files write it.
    pub written: &'static [&'static str],
}

const fn field(name: &'static str, kind: FieldKind, label: Text3, columns: &'static [&'static str]) -> Field {
    Field { name, label, kind, public: true, columns }
}

const fn private(
    name: &'static str,
    kind: FieldKind,
    label: Text3,
    columns: &'static [&'static str],
) -> Field {
    Field { name, label, kind, public: false, columns }
}

const fn t(ja: &'static str, en: &'static str, easy: &'static str) -> Text3 {
    Text3::new(ja, en, easy)
}

use FieldKind::{Choice as OneOf, Date, Flag, Integer, List, Number, Text, Url};

// What every layer has.

pub static NAME: Field = field(
    "name",
    Text,
    t("名称", "Name", "なまえ"),
    &[
        "名称",
        "施設・場所名",
        "施設名",
        "施設名等",
        "名前",
        "町字名",
        "town",
        "A27_003",
        "A27_007",
        "N03_004",
        "title",
    ],
);
/// The ward outline's name arrives in a column of its own.
pub static BOUNDARY_NAME: Field =
    field("name", Text, t("名称", "Name", "なまえ"), &["名称", "市区町村名", "N03_004", "N03_003"]);
pub static NAME_KANA: Field = field(
    "name_kana",
    Text,
    t("読み", "Reading", "よみかた"),
    &["名称_カナ", "名称カナ", "カナ", "読み", "よみ"],
);
pub static NAME_EN: Field = field(
    "name_en",
    Text,
    t("英語名", "English name", "えいごの なまえ"),
    &["名称_英語", "名称英語", "英語名"],
);
pub static FORMER_NAMES: Field =
    field("former_names", List, t("旧称", "Former names", "まえの なまえ"), &["旧称", "旧名称", "名称_旧称"]);
pub static ADDRESS: Field = field(
    "address",
    Text,
    t("住所", "Address", "じゅうしょ"),
    &["住所", "所在地", "所在地_連結表記", "A27_004", "A27_008"],
);
pub static CODE: Field = field(
    "code",
    Text,
    t("番号・記号", "Code", "ばんごう"),
    &["ID", "NO", "No", "番号", "コード", "A27_005", "N03_007"],
);
pub static PHONE: Field = field(
    "phone",
    Text,
    t("電話番号", "Telephone", "でんわ"),
    &["電話番号", "連絡先電話番号", "代表電話番号"],
);
pub static URL: Field =
    field("url", Url, t("ウェブサイト", "Website", "ホームページ"), &["URL", "url", "ホームページ"]);
pub static DESCRIPTION: Field =
    field("description", Text, t("説明", "Description", "せつめい"), &["説明", "概要"]);
pub static DESCRIPTION_EN: Field = field(
    "description_en",
    Text,
    t("説明(英語)", "Description (English)", "えいごの せつめい"),
    &["説明_英語", "概要_英語"],
);
pub static NOTE: Field = field("note", Text, t("備考", "Remarks", "メモ"), &["備考"]);
pub static VALID_FROM: Field = field(
    "valid_from",
    Date,
    t("有効になった日", "In force from", "はじまった ひ"),
    &["設立年月日", "有効開始日", "開始年月日"],
);
pub static RETIRED_ON: Field = field(
    "retired_on",
    Date,
    t("廃止の日", "Retired on", "なくなった ひ"),
    &["廃止年月日", "廃止日", "有効終了日"],
);
pub static SAMPLE: Field =
    field("sample", Flag, t("見本", "Sample", "みほん(ほんものでは ありません)"), &["見本"]);

// Areas.

pub static DISTRICT: Field =
    field("district", Text, t("地区", "District", "ちく"), &["地区", "地区名", "総合支所", "区"]);
pub static OFFICE: Field =
    field("office", Text, t("総合支所", "District office", "くやくしょの しょ"), &["総合支所名", "支所名"]);
pub static SCHOOL: Field =
    field("school", Text, t("通学する学校", "School", "がっこう"), &["学校名", "通学校"]);

// Schools.

pub static SCHOOL_KIND: Field = field(
    "kind",
    OneOf(&[
        Choice {
            value: "elementary",
            label: t("小学校", "Elementary school", "しょうがっこう"),
            written: &["小学校"],
        },
        Choice {
            value: "junior_high",
            label: t("中学校", "Junior high school", "ちゅうがっこう"),
            written: &["中学校"],
        },
        Choice {
            value: "combined",
            label: t("義務教育学校・小中一貫校", "Combined school", "しょうがっこうと ちゅうがっこう"),
            written: &["義務教育学校", "小中一貫校"],
        },
        Choice {
            value: "other",
            label: t("その他の学校", "Other school", "ほかの がっこう"),
            written: &["その他"],
        },
    ]),
    t("種類", "Kind", "しゅるい"),
    &["種別", "学校種別", "種類"],
);
pub static OPERATOR: Field = field(
    "operator",
    Text,
    t("設置者", "Run by", "つくった ところ"),
    &["設置者", "設置主体", "A27_002", "A27_006"],
);

// Shelters.

pub static COMMON_ID: Field = field("common_id", Text, t("共通ID", "Common id", "ばんごう"), &["共通ID"]);
pub static EMERGENCY: Field = field(
    "emergency",
    Flag,
    t("指定緊急避難場所", "Emergency evacuation site", "すぐに にげる ばしょ"),
    &["指定緊急避難場所"],
);
pub static EVACUATION: Field =
    field("evacuation", Flag, t("指定避難所", "Evacuation shelter", "とまれる ひなんじょ"), &["指定避難所"]);
pub static FLOOD: Field =
    field("flood", Flag, t("洪水", "Flood", "こうずい(かわの みずが あふれる)"), &["災害種別_洪水", "洪水"]);
pub static LANDSLIDE: Field = field(
    "landslide",
    Flag,
    t("崖崩れ・土石流・地滑り", "Landslide", "がけくずれ"),
    &["災害種別_崖崩れ、土石流及び地滑り", "崖崩れ、土石流及び地滑り"],
);
pub static STORM_SURGE: Field = field(
    "storm_surge",
    Flag,
    t("高潮", "Storm surge", "たかしお(うみの みずが たかくなる)"),
    &["災害種別_高潮", "高潮"],
);
pub static EARTHQUAKE: Field =
    field("earthquake", Flag, t("地震", "Earthquake", "じしん"), &["災害種別_地震", "地震"]);
pub static TSUNAMI: Field =
    field("tsunami", Flag, t("津波", "Tsunami", "つなみ"), &["災害種別_津波", "津波"]);
pub static LARGE_FIRE: Field = field(
    "large_fire",
    Flag,
    t("大規模な火事", "Large fire", "おおきな かじ"),
    &["災害種別_大規模な火事", "大規模な火事"],
);
pub static INLAND_FLOOD: Field = field(
    "inland_flood",
    Flag,
    t("内水氾濫", "Inland flooding", "まちの みずが あふれる"),
    &["災害種別_内水氾濫", "内水氾濫"],
);
pub static VOLCANO: Field =
    field("volcano", Flag, t("火山現象", "Volcanic activity", "かざん"), &["災害種別_火山現象", "火山現象"]);
pub static ELEVATION: Field =
    field("elevation_m", Number, t("標高(m)", "Elevation (m)", "たかさ(m)"), &["標高"]);
pub static CAPACITY: Field = field(
    "capacity",
    Integer,
    t("想定収容人数", "Capacity", "はいれる ひとの かず"),
    &["想定収容人数", "収容人数"],
);
pub static ACCEPTS: Field =
    field("accepts", Text, t("受入対象者", "Open to", "はいれる ひと"), &["受入対象者"]);
pub static SERVES: Field = field(
    "serves",
    List,
    t("対象の町会・自治会", "Neighbourhood associations served", "つかう ちょうかい"),
    &["対象となる町会・自治会"],
);

// Facilities.

pub static FACILITY_KIND: Field = field(
    "kind",
    OneOf(&[
        Choice {
            value: "public",
            label: t("公共施設", "Public facility", "みんなの しせつ"),
            written: &["公共施設"],
        },
        Choice {
            value: "tourism",
            label: t("観光施設・名所", "Sight", "みどころ"),
            written: &["観光", "観光施設"],
        },
        Choice {
            value: "aed",
            label: t("AED設置場所", "AED", "AED(しんぞうを たすける きかい)"),
            written: &["AED"],
        },
        Choice {
            value: "cultural_property",
            label: t("文化財", "Cultural property", "むかしからの たいせつな もの"),
            written: &["文化財"],
        },
        Choice {
            value: "toilet",
            label: t("公衆トイレ", "Public toilet", "トイレ"),
            written: &["公衆トイレ"],
        },
        Choice { value: "station", label: t("駅", "Station", "えき"), written: &["駅"] },
        Choice {
            value: "park", label: t("公園・庭園", "Park or garden", "こうえん"), written: &["公園"]
        },
        Choice { value: "other", label: t("その他", "Other", "ほか"), written: &["その他"] },
    ]),
    t("種類", "Kind", "しゅるい"),
    &["種別", "施設種別"],
);
pub static POI_CODE: Field = field("poi_code", Text, t("POIコード", "POI code", "POIコード"), &["POIコード"]);
pub static OPEN_DAYS: Field =
    field("open_days", Text, t("利用可能曜日", "Open on", "あいている ようび"), &["利用可能曜日"]);
pub static OPENS: Field =
    field("opens", Text, t("開始時間", "Opens at", "あく じかん"), &["開始時間", "利用開始時間"]);
pub static CLOSES: Field =
    field("closes", Text, t("終了時間", "Closes at", "しまる じかん"), &["終了時間", "利用終了時間"]);
pub static HOURS_NOTE: Field = field(
    "hours_note",
    Text,
    t("利用時間の特記事項", "Note on hours", "じかんの メモ"),
    &["利用可能日時特記事項", "利用可能時間特記事項"],
);
pub static BARRIER_FREE: Field =
    field("barrier_free", Text, t("バリアフリー", "Accessibility", "くるまいすなど"), &["バリアフリー情報"]);
pub static FLOOR_LOCATION: Field =
    field("placed_at", Text, t("設置位置", "Placed at", "おいてある ところ"), &["設置位置", "設置場所"]);
pub static CHILD_READY: Field = field(
    "child_ready",
    Flag,
    t("小児対応設備", "Equipment for children", "こども よう"),
    &["小児対応設備の有無"],
);

// Organisations.

pub static ORGANISATION_KIND: Field = field(
    "kind",
    OneOf(&[
        Choice {
            value: "neighbourhood_association",
            label: t("町会・自治会", "Neighbourhood association", "ちょうかい・じちかい"),
            written: &["町会", "自治会", "町会・自治会"],
        },
        Choice {
            value: "shopping_street",
            label: t("商店街", "Shopping street", "しょうてんがい"),
            written: &["商店街", "商店会"],
        },
        Choice {
            value: "pta",
            label: t("PTA", "Parent-teacher association", "PTA(がっこうの おやの かい)"),
            written: &["PTA"],
        },
        Choice {
            value: "volunteer_guide",
            label: t("観光ボランティア", "Volunteer guides", "まちを あんないする ひと"),
            written: &["観光ボランティア", "ボランティアガイド"],
        },
        Choice { value: "npo", label: t("NPO", "Non-profit", "NPO"), written: &["NPO", "NPO法人"] },
        Choice {
            value: "business",
            label: t("事業所", "Business", "かいしゃ・みせ"),
            written: &["事業所", "企業"],
        },
        Choice {
            value: "other",
            label: t("その他の団体", "Other organisation", "ほかの だんたい"),
            written: &["その他"],
        },
    ]),
    t("種類", "Kind", "しゅるい"),
    &["種別", "団体種別"],
);
pub static CONTACT_NAME: Field = private(
    "contact_name",
    Text,
    t("連絡担当者", "Contact person", "れんらくする ひと"),
    &["連絡担当者", "代表者名", "会長名"],
);
pub static CONTACT_PHONE: Field = private(
    "contact_phone",
    Text,
    t("連絡先(非公開)", "Private telephone", "れんらくさき"),
    &["連絡先(非公開)", "代表者電話番号"],
);
pub static CONTACT_EMAIL: Field = private(
    "contact_email",
    Text,
    t("メール(非公開)", "Private e-mail", "メール"),
    &["メールアドレス(非公開)", "代表者メールアドレス"],
);

/// What says whom to turn to: personal data of people who may not work for the ward. Never public, and erased from the
/// history of places after its period.
pub const CONTACT_FIELDS: [&str; 3] = ["contact_name", "contact_phone", "contact_email"];

// Councils.

pub static MEETING_PLACE: Field = field(
    "meeting_place",
    Text,
    t("集まる場所", "Meeting place", "あつまる ばしょ"),
    &["活動拠点", "集合場所"],
);
pub static MEETING_PLACE_LONGITUDE: Field = field(
    "meeting_place_longitude",
    Number,
    t("集まる場所の経度", "Meeting place, longitude", "あつまる ばしょの けいど"),
    &["活動拠点_経度"],
);
pub static MEETING_PLACE_LATITUDE: Field = field(
    "meeting_place_latitude",
    Number,
    t("集まる場所の緯度", "Meeting place, latitude", "あつまる ばしょの いど"),
    &["活動拠点_緯度"],
);
pub static MEMBER_ORGANISATIONS: Field = field(
    "member_organisations",
    List,
    t("構成団体", "Member organisations", "はいっている だんたい"),
    &["構成団体"],
);
pub static RUNS_SHELTERS: Field = field(
    "runs_shelters",
    List,
    t("運営する避難所", "Shelters it runs", "せわを する ひなんじょ"),
    &["運営避難所"],
);

// Routes and stops.

pub static ROUTE_CODE: Field =
    field("route_code", Text, t("コース番号", "Route code", "コースの ばんごう"), &["コース番号"]);
pub static THEMES: Field = field("themes", List, t("テーマ", "Themes", "テーマ"), &["テーマ"]);
pub static DISTANCE_M: Field =
    field("distance_m", Integer, t("距離(m)", "Distance (m)", "ながさ(m)"), &["距離"]);
pub static DURATION_MIN: Field = field(
    "duration_min",
    Integer,
    t("所要時間の目安(分)", "Time needed (minutes)", "かかる じかん(ふん)"),
    &["所要時間"],
);
pub static STOP_COUNT: Field = field(
    "stop_count",
    Integer,
    t("立ち寄り点の数", "Number of stops", "よる ところの かず"),
    &["立ち寄り点数"],
);
pub static STEP_FREE: Field =
    field("step_free", Flag, t("段差なしで歩ける", "Step-free", "だんさが ない"), &["段差なし"]);
pub static HOSTS: Field =
    field("hosts", List, t("協力団体", "Hosts", "てつだって くれる だんたい"), &["協力団体"]);
pub static SEQUENCE: Field = field("sequence", Integer, t("順番", "Number", "じゅんばん"), &["順番"]);
pub static RADIUS_M: Field = field(
    "radius_m",
    Integer,
    t("到着とみなす半径(m)", "Radius (m)", "ついたと みとめる きょり(m)"),
    &["半径"],
);
pub static ROUTE_ID: Field = field("route_id", Text, t("コースID", "Route id", "コースの ID"), &["コースID"]);
pub static ROUTE_VERSION_ID: Field = field(
    "route_version_id",
    Text,
    t("コースの版のID", "Route version id", "コースの はんの ID"),
    &["コース版ID"],
);
pub static VERSION: Field = field("version", Integer, t("版", "Version", "はん"), &["版"]);
pub static WALKING_MIN: Field = field(
    "walking_min",
    Integer,
    t("徒歩(80m=1分、分)", "Walking time at 80 m a minute (minutes)", "あるく じかん(ふん)"),
    &["徒歩分"],
);
pub static DESCRIPTION_EASY: Field = field(
    "description_easy",
    Text,
    t("説明(やさしい日本語)", "Description (plain Japanese)", "せつめい(やさしい にほんご)"),
    &["説明_やさしい日本語"],
);
pub static STOP_ID: Field =
    field("stop_id", Text, t("立ち寄り点ID", "Stop id", "よる ところの ID"), &["立ち寄り点ID"]);
pub static STAY_MIN: Field =
    field("stay_min", Integer, t("滞在の目安(分)", "Stay (minutes)", "いる じかん(ふん)"), &["滞在分"]);
pub static REQUIRED: Field = field("required", Flag, t("必須", "Required", "かならず よる"), &["必須"]);
pub static EVIDENCE: Field = field(
    "evidence",
    List,
    t("訪問の確認方法", "How a visit is shown", "きたことを しめす ほうほう"),
    &["確認方法"],
);
