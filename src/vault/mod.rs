//! The vault: personal columns that nobody reads from the database alone.
//!
//! Who lives where in disaster housing is of no use to a ward's enemies as long as all they have is a copy of the database, or a
//! backup, or its write-ahead log: what the register holds is sealed before it is stored, with a key that is in none of them.
//!
//! - [`Keyring`] is a small file beside the program: the key that seals, and those before it, with which is still opened what they
//!   sealed.
//! - [`Sealed`] is what is stored: XChaCha20-Poly1305 (RFC 8439 with a nonce of 24 bytes, draft-irtf-cfrg-xchacha-03), so that nonces
//!   can be drawn at random. The [`Slot`] in which it is stored is part of what is authenticated: a sealed value that is moved to
//!   another row or column does not open.
//! - [`Tag`] finds rows by a value that is sealed: a keyed digest (HMAC-SHA-256). Without the key it says neither whose it is nor
//!   whether two tables mean the same person.
//!
//! Rotation: a new key is put before the others, everything is sealed anew, then the old key is taken out. All the while everything
//! opens.

mod keyring;
mod sealed;
#[cfg(test)]
mod tests;

pub use keyring::{BadKeyring, KeyId, Keyring};
pub use sealed::{Sealed, Slot, Tag, Unopened, Unsealed};
