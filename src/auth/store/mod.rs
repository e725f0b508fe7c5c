//! SQL of accounts, sessions, role grants and failed attempts.

mod accounts;
mod attempts;
mod departments;
mod departures;
mod erasure;
mod grants;
mod sessions;
mod sign_on;

use std::str::FromStr;

use crate::{clock::Timestamp, db::DbError};

pub use accounts::{
    Account, AccountSearch, Activation, NewAccount, account, account_by_login, account_by_persona,
    account_of_staff, accounts, activation, create_account, create_activation, link_identity, linked_account,
    set_disabled, set_language, set_password, staff_of, use_activation,
};
pub use attempts::{Attempts, attempts, forget_attempts, note_failure};
pub use departments::{departments_above, departments_below};
pub use departures::{Outlived, approvers_besides, holders, holders_on_roster, outlived_grants};
pub(super) use erasure::{ACTIVATIONS, ATTEMPTS, Aged, SESSIONS, SIGN_ON_FLOWS};
pub use erasure::{accounts_of_staff, erase_account};
pub use grants::{
    Grant, GrantState, NewGrant, decide_grant, end_grant, grant, grants, insert_grant, open_grants_of,
};
pub use sessions::{
    NewSession, SessionFound, SessionInfo, end_session, end_sessions, end_sessions_of_staff, insert_session,
    session, sessions_of, touch_session,
};
pub use sign_on::{
    Flow, OpenGrant, insert_flow, is_linked, is_on_roster, lock_account, open_grants_with_source, take_flow,
    was_refused,
};

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

/// An id from its column.
fn id<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

/// An id from a column that may hold none.
fn maybe_id<T: FromStr<Err: std::fmt::Display>>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(id).transpose()
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

fn maybe_moment(micros: Option<i64>) -> Result<Option<Timestamp>, DbError> {
    micros.map(moment).transpose()
}
