//! What people know of the town, and feel for it, before they walk and after (事前・事後アンケート). Pure.
//!
//! ```text
//! question (of the rule)  +  answers of one person at one moment  ->  sheet
//! both sheets of one person                                       ->  pair
//! pairs of many                                                   ->  released figures
//! released figures of routes                                      ->  which routes change most
//! ```
//!
//! Nobody is shown a sheet of somebody else. What is shown is [released](released::release): rounded figures of many, replaced only when
//! enough pairs came in that two looks never differ by one person.

use super::UnknownName;

mod change;
mod leading;
mod question;
mod released;
mod sheet;

pub use change::{Change, Hundredths};
pub use leading::leading;
pub(super) use question::check;
pub use question::{About, Question, QuestionId, usual_questions};
pub use released::{FEWEST_OF_ROUTE, FEWEST_PAIRS, Pair, Part, Released, release};
pub use sheet::{Answer, Answers, SheetMoment, Standing, Survey};
