//! `/api/layers` and `/api/search`: what the browser app reads.

mod export;
mod feature;
mod features;
mod list;
mod reimport;
mod search;
