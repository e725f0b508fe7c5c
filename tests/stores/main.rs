//! Contracts of the stores, each on SQLite and on PostgreSQL.
//!
//! `MACHIARUKI_TEST_POSTGRES` names a server on which each test makes a database of its own;
//! `tests/support/with-postgres.sh` starts one. Without it the PostgreSQL half says that it is skipped.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails loudly, and says what it skips")]

mod activations;
mod audit;
mod contacts;
mod departures;
mod editing;
mod gatherings;
mod imports;
mod introductions;
mod layers;
mod migrations;
mod network;
mod notices;
mod outings;
mod published;
mod register;
mod retention;
mod roster;
mod routes;
mod sign_on;
mod support;
mod training;
mod visits;
mod writes;
