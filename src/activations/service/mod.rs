//! What is done with activations.

mod answering;
mod declaring;
mod error;
mod live;
mod reading;
mod seals;

pub use answering::{Received, enter, receive};
pub use declaring::{Declared, Meetings, declare, end, move_muster};
pub use error::ActivationError;
pub use live::{RollCalls, View};
pub use reading::{OwnActivation, People, called, find, listed, own, roll};
pub use seals::ActivationSeals;
pub(super) use {answering::store_answer, declaring::enrol, seals::seal_activation};
