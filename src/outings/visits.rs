//! The port through which attendance writes visits.

use futures_util::future::BoxFuture;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    routes::{RouteVersionId, StopId},
    staff::StaffId,
};

use super::model::OutingId;

/// A stop at which somebody was with an outing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttendedStop {
    /// The id of the visit: the same each time, so that writing it again changes nothing.
    pub visit_id: Uuid,
    /// The stop.
    pub stop: StopId,
}

/// Somebody who was there, or after all was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The outing.
    pub outing: OutingId,
    /// Who.
    pub staff: StaffId,
    /// What was walked.
    pub route_version: RouteVersionId,
    /// Every stop of it.
    pub stops: Vec<AttendedStop>,
    /// When it was marked, by the clock of the phone that did.
    pub at: Timestamp,
    /// When the server heard of it.
    pub received_at: Timestamp,
    /// Whose account marked it: a trainer's, or their own with the trainer's code.
    pub by: AccountId,
    /// Whether they showed it with the rotating code; else a trainer called the roll.
    pub by_code: bool,
}

/// Writes visits, in the transaction of the attendance.
pub trait WritesVisits: Send + Sync {
    /// Writes a visit for every stop, with the evidence `trainer`.
    fn attended<'t>(
        &'t self,
        tx: &'t mut Tx,
        attendance: &'t Attendance,
    ) -> BoxFuture<'t, Result<(), DbError>>;

    /// Voids those visits, by new rows: the trainer says that they were not there.
    fn absent<'t>(&'t self, tx: &'t mut Tx, attendance: &'t Attendance)
    -> BoxFuture<'t, Result<(), DbError>>;
}

/// Keeps the marks of roll-calls alone. What it did not write can be written later from the marks.
#[derive(Clone, Copy, Debug)]
pub struct KeepsMarksOnly;

impl WritesVisits for KeepsMarksOnly {
    fn attended<'t>(&'t self, _: &'t mut Tx, _: &'t Attendance) -> BoxFuture<'t, Result<(), DbError>> {
        Box::pin(async { Ok(()) })
    }

    fn absent<'t>(&'t self, _: &'t mut Tx, _: &'t Attendance) -> BoxFuture<'t, Result<(), DbError>> {
        Box::pin(async { Ok(()) })
    }
}

/// The id of the visit of somebody at a stop with an outing (UUID version 8: made of a digest).
#[must_use]
pub fn visit_id(outing: OutingId, staff: StaffId, stop: StopId) -> Uuid {
    let digest = Sha256::new()
        .chain_update(b"outing visit")
        .chain_update(outing.0.as_bytes())
        .chain_update(staff.0.as_bytes())
        .chain_update(stop.0.as_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
