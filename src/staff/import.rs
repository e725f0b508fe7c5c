//! Taking a roster file in: shown first, done once it is confirmed.

use jiff::{SignedDuration, Span};
use serde_json::json;

use crate::{
    audit::{self, Entry, Recorder},
    auth::{self, AccountId, Caller},
    clock::{Date, SharedClock, Timestamp, tokyo_date},
    db::{Db, DbError, Tx},
    random::SharedRandom,
};

use super::{
    file::{self, BadRoster, Roster},
    model::{ChangeId, PreviewId},
    plan::{self, Counts, Plan, Summary},
    service::StaffService,
    store::{self, ChangeKind, ChangeRow, Preview},
};

/// How far ahead a roster may be taken in: a mistyped year must not stand in the way of all that come after.
const AHEAD_MONTHS: i64 = 4;
/// How long a file waits to be confirmed.
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// What whoever confirms says is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// To take in the other rows though some are refused; whose they are stay as they are.
    pub refused_rows: bool,
    /// That so many leave.
    pub leavers: bool,
}

/// What came of an import.
#[derive(Clone, Debug)]
pub struct Done {
    /// The change as it is kept; none when the file changed nothing.
    pub change: Option<ChangeId>,
    /// How many of each.
    pub counts: Counts,
}

/// Why a file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] BadRoster),
    /// A later roster is in already.
    #[error("the roster of {last} is in already: a file for an earlier day would contradict it")]
    Earlier {
        /// Its day.
        last: Date,
    },
    /// The day is too far ahead.
    #[error("{day} is too far ahead: a roster can be taken in from {first} on")]
    TooFarAhead {
        /// The day.
        day: Date,
        /// The first day on which it can be.
        first: Date,
    },
    /// A refused row does not say whose it is.
    #[error("a refused row has no staff number: nobody knows who has left; mend the file")]
    NamelessRows,
    /// Rows are refused.
    #[error("{0} rows are refused: mend them, or say that the others are to be taken in without them")]
    RefusedRows(u64),
    /// Very many would leave.
    #[error("{left} of {known} people are not in the file and would leave: say so if that is right")]
    ManyLeave {
        /// How many leave.
        left: u64,
        /// Of how many.
        known: u64,
    },
    /// Something has changed since the preview.
    #[error("the roster has changed since the preview: make another")]
    Stale,
    /// There is no such preview.
    #[error("there is no such preview")]
    Absent,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A part of the program failed.
    #[error("{0}")]
    Internal(String),
}

/// What is taken in.
#[derive(Clone, Debug)]
pub struct What {
    /// The file's name.
    pub file_name: String,
    /// The day from which on it counts.
    pub effective_on: Date,
    /// Who takes it in; none when an operator does by a command.
    pub account: Option<AccountId>,
    /// What they say is right.
    pub consent: Consent,
    /// The plan that was shown to them.
    pub shown: Option<Vec<u8>>,
}

/// Reads a file away from the threads that answer requests.
async fn read(bytes: Vec<u8>) -> Result<Roster, ImportError> {
    let read = tokio::task::spawn_blocking(move || file::read(&bytes)).await;
    Ok(read.map_err(|error| ImportError::Internal(error.to_string()))??)
}

/// Checks the day, and says what the file would change.
async fn planned(
    tx: &mut Tx,
    roster: &Roster,
    day: Date,
    now: Timestamp,
) -> Result<(Plan, Summary), ImportError> {
    let first = day.checked_sub(Span::new().months(AHEAD_MONTHS)).unwrap_or(Date::MIN);
    if tokyo_date(now) < first {
        return Err(ImportError::TooFarAhead { day, first });
    }
    if let Some(last) = store::last_import(tx).await?.filter(|last| *last > day) {
        return Err(ImportError::Earlier { last });
    }
    let known = store::known(tx, day).await?;
    let plan = plan::plan(roster, &known, day);
    let summary = plan::summary(&plan, roster, &known);
    Ok((plan, summary))
}

