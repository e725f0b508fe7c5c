//! Reminding by hand, and on which days the clock reminds.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    http::{JsonBody, Message, Private, Problem, ProblemDocument, changed_meanwhile, meant_version},
    routes::store::reaches,
    staff::DepartmentId,
    training::{
        model::{NO_REMINDERS, ProgrammeId, are_reminders},
        service::reminding::{ByHand, Chosen},
        store,
    },
    visits::model::FiscalYear,
};

use super::{
    documents::{ProgrammeDocument, Stands},
    programmes::{document, entry},
    shared::{TrainingService, programme_id, programme_year},
};

/// On which days a programme reminds.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReminderDays {
    /// So many days before it is due; at most ten, at most 365 days before.
    #[schema(value_type = Vec<u16>, max_items = 10)]
    reminders: BTreeSet<u16>,
}

/// Who is to be reminded: those who have to do a programme, and have not.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RemindDocument {
    /// The year in which the fiscal year begins: this one.
    #[schema(minimum = 2000, maximum = 2999)]
    fiscal_year: i16,
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    programme_id: ProgrammeId,
    /// In that department and below; all within reach when it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uuid")]
    department_id: Option<DepartmentId>,
}

/// What became of reminding people, or would: numbers, no persons.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct RemindedDocument {
    /// Who were told, or would be.
    told: usize,
    /// Who were reminded of it in the last seven days, and are not told again.
    recently: usize,
    /// Who are on leave or seconded elsewhere, and are not told.
    absent: usize,
}

impl From<ByHand> for RemindedDocument {
    fn from(ByHand { told, recently, absent }: ByHand) -> Self {
        Self { told, recently, absent }
    }
}

#[derive(Deserialize)]
pub(super) struct RemindParams {
    fiscal_year: Option<String>,
    programme: String,
    department: Option<String>,
}

/// Changes on which days before the deadline a programme reminds. It may be changed while the year is open: it touches nobody's
/// obligation.
#[utoipa::path(put, tag = "training", path = "/api/programmes/{programme}/years/{fiscal_year}/reminders",
    operation_id = "change_programme_reminders", request_body = ReminderDays,
    params(
        ("programme" = String, Path, description = "The programme"),
        ("fiscal_year" = i16, Path, minimum = 2000, maximum = 2999, description = "The year in which it begins"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = ProgrammeDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change_days(
    State(service): State<TrainingService>,
    caller: Caller,
    Path((programme, fiscal_year)): Path<(String, String)>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ReminderDays>,
) -> Result<Response, Problem> {
    let (id, year) = (programme_id(&programme)?, fiscal_year.parse::<FiscalYear>()?);
    let seen = meant_version(&headers)?;
    if !are_reminders(&body.reminders) {
        return Err(Problem::impossible("reminders", Message::new(NO_REMINDERS.0, NO_REMINDERS.1)));
    }
    let (now, by) = (service.now(), caller.principal.account);
    let entry = entry(&caller, id, year, "change_reminders");
    let recorder = service.recorder.clone();
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                programme_year(tx, id, year).await?;
                if !store::change_reminders(tx, (id, year), seen, &body.reminders, by, now).await? {
                    return Err(changed_meanwhile().into());
                }
                recorder.record(tx, entry).await?;
                // Whoever has the year in memory reads its programmes again.
                store::next_change(tx).await?;
                programme_year(tx, id, year).await
            })
        })
        .await?;
    Ok(document(StatusCode::OK, found))
}

/// How many would be reminded, and how many would not: of everybody for HR, of their department and below for managers.
#[utoipa::path(get, tag = "training", path = "/api/training/reminders", operation_id = "preview_reminders",
    params(
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out, and no other"),
        ("programme" = String, Query, format = "uuid", description = "The programme"),
        ("department" = Option<String>, Query, format = "uuid", description = "In that department and below")),
    responses(
        (status = 200, body = RemindedDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn preview(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<RemindParams>,
) -> Result<Private<RemindedDocument>, Problem> {
    let year = service.year(params.fiscal_year.as_deref())?;
    let programme = params.programme.parse().map_err(|_| unknown("programme"))?;
    let department =
        params.department.as_deref().map(str::parse).transpose().map_err(|_| unknown("department"))?;
    let mut found = ByHand::default();
    let chosen = chosen(&service, &caller, (year, programme, department)).await?;
    let mut tx = service.read().await?;
    for part in chosen.parts() {
        found.join(part.preview(&mut tx, service.today()).await?);
    }
    Ok(Private(found.into()))
}

/// Reminds those who have to do a programme and have not, in the app and by mail: of everybody for HR, of their department and below
/// for managers. Nobody is reminded of it twice within seven days. It is in the audit log, with numbers.
#[utoipa::path(post, tag = "training", path = "/api/training/reminders", operation_id = "send_reminders",
    request_body = RemindDocument,
    responses(
        (status = 200, body = RemindedDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn send(
    State(service): State<TrainingService>,
    caller: Caller,
    JsonBody(body): JsonBody<RemindDocument>,
) -> Result<Private<RemindedDocument>, Problem> {
    let year = FiscalYear::new(body.fiscal_year).ok_or_else(|| unknown("fiscal_year"))?;
    let (programme, department) = (body.programme_id, body.department_id);
    let chosen = chosen(&service, &caller, (year, programme, department)).await?;
    let mut found = ByHand::default();
    for part in chosen.parts() {
        let entry = Entry::by(&caller, audit::Action::SendReminders).on("programme", programme);
        let (recorder, random, now) =
            (service.recorder.clone(), service.gate.random().clone(), service.now());
        let job = service.write(move |tx| {
            Box::pin(async move {
                let found = part.remind(tx, &random, now).await?;
                let entry = entry.with(json!({
                    "fiscal_year": year.year(), "department": department,
                    "told": found.told, "recently": found.recently, "absent": found.absent,
                }));
                recorder.record(tx, entry).await?;
                Ok(found)
            })
        });
        found.join(job.await?);
    }
    Ok(Private(found.into()))
}

fn unknown(field: &str) -> Problem {
    let message = Message::new(
        "この値は使えません。選び直してください。",
        "This value cannot be used. Please choose another.",
    );
    Problem::impossible(field, message)
}

/// Who is meant, within the caller's reach.
async fn chosen(
    service: &TrainingService,
    caller: &Caller,
    (year, programme, department): (FiscalYear, ProgrammeId, Option<DepartmentId>),
) -> Result<Chosen, Problem> {
    let (reach, today) = (caller.reach(), service.today());
    if year != FiscalYear::of(today) {
        let message = Message::new(
            "リマインドを送れるのは、今年度の研修プログラムだけです。",
            "Reminders can be sent for programmes of the current fiscal year alone.",
        );
        return Err(Problem::impossible("fiscal_year", message));
    }
    let found = service.training.books.with(year, move |book| {
        let programme = book.programme(programme)?;
        Some(Chosen::of(book, programme, today, |entry| {
            let is_there = department.is_none_or(|wanted| {
                book.town.departments.upwards(entry.piece.department, today).any(|one| one == wanted)
            });
            is_there && reaches(&reach, entry.piece.department) && Stands::Missing.holds(entry, today)
        }))
    });
    found.await?.ok_or_else(absent)
}
