//! What is done with consents and sheets.

mod consenting;
mod error;
mod ledger;
mod making;
mod opening;
mod seals;

pub use consenting::{Known, Mine, OwnSheet, consent, mine, settle, withdraw};
pub use error::IntroductionError;
pub use ledger::{Ledger, OnSheet, ledger};
pub use making::{Made, Wanted, make, revoke};
pub use opening::{Opening, look, open};
pub use seals::IntroductionSeals;
