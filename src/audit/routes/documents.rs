//! The JSON of the audit log.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{audit::Found, clock::Timestamp};

/// Entries of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditDocument {
    /// The newest first.
    pub entries: Vec<AuditEntry>,
    /// The value of `before` with which the next ones are found.
    pub next: Option<String>,
}

/// An entry of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its id.
    pub id: String,
    /// When.
    pub at: String,
    /// What was done.
    pub action: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// Who did it, by login; absent when it was the service itself, or they were erased.
    pub actor: Option<String>,
    /// The roles of the actor at that time.
    pub roles: Vec<String>,
    /// What it concerns besides people, such as `dataset`; empty when nothing.
    pub object_kind: String,
    /// Its id.
    pub object_id: String,
    /// More.
    pub detail: Value,
    /// How many people it concerns.
    pub people: i64,
    /// Its number in the chain, once it is sealed.
    pub seq: Option<i64>,
}

impl AuditEntry {
    pub(super) fn new(entry: Found, actor: Option<String>) -> Self {
        Self {
            id: entry.id,
            at: Timestamp::from_microsecond(entry.at).map(|at| at.to_string()).unwrap_or_default(),
            action: entry.action,
            outcome: entry.outcome,
            roles: entry.roles.split_whitespace().map(str::to_owned).collect(),
            object_kind: entry.object_kind,
            object_id: entry.object_id,
            detail: serde_json::from_str(&entry.detail).unwrap_or_default(),
            // The actor is counted among the people of an entry.
            people: entry.people - i64::from(actor.is_some()),
            actor,
            seq: entry.seq,
        }
    }
}

/// How far the log is sealed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditStatus {
    /// How many entries are sealed.
    pub sealed: i64,
    /// How many wait.
    pub unsealed: i64,
    /// When the last ones were sealed.
    pub sealed_at: Option<String>,
    /// The last link of the chain: note it elsewhere, and `machiaruki audit verify --head` tells whether the
    /// log was written anew.
    pub head: String,
}
