//! From a draft to a version: review by somebody else.

use crate::{
    clock::Date,
    db::Tx,
    random::SharedRandom,
    routes::{
        model::{DraftState, Line, RouteId, RouteVersionId, Version},
        store::{self, Draft, NewVersion, Review, ReviewKind, Route, StopCode, StopComment, reaches},
    },
};

use super::{Actor, DesignError, Publisher, changed, held_draft};

/// Sends a draft to review with the line that was laid for it. `seen` is the version that was laid and checked.
///
/// # Errors
/// When somebody else changed it first, or it is in review already.
pub async fn submit(
    tx: &mut Tx,
    actor: &Actor,
    seen: (RouteId, Option<i64>),
    line: Line,
) -> Result<(), DesignError> {
    let (_, draft) = held_draft(tx, actor, seen).await?;
    if draft.state == DraftState::InReview {
        return Err(DesignError::InReview);
    }
    let draft = Draft { state: DraftState::InReview, line: Some(line), ..changed(actor, draft) };
    store::save_draft(tx, &draft).await?;
    // Whoever sends it to review stands for it.
    store::add_author(tx, draft.route, actor.account).await?;
    note(tx, actor, draft.route, ReviewKind::Submitted, Said::default()).await
}

/// What a reviewer says.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Of the whole.
    pub comment: String,
    /// Of single stops.
    pub comments: Vec<StopComment>,
    /// The number of the version that was published.
    pub number: Option<i64>,
}

async fn note(
    tx: &mut Tx,
    actor: &Actor,
    route: RouteId,
    kind: ReviewKind,
    said: Said,
) -> Result<(), DesignError> {
    let Said { comment, comments, number } = said;
    let review = Review { at: actor.now, account: actor.account, kind, number, comment, comments };
    Ok(store::insert_review(tx, route, &review).await?)
}

/// Takes a draft back from review.
///
/// # Errors
/// When it is not in review.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, id: RouteId) -> Result<(), DesignError> {
    let (_, draft) = held_draft(tx, actor, (id, None)).await?;
    if draft.state != DraftState::InReview {
        return Err(DesignError::NotInReview);
    }
    store::save_draft(tx, &Draft { state: DraftState::Editing, line: None, ..changed(actor, draft) }).await?;
    note(tx, actor, id, ReviewKind::Withdrawn, Said::default()).await
}

/// The draft that a reviewer decides on: in review, and none of their own.
async fn reviewed(tx: &mut Tx, actor: &Actor, id: RouteId) -> Result<(Route, Draft, Line), DesignError> {
    store::lock_route(tx, id).await?;
    let route = store::route(tx, id).await?.ok_or(DesignError::Absent)?;
    let draft = store::draft(tx, id).await?.ok_or(DesignError::Absent)?;
    let Some(line) = draft.line.clone().filter(|_| draft.state == DraftState::InReview) else {
        // Who may not see a draft that is being written learns nothing of it.
        let seen = reaches(&actor.reach, route.department);
        return Err(if seen { DesignError::NotInReview } else { DesignError::Absent });
    };
    if store::authors(tx, id).await?.contains(&actor.account) {
        return Err(DesignError::OwnWork);
    }
    Ok((route, draft, line))
}

/// Sends a draft back to its authors.
///
/// # Errors
/// When it is not in review, or the reviewer wrote any of it.
pub async fn send_back(tx: &mut Tx, actor: &Actor, id: RouteId, said: Said) -> Result<(), DesignError> {
    let (_, draft, _) = reviewed(tx, actor, id).await?;
    // The reviewer changes nothing of the draft itself.
    let draft = Draft { version: draft.version + 1, state: DraftState::Editing, line: None, ..draft };
    store::save_draft(tx, &draft).await?;
    note(tx, actor, id, ReviewKind::SentBack, said).await
}

/// Publishes a draft as the next version, which counts from that day on.
///
/// # Errors
/// When it is not in review, the reviewer wrote any of it, or the day is before today or another version's.
pub async fn publish(
    tx: &mut Tx,
    actor: &Actor,
    id: RouteId,
    effective_from: Option<Date>,
    publisher: &Publisher,
) -> Result<Version, DesignError> {
    let (route, draft, line) = reviewed(tx, actor, id).await?;
    let latest = store::versions(tx, id).await?.pop();
    let first = latest.as_ref().map_or(actor.today, |latest| latest.effective_from.max(actor.today));
    let effective_from = effective_from.unwrap_or(first);
    if effective_from < first {
        return Err(DesignError::BadDay { first });
    }
    let number = latest.map_or(1, |latest| latest.number + 1);
    let new = NewVersion {
        id: RouteVersionId(actor.random.id_at(actor.now)),
        route: id,
        number,
        design: draft.design,
        line,
        effective_from,
        published_by: actor.account,
    };
    for stop in new.design.stops() {
        let code = StopCode { stop: stop.stop_id, code: poster_code(&actor.random) };
        store::insert_stop(tx, id, &code, actor.now).await?;
    }
    store::insert_version(tx, &new, actor.now).await?;
    store::delete_draft(tx, id).await?;
    note(tx, actor, id, ReviewKind::Published, Said { number: Some(number), ..Said::default() }).await?;
    publisher.publish(tx, &route, route.archived_on, actor).await?;
    store::version(tx, id, number).await?.ok_or(DesignError::Absent)
}

/// A code for a poster: ten characters of Crockford's base 32 (50 bits), which nobody guesses.
fn poster_code(random: &SharedRandom) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    random.bytes::<10>().iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}
