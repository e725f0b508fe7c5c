//! The browser app, embedded in the binary.
//!
//! `build.rs` builds `static/` into `OUT_DIR/ui`. Files below `/assets/` carry a hash of their content
//! in their names and never change; pages are asked for anew each time and answered 304.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    Content, Embedding, Head, Message, Piece, Problem, Site, Tag,
    encoding::{Coding, Effort, KeptParts, Part},
    respond::KeptBytes,
    secure_page,
};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

#[derive(rust_embed::RustEmbed)]
#[folder = "$OUT_DIR/ui"]
struct Files;

struct Asset {
    bytes: Bytes,
    kept: KeptParts,
    tag: String,
    media_type: &'static str,
}

impl KeptBytes for Asset {
    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn write_to(&self, body: &mut Vec<Bytes>) {
        body.push(self.bytes.clone());
    }

    fn part(&self, coding: Coding) -> Part {
        self.kept.get_or(coding, || coding.compress(&self.bytes, Effort::Kept))
    }

    fn is_made(&self, coding: Coding) -> bool {
        self.kept.has(coding)
    }
}

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

fn assets() -> &'static HashMap<String, std::sync::Arc<Asset>> {
    static ASSETS: OnceLock<HashMap<String, std::sync::Arc<Asset>>> = OnceLock::new();
    ASSETS.get_or_init(|| {
        Files::iter()
            .filter_map(|path| {
                let file = Files::get(&path)?;
                let tag = file.metadata.sha256_hash()[..8]
                    .iter()
                    .fold(String::new(), |tag, byte| tag + &format!("{byte:02x}"));
                let asset = Asset {
                    bytes: match file.data {
                        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                        std::borrow::Cow::Owned(bytes) => bytes.into(),
                    },
                    kept: KeptParts::default(),
                    tag,
                    media_type: media_type(&path),
                };
                Some((path.into_owned(), std::sync::Arc::new(asset)))
            })
            .collect()
    })
}

const HTML: &str = "text/html; charset=utf-8";

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => HTML,
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file of the browser app.
pub async fn file(path: &str, head: &Head) -> Response {
    match assets().get(path) {
        Some(asset) => {
            let cache = if path.starts_with("assets/") { IMMUTABLE } else { ASK_AGAIN };
            send(asset, head, cache).await
        }
        None => missing(),
    }
}

/// Whether there is such a file outside `/assets/`. Pages have addresses of their own.
#[must_use]
pub fn is_public_file(path: &str) -> bool {
    media_type(path) != HTML && assets().contains_key(path)
}

/// A file outside `/assets/`.
pub async fn public_file(path: &str, head: &Head) -> Response {
    if is_public_file(path) { file(path, head).await } else { missing() }
}

/// A page of the browser app, with the policy that keeps foreign code and frames out of it.
///
/// Only a page that is asked for to be `framed` may stand in a frame of somebody else's page.
pub async fn page(name: &str, head: &Head, site: &Site, framed: Option<&Embedding>) -> Response {
    let Some(asset) = assets().get(name) else {
        return missing();
    };
    let mut response = send(asset, head, ASK_AGAIN).await;
    secure_page(response.headers_mut(), site, framed);
    response
}

fn missing() -> Response {
    Problem::not_found(Message::new(
        "このアドレスには何もありません。地図(/)からお探しください。",
        "There is nothing at this address. Please look on the map (/).",
    ))
    .into_response()
}

async fn send(asset: &std::sync::Arc<Asset>, head: &Head, cache: &'static str) -> Response {
    let tag = Tag::new(&asset.tag, &());
    if let Some(response) = head.not_modified(&tag, None, cache) {
        return response;
    }
    head.respond(Content {
        media_type: asset.media_type,
        tag,
        modified: None,
        cache,
        pieces: vec![Piece::Kept(asset.clone())],
    })
    .await
}
