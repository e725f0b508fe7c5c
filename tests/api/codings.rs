//! Compressed bodies: gzip, Brotli and Zstandard.

use std::collections::HashSet;

use http::Method;

use crate::support::{Ward, decoded, demo, shared_file};

const CODINGS: [&str; 4] = ["", "gzip", "br", "zstd"];

const LARGE: [&str; 8] = [
    "/api/layers",
    "/api/layers/stops/features",
    "/api/layers/routes/features?limit=3",
    "/ogc/collections?f=html",
    "/ogc/collections/stops/items",
    "/ogc/collections/stops/items?limit=5&f=html",
    "/ogc/api",
    "/api/layers/shelters/export/csv",
];

#[tokio::test]
async fn each_coding_decodes_to_the_same_bytes_and_has_its_own_strong_tag() {
    let client = demo();
    for address in LARGE {
        let plain = client.get(address).await.ok();
        assert_eq!(plain.header("content-encoding"), "", "{address}");
        let mut tags = HashSet::new();
        for coding in CODINGS {
            let reply = client.get_with(address, &[("accept-encoding", coding)]).await.ok();
            assert_eq!(reply.header("content-encoding"), coding, "{address}");
            assert_eq!(decoded(coding, &reply.body), plain.body, "{address} {coding}");
            assert_eq!(reply.header("content-length"), reply.body.len().to_string());
            assert_eq!(reply.header("content-type"), plain.header("content-type"));
            assert!(reply.header("vary").contains("accept-encoding"));
            let tag = reply.header("etag");
            assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag} is not strong");
            assert!(tags.insert(tag), "{address}: two codings share a tag");
            if !coding.is_empty() {
                assert!(reply.body.len() < plain.body.len(), "{address} {coding}");
            }
        }
    }
}

#[tokio::test]
async fn the_clients_wish_is_weighed() {
    let client = demo();
    for (accept, coding) in [
        // Made anew for each client: the quick ones first.
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("br", "br"),
        ("gzip, deflate", "gzip"),
        ("zstd, gzip;q=0.5", "zstd"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("identity", ""),
        ("compress", ""),
        ("gzip;q=0", ""),
        ("GZIP", "gzip"),
    ] {
        let reply = client.get_with("/api/layers", &[("accept-encoding", accept)]).await.ok();
        assert_eq!(reply.header("content-encoding"), coding, "{accept}");
    }
}

#[tokio::test]
async fn head_says_the_length_that_get_would_send_in_that_coding() {
    let client = demo();
    for address in LARGE {
        for coding in CODINGS {
            let wish = [("accept-encoding", coding)];
            let get = client.get_with(address, &wish).await.ok();
            let head = client.ask(Method::HEAD, address, &wish).await.ok();
            assert!(head.body.is_empty(), "{address}");
            assert_eq!(head.header("content-length"), get.body.len().to_string(), "{address} {coding}");
            let without_id = |mut headers: http::HeaderMap| {
                headers.remove("x-request-id");
                headers
            };
            assert_eq!(without_id(head.headers), without_id(get.headers), "{address} {coding}");
        }
    }
}

#[tokio::test]
async fn a_small_body_goes_as_it_is() {
    let reply = demo().get_with("/ogc/conformance", &[("accept-encoding", "gzip, br, zstd")]).await.ok();
    assert!(reply.body.len() < 1_000);
    assert_eq!(reply.header("content-encoding"), "");
}

#[tokio::test]
async fn a_large_layer_put_together_from_compressed_parts_is_one_body() {
    let Some(file) = shared_file("school-districts/hachioji-a27-polygons.geojson") else { return };
    let ward = Ward::empty().await;
    ward.import_bytes(machiaruki::catalogue::LayerId::SchoolDistricts, "hachioji", &file).await;
    let client = ward.anonymous();
    for address in [
        "/api/layers/school_districts/features",
        "/ogc/collections/school_districts/items?bbox=139.3,35.6,139.4,35.7",
        "/ogc/collections/school_districts/items?limit=40",
    ] {
        let plain = client.get(address).await.ok();
        assert!(plain.body.len() > 100_000, "{}", plain.body.len());
        plain.json();
        // The second time, from what was kept.
        for coding in [CODINGS, CODINGS].concat() {
            let reply = client.get_with(address, &[("accept-encoding", coding)]).await.ok();
            assert_eq!(decoded(coding, &reply.body), plain.body, "{address} {coding}");
        }
    }
}
