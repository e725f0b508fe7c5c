//! Beginning, writing and throwing away drafts.

use crate::{
    db::{DbError, Tx},
    routes::{
        model::{Design, DraftState, Origin, RouteCode, RouteId, StopId, Version, Waypoint},
        store::{self, Draft, Route},
    },
};

use super::{Actor, DesignError, NewRoute, changed, held, held_draft};

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
