//! Accounts, sessions and who is asking.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    clock::Timestamp,
    ids,
    staff::{DepartmentId, StaffId},
};

use super::{permission::Scope, role::Roles};

ids! {
    /// The id of an account.
    AccountId,
    /// The id of a session, by which its owner knows it. It opens nothing.
    SessionId,
    /// The id of a role grant.
    GrantId,
}

/// How somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignInMethod {
    /// With a password of this service.
    Password,
    /// By the ward's single sign-on.
    Oidc,
    /// As one of the demo's personas.
    Persona,
}

impl SignInMethod {
    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Oidc => "oidc",
            Self::Persona => "persona",
        }
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Principal {
    /// Their account.
    pub account: AccountId,
    /// The name with which they sign in: the staff number, most often.
    pub login: String,
    /// The name to greet them with.
    pub name: String,
    /// Who they are on the roster; operators may not be on it.
    pub staff: Option<StaffId>,
    /// Their department today.
    pub department: Option<DepartmentId>,
    /// Their department and all below it.
    pub departments: Arc<[DepartmentId]>,
    /// The names of their department and of all above it: they are the stewards of its datasets.
    pub stewards: Arc<[String]>,
    /// Their roles.
    pub roles: Roles,
    /// Their language, when they chose one.
    pub language: Option<String>,
    /// How they signed in.
    pub method: SignInMethod,
    /// The session.
    pub session: SessionId,
    /// When the session began.
    pub signed_in_at: Timestamp,
}

/// What a permitted caller may reach. Store functions take it, so that what is out of reach and what does
/// not exist look the same.
#[derive(Clone, Debug, PartialEq)]
pub enum Reach {
    /// What is about that account alone.
    Own(AccountId),
    /// What is about these departments.
    Departments(Arc<[DepartmentId]>),
    /// Everything.
    Any,
}

impl Principal {
    /// What a scope means for this person.
    #[must_use]
    pub fn reach(&self, scope: Scope) -> Reach {
        match scope {
            Scope::Own => Reach::Own(self.account),
            Scope::Department => Reach::Departments(self.departments.clone()),
            Scope::Any => Reach::Any,
        }
    }
}

/// A secret that opens something: a session, an activation. Shown once to whom it is for; never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A token of random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The token as text: 43 characters of base64url.
    #[must_use]
    pub fn reveal(&self) -> String {
        use base64::Engine as _;
        base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Reads a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        use base64::Engine as _;
        if text.len() != 43 {
            return None;
        }
        let bytes = base64::prelude::BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What is stored of it: whoever reads the database cannot use it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        use sha2::Digest as _;
        sha2::Sha256::digest(self.0).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written_and_never_shown() {
        let token = Token::new([7; 32]);
        assert_eq!(Token::parse(&token.reveal()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert!(Token::parse("short").is_none());
        assert!(Token::parse(&"!".repeat(43)).is_none());
    }
}
