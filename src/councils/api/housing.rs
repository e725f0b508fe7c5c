//! Buildings and their units.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;

use crate::{
    audit::{self, Entry, Person},
    auth::{Caller, absent},
    clock::Date,
    councils::{
        model::{Council, CouncilId, HousingFacts, HousingId, Residency, UnitFacts, tasks},
        service::{self, Register, RegisterError},
    },
    http::{JsonBody, Message, Private, Problem, ProblemDocument, meant_version, said, version_tag},
    staff::{StaffId, store::Called},
};

use super::{
    documents::{
        Added, AssignmentItem, AssignmentState, HousingBody, HousingDocument, HousingItem, HousingList,
        ResidencyItem, UnitBody, UnitItem,
    },
    shared::{CouncilsService, LONGEST_NAME, LONGEST_TEXT, housing_id, unit_id},
};

/// All buildings. Each reading is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing", operation_id = "list_housing",
    responses(
        (status = 200, body = HousingList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<CouncilsService>,
    caller: Caller,
) -> Result<Private<HousingList>, Problem> {
    let (vault, today) = (service.vault()?, service.today());
    let standing: BTreeSet<CouncilId> = service.councils().into_keys().collect();
    let entry = Entry::by(&caller, audit::Action::ReadRegister).with(json!({ "what": "housing" }));
    let recorder = service.recorder.clone();
    let register = service
        .write(move |tx| {
            Box::pin(async move {
                let register = Register::read(tx, &vault).await?;
                recorder.record(tx, entry).await?;
                Ok(register)
            })
        })
        .await?;
    let mut waiting: BTreeMap<HousingId, usize> = BTreeMap::new();
    for task in tasks(register.residencies.values(), &register.assignments, &standing, today) {
        let unit = register.residencies.get(&task.residency).map(|one| one.unit);
        if let Some(housing) = unit.and_then(|unit| register.housing_of(unit)) {
            *waiting.entry(housing.id).or_default() += 1;
        }
    }
    let item = |id: HousingId, facts: HousingFacts| {
        let units = register.units.values().filter(|unit| unit.housing == id);
        let lives = |one: &&Residency| {
            one.facts.span.holds(today)
                && register.units.get(&one.unit).is_some_and(|unit| unit.housing == id)
        };
        HousingItem {
            id,
            name: facts.name,
            address: facts.address,
            location: facts.location,
            units: units.count(),
            residents: register.residencies.values().filter(lives).count(),
            tasks: waiting.get(&id).copied().unwrap_or_default(),
        }
    };
    let mut housing: Vec<HousingItem> =
        register.housing.values().map(|one| item(one.id, one.facts.clone())).collect();
    housing.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(Private(HousingList { housing }))
}

/// A building, its units, and who lives or lived in them. Each reading is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing/{housing}", operation_id = "get_housing",
    params(("housing" = String, Path, format = "uuid", description = "The building")),
    responses(
        (status = 200, body = HousingDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(housing): Path<String>,
) -> Result<Response, Problem> {
    let (id, vault, today) = (housing_id(&housing)?, service.vault()?, service.today());
    let entry = Entry::by(&caller, audit::Action::ReadRegister).on("housing", id);
    let recorder = service.recorder.clone();
    let (register, called) = service
        .write(move |tx| {
            Box::pin(async move {
                let mut register = Register::read(tx, &vault).await?;
                if !register.housing.contains_key(&id) {
                    return Err(RegisterError::Absent);
                }
                register.units.retain(|_, unit| unit.housing == id);
                register.residencies.retain(|_, one| register.units.contains_key(&one.unit));
                let people: Vec<StaffId> = register.people().into_iter().collect();
                let called = crate::staff::store::called(tx, &people, today).await?;
                let concerned = register.residencies.keys().map(|id| Person::Pseudonym(id.0));
                recorder.record(tx, entry.about(concerned)).await?;
                Ok((register, called))
            })
        })
        .await?;
    let councils = service.councils();
    let found = register.housing.get(&id).ok_or_else(absent)?;
    let mut units: Vec<UnitItem> = register
        .units
        .values()
        .map(|unit| {
            let mut residencies: Vec<&Residency> =
                register.residencies.values().filter(|one| one.unit == unit.id).collect();
            residencies.sort_by_key(|one| std::cmp::Reverse((one.facts.span.from(), one.id)));
            UnitItem {
                id: unit.id,
                version: unit.version,
                name: unit.facts.name.clone(),
                closed: unit.facts.closed,
                note: unit.facts.note.clone(),
                residencies: residencies
                    .into_iter()
                    .map(|one| residency_item(&register, one, &called, &councils, today))
                    .collect(),
            }
        })
        .collect();
    units.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let document = HousingDocument {
        id,
        name: found.facts.name.clone(),
        address: found.facts.address.clone(),
        location: found.facts.location,
        note: found.facts.note.clone(),
        units,
    };
    Ok(([(header::ETAG, version_tag(found.version))], Private(document)).into_response())
}

/// Somebody who lives in a unit, or did.
pub(super) fn residency_item(
    register: &Register,
    residency: &Residency,
    called: &HashMap<StaffId, Called>,
    councils: &HashMap<CouncilId, Council>,
    today: Date,
) -> ResidencyItem {
    let facts = &residency.facts;
    let called = called.get(&facts.staff).cloned().unwrap_or_default();
    ResidencyItem {
        id: residency.id,
        version: residency.version,
        staff_id: facts.staff,
        staff_number: called.number,
        staff_name: called.name,
        from: facts.span.from(),
        until: facts.span.until(),
        settled: facts.settled,
        note: facts.note.clone(),
        assignment: assignment_item(register, residency, councils, today),
        muster: facts.muster.clone(),
    }
}

/// Which council a home belongs to: of somebody who moves in later, on the day on which they do; of somebody who has moved out, on
/// their last day.
pub(super) fn assignment_item(
    register: &Register,
    residency: &Residency,
    councils: &HashMap<CouncilId, Council>,
    today: Date,
) -> AssignmentItem {
    let span = residency.facts.span;
    let day = span.until().map_or(today, |until| until.min(today)).max(span.from());
    let decision = register.assignments.on(residency.id, day);
    let council = decision.and_then(|decision| decision.council);
    let state = match (decision, council) {
        (None, _) => AssignmentState::Open,
        (Some(_), None) => AssignmentState::Undecided,
        (Some(_), Some(council)) if councils.contains_key(&council) => AssignmentState::Decided,
        _ => AssignmentState::Gone,
    };
    AssignmentItem {
        state,
        council_id: council,
        council_name: council.and_then(|council| Some(councils.get(&council)?.name.clone())),
        from: decision.map(|decision| decision.from),
        reason: decision.map(|decision| decision.reason.clone()).unwrap_or_default(),
        decisions: register.assignments.history(residency.id).last().map_or(0, |last| last.number),
    }
}

fn facts(body: &HousingBody) -> Result<HousingFacts, Problem> {
    if !body.location.is_in_world() {
        let message = Message::new(
            "地図の上の位置を選んでください(経度、緯度の順)。",
            "Please choose a position on the map (longitude first).",
        );
        return Err(Problem::impossible("location", message));
    }
    Ok(HousingFacts {
        name: said(&body.name, "name", LONGEST_NAME, true)?,
        address: said(&body.address, "address", LONGEST_TEXT, true)?,
        location: body.location,
        note: said(&body.note, "note", LONGEST_TEXT, false)?,
    })
}

/// Adds a building.
#[utoipa::path(post, tag = "housing", path = "/api/housing", operation_id = "add_housing", request_body = HousingBody,
    responses(
        (status = 201, body = Added),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn add(
    State(service): State<CouncilsService>,
    caller: Caller,
    JsonBody(body): JsonBody<HousingBody>,
) -> Result<(StatusCode, Private<Added>), Problem> {
    let (vault, facts) = (service.vault()?, facts(&body)?);
    let entry = Entry::by(&caller, audit::Action::ChangeRegister).with(json!({ "step": "add_housing" }));
    let id = service
        .written(
            move |id| entry.on("housing", *id),
            move |tx| Box::pin(async move { service::add_housing(tx, &vault, &facts).await }),
        )
        .await?;
    Ok((StatusCode::CREATED, Private(Added { id: id.to_string() })))
}

/// Changes a building.
#[utoipa::path(put, tag = "housing", path = "/api/housing/{housing}", operation_id = "change_housing",
    request_body = HousingBody,
    params(("housing" = String, Path, format = "uuid", description = "The building"),
        ("If-Match" = String, Header, description = "The version that is meant")),
    responses(
        (status = 204, description = "Changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(housing): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<HousingBody>,
) -> Result<StatusCode, Problem> {
    let (id, vault, version) = (housing_id(&housing)?, service.vault()?, meant_version(&headers)?);
    let facts = facts(&body)?;
    let entry = Entry::by(&caller, audit::Action::ChangeRegister).on("housing", id);
    let entry = entry.with(json!({ "step": "change_housing" }));
    service
        .written(
            move |()| entry,
            move |tx| {
                Box::pin(async move { service::change_housing(tx, &vault, (id, version), &facts).await })
            },
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a building away that has no units.
#[utoipa::path(delete, tag = "housing", path = "/api/housing/{housing}", operation_id = "remove_housing",
    params(("housing" = String, Path, format = "uuid", description = "The building")),
    responses(
        (status = 204, description = "Gone"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn remove(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(housing): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = housing_id(&housing)?;
    let entry = Entry::by(&caller, audit::Action::ChangeRegister).on("housing", id);
    let entry = entry.with(json!({ "step": "remove_housing" }));
    service
        .written(move |()| entry, move |tx| Box::pin(async move { service::remove_housing(tx, id).await }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn unit_facts(body: &UnitBody) -> Result<UnitFacts, Problem> {
    Ok(UnitFacts {
        name: said(&body.name, "name", LONGEST_NAME, true)?,
        closed: body.closed,
        note: said(&body.note, "note", LONGEST_TEXT, false)?,
    })
}

/// Adds a unit to a building.
#[utoipa::path(post, tag = "housing", path = "/api/housing/{housing}/units", operation_id = "add_unit",
    request_body = UnitBody,
    params(("housing" = String, Path, format = "uuid", description = "The building")),
    responses(
        (status = 201, body = Added),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn add_unit(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(housing): Path<String>,
    JsonBody(body): JsonBody<UnitBody>,
) -> Result<(StatusCode, Private<Added>), Problem> {
    let (id, vault, facts) = (housing_id(&housing)?, service.vault()?, unit_facts(&body)?);
    let entry = Entry::by(&caller, audit::Action::ChangeRegister).on("housing", id);
    let entry = entry.with(json!({ "step": "add_unit" }));
    let unit = service
        .written(
            move |_| entry,
            move |tx| Box::pin(async move { service::add_unit(tx, &vault, id, &facts).await }),
        )
        .await?;
    Ok((StatusCode::CREATED, Private(Added { id: unit.to_string() })))
}

/// Changes a unit.
#[utoipa::path(put, tag = "housing", path = "/api/housing/units/{unit}", operation_id = "change_unit",
    request_body = UnitBody,
    params(("unit" = String, Path, format = "uuid", description = "The unit"),
        ("If-Match" = String, Header, description = "The version that is meant")),
    responses(
        (status = 204, description = "Changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change_unit(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(unit): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<UnitBody>,
) -> Result<StatusCode, Problem> {
    let (id, vault, version) = (unit_id(&unit)?, service.vault()?, meant_version(&headers)?);
    let facts = unit_facts(&body)?;
    let entry = Entry::by(&caller, audit::Action::ChangeRegister).on("unit", id);
    let entry = entry.with(json!({ "step": "change_unit" }));
    service
        .written(
            move |()| entry,
            move |tx| Box::pin(async move { service::change_unit(tx, &vault, (id, version), &facts).await }),
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a unit away in which nobody lives or lived.
#[utoipa::path(delete, tag = "housing", path = "/api/housing/units/{unit}", operation_id = "remove_unit",
    params(("unit" = String, Path, format = "uuid", description = "The unit")),
    responses(
        (status = 204, description = "Gone"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn remove_unit(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(unit): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = unit_id(&unit)?;
    let entry = Entry::by(&caller, audit::Action::ChangeRegister).on("unit", id);
    let entry = entry.with(json!({ "step": "remove_unit" }));
    service
        .written(move |()| entry, move |tx| Box::pin(async move { service::remove_unit(tx, id).await }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
