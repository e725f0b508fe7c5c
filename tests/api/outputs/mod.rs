//! What comes out of published routes, opened in programs that are not ours; and what comes in.

mod exports;
mod http;
mod paper;
