//! `/api/network`.

mod documents;

use std::sync::Arc;

use axum::extract::{Query, State};
use http::Method;
use serde::Deserialize;
use utoipa::OpenApi;

use crate::{
    auth::{Access, AccountId, Caller, Gate, Permission, Routes, Surface},
    geo::Position,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind},
};

use super::{
    NetworkPublisher, Profile,
    limit::Buckets,
    model::{Spot, spot},
    order::{best_order, matrix},
    path::{NoPath, path},
};

use documents::{NetworkDocument, OrderDocument, OrderRequest, PathDocument, PathRequest, WaysDocument};

/// The most points of a path, and of an order.
const MOST_POINTS: usize = 50;
const MOST_STOPS: usize = 30;
/// What one account may ask at once, and how much a second after that. An order costs as much as ten paths.
const BUCKET: f64 = 120.0;
const PER_SECOND: f64 = 10.0;
const ORDER_TOKENS: f64 = 10.0;

/// What the routes share.
#[derive(Clone)]
pub struct NetworkService {
    gate: Gate,
    network: Arc<NetworkPublisher>,
    buckets: Arc<Buckets<AccountId>>,
}

impl NetworkService {
    /// A service of that network.
    #[must_use]
    pub fn new(gate: Gate, network: Arc<NetworkPublisher>) -> Self {
        Self { gate, network, buckets: Arc::new(Buckets::new(BUCKET, PER_SECOND)) }
    }

    fn take(&self, caller: &Caller, tokens: f64) -> Result<(), Problem> {
        let now = self.gate.clock().now();
        self.buckets.take(caller.principal.account, tokens, now).map_err(|wait| {
            let seconds = wait.as_secs();
            Problem::new(
                ProblemKind::TooManyRequests,
                Message::new(
                    format!("道順の計算が続いています。{seconds}秒ほど待ってから、もう一度お試しください。"),
                    format!("Too many paths were asked for. Please wait {seconds} seconds and try again."),
                ),
            )
            .retry_after(wait)
        })
    }
}

/// The routes, for a service.
#[must_use]
pub fn routes(service: &NetworkService) -> Routes {
    let access = Access::Needs(Permission::UseNetwork);
    Routes::new(&[Surface::Staff])
        .route(Method::GET, "/api/network", access, network, service)
        .route(Method::GET, "/api/network/ways", access, ways, service)
        .route(Method::POST, "/api/network/path", access, find_path, service)
        .route(Method::POST, "/api/network/order", access, find_order, service)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(network, ways, find_path, find_order))]
pub struct NetworkApi;

/// Points as the network has them.
fn spots(points: &[Position], least: usize, most: usize) -> Result<Vec<Spot>, Problem> {
    if !(least..=most).contains(&points.len()) {
        return Err(Problem::impossible(
            "points",
            Message::new(
                format!("地点は{least}〜{most}か所で指定してください({}か所ありました)。", points.len()),
                format!("Please give {least} to {most} points; there were {}.", points.len()),
            ),
        ));
    }
    let read = |(index, point): (usize, &Position)| {
        spot(point.0).ok_or_else(|| {
            Problem::impossible(
                &format!("points[{index}]"),
                Message::new(
                    "[経度, 緯度] を、経度は -180〜180、緯度は -90〜90 で指定してください。",
                    "Please give [longitude, latitude]: -180 to 180 and -90 to 90.",
                ),
            )
        })
    };
    points.iter().enumerate().map(read).collect()
}

/// There is no path from one point, counted from 0, to another.
fn no_path(from: usize, to: usize, why: NoPath, profile: Profile) -> Problem {
    let field = format!("points[{to}]");
    let (from, to) = (from + 1, to + 1);
    match (why, profile) {
        (NoPath::Empty, _) => Problem::impossible(
            "points",
            Message::new(
                "歩行者ネットワークがまだ取り込まれていません。管理者に machiaruki import network を依頼してください。",
                "No pedestrian network has been imported yet. Please ask an administrator to run machiaruki import network.",
            ),
        ),
        (NoPath::Apart(_), Profile::Walk) => Problem::impossible(
            &field,
            Message::new(
                format!(
                    "地点{from}から地点{to}へ歩いて行ける道が、ネットワークにありません(道がつながっていません)。どちらかの地点を動かしてください。"
                ),
                format!(
                    "The network has no way on foot from point {from} to point {to}: they are on pieces that are not joined. Please move one of them."
                ),
            ),
        ),
        (NoPath::Apart(_), Profile::StepFree) => Problem::impossible(
            &field,
            Message::new(
                format!(
                    "地点{from}から地点{to}へ、階段や2cmを超える段差のない道がネットワークにありません。どちらかの地点を動かすか、通常の歩行で探してください。"
                ),
                format!(
                    "The network has no way without stairs or steps over 2 cm from point {from} to point {to}. Please move one of them, or ask for the walk profile."
                ),
            ),
        ),
    }
}

