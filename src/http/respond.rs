//! Responses that are made of bytes which exist already.

use std::sync::Arc;

use axum::{body::Body, extract::FromRequestParts, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request};

use crate::clock::Timestamp;

use super::{
    Parts, Tag,
    conditional::http_date,
    encoding::{Coding, Effort, KeptParts, Part, SMALLEST_COMPRESSED},
};

/// What a response depends on besides its address.
#[derive(Clone, Debug)]
pub struct Head {
    /// GET or HEAD.
    pub method: Method,
    /// The request's headers.
    pub headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for Head {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self {
            method: parts.method.clone(),
            // Handlers read the rest of the request from its address.
            headers: std::mem::take(&mut parts.headers),
        })
    }
}

/// Bytes whose compressed forms are kept.
pub trait KeptBytes: Send + Sync {
    /// The bytes.
    fn bytes(&self) -> &Bytes;
    /// Their compressed forms.
    fn kept(&self) -> &KeptParts;
}

/// A piece of a body.
#[derive(Clone)]
pub enum Piece {
    /// Made for this response.
    Fresh(Bytes),
    /// Shared by many responses.
    Kept(Arc<dyn KeptBytes>),
}

/// A response's content and what caches need to know of it.
pub struct Content {
    /// Its media type.
    pub media_type: &'static str,
    /// Its entity tag, before its coding is known.
    pub tag: Tag,
    /// When it last changed.
    pub modified: Option<Timestamp>,
    /// `Cache-Control`.
    pub cache: &'static str,
    /// The body.
    pub pieces: Vec<Piece>,
}

/// More than this is compressed on a thread that may block.
const BLOCKING: usize = 64 * 1024;

impl Head {
    /// The answer 304 when the client has the content already.
    #[must_use]
    pub fn not_modified(
        &self,
        tag: &Tag,
        modified: Option<Timestamp>,
        cache: &'static str,
    ) -> Option<Response> {
        let tag = tag.not_modified(&self.headers, modified)?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        let headers = response.headers_mut();
        headers.insert(header::ETAG, tag);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static(VARY));
        Some(response)
    }

    /// The content in the coding that the client likes best.
    pub async fn respond(&self, content: Content) -> Response {
        let length: usize = content.pieces.iter().map(|piece| piece.bytes().len()).sum();
        let accepted = self.headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let coding =
            if length < SMALLEST_COMPRESSED { Coding::Identity } else { Coding::negotiate(accepted) };
        let body = match coding {
            Coding::Identity => content.pieces.into_iter().map(Piece::into_bytes).collect(),
            _ => compress(coding, content.pieces).await,
        };
        let sent: usize = body.iter().map(Bytes::len).sum();
        let mut response = if self.method == Method::HEAD {
            let mut response = Response::new(Body::empty());
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(sent));
            response
        } else {
            Response::new(Body::new(Parts::new(body)))
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content.media_type));
        headers.insert(header::ETAG, content.tag.header(coding));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(content.cache));
        headers.insert(header::VARY, HeaderValue::from_static(VARY));
        if let Some(date) = content.modified.and_then(http_date) {
            headers.insert(header::LAST_MODIFIED, date);
        }
        if let Some(coding) = coding.header() {
            headers.insert(header::CONTENT_ENCODING, coding);
        }
        response
    }
}

const VARY: &str = "accept, accept-encoding, accept-language";

impl Piece {
    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        match self {
            Self::Fresh(bytes) => bytes,
            Self::Kept(kept) => kept.bytes(),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Fresh(bytes) => bytes,
            Self::Kept(kept) => kept.bytes().clone(),
        }
    }

    fn compress(&self, coding: Coding) -> Part {
        match self {
            Self::Fresh(bytes) => coding.compress(bytes, Effort::Quick),
            Self::Kept(kept) => kept.kept().get(coding, kept.bytes()),
        }
    }
}

async fn compress(coding: Coding, pieces: Vec<Piece>) -> Vec<Bytes> {
    let work: usize = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Kept(kept) if kept.kept().has(coding) => 0,
            piece => piece.bytes().len(),
        })
        .sum();
    let assemble = move || coding.assemble(pieces.iter().map(|piece| piece.compress(coding)));
    if work > BLOCKING { tokio::task::spawn_blocking(assemble).await.unwrap_or_default() } else { assemble() }
}
