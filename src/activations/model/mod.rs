//! Activations and answers to them, as values. Pure: no database, no HTTP, no clock.

mod activation;
mod answer;
mod refusal;
mod review;
mod roll;
mod sent;
mod tap;
#[cfg(test)]
mod tests;

pub use activation::{Activation, ActivationFacts, ActivationId, Announcement, Kind};
pub use answer::{Answer, AnswerFacts, AnswerId, By, Given};
pub use refusal::{Refusal, RefusalCode};
pub use review::{
    Happened, MinutesTo, PerCouncil, PerMinute, What, happened, minutes_to, per_council, per_minute,
};
pub use roll::{Counts, Gathering, Roll, RollFacts, Row, Told};
pub(super) use sent::AnswerItem;
pub use sent::SentAnswer;
pub use tap::{TOLERANCE_S, Tap, tap};
