//! Signing in by a single sign-on, against a provider that lies whenever a test wants it to.

mod browser;
mod forged;
mod keys;
mod mixed_up;
mod outages;
mod people;
mod postgres;
mod provider;
mod roles;
mod sign_in;

pub use browser::{Browser, Ward};
pub use keys::{Signer, jwt};
pub use provider::{Asked, CLIENT, Provider, SECRET};
