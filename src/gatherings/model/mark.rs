//! Who was there.

use serde::{Deserialize, Serialize};

use crate::{
    attendance::{MarkId, counting},
    auth::AccountId,
    clock::Timestamp,
    councils::model::CouncilId,
};

/// What is sealed of somebody who means to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpFacts {
    /// When they said so.
    pub at: Timestamp,
}

/// What is sealed of a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkFacts {
    /// Whether they are there.
    pub present: bool,
    /// When, by the phone's clock.
    pub at: Timestamp,
    /// The council as whose they come.
    pub council: Option<CouncilId>,
    /// Who called the roll; nobody where they showed it by the code.
    pub by: Option<AccountId>,
    /// When it arrived.
    pub received_at: Timestamp,
}

impl MarkFacts {
    /// Whether it says the same of somebody, whenever it arrived.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (self.present, self.at, self.by.is_some()) == (other.present, other.at, other.by.is_some())
    }
}

/// What counts of somebody's marks, in whatever order they arrived; none where there are none.
#[must_use]
pub fn is_there<'m>(marks: impl IntoIterator<Item = (MarkId, &'m MarkFacts)>) -> Option<&'m MarkFacts> {
    counting(marks, |(id, mark)| (mark.at, *id)).map(|(_, mark)| mark)
}
