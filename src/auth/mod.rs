//! Who is asking, and what they may do.
//!
//! - A [`Role`] is what somebody may be; [`Permission`] is the table that says what each role may do.
//! - A feature offers its [`Routes`], each with its [`Access`]; the [`Gate`] lets callers through and hands the
//!   handler a [`Caller`].
//! - Accounts sign in with a password of this service or by the ward's single sign-on; sessions are rows of
//!   our own, looked up at each request.
//! - Roles end with their holder's leaving ([`Departures`]).

mod access;
mod attempts;
mod cookie;
mod demo;
mod departures;
mod gate;
mod guard;
mod known;
mod model;
pub mod oidc;
mod password;
mod permission;
mod retention;
mod role;
pub mod routes;
mod service;
pub mod store;

pub use access::{Access, RouteEntry, Routes, Surface};
pub use attempts::{Blocked, Limit};
pub use demo::{Persona, seed_personas};
pub use departures::{APPROVERS, Departures, end_roles_of_leavers};
pub use gate::{Caller, Gate, absent, unauthenticated};
pub use model::{AccountId, GrantId, Principal, Reach, SessionId, SignInMethod, Token};
pub use password::{HashError, Password, Weak};
pub use permission::{Action, Permission, Resource, Rule, Scope};
pub use retention::{ACTIVATIONS, ATTEMPTS, AgedRows, SESSIONS, SIGN_ON_FLOWS};
pub use role::{Role, Roles, UnknownRole};
pub use service::{AuthService, SetPasswordError, SignInContext, SignInError, fold_login};