/// Takes a roster in, in a transaction: everything or nothing.
///
/// # Errors
/// When it may not be, or the database cannot be written.
pub async fn take_in(
    tx: &mut Tx,
    roster: &Roster,
    what: &What,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<(Done, store::Applied), ImportError> {
    let (plan, summary) = planned(tx, roster, what.effective_on, now).await?;
    let internal = |error: serde_json::Error| ImportError::Internal(error.to_string());
    if let Some(shown) = &what.shown
        && plan::digest(&plan).map_err(internal)?[..] != shown[..]
    {
        return Err(ImportError::Stale);
    }
    if plan.has_nameless_rows() {
        return Err(ImportError::NamelessRows);
    }
    if !plan.refused.is_empty() && !what.consent.refused_rows {
        return Err(ImportError::RefusedRows(plan.refused.len() as u64));
    }
    if plan.leaves_many() && !what.consent.leavers {
        return Err(ImportError::ManyLeave { left: plan.left(), known: plan.known });
    }
    let counts = summary.counts;
    if plan.is_empty() {
        return Ok((Done { change: None, counts }, store::Applied::default()));
    }
    let applied = store::apply(tx, &plan, random, now).await?;
    let id = ChangeId(random.id_at(now));
    let change = ChangeRow {
        id,
        kind: ChangeKind::Import,
        account: what.account,
        staff: None,
        effective_on: what.effective_on,
        reason: String::new(),
        file_name: Some(what.file_name.clone()),
        summary: serde_json::to_string(&counts).map_err(internal)?,
        made_at: now,
    };
    store::insert_change(tx, &change).await?;
    if what.effective_on <= tokyo_date(now) {
        auth::store::end_sessions_of_staff(tx, &applied.left, "left", now).await?;
    }
    Ok((Done { change: Some(id), counts }, applied))
}

impl StaffService {
    /// Reads a file and says what it would change. Nothing is changed.
    ///
    /// # Errors
    /// When it cannot be read, or not for that day.
    pub async fn preview(
        &self,
        caller: &Caller,
        bytes: Vec<u8>,
        file_name: String,
        effective_on: Date,
    ) -> Result<(PreviewId, Summary), ImportError> {
        let now = self.now();
        let content = bytes.clone();
        let roster = read(bytes).await?;
        let mut tx = self.db().read().await?;
        let (plan, summary) = planned(&mut tx, &roster, effective_on, now).await?;
        drop(tx);
        let internal = |error: serde_json::Error| ImportError::Internal(error.to_string());
        let id = PreviewId(self.random().id_at(now));
        let preview = Preview {
            id,
            account: caller.principal.account,
            file_name,
            effective_on,
            summary: serde_json::to_string(&summary).map_err(internal)?,
            content,
            plan_digest: plan::digest(&plan).map_err(internal)?.to_vec(),
            made_at: now,
        };
        let entry = Entry::by(caller, audit::Action::PreviewRoster)
            .about_staff(shown(&summary))
            .on("roster_preview", id)
            .with(json!({ "effective_on": effective_on, "counts": summary.counts }));
        let recorder = self.recorder.clone();
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    store::delete_previews_before(tx, now - WAITS).await?;
                    store::insert_preview(tx, &preview).await?;
                    recorder.record(tx, entry).await.map(|_| ())
                })
            })
            .await
            .map_err(|error: DbError| ImportError::Db(error))?;
        Ok((id, summary))
    }

    /// Does what a preview showed, if it still is what would be done.
    ///
    /// # Errors
    /// When anything has changed since, or something is not consented to.
    pub async fn confirm(
        &self,
        caller: &Caller,
        id: PreviewId,
        consent: Consent,
    ) -> Result<Done, ImportError> {
        let mut tx = self.db().read().await?;
        let preview = store::preview(&mut tx, id).await?.ok_or(ImportError::Absent)?;
        drop(tx);
        let roster = read(preview.content).await?;
        let (now, random, recorder) = (self.now(), self.random().clone(), self.recorder.clone());
        let what = What {
            file_name: preview.file_name,
            effective_on: preview.effective_on,
            account: Some(caller.principal.account),
            consent,
            shown: Some(preview.plan_digest),
        };
        let entry = Entry::by(caller, audit::Action::ImportRoster);
        let ending = Entry::by(caller, audit::Action::EndRole);
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    if !store::delete_preview(tx, id).await? {
                        return Err(ImportError::Absent);
                    }
                    let (done, applied) = take_in(tx, &roster, &what, &random, now).await?;
                    recorder.record(tx, recorded(entry, &what, &done, &applied)).await?;
                    auth::end_roles_of_leavers(tx, &recorder, &ending, now).await?;
                    Ok(done)
                })
            })
            .await
    }
}

/// Takes a file in at once, for an operator. With `dry_run` nothing is changed.
///
/// # Errors
/// When it cannot be read or may not be taken in.
pub async fn import_file(
    db: &Db,
    clock: &SharedClock,
    random: &SharedRandom,
    bytes: Vec<u8>,
    what: What,
    dry_run: bool,
) -> Result<(Summary, Option<Done>), ImportError> {
    let roster = read(bytes).await?;
    let now = clock.now();
    let mut tx = db.read().await?;
    let (_, summary) = planned(&mut tx, &roster, what.effective_on, now).await?;
    drop(tx);
    if dry_run {
        return Ok((summary, None));
    }
    let (random, recorder) = (random.clone(), Recorder::new(clock.clone(), random.clone()));
    let done = db
        .write(move |tx| {
            Box::pin(async move {
                let (done, applied) = take_in(tx, &roster, &what, &random, now).await?;
                let entry = Entry::by_service(audit::Action::ImportRoster);
                recorder.record(tx, recorded(entry, &what, &done, &applied)).await?;
                let ending = Entry::by_service(audit::Action::EndRole);
                auth::end_roles_of_leavers(tx, &recorder, &ending, now).await?;
                Ok::<_, ImportError>(done)
            })
        })
        .await?;
    Ok((summary, Some(done)))
}

fn recorded(entry: Entry, what: &What, done: &Done, applied: &store::Applied) -> Entry {
    let entry = entry
        .about_staff(applied.concerned.iter().copied())
        .with(json!({ "effective_on": what.effective_on, "counts": done.counts }));
    match done.change {
        Some(change) => entry.on("roster_change", change),
        None => entry,
    }
}

/// Whose data a preview shows.
pub(super) fn shown(summary: &Summary) -> Vec<super::StaffId> {
    let lists = [
        &summary.joined,
        &summary.left,
        &summary.moved,
        &summary.tier_changed,
        &summary.other_changed,
        &summary.absence_changed,
    ];
    let people: std::collections::BTreeSet<_> =
        lists.into_iter().flatten().filter_map(|change| change.staff).collect();
    people.into_iter().collect()
}
