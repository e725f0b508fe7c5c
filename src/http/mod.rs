//! What every feature's `routes.rs` shares: problems, negotiation, conditional requests, bodies.
//! Knows no feature.

pub mod assets;
mod body;
mod conditional;
mod download;
pub mod encoding;
mod forwarded;
mod if_match;
mod json;
mod language;
pub mod limits;
mod negotiate;
mod origin;
mod peer;
mod problem;
mod proxies;
mod query;
pub mod redirect;
mod request_id;
mod respond;
mod said;
mod security;
pub mod server;
mod site;
pub mod tls;

pub use body::Parts;
pub use conditional::{Modified, Tag};
pub use download::{Download, FileName};
pub use if_match::{changed_meanwhile, meant_version, version_tag};
pub use json::{JsonBody, Private, body_bytes, is_json};
pub use language::Language;
pub use negotiate::Representation;
pub use origin::is_cross_site;
pub use peer::{FORWARDING, Peer, is_forwarded};
pub use problem::{FieldProblem, Message, Problem, ProblemDocument, ProblemKind, render_problems};
pub use proxies::TrustedProxies;
pub use query::query_string;
pub use request_id::RequestId;
pub use respond::{Content, Head, KeptBytes, Piece};
pub use said::{check_text, said};
pub use security::{Embedding, secure, secure_page};
pub use site::{BaseMap, Municipality, Site};
