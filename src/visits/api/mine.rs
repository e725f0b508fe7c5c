//! One's own visits and walks.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use http::HeaderMap;

use crate::{
    auth::{AccountId, Caller},
    clock::Date,
    db::{DbError, Tx},
    http::{Language, Private, Problem, ProblemDocument},
    routes::{
        self, RouteId, StopId,
        model::{Text, Version},
    },
    visits::{
        candidates::candidates,
        model::{Attempt, Candidate, FiscalYear, Flag, Step, StopState, Verdict, VisitId, too_fast, walk},
        naming::named,
        store::{self, Visit},
    },
};

use super::{
    documents::{
        DecisionDocument, FlagDocument, ImportNote, MyVisits, MyWalks, PhotoDocument, PhotoProgress,
        VisitDocument, WalkDocument, WalkStop,
    },
    shared::{VisitsService, YearParams},
};

/// One's own visits of a fiscal year, by time.
#[utoipa::path(get, tag = "visits", path = "/api/me/visits", operation_id = "my_visits",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, body = MyVisits),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn visits(
    State(service): State<VisitsService>,
    caller: Caller,
    Query(params): Query<YearParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let year = service.year(&params)?;
    let mut tx = service.gate.db().read().await?;
    let found = store::of_account(&mut tx, caller.principal.account, year).await?;
    let reader = (caller.principal.account, Language::of(&headers));
    let visits = documents(&service, &mut tx, found, reader).await?;
    Ok(Private(MyVisits { fiscal_year: year.year(), visits }).into_response())
}

/// Of these people, the visits of these fiscal years that nobody could have made on foot.
pub(super) async fn fast(
    service: &VisitsService,
    tx: &mut Tx,
    of: &BTreeSet<(AccountId, FiscalYear)>,
) -> Result<BTreeSet<VisitId>, DbError> {
    let mut fast = BTreeSet::new();
    for (account, year) in of {
        let seen = store::seen(tx, *year, Some(*account)).await?;
        fast.extend(too_fast(steps(service, tx, &seen).await?));
    }
    Ok(fast)
}

/// What was seen, with where its stops are.
pub(super) async fn steps(
    service: &VisitsService,
    tx: &mut Tx,
    seen: &[store::Seen],
) -> Result<Vec<Step>, DbError> {
    let versions = service.visits.versions(tx, seen.iter().map(|one| one.route_version)).await?;
    let step = |one: &store::Seen| {
        let stop = versions.get(&one.route_version)?.stop(one.stop)?;
        Some(Step { id: one.id, at: one.at, location: stop.location, radius_m: stop.radius_m })
    };
    Ok(seen.iter().filter_map(step).collect())
}

