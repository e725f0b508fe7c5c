//! What each layer holds. The order of its fields is the order of publication.

use super::{Group, Layer, LayerId, Shape, Text3, fields as f};

const fn t(ja: &'static str, en: &'static str, easy: &'static str) -> Text3 {
    Text3::new(ja, en, easy)
}

pub static ROUTES: Layer = Layer {
    id: LayerId::Routes,
    group: Group::Walking,
    title: t("まちあるきコース", "Walking routes", "まちを あるく コース"),
    description: t(
        "まちあるき研修で歩くコースです。",
        "The routes of the town-walk training.",
        "まちを しる ための コースです。",
    ),
    shape: Shape::Line,
    fields: &[
        &f::ROUTE_CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::DISTRICT, &f::THEMES,
        &f::DISTANCE_M, &f::DURATION_MIN, &f::STOP_COUNT, &f::STEP_FREE, &f::DESCRIPTION,
        &f::DESCRIPTION_EN, &f::HOSTS, &f::NOTE, &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE,
    ],
};

pub static STOPS: Layer = Layer {
    id: LayerId::Stops,
    group: Group::Walking,
    title: t("立ち寄り点", "Stops", "よる ところ"),
    description: t(
        "コースの途中で立ち寄る場所と、その物語です。",
        "The places where a route stops, and their stories.",
        "コースの とちゅうで よる ところです。",
    ),
    shape: Shape::Point,
    fields: &[
        &f::ROUTE_CODE, &f::SEQUENCE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::ADDRESS,
        &f::DESCRIPTION, &f::DESCRIPTION_EN, &f::RADIUS_M, &f::NOTE, &f::VALID_FROM,
        &f::RETIRED_ON, &f::SAMPLE,
    ],
};

pub static ORGANISATIONS: Layer = Layer {
    id: LayerId::Organisations,
    group: Group::Community,
    title: t("地域団体", "Local organisations", "まちの だんたい"),
    description: t(
        "町会・自治会、商店街、PTA、観光ボランティアなどです。",
        "Neighbourhood associations, shopping streets, PTAs, volunteer guides and others.",
        "ちょうかい、しょうてんがい などです。",
    ),
    shape: Shape::AreaOrPoint,
    fields: &[
        &f::CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::FORMER_NAMES, &f::ORGANISATION_KIND,
        &f::DISTRICT, &f::ADDRESS, &f::PHONE, &f::URL, &f::DESCRIPTION, &f::DESCRIPTION_EN,
        &f::NOTE, &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE, &f::CONTACT_NAME, &f::CONTACT_PHONE,
        &f::CONTACT_EMAIL,
    ],
};

pub static COUNCILS: Layer = Layer {
    id: LayerId::Councils,
    group: Group::Disaster,
    title: t("地域防災協議会", "Disaster councils", "ぼうさいの あつまり"),
    description: t(
        "災害に備えて地域がつくる協議会の区域と、集まる場所です。",
        "Local disaster-prevention councils: their areas and meeting places.",
        "さいがいの ときに たすけあう まちの あつまりです。",
    ),
    shape: Shape::AreaOrPoint,
    fields: &[
        &f::CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::FORMER_NAMES, &f::DISTRICT,
        &f::MEETING_PLACE, &f::ADDRESS, &f::MEETING_PLACE_LONGITUDE, &f::MEETING_PLACE_LATITUDE,
        &f::MEMBER_ORGANISATIONS, &f::RUNS_SHELTERS, &f::PHONE, &f::URL, &f::DESCRIPTION,
        &f::DESCRIPTION_EN, &f::NOTE, &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE,
        &f::CONTACT_NAME, &f::CONTACT_PHONE, &f::CONTACT_EMAIL,
    ],
};

pub static SHELTERS: Layer = Layer {
    id: LayerId::Shelters,
    group: Group::Disaster,
    title: t("避難所・避難場所", "Shelters", "ひなんじょ"),
    description: t(
        "指定緊急避難場所と指定避難所です。災害の種類ごとに使える場所が違います。",
        "Emergency evacuation sites and evacuation shelters. Which ones can be used depends on the hazard.",
        "さいがいの ときに にげる ところです。さいがいの しゅるいで ちがいます。",
    ),
    shape: Shape::Point,
    fields: &[
        &f::CODE, &f::COMMON_ID, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::FORMER_NAMES,
        &f::ADDRESS, &f::EMERGENCY, &f::EVACUATION, &f::FLOOD, &f::LANDSLIDE, &f::STORM_SURGE,
        &f::EARTHQUAKE, &f::TSUNAMI, &f::LARGE_FIRE, &f::INLAND_FLOOD, &f::VOLCANO,
        &f::ELEVATION, &f::CAPACITY, &f::ACCEPTS, &f::SERVES, &f::PHONE, &f::URL, &f::NOTE,
        &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE,
    ],
};

