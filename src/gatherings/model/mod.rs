//! Gatherings as values. Pure: no database, no HTTP, no clock.

mod audience;
mod figures;
mod gathering;
mod handover;
mod mark;
mod record;

pub use audience::{Audience, Seat, seat};
pub use figures::{CouncilFigures, CouncilLine, council_figures};
pub use gathering::{
    Duty, Gathering, GatheringDocument, GatheringId, GatheringKind, GatheringState, Leading, Plan, Wrong,
};
pub use handover::{HandoverFacts, HandoverFor, HandoverId, HandoverState, Standing, is_for, may_write};
pub use mark::{MarkFacts, SignUpFacts, is_there};
pub use record::{Figure, Hours, Line, Record, record};
