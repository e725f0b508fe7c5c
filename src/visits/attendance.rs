//! Visits with an outing: who was with it was at each of its stops.
//!
//! They are named by the outing, not by a phone (UUID version 8), and all have the time at which the outing began: so the
//! same attendance is the same visits, however often and in whatever order it is told.

use sha2::{Digest as _, Sha256};

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    routes::{RouteVersionId, StopId, model::Evidence as Asked},
};

use super::{
    model::{Evidence, Flags, Judgement, Moment, Outcome, OutingId, Shown, VisitId, Weighed},
    service::Visits,
    store::{self, Decision, DecisionKind, NewVisit, Origin, Stored},
};

/// Why a visit counts again, or no more; trainers and its owner read it.
const REASON: &str = "実施回の出欠による / By the attendance at the outing";
/// Tokyo's offset from UTC, in seconds.
const TOKYO_S: i32 = 9 * 3_600;

/// Somebody who was with an outing, or after all was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The outing.
    pub outing: OutingId,
    /// When it began.
    pub began_at: Timestamp,
    /// Whose visits they are.
    pub account: AccountId,
    /// What was walked.
    pub route_version: RouteVersionId,
    /// A visit for every stop of it, by a name that is the same each time.
    pub visits: Vec<(VisitId, StopId)>,
    /// The rotating code, as they typed it; none when a trainer called the roll.
    pub code: Option<String>,
    /// Who marked it.
    pub by: AccountId,
    /// When the server heard of it.
    pub received_at: Timestamp,
}

impl Visits {
    /// Writes a visit for every stop, in the transaction of what shows the attendance. They are accepted whatever else a
    /// stop asks of those who walk alone: a trainer was there. Again changes nothing; what was voided counts again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn attended(&self, tx: &mut Tx, attendance: &Attendance) -> Result<(), DbError> {
        let version = attendance.route_version;
        let found = self.versions(tx, [version]).await?;
        let walked = found
            .get(&version)
            .ok_or_else(|| DbError::Corrupt(format!("no version {version} of a route")))?;
        let mut visits = Vec::with_capacity(attendance.visits.len());
        for (id, stop) in &attendance.visits {
            let Some(asked) = walked.stop(*stop).map(|stop| stop.evidence.contains(&Asked::Trainer)) else {
                return Err(DbError::Corrupt(format!("version {version} has no stop {stop}")));
            };
            visits.push(NewVisit {
                id: *id,
                account: attendance.account,
                route: walked.version.route,
                route_version: version,
                stop: *stop,
                moment: Moment { at: attendance.began_at, offset_s: TOKYO_S },
                received_at: attendance.received_at,
                clock_off_s: None,
                origin: Origin::Owner,
                digest: Sha256::digest(id.0.as_bytes()).into(),
                note: None,
                judgement: judgement(attendance, asked),
            });
        }
        let stored = store::insert_visits(tx, &visits).await?;
        for (NewVisit { id, .. }, stored) in visits.iter().zip(stored) {
            match stored {
                Stored::New { .. } | Stored::Same { outcome: Outcome::Accepted, .. } => {}
                Stored::Same { .. } => decide(tx, attendance, *id, DecisionKind::Accept).await?,
                Stored::Other => return Err(DbError::Corrupt(format!("visit {id} is another one"))),
            }
        }
        Ok(())
    }

    /// Voids those visits, by new rows: they were not there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn not_attended(&self, tx: &mut Tx, attendance: &Attendance) -> Result<(), DbError> {
        for (id, _) in &attendance.visits {
            decide(tx, attendance, *id, DecisionKind::Void).await?;
        }
        Ok(())
    }
}

/// What attendance shows of a stop.
fn judgement(attendance: &Attendance, asked: bool) -> Judgement {
    let code = attendance.code.clone().unwrap_or_default();
    let evidence = Evidence::Trainer { code, outing_id: Some(attendance.outing) };
    Judgement {
        outcome: Outcome::Accepted,
        by_photo: false,
        verdict: None,
        flags: Flags::default(),
        evidence: vec![Weighed { evidence, shown: Shown::Yes, asked, verdict: None, distance_m: None }],
    }
}

/// Decides on a visit that is there, that counts otherwise, and of which nothing was erased yet.
async fn decide(
    tx: &mut Tx,
    attendance: &Attendance,
    visit: VisitId,
    kind: DecisionKind,
) -> Result<(), DbError> {
    let Some(target) = store::target(tx, visit).await? else { return Ok(()) };
    let wanted = if kind == DecisionKind::Accept { Outcome::Accepted } else { Outcome::Rejected };
    if target.outcome == wanted {
        return Ok(());
    }
    let (at, account, reason) = (attendance.received_at, attendance.by, REASON.to_owned());
    store::decide(tx, &Decision { visit, kind, at, account, reason }).await
}
