//! Headers that keep foreign code, frames and curious pages away, on every kind of response.

use std::{net::Ipv4Addr, sync::Arc};

use axum::{Extension, Router};
use http::Method;
use machiaruki::{
    auth::Surface,
    http::{Embedding, Peer, Site},
};

use crate::support::{Anonymous, Reply, Ward, demo, site};

/// What every response says, whatever it is.
#[track_caller]
fn is_kept(reply: &Reply) -> String {
    let at = &reply.address;
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{at}");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{at}");
    assert!(
        ["same-origin", "strict-origin-when-cross-origin", "no-referrer"]
            .contains(&reply.header("referrer-policy").as_str()),
        "{at}: {}",
        reply.header("referrer-policy")
    );
    let permissions = reply.header("permissions-policy");
    for permission in ["geolocation=(self)", "camera=(self)", "microphone=()", "payment=()"] {
        assert!(permissions.contains(permission), "{at}: {permissions}");
    }
    let policy = reply.header("content-security-policy");
    let has = |directive: &str| policy.split(';').any(|part| part.trim() == directive);
    assert!(has("default-src 'self'") || has("default-src 'none'"), "{at}: {policy}");
    assert!(has("base-uri 'none'"), "{at}: {policy}");
    for weakness in ["unsafe", "'nonce", "'sha", "blob:", "script-src", "https: ", "http: "] {
        assert!(!policy.contains(weakness), "{at}: {policy}");
    }
    // Open data are anybody's to load; the rest is ours alone.
    let is_open = reply.header("access-control-allow-origin") == "*";
    let reach = if is_open { "cross-origin" } else { "same-origin" };
    if !at.contains("embed=1") {
        assert_eq!(reply.header("cross-origin-resource-policy"), reach, "{at}");
    }
    // Nobody may insist on TLS over a connection without it.
    assert_eq!(reply.header("strict-transport-security"), "", "{at}");
    policy
}

#[tokio::test]
async fn every_route_says_what_its_answers_may_do() {
    let ward = Ward::demo().await;
    let own = Arc::new(site(true));
    let client = ward.anonymous();
    let entries = ward.app.routes(&own, &ward.app.gate(&own)).list();
    assert!(entries.len() > 30, "{}", entries.len());
    for entry in entries {
        let address = entry.path.replace("{layer}", "schools").replace("{collection}", "schools");
        let reply = client.ask(entry.method, &address, &[]).await;
        let policy = is_kept(&reply);
        assert!(policy.contains("frame-ancestors 'self'"), "{address}: {policy}");
        let is_open = reply.header("access-control-allow-origin") == "*";
        let may_be_open = ["/ogc", "/api/layers", "/api/search", "/api/settings"];
        assert_eq!(is_open, may_be_open.iter().any(|open| address.starts_with(open)), "{address}");
        assert_eq!(reply.header("access-control-allow-credentials"), "", "{address}");
    }
}

#[tokio::test]
async fn so_do_problems_files_and_unchanged_answers() {
    let client = demo();
    let tag = client.get("/").await.ok().header("etag");
    for (method, address, headers) in [
        (Method::GET, "/nowhere", &[][..]),
        (Method::GET, "/api/nowhere", &[]),
        (Method::GET, "/assets/nowhere.js", &[]),
        (Method::POST, "/", &[]),
        (Method::HEAD, "/", &[]),
        (Method::GET, "/ogc?colour=red", &[]),
        (Method::GET, "/", &[("if-none-match", &*tag)]),
        (Method::POST, "/api/sign-in", &[]),
        (Method::POST, "/api/sign-in", &[("sec-fetch-site", "cross-site")]),
        (Method::OPTIONS, "/api/layers", &[("origin", "https://other.example")]),
    ] {
        let policy = is_kept(&client.ask(method, address, headers).await);
        assert!(policy.contains("frame-ancestors 'self'"), "{address}: {policy}");
    }
}

#[tokio::test]
async fn only_the_embedded_public_map_may_be_framed_and_only_by_whom_it_is_for() {
    let ward = Ward::demo().await;
    let client = |embedding: Embedding, surfaces: &[Surface]| {
        let site = Site { embedding, ..site(true) };
        Anonymous::new(ward.app.router_of(site, surfaces))
    };
    let origins = Embedding::Origins(vec!["https://www.city.example".into()]);
    for (embedding, surfaces, ancestors) in [
        (Embedding::Anybody, &Surface::ALL[..], "frame-ancestors *"),
        (Embedding::Nobody, &Surface::ALL, "frame-ancestors 'self'"),
        (origins.clone(), &Surface::ALL, "frame-ancestors 'self' https://www.city.example"),
        (Embedding::Anybody, &[Surface::Public], "frame-ancestors *"),
        (Embedding::Anybody, &[Surface::Staff, Surface::Register], "frame-ancestors 'self'"),
        (origins, &[Surface::Staff], "frame-ancestors 'self'"),
    ] {
        let client = client(embedding, surfaces);
        let policy = is_kept(&client.get("/?embed=1").await.ok());
        assert!(policy.ends_with(ancestors), "{surfaces:?}: {policy}");
        for address in
            ["/", "/?embed=0", "/?noembed=1", "/sign-in?embed=1", "/ogc?f=html", "/nowhere?embed=1"]
        {
            let policy = is_kept(&client.get(address).await);
            assert!(policy.ends_with("frame-ancestors 'self'"), "{address}: {policy}");
        }
    }
}

#[tokio::test]
async fn over_tls_browsers_are_told_to_insist_on_it() {
    let ward = Ward::empty().await;
    let peer = Peer { address: Ipv4Addr::LOCALHOST.into(), secure: true, forwarded: false };
    let router: Router = ward.app.router(site(false)).layer(Extension(peer));
    let client = Anonymous::new(router);
    for address in ["/", "/ogc", "/nowhere", "/api/me"] {
        let reply = client.get(address).await;
        assert_eq!(reply.header("strict-transport-security"), "max-age=31536000", "{address}");
    }
}
