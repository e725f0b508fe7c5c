//! The JSON of handover notes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::{Date, Timestamp},
    gatherings::model::{HandoverFor, HandoverId, HandoverState},
};

/// What one hands over, and what was handed over to one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyHandoverDocument {
    /// Whether one can write a note: while one lives in disaster housing, and 60 days after.
    pub(super) may_write: bool,
    /// One's note.
    pub(super) note: Option<MyHandoverNote>,
    /// What those before one left, the latest first.
    pub(super) received: Vec<ReceivedHandover>,
}

/// One's own note.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyHandoverNote {
    /// For whom.
    pub(super) next: HandoverFor,
    /// What is handed over.
    pub(super) text: String,
    /// How far it is.
    pub(super) state: HandoverState,
    /// Why the registrar sent it back.
    pub(super) remark: String,
    /// When it was written.
    #[schema(value_type = String, format = "date-time")]
    pub(super) written_at: Timestamp,
}

/// A note of somebody who was there before. By whom it is is not told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ReceivedHandover {
    /// For whom it is.
    pub(super) next: HandoverFor,
    /// What is handed over.
    pub(super) text: String,
    /// When it was written.
    #[schema(value_type = String, format = "date-time")]
    pub(super) written_at: Timestamp,
}

/// A note as it is written.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WriteHandover {
    /// For whom.
    pub(super) next: HandoverFor,
    /// What is handed over.
    pub(super) text: String,
}

/// Every note.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct HandoverList {
    /// Those that wait first, then the latest.
    pub(super) handovers: Vec<HandoverItem>,
}

/// A note as the registrar reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct HandoverItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: HandoverId,
    /// Counts its changes.
    pub(super) version: i64,
    /// How far it is.
    pub(super) state: HandoverState,
    /// For whom.
    pub(super) next: HandoverFor,
    /// What is handed over.
    pub(super) text: String,
    /// Why it was sent back.
    pub(super) remark: String,
    /// When it was written.
    #[schema(value_type = String, format = "date-time")]
    pub(super) written_at: Timestamp,
    /// Who wrote it.
    pub(super) staff_name: Option<String>,
    /// Their staff number.
    pub(super) staff_number: Option<String>,
    /// The building in which they live or lived; none since that is forgotten.
    pub(super) housing_name: Option<String>,
    /// And the unit.
    pub(super) unit_name: Option<String>,
    /// Until when they live there, where it is known.
    #[schema(value_type = Option<String>, format = "date")]
    pub(super) until: Option<Date>,
}

/// Why a note is sent back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnHandover {
    /// What whoever wrote it reads.
    pub(super) remark: String,
}
