//! The yearly archive: what a fiscal year's training came to, in one file that can be checked years later without this service, its
//! database or a network.
//!
//! - [`Archive`] is what is kept: programmes with their frozen rules, and the figures. Names are in it only when somebody asks for them.
//! - [`canonical`] writes JSON in the one way in which it is signed (RFC 8785).
//! - [`ArchiveKey`] signs (Ed25519), [`PublicKey`] checks.
//! - [`sign`] makes the file, [`verify`] says whether it is as it was made, and if not, why.
//! - [`report`] draws the same figures on paper, with the file's digest.

mod canonical;
mod document;
mod key;
pub mod report;
mod signed;
#[cfg(test)]
mod tests;

pub use canonical::{NotExact, canonical};
pub use document::{
    Archive, ArchivedGroup, ArchivedMonth, ArchivedMunicipality, ArchivedPerson, ArchivedProgramme, FORMAT,
    VERSION,
};
pub use key::{ArchiveKey, BadKey, PublicKey};
pub use signed::{BadArchive, Signed, Verified, sign, verify};
