//! Introductions (顔合わせ): a resident of disaster housing becomes known to the chair of their council (地域防災協議会), as far as they
//! consent.
//!
//! - [`model`]: what can be shared, consents and how long they stand, sheets; pure.
//! - [`store`]: the only place with SQL. What it stores of people is sealed by the [vault](crate::councils::service::Vault).
//! - [`service`]: consenting and withdrawing, making sheets, opening their links.
//! - [`api`]: over HTTP.
//!
//! **A consent names the council and every word that is shared.** It ends when it is withdrawn, when another council is decided, and with
//! the residency. Nothing is given to another council than the one consented to.
//!
//! **What is given is never more than what is consented to at that moment.** A printed sheet is given when it is made. A link holds no more
//! than who is on it: what it shows is taken from the consents when it is opened, once, and kept as what was given. So there is nothing to
//! take out of a link when a consent ends but the name of a row.
//!
//! **In the audit log** a resident is their residency. What they do themselves is not in it: an entry by their account would tell that they
//! live in disaster housing.

pub mod api;
pub mod model;
pub mod service;
pub mod store;
