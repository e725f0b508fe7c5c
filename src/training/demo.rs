//! The demo's programmes: invented, each marked 見本.

use serde_json::json;

use crate::{
    clock::{Date, Timestamp, tokyo_date},
    db::{DbError, Tx},
    geo::Position,
    random::SharedRandom,
    staff,
    visits::model::FiscalYear,
};

use super::{
    model::{Frequency, Office, ProgrammeId, Rule, usual_questions},
    store::{self, NewProgramme},
};

/// Opens the demo's programmes in the current fiscal year. Doing it again changes nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_programmes(tx: &mut Tx, random: &SharedRandom, now: Timestamp) -> Result<(), DbError> {
    if !store::programmes(tx).await?.is_empty() {
        return Ok(());
    }
    let year = FiscalYear::of(tokyo_date(now));
    let demo = [
        (
            "all-staff",
            Frequency::Yearly,
            json!({
                "title": {
                    "ja": "悉皆まち歩き研修(見本)", "en": "Walk training for all staff (sample)",
                    "easy": "みんなの まちあるき(みほん)",
                },
                "requirement": { "routes": 1, "or_outing": true, "or_desk": true },
                "deadline": "02-28", "reminders": [60, 14],
            }),
        ),
        (
            "newcomers",
            Frequency::Once,
            json!({
                "title": {
                    "ja": "新任まち歩き研修(見本)", "en": "Walk training for newcomers (sample)",
                    "easy": "あたらしい ひとの まちあるき(みほん)",
                },
                "audience": { "joined_within_years": 1 },
                "requirement": { "routes": 2, "new_routes": 1, "away_routes": 1 },
                "deadline": "12-31", "reminders": [30],
            }),
        ),
    ];
    for (code, frequency, rule) in demo {
        let mut rule: Rule =
            serde_json::from_value(rule).map_err(|error| DbError::Corrupt(error.to_string()))?;
        if frequency == Frequency::Yearly {
            rule.questions = usual_questions();
        }
        let id = ProgrammeId(random.id());
        let new = NewProgramme { id, code: code.to_owned(), frequency, created_by: None };
        store::insert_programme(tx, &new, now).await?;
        store::insert_year(tx, (id, year), &rule, None, now).await?;
        store::open_year(tx, id, year, now).await?;
    }
    store::next_change(tx).await.map(|_| ())
}

/// Where the demo's divisions work, with the district: the city hall, and an invented office.
const OFFICES: [(&str, &str, [f64; 2], &str); 5] = [
    ("総務部(見本)", "港区役所", CITY_HALL, "芝地区"),
    ("教育委員会事務局(見本)", "港区役所", CITY_HALL, "芝地区"),
    ("見本課", "港区役所", CITY_HALL, "芝地区"),
    ("芝地区総合支所(見本)", "港区役所", CITY_HALL, "芝地区"),
    ("麻布地区総合支所(見本)", "【見本】麻布の事務所", [139.737, 35.66], "麻布地区"),
];
const CITY_HALL: [f64; 2] = [139.75156, 35.65808];
/// Since before anybody was on the roster.
const SINCE: Date = Date::constant(2025, 4, 1);

/// Says where the demo's divisions work. Doing it again changes nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_offices(tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    if !store::offices(tx).await?.is_empty() {
        return Ok(());
    }
    for row in staff::store::departments(tx, tokyo_date(now)).await? {
        let Some((_, name, location, district)) = OFFICES.iter().find(|(of, ..)| *of == row.name) else {
            continue;
        };
        let office = Office {
            department: row.id.parse().map_err(|_| DbError::Corrupt(row.id))?,
            since: SINCE,
            name: (*name).to_owned(),
            location: Position(*location),
            district: (*district).into(),
        };
        store::put_office(tx, &office).await?;
    }
    store::next_change(tx).await.map(|_| ())
}
