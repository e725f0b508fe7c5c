//! Sealing, opening and finding.

use std::fmt;

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, Mac as _};
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::random::Random;

use super::keyring::{Key, KeyId, Keyring};

/// The form of what is stored: this byte, the key's id, the nonce, the ciphertext with its tag of 16 bytes.
const FORM: u8 = 1;
const NONCE: usize = 24;

/// The place in which something is stored: a table and column, and the row. Part of what is authenticated.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    /// The table and its column, `residency.sealed`.
    pub column: &'static str,
    /// The row's id.
    pub row: &'a str,
}

impl Slot<'_> {
    /// What is authenticated besides the value. The column's name holds no NUL, so that no two slots are one.
    fn bytes(&self) -> Vec<u8> {
        [self.column.as_bytes(), b"\0", self.row.as_bytes()].concat()
    }
}

/// A value that was sealed, as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// Why a value cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum Unsealed {
    /// JSON cannot say it.
    #[error("it cannot be said in JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It is longer than the cipher takes (256 GiB).
    #[error("it is too long")]
    TooLong,
}

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// It was sealed with a key that is not in the key file.
    #[error("it was sealed with the key {0}, which the register's key file does not hold")]
    NoKey(KeyId),
    /// It is damaged, was moved from elsewhere, or is none.
    #[error("it is not what was stored there")]
    Damaged,
}

impl Sealed {
    /// What is stored.
    #[must_use]
    pub const fn of_stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// As it is stored.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Which key sealed it.
    ///
    /// # Errors
    /// When it is no sealed value.
    pub fn key(&self) -> Result<KeyId, Unopened> {
        match self.0.get(..5) {
            Some([FORM, id @ ..]) => id.try_into().map(KeyId).map_err(|_| Unopened::Damaged),
            _ => Err(Unopened::Damaged),
        }
    }
}

/// A keyed digest of a value, by which rows are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag([u8; 16]);

impl Tag {
    /// As it is stored.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl Keyring {
    /// Seals a value, as JSON, for a slot.
    ///
    /// # Errors
    /// When it cannot be said in JSON.
    pub fn seal(
        &self,
        slot: Slot<'_>,
        value: &impl Serialize,
        random: &dyn Random,
    ) -> Result<Sealed, Unsealed> {
        let plain = Zeroizing::new(serde_json::to_vec(value)?);
        let key = &self.first;
        let mut nonce = [0; NONCE];
        random.fill(&mut nonce);
        let payload = Payload { msg: &plain, aad: &slot.bytes() };
        let secret = cipher(key).encrypt(&nonce.into(), payload).map_err(|_| Unsealed::TooLong)?;
        Ok(Sealed([&[FORM][..], &key.id.0, &nonce, &secret].concat()))
    }

    /// Opens what was sealed for that slot.
    ///
    /// # Errors
    /// When the key is missing, or it is not what was stored there.
    pub fn open<T: DeserializeOwned>(&self, slot: Slot<'_>, sealed: &Sealed) -> Result<T, Unopened> {
        let id = sealed.key()?;
        let key = self.all().find(|key| key.id == id).ok_or(Unopened::NoKey(id))?;
        let (nonce, secret) =
            sealed.0.get(5..).and_then(|rest| rest.split_at_checked(NONCE)).ok_or(Unopened::Damaged)?;
        let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| Unopened::Damaged)?;
        let payload = Payload { msg: secret, aad: &slot.bytes() };
        let plain = cipher(key).decrypt(&nonce.into(), payload).map(Zeroizing::new);
        let plain = plain.map_err(|_| Unopened::Damaged)?;
        serde_json::from_slice(&plain).map_err(|_| Unopened::Damaged)
    }

    /// Whether the key that seals now has sealed it.
    #[must_use]
    pub fn is_newest(&self, sealed: &Sealed) -> bool {
        sealed.key().is_ok_and(|id| id == self.first.id)
    }

    /// By what a value of a column is found: with the key that seals now, first, and with those before it, which stand in rows that
    /// are not sealed anew yet.
    pub fn tags<'a>(&'a self, column: &'static str, value: &'a [u8]) -> impl Iterator<Item = Tag> + 'a {
        self.all().map(move |key| tag(key, column, value))
    }

    /// By what a value of a column is found from now on.
    #[must_use]
    pub fn tag(&self, column: &'static str, value: &[u8]) -> Tag {
        tag(&self.first, column, value)
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.sealing.into())
}

fn tag(key: &Key, column: &'static str, value: &[u8]) -> Tag {
    let mut short = [0; 16];
    // HMAC takes keys of any length.
    if let Ok(mac) = Hmac::<Sha256>::new_from_slice(&key.tagging) {
        let digest = mac.chain_update(column).chain_update(b"\0").chain_update(value).finalize().into_bytes();
        short.copy_from_slice(&digest[..16]);
    }
    Tag(short)
}
