//! What comes out of published routes: files for other programs, sheets, posters, and the short addresses on them.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

use crate::{
    auth::{Caller, absent},
    catalogue::LayerId,
    http::{Content, Head, Message, Piece, Problem, ProblemDocument, Tag, query_string},
    layers::PlaceId,
    places::{Purpose, UNKNOWN_LICENCE},
    routes::{
        api::RoutesService,
        model::{Language, RouteCode, RouteId, StopId, Version},
        output::{
            NoPaper, Words, geojson, gpx, kml, poster,
            sheet::{self, Size},
        },
        store::{self, reaches},
    },
    text::Text3,
};

use super::{drafts::route_id, ground::ground};

const CACHE: &str = "public, no-cache";
const PDF: &str = "application/pdf";

/// Which version, in which language, on which paper.
#[derive(Deserialize)]
pub(super) struct OutputParams {
    number: Option<String>,
    lang: Option<String>,
    size: Option<String>,
}

impl OutputParams {
    fn language(&self) -> Result<Language, Problem> {
        match self.lang.as_deref() {
            None | Some("ja") => Ok(Language::Ja),
            Some("en") => Ok(Language::En),
            Some("easy") => Ok(Language::Easy),
            Some(_) => Err(one_of(
                "lang",
                "ja、en、easy のどれかを指定してください。",
                "Please give ja, en or easy.",
            )),
        }
    }

    fn size(&self) -> Result<Size, Problem> {
        match self.size.as_deref() {
            None | Some("a4") => Ok(Size::A4),
            Some("a3") => Ok(Size::A3),
            Some(_) => Err(one_of("size", "a4 か a3 を指定してください。", "Please give a4 or a3.")),
        }
    }
}

fn one_of(name: &str, ja: &str, en: &str) -> Problem {
    Problem::impossible(name, Message::new(ja, en))
}

/// A published version: the one with that number, or the one that counts today.
async fn published(service: &RoutesService, route: &str, number: Option<&str>) -> Result<Version, Problem> {
    let id = route_id(route)?;
    let Some(number) = number else {
        let in_force = service.published.in_force().await?;
        return in_force.of(id).cloned().ok_or_else(absent);
    };
    let number: i64 = number.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
        one_of(
            "number",
            "版の番号を 1 以上の整数で指定してください。",
            "Please give a version's number: 1 or more.",
        )
    })?;
    let mut tx = service.gate.db().read().await?;
    store::version(&mut tx, id, number).await?.ok_or_else(absent)
}

fn words(service: &RoutesService, language: Language, base_url: String) -> Words {
    let publisher = match service.purpose {
        Purpose::Demo => {
            Text3::new("まちあるき見本データ", "Machiaruki sample data", "まちあるき みほんデータ")
        }
        Purpose::Ward => service.site.municipality.name,
    };
    let layer = service.surroundings.layers().get(LayerId::Routes);
    let licence = layer.datasets().first().map_or(UNKNOWN_LICENCE, |dataset| &dataset.licence).to_owned();
    Words { language, base_url, publisher, licence }
}

/// The state from which a response follows.
fn tag(version: &Version, words: &Words, question: &str) -> Tag {
    let said = (format!("{words:?}"), &version.department_name, &version.code, question);
    Tag::new(&version.id.0.simple().to_string(), &said)
}

