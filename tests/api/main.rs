//! The service over HTTP, in one process: requests go to the router without a network.
//!
//! The modules mirror the addresses. `support` starts a ward on a temporary database with a clock that
//! stands still, and speaks to it as somebody whom the service does not know.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod access;
mod activations;
mod codings;
mod conditional;
mod cors;
mod editing;
mod gatherings;
mod introductions;
mod layers;
mod network;
mod ogc;
mod oidc;
mod openapi;
mod outing_lists;
mod outings;
mod outputs;
mod pages;
mod privacy;
mod problems;
mod register;
mod register_import;
mod reminders;
mod retention;
mod routes;
mod security;
mod settings;
mod staff;
mod support;
mod surfaces;
mod surveys;
mod training;
mod training_outlook;
mod visits;
mod walk;
