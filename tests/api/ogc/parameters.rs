//! Query parameters: what is not known or not well formed is refused by name, everywhere.

use http::StatusCode;

use crate::support::demo;

const DOCUMENTS: [&str; 7] = [
    "/ogc",
    "/ogc/api",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/shelters",
    "/ogc/collections/shelters/queryables",
    "/ogc/collections/shelters/items",
];

#[tokio::test]
async fn an_unknown_parameter_is_refused_by_name() {
    let client = demo();
    for address in DOCUMENTS {
        for name in ["colour", "F", "対象"] {
            let reply = client.get_with(&format!("{address}?{name}=1"), &[("accept-language", "en")]).await;
            let problem = reply.clone().problem(StatusCode::BAD_REQUEST);
            assert!(problem["detail"].as_str().unwrap().contains(name), "{problem}");
            assert_eq!(reply.wrong_parameters(), [name]);
        }
    }
}

#[tokio::test]
async fn one_item_takes_no_filter() {
    let client = demo();
    let id = crate::support::feature_ids(&client, "/api/layers/shelters/features?limit=1").await.remove(0);
    let reply = client.get(&format!("/ogc/collections/shelters/items/{id}?limit=1")).await;
    assert_eq!(reply.wrong_parameters(), ["limit"]);
}

#[tokio::test]
async fn a_representation_that_is_not_made_is_refused() {
    let client = demo();
    for address in DOCUMENTS {
        for other in ["xml", "", "JSON", "gml", "html,json"] {
            let reply = client.get(&format!("{address}?f={other}")).await;
            assert_eq!(reply.wrong_parameters(), ["f"], "{address} {other}");
        }
    }
}

#[tokio::test]
async fn a_parameter_twice_is_refused() {
    let reply = demo().get("/ogc/collections/shelters/items?limit=1&limit=2").await;
    assert_eq!(reply.wrong_parameters(), ["limit"]);
}

#[tokio::test]
async fn broken_percent_encoding_is_refused() {
    let client = demo();
    for query in ["name=%", "name=%zz", "name=%ff", "%ff=1"] {
        let reply = client.get(&format!("/ogc/collections/shelters/items?{query}")).await;
        assert_eq!(reply.wrong_parameters(), ["query"], "{query}");
    }
}

#[tokio::test]
async fn values_that_are_not_well_formed_are_refused_by_parameter() {
    let client = demo();
    for (name, values) in [
        (
            "bbox",
            &["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "139,36,140,35", "-181,0,0,0", "0,-91,0,0", "NaN,0,1,1"][..],
        ),
        ("limit", &["", "0", "-1", "1.5", "many", "１０"]),
        (
            "datetime",
            &[
                "",
                "yesterday",
                "2026-02-30",
                "2026-04-01T00:00:00",
                "2026-02-01/2026-01-01",
                "../../..",
                "a/..",
            ],
        ),
        ("cursor", &["", "1", "zz-1", "1-1", "-", "0-0000000000000000x", "%00"]),
        ("crs", &["EPSG:4326", "http://www.opengis.net/def/crs/EPSG/0/6677"]),
        ("bbox-crs", &["http://www.opengis.net/def/crs/EPSG/0/4326"]),
    ] {
        for value in values {
            let reply = client.get(&format!("/ogc/collections/shelters/items?{name}={value}")).await;
            assert_eq!(reply.wrong_parameters(), [name], "{value}");
        }
    }
}

#[tokio::test]
async fn the_reference_system_that_is_served_anyway_may_be_asked_for() {
    let client = demo();
    let crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    let address = format!("/ogc/collections/shelters/items?crs={crs84}&bbox-crs={crs84}&bbox=139,35,140,36");
    assert_eq!(client.json(&address).await["numberMatched"], 21);
}
