//! Where walks went: how many came to each place, year by year.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::extract::{Query, State};
use geo::Geometry;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    catalogue::LayerId,
    db::DbError,
    geo::Position,
    http::{Language, Message, Private, Problem, ProblemDocument},
    routes::{StopId, surroundings::Place},
    training::{
        model::{Pattern, Walked, stops_at, stops_of_each, walked},
        service::{WalkedRoute, walked_routes},
        words::best,
    },
    visits::model::FiscalYear,
};

use super::shared::TrainingService;

/// How many fiscal years are told of unless more or fewer are asked for, and how many at most.
const YEARS: u8 = 5;
const MOST_YEARS: u8 = 20;

#[derive(Deserialize)]
pub(super) struct CoverageParams {
    fiscal_year: Option<String>,
    years: Option<String>,
}

/// Where walks went, year by year. A figure of fewer than five walks is left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WalkedPlacesDocument {
    /// The fiscal years, the earliest one first.
    pub(super) fiscal_years: Vec<i16>,
    /// The routes that were walked.
    pub(super) routes: Vec<WalkedPlace>,
    /// Localities (町丁目): areas, or the points that stand for them.
    pub(super) localities: Vec<WalkedPlace>,
    /// Disaster councils: their areas, or within 100 m of where they meet.
    pub(super) councils: Vec<WalkedPlace>,
    /// Local organisations: their areas, or within 100 m.
    pub(super) organisations: Vec<WalkedPlace>,
}

/// A place, and how many walks came to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WalkedPlace {
    /// Its id on the map; of a route, the route's.
    pub(super) id: String,
    /// What it is called, in the language of the request.
    pub(super) name: String,
    /// A point that stands for it; of a route, its first stop.
    pub(super) location: Option<Position>,
    /// Year by year, the earliest one first.
    pub(super) years: Vec<WalkedYear>,
}

/// How many walks came to a place in a fiscal year.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct WalkedYear {
    /// The year in which it begins.
    pub(super) fiscal_year: i16,
    /// How many; none where they are one to four, which would tell of single people.
    pub(super) walked: Option<Walked>,
}

/// Where walks went over the years: how many came to each locality, council, organisation and route. Of everybody, without persons.
#[utoipa::path(get, tag = "training", path = "/api/training/coverage", operation_id = "training_coverage",
    params(
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The last one: the year in which it begins; this one when it is left out"),
        ("years" = Option<u8>, Query, minimum = 1, maximum = 20, description = "How many fiscal years; five when it is left out")),
    responses(
        (status = 200, body = WalkedPlacesDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn coverage(
    State(service): State<TrainingService>,
    Query(params): Query<CoverageParams>,
    headers: HeaderMap,
) -> Result<Private<WalkedPlacesDocument>, Problem> {
    places(&service, &params, Language::of(&headers)).await.map(Private)
}

/// Where walks went.
pub(super) async fn places(
    service: &TrainingService,
    params: &CoverageParams,
    language: Language,
) -> Result<WalkedPlacesDocument, Problem> {
    let last = service.year(params.fiscal_year.as_deref())?;
    let count = i16::from(years(params.years.as_deref())?);
    let mut walks = Vec::new();
    for year in (last.year() - count + 1..=last.year()).filter_map(FiscalYear::new) {
        walks.push((year, service.training.patterns.of(year).await?));
    }
    let ids = walks.iter().flat_map(|(_, patterns)| patterns.iter()).map(|pattern| pattern.route);
    let ids: BTreeSet<_> = ids.collect();
    let routes = walked_routes(&mut service.read().await?, ids).await?;
    let surroundings = service.surroundings.clone();
    let work = move || {
        let stops: BTreeMap<StopId, Position> = routes.iter().flat_map(|route| route.stops.clone()).collect();
        let years = |at: &BTreeSet<StopId>| -> Vec<WalkedYear> {
            let year = |(year, patterns): &(FiscalYear, Arc<[Pattern]>)| WalkedYear {
                fiscal_year: year.year(),
                walked: walked(patterns, at).shown(),
            };
            walks.iter().map(year).collect()
        };
        let place = |place: &Place, at: &BTreeSet<StopId>| WalkedPlace {
            id: place.id.to_string(),
            name: language.pick(place.name.clone(), place.name_en.clone().unwrap_or(place.name.clone())),
            location: place.location(),
            years: years(at),
        };
        let of = |layer| -> Vec<WalkedPlace> {
            let places = surroundings.places(layer);
            places.iter().map(|one| place(one, &stops_at(&one.geometry, &stops))).collect()
        };
        let localities = surroundings.places(LayerId::Localities);
        let areas: Vec<Geometry> = localities.iter().map(|place| place.geometry.clone()).collect();
        let route = |route: &WalkedRoute| WalkedPlace {
            id: route.id.to_string(),
            name: best(&route.title, language).to_owned(),
            location: route.stops.values().next().copied(),
            years: years(&route.stops.keys().copied().collect()),
        };
        WalkedPlacesDocument {
            fiscal_years: walks.iter().map(|(year, _)| year.year()).collect(),
            routes: routes.iter().map(route).collect(),
            localities: localities
                .iter()
                .zip(stops_of_each(&areas, &stops))
                .map(|(one, at)| place(one, &at))
                .collect(),
            councils: of(LayerId::Councils),
            organisations: of(LayerId::Organisations),
        }
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| DbError::JobPanicked.into())
}

fn years(asked: Option<&str>) -> Result<u8, Problem> {
    let Some(text) = asked else { return Ok(YEARS) };
    text.parse().ok().filter(|years| (1..=MOST_YEARS).contains(years)).ok_or_else(|| {
        let message = Message::new(
            format!("年数は1〜{MOST_YEARS}で指定してください。"),
            format!("From 1 to {MOST_YEARS} years, please."),
        );
        Problem::impossible("years", message)
    })
}
