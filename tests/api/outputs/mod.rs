//! What comes out of published routes, opened in programs that are not ours.

mod exports;
