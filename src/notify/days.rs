//! Days as notices say them.

use crate::{clock::Date, text::ReaderLanguage};

/// A day with its weekday: `2026年12月1日(火)`, `Tue 1 Dec 2026`, `2026ねん12がつ1にち(か)`.
#[must_use]
pub fn said(day: Date, language: ReaderLanguage) -> String {
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
    match language {
        ReaderLanguage::Ja => {
            const DAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
            format!("{}年{}月{}日({})", day.year(), day.month(), day.day(), DAYS[weekday])
        }
        ReaderLanguage::Easy => {
            const DAYS: [&str; 7] = ["げつ", "か", "すい", "もく", "きん", "ど", "にち"];
            format!("{}ねん{}がつ{}にち({})", day.year(), day.month(), day.day(), DAYS[weekday])
        }
        ReaderLanguage::En => day.strftime("%a %-d %b %Y").to_string(),
    }
}
