//! Properties as filters of items.

use machiaruki::catalogue::LayerId;
use serde_json::json;

use crate::support::{Ward, demo, features, names, point};

async fn count(query: &str) -> u64 {
    demo().json(&format!("/ogc/collections/{query}")).await["numberMatched"].as_u64().unwrap()
}

#[tokio::test]
async fn a_filter_finds_exactly_the_items_with_that_value() {
    let client = demo();
    for layer in LayerId::ALL {
        let all = features(&client.json(&format!("/api/layers/{layer}/features")).await);
        for field in layer.layer().fields.iter().filter(|field| field.public) {
            let Some(value) = all.iter().find_map(|feature| feature["properties"].get(field.name)) else {
                continue;
            };
            // A list is asked for by one of its items.
            let wanted = if value.is_array() { &value[0] } else { value };
            let has = |feature: &&serde_json::Value| {
                let found = &feature["properties"][field.name];
                found == wanted || found.as_array().is_some_and(|items| items.contains(wanted))
            };
            let expected = all.iter().filter(has).count();
            let text = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
            let text = text.replace('%', "%25").replace('+', "%2B").replace('&', "%26").replace('#', "%23");
            let address = format!("/ogc/collections/{layer}/items?{}={text}", field.name);
            let page = client.json(&address).await;
            assert_eq!(page["numberMatched"], expected, "{address}");
            assert!(features(&page).iter().all(|feature| has(&feature)), "{address}");
        }
    }
}

#[tokio::test]
async fn several_filters_must_all_hold() {
    let both = count("shelters/items?emergency=true&flood=true").await;
    assert!(both > 0 && both < count("shelters/items?emergency=true").await);
}

#[tokio::test]
async fn a_flag_that_was_not_said_is_neither_true_nor_false() {
    let said = count("shelters/items?emergency=true").await + count("shelters/items?emergency=false").await;
    assert!(said < 21, "{said}");
}

#[tokio::test]
async fn a_value_that_nothing_has_finds_nothing() {
    for query in
        ["organisations/items?kind=castle", "shelters/items?flood=maybe", "shelters/items?elevation_m=high"]
    {
        assert_eq!(count(query).await, 0, "{query}");
    }
}

#[tokio::test]
async fn a_value_is_compared_whole() {
    let ward = Ward::empty().await;
    let all = json!({ "type": "FeatureCollection", "features": [
        point("芝", [139.75, 35.65], json!({ "capacity": 1, "former_names": ["柴", "し\"ば"], "elevation_m": 3 })),
        point("芝浦", [139.76, 35.65], json!({ "capacity": 12, "former_names": ["柴浦"], "elevation_m": 3.5 })),
        point("\",\"name\":\"芝", [139.77, 35.65], json!({ "note": "\"capacity\":1" })),
    ] });
    ward.import(LayerId::Shelters, "tricky", &all).await;
    let client = ward.anonymous();
    for (query, expected) in [
        ("name=芝", &["芝"][..]),
        ("name=\",\"name\":\"芝", &["\",\"name\":\"芝"]),
        ("capacity=1", &["芝"]),
        ("capacity=12", &["芝浦"]),
        ("elevation_m=3", &["芝"]),
        ("elevation_m=3.0", &["芝"]),
        ("elevation_m=3.5", &["芝浦"]),
        ("former_names=柴", &["芝"]),
        ("former_names=し\"ば", &["芝"]),
        ("former_names=柴浦", &["芝浦"]),
        ("former_names=し", &[]),
        ("note=\"capacity\":1", &["\",\"name\":\"芝"]),
    ] {
        let found = names(&client, &format!("/ogc/collections/shelters/items?{query}")).await;
        assert_eq!(found, expected, "{query}");
    }
}
