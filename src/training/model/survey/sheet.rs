//! One person's answers at one moment, and when they may be given.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::{Date, Timestamp, tokyo_date},
    training::model::named,
    visits::model::FiscalYear,
};

use super::QuestionId;

/// When somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SheetMoment {
    /// Before they walked anything in the fiscal year (事前アンケート).
    Before,
    /// After they completed the programme (事後アンケート).
    After,
}

named!(SheetMoment { Before = "before", After = "after" });

/// An answer: from 1 (not at all) to 5 (very much).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Answer(u8);

/// It is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer is a whole number from 1 to 5")]
pub struct BadAnswer;

impl Answer {
    /// The points.
    #[must_use]
    pub const fn points(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Answer {
    type Error = BadAnswer;

    fn try_from(points: u8) -> Result<Self, Self::Error> {
        if (1..=5).contains(&points) { Ok(Self(points)) } else { Err(BadAnswer) }
    }
}

impl From<Answer> for u8 {
    fn from(answer: Answer) -> Self {
        answer.0
    }
}

/// What somebody answered; whatever they left out is not there.
pub type Answers = BTreeMap<QuestionId, Answer>;

/// For so many days after the fiscal year's end answers are taken: phones send late, and people answer late.
const DAYS_AFTER: i64 = 60;

/// What decides whether a sheet is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The fiscal year that it belongs to.
    pub year: FiscalYear,
    /// When somebody first visited a stop in it.
    pub walked_at: Option<Timestamp>,
    /// Whether they completed the programme.
    pub is_completed: bool,
}

/// How a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SheetStanding)]
pub enum Standing {
    /// It can be answered, and answered again.
    Open,
    /// They have walked already: what they knew before cannot be asked any more.
    TooLate,
    /// They have not completed the programme yet.
    NotYet,
    /// The year's answers are closed.
    Closed,
}

impl Survey {
    /// The last day on which answers are taken, and on which it can be told whose a sheet is.
    ///
    /// ```
    /// use machiaruki::{training::model::Survey, visits::model::FiscalYear};
    /// let last = Survey::last_day(FiscalYear::new(2026).unwrap());
    /// assert_eq!(last.to_string(), "2027-05-30");
    /// ```
    #[must_use]
    pub fn last_day(year: FiscalYear) -> Date {
        year.last().saturating_add(DAYS_AFTER.days())
    }

    /// Whether the answers of a year are closed on a day.
    #[must_use]
    pub fn is_closed(year: FiscalYear, today: Date) -> bool {
        today > Self::last_day(year)
    }

    /// How a sheet stands that is answered at `at`, by the phone's clock, and arrives `now`. A phone without a network sends the visits
    /// of a walk before or after what was answered before the walk: only the times tell.
    #[must_use]
    pub fn standing(&self, moment: SheetMoment, at: Timestamp, now: Timestamp) -> Standing {
        if Self::is_closed(self.year, tokyo_date(now)) {
            return Standing::Closed;
        }
        match moment {
            SheetMoment::Before => {
                // A clock that is ahead makes nothing earlier.
                let at = at.min(now);
                // Who completed it without a walk, at a desk, has learned as well.
                let has_walked = self.walked_at.map_or(self.is_completed, |walked| walked <= at);
                if has_walked { Standing::TooLate } else { Standing::Open }
            }
            SheetMoment::After if self.is_completed => Standing::Open,
            SheetMoment::After => Standing::NotYet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn survey(walked_at: Option<&str>, is_completed: bool) -> Survey {
        Survey { year: FiscalYear::new(2026).unwrap(), walked_at: walked_at.map(at), is_completed }
    }

    #[test]
    fn before_is_until_the_first_visit_by_the_clock_of_the_phone() {
        let (now, walked) = (at("2026-06-02T00:00:00Z"), "2026-06-01T03:00:00Z");
        let standing = |survey: Survey, text| survey.standing(SheetMoment::Before, at(text), now);
        assert_eq!(standing(survey(None, false), "2026-06-01T00:00:00Z"), Standing::Open);
        // It waited on the phone while the walk was sent.
        assert_eq!(standing(survey(Some(walked), true), "2026-06-01T02:59:59Z"), Standing::Open);
        assert_eq!(standing(survey(Some(walked), false), walked), Standing::TooLate);
        assert_eq!(standing(survey(None, true), "2026-06-01T00:00:00Z"), Standing::TooLate, "at a desk");
        assert_eq!(
            standing(survey(Some("2026-06-02T00:00:00Z"), false), "2026-12-01T00:00:00Z"),
            Standing::TooLate
        );
    }

    #[test]
    fn after_is_from_completion_until_the_year_is_closed() {
        let standing = |survey: Survey, now| survey.standing(SheetMoment::After, at(now), at(now));
        assert_eq!(standing(survey(None, false), "2026-06-01T00:00:00Z"), Standing::NotYet);
        assert_eq!(standing(survey(None, true), "2026-06-01T00:00:00Z"), Standing::Open);
        assert_eq!(standing(survey(None, true), "2027-05-30T14:59:59Z"), Standing::Open);
        assert_eq!(standing(survey(None, true), "2027-05-30T15:00:00Z"), Standing::Closed, "in Tokyo");
    }

    #[test]
    fn an_answer_is_from_1_to_5() {
        let read = |text: &str| serde_json::from_str::<Answer>(text).is_ok();
        assert!(read("1") && read("5"));
        assert!(["0", "6", "3.5", "-1", "\"3\"", "null"].into_iter().all(|text| !read(text)));
    }
}
