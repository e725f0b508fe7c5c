//! What is done with the register.

mod book;
mod changing;
mod error;
mod mine;
mod own;
mod reseal;
mod suggesting;

pub use book::{Register, Vault};
pub use changing::{
    Choice, add_housing, add_residency, add_unit, change_housing, change_residency, change_unit, decide,
    remove_housing, remove_residency, remove_unit,
};
pub use error::RegisterError;
pub use mine::{CouncilFacts, MyCouncil, Way, my_council};
pub use own::{Own, homes_of, own};
pub use reseal::{Resealed, reseal};
pub use suggesting::{NetworkWalks, councils, homes, suggestions};
