//! Errors: `application/problem+json`, in the language of whoever asked.

use http::{Method, StatusCode};

use crate::support::demo;

/// Addresses that only read.
const READ_ONLY: [&str; 8] = [
    "/api/settings",
    "/api/layers",
    "/api/layers/stops/features",
    "/api/search",
    "/api/openapi.json",
    "/ogc",
    "/ogc/collections/stops/items",
    "/",
];

#[tokio::test]
async fn nothing_is_there_in_japanese_and_in_english() {
    let client = demo();
    for address in
        ["/nowhere", "/api/nowhere", "/ogc/nowhere", "/assets/nowhere.js", "/api/layers/x/features"]
    {
        for (language, title) in [
            ("", "見つかりません"),
            ("ja", "見つかりません"),
            ("fr", "見つかりません"),
            ("en", "Not found"),
            ("en-GB,en;q=0.9,ja;q=0.8", "Not found"),
            ("ja-JP,en;q=0.5", "見つかりません"),
        ] {
            let reply = client.get_with(address, &[("accept-language", language)]).await;
            let said = reply.header("content-language");
            assert!(reply.header("vary").contains("accept-language"));
            assert_eq!(reply.header("cache-control"), "no-store");
            let problem = reply.problem(StatusCode::NOT_FOUND);
            assert_eq!(problem["title"], title, "{address} {language}");
            assert_eq!(said, if title == "Not found" { "en" } else { "ja" });
            assert_eq!(problem["type"], "urn:problem-type:machiaruki:not-found");
        }
    }
}

#[tokio::test]
async fn a_wrong_parameter_is_explained_in_both_languages() {
    let client = demo();
    let address = "/ogc/collections/stops/items?limit=none";
    for (language, words) in [("ja", "limit は 1 から 10000 まで"), ("en", "limit is a whole number")] {
        let reply = client.get_with(address, &[("accept-language", language)]).await;
        let problem = reply.problem(StatusCode::BAD_REQUEST);
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
        assert_eq!(problem["errors"][0]["message"], problem["detail"]);
    }
}

#[tokio::test]
async fn a_method_that_does_not_work_is_refused_and_the_others_are_named() {
    let client = demo();
    for address in READ_ONLY {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            for (language, title) in
                [("ja", "この方法では操作できません"), ("en", "That method does not work here")]
            {
                let reply = client.ask(method.clone(), address, &[("accept-language", language)]).await;
                let allowed = reply.header("allow");
                assert!(
                    allowed.contains("GET") && allowed.contains("HEAD"),
                    "{method} {address}: {allowed:?}"
                );
                let problem = reply.problem(StatusCode::METHOD_NOT_ALLOWED);
                assert_eq!(problem["title"], title);
            }
        }
    }
}

#[tokio::test]
async fn a_file_cannot_be_posted_to() {
    // It has no route of its own: files are the fallback.
    let reply = demo().ask(Method::POST, "/index.html", &[]).await;
    assert!(reply.status.is_client_error(), "{}", reply.status);
}

#[tokio::test]
async fn head_of_a_problem_has_its_status_and_no_body() {
    let client = demo();
    for address in ["/nowhere", "/ogc/collections/nowhere", "/ogc?colour=red"] {
        let get = client.get(address).await;
        let head = client.ask(Method::HEAD, address, &[]).await;
        assert_eq!(head.status, get.status);
        assert!(head.body.is_empty());
        assert_eq!(head.header("content-type"), "application/problem+json");
        // RFC 9110 section 8.6: either what GET would have sent, or nothing at all.
        let length = head.header("content-length");
        assert!(length.is_empty() || length == get.body.len().to_string(), "{address}: {length}");
    }
}

#[tokio::test]
async fn problems_have_the_headers_that_every_response_has() {
    for address in ["/nowhere", "/ogc?colour=red"] {
        let reply = demo().get(address).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "strict-origin-when-cross-origin");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"));
    }
}

#[tokio::test]
async fn what_was_asked_is_not_repeated_as_markup() {
    let reply = demo().get("/ogc/collections/%3Cscript%3E").await;
    assert_eq!(reply.media_type(), "application/problem+json");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn a_path_cannot_climb_out_of_the_files() {
    let client = demo();
    for address in [
        "/assets/../index.html",
        "/assets/%2e%2e/index.html",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "//etc/passwd",
    ] {
        client.get(address).await.problem(StatusCode::NOT_FOUND);
    }
}
