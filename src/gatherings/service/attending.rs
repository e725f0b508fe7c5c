//! Who was there: the roll-call, and the rotating code.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    attendance::{CodeCheck, MarkId, Typed, check_code, documents::CodeSheet, fits},
    clock::{Timestamp, to_the_microsecond},
    councils::{
        model::ResidencyId,
        service::{Register, Vault},
    },
    db::{DbError, Tx},
    gatherings::{
        model::{Gathering, GatheringId, GatheringState, MarkFacts, Seat, is_there, seat},
        store::{self, MarkRow},
    },
    staff::StaffId,
};

use super::{Actor, GatheringError, held, joining::own_seat, leading, led, seals};

/// Somebody on the roll.
#[derive(Clone, Debug)]
pub struct RollLine {
    /// Their home: the pseudonym by which they are marked.
    pub residency: ResidencyId,
    /// Who they are.
    pub staff: StaffId,
    /// The building in which they live.
    pub housing: String,
    /// And the unit.
    pub unit: String,
    /// Whether they mean to come.
    pub signed_up: bool,
    /// The mark of them that counts.
    pub mark: Option<MarkFacts>,
}

/// A gathering and everybody whose it is.
#[derive(Clone, Debug)]
pub struct Roll {
    /// The gathering.
    pub gathering: Gathering,
    /// Everybody whose it is, or who was marked.
    pub lines: Vec<RollLine>,
    /// Who calls the roll besides the registrar.
    pub callers: BTreeSet<StaffId>,
}

/// The marks of a gathering, by whom they are of, opened.
async fn opened_marks(
    tx: &mut Tx,
    vault: &Vault,
    id: GatheringId,
) -> Result<BTreeMap<ResidencyId, Vec<(MarkId, MarkFacts)>>, GatheringError> {
    let mut of: BTreeMap<ResidencyId, Vec<(MarkId, MarkFacts)>> = BTreeMap::new();
    for row in store::marks(tx, id).await? {
        of.entry(row.residency).or_default().push((row.id, seals::mark(vault, &row)?));
    }
    Ok(of)
}

/// Of each person of a gathering who was marked, the mark that counts.
pub(super) async fn counting_marks(
    tx: &mut Tx,
    vault: &Vault,
    id: GatheringId,
) -> Result<BTreeMap<ResidencyId, MarkFacts>, GatheringError> {
    let of = opened_marks(tx, vault, id).await?;
    let counts = |(residency, marks): (ResidencyId, Vec<(MarkId, MarkFacts)>)| {
        let mark = is_there(marks.iter().map(|(id, mark)| (*id, mark)))?;
        Some((residency, mark.clone()))
    };
    Ok(of.into_iter().filter_map(counts).collect())
}

/// The roll of a gathering, for whoever may call it.
///
/// # Errors
/// When there is no such gathering within reach, or it is forgotten who took part.
pub async fn roll(tx: &mut Tx, actor: &Actor, id: GatheringId) -> Result<Roll, GatheringError> {
    let stored = store::gathering(tx, id).await?.ok_or(GatheringError::Absent)?;
    let callers = led(actor, &stored)?.roll_callers;
    let gathering = stored.gathering;
    let register = Register::read(tx, &actor.vault).await?;
    let signed_up: BTreeSet<ResidencyId> =
        store::sign_ups(tx, id).await?.into_iter().map(|row| row.residency).collect();
    let mut marks = counting_marks(tx, &actor.vault, id).await?;
    let mut lines = Vec::new();
    for home in register.residencies.values() {
        let mark = marks.remove(&home.id);
        let seat = seat(&gathering.audience, gathering.day(), home, &register.assignments);
        if seat.is_none() && mark.is_none() {
            continue;
        }
        let unit = register.units.get(&home.unit);
        lines.push(RollLine {
            residency: home.id,
            staff: home.facts.staff,
            housing: register.housing_of(home.unit).map(|one| one.facts.name.clone()).unwrap_or_default(),
            unit: unit.map(|unit| unit.facts.name.clone()).unwrap_or_default(),
            signed_up: signed_up.contains(&home.id),
            mark,
        });
    }
    Ok(Roll { gathering, lines, callers })
}

/// The codes of a gathering, for whoever may call its roll.
///
/// # Errors
/// When there is no such gathering within reach, or it is forgotten who took part.
pub async fn codes(tx: &mut Tx, actor: &Actor, id: GatheringId) -> Result<CodeSheet, GatheringError> {
    let stored = store::gathering(tx, id).await?.ok_or(GatheringError::Absent)?;
    let leading = led(actor, &stored)?;
    Ok(CodeSheet::of(&leading.key(), stored.gathering.when(), actor.now))
}

/// A mark as a phone sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMark {
    /// Its id, made on the phone.
    pub id: MarkId,
    /// Who.
    pub residency: ResidencyId,
    /// Whether they are there.
    pub present: bool,
    /// When, by the phone's clock.
    pub at: Timestamp,
}

/// What became of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// It is kept.
    Stored,
    /// It was there already.
    Duplicate,
    /// Another mark has its id.
    Conflict,
    /// It is not a gathering of theirs.
    NotOnRoll,
    /// Its time is not that of the gathering, or has not come yet.
    BadTime,
    /// Nobody marks themselves.
    Own,
}

