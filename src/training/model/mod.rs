//! Programmes, obligations and completion. Pure; a value that exists is valid.
//!
//! ```text
//! rule of the year + roster + what HR granted  ->  obligations (assessment)
//! obligation + walks + outings + desk study    ->  completion
//! both, of everybody, on a day                 ->  report, reminders
//! reports of two days, and those of the year before  ->  forecast
//! answers before and after, of many            ->  what changed (survey)
//! ```

mod assessment;
mod audience;
mod completion;
mod coverage;
mod deadline;
mod exemption;
mod forecast;
mod obligation;
mod office;
mod reminder;
mod report;
mod requirement;
mod rule;
mod survey;

use crate::ids;

pub use assessment::{ASSESSMENT, Assessed, assess};
pub use audience::{Audience, Departments};
pub use completion::{Completion, Done, Facts, Progress, completion};
pub use coverage::{Pattern, Walked, stops_at, stops_of_each, walked};
pub use deadline::{BadDeadline, Deadline};
pub use exemption::{ExemptionKind, Granted};
pub use forecast::{Basis, Forecast, Observed, Odds, Seats, Seen};
pub use obligation::{Piece, Reason, State, further_steps, on_day};
pub use office::{Office, Offices, RouteDistricts, Town};
pub use reminder::{Occasion, REST_DAYS, Told, may_be_reminded, reminder_on, routes_left, still_due};
pub use report::{Count, FEWEST, Group, Grouping, Standing, Tally};
pub use requirement::{Evidence, Requirement};
pub use rule::{Frequency, NO_REMINDERS, Rule, UnfitRule, are_reminders};
pub use survey::{
    About, Answer, Answers, Change, FEWEST_OF_ROUTE, FEWEST_PAIRS, Hundredths, Pair, Part, Question,
    QuestionId, Released, SheetMoment, Standing as SheetStanding, Survey, leading, release, usual_questions,
};

ids! {
    /// The id of a programme (研修プログラム).
    ProgrammeId,
    /// The id of an exemption, or of what asks for one.
    ExemptionId,
}

/// A name in the database or in JSON that nothing is called by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing is called {0:?}")]
pub struct UnknownName(pub String);

/// Names of the variants of an enum: in JSON, in the database and in addresses.
macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in JSON and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = super::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|one| one.as_str() == text)
                    .ok_or_else(|| super::UnknownName(text.to_owned()))
            }
        }
    };
}
pub(super) use named;
