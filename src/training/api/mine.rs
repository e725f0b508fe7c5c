//! One's own training: straight from one's own visits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::extract::{Query, State};
use serde::Deserialize;

use crate::{
    auth::{AccountId, Caller},
    clock::Date,
    db::{DbError, Tx},
    http::{Private, Problem, ProblemDocument},
    routes::{
        self, RouteId, StopId,
        model::{Text, Version},
    },
    staff::StaffId,
    training::{
        model::{Done, Facts, ProgrammeId, completion, on_day},
        store::{self, Exemption, ProgrammeYear},
    },
    visits::{
        self,
        candidates::candidates,
        model::{FiscalYear, completed},
    },
};

use super::{
    documents::{MyObligation, MyRoute, MyTraining, SuggestedRoute},
    shared::{TrainingService, internal},
};

/// Routes that are suggested.
const SUGGESTED: usize = 5;

#[derive(Deserialize)]
pub(super) struct YearParams {
    fiscal_year: Option<String>,
}

/// One's own training in a fiscal year: what one has to do, how far one is, and which routes would help.
#[utoipa::path(get, tag = "training", path = "/api/me/training", operation_id = "my_training",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, body = MyTraining),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn training(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<YearParams>,
) -> Result<Private<MyTraining>, Problem> {
    let (year, today) = (service.year(params.fiscal_year.as_deref())?, service.today());
    let mut tx = service.read().await?;
    let in_force = routes::store::versions_in_force(&mut tx, today).await.map_err(internal)?;
    let own = Own::read(&mut tx, caller.principal.account, caller.principal.staff, (year, today))
        .await
        .map_err(internal)?;
    Ok(Private(own.document(&in_force)))
}

/// All that one's own training follows from.
struct Own {
    year: FiscalYear,
    /// The last day that counts.
    until: Date,
    programmes: BTreeMap<ProgrammeId, ProgrammeYear>,
    obligations: BTreeMap<ProgrammeId, Vec<crate::training::model::Piece>>,
    exemptions: Vec<Exemption>,
    walks: Vec<Done>,
    titles: HashMap<RouteId, Text>,
    visited: BTreeSet<StopId>,
    walked_before: HashMap<RouteId, FiscalYear>,
}

impl Own {
    async fn read(
        tx: &mut Tx,
        account: AccountId,
        staff: Option<StaffId>,
        (year, today): (FiscalYear, Date),
    ) -> Result<Self, DbError> {
        let until = year.last().min(today);
        let found = visits::store::of_account(tx, account, year).await?;
        let visited = found.iter().map(|visit| visit.stop).collect();
        let routes: BTreeSet<RouteId> = found.iter().map(|visit| visit.route).collect();
        let walked_before = match staff {
            Some(staff) => store::last_walked_before(tx, staff, year).await?,
            None => HashMap::new(),
        };
        let (mut walks, mut titles) = (Vec::new(), HashMap::new());
        for route in routes {
            let versions = routes::store::versions(tx, route).await?;
            let walked = visits::store::walked(tx, account, route, year).await?;
            let candidates = candidates(&walked.versions, &versions, year, today);
            let found = completed(&walked.accepted, &candidates);
            walks.push(Done {
                route,
                day: found.day,
                proven_day: found.proven_day,
                outing_day: found.outing_day,
                last_walked: walked_before.get(&route).copied(),
            });
            titles.extend(versions.last().map(|version| (route, version.design.title.clone())));
        }
        let mut obligations: BTreeMap<ProgrammeId, Vec<_>> = BTreeMap::new();
        let (mut programmes, mut exemptions) = (BTreeMap::new(), Vec::new());
        if let Some(staff) = staff {
            for step in store::steps_of(tx, staff, year).await? {
                obligations.entry(step.programme).or_default().push(step.piece);
            }
            exemptions = store::exemptions_of(tx, staff, year).await?;
            let years = store::years_of(tx, year).await?;
            programmes.extend(years.into_iter().map(|found| (found.programme.id, found)));
        }
        Ok(Self { year, until, programmes, obligations, exemptions, walks, titles, visited, walked_before })
    }

    fn document(self, in_force: &[Version]) -> MyTraining {
        let mut obligations: Vec<MyObligation> =
            self.obligations.iter().filter_map(|(id, pieces)| self.obligation(*id, pieces)).collect();
        obligations.sort_by(|a, b| a.code.cmp(&b.code));
        let mut walks: Vec<MyRoute> = self
            .walks
            .iter()
            .filter_map(|done| {
                Some(MyRoute {
                    route_id: done.route,
                    title: self.titles.get(&done.route).cloned().unwrap_or_default(),
                    day: done.day?.to_string(),
                    last_walked: done.last_walked.map(FiscalYear::year),
                })
            })
            .collect();
        walks.sort_by(|a, b| b.day.cmp(&a.day));
        let suggestions = self.suggestions(in_force);
        MyTraining { fiscal_year: self.year.year(), obligations, walks, suggestions }
    }

    fn obligation(&self, id: ProgrammeId, pieces: &[crate::training::model::Piece]) -> Option<MyObligation> {
        let (found, piece) = (self.programmes.get(&id)?, on_day(pieces, self.until)?);
        let requirement = &found.rule.requirement;
        let asked: Vec<&Exemption> = self.exemptions.iter().filter(|one| one.asked.programme == id).collect();
        let desk: Vec<Date> =
            asked.iter().filter(|one| one.granted == Some(true)).filter_map(|one| one.asked.day).collect();
        let facts = Facts { walks: &self.walks, desk: &desk };
        let so_far = completion(requirement, piece.routes, facts, self.year, self.until);
        Some(MyObligation {
            programme_id: id,
            code: found.programme.code.clone(),
            title: found.rule.title.clone(),
            state: piece.state,
            reason: piece.reason,
            since: piece.since.to_string(),
            due_on: piece.due_on.map(|day| day.to_string()),
            routes_needed: piece.routes,
            routes_done: so_far.routes,
            new_needed: requirement.new_routes.min(piece.routes),
            new_done: so_far.new_routes,
            new_within_years: requirement.new_within_years,
            evidence: requirement.evidence,
            or_outing: requirement.or_outing,
            or_desk: requirement.or_desk,
            completed_on: so_far.day.map(|day| day.to_string()),
            exemptions: asked.into_iter().map(Into::into).collect(),
        })
    }

    /// Routes that are not complete yet: those that are begun first, then those that are new, the shorter ones first.
    fn suggestions(&self, in_force: &[Version]) -> Vec<SuggestedRoute> {
        let complete: BTreeSet<RouteId> =
            self.walks.iter().filter(|done| done.day.is_some()).map(|done| done.route).collect();
        let mut suggestions: Vec<SuggestedRoute> = in_force
            .iter()
            .filter(|version| !complete.contains(&version.route))
            .map(|version| {
                let stops: Vec<StopId> = version.design.stops().map(|stop| stop.stop_id).collect();
                SuggestedRoute {
                    route_id: version.route,
                    title: version.design.title.clone(),
                    length_m: version.line.distance_m.round() as i64,
                    duration_s: version.line.estimated_duration_s as i64,
                    visited_stops: stops.iter().filter(|stop| self.visited.contains(stop)).count(),
                    stops: stops.len(),
                    is_new: !self.walked_before.contains_key(&version.route),
                }
            })
            .collect();
        suggestions.sort_by_key(|one| (one.visited_stops == 0, !one.is_new, one.duration_s, one.route_id));
        suggestions.truncate(SUGGESTED);
        suggestions
    }
}
