//! The `datetime` of items: what was, is and will be in force.

use crate::support::{demo, named, names};

/// Retired on 2025-03-31.
const RETIRED: &str = "【見本】ふるみち町会";
/// Its successor, from 2025-04-01.
const SUCCESSOR: &str = "【見本】みちばた町会";
/// In force from 2027-04-01.
const COMING: &str = "【見本】みなと防災ラジオの会";

async fn found(query: &str) -> Vec<String> {
    names(&demo(), &format!("/ogc/collections/organisations/items{query}")).await
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|one| one == name)
}

#[tokio::test]
async fn without_it_items_are_those_in_force_today() {
    let today = found("").await;
    assert!(!has(&today, RETIRED) && has(&today, SUCCESSOR) && !has(&today, COMING));
    assert_eq!(found("?datetime=2026-11-20").await, today);
    assert_eq!(found("?datetime=2026-11-20T03:00:00Z").await, today);
}

#[tokio::test]
async fn a_retired_item_is_found_on_a_day_on_which_it_counted() {
    let then = found("?datetime=2024-06-01T00:00:00Z").await;
    assert!(has(&then, RETIRED) && !has(&then, SUCCESSOR) && !has(&then, COMING));
    // The day of retirement is the first on which it no longer counts.
    assert!(has(&found("?datetime=2025-03-30").await, RETIRED));
    assert!(!has(&found("?datetime=2025-03-31").await, RETIRED));
}

#[tokio::test]
async fn an_item_not_yet_in_force_is_found_from_its_first_day() {
    assert!(!has(&found("?datetime=2027-03-31").await, COMING));
    assert!(has(&found("?datetime=2027-04-01").await, COMING));
    // The first day begins in Tokyo.
    assert!(has(&found("?datetime=2027-03-31T15:00:00Z").await, COMING));
    assert!(!has(&found("?datetime=2027-03-31T14:59:59Z").await, COMING));
    assert!(has(&found("?datetime=2027-04-01T00:00:00%2B09:00").await, COMING));
}

#[tokio::test]
async fn an_interval_finds_what_counted_on_any_of_its_days() {
    for (interval, retired, successor, coming) in [
        ("../..", true, true, true),
        ("/", true, true, true),
        ("2025-01-01/..", true, true, true),
        ("2025-03-31/..", false, true, true),
        ("../2025-03-31", true, false, false),
        ("../2025-04-01T00:00:00Z", true, true, false),
        ("2025-03-01/2027-04-01", true, true, true),
        ("2026-01-01T00:00:00Z/2026-12-31T00:00:00Z", false, true, false),
        ("2027-04-01/2027-04-01", false, true, true),
    ] {
        let names = found(&format!("?datetime={interval}")).await;
        let is = [RETIRED, SUCCESSOR, COMING].map(|name| has(&names, name));
        assert_eq!(is, [retired, successor, coming], "{interval}");
    }
    assert_eq!(found("?datetime=../..").await.len(), 24);
}

#[tokio::test]
async fn it_goes_with_other_conditions() {
    let client = demo();
    let address = "/ogc/collections/organisations/items?datetime=2024-06-01&kind=neighbourhood_association";
    let page = client.json(address).await;
    assert!(has(&names(&client, address).await, RETIRED));
    assert_eq!(page["numberMatched"], 9);
}

#[tokio::test]
async fn a_retired_item_says_since_when() {
    let client = demo();
    let all = client.json("/ogc/collections/organisations/items?datetime=../..").await;
    let retired = all["features"].as_array().unwrap().iter();
    let retired = retired.clone().find(|one| one["properties"]["name"] == RETIRED).unwrap();
    assert_eq!(retired["properties"]["retired_on"], "2025-03-31");
    let successor = named(&client, "organisations", SUCCESSOR).await;
    assert_eq!(successor["properties"]["valid_from"], "2025-04-01");
}