/// Keeps a roll-call. Each mark by itself: one that cannot be kept does not keep the others back, and sending it all again changes
/// nothing. Of each person the latest mark counts, whenever it arrives.
///
/// # Errors
/// When there is no such gathering within reach, or it is cancelled.
pub async fn mark(
    tx: &mut Tx,
    actor: &Actor,
    id: GatheringId,
    marks: &[NewMark],
) -> Result<Vec<Marked>, GatheringError> {
    let stored = held(tx, id).await?;
    led(actor, &stored)?;
    let gathering = stored.gathering;
    if gathering.state == GatheringState::Cancelled {
        return Err(GatheringError::Closed);
    }
    let register = Register::read(tx, &actor.vault).await?;
    let mut outcomes = Vec::with_capacity(marks.len());
    for new in marks {
        let home = register.residencies.get(&new.residency);
        let seat =
            home.and_then(|home| seat(&gathering.audience, gathering.day(), home, &register.assignments));
        let is_own = home.is_some_and(|home| Some(home.facts.staff) == actor.staff);
        outcomes.push(match seat {
            None => Marked::NotOnRoll,
            Some(_) if is_own => Marked::Own,
            Some(_) if !fits(gathering.starts_at, gathering.duration_min, new.at, actor.now) => {
                Marked::BadTime
            }
            Some(seat) => {
                let facts = MarkFacts {
                    present: new.present,
                    at: to_the_microsecond(new.at),
                    council: seat.council,
                    by: Some(actor.account),
                    received_at: actor.now,
                };
                keep(tx, actor, &gathering, (new.id, seat), facts).await?
            }
        });
    }
    Ok(outcomes)
}

/// Keeps a mark. Where somebody was there, the gathering was held.
async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    gathering: &Gathering,
    (id, seat): (MarkId, Seat),
    facts: MarkFacts,
) -> Result<Marked, GatheringError> {
    let row = seals::seal_mark(&actor.vault, (id, gathering.id, seat.residency), &facts)?;
    if !store::insert_mark(tx, &row).await? {
        return Ok(if is_kept(tx, &actor.vault, &row, &facts).await? {
            Marked::Duplicate
        } else {
            Marked::Conflict
        });
    }
    if facts.present && actor.now >= gathering.starts_at {
        // Another mark of the same roll-call may have said so.
        let now = store::gathering(tx, gathering.id).await?.map(|stored| stored.gathering);
        if let Some(planned) = now.filter(|one| one.state == GatheringState::Planned) {
            let version = planned.version + 1;
            let held = Gathering { version, state: GatheringState::Held, updated_at: actor.now, ..planned };
            store::save(tx, &held, None).await?;
        }
    }
    Ok(Marked::Stored)
}

/// Whether a mark is there already that says the same of the same person.
async fn is_kept(
    tx: &mut Tx,
    vault: &Vault,
    row: &MarkRow,
    facts: &MarkFacts,
) -> Result<bool, GatheringError> {
    let Some(kept) = store::mark_of_id(tx, row.id).await? else { return Ok(false) };
    let same_row = (kept.gathering, kept.residency) == (row.gathering, row.residency);
    Ok(same_row && seals::mark(vault, &kept)?.is_same(facts))
}

/// What wrong codes are remembered under: one person and one gathering, by a digest that without the register's key tells nothing.
fn attempts_key(vault: &Vault, seat: Seat, id: GatheringId) -> [u8; 32] {
    let value = [seat.residency.0.as_bytes().as_slice(), id.0.as_bytes()].concat();
    let mut key = [0; 32];
    let (first, second) = key.split_at_mut(16);
    first.copy_from_slice(vault.keys().tag("gathering.attempts", &value).bytes());
    second.copy_from_slice(vault.keys().tag("gathering.attempts.2", &value).bytes());
    key
}

/// Somebody shows by the code on the screen that they are there, hours later perhaps. Who did not sign up is welcome as well.
///
/// The outer error is the database's: what it keeps of a wrong code has to stay. The inner one is the answer.
///
/// # Errors
/// When the database cannot be used.
pub async fn check_in(
    tx: &mut Tx,
    actor: &Actor,
    (id, mark_id): (GatheringId, MarkId),
    (code, at): (&str, Timestamp),
) -> Result<Result<Marked, GatheringError>, DbError> {
    match checked_in(tx, actor, (id, mark_id), (code, to_the_microsecond(at))).await {
        Err(GatheringError::Db(error)) => Err(error),
        other => Ok(other),
    }
}

async fn checked_in(
    tx: &mut Tx,
    actor: &Actor,
    (id, mark_id): (GatheringId, MarkId),
    (code, at): (&str, Timestamp),
) -> Result<Marked, GatheringError> {
    let stored = held(tx, id).await?;
    let seat = own_seat(tx, actor, &stored.gathering).await?;
    let (leading, gathering) = (leading(&actor.vault, &stored)?, stored.gathering);
    if gathering.state == GatheringState::Cancelled {
        return Err(GatheringError::Closed);
    }
    // They have the code themselves.
    let is_named = actor.staff.is_some_and(|staff| leading.roll_callers.contains(&staff));
    if actor.is_registrar || is_named {
        return Err(GatheringError::OwnRoll);
    }
    let facts = MarkFacts { present: true, at, council: seat.council, by: None, received_at: actor.now };
    let row = seals::seal_mark(&actor.vault, (mark_id, id, seat.residency), &facts)?;
    // What is kept is answered again, whatever was typed wrongly meanwhile.
    if is_kept(tx, &actor.vault, &row, &facts).await? {
        return Ok(Marked::Duplicate);
    }
    let typed = Typed { code, at, attempts: &attempts_key(&actor.vault, seat, id) };
    match check_code(tx, &leading.key(), gathering.when(), typed, actor.now).await? {
        CodeCheck::Right => keep(tx, actor, &gathering, (mark_id, seat), facts).await,
        CodeCheck::Wrong => Err(GatheringError::WrongCode),
        CodeCheck::Blocked { until } => Err(GatheringError::TooManyTries { until }),
    }
}
