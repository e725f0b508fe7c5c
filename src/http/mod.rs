//! What every feature's `routes.rs` shares: problems, negotiation, conditional requests, bodies.
//! Knows no feature.

pub mod assets;
mod body;
mod conditional;
pub mod encoding;
mod language;
pub mod limits;
mod negotiate;
mod problem;
mod respond;
pub mod server;
mod site;

pub use body::Parts;
pub use conditional::{Modified, Tag};
pub use language::Language;
pub use negotiate::Representation;
pub use problem::{FieldProblem, Message, Problem, ProblemDocument, ProblemKind, render_problems};
pub use respond::{Content, Head, KeptBytes, Piece};
pub use site::{BaseMap, Municipality, Site};
