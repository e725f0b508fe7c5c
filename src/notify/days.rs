//! Days as notices say them.

use crate::{clock::Date, http::Language};

/// A day with its weekday: `2026年12月1日(火)`, `Tue 1 Dec 2026`.
#[must_use]
pub fn said(day: Date, language: Language) -> String {
    match language {
        Language::Ja => {
            const DAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
            let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
            format!("{}年{}月{}日({})", day.year(), day.month(), day.day(), DAYS[weekday])
        }
        Language::En => day.strftime("%a %-d %b %Y").to_string(),
    }
}
