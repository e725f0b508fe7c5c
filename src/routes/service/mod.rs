//! What happens to routes and drafts, each in one transaction.
//!
//! A route has at most one open draft. Whoever wrote any of it may not publish it. What goes to review is frozen with its
//! line, so that what was reviewed is what is published.

mod drafts;
mod publishing;
mod reviews;

use std::collections::BTreeSet;

use crate::{
    auth::{AccountId, Reach},
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    random::SharedRandom,
    staff::DepartmentId,
};

use super::{
    checklist::Check,
    model::{Design, DraftState, Origin, RouteCode, RouteId, StopId, Version, Wrong},
    store::{self, Draft, Review, Route, reaches},
};

pub use drafts::{begin_draft, clone, create, discard, save};
pub use publishing::{Publisher, archive};
pub use reviews::{Said, publish, send_back, submit, withdraw};

/// Who does something, and when.
#[derive(Clone)]
pub struct Actor {
    /// Their account.
    pub account: AccountId,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// What they may change.
    pub reach: Reach,
    /// When.
    pub now: Timestamp,
    /// Today in Tokyo.
    pub today: Date,
    /// Where ids and codes come from.
    pub random: SharedRandom,
}

/// A route with its open draft and what belongs to it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The route.
    pub route: Route,
    /// Its draft.
    pub draft: Draft,
    /// The version that the draft was begun from.
    pub base: Option<Version>,
    /// The code of the route that it was cloned from.
    pub origin_code: Option<String>,
    /// Who wrote any of the draft.
    pub authors: BTreeSet<AccountId>,
    /// What was said of the route's drafts, the latest first.
    pub reviews: Vec<Review>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum DesignError {
    /// There is no such route, draft or version, or not within reach.
    #[error("there is no such thing within reach")]
    Absent,
    /// Somebody else changed the draft first.
    #[error("somebody else changed the draft first")]
    Stale,
    /// The trainer belongs to no department.
    #[error("the trainer belongs to no department")]
    NoDepartment,
    /// Another route has that code.
    #[error("the code is taken")]
    CodeTaken,
    /// The route has an open draft already.
    #[error("the route has an open draft")]
    DraftOpen,
    /// The draft is in review.
    #[error("the draft is in review")]
    InReview,
    /// The draft is not in review.
    #[error("the draft is not in review")]
    NotInReview,
    /// Whoever wrote any of a draft does not review it.
    #[error("an author reviews their own draft")]
    OwnWork,
    /// The checklist is not green.
    #[error("the checklist is not green")]
    NotGreen(Vec<Check>),
    /// A version is to count from a day on which it cannot.
    #[error("the version cannot count from that day")]
    BadDay {
        /// The first day on which it can.
        first: Date,
    },
    /// A stop belongs to another route.
    #[error("a stop belongs to another route")]
    ForeignStop(Vec<StopId>),
    /// The design is wrong.
    #[error("{} field(s) are wrong", .0.len())]
    Invalid(Vec<Wrong>),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A route to be begun.
#[derive(Clone, Debug)]
pub struct NewRoute {
    /// Its code; the next number when nobody says one.
    pub code: Option<RouteCode>,
    /// What its draft begins with.
    pub design: Design,
    /// The version that it is cloned from.
    pub origin: Option<Origin>,
    /// Whether it is 見本.
    pub sample: bool,
}

/// The open draft of a route: for those within reach, and for every trainer while it is in review.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(tx: &mut Tx, reach: &Reach, id: RouteId) -> Result<Option<Opened>, DbError> {
    let (Some(route), Some(draft)) = (store::route(tx, id).await?, store::draft(tx, id).await?) else {
        return Ok(None);
    };
    if draft.state != DraftState::InReview && !reaches(reach, route.department) {
        return Ok(None);
    }
    let base = match draft.base_number {
        Some(number) => store::version(tx, id, number).await?,
        None => None,
    };
    let origin_code = match route.origin {
        Some(origin) => store::route(tx, origin.route).await?.map(|route| route.code),
        None => None,
    };
    let (authors, reviews) = (store::authors(tx, id).await?, store::reviews(tx, id).await?);
    Ok(Some(Opened { route, draft, base, origin_code, authors, reviews }))
}

/// A route within reach, held until the transaction ends.
async fn held(tx: &mut Tx, actor: &Actor, id: RouteId) -> Result<Route, DesignError> {
    store::lock_route(tx, id).await?;
    let route = store::route(tx, id).await?.ok_or(DesignError::Absent)?;
    if reaches(&actor.reach, route.department) { Ok(route) } else { Err(DesignError::Absent) }
}

/// The draft of a route within reach, as it was seen.
async fn held_draft(
    tx: &mut Tx,
    actor: &Actor,
    (id, seen): (RouteId, Option<i64>),
) -> Result<(Route, Draft), DesignError> {
    let route = held(tx, actor, id).await?;
    let draft = store::draft(tx, id).await?.ok_or(DesignError::Absent)?;
    if seen.is_some_and(|seen| seen != draft.version) {
        return Err(DesignError::Stale);
    }
    Ok((route, draft))
}

/// The draft after a change that the actor made.
fn changed(actor: &Actor, draft: Draft) -> Draft {
    Draft { version: draft.version + 1, updated_at: actor.now, updated_by: actor.account, ..draft }
}
