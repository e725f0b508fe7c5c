//! Handover notes: from who leaves, through the registrar, to who comes next.

use crate::{
    clock::{Date, Timestamp},
    councils::{
        model::{Assignments, Residency},
        service::{Register, Vault, homes_of},
    },
    db::Tx,
    gatherings::{
        model::{HandoverFacts, HandoverFor, HandoverId, HandoverState, Standing, is_for, may_write},
        store::{self, HandoverRow},
    },
};

use super::{Actor, GatheringError, seals};

/// A note, opened.
#[derive(Clone, Debug)]
pub struct Handed {
    /// As it is stored.
    pub row: HandoverRow,
    /// What it says.
    pub facts: HandoverFacts,
}

/// What somebody reads who came next. By whom it is they are not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// For whom it is.
    pub next: HandoverFor,
    /// What is handed over.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
}

/// What is handed over by somebody, and to them.
#[derive(Clone, Debug, Default)]
pub struct MyHandover {
    /// Whether they can write a note.
    pub may_write: bool,
    /// Their note.
    pub own: Option<Handed>,
    /// What those before them left, the latest first.
    pub received: Vec<Received>,
}

fn opened(vault: &Vault, row: HandoverRow) -> Result<Handed, GatheringError> {
    let facts = seals::handover(vault, &row)?;
    Ok(Handed { row, facts })
}

/// Of the homes from which somebody can write, the latest.
fn writing_from(homes: &[Residency], today: Date) -> Option<&Residency> {
    homes.iter().filter(|home| may_write(home, today)).max_by_key(|home| home.facts.span.from())
}

fn standing(home: &Residency, assignments: &Assignments, day: Date) -> Standing {
    let council = assignments.on(home.id, day).and_then(|decision| decision.council);
    Standing { unit: home.unit, council, from: home.facts.span.from() }
}

/// What is handed over by the actor, and to them.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn my_handover(tx: &mut Tx, actor: &Actor) -> Result<MyHandover, GatheringError> {
    let Some(staff) = actor.staff else { return Ok(MyHandover::default()) };
    let (homes, assignments) = homes_of(tx, &actor.vault, staff).await?;
    let mut mine = MyHandover::default();
    if let Some(home) = writing_from(&homes, actor.today) {
        mine.may_write = true;
        let own = store::handover_of(tx, home.id).await?;
        mine.own = own.map(|row| opened(&actor.vault, row)).transpose()?;
    }
    // Who reads it lives there now.
    if let Some(home) = homes.iter().find(|home| home.facts.span.holds(actor.today)) {
        let reader = standing(home, &assignments, actor.today);
        mine.received = received(tx, actor, reader).await?;
    }
    Ok(mine)
}

async fn received(tx: &mut Tx, actor: &Actor, reader: Standing) -> Result<Vec<Received>, GatheringError> {
    let mut rows = store::handover_rows(tx).await?;
    rows.retain(|row| row.state == HandoverState::Released);
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let register = Register::read(tx, &actor.vault).await?;
    let mut received = Vec::new();
    for row in rows {
        let Some(home) = register.residencies.get(&row.residency) else { continue };
        let last = home.facts.span.until().unwrap_or(actor.today).min(actor.today);
        let facts = seals::handover(&actor.vault, &row)?;
        if is_for(facts.next, standing(home, &register.assignments, last), reader) {
            received.push(Received { next: facts.next, text: facts.text, written_at: facts.written_at });
        }
    }
    received.sort_by_key(|one| std::cmp::Reverse(one.written_at));
    Ok(received)
}

/// Writes the actor's note, in place of the one that they saw (0: none). Then the registrar is to read it, again if need be.
///
/// # Errors
/// When they have nothing to hand over, it was changed elsewhere, or was released.
pub async fn write_handover(
    tx: &mut Tx,
    actor: &Actor,
    seen: i64,
    (next, text): (HandoverFor, String),
) -> Result<(), GatheringError> {
    let staff = actor.staff.ok_or(GatheringError::NoHandover)?;
    let (homes, _) = homes_of(tx, &actor.vault, staff).await?;
    let home = writing_from(&homes, actor.today).ok_or(GatheringError::NoHandover)?;
    let before = store::handover_of(tx, home.id).await?;
    let version = before.as_ref().map_or(0, |row| row.version);
    if version != seen {
        return Err(GatheringError::Stale);
    }
    if before.as_ref().is_some_and(|row| row.state == HandoverState::Released) {
        return Err(GatheringError::Released);
    }
    let id = before.as_ref().map_or_else(|| HandoverId(actor.vault.random().id()), |row| row.id);
    let facts = HandoverFacts { next, text, remark: String::new(), written_at: actor.now, released: None };
    let row = HandoverRow {
        id,
        residency: home.id,
        version: version + 1,
        state: HandoverState::Written,
        changed_on: actor.today,
        sealed: seals::seal_handover(&actor.vault, (id, home.id), &facts)?,
    };
    let done = if before.is_some() {
        store::update_handover(tx, &row).await?
    } else {
        store::insert_handover(tx, &row).await?
    };
    if done { Ok(()) } else { Err(GatheringError::Stale) }
}

/// Every note, and the register in which its writers are found.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn handovers(tx: &mut Tx, vault: &Vault) -> Result<(Vec<Handed>, Register), GatheringError> {
    let rows = store::handover_rows(tx).await?;
    let notes = rows.into_iter().map(|row| opened(vault, row)).collect::<Result<_, _>>()?;
    Ok((notes, Register::read(tx, vault).await?))
}

/// What a registrar decides of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Whoever comes next reads it.
    Release,
    /// It goes back to whoever wrote it, with a remark.
    Return(String),
}

/// Decides on a note as it was seen. Returns whose it is. One that was released can be sent back: then nobody reads it any more.
///
/// # Errors
/// When there is no such note, or it was changed meanwhile.
pub async fn decide(
    tx: &mut Tx,
    actor: &Actor,
    (id, seen): (HandoverId, i64),
    decision: Decision,
) -> Result<crate::councils::model::ResidencyId, GatheringError> {
    let row = store::handover_row(tx, id).await?.ok_or(GatheringError::Absent)?;
    if row.version != seen {
        return Err(GatheringError::Stale);
    }
    let facts = seals::handover(&actor.vault, &row)?;
    let (state, facts) = match decision {
        Decision::Release => {
            let released = Some((actor.account, actor.now));
            (HandoverState::Released, HandoverFacts { released, remark: String::new(), ..facts })
        }
        Decision::Return(remark) => {
            (HandoverState::Returned, HandoverFacts { released: None, remark, ..facts })
        }
    };
    let sealed = seals::seal_handover(&actor.vault, (id, row.residency), &facts)?;
    let after = HandoverRow { version: row.version + 1, state, changed_on: actor.today, sealed, ..row };
    if store::update_handover(tx, &after).await? { Ok(after.residency) } else { Err(GatheringError::Stale) }
}
