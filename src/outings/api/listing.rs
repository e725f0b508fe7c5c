//! Which outings a list holds, page by page.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::{
    clock::{Date, Timestamp, tokyo_midnight},
    http::{Message, Problem},
    outings::{
        model::OutingId,
        store::{Outing, Span, Whose},
    },
    staff::StaffId,
};

/// Outings per page.
const PAGE: i64 = 50;
const MOST: i64 = 200;

/// Which outings are asked for.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ListParams {
    from: Option<String>,
    before: Option<String>,
    mine: Option<String>,
    after: Option<String>,
    limit: Option<i64>,
}

fn unreadable(name: &str) -> Problem {
    Problem::impossible(name, Message::new("値を読み取れません。", "The value cannot be read."))
}

/// A day; the parser takes other forms of ISO 8601 as well.
fn day(name: &str, text: &str) -> Result<Date, Problem> {
    let found = Some(text).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
    found.ok_or_else(|| unreadable(name))
}

/// Where the last page ended.
fn end(text: &str) -> Option<(Timestamp, OutingId)> {
    let (micros, id) = text.split_once('_')?;
    Some((Timestamp::from_microsecond(micros.parse().ok()?).ok()?, id.parse().ok()?))
}

impl ListParams {
    /// How many are asked for.
    pub(super) fn limit(&self) -> Result<i64, Problem> {
        let limit = self.limit.unwrap_or(PAGE);
        if (1..=MOST).contains(&limit) { Ok(limit) } else { Err(unreadable("limit")) }
    }

    /// From which moment and outing on, and in which direction.
    pub(super) fn span(&self, today: Date) -> Result<Span, Problem> {
        let from = self.from.as_deref().map(|text| day("from", text)).transpose()?;
        let before = self.before.as_deref().map(|text| day("before", text)).transpose()?;
        let after = match &self.after {
            Some(text) => Some(end(text).ok_or_else(|| unreadable("after"))?),
            None => None,
        };
        Ok(match (before, after) {
            (Some(_), Some((moment, id))) => Span::Before(moment, Some(id)),
            (Some(before), None) => Span::Before(tokyo_midnight(before), None),
            (None, Some((moment, id))) => Span::From(moment, Some(id)),
            (None, None) => Span::From(tokyo_midnight(from.unwrap_or(today)), None),
        })
    }

    /// Whose are asked for; `None` when the caller, who is on no roster, has none.
    pub(super) fn whose(&self, staff: Option<StaffId>) -> Result<Option<Whose>, Problem> {
        Ok(match self.mine.as_deref() {
            None => Some(Whose::All),
            Some("joined") => staff.map(Whose::Joined),
            Some("led") => staff.map(Whose::Led),
            Some(_) => return Err(unreadable("mine")),
        })
    }

    /// The address of the page behind this outing.
    pub(super) fn next(&self, limit: i64, last: &Outing) -> String {
        let mut address = format!("/api/outings?limit={limit}");
        // What was read as a day, or as one of the words, needs no encoding.
        for (name, value) in [("before", &self.before), ("mine", &self.mine)] {
            if let Some(value) = value {
                // Writing into memory cannot fail.
                let _ = write!(address, "&{name}={value}");
            }
        }
        let _ = write!(address, "&after={}_{}", last.starts_at.as_microsecond(), last.id);
        address
    }
}
