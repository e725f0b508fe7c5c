//! The audit log: who did what to whose data, so that nobody can say otherwise afterwards.
//!
//! [`Recorder::record`] writes an [`Entry`] in the transaction of what it records: when the entry cannot be
//! written, nothing happens, and nobody reads anything. A [`Sealer`] later chains the entries in batches, so
//! that those who write never wait for one another. [`verify`] finds any entry that was changed, removed or
//! moved.
//!
//! The chain covers *salted digests* of the people concerned, not their ids. When somebody's data is erased
//! after the retention period, id and salt go and the digest stays: the chain is whole, and nobody can be
//! guessed from it.

mod digest;
mod erasure;
mod erasure_store;
mod model;
pub mod routes;

mod sealer;
mod store;
mod verify;

pub use erasure_store::{known_entries, oldest_known};
pub use model::{Action, Entry, EntryId, Object, Outcome, Person, Pseudonyms, Recorder};
pub use sealer::{SEAL_EVERY, Sealer, seal};
pub use store::{
    ChainHead, Found, Search, View, erase_person, head, links_to, search, unsealed_count, views_of,
};
pub use verify::{Defect, Verdict, verify};

/// Bytes as hexadecimal digits, for people to note a head of the chain.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into memory cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
