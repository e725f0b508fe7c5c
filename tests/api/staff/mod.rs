//! The roster: looking, importing, editing.

mod edits;
mod imports;
mod organisation;
mod people;
mod workbooks;

use http::Method;
use serde_json::Value;

use crate::support::{Caller, Reply};

/// The demo's roster as the file that it was read from.
pub const ROSTER: &str = include_str!("../../../geodata/roster.sample.csv");

/// Brings a file as a roster of that day.
pub async fn preview(caller: &Caller, day: &str, file: &[u8]) -> Reply {
    let path = format!("/api/roster/previews?effective_on={day}&file_name=roster.csv");
    caller.send(Method::POST, &path, Some("application/octet-stream"), &[], file.to_vec()).await
}

/// Whoever has that number, as one finds them.
pub async fn find(caller: &Caller, number: &str) -> Value {
    let found = caller.json(&format!("/api/staff?q={number}")).await;
    found["staff"].as_array().unwrap().iter().find(|one| one["number"] == number).cloned().unwrap_or_default()
}
