//! What happens to routes and drafts, each in one transaction.
//!
//! A route has at most one open draft. Whoever wrote any of it may not publish it. What goes to review is frozen with its
//! line, so that what was reviewed is what is published.

use std::collections::BTreeSet;

use crate::{
    auth::{AccountId, Reach},
    catalogue::LayerId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    places::{DatasetId, DatasetInfo, write_records},
    random::SharedRandom,
    staff::DepartmentId,
};

use super::{
    checklist::Check,
    model::{
        Design, DraftState, Line, Origin, RouteCode, RouteId, RouteVersionId, StopId, Version, Waypoint,
        Wrong,
    },
    publication::records,
    store::{self, Draft, NewVersion, Review, ReviewKind, Route, StopCode, StopComment, reaches},
};

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

/// Begins a route with a draft.
///
/// # Errors
/// When the code is taken, or the trainer belongs to no department.
pub async fn create(tx: &mut Tx, actor: &Actor, new: NewRoute) -> Result<RouteId, DesignError> {
    let department = actor.department.ok_or(DesignError::NoDepartment)?;
    let code = match new.code {
        Some(code) if store::is_code_taken(tx, code.as_str()).await? => return Err(DesignError::CodeTaken),
        Some(code) => code,
        None => free_code(tx).await?,
    };
    let route = Route {
        id: RouteId(actor.random.id_at(actor.now)),
        code: code.to_string(),
        department,
        department_name: String::new(),
        sample: new.sample,
        origin: new.origin,
        archived_on: None,
    };
    let inserted = store::insert_route(tx, &route, actor.now).await;
    // Two may choose the same code at once.
    inserted
        .map_err(|error| if error.is_unique_violation() { DesignError::CodeTaken } else { error.into() })?;
    begin(tx, actor, route.id, None, new.design).await?;
    Ok(route.id)
}

async fn free_code(tx: &mut Tx) -> Result<RouteCode, DbError> {
    let mut number = store::count(tx).await? + 1;
    while store::is_code_taken(tx, RouteCode::numbered(number).as_str()).await? {
        number += 1;
    }
    Ok(RouteCode::numbered(number))
}

async fn begin(
    tx: &mut Tx,
    actor: &Actor,
    route: RouteId,
    base_number: Option<i64>,
    design: Design,
) -> Result<(), DbError> {
    let draft = Draft {
        route,
        version: 1,
        state: DraftState::Editing,
        base_number,
        design,
        line: None,
        updated_at: actor.now,
        updated_by: actor.account,
    };
    store::insert_draft(tx, &draft).await?;
    store::add_author(tx, route, actor.account).await
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

/// Begins a draft from a version of a route: that of the given number, or the latest.
///
/// # Errors
/// When there is one already, or no such version.
pub async fn begin_draft(
    tx: &mut Tx,
    actor: &Actor,
    id: RouteId,
    number: Option<i64>,
) -> Result<(), DesignError> {
    held(tx, actor, id).await?;
    if store::draft(tx, id).await?.is_some() {
        return Err(DesignError::DraftOpen);
    }
    let version = chosen(tx, id, number).await?.ok_or(DesignError::Absent)?;
    Ok(begin(tx, actor, id, Some(version.number), version.design).await?)
}

async fn chosen(tx: &mut Tx, id: RouteId, number: Option<i64>) -> Result<Option<Version>, DbError> {
    match number {
        Some(number) => store::version(tx, id, number).await,
        None => Ok(store::versions(tx, id).await?.pop()),
    }
}

/// Begins a route of the trainer's own department with a version of any other. Its stops are stops of their own.
///
/// # Errors
/// When there is no such version, or the trainer belongs to no department.
pub async fn clone(
    tx: &mut Tx,
    actor: &Actor,
    (id, number): (RouteId, Option<i64>),
    sample: bool,
) -> Result<RouteId, DesignError> {
    let version = chosen(tx, id, number).await?.ok_or(DesignError::Absent)?;
    let mut document = version.design.into_document();
    for waypoint in &mut document.waypoints {
        if let Waypoint::Stop(stop) = waypoint {
            stop.stop_id = StopId(actor.random.id());
            // Photos belong to the route that they were taken for.
            stop.photo = None;
        }
    }
    let design = Design::new(document).map_err(DesignError::Invalid)?;
    let origin = Some(Origin { route: version.route, number: version.number });
    create(tx, actor, NewRoute { code: None, design, origin, sample }).await
}

/// Keeps a design in the draft of a route. `seen` is the version of the draft that its author saw.
///
/// # Errors
/// When somebody else changed it first, it is in review, or a stop belongs to another route.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    seen: (RouteId, Option<i64>),
    design: Design,
) -> Result<(), DesignError> {
    let (_, draft) = held_draft(tx, actor, seen).await?;
    if draft.state == DraftState::InReview {
        return Err(DesignError::InReview);
    }
    if draft.design == design {
        return Ok(());
    }
    let stops: Vec<StopId> = design.stops().map(|stop| stop.stop_id).collect();
    let foreign = store::foreign_stops(tx, draft.route, &stops).await?;
    if !foreign.is_empty() {
        return Err(DesignError::ForeignStop(foreign));
    }
    let draft = Draft { design, ..changed(actor, draft) };
    store::save_draft(tx, &draft).await?;
    Ok(store::add_author(tx, draft.route, actor.account).await?)
}

