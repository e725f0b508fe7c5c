//! Where departments work (勤務地), and so in which district.

use axum::extract::{Path, State};
use geo::{Contains as _, Geometry, Point};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    catalogue::LayerId,
    clock::Date,
    geo::Position,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, said},
    routes::surroundings::Surroundings,
    staff::DepartmentId,
    training::{model::Office, store},
};

use super::{
    report::department_names,
    shared::{LONGEST_TEXT, TrainingService, day},
};

/// The longest name of an office, in characters.
const LONGEST_NAME: usize = 100;

/// Where departments work.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct OfficeList {
    /// All offices, over time, in the order of departments and days.
    offices: Vec<OfficeItem>,
    /// The districts of the map; nobody works in another district as long as there are none.
    districts: Vec<String>,
}

/// Where a department works from a day on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct OfficeItem {
    /// The department; those below it work there too, unless they have offices of their own.
    #[schema(value_type = String, format = "uuid")]
    department: DepartmentId,
    /// What it is called today; none where it stands no more.
    department_name: Option<String>,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    since: Date,
    /// What the office is called.
    name: String,
    /// Where it is.
    location: Position,
    /// The district in which it lies, by its name; none where it lies in none.
    district: Option<String>,
}

/// Where a department is to work.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeDocument {
    /// What the office is called.
    #[schema(max_length = 100)]
    name: String,
    /// Where it is: longitude and latitude in degrees.
    location: Position,
}

fn item(office: Office, name: Option<String>) -> OfficeItem {
    let Office { department, since, name: called, location, district } = office;
    let district = Some(district.to_string()).filter(|district| !district.is_empty());
    OfficeItem { department, department_name: name, since, name: called, location, district }
}

/// The district in which a position lies, by its name; empty where it lies in none.
fn district_at(surroundings: &Surroundings, position: Position) -> String {
    let point = Point::from(position);
    let holds = |geometry: &Geometry| match geometry {
        Geometry::Polygon(area) => area.contains(&point),
        Geometry::MultiPolygon(areas) => areas.contains(&point),
        _ => false,
    };
    let mut districts = surroundings.places(LayerId::Districts).into_iter();
    districts.find(|place| holds(&place.geometry)).map_or_else(String::new, |place| place.name)
}

/// Where departments work, over time.
#[utoipa::path(get, tag = "training", path = "/api/training/offices", operation_id = "list_offices",
    responses(
        (status = 200, body = OfficeList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(State(service): State<TrainingService>) -> Result<Private<OfficeList>, Problem> {
    let mut tx = service.read().await?;
    let names = department_names(&mut tx, service.today()).await?;
    let offices = store::offices(&mut tx).await?;
    let offices = offices.into_iter().map(|office| {
        let name = names.get(&office.department).cloned();
        item(office, name)
    });
    let districts = service.surroundings.places(LayerId::Districts).into_iter().map(|place| place.name);
    Ok(Private(OfficeList { offices: offices.collect(), districts: districts.collect() }))
}

/// Says where a department works from a day on. Who worked where decides which walks of that time led to other districts.
#[utoipa::path(put, tag = "training", path = "/api/training/offices/{department}/{since}", operation_id = "put_office",
    request_body = OfficeDocument,
    params(
        ("department" = String, Path, format = "uuid", description = "The department"),
        ("since" = String, Path, pattern = r"^\d{4}-\d{2}-\d{2}$", description = "The first day")),
    responses(
        (status = 200, body = OfficeItem),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn put(
    State(service): State<TrainingService>,
    caller: Caller,
    Path(address): Path<(String, String)>,
    JsonBody(body): JsonBody<OfficeDocument>,
) -> Result<Private<OfficeItem>, Problem> {
    let (department, since) = named(&address)?;
    let name = said(&body.name, "name", LONGEST_TEXT, true)?;
    if name.chars().count() > LONGEST_NAME {
        let message = Message::new("名称は100文字以内にしてください。", "A name has at most 100 characters.");
        return Err(Problem::impossible("name", message));
    }
    if !body.location.is_in_world() {
        let message = Message::new(
            "地図の上の位置を選んでください(経度、緯度の順)。",
            "Please choose a position on the map (longitude first).",
        );
        return Err(Problem::impossible("location", message));
    }
    let district = district_at(&service.surroundings, body.location).into();
    let office = Office { department, since, name, location: body.location, district };
    let detail = json!({ "step": "put", "since": since.to_string(), "name": office.name,
        "location": office.location, "district": &*office.district });
    let entry = Entry::by(&caller, audit::Action::ChangeOffice).on("department", department).with(detail);
    let (recorder, written, today) = (service.recorder.clone(), office.clone(), service.today());
    let names = service
        .write(move |tx| {
            Box::pin(async move {
                let names = department_names(tx, today).await?;
                if !names.contains_key(&department) {
                    return Err(absent().into());
                }
                store::put_office(tx, &written).await?;
                // Figures are counted anew.
                store::next_change(tx).await?;
                recorder.record(tx, entry).await?;
                Ok(names)
            })
        })
        .await?;
    Ok(Private(item(office, names.get(&department).cloned())))
}

/// Takes back where a department works from a day on: before its first office it works where those above it do.
#[utoipa::path(delete, tag = "training", path = "/api/training/offices/{department}/{since}",
    operation_id = "delete_office",
    params(
        ("department" = String, Path, format = "uuid", description = "The department"),
        ("since" = String, Path, pattern = r"^\d{4}-\d{2}-\d{2}$", description = "The first day")),
    responses(
        (status = 204, description = "Taken back"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn remove(
    State(service): State<TrainingService>,
    caller: Caller,
    Path(address): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (department, since) = named(&address)?;
    let entry = Entry::by(&caller, audit::Action::ChangeOffice)
        .on("department", department)
        .with(json!({ "step": "delete", "since": since.to_string() }));
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                if !store::delete_office(tx, department, since).await? {
                    return Err(absent().into());
                }
                store::next_change(tx).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The department and the day of an address.
fn named((department, since): &(String, String)) -> Result<(DepartmentId, Date), Problem> {
    Ok((department.parse().map_err(|_| absent())?, day("since", since)?))
}
