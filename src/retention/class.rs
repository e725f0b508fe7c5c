//! What a feature says of the data it keeps, and how it erases it.

use futures_util::future::BoxFuture;

use crate::{
    audit::Person,
    clock::Timestamp,
    db::{DbError, Tx},
    random::SharedRandom,
    text::Text3,
};

use super::model::{Cutoff, Period, Unit};

/// A class of data that is kept for the same time.
#[derive(Debug)]
pub struct Class {
    /// Its name in URLs and the database.
    pub id: &'static str,
    /// Its title.
    pub title: Text3,
    /// What of it is erased, and what stays.
    pub erases: Text3,
    /// The event from which its period counts.
    pub counted_from: Text3,
    /// How long it is kept while nobody says otherwise.
    pub default: Period,
    /// It is kept at least so long: what happens below it would break something.
    pub shortest: Period,
    /// The units in which its period makes sense.
    pub units: &'static [Unit],
}

/// Data that is kept for a time. Implement it in the feature's folder, and name it in
/// [`app::retained`](crate::app::retained).
pub trait Retained: Send + Sync {
    /// What it is.
    fn class(&self) -> &'static Class;

    /// How many subjects (people, entries, sessions …) are past the period.
    fn due<'t>(&'t self, tx: &'t mut Tx, cutoff: Cutoff) -> BoxFuture<'t, Result<i64, DbError>>;

    /// Erases some subjects that are past the period, all that belongs to each. Returns fewer than
    /// `batch.limit` when nothing is left.
    fn erase<'t>(&'t self, tx: &'t mut Tx, batch: &'t Batch) -> BoxFuture<'t, Result<Erased, DbError>>;
}

/// What is to be erased at one time.
#[derive(Clone)]
pub struct Batch {
    /// Only what happened before.
    pub cutoff: Cutoff,
    /// At most so many subjects.
    pub limit: i64,
    /// Now.
    pub now: Timestamp,
    /// For pseudonyms.
    pub random: SharedRandom,
}

/// What was erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Subjects: people, entries, sessions …
    pub subjects: i64,
    /// Rows that were deleted or emptied.
    pub rows: i64,
    /// What of the audit log goes with them.
    pub links: Links,
}

/// Links of the audit log to people. Only the one who runs the retention erases them, since an entry has
/// to say how many there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// None.
    #[default]
    None,
    /// All that lead to these people.
    To(Vec<Person>),
    /// All that start from these entries.
    From(Vec<String>),
}