/// Visits with all that belongs to them, for somebody who reads them in a language.
pub(super) async fn documents(
    service: &VisitsService,
    tx: &mut Tx,
    visits: Vec<Visit>,
    (reader, language): (AccountId, Language),
) -> Result<Vec<VisitDocument>, DbError> {
    let ids: Vec<VisitId> = visits.iter().map(|visit| visit.id).collect();
    let versions = service.visits.versions(tx, visits.iter().map(|visit| visit.route_version)).await?;
    let years = visits.iter().map(|visit| (visit.account, FiscalYear::of(visit.day))).collect();
    let fast = fast(service, tx, &years).await?;
    let mut additions: HashMap<VisitId, Vec<store::Addition>> = HashMap::new();
    for addition in store::additions(tx, &ids).await? {
        additions.entry(addition.visit).or_default().push(addition);
    }
    let mut decisions: HashMap<VisitId, Vec<DecisionDocument>> = HashMap::new();
    for decision in store::decisions(tx, &ids).await? {
        decisions.entry(decision.visit).or_default().push(decision.into());
    }
    let photos: HashMap<_, _> = store::photo_states(tx, &ids)
        .await?
        .into_iter()
        .map(|(visit, photo, state)| ((visit, photo), state))
        .collect();
    let mut imported: HashMap<VisitId, Vec<store::Imported>> = HashMap::new();
    for one in store::imported(tx, &ids).await? {
        imported.entry(one.visit).or_default().push(one);
    }
    let mut documents = Vec::with_capacity(visits.len());
    for visit in visits {
        let walked = versions.get(&visit.route_version);
        let stop = walked.and_then(|walked| walked.stop(visit.stop));
        let (Some(walked), Some(stop)) = (walked, stop) else {
            return Err(DbError::Corrupt(format!("visit {}: no such stop", visit.id)));
        };
        let added = additions.remove(&visit.id).unwrap_or_default();
        let mut flags = visit.flags.0.clone();
        flags.extend(added.iter().flat_map(|one| one.flags.0.iter().copied()));
        if fast.contains(&visit.id) {
            flags.insert(Flag::ImpossibleSpeed);
        }
        let imported = ImportNote::of(&imported.remove(&visit.id).unwrap_or_default(), reader);
        if imported.is_some() {
            flags.insert(Flag::Imported);
        }
        let verdict: Option<Verdict> = visit.verdict.max(added.iter().filter_map(|one| one.verdict).max());
        let evidence = visit.evidence.iter().chain(added.iter().flat_map(|one| &one.evidence));
        let of_visit: BTreeSet<_> = evidence.filter_map(named).collect();
        let photos = of_visit
            .into_iter()
            .map(|photo_id| {
                let state = match photos.get(&(visit.id, photo_id)) {
                    None => PhotoProgress::Missing,
                    Some(state) if state.complete => PhotoProgress::Complete,
                    Some(_) => PhotoProgress::Partial,
                };
                PhotoDocument { photo_id, state }
            })
            .collect();
        documents.push(VisitDocument {
            id: visit.id,
            route_id: visit.route,
            route_version_id: visit.route_version,
            route_title: walked.version.design.title.clone(),
            stop_id: visit.stop,
            stop_name: stop.name.clone(),
            stop_location: stop.location,
            stop_radius_m: stop.radius_m,
            asked: stop.evidence.iter().copied().collect(),
            day: visit.day,
            at: visit.moment.map(crate::visits::model::Moment::text),
            received_at: visit.received_at.map(|at| at.to_string()),
            rule: visit.rule,
            outcome: visit.outcome,
            verdict,
            flags: flags.into_iter().map(|flag| FlagDocument::new(flag, language)).collect(),
            imported,
            evidence: visit.evidence.into_iter().map(Into::into).collect(),
            note: visit.note,
            photos,
            additions: added.into_iter().map(Into::into).collect(),
            decisions: decisions.remove(&visit.id).unwrap_or_default(),
        });
    }
    Ok(documents)
}

/// One's own walks of a fiscal year: each route of which any stop was visited, with what is missing.
#[utoipa::path(get, tag = "visits", path = "/api/me/walks", operation_id = "my_walks",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, body = MyWalks),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn walks(
    State(service): State<VisitsService>,
    caller: Caller,
    Query(params): Query<YearParams>,
) -> Result<Response, Problem> {
    let (year, today) = (service.year(&params)?, service.today());
    let mut tx = service.gate.db().read().await?;
    let found = store::of_account(&mut tx, caller.principal.account, year).await?;
    let mut by_route: BTreeMap<RouteId, Vec<Visit>> = BTreeMap::new();
    for visit in found {
        by_route.entry(visit.route).or_default().push(visit);
    }
    let mut walks = Vec::new();
    for (route, visits) in by_route {
        let versions = routes::store::versions(&mut tx, route).await?;
        walks.extend(document(route, &visits, &versions, (year, today)));
    }
    walks.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(Private(MyWalks { fiscal_year: year.year(), walks }).into_response())
}

fn document(
    route: RouteId,
    visits: &[Visit],
    versions: &[Version],
    (year, today): (FiscalYear, Date),
) -> Option<WalkDocument> {
    let attempts: Vec<Attempt> =
        visits.iter().map(|visit| Attempt { stop: visit.stop, outcome: visit.outcome }).collect();
    let walked = visits.iter().map(|visit| visit.route_version).collect();
    let candidates: Vec<Candidate> =
        candidates(&walked, versions, year, today).into_iter().map(|(candidate, _)| candidate).collect();
    let walk = walk(&attempts, &candidates)?;
    let version = versions.iter().find(|version| version.id == walk.version)?;
    let names: HashMap<StopId, &Text> =
        version.design.stops().map(|stop| (stop.stop_id, &stop.name)).collect();
    Some(WalkDocument {
        route_id: route,
        code: version.code.clone(),
        route_version_id: version.id,
        number: version.number,
        title: version.design.title.clone(),
        complete: walk.complete,
        missing_count: walk.stops.iter().filter(|(_, state)| *state != StopState::Accepted).count(),
        first_day: visits.iter().map(|visit| visit.day).min()?,
        last_day: visits.iter().map(|visit| visit.day).max()?,
        stops: walk
            .stops
            .into_iter()
            .map(|(stop_id, state)| WalkStop {
                stop_id,
                name: names.get(&stop_id).map(|name| (*name).clone()).unwrap_or_default(),
                state,
            })
            .collect(),
    })
}
