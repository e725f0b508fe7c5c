//! One's own training: straight from one's own visits.

use std::collections::BTreeSet;

use axum::extract::{Query, State};
use geo::Point;
use serde::Deserialize;

use crate::{
    auth::Caller,
    geo::distance_m,
    http::{Private, Problem, ProblemDocument},
    routes::{self, model::Version},
    training::{model::ProgrammeId, service::Own},
    visits::model::FiscalYear,
};

use super::{
    documents::{MyObligation, MyOffice, MyRoute, MyTraining, SuggestedRoute},
    shared::TrainingService,
};

/// Routes that are suggested.
const SUGGESTED: usize = 5;
/// Of two routes one is nearer when it is so by this much.
const NEARER_M: i64 = 500;

#[derive(Deserialize)]
pub(super) struct YearParams {
    pub(super) fiscal_year: Option<String>,
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
    let in_force = routes::store::versions_in_force(&mut tx, today).await?;
    let own = Own::read(&mut tx, caller.principal.account, caller.principal.staff, (year, today)).await?;
    Ok(Private(own.document(&in_force)))
}

impl Own {
    fn document(self, in_force: &[Version]) -> MyTraining {
        let mut obligations: Vec<MyObligation> =
            self.obligations.keys().filter_map(|id| self.obligation(*id)).collect();
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
        let office = self.office.map(|office| MyOffice {
            name: office.name,
            district: Some(office.district.to_string()).filter(|district| !district.is_empty()),
        });
        MyTraining { fiscal_year: self.year.year(), obligations, walks, suggestions, office }
    }

    fn obligation(&self, id: ProgrammeId) -> Option<MyObligation> {
        let (found, piece, so_far) = self.standing(id)?;
        let requirement = &found.rule.requirement;
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
            away_needed: requirement.away_routes.min(piece.routes),
            away_done: so_far.away_routes,
            evidence: requirement.evidence,
            or_outing: requirement.or_outing,
            or_desk: requirement.or_desk,
            completed_on: so_far.day.map(|day| day.to_string()),
            exemptions: self.asked(id).map(Into::into).collect(),
        })
    }

    /// Routes that are not complete yet. First those that are begun, then those that are asked for: elsewhere, and new. Of them those
    /// in districts where one has not walked in this year, the nearer ones first, and then the shorter ones.
    fn suggestions(&self, in_force: &[Version]) -> Vec<SuggestedRoute> {
        let complete = self.completed_routes();
        let asks_away = self.programmes.keys().any(|id| {
            self.standing(*id).is_some_and(|(found, piece, so_far)| {
                so_far.away_routes < found.rule.requirement.away_routes.min(piece.routes)
            })
        });
        let seen: BTreeSet<&str> =
            self.walks.iter().filter_map(|done| self.town.routes.of(done.route, done.day?)).collect();
        let mut suggestions: Vec<SuggestedRoute> = in_force
            .iter()
            .filter(|version| !complete.contains(&version.route))
            .map(|version| self.suggestion(version))
            .collect();
        suggestions.sort_by_key(|one| {
            let is_seen = one.district.as_deref().is_none_or(|district| seen.contains(district));
            let away = one.from_office_m.map(|metres| metres / NEARER_M);
            let wanted = (one.visited_stops == 0, asks_away && !one.is_away, !one.is_new, is_seen);
            (wanted, away, one.duration_s, one.route_id)
        });
        suggestions.truncate(SUGGESTED);
        suggestions
    }

    fn suggestion(&self, version: &Version) -> SuggestedRoute {
        let stops: Vec<_> = version.design.stops().collect();
        let office = self.office.as_ref().map(|office| Point::from(office.location));
        let begins = stops.first().map(|stop| Point::from(stop.location));
        let own = self.office.as_ref().map(|office| &*office.district);
        let district = Some(version.design.district.clone()).filter(|district| !district.is_empty());
        SuggestedRoute {
            route_id: version.route,
            title: version.design.title.clone(),
            length_m: version.line.distance_m.round() as i64,
            duration_s: version.line.estimated_duration_s as i64,
            visited_stops: stops.iter().filter(|stop| self.visited.contains(&stop.stop_id)).count(),
            stops: stops.len(),
            is_new: !self.walked_before.contains_key(&version.route),
            is_away: district.as_deref().is_some_and(|district| own != Some(district)),
            district,
            from_office_m: office
                .zip(begins)
                .map(|(office, begins)| distance_m(office, begins).round() as i64),
        }
    }
}