fn failed(error: impl std::fmt::Display) -> Problem {
    Problem::internal(&error)
}

/// Whether there is a pedestrian network, what it covers, and what must be said of it.
#[utoipa::path(get, tag = "network", path = "/api/network", operation_id = "get_network",
    responses(
        (status = 200, body = NetworkDocument, description = "Its figures; without sources there is none"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
async fn network(State(service): State<NetworkService>) -> Private<NetworkDocument> {
    Private(NetworkDocument::new(&service.network.get()))
}

/// The longest side of a box of which ways are given, in degrees.
const WIDEST: f64 = 0.05;

#[derive(Deserialize)]
struct WaysParams {
    bbox: String,
}

/// The ways of the network around a place, for maps without tiles.
#[utoipa::path(get, tag = "network", path = "/api/network/ways", operation_id = "list_ways",
    params(("bbox" = String, Query, pattern = r"^-?\d{1,3}(\.\d+)?(,-?\d{1,3}(\.\d+)?){3}$",
        description = "west,south,east,north in degrees, at most 0.05 degrees wide and high")),
    responses(
        (status = 200, body = WaysDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
async fn ways(
    State(service): State<NetworkService>,
    caller: Caller,
    Query(params): Query<WaysParams>,
) -> Result<Private<WaysDocument>, Problem> {
    let numbers: Option<Vec<f64>> = params.bbox.split(',').map(|number| number.parse().ok()).collect();
    let corners = numbers.and_then(|numbers| <[f64; 4]>::try_from(numbers).ok()).filter(
        |[west, south, east, north]| {
            let is_side = |from: f64, to: f64| (0.0..=WIDEST).contains(&(to - from));
            spot([*west, *south]).is_some()
                && spot([*east, *north]).is_some()
                && is_side(*west, *east)
                && is_side(*south, *north)
        },
    );
    let corners = corners.ok_or_else(|| {
        let message = Message::new(
            "範囲を「西,南,東,北」の度で、縦横とも0.05度以内で指定してください。",
            "Please give a box as west,south,east,north in degrees, at most 0.05 degrees wide and high.",
        );
        Problem::impossible("bbox", message)
    })?;
    service.take(&caller, 1.0)?;
    let network = service.network.get();
    // All of a city's ways are looked at.
    let work = move || Private(WaysDocument::new(&network, corners));
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

/// The way on foot through points.
#[utoipa::path(post, tag = "network", path = "/api/network/path", operation_id = "find_path",
    request_body = PathRequest,
    responses(
        (status = 200, body = PathDocument, description = "A GeoJSON Feature"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
async fn find_path(
    State(service): State<NetworkService>,
    caller: Caller,
    JsonBody(asked): JsonBody<PathRequest>,
) -> Result<Private<PathDocument>, Problem> {
    let points = spots(&asked.points, 2, MOST_POINTS)?;
    let (stays, straight) = (asked.stays()?, asked.straight()?);
    service.take(&caller, 1.0)?;
    let network = service.network.get();
    let search = move || {
        let found = path(&network.graph, asked.profile, &points, &straight).map_err(|why| {
            let leg = if let NoPath::Apart(leg) = why { leg } else { 0 };
            no_path(leg, leg + 1, why, asked.profile)
        })?;
        Ok(Private(PathDocument::new(&network, &asked, &found, stays)))
    };
    // Long paths take milliseconds of one core.
    tokio::task::spawn_blocking(search).await.map_err(failed)?
}

/// The best order of stops.
#[utoipa::path(post, tag = "network", path = "/api/network/order", operation_id = "find_order",
    request_body = OrderRequest,
    responses(
        (status = 200, body = OrderDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
async fn find_order(
    State(service): State<NetworkService>,
    caller: Caller,
    JsonBody(asked): JsonBody<OrderRequest>,
) -> Result<Private<OrderDocument>, Problem> {
    let points = spots(&asked.points, 2, MOST_STOPS)?;
    service.take(&caller, ORDER_TOKENS)?;
    let network = service.network.get();
    let search = move || {
        let costs = matrix(&network.graph, asked.profile, &points).map_err(|(from, why)| {
            let to = if let NoPath::Apart(to) = why { to } else { 0 };
            no_path(from, to, why, asked.profile)
        })?;
        let end = asked.end.into();
        let order = best_order(&costs, end);
        Ok(Private(OrderDocument::new(&costs, order, end)))
    };
    tokio::task::spawn_blocking(search).await.map_err(failed)?
}
