//! Responses that are made of bytes which exist already.

use std::sync::Arc;

use axum::{body::Body, extract::FromRequestParts, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request};

use super::{
    Modified, Parts, Peer, Tag,
    encoding::{Coding, Effort, LONGEST_STORED, Part, SMALLEST_COMPRESSED},
};

/// What a response depends on besides its address.
#[derive(Clone, Debug)]
pub struct Head {
    /// GET or HEAD.
    pub method: Method,
    /// The request's headers.
    pub headers: HeaderMap,
    /// Whether the client speaks to us over TLS: links then do so too.
    pub secure: bool,
}

impl<S: Sync> FromRequestParts<S> for Head {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self {
            method: parts.method.clone(),
            // Handlers read the rest of the request from its address.
            headers: std::mem::take(&mut parts.headers),
            secure: parts.extensions.get::<Peer>().is_some_and(|peer| peer.secure),
        })
    }
}

/// Content whose compressed forms are kept.
pub trait KeptBytes: Send + Sync {
    /// How long it is.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Appends it as it is.
    fn write_to(&self, body: &mut Vec<Bytes>);
    /// Its form in that coding.
    fn part(&self, coding: Coding) -> Part;
    /// Whether that form has been made.
    fn is_made(&self, coding: Coding) -> bool;
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
    pub modified: Option<Modified>,
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
        modified: Option<&Modified>,
        cache: &'static str,
    ) -> Option<Response> {
        let tag = tag.not_modified(&self.headers, modified.map(Modified::moment))?;
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
        let length: usize = content.pieces.iter().map(Piece::len).sum();
        let is_kept = content.pieces.iter().any(|piece| matches!(piece, Piece::Kept(_)));
        let accepted = self.headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let coding = if length < SMALLEST_COMPRESSED {
            Coding::Identity
        } else {
            Coding::negotiate(accepted, if is_kept { Effort::Kept } else { Effort::Quick })
        };
        let body = if coding == Coding::Identity {
            let mut body = Vec::new();
            for piece in content.pieces {
                piece.write_to(&mut body);
            }
            body
        } else {
            compress(coding, content.pieces, is_kept).await
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
        if let Some(modified) = content.modified {
            headers.insert(header::LAST_MODIFIED, modified.header());
        }
        if let Some(coding) = coding.header() {
            headers.insert(header::CONTENT_ENCODING, coding);
        }
        response
    }
}

const VARY: &str = "accept, accept-encoding, accept-language";

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Fresh(bytes) => bytes.len(),
            Self::Kept(kept) => kept.len(),
        }
    }

    fn write_to(self, body: &mut Vec<Bytes>) {
        match self {
            Self::Fresh(bytes) => body.push(bytes),
            Self::Kept(kept) => kept.write_to(body),
        }
    }

    fn part(&self, coding: Coding, among_kept: bool) -> Part {
        match self {
            Self::Fresh(bytes) if among_kept && bytes.len() <= LONGEST_STORED => coding.store(bytes),
            Self::Fresh(bytes) => coding.compress(bytes, Effort::Quick),
            Self::Kept(kept) => kept.part(coding),
        }
    }
}

async fn compress(coding: Coding, pieces: Vec<Piece>, among_kept: bool) -> Vec<Bytes> {
    let work: usize = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Kept(kept) if kept.is_made(coding) => 0,
            piece => piece.len(),
        })
        .sum();
    let assemble = move || coding.assemble(pieces.iter().map(|piece| piece.part(coding, among_kept)));
    if work > BLOCKING { tokio::task::spawn_blocking(assemble).await.unwrap_or_default() } else { assemble() }
}
