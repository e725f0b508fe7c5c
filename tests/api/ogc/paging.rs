//! Pages of items and their `next` links.

use std::collections::BTreeSet;

use http::header;
use machiaruki::catalogue::LayerId;
use serde_json::json;

use super::{COLLECTIONS, IN_FORCE};
use crate::support::{Ward, demo, feature_ids, features, html_links, ids, names, next_link, pages, points};

#[tokio::test]
async fn pages_of_three_hold_every_item_once() {
    let client = demo();
    for (collection, count) in COLLECTIONS.into_iter().zip(IN_FORCE) {
        let pages = pages(&client, &format!("/ogc/collections/{collection}/items?limit=3")).await;
        assert_eq!(pages.len() as u64, count.div_ceil(3), "{collection}");
        for page in &pages {
            assert_eq!(page["numberMatched"], count);
            assert_eq!(page["numberReturned"], features(page).len());
        }
        let paged: Vec<String> = pages.iter().flat_map(|page| ids(&features(page))).collect();
        let whole = feature_ids(&client, &format!("/ogc/collections/{collection}/items?limit=1000")).await;
        assert_eq!(paged, whole, "{collection}");
    }
}

#[tokio::test]
async fn conditions_hold_on_every_page() {
    let client = demo();
    for query in [
        "bbox=139.74,35.64,139.76,35.67",
        "sample=true",
        "datetime=../..",
        "datetime=2024-06-01&sample=true&bbox=139.7,35.6,139.75,35.7",
    ] {
        let address = format!("/ogc/collections/organisations/items?{query}");
        let whole = feature_ids(&client, &format!("{address}&limit=1000")).await;
        let pages = pages(&client, &format!("{address}&limit=2")).await;
        assert!(pages.len() > 1, "{query}");
        let paged: Vec<String> = pages.iter().flat_map(|page| ids(&features(page))).collect();
        assert_eq!(paged, whole, "{query}");
        assert!(pages.iter().all(|page| page["numberMatched"] == whole.len()), "{query}");
    }
}

#[tokio::test]
async fn the_link_header_says_the_next_page_too() {
    let client = demo();
    let reply = client.get("/ogc/collections/stops/items?limit=10").await.ok();
    let link = reply.header(header::LINK);
    let target = link.strip_prefix('<').unwrap().split('>').next().unwrap();
    assert!(link.ends_with("rel=\"next\""), "{link}");
    let next = next_link(&reply.json()).unwrap();
    assert_eq!(ids(&features(&client.json(target).await)), ids(&features(&client.json(&next).await)));
    let last = client.get("/ogc/collections/boundary/items").await.ok();
    assert_eq!(last.header(header::LINK), "");
}

#[tokio::test]
async fn pages_for_people_go_on_to_the_end() {
    let client = demo();
    let mut next = Some("/ogc/collections/stops/items?f=html&limit=20".to_owned());
    let mut items = BTreeSet::new();
    let mut pages = 0;
    while let Some(address) = next {
        pages += 1;
        let page = client.get(&address).await.ok();
        assert_eq!(page.media_type(), "text/html");
        let text = page.text();
        items.extend(html_links(&text).into_iter().filter(|link| link.contains("/items/")));
        next = text.split("rel=\"next\"").nth(1).map(|rest| html_links(rest).remove(0));
    }
    assert_eq!((pages, items.len()), (3, 56));
}

#[tokio::test]
async fn next_links_stay_correct_while_data_change() {
    let ward = Ward::empty().await;
    let client = ward.anonymous();
    let before = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    ward.import(LayerId::Facilities, "row", &points(&before)).await;
    let all = names(&client, "/ogc/collections/facilities/items").await;
    let first = client.json("/ogc/collections/facilities/items?limit=4").await;
    let on_first = names(&client, "/ogc/collections/facilities/items?limit=4").await;
    // One item of the page that was read goes, and the very one that its cursor names; one to come
    // goes; one moves far away; new ones come.
    let gone = [on_first[1].clone(), on_first[3].clone(), all[6].clone()];
    let mut features_after: Vec<_> = features(&points(&before))
        .into_iter()
        .filter(|feature| !gone.iter().any(|name| feature["properties"]["name"] == *name))
        .collect();
    features_after[0]["geometry"]["coordinates"] = json!([130.0, 33.0]);
    for (name, lon) in [("前", 100.0), ("後", 170.0)] {
        features_after.push(crate::support::point(name, [lon, 35.65], json!({})));
    }
    let after = json!({ "type": "FeatureCollection", "features": features_after });
    ward.import(LayerId::Facilities, "row", &after).await;
    let rest = pages(&client, &next_link(&first).unwrap()).await;
    let on_rest: Vec<String> = rest
        .iter()
        .flat_map(features)
        .map(|feature| feature["properties"]["name"].as_str().unwrap().to_owned())
        .collect();
    let mut seen: Vec<&String> = on_first.iter().chain(&on_rest).collect();
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), count, "an item was seen twice: {on_first:?} {on_rest:?}");
    for name in all.iter().filter(|name| !gone.contains(name)) {
        assert!(seen.contains(&name), "{name} was passed over: {on_first:?} {on_rest:?}");
    }
    assert!(!on_rest.iter().any(|name| gone.contains(name)), "{on_rest:?}");
}

#[tokio::test]
async fn the_last_page_that_is_exactly_full_has_no_next() {
    let client = demo();
    let page = client.json("/ogc/collections/routes/items?limit=8").await;
    assert_eq!(page["numberReturned"], 8);
    assert!(next_link(&page).is_none());
}
