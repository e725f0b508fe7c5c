//! Following every link, as a client that knows only the landing page would.

use std::collections::{HashMap, VecDeque};

use crate::support::{BASE, demo, html_links, json_links};

/// Links that leave `/ogc`: the map and its files, which the pages' own tests look after.
fn is_map(link: &str) -> bool {
    let path = link.strip_prefix(BASE).unwrap_or(link);
    path == "/" || path.starts_with("/?") || path == "/ogc.css"
}

#[tokio::test]
async fn every_link_in_json_resolves_to_what_it_promises() {
    let client = demo();
    let mut seen: HashMap<String, usize> = HashMap::from([("/ogc".to_owned(), 0)]);
    let mut queue = VecDeque::from([("/ogc".to_owned(), None)]);
    let mut visited = 0;
    while let Some((address, promised)) = queue.pop_front() {
        let reply = client.get(&address).await.ok();
        visited += 1;
        if let Some(promised) = promised {
            let promised: &String = &promised;
            let essence = promised.split(';').next().unwrap();
            assert_eq!(reply.media_type(), essence, "{address}");
        }
        if reply.media_type().ends_with("json") {
            for (link, promised) in json_links(&reply.json()) {
                assert!(link.starts_with("http"), "{address}: {link} is no absolute address");
                if link.starts_with(BASE) && !is_map(&link) && seen.insert(link.clone(), 1).is_none() {
                    queue.push_back((link, promised));
                }
            }
        }
    }
    // Landing, API, conformance, collections; then each collection with queryables, items and files.
    assert!(visited > 4 + 11 * 8, "{visited}");
}

#[tokio::test]
async fn every_item_can_be_followed_from_the_items() {
    let client = demo();
    for collection in super::COLLECTIONS {
        let items = client.json(&format!("/ogc/collections/{collection}/items?limit=1000")).await;
        for feature in items["features"].as_array().unwrap() {
            let id = feature["id"].as_str().unwrap();
            let item = client.json(&format!("/ogc/collections/{collection}/items/{id}")).await;
            assert_eq!(item["properties"], feature["properties"]);
            for (link, _) in json_links(&item) {
                client.get(&link).await.ok();
            }
        }
    }
}

#[tokio::test]
async fn every_link_on_pages_resolves() {
    let client = demo();
    let start = "/ogc?f=html".to_owned();
    let mut seen: HashMap<String, String> = HashMap::from([(start.clone(), String::new())]);
    let mut queue = VecDeque::from([start]);
    let mut pages = 0;
    while let Some(address) = queue.pop_front() {
        let reply = client.get(&address).await;
        assert!(reply.status.is_success(), "{address} on {}: {}", seen[&address], reply.status);
        if reply.media_type() != "text/html" {
            continue;
        }
        pages += 1;
        for link in html_links(&reply.text()) {
            assert!(!link.is_empty() && !link.starts_with("javascript:"), "{address}: {link:?}");
            if link.starts_with(BASE) && !is_map(&link) && !seen.contains_key(&link) {
                seen.insert(link.clone(), address.clone());
                queue.push_back(link);
            }
        }
    }
    // A page for each of some 236 features at least.
    assert!(pages > 236, "{pages}");
}

#[tokio::test]
async fn pages_have_their_style_sheet() {
    let client = demo();
    let page = client.get("/ogc?f=html").await.ok().text();
    if client.get("/").await.ok().text().contains("Built without its browser app") {
        eprintln!("skipped: the browser app's files are not built in");
        return;
    }
    let sheets: Vec<_> = html_links(&page).into_iter().filter(|link| link.contains(".css")).collect();
    assert!(!sheets.is_empty());
    for sheet in sheets {
        assert_eq!(client.get(&sheet).await.ok().media_type(), "text/css");
    }
}