pub static FACILITIES: Layer = Layer {
    id: LayerId::Facilities,
    group: Group::Town,
    title: t("施設・名所・AED", "Facilities, sights and AEDs", "しせつ・みどころ・AED"),
    description: t(
        "公共施設、観光施設、AEDの設置場所などです。",
        "Public facilities, sights, places with an AED.",
        "みんなが つかう しせつや みどころです。",
    ),
    shape: Shape::Point,
    fields: &[
        &f::CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::FORMER_NAMES, &f::FACILITY_KIND,
        &f::POI_CODE, &f::DISTRICT, &f::ADDRESS, &f::FLOOR_LOCATION, &f::PHONE, &f::URL,
        &f::OPEN_DAYS, &f::OPENS, &f::CLOSES, &f::HOURS_NOTE, &f::BARRIER_FREE, &f::CHILD_READY,
        &f::DESCRIPTION, &f::DESCRIPTION_EN, &f::NOTE, &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE,
    ],
};

pub static SCHOOLS: Layer = Layer {
    id: LayerId::Schools,
    group: Group::Community,
    title: t("学校", "Schools", "がっこう"),
    description: t("小学校・中学校です。", "Elementary and junior high schools.", "しょうがっこうと ちゅうがっこうです。"),
    shape: Shape::Point,
    fields: &[
        &f::CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::FORMER_NAMES, &f::SCHOOL_KIND,
        &f::OPERATOR, &f::ADDRESS, &f::PHONE, &f::URL, &f::NOTE, &f::VALID_FROM, &f::RETIRED_ON,
        &f::SAMPLE,
    ],
};

pub static SCHOOL_DISTRICTS: Layer = Layer {
    id: LayerId::SchoolDistricts,
    group: Group::Areas,
    title: t("通学区域", "School districts", "がっこうに かよう くいき"),
    description: t(
        "小学校の通学区域です。防災協議会の目安になります。",
        "The districts of the elementary schools. They hint at the disaster council.",
        "しょうがっこうに かよう くいきです。",
    ),
    shape: Shape::Area,
    fields: &[
        &f::CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::SCHOOL, &f::OPERATOR, &f::ADDRESS,
        &f::NOTE, &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE,
    ],
};

pub static DISTRICTS: Layer = Layer {
    id: LayerId::Districts,
    group: Group::Areas,
    title: t("総合支所の地区", "Ward districts", "くやくしょの ちく"),
    description: t(
        "総合支所が受け持つ地区です。",
        "The districts that the ward's district offices look after.",
        "くやくしょの ちくです。",
    ),
    shape: Shape::Area,
    fields: &[
        &f::CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::OFFICE, &f::ADDRESS, &f::PHONE,
        &f::URL, &f::NOTE, &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE,
    ],
};

pub static LOCALITIES: Layer = Layer {
    id: LayerId::Localities,
    group: Group::Areas,
    title: t("町丁目", "Localities", "まちの なまえ"),
    description: t(
        "町丁目の代表点です。",
        "Representative points of the ward's localities (cho and chome).",
        "まちの なまえです。",
    ),
    shape: Shape::AreaOrPoint,
    fields: &[
        &f::CODE, &f::NAME, &f::NAME_KANA, &f::NAME_EN, &f::FORMER_NAMES, &f::DISTRICT, &f::NOTE,
        &f::VALID_FROM, &f::RETIRED_ON, &f::SAMPLE,
    ],
};

pub static BOUNDARY: Layer = Layer {
    id: LayerId::Boundary,
    group: Group::Areas,
    title: t("区の範囲", "Ward outline", "くの はんい"),
    description: t("自治体の区域です。", "The outline of the municipality.", "くの かたちです。"),
    shape: Shape::Area,
    fields: &[
        &f::CODE, &f::BOUNDARY_NAME, &f::NAME_KANA, &f::NAME_EN, &f::NOTE, &f::VALID_FROM,
        &f::RETIRED_ON, &f::SAMPLE,
    ],
};
