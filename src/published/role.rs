//! The analysts' role: its name, and its password as PostgreSQL keeps it.

use std::{fmt, str::FromStr};

use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use crate::random::SharedRandom;

/// The name of a role on PostgreSQL that needs no escaping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleName(String);

/// It is no such name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a role has a name of a-z, 0-9 and _, at most 63 characters, beginning with a letter and not with pg_"
)]
pub struct BadRoleName;

impl RoleName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoleName {
    type Err = BadRoleName;

    fn from_str(name: &str) -> Result<Self, BadRoleName> {
        let is_plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let begins = name.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        let is_free = !name.starts_with("pg_") && name != "public" && name != "none";
        if is_plain && begins && is_free && name.len() <= 63 {
            Ok(Self(name.to_owned()))
        } else {
            Err(BadRoleName)
        }
    }
}

impl fmt::Display for RoleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The password of a role. It reaches the server only as what the server would store of it, so that it
/// is in no log of statements.
#[derive(Clone)]
pub struct AnalystPassword(String);

/// It cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password has 12 to 200 printable ASCII characters")]
pub struct BadPassword;

const ITERATIONS: u32 = 4096;

impl AnalystPassword {
    /// Takes a password.
    ///
    /// # Errors
    /// When it is short, or has characters that programs spell in several ways.
    pub fn new(password: &str) -> Result<Self, BadPassword> {
        let is_plain = password.bytes().all(|b| (b' '..=b'~').contains(&b));
        let is_long = (12..=200).contains(&password.len());
        if is_plain && is_long { Ok(Self(password.to_owned())) } else { Err(BadPassword) }
    }

    /// What PostgreSQL stores of it (RFC 5803).
    pub(super) fn verifier(&self, random: &SharedRandom) -> String {
        verifier(self.0.as_bytes(), &random.bytes::<16>(), ITERATIONS)
    }
}

impl fmt::Debug for AnalystPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnalystPassword(…)")
    }
}

fn verifier(password: &[u8], salt: &[u8], iterations: u32) -> String {
    let base64 = |bytes: &[u8]| base64::prelude::BASE64_STANDARD.encode(bytes);
    let salted = pbkdf2(password, salt, iterations);
    let stored = Sha256::digest(hmac(&salted, &[b"Client Key"]));
    let server = hmac(&salted, &[b"Server Key"]);
    format!("SCRAM-SHA-256${iterations}:{}${}:{}", base64(salt), base64(&stored), base64(&server))
}

/// One block of PBKDF2 (RFC 8018), which is as long as the digest.
fn pbkdf2(password: &[u8], salt: &[u8], iterations: u32) -> [u8; 32] {
    let mut round = hmac(password, &[salt, &1_u32.to_be_bytes()]);
    let mut sum = round;
    for _ in 1..iterations {
        round = hmac(password, &[&round]);
        for (sum, byte) in sum.iter_mut().zip(round) {
            *sum ^= byte;
        }
    }
    sum
}

/// HMAC-SHA-256 (RFC 2104).
fn hmac(key: &[u8], message: &[&[u8]]) -> [u8; 32] {
    let mut block = [0_u8; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |with: u8| block.map(|byte| byte ^ with);
    let mut inner = Sha256::new_with_prefix(padded(0x36));
    for part in message {
        inner.update(part);
    }
    Sha256::new_with_prefix(padded(0x5c)).chain_update(inner.finalize()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifier_is_that_of_the_standard() {
        // The exchange of RFC 7677: its server signature and client proof follow from these keys.
        let base64 = |text: &str| base64::prelude::BASE64_STANDARD.decode(text).unwrap();
        let salt = base64("W22ZaJ0SNY7soEsUEjb6gQ==");
        let verifier = verifier(b"pencil", &salt, 4096);
        let (_, keys) = verifier.rsplit_once('$').unwrap();
        let (stored, server) = keys.split_once(':').unwrap();
        let message: &[u8] = b"n=user,r=rOprNGfwEbeRWgbNEkqO,\
            r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,\
            c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let signature = hmac(&base64(server), &[message]);
        assert_eq!(signature[..], base64("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")[..]);
        let proof = base64("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        let client_signature = hmac(&base64(stored), &[message]);
        let client_key: Vec<u8> = proof.iter().zip(client_signature).map(|(a, b)| a ^ b).collect();
        assert_eq!(Sha256::digest(client_key)[..], base64(stored)[..]);
        assert!(verifier.starts_with("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"));
    }

    #[test]
    fn names_and_passwords_that_could_be_misread_are_refused() {
        for name in ["", "Analyst", "an\"alyst", "pg_read_all_data", "1st", "public", "a b", &"a".repeat(64)]
        {
            assert_eq!(name.parse::<RoleName>(), Err(BadRoleName), "{name}");
        }
        assert!("qgis_2026".parse::<RoleName>().is_ok());
        for password in ["short", "パスワードはだめです", "with\nnewline here"] {
            assert!(AnalystPassword::new(password).is_err(), "{password}");
        }
        let password = AnalystPassword::new("correct horse battery").unwrap();
        assert!(!format!("{password:?}").contains("horse"));
    }
}
