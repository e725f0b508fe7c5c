//! Disaster housing and councils, as values. Pure: no database, no HTTP, no clock.

mod assignment;
mod council;
mod figures;
mod housing;
mod residency;
mod suggestion;
mod task;
#[cfg(test)]
mod tests;

pub use assignment::{Assignments, Decided, Decision};
pub use council::{AddressRule, Council, CouncilId, DistrictLink, Links, RuleId};
pub use figures::{CouncilFigures, Figures, Minutes, PlannedUnit, figures};
pub use housing::{Housing, HousingFacts, HousingId, Unit, UnitFacts, UnitId};
pub use residency::{Clash, ImportId, Muster, Residency, ResidencyFacts, ResidencyId, Span, clash};
pub use suggestion::{BORDER_M, Candidate, Doubt, Home, Reason, Suggester, Suggestion, Walk, WalkFinder};
pub use task::{Task, TaskKind, tasks};
