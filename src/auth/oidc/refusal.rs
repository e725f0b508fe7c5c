//! Why somebody was not signed in.

use crate::db::DbError;

/// What is wrong with an ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// It is missing, or not of the form of one.
    Malformed,
    /// It is signed in a way that is not accepted, or not at all.
    Algorithm,
    /// No key of the provider has signed it.
    Key,
    /// The signature does not fit.
    Signature,
    /// Somebody else issued it.
    Issuer,
    /// It is meant for somebody else.
    Audience,
    /// It was asked for by somebody else.
    Party,
    /// It has ended.
    Expired,
    /// It is from the future.
    Future,
    /// It answers another question.
    Nonce,
    /// What the provider says elsewhere is about somebody else.
    Subject,
}

impl TokenFault {
    /// For the audit log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Party => "authorized_party",
            Self::Expired => "expired",
            Self::Future => "future",
            Self::Nonce => "nonce",
            Self::Subject => "subject",
        }
    }
}

/// Why somebody was not signed in by a single sign-on.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The connection is not protected.
    #[error("the connection is not protected")]
    Insecure,
    /// It was begun too long ago, in another browser, or used already.
    #[error("no sign-in was begun in this browser")]
    State,
    /// Another provider answered.
    #[error("another provider answered")]
    MixedUp,
    /// The person, or the provider, declined.
    #[error("declined at the provider")]
    Denied,
    /// The provider cannot be reached.
    #[error("the provider cannot be reached")]
    Unreachable,
    /// The provider answers with an error.
    #[error("the provider answers with an error")]
    Provider,
    /// The ID token is not believed.
    #[error("the ID token is refused: {}", .0.as_str())]
    Token(TokenFault),
    /// The provider does not say the employee number.
    #[error("the token has no employee number")]
    NoNumber,
    /// Nobody on the roster has the number.
    #[error("not on the roster")]
    UnknownPerson,
    /// They have left, or have not come yet.
    #[error("not on the roster today")]
    NotCurrent,
    /// The account is disabled.
    #[error("the account is disabled")]
    Disabled,
    /// The employee number is another one than when it was linked.
    #[error("the employee number is another person's")]
    ChangedNumber,
    /// The account belongs to another subject of the provider.
    #[error("the account is linked to another subject")]
    LinkedElsewhere,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Refusal {
    /// What the sign-in page is told, and the audit log.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Insecure => "insecure",
            Self::State => "state",
            Self::MixedUp => "mixed_up",
            Self::Denied => "denied",
            Self::Unreachable => "unreachable",
            Self::Provider => "provider",
            Self::Token(_) => "token",
            Self::NoNumber => "no_number",
            Self::UnknownPerson => "unknown_person",
            Self::NotCurrent => "not_current",
            Self::Disabled => "disabled",
            Self::ChangedNumber => "changed_number",
            Self::LinkedElsewhere => "linked_elsewhere",
            Self::Db(_) => "failed",
        }
    }

    /// More, for the audit log.
    #[must_use]
    pub const fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Token(fault) => Some(fault.as_str()),
            _ => None,
        }
    }
}
