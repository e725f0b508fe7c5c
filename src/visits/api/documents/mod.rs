//! The JSON of visits.

mod decided;
mod imported;
mod sent;
mod visit;
mod walk;

use crate::http::{Language, Message};

pub use decided::{
    DecideVisit, DecideVisits, DecidedItem, DecidedStatus, DecidedVisit, DecidedVisits, Verdicted, VoidVisit,
};
pub use imported::{ImportPhoneFile, ImportResult, ImportResults};
pub use sent::{ItemResult, ItemResults, SendAdditions, SendObservations, SendVisits};
pub use visit::{
    DecisionDocument, FlagDocument, ImportNote, MyVisits, OwnedVisit, OwnerDocument, PhotoDocument,
    PhotoProgress, VisitDocument, VisitList,
};
pub use walk::{MyWalks, WalkDocument, WalkStop};

fn pick(language: Language, message: Message) -> String {
    language.pick(message.ja, message.en)
}
