//! Hosts need no account: they are asked by a link, or on the telephone.

use jiff::SignedDuration;

use crate::{
    auth::Token,
    clock::Timestamp,
    db::{DbError, Tx},
    outings::{
        model::{Answer, HostId, OutingId, OutingState, SignUpState},
        store::{self, Host, Outing},
    },
    routes::{model::Version, store::version_by_id},
};

use super::{Actor, OutingError, held_in_reach};

/// For how long after the outing a host's link counts: so long the report can be read.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Gives a host a link, in place of the one before. It is shown once.
///
/// # Errors
/// When there is no such host within reach.
pub async fn ask(
    tx: &mut Tx,
    actor: &Actor,
    (id, host): (OutingId, HostId),
) -> Result<(Token, Timestamp), OutingError> {
    let outing = held_in_reach(tx, actor, id).await?;
    let token = Token::new(actor.random.bytes());
    let until = outing.ends_at().saturating_add(LINK_LASTS).unwrap_or(Timestamp::MAX);
    if until <= actor.now || outing.state == OutingState::Cancelled {
        return Err(OutingError::Closed);
    }
    if store::ask_host(tx, (id, host), &token.hash(), (actor.now, until)).await? {
        Ok((token, until))
    } else {
        Err(OutingError::Absent)
    }
}

/// Keeps what a host said on the telephone.
///
/// # Errors
/// When there is no such host within reach.
pub async fn answer_by_phone(
    tx: &mut Tx,
    actor: &Actor,
    (id, host): (OutingId, HostId),
    (answer, message): (Answer, &str),
) -> Result<(), OutingError> {
    held_in_reach(tx, actor, id).await?;
    if store::answer_host(tx, (id, host), (answer, message), true, actor.now).await? {
        Ok(())
    } else {
        Err(OutingError::Absent)
    }
}

/// What hosts are told: nothing of any person.
#[derive(Clone, Debug)]
pub struct Briefing {
    /// The host.
    pub host: Host,
    /// The outing.
    pub outing: Outing,
    /// The version that is walked.
    pub version: Version,
    /// How many have a place.
    pub headcount: i64,
}

impl Briefing {
    /// Whether the host may still answer: until the outing starts.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.outing.state == OutingState::Planned && now < self.outing.starts_at
    }
}

/// What the host is told whose link it is.
///
/// # Errors
/// When the database cannot be read.
pub async fn briefing(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<Option<Briefing>, DbError> {
    let Some(host) = store::host_of_token(tx, &token.hash(), now).await? else { return Ok(None) };
    let Some(outing) = store::outing(tx, host.outing).await? else { return Ok(None) };
    let headcount = store::count_in(tx, host.outing, SignUpState::Confirmed).await?;
    let version = version_by_id(tx, outing.route_version).await?;
    let version = version.ok_or_else(|| store::corrupt("the version of an outing is gone"))?;
    Ok(Some(Briefing { host, outing, version, headcount }))
}

/// Keeps what a host says through its link: until the outing starts, as often as it changes its mind.
///
/// # Errors
/// When the link counts no longer, or the outing has started or is cancelled.
pub async fn answer(
    tx: &mut Tx,
    token: &Token,
    (answer, message): (Answer, &str),
    now: Timestamp,
) -> Result<(), OutingError> {
    let briefing = briefing(tx, token, now).await?.ok_or(OutingError::Absent)?;
    if !briefing.is_open(now) {
        return Err(OutingError::Closed);
    }
    let host = (briefing.outing.id, briefing.host.id);
    store::answer_host(tx, host, (answer, message), false, now).await?;
    Ok(())
}

/// Keeps the report that hosts are thanked with, after the outing.
///
/// # Errors
/// When it is not over, or not within reach.
pub async fn report(tx: &mut Tx, actor: &Actor, id: OutingId, text: String) -> Result<(), OutingError> {
    let outing = held_in_reach(tx, actor, id).await?;
    if outing.state == OutingState::Cancelled || actor.now < outing.starts_at {
        return Err(OutingError::Closed);
    }
    let version = outing.version + 1;
    Ok(store::save(tx, &Outing { version, report: text, updated_at: actor.now, ..outing }).await?)
}
