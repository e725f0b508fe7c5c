//! Disaster housing and councils, as values. Pure: no database, no HTTP, no clock.

mod assignment;
mod council;
mod housing;
#[cfg(test)]
mod real_districts;
mod residency;
mod suggestion;
mod task;
#[cfg(test)]
mod tests;

pub use assignment::{Assignments, Decided, Decision};
pub use council::{AddressRule, Council, CouncilId, DistrictLink, Links, RuleId};
pub use housing::{Housing, HousingFacts, HousingId, Unit, UnitFacts, UnitId};
pub use residency::{Clash, Muster, Residency, ResidencyFacts, ResidencyId, Span, clash};
pub use suggestion::{BORDER_M, Candidate, Doubt, Home, Reason, Suggester, Suggestion, Walk, WalkFinder};
pub use task::{Task, TaskKind, tasks};
