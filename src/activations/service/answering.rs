//! Taking answers in: of residents, in any order and as often as they are sent; and by phone, of the registrar.

use crate::{
    activations::{
        model::{ActivationId, Answer, AnswerFacts, AnswerId, By, Refusal, RefusalCode, SentAnswer, tap},
        store,
    },
    clock::Timestamp,
    councils::{model::ResidencyId, service::Vault, store::residency_rows_of},
    db::{Db, Tx},
    staff::StaffId,
};

use super::{
    ActivationError,
    seals::{open_answer, seal_answer},
};

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is stored durably.
    Stored,
    /// The same was stored before.
    Known,
    /// It is not taken.
    Refused(Refusal),
}

impl From<RefusalCode> for Received {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code.into())
    }
}

/// Takes in what somebody's phone sends, each answer by itself, and returns when all that is stored is durable. What becomes of each is in the order of the
/// items.
///
/// # Errors
/// When the database cannot be used, or something does not open; then nothing is stored.
pub async fn receive(
    db: &Db,
    vault: &Vault,
    staff: Option<StaffId>,
    items: &[&[u8]],
    (sent_at, now): (Option<Timestamp>, Timestamp),
) -> Result<Vec<Received>, ActivationError> {
    let read: Vec<Result<SentAnswer, Refusal>> = items.iter().map(|item| SentAnswer::read(item)).collect();
    let mut sent: Vec<(usize, SentAnswer)> = read
        .iter()
        .enumerate()
        .filter_map(|(index, one)| Some((index, one.as_ref().ok()?.clone())))
        .collect();
    // Whoever changes the same activations in one order never waits for somebody who waits for them.
    sent.sort_by_key(|(_, one)| (one.activation, one.id));
    let mut received: Vec<Received> = read
        .into_iter()
        .map(|one| one.err().map_or_else(|| RefusalCode::UnknownActivation.into(), Received::Refused))
        .collect();
    let Some(staff) = staff.filter(|_| !sent.is_empty()) else { return Ok(received) };
    let vault = vault.clone();
    let stored: Vec<(usize, Received)> = db
        .write::<_, ActivationError, _>(move |tx| {
            Box::pin(async move {
                let homes = homes(tx, &vault, staff).await?;
                let mut stored = Vec::with_capacity(sent.len());
                for (index, one) in sent {
                    stored.push((index, take(tx, &vault, &homes, &one, (sent_at, now)).await?));
                }
                Ok(stored)
            })
        })
        .await?;
    for (index, one) in stored {
        received[index] = one;
    }
    Ok(received)
}

/// The residencies of somebody, past ones included: on the roll are those who lived there on its day.
pub(super) async fn homes(
    tx: &mut Tx,
    vault: &Vault,
    staff: StaffId,
) -> Result<Vec<ResidencyId>, ActivationError> {
    let mut homes = Vec::new();
    for row in residency_rows_of(tx, vault.tags(staff)).await? {
        // A digest finds them; whose they are is what was sealed.
        if vault.residency(&row)?.facts.staff == staff {
            homes.push(row.id);
        }
    }
    Ok(homes)
}

async fn take(
    tx: &mut Tx,
    vault: &Vault,
    homes: &[ResidencyId],
    sent: &SentAnswer,
    (sent_at, now): (Option<Timestamp>, Timestamp),
) -> Result<Received, ActivationError> {
    let mut own = None;
    for home in homes {
        if store::roll_row(tx, sent.activation, *home).await?.is_some() {
            own = Some(*home);
        }
    }
    let Some(residency) = own else { return Ok(RefusalCode::UnknownActivation.into()) };
    let tap = tap(sent.said_at, sent_at, now);
    let facts = AnswerFacts {
        residency,
        answer: sent.answer,
        answered_at: tap.at,
        said_at: tap.said,
        received_at: now,
        by: By::Resident,
        note: String::new(),
        digest: sent.digest,
    };
    store_answer(tx, vault, (sent.id, sent.activation), &facts).await
}

/// Stores an answer, unless its id is taken, or it was tapped after the activation ended.
pub(in crate::activations) async fn store_answer(
    tx: &mut Tx,
    vault: &Vault,
    (id, activation): (AnswerId, ActivationId),
    facts: &AnswerFacts,
) -> Result<Received, ActivationError> {
    let counted = store::count_change(tx, activation).await?.ok_or(ActivationError::Absent)?;
    if let Some(known) = store::answer(tx, id).await? {
        let is_same = known.activation == activation && {
            let known = open_answer(vault, &known)?.facts;
            known.residency == facts.residency && known.digest == facts.digest
        };
        return Ok(if is_same { Received::Known } else { RefusalCode::Conflict.into() });
    }
    if counted.ended_at.is_some_and(|ended| facts.answered_at > ended) {
        return Ok(RefusalCode::Ended.into());
    }
    let (row, tag) = seal_answer(vault, (id, activation, counted.sequence), facts)?;
    let is_new = store::insert_answer(tx, &row, tag).await?;
    // Of another activation, at the same moment.
    Ok(if is_new { Received::Stored } else { RefusalCode::Conflict.into() })
}

/// Enters an answer that somebody gave by phone.
///
/// # Errors
/// When they are not on the roll, its id names another answer, or the activation had ended by then.
pub async fn enter(
    tx: &mut Tx,
    vault: &Vault,
    (id, activation): (AnswerId, ActivationId),
    (residency, answer, note): (ResidencyId, Answer, String),
    (answered_at, now): (Option<Timestamp>, Timestamp),
    digest: [u8; 32],
) -> Result<(), ActivationError> {
    store::roll_row(tx, activation, residency).await?.ok_or(ActivationError::Absent)?;
    let facts = AnswerFacts {
        residency,
        answer,
        answered_at: answered_at.unwrap_or(now),
        said_at: None,
        received_at: now,
        by: By::Registrar,
        note,
        digest,
    };
    match store_answer(tx, vault, (id, activation), &facts).await? {
        Received::Stored | Received::Known => Ok(()),
        Received::Refused(Refusal(RefusalCode::Ended)) => Err(ActivationError::Ended),
        Received::Refused(_) => Err(ActivationError::Conflict),
    }
}
