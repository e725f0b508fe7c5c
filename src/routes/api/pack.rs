//! A route's pack: what a phone needs to walk it without a network. The same for everybody: no answers, no codes of
//! posters, nobody's visits.

use axum::{
    extract::{Path, State},
    response::Response,
};
use geo::MultiPolygon;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    auth::absent,
    geo::Position,
    http::{Head, Problem, ProblemDocument, Tag},
    routes::{
        api::RoutesService,
        model::{Text, Version},
        output::sheet::{Ground, Named},
    },
};

use super::{
    drafts::route_id,
    ground::{LAYERS, ground},
    published::{documents::RouteDocument, json},
};

/// A route with the ground around it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackDocument {
    /// The version that counts today, with every text.
    pub route: RouteDocument,
    /// The ways of the pedestrian network around it, as lines of longitudes and latitudes in degrees, to about a metre.
    #[schema(value_type = Vec<Vec<Position>>)]
    pub ways: Vec<Vec<[f64; 2]>>,
    /// The rings of the municipality's outline, in the same way.
    #[schema(value_type = Vec<Vec<Position>>)]
    pub outline: Vec<Vec<[f64; 2]>>,
    /// 町丁目 around it.
    pub localities: Vec<PackPlace>,
    /// Places by which one finds one's way, the most important first.
    pub landmarks: Vec<PackPlace>,
    /// The photos of its stops, as addresses of this service.
    pub photos: Vec<String>,
    /// What must be said of the ground.
    pub attributions: Vec<String>,
}

/// A name on the ground.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackPlace {
    /// The name.
    pub name: Text,
    /// Where it belongs.
    pub location: Position,
}

/// To five decimals: a metre, at a third of the bytes.
fn rounded(at: [f64; 2]) -> [f64; 2] {
    at.map(|degrees| (degrees * 1e5).round() / 1e5)
}

fn line(points: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
    let mut line: Vec<_> = points.map(rounded).collect();
    line.dedup();
    line
}

fn rings(areas: &MultiPolygon) -> Vec<Vec<[f64; 2]>> {
    areas.iter().map(|area| line(area.exterior().coords().map(|at| [at.x, at.y]))).collect()
}

fn places(named: Vec<Named>) -> Vec<PackPlace> {
    named
        .into_iter()
        .map(|one| PackPlace { name: one.name, location: Position(rounded(one.location.0)) })
        .collect()
}

impl PackDocument {
    fn new(version: &Version, ground: Ground) -> Self {
        let route = RouteDocument::new(version);
        Self {
            photos: route.stops.iter().filter_map(|stop| Some(stop.photo.as_ref()?.url.clone())).collect(),
            ways: ground.ways.iter().map(|way| line(way.line.iter().map(|at| at.0))).collect(),
            outline: rings(&ground.outline),
            localities: places(ground.localities),
            landmarks: places(ground.landmarks),
            attributions: ground.attributions,
            route,
        }
    }
}

/// What a phone needs to walk a route without a network.
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}/pack", operation_id = "get_route_pack",
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 200, body = PackDocument),
        (status = 304, description = "Nothing changed"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn pack(
    State(service): State<RoutesService>,
    Path(route): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    let id = route_id(&route)?;
    let in_force = service.published.in_force().await?;
    let version = in_force.of(id).cloned().ok_or_else(absent)?;
    let layers = service.surroundings.layers();
    let around: String = LAYERS.iter().map(|layer| layers.get(*layer).tag().to_owned()).collect();
    let state = ("pack", version.id.0, around, service.network.get().version.to_string());
    let tag = Tag::new(&in_force.tag, &state);
    let document = tokio::task::spawn_blocking(move || {
        let ground = ground(&service, &version);
        PackDocument::new(&version, ground)
    })
    .await
    .map_err(|error| Problem::internal(&error))?;
    Ok(json(&head, tag, &document).await)
}
