//! `/api/search`.

use machiaruki::catalogue::LayerId;
use serde_json::{Value, json};

use crate::support::{Anonymous, Ward, demo, point};

async fn search(client: &Anonymous, q: &str) -> Vec<Value> {
    let found = client.json(&format!("/api/search?q={q}")).await;
    found["results"].as_array().unwrap().clone()
}

async fn names(q: &str) -> Vec<String> {
    let found = search(&demo(), q).await;
    found.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_name_finds_its_place_first_with_all_that_a_list_shows() {
    let found = search(&demo(), "増上寺").await;
    let first = &found[0];
    assert_eq!(first["name"], "増上寺");
    assert_eq!(first["layer"], "facilities");
    assert_eq!(first["matched"], "name");
    assert_eq!(first["matched_text"], "増上寺");
    assert_eq!(first["sample"], false);
    let feature = crate::support::named(&demo(), "facilities", "増上寺").await;
    assert_eq!(first["id"], feature["id"]);
    assert_eq!(first["location"], feature["geometry"]["coordinates"]);
}

#[tokio::test]
async fn kana_width_and_case_do_not_matter() {
    let expected = names("とうきょうたわー").await;
    assert!(expected.contains(&"東京タワー".to_owned()), "{expected:?}");
    for q in
        ["トウキョウタワー", "ﾄｳｷｮｳﾀﾜｰ", "とうきょうタワー", "トウキョウ　タワー".replace('　', "").as_str()]
    {
        assert_eq!(names(q).await, expected, "{q}");
    }
    for q in ["tokyo%20tower", "TOKYO%20TOWER", "Ｔｏｋｙｏ%20Ｔｏｗｅｒ"] {
        assert!(names(q).await.contains(&"東京タワー".to_owned()), "{q}");
    }
}

#[tokio::test]
async fn numbers_of_a_chome_are_the_same_in_kanji_and_digits() {
    for q in ["芝一丁目", "芝1丁目", "芝１丁目"] {
        let found = names(q).await;
        assert_eq!(found[0], "芝一丁目", "{q}: {found:?}");
    }
    // A name with such a kanji is no number.
    assert!(names("三田二丁目").await.contains(&"三田二丁目".to_owned()));
    assert!(names("3田2丁目").await.is_empty());
}

#[tokio::test]
async fn a_former_name_finds_the_place_and_is_shown() {
    let found = search(&demo(), "烏森駅").await;
    assert_eq!(found[0]["name"], "新橋駅");
    assert_eq!(found[0]["matched"], "former_names");
    assert_eq!(found[0]["matched_text"], "烏森駅");
    // Of several, the one that matched.
    let found = search(&demo(), "東宮御所").await;
    assert_eq!(found[0]["name"], "迎賓館赤坂離宮");
    assert_eq!(found[0]["matched_text"], "東宮御所");
}

#[tokio::test]
async fn several_words_must_all_match() {
    let both = names("小学校 三田").await;
    assert!(both.contains(&"赤羽小学校".to_owned()), "{both:?}");
    assert!(!both.contains(&"芝小学校".to_owned()));
    assert_eq!(names("三田　小学校").await.len(), both.len());
    assert!(names("小学校 存在しない言葉").await.is_empty());
}

#[tokio::test]
async fn the_address_finds_too_but_after_the_names() {
    let found = search(&demo(), "芝公園").await;
    assert_eq!(found[0]["name"], "芝公園");
    let by_address = found.iter().position(|one| one["matched"] == "address").unwrap();
    let last_name = found.iter().rposition(|one| one["matched"] == "name").unwrap();
    assert!(last_name < by_address, "{found:?}");
}

#[tokio::test]
async fn nothing_found_is_an_empty_list() {
    assert!(names("ニューヨーク").await.is_empty());
    for q in ["", "%20", "　", "・", "-"] {
        assert!(names(q).await.is_empty(), "{q:?}");
    }
    assert_eq!(demo().json("/api/search?q=").await, json!({ "results": [] }));
    demo().get("/api/search").await.problem(http::StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_limit_is_twenty_unless_asked_and_a_hundred_at_most() {
    let client = demo();
    let count = async |query: &str| {
        client.json(&format!("/api/search?q=見本{query}")).await["results"].as_array().unwrap().len()
    };
    assert_eq!(count("").await, 20);
    assert_eq!(count("&limit=3").await, 3);
    let all = count("&limit=100").await;
    assert!(all > 20 && all <= 100, "{all}");
    assert_eq!(count("&limit=10000").await, all);
    assert_eq!(client.get("/api/search?q=x&limit=0").await.wrong_parameters(), ["limit"]);
}

#[tokio::test]
async fn a_question_longer_than_any_name_is_refused() {
    let client = demo();
    let reply = client.get(&format!("/api/search?q={}", "あ".repeat(500))).await;
    assert_eq!(reply.wrong_parameters(), ["q"]);
}

#[tokio::test]
async fn what_is_not_in_force_is_not_found() {
    let found = names("みなと防災ラジオの会").await;
    assert!(found.is_empty(), "{found:?}");
    // A retired organisation is found as the former name of its successor, not by itself.
    let found = search(&demo(), "ふるみち町会").await;
    assert_eq!(found[0]["name"], "【見本】みちばた町会");
    assert_eq!(found[0]["matched"], "former_names");
    assert!(found.iter().all(|one| one["name"] != "【見本】ふるみち町会"));
}

#[tokio::test]
async fn a_match_never_reaches_from_one_field_or_place_into_the_next() {
    let ward = Ward::empty().await;
    let all = json!({ "type": "FeatureCollection", "features": [
        point("前半", [139.75, 35.65], json!({ "name_kana": "コウハン", "former_names": ["甲", "乙"] })),
        point("後半", [139.75, 35.65], json!({})),
    ] });
    ward.import(LayerId::Facilities, "halves", &all).await;
    let client = ward.anonymous();
    for q in ["前半こうはん", "甲乙", "後半前半", "前半後半"] {
        assert!(search(&client, q).await.is_empty(), "{q}");
    }
}

#[tokio::test]
async fn a_new_import_is_found_at_once() {
    let ward = Ward::empty().await;
    let client = ward.anonymous();
    assert!(search(&client, "新しい場所").await.is_empty());
    let all =
        json!({ "type": "FeatureCollection", "features": [point("新しい場所", [139.75, 35.65], json!({}))] });
    ward.import(LayerId::Facilities, "new", &all).await;
    assert_eq!(search(&client, "新しい場所").await.len(), 1);
}
