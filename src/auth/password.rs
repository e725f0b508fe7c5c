//! Passwords: what is accepted, and how they are kept (argon2id).

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash::phc::PasswordHash};
use tokio::sync::Semaphore;

/// Fewer characters are guessed too soon (NIST SP 800-63B asks for 8 with a second factor and 15 without; 12
/// with our limits on guessing is what staff can be asked to type on a phone).
pub const SHORTEST: usize = 12;
/// Longer ones only keep the processor busy.
pub const LONGEST: usize = 200;

/// Hashing takes 19 MiB and tens of milliseconds each, on purpose: not more than this at once.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A password that is not accepted, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too short.
    #[error("a password has at least {SHORTEST} characters")]
    TooShort,
    /// Too long.
    #[error("a password has at most {LONGEST} characters")]
    TooLong,
    /// It contains the login.
    #[error("a password does not contain the staff number")]
    ContainsLogin,
    /// One character, or a run, over and over.
    #[error("a password has at least five different characters")]
    TooPlain,
}

/// A password somebody typed. Never shown, never logged.
#[derive(Clone, serde::Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Password {
    /// Checks whether it may be set.
    ///
    /// # Errors
    /// Why it may not.
    pub fn check(&self, login: &str) -> Result<(), Weak> {
        let count = self.0.chars().count();
        if count < SHORTEST {
            return Err(Weak::TooShort);
        }
        if count > LONGEST {
            return Err(Weak::TooLong);
        }
        if login.len() >= 4 && self.0.to_lowercase().contains(&login.to_lowercase()) {
            return Err(Weak::ContainsLogin);
        }
        let mut characters: Vec<char> = self.0.chars().collect();
        characters.sort_unstable();
        characters.dedup();
        if characters.len() < 5 { Err(Weak::TooPlain) } else { Ok(()) }
    }

    /// Hashes it with a salt.
    ///
    /// # Errors
    /// When the hasher refuses.
    pub async fn hash(self, salt: [u8; 16]) -> Result<String, HashError> {
        let _turn = TURNS.acquire().await.map_err(|_| HashError)?;
        tokio::task::spawn_blocking(move || {
            Argon2::default()
                .hash_password_with_salt(self.0.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|_| HashError)
        })
        .await
        .map_err(|_| HashError)?
    }

    /// Whether it is the one that was hashed. Without a hash it takes as long and says no, so that nobody
    /// learns from the time which accounts exist.
    ///
    /// # Errors
    /// When the work could not be done.
    pub async fn is(self, hash: Option<String>) -> Result<bool, HashError> {
        if self.0.len() > LONGEST * 4 {
            return Ok(false);
        }
        let _turn = TURNS.acquire().await.map_err(|_| HashError)?;
        tokio::task::spawn_blocking(move || {
            let (hash, known) = hash.map_or((NOBODY.to_owned(), false), |hash| (hash, true));
            let parsed = PasswordHash::new(&hash).map_err(|_| HashError)?;
            Ok(Argon2::default().verify_password(self.0.as_bytes(), &parsed).is_ok() && known)
        })
        .await
        .map_err(|_| HashError)?
    }
}

/// Hashing did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct HashError;

/// A hash of nothing anybody knows, with the parameters of the others.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        text.to_owned().into()
    }

    #[test]
    fn easy_passwords_are_refused() {
        assert_eq!(password("short").check("100001"), Err(Weak::TooShort));
        assert_eq!(password(&"x".repeat(201)).check("100001"), Err(Weak::TooLong));
        assert_eq!(password("my number 100001").check("100001"), Err(Weak::ContainsLogin));
        assert_eq!(password("abababababab").check("100001"), Err(Weak::TooPlain));
        assert_eq!(password("芝の坂道をのぼる朝の散歩").check("100001"), Ok(()));
        assert_eq!(format!("{:?}", password("芝の坂道をのぼる朝の散歩")), "Password(…)");
    }

    #[tokio::test]
    async fn only_the_same_password_is_the_one() {
        let hash = password("芝の坂道をのぼる朝の散歩").hash([3; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(password("芝の坂道をのぼる朝の散歩").is(Some(hash.clone())).await.unwrap());
        assert!(!password("芝の坂道をのぼる夜の散歩").is(Some(hash)).await.unwrap());
        assert!(!password("芝の坂道をのぼる朝の散歩").is(None).await.unwrap());
    }
}
