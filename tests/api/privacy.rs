//! What is not public is nowhere: not in JSON, not on pages, not in files, not as a condition.

use std::collections::{HashSet, VecDeque};

use machiaruki::catalogue::LayerId;
use serde_json::json;

use crate::support::{Anonymous, BASE, Ward, html_links, json_links, point};

/// Values that would be noticed wherever they turned up.
const CANARIES: [&str; 5] =
    ["会長カナリア太郎", "090-5555-0199", "canary-secret@example.jp", "知られざる列の値", "canary-nested"];

/// A ward with private fields in two layers, and columns that no field names.
async fn ward() -> Ward {
    let ward = Ward::empty().await;
    let private = json!({
        "contact_name": CANARIES[0], "contact_phone": CANARIES[1], "contact_email": CANARIES[2],
        "謎の列": CANARIES[3], "nested": { "deep": CANARIES[4] }, "kind": "pta",
    });
    let mut japanese = json!({ "代表者名": CANARIES[0], "代表者電話番号": CANARIES[1] });
    japanese["メールアドレス(非公開)"] = CANARIES[2].into();
    let all = json!({ "type": "FeatureCollection", "features": [
        point("甲町会", [139.75, 35.65], private),
        point("乙町会", [139.76, 35.66], japanese),
    ] });
    ward.import(LayerId::Organisations, "organisations", &all).await;
    ward.import(LayerId::Councils, "councils", &all).await;
    ward
}

fn has(body: &[u8], text: &str) -> bool {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(body, text.as_bytes()).is_some() || memchr::memmem::find(body, &utf16).is_some()
}

/// Everything that a client can reach from these addresses.
async fn everything(client: &Anonymous, starts: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut queue: VecDeque<String> = starts.iter().map(|start| (*start).to_owned()).collect();
    let mut seen: HashSet<String> = queue.iter().cloned().collect();
    let mut found = Vec::new();
    while let Some(address) = queue.pop_front() {
        let reply = client.get(&address).await;
        let links: Vec<String> = match reply.media_type().as_str() {
            "text/html" => html_links(&reply.text()),
            kind if kind.ends_with("json") => {
                json_links(&reply.json()).into_iter().map(|link| link.0).collect()
            }
            _ => Vec::new(),
        };
        for link in links.into_iter().filter(|link| link.starts_with(BASE)) {
            if seen.insert(link.clone()) {
                queue.push_back(link);
            }
        }
        found.push((address, reply.body.to_vec()));
    }
    found
}

#[tokio::test]
async fn private_values_are_nowhere() {
    let ward = ward().await;
    let client = ward.anonymous();
    let mut starts = vec!["/ogc", "/ogc?f=html", "/api/layers", "/api/settings", "/api/openapi.json"];
    starts.extend([
        "/api/layers/organisations/features",
        "/api/layers/councils/features",
        "/api/search?q=町会",
    ]);
    starts.extend([
        "/ogc/collections/organisations/items?datetime=../..",
        "/ogc/collections/councils/items?limit=1",
    ]);
    let found = everything(&client, &starts).await;
    for format in ["geojson", "gpkg", "csv", "kml"] {
        let address = format!("{BASE}/api/layers/organisations/export/{format}");
        let file = found.iter().find(|one| one.0 == address).expect("exports are linked");
        assert!(has(&file.1, "甲町会"), "{format}: this search would find nothing at all");
    }
    for (address, body) in &found {
        for canary in CANARIES {
            assert!(!has(body, canary), "{canary} is at {address}");
        }
        // The definition says that members of a council are told whom to turn to; it holds nobody's name.
        let defines = address.ends_with("/api/openapi.json");
        for field in ["contact_name", "contact_phone", "contact_email", "代表者", "謎の列"] {
            assert!(defines || !has(body, field), "{field} is named at {address}");
        }
    }
    assert!(found.len() > 100, "{}", found.len());
}

#[tokio::test]
async fn private_values_were_stored() {
    let ward = ward().await;
    let mut tx = ward.app.db.read().await.unwrap();
    let machiaruki::db::Tx::Sqlite(conn) = &mut tx else { panic!("SQLite is expected") };
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM record WHERE properties LIKE '%カナリア%'")
        .fetch_one(&mut **conn)
        .await
        .unwrap();
    assert_eq!(count, 4, "without them the other tests would prove nothing");
}

#[tokio::test]
async fn a_private_field_is_no_condition() {
    let ward = ward().await;
    let client = ward.anonymous();
    for layer in ["organisations", "councils"] {
        for field in ["contact_name", "contact_phone", "contact_email"] {
            let reply = client.get(&format!("/ogc/collections/{layer}/items?{field}={}", CANARIES[0])).await;
            // Exactly as a field that does not exist.
            assert_eq!(reply.clone().wrong_parameters(), [field]);
            let listed = reply.json()["detail"].as_str().unwrap().replace(&format!("「{field}」"), "");
            assert!(!listed.contains("contact"), "{listed}");
        }
    }
}

#[tokio::test]
async fn private_values_are_not_searched() {
    let ward = ward().await;
    let client = ward.anonymous();
    assert_eq!(client.json("/api/search?q=町会").await["results"].as_array().unwrap().len(), 4);
    for canary in ["カナリア", "090-5555-0199", "09055550199", "canary", "謎"] {
        assert_eq!(client.json(&format!("/api/search?q={canary}")).await["results"], json!([]), "{canary}");
    }
}

#[tokio::test]
async fn sensitive_things_are_no_layers() {
    let ward = Ward::demo().await;
    let client = ward.anonymous();
    for name in ["housing", "residencies", "visits", "staff", "installation", "record", "dataset"] {
        for address in [format!("/ogc/collections/{name}/items"), format!("/api/layers/{name}/features")] {
            assert_eq!(client.get(&address).await.status, http::StatusCode::NOT_FOUND, "{address}");
        }
    }
    let found = client.json("/api/search?q=なみの寮").await;
    assert_eq!(found["results"], json!([]));
}
