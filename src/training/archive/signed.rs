//! An archive and its signature as a file.
//!
//! ```text
//! {"archive":{…},"signature":{"algorithm":"Ed25519","key":"ed25519:…","value":"…"}}
//! ```
//!
//! The whole file is canonical JSON, and what is signed are the bytes of the archive in it. So any program that knows RFC 8785 and
//! Ed25519 can check it, and one changed byte anywhere is found.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::audit::hex;

use super::{Archive, ArchiveKey, FORMAT, NotExact, PublicKey, VERSION, canonical};

const ALGORITHM: &str = "Ed25519";

/// A signed archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The file.
    pub file: String,
    /// Its digest (SHA-256), in hexadecimal digits.
    pub digest: String,
    /// Who signed it.
    pub key: PublicKey,
}

/// Why a file is no archive as it was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadArchive {
    /// It cannot be read as JSON.
    #[error("it is no JSON (it breaks in line {0}): the file is damaged, or something else")]
    NotJson(usize),
    /// It is JSON of another kind.
    #[error("it is no archive of the training with a signature")]
    NotArchive,
    /// What it says was changed after it was signed, or the signature was.
    #[error("it was changed: the signature does not fit what it says")]
    Changed,
    /// It says what was signed, in other bytes.
    #[error("it was written anew: it says what was signed, but not in the same bytes")]
    Rewritten,
    /// Somebody else signed it.
    #[error("it was signed with another key, {0}")]
    OtherKey(String),
    /// A later release made it.
    #[error("the signature fits, but a newer release made it (version {0}): use that one to read it")]
    Newer(u64),
}

/// A file that is as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What it says.
    pub archive: Archive,
    /// The file's digest (SHA-256), in hexadecimal digits.
    pub digest: String,
    /// Who signed it.
    pub key: PublicKey,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    archive: Value,
    signature: SignatureOf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureOf {
    algorithm: String,
    key: String,
    value: String,
}

fn digest(file: &[u8]) -> String {
    hex(&Sha256::digest(file))
}

/// Signs an archive. The same archive and key give the same file.
///
/// # Errors
/// When it cannot be written as JSON, which no archive of this service should do.
pub fn sign(archive: &Archive, key: &ArchiveKey) -> Result<Signed, NotExact> {
    let archive = serde_json::to_value(archive).map_err(|_| NotExact)?;
    let signature = BASE64.encode(key.sign(canonical(&archive)?.as_bytes()));
    let signature = json!({ "algorithm": ALGORITHM, "key": key.public().to_string(), "value": signature });
    let file = canonical(&json!({ "archive": archive, "signature": signature }))?;
    Ok(Signed { digest: digest(file.as_bytes()), file, key: key.public() })
}

/// Checks a file. With `known` keys, one of them must have signed it; without any, whoever did.
///
/// # Errors
/// Why it is not as it was made.
pub fn verify(file: &[u8], known: &[PublicKey]) -> Result<Verified, BadArchive> {
    let value: Value = serde_json::from_slice(file).map_err(|error| BadArchive::NotJson(error.line()))?;
    let written = canonical(&value);
    let File { archive, signature } = serde_json::from_value(value).map_err(|_| BadArchive::NotArchive)?;
    if archive.get("format").and_then(Value::as_str) != Some(FORMAT) || signature.algorithm != ALGORITHM {
        return Err(BadArchive::NotArchive);
    }
    // A key or a signature that is none was one before somebody changed it.
    let key: PublicKey = signature.key.parse().map_err(|_| BadArchive::Changed)?;
    let value: Option<[u8; 64]> =
        BASE64.decode(&signature.value).ok().and_then(|bytes| bytes.try_into().ok());
    let (value, message) = (value.ok_or(BadArchive::Changed)?, canonical(&archive));
    let message = message.map_err(|NotExact| BadArchive::Changed)?;
    if !known.is_empty() && !known.contains(&key) {
        return Err(BadArchive::OtherKey(key.to_string()));
    }
    if !key.has_signed(message.as_bytes(), &value) {
        return Err(BadArchive::Changed);
    }
    if written.is_ok_and(|written| written.as_bytes() != file) {
        return Err(BadArchive::Rewritten);
    }
    let version = archive.get("version").and_then(Value::as_u64).unwrap_or_default();
    if version > u64::from(VERSION) {
        return Err(BadArchive::Newer(version));
    }
    let archive = serde_json::from_value(archive).map_err(|_| BadArchive::NotArchive)?;
    Ok(Verified { archive, digest: digest(file), key })
}
