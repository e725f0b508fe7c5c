//! Who was there: what outings and gatherings have in common; knows neither.
//!
//! - [`CodeKey`] makes the code on the leader's screen that changes every 30 seconds; [`check_code`] hears it, hours later too,
//!   and ends guessing.
//! - A mark of a roll-call, or of a code, is made on a phone with its id and its time. Marks are only ever added, in whatever order they
//!   arrive; [`counting`] says which of somebody's counts, and [`fits`] whether a time can be that of the event.

mod checking;
mod codes;
pub mod documents;
mod marks;

pub use checking::{CodeCheck, Typed, check_code};
pub use codes::{AFTER, BEFORE, CodeKey, STEP_S, WINDOW, hours, step_of};
pub use marks::{MarkId, counting, fits};
