//! The demo's programmes: invented, each marked 見本.

use serde_json::json;

use crate::{
    clock::{Timestamp, tokyo_date},
    db::{DbError, Tx},
    random::SharedRandom,
    visits::model::FiscalYear,
};

use super::{
    model::{Frequency, ProgrammeId, Rule, usual_questions},
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
                "requirement": { "routes": 2, "new_routes": 1 },
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
