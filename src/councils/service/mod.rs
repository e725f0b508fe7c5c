//! What is done with the register.

mod book;
mod changing;
mod error;
mod importing;
mod mine;
mod own;
mod planning;
mod reseal;
mod suggesting;

pub use book::{Register, Vault};
pub use changing::{
    Choice, add_housing, add_residency, add_unit, change_housing, change_residency, change_unit, decide,
    remove_housing, remove_residency, remove_unit, set_muster,
};
pub use error::RegisterError;
pub use importing::{Done, Shown, confirm_import, forget_import, lines, preview_import};
pub use mine::{CouncilFacts, MyCouncil, Way, my_council};
pub use own::{Own, home_of, homes_of, own};
pub use planning::planned;
pub use reseal::{Resealed, Sealing, reseal};
pub use suggesting::{Meeting, NetworkWalks, councils, homes, meetings, suggestions};