fn changed(actor: &Actor, draft: Draft) -> Draft {
    Draft { version: draft.version + 1, updated_at: actor.now, updated_by: actor.account, ..draft }
}

/// Throws a draft away; a route that was never published goes with it.
///
/// # Errors
/// When somebody else changed it first, or it is in review.
pub async fn discard(tx: &mut Tx, actor: &Actor, seen: (RouteId, Option<i64>)) -> Result<(), DesignError> {
    let (route, draft) = held_draft(tx, actor, seen).await?;
    if draft.state == DraftState::InReview {
        return Err(DesignError::InReview);
    }
    store::delete_draft(tx, route.id).await?;
    if store::versions(tx, route.id).await?.is_empty() {
        store::delete_route(tx, route.id).await?;
    }
    Ok(())
}

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

/// Says from which day on a route no longer counts, or, without one, that it does again.
///
/// # Errors
/// When it was never published.
pub async fn archive(
    tx: &mut Tx,
    actor: &Actor,
    id: RouteId,
    on: Option<Date>,
    publisher: &Publisher,
) -> Result<(), DesignError> {
    let route = held(tx, actor, id).await?;
    if store::versions(tx, id).await?.is_empty() {
        return Err(DesignError::Absent);
    }
    store::set_archived(tx, id, on).await?;
    Ok(publisher.publish(tx, &route, on, actor).await?)
}

/// Who publishes: the municipality, in whose name the layers are.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// The municipality's name.
    pub municipality: String,
    /// The licence under which published routes are given out.
    pub licence: String,
    /// The licence's text.
    pub licence_url: Option<String>,
}

impl Publisher {
    /// The demo ward: invented, and free for everybody.
    #[must_use]
    pub fn demo() -> Self {
        Self {
            municipality: "まちあるき見本データ".to_owned(),
            licence: "CC0 1.0".to_owned(),
            licence_url: Some("https://creativecommons.org/publicdomain/zero/1.0/deed.ja".to_owned()),
        }
    }

    /// Writes the records of a route's versions into the public layers.
    async fn publish(
        &self,
        tx: &mut Tx,
        route: &Route,
        archived_on: Option<Date>,
        actor: &Actor,
    ) -> Result<(), DbError> {
        let versions = store::versions(tx, route.id).await?;
        let (routes, stops) = records(&versions, archived_on);
        let in_force = store::versions_in_force(tx, actor.today).await?;
        for (layer, id, title, written) in [
            (LayerId::Routes, "walking-routes", "まちあるきコース", routes),
            (LayerId::Stops, "walking-stops", "まちあるきコースの立ち寄り点", stops),
        ] {
            let dataset: DatasetId =
                id.parse().map_err(|error| DbError::Corrupt(format!("dataset {id}: {error}")))?;
            let info = self.info(title, &versions, &in_force, actor.today);
            write_records(tx, (layer, &dataset, info), &written, actor.now).await?;
        }
        Ok(())
    }

    fn info(&self, title: &str, versions: &[Version], in_force: &[Version], today: Date) -> DatasetInfo {
        let mut attribution = self.municipality.clone();
        let all = versions.iter().chain(in_force);
        let networks: BTreeSet<&str> =
            all.flat_map(|version| version.line.attributions.iter().map(String::as_str)).collect();
        for network in networks {
            attribution.push_str(" / ");
            attribution.push_str(network);
        }
        DatasetInfo {
            title: title.to_owned(),
            source: self.municipality.clone(),
            source_url: None,
            licence: self.licence.clone(),
            licence_url: self.licence_url.clone(),
            attribution,
            as_of: Some(today),
            steward: versions.last().map(|version| version.department_name.clone()).unwrap_or_default(),
            refresh_days: None,
            last_confirmed: Some(today),
            key_fields: Vec::new(),
            sample: versions.iter().any(|version| version.sample),
        }
    }
}
