//! What is shared of a resident, with whom, and for how long. Pure: no database, no HTTP, no clock.

mod consent;
mod shared;
mod sheet;
#[cfg(test)]
mod tests;

pub use consent::Consent;
pub use shared::{Field, Shared, Unfit, Why};
pub use sheet::{GivenFacts, How, LINK_LASTS, Link, Sheet, SheetFacts, SheetId, Standing};
