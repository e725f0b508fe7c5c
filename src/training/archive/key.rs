//! Keys of archives: Ed25519 (RFC 8032).
//!
//! The secret key is a file of its own, as `openssl genpkey -algorithm ed25519` writes it (PKCS#8 in PEM, RFC 8410): it is in no database and
//! in no backup of one, so that whoever can change the database cannot sign what they changed. The public one is a short line,
//! `ed25519:…`, to be printed and kept elsewhere.

use std::{fmt, fs, io, path::Path, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::audit::hex;

/// What stands before the 32 bytes of a secret key in PKCS#8 (RFC 8410 section 7).
const PKCS8: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";
const PREFIX: &str = "ed25519:";

/// A key that signs archives.
pub struct ArchiveKey(SigningKey);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum BadKey {
    /// The file cannot be read.
    #[error("the archive key {0} cannot be read: {1}")]
    Unreadable(String, io::Error),
    /// The file cannot be written.
    #[error("the archive key {0} cannot be written: {1}")]
    Unwritable(String, io::Error),
    /// It holds no key of this kind.
    #[error("{0} holds no Ed25519 key in PEM: machiaruki archive key FILE makes one")]
    NoKey(String),
    /// It is no public key.
    #[error(
        "a public key looks like ed25519:… with 44 characters of base64, as machiaruki archive key prints it"
    )]
    NoPublicKey,
}

impl ArchiveKey {
    /// The key of 32 random bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// Reads a key's file.
    ///
    /// # Errors
    /// When it cannot be read or holds none.
    pub fn read(path: &Path) -> Result<Self, BadKey> {
        let shown = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => Self::of_pem(&text).ok_or(BadKey::NoKey(shown)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(BadKey::NoKey(shown)),
            Err(error) => Err(BadKey::Unreadable(shown, error)),
        }
    }

    /// Writes the key to a file that does not exist yet and that its owner alone may read.
    ///
    /// # Errors
    /// When it exists, or cannot be written.
    pub fn write_new(&self, path: &Path) -> Result<(), BadKey> {
        use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
        let written = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .and_then(|mut file| file.write_all(self.pem().as_bytes()).and_then(|()| file.sync_all()));
        written.map_err(|error| BadKey::Unwritable(path.display().to_string(), error))
    }

    fn of_pem(text: &str) -> Option<Self> {
        let inner = text.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
        let body: String = inner.split_whitespace().collect();
        let bytes = BASE64.decode(body).ok()?;
        let secret: [u8; 32] = bytes.strip_prefix(&PKCS8)?.try_into().ok()?;
        Some(Self::new(&secret))
    }

    fn pem(&self) -> String {
        let bytes = [&PKCS8[..], self.0.as_bytes()].concat();
        format!("{BEGIN}\n{}\n{END}\n", BASE64.encode(bytes))
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs bytes.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for ArchiveKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ArchiveKey").field(&self.public().to_string()).finish()
    }
}

/// What checks archives that a key signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Its digest (SHA-256), in groups that can be read aloud: what is compared with paper.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = hex(&Sha256::digest(self.0.as_bytes()));
        let groups: Vec<&str> =
            (0..digest.len()).step_by(4).filter_map(|at| digest.get(at..at + 4)).collect();
        groups.join(" ")
    }

    /// Whether the key signed these bytes.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", BASE64.encode(self.0.as_bytes()))
    }
}

impl FromStr for PublicKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bytes = text.trim().strip_prefix(PREFIX).and_then(|body| BASE64.decode(body).ok());
        let bytes: [u8; 32] = bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(BadKey::NoPublicKey)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| BadKey::NoPublicKey)?;
        // A weak key signs anything.
        if key.is_weak() { Err(BadKey::NoPublicKey) } else { Ok(Self(key)) }
    }
}
