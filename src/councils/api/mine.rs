//! One's own council.

use std::collections::BTreeSet;

use axum::extract::State;
use geo::Geometry;
use serde_json::{Value, json};

use crate::{
    auth::Caller,
    clock::{Date, Timestamp},
    councils::service::{CouncilFacts, MyCouncil, Way, my_council},
    http::{Private, Problem, ProblemDocument},
    network::Loaded,
    places::editing::geojson,
};

use super::{
    mine_documents::{
        CouncilItem, HomeItem, MyCouncilDocument, MyCouncilState, MyFeature, MyFeatureProperties,
        MyFeatureRole,
    },
    shared::CouncilsService,
};

/// One's own council: where it meets, whom to turn to, its shelters and members, the way there. Nobody else learns from it where one
/// lives.
#[utoipa::path(get, tag = "me", path = "/api/me/council", operation_id = "my_council",
    responses(
        (status = 200, body = MyCouncilDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn council(
    State(service): State<CouncilsService>,
    caller: Caller,
) -> Result<Private<MyCouncilDocument>, Problem> {
    let (now, today) = (service.now(), service.today());
    let network = service.graph();
    let found = match (caller.principal.staff, &service.vault) {
        (Some(staff), Some(vault)) => {
            let mut tx = service.gate.db().read().await?;
            my_council(&mut tx, vault, (&service.layers, &network.graph), staff, today).await?
        }
        // Where there is no register, or whoever asks is on no roster, nobody lives in it.
        _ => None,
    };
    let contact = service.gate.settings().registrar_contact();
    let found = found.map_or_else(|| no_home(now), |found| document(found, &network, now, today));
    Ok(Private(MyCouncilDocument { registrar: contact.ja, registrar_en: contact.en, ..found }))
}

const fn no_home(as_of: Timestamp) -> MyCouncilDocument {
    MyCouncilDocument {
        kind: "FeatureCollection",
        as_of,
        state: MyCouncilState::NoHome,
        home: None,
        council: None,
        muster: None,
        features: Vec::new(),
        attributions: Vec::new(),
        registrar: None,
        registrar_en: None,
    }
}

fn document(found: MyCouncil, network: &Loaded, as_of: Timestamp, today: Date) -> MyCouncilDocument {
    let MyCouncil { own, council, ways } = found;
    let span = own.residency.facts.span;
    let home = HomeItem {
        housing_name: own.housing.facts.name,
        unit_name: own.unit.facts.name,
        address: own.housing.facts.address,
        location: own.housing.facts.location,
        from: span.from(),
        until: span.until(),
    };
    let muster = own.residency.facts.muster;
    let since = own.decision.map_or(today, |decision| decision.from);
    let state = if council.is_some() { MyCouncilState::Decided } else { MyCouncilState::Waiting };
    let sources: BTreeSet<u16> = ways.iter().flat_map(|way| way.sources.iter().copied()).collect();
    let said = sources.into_iter().filter_map(|source| network.sources.get(usize::from(source)));
    let attributions = said.map(|source| source.attribution.clone()).collect();
    let mut features = council.as_ref().map(features).unwrap_or_default();
    features.extend(ways.iter().map(way));
    MyCouncilDocument {
        kind: "FeatureCollection",
        as_of,
        state,
        home: Some(home),
        council: council.map(|facts| item(&facts, since)),
        muster,
        features,
        attributions,
        registrar: None,
        registrar_en: None,
    }
}

fn item(facts: &CouncilFacts, since: Date) -> CouncilItem {
    let text = |field: &str| facts.text(field).map(str::to_owned);
    CouncilItem {
        id: facts.id,
        name: text("name").unwrap_or_default(),
        name_en: text("name_en"),
        since,
        meeting_place: text("meeting_place"),
        address: text("address"),
        description: text("description"),
        description_en: text("description_en"),
        phone: text("phone"),
        url: text("url"),
        contact_name: text("contact_name"),
        contact_phone: text("contact_phone"),
        contact_email: text("contact_email"),
    }
}

fn feature(geometry: Value, properties: MyFeatureProperties) -> MyFeature {
    MyFeature { kind: "Feature", geometry, properties }
}

/// What of a council there is to draw: what covers others comes first.
fn features(facts: &CouncilFacts) -> Vec<MyFeature> {
    let text = |field: &str| facts.text(field).map(str::to_owned);
    let mut found = Vec::new();
    if matches!(facts.geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_)) {
        let properties = MyFeatureProperties {
            role: MyFeatureRole::Area,
            name: text("name"),
            name_en: text("name_en"),
            ..MyFeatureProperties::default()
        };
        found.push(feature(geojson(&facts.geometry), properties));
    }
    for (role, places) in [(MyFeatureRole::Member, &facts.members), (MyFeatureRole::Shelter, &facts.shelters)]
    {
        found.extend(places.iter().map(|place| {
            let text = |field: &str| place["properties"][field].as_str().map(str::to_owned);
            let properties = MyFeatureProperties {
                role,
                name: text("name"),
                name_en: text("name_en"),
                address: text("address"),
                ..MyFeatureProperties::default()
            };
            feature(place["geometry"].clone(), properties)
        }));
    }
    if let Some(place) = facts.meeting_place() {
        let properties = MyFeatureProperties {
            role: MyFeatureRole::MeetingPlace,
            name: text("meeting_place"),
            address: text("address"),
            ..MyFeatureProperties::default()
        };
        found.push(feature(json!({ "type": "Point", "coordinates": place }), properties));
    }
    found
}

fn way(way: &Way) -> MyFeature {
    let properties = MyFeatureProperties {
        role: MyFeatureRole::Way,
        profile: Some(way.profile),
        distance_m: Some(way.distance_m.round()),
        duration_s: Some(way.duration_s),
        stairs: Some(way.stairs),
        crossings: Some(way.crossings),
        on_network: Some(way.on_network),
        ..MyFeatureProperties::default()
    };
    feature(json!({ "type": "LineString", "coordinates": way.line }), properties)
}
