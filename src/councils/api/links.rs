//! What is said of councils besides their places: school districts, and rules on addresses.

use std::collections::HashMap;

use axum::extract::{Path, State};
use http::StatusCode;
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    catalogue::LayerId,
    councils::{
        model::{AddressRule, Council, CouncilId, DistrictLink, RuleId},
        service::{RegisterError, councils},
        store,
    },
    http::{JsonBody, Message, Private, Problem, ProblemDocument, said},
    layers::PlaceId,
    routes::surroundings::Surroundings,
};

use super::{
    assignments::choices,
    documents::Added,
    link_documents::{
        AddressRuleBody, AddressRuleItem, DistrictChoice, DistrictLinkBody, DistrictLinkItem,
        DistrictLinkName, LinkList,
    },
    shared::{CouncilsService, LONGEST_NAME, LONGEST_TEXT, span},
};

fn district_names(service: &CouncilsService) -> HashMap<PlaceId, String> {
    let places = Surroundings::new(service.layers.clone()).places(LayerId::SchoolDistricts);
    places.into_iter().map(|place| (place.id, place.name)).collect()
}

/// Which councils look after which school districts, and rules on addresses, over time.
#[utoipa::path(get, tag = "housing", path = "/api/housing/links", operation_id = "list_council_links",
    responses(
        (status = 200, body = LinkList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(State(service): State<CouncilsService>) -> Result<Private<LinkList>, Problem> {
    let links = store::links(&mut service.gate.db().read().await?).await?;
    let found = councils(&service.layers);
    let by_id: HashMap<CouncilId, &Council> = found.iter().map(|council| (council.id, council)).collect();
    let named = |id: CouncilId| Some(by_id.get(&id)?.name.clone());
    let districts = district_names(&service);
    let link = |link: DistrictLink| DistrictLinkItem {
        district_id: link.district.as_str().to_owned(),
        district_name: districts.get(&link.district).cloned(),
        council_id: link.council,
        council_name: link.council.and_then(named),
        from: link.span.from(),
        until: link.span.until(),
        note: link.note,
    };
    let rule = |rule: AddressRule| AddressRuleItem {
        id: rule.id,
        beginning: rule.beginning,
        council_id: rule.council,
        council_name: named(rule.council),
        from: rule.span.from(),
        until: rule.span.until(),
    };
    let mut school_districts: Vec<DistrictChoice> = districts
        .iter()
        .map(|(id, name)| DistrictChoice { id: id.as_str().to_owned(), name: name.clone() })
        .collect();
    school_districts.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    Ok(Private(LinkList {
        districts: links.districts.into_iter().map(link).collect(),
        rules: links.rules.into_iter().map(rule).collect(),
        councils: choices(&found),
        school_districts,
    }))
}

fn standing(service: &CouncilsService, council: CouncilId) -> Result<(), Problem> {
    if service.councils().contains_key(&council) { Ok(()) } else { Err(RegisterError::NoCouncil.into()) }
}

fn district(text: &str) -> Result<PlaceId, Problem> {
    text.parse().map_err(|_| no_district())
}

fn no_district() -> Problem {
    let message =
        Message::new("この通学区域は地図にありません。", "There is no such school district on the map.");
    Problem::impossible("district_id", message)
}

fn entry(caller: &Caller, detail: Value) -> Entry {
    Entry::by(caller, audit::Action::ChangeCouncilLink).with(detail)
}

/// Says which council looks after a school district from a day on, or that it is undecided. A district may have several.
#[utoipa::path(put, tag = "housing", path = "/api/housing/districts", operation_id = "put_council_district",
    request_body = DistrictLinkBody,
    responses(
        (status = 204, description = "Said"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn put_district(
    State(service): State<CouncilsService>,
    caller: Caller,
    JsonBody(body): JsonBody<DistrictLinkBody>,
) -> Result<StatusCode, Problem> {
    let district = district(&body.district_id)?;
    if !district_names(&service).contains_key(&district) {
        return Err(no_district());
    }
    if let Some(council) = body.council_id {
        standing(&service, council)?;
    }
    let link = DistrictLink {
        district,
        council: body.council_id,
        span: span(body.from, body.until)?,
        note: said(&body.note, "note", LONGEST_TEXT, false)?,
    };
    let detail =
        json!({ "step": "put_district", "council": body.council_id, "from": body.from, "until": body.until });
    let entry = entry(&caller, detail).on("school_district", district.as_str());
    service
        .written(
            move |()| entry,
            move |tx| Box::pin(async move { Ok(store::put_district_link(tx, &link).await?) }),
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back what was said of a school district.
#[utoipa::path(post, tag = "housing", path = "/api/housing/districts/removal", operation_id = "remove_council_district",
    request_body = DistrictLinkName,
    responses(
        (status = 204, description = "Taken back"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn remove_district(
    State(service): State<CouncilsService>,
    caller: Caller,
    JsonBody(body): JsonBody<DistrictLinkName>,
) -> Result<StatusCode, Problem> {
    let district = district(&body.district_id)?;
    let detail = json!({ "step": "remove_district", "council": body.council_id, "from": body.from });
    let entry = entry(&caller, detail).on("school_district", district.as_str());
    service
        .written(
            move |()| entry,
            move |tx| {
                Box::pin(async move {
                    let gone = store::delete_district_link(tx, district, body.council_id, body.from).await?;
                    gone.then_some(()).ok_or(RegisterError::Absent)
                })
            },
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn rule(id: RuleId, body: &AddressRuleBody) -> Result<AddressRule, Problem> {
    Ok(AddressRule {
        id,
        beginning: said(&body.beginning, "beginning", LONGEST_NAME, true)?,
        council: body.council_id,
        span: span(body.from, body.until)?,
    })
}

/// Adds a rule: homes whose address begins so belong to a council.
#[utoipa::path(post, tag = "housing", path = "/api/housing/address-rules", operation_id = "add_address_rule",
    request_body = AddressRuleBody,
    responses(
        (status = 201, body = Added),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn add_rule(
    State(service): State<CouncilsService>,
    caller: Caller,
    JsonBody(body): JsonBody<AddressRuleBody>,
) -> Result<(StatusCode, Private<Added>), Problem> {
    standing(&service, body.council_id)?;
    let rule = rule(RuleId(service.gate.random().id()), &body)?;
    let id = rule.id;
    let entry =
        entry(&caller, json!({ "step": "add_rule", "council": body.council_id })).on("address_rule", id);
    service
        .written(
            move |()| entry,
            move |tx| Box::pin(async move { Ok(store::put_address_rule(tx, &rule).await?) }),
        )
        .await?;
    Ok((StatusCode::CREATED, Private(Added { id: id.to_string() })))
}

/// Changes a rule on addresses.
#[utoipa::path(put, tag = "housing", path = "/api/housing/address-rules/{rule}", operation_id = "change_address_rule",
    request_body = AddressRuleBody,
    params(("rule" = String, Path, format = "uuid", description = "The rule")),
    responses(
        (status = 204, description = "Changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change_rule(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(id): Path<String>,
    JsonBody(body): JsonBody<AddressRuleBody>,
) -> Result<StatusCode, Problem> {
    let id: RuleId = id.parse().map_err(|_| absent())?;
    standing(&service, body.council_id)?;
    let rule = rule(id, &body)?;
    let entry =
        entry(&caller, json!({ "step": "change_rule", "council": body.council_id })).on("address_rule", id);
    service
        .written(
            move |()| entry,
            move |tx| {
                Box::pin(async move {
                    let known = store::links(tx).await?.rules.iter().any(|rule| rule.id == id);
                    known.then_some(()).ok_or(RegisterError::Absent)?;
                    Ok(store::put_address_rule(tx, &rule).await?)
                })
            },
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a rule on addresses away.
#[utoipa::path(delete, tag = "housing", path = "/api/housing/address-rules/{rule}", operation_id = "remove_address_rule",
    params(("rule" = String, Path, format = "uuid", description = "The rule")),
    responses(
        (status = 204, description = "Gone"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn remove_rule(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id: RuleId = id.parse().map_err(|_| absent())?;
    let entry = entry(&caller, json!({ "step": "remove_rule" })).on("address_rule", id);
    service
        .written(
            move |()| entry,
            move |tx| {
                Box::pin(async move {
                    store::delete_address_rule(tx, id).await?.then_some(()).ok_or(RegisterError::Absent)
                })
            },
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
