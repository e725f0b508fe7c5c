//! The commands as an operator types them: the real program, in temporary folders.
//!
//! `MACHIARUKI_TEST_POSTGRES` names a PostgreSQL server on which each test makes a database of its own;
//! `tests/support/with-postgres.sh` starts one. Without it those tests say that they are skipped.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod analysts;
mod archive;
mod configuration;
mod demo;
mod doctor;
mod doors;
mod encodings;
mod export;
mod guards;
mod import;
mod import_network;
mod live;
mod logs;
mod migrate;
mod minato;
mod nasty;
mod neighbours;
mod openapi;
mod register;
mod retention;
mod retire;
mod roster;
mod serve;
mod sign_on;
mod slow;
mod stop;
mod support;
mod tls;
mod user;
mod zones;