fn named(mut response: Response, name: &str, kind: &str) -> Response {
    // Codes are letters, digits and hyphens.
    if let Ok(value) = HeaderValue::try_from(format!("{kind}; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A published route as a file: GPX 1.1, KML 2.2 or GeoJSON.
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}/export/{format}", operation_id = "export_route",
    params(
        ("route" = String, Path, description = "The route"),
        ("format" = String, Path, description = "gpx, kml or geojson"),
        ("number" = Option<String>, Query, description = "A version's number; the one that counts today when it is left out"),
        ("lang" = Option<String>, Query, description = "ja, en or easy; ja when it is left out")),
    responses(
        (status = 200, body = String, content_type = "application/gpx+xml"),
        (status = 304, description = "Nothing changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn export(
    State(service): State<RoutesService>,
    Path((route, format)): Path<(String, String)>,
    Query(params): Query<OutputParams>,
    head: Head,
) -> Result<Response, Problem> {
    type Write = fn(&Version, &Words) -> String;
    let (write, media_type): (Write, _) = match format.as_str() {
        "gpx" => (gpx::gpx, "application/gpx+xml"),
        "kml" => (kml::kml, "application/vnd.google-earth.kml+xml"),
        "geojson" => (geojson::geojson, "application/geo+json"),
        _ => {
            return Err(Problem::not_found(Message::new(
                "書き出せる形式は gpx、kml、geojson です。",
                "Routes are exported as gpx, kml or geojson.",
            )));
        }
    };
    let language = params.language()?;
    let version = published(&service, &route, params.number.as_deref()).await?;
    let words = words(&service, language, service.site.base_url(&head.headers, head.secure));
    let tag = tag(&version, &words, &format);
    if let Some(response) = head.not_modified(&tag, None, CACHE) {
        return Ok(response);
    }
    let pieces = vec![Piece::Fresh(write(&version, &words).into())];
    let response = head.respond(Content { media_type, tag, modified: None, cache: CACHE, pieces }).await;
    Ok(named(response, &format!("{}.{format}", version.code), "attachment"))
}

/// The print sheet of a published route (PDF).
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}/sheet.pdf", operation_id = "print_route",
    params(
        ("route" = String, Path, description = "The route"),
        ("size" = Option<String>, Query, description = "a4 or a3; a4 when it is left out"),
        ("number" = Option<String>, Query, description = "A version's number; the one that counts today when it is left out"),
        ("lang" = Option<String>, Query, description = "ja, en or easy; ja when it is left out")),
    responses(
        (status = 200, body = String, content_type = "application/pdf"),
        (status = 304, description = "Nothing changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn sheet(
    State(service): State<RoutesService>,
    Path(route): Path<String>,
    Query(params): Query<OutputParams>,
    head: Head,
) -> Result<Response, Problem> {
    let (language, size) = (params.language()?, params.size()?);
    let version = published(&service, &route, params.number.as_deref()).await?;
    let words = words(&service, language, service.site.base_url(&head.headers, head.secure));
    let layers = service.surroundings.layers();
    let ground_state: String =
        super::ground::LAYERS.iter().map(|layer| layers.get(*layer).tag().to_owned()).collect();
    let tag = tag(&version, &words, &format!("{size:?} {ground_state} {}", service.network.get().version));
    if let Some(response) = head.not_modified(&tag, None, CACHE) {
        return Ok(response);
    }
    let name = format!("{}.pdf", version.code);
    let pdf = on_paper(&service, move |service| {
        let ground = ground(service, &version);
        sheet::sheet(&version, &ground, &words, size, &service.fonts)
    })
    .await?;
    let pieces = vec![Piece::Fresh(pdf.into())];
    let response = head.respond(Content { media_type: PDF, tag, modified: None, cache: CACHE, pieces }).await;
    Ok(named(response, &name, "inline"))
}

/// One QR poster for each stop of a published route (PDF), for the trainers of its department. Whoever has a poster can
/// show that they were there.
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}/posters.pdf", operation_id = "print_posters",
    params(
        ("route" = String, Path, description = "The route"),
        ("number" = Option<String>, Query, description = "A version's number; the one that counts today when it is left out"),
        ("lang" = Option<String>, Query, description = "ja, en or easy; ja when it is left out")),
    responses(
        (status = 200, body = String, content_type = "application/pdf"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn posters(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    Query(params): Query<OutputParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = params.language()?;
    let version = published(&service, &route, params.number.as_deref()).await?;
    if !reaches(&caller.reach(), version.department) {
        return Err(absent());
    }
    let mut tx = service.gate.db().read().await?;
    let codes = store::stop_codes(&mut tx, version.route).await?;
    drop(tx);
    let codes: Vec<(StopId, String)> = codes.into_iter().map(|code| (code.stop, code.code)).collect();
    let words = words(&service, language, service.site.base_url(&headers, caller.peer.secure));
    let name = format!("{}-posters.pdf", version.code);
    let pdf =
        on_paper(&service, move |service| poster::posters(&version, &codes, &words, &service.fonts)).await?;
    Ok(named(([(header::CONTENT_TYPE, PDF)], pdf).into_response(), &name, "inline"))
}

/// Makes a PDF apart from what answers others, and only a few at once.
async fn on_paper(
    service: &RoutesService,
    make: impl FnOnce(&RoutesService) -> Result<Vec<u8>, NoPaper> + Send + 'static,
) -> Result<Vec<u8>, Problem> {
    let turn = Arc::clone(&service.paper).acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let service = service.clone();
    let made = tokio::task::spawn_blocking(move || {
        let made = make(&service);
        drop(turn);
        made
    });
    Ok(made.await.map_err(|error| Problem::internal(&error))??)
}

/// The short address on a sheet: leads to the route on the map, in the version that counts today.
pub(super) async fn route_link(
    State(service): State<RoutesService>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let code: RouteCode = code.parse().map_err(|_| absent())?;
    let in_force = service.published.in_force().await?;
    let version =
        in_force.versions.iter().find(|version| version.code == code.as_str()).ok_or_else(absent)?;
    let place = PlaceId::of_record(super::ROUTES, &version.id.to_string());
    let at = version.line.coordinates.first().map_or([0.0, 0.0], |start| start.0);
    Ok(to_map(at, 16, LayerId::Routes, place))
}

/// The address on a poster. Where people sign in it leads to the walk, with the code, and records nothing: a tap does.
/// Elsewhere it leads to the stop on the map.
pub(super) async fn stop_link(
    State(service): State<RoutesService>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let mut tx = service.gate.db().read().await?;
    let found = store::stop_of_code(&mut tx, &code).await?;
    drop(tx);
    let (route, stop): (RouteId, StopId) = found.ok_or_else(absent)?;
    let in_force = service.published.in_force().await?;
    let version = in_force.of(route).ok_or_else(absent)?;
    // A poster may hang where the route no longer stops: then the route is what there is to see.
    let Some(stop) = version.design.stops().find(|one| one.stop_id == stop) else {
        return route_link(State(service), Path(version.code.clone())).await;
    };
    if service.site.signs_in {
        let query = query_string(&[
            ("route", &route.to_string()),
            ("stop", &stop.stop_id.to_string()),
            ("code", &code),
        ]);
        return Ok(elsewhere(&format!("/walk#{query}")));
    }
    let place = PlaceId::of_record(super::STOPS, &format!("{}/{}", version.id, stop.stop_id));
    Ok(to_map(stop.location.0, 18, LayerId::Stops, place))
}

/// To the map, as its links have it: behind the `#`, where it reaches no log.
fn to_map([lon, lat]: [f64; 2], zoom: u8, layer: LayerId, place: PlaceId) -> Response {
    elsewhere(&format!(
        "/#map={zoom}/{lat:.5}/{lon:.5}&layers=routes,stops&select={layer}/{}",
        place.as_str()
    ))
}

/// To another address of this service.
fn elsewhere(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::try_from(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
