//! Programmes, as everybody sees them and HR writes them.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    db::DbError,
    http::{
        JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, changed_meanwhile, meant_version,
        version_tag,
    },
    training::{
        model::{ProgrammeId, Rule},
        service::assessing::assess_year,
        store::{self, NewProgramme, ProgrammeYear},
    },
    visits::model::FiscalYear,
};

use super::{
    documents::{EndDocument, NewProgrammeDocument, PlanDocument, ProgrammeDocument, ProgrammeList},
    shared::{Refused, TrainingService, programme_id, programme_year},
};

#[derive(Deserialize)]
pub(super) struct ListParams {
    pub(super) fiscal_year: Option<String>,
}

/// The programmes of a fiscal year: for whom, what counts, until when.
#[utoipa::path(get, tag = "training", path = "/api/programmes", operation_id = "list_programmes",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, body = ProgrammeList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<TrainingService>,
    Query(params): Query<ListParams>,
) -> Result<Private<ProgrammeList>, Problem> {
    let year = service.year(params.fiscal_year.as_deref())?;
    let found = store::years_of(&mut service.read().await?, year).await?;
    let programmes = found.into_iter().map(Into::into).collect();
    Ok(Private(ProgrammeList { fiscal_year: year.year(), programmes }))
}

/// Makes a programme, planned for a fiscal year.
#[utoipa::path(post, tag = "training", path = "/api/programmes", operation_id = "create_programme",
    request_body = NewProgrammeDocument,
    responses(
        (status = 201, body = ProgrammeDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(service): State<TrainingService>,
    caller: Caller,
    JsonBody(body): JsonBody<NewProgrammeDocument>,
) -> Result<Response, Problem> {
    let fit = (1..=40).contains(&body.code.len())
        && body.code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !fit {
        let message = Message::new(
            "コードは半角の英数字と - _ で40文字以内にしてください。",
            "A code has at most 40 Latin letters, digits, - and _.",
        );
        return Err(Problem::impossible("code", message));
    }
    checked(&body.rule)?;
    let year = planned_year(&service, FiscalYear::new(body.fiscal_year))?;
    let (id, now) = (ProgrammeId(service.gate.random().id()), service.now());
    let new = NewProgramme {
        id,
        code: body.code,
        frequency: body.frequency,
        created_by: Some(caller.principal.account),
    };
    let entry = entry(&caller, id, year, "create");
    let recorder = service.recorder.clone();
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                store::insert_programme(tx, &new, now).await.map_err(taken)?;
                store::insert_year(tx, (id, year), &body.rule, new.created_by, now).await?;
                recorder.record(tx, entry).await?;
                programme_year(tx, id, year).await
            })
        })
        .await?;
    Ok(document(StatusCode::CREATED, found))
}

fn taken(error: DbError) -> Refused {
    if !error.is_unique_violation() {
        return Refused::Db(error);
    }
    let message = Message::new(
        "このコードの研修プログラムは、もうあります。別のコードにしてください。",
        "There is a programme of that code already. Please choose another one.",
    );
    Problem::new(ProblemKind::Conflict, message).into()
}

/// Plans a programme for a fiscal year, or changes the plan, until the year opens.
#[utoipa::path(put, tag = "training", path = "/api/programmes/{programme}/years/{fiscal_year}",
    operation_id = "plan_programme", request_body = PlanDocument,
    params(
        ("programme" = String, Path, description = "The programme"),
        ("fiscal_year" = i16, Path, minimum = 2000, maximum = 2999, description = "The year in which it begins"),
        ("If-Match" = String, Header, description = "The ETag that was seen; \"0\" for a year that is not planned yet")),
    responses(
        (status = 200, body = ProgrammeDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn plan(
    State(service): State<TrainingService>,
    caller: Caller,
    Path((programme, fiscal_year)): Path<(String, String)>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<PlanDocument>,
) -> Result<Response, Problem> {
    let (id, asked) = (programme_id(&programme)?, fiscal_year.parse::<FiscalYear>()?);
    let seen = meant_version(&headers)?;
    checked(&body.rule)?;
    let year = planned_year(&service, Some(asked))?;
    let (now, by) = (service.now(), caller.principal.account);
    let entry = entry(&caller, id, year, "plan");
    let recorder = service.recorder.clone();
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let known = store::programmes(tx).await?;
                if known.iter().all(|programme| programme.id != id) {
                    return Err(absent().into());
                }
                let done = if seen == 0 {
                    store::insert_year(tx, (id, year), &body.rule, Some(by), now).await?
                } else {
                    store::change_year(tx, (id, year), seen, &body.rule, by, now).await?
                };
                let found = programme_year(tx, id, year).await?;
                if !done {
                    return Err(if found.opened_at.is_some() { frozen() } else { changed_meanwhile() }.into());
                }
                recorder.record(tx, entry).await?;
                Ok(found)
            })
        })
        .await?;
    Ok(document(StatusCode::OK, found))
}

/// Takes back the plan for a fiscal year that is not open yet.
#[utoipa::path(delete, tag = "training", path = "/api/programmes/{programme}/years/{fiscal_year}",
    operation_id = "take_back_plan",
    params(
        ("programme" = String, Path, description = "The programme"),
        ("fiscal_year" = i16, Path, minimum = 2000, maximum = 2999, description = "The year in which it begins")),
    responses(
        (status = 204, description = "Taken back"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn take_back(
    State(service): State<TrainingService>,
    caller: Caller,
    Path((programme, fiscal_year)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (id, year) = (programme_id(&programme)?, fiscal_year.parse::<FiscalYear>()?);
    let entry = entry(&caller, id, year, "take_back");
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                if programme_year(tx, id, year).await?.opened_at.is_some() {
                    return Err(frozen().into());
                }
                store::delete_year(tx, id, year).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens the current fiscal year of a programme: from now on people are obliged, and the rule is frozen. What is planned before
/// the year begins opens by itself on 1 April.
#[utoipa::path(post, tag = "training", path = "/api/programmes/{programme}/years/{fiscal_year}/open",
    operation_id = "open_programme_year",
    params(
        ("programme" = String, Path, description = "The programme"),
        ("fiscal_year" = i16, Path, minimum = 2000, maximum = 2999, description = "The year in which it begins"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = ProgrammeDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn open(
    State(service): State<TrainingService>,
    caller: Caller,
    Path((programme, fiscal_year)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (id, year) = (programme_id(&programme)?, fiscal_year.parse::<FiscalYear>()?);
    let seen = meant_version(&headers)?;
    if year != FiscalYear::of(service.today()) {
        let message = Message::new(
            "今年度の分だけを開始できます。次の年度の分は、4月1日に自動で始まります。",
            "Only the current fiscal year can be opened by hand. The next one opens by itself on 1 April.",
        );
        return Err(Problem::impossible("fiscal_year", message));
    }
    let (now, today) = (service.now(), service.today());
    let entry = entry(&caller, id, year, "open");
    let recorder = service.recorder.clone();
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let planned = programme_year(tx, id, year).await?;
                if planned.version != seen {
                    return Err(changed_meanwhile().into());
                }
                if store::open_year(tx, id, year, now).await? {
                    recorder.record(tx, entry).await?;
                    store::next_change(tx).await?;
                }
                programme_year(tx, id, year).await
            })
        })
        .await?;
    // Sent again after a lost answer, it finishes what is not finished.
    assess_year(service.gate.db(), year, today).await?;
    Ok(document(StatusCode::OK, found))
}

/// Lets a programme open in no further fiscal year, or again. Years that are open stay open.
#[utoipa::path(put, tag = "training", path = "/api/programmes/{programme}/ended", operation_id = "end_programme",
    request_body = EndDocument,
    params(("programme" = String, Path, description = "The programme")),
    responses(
        (status = 204, description = "Done"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn end(
    State(service): State<TrainingService>,
    caller: Caller,
    Path(programme): Path<String>,
    JsonBody(body): JsonBody<EndDocument>,
) -> Result<StatusCode, Problem> {
    let (id, today) = (programme_id(&programme)?, service.today());
    let entry = entry(&caller, id, FiscalYear::of(today), if body.ended { "end" } else { "continue" });
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                let known = store::programmes(tx).await?;
                if known.iter().all(|programme| programme.id != id) {
                    return Err(absent().into());
                }
                store::end_programme(tx, id, body.ended.then_some(today)).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn entry(caller: &Caller, id: ProgrammeId, year: FiscalYear, step: &str) -> Entry {
    let entry = Entry::by(caller, audit::Action::ChangeProgramme).on("programme", id);
    entry.with(json!({ "step": step, "fiscal_year": year.year() }))
}

fn checked(rule: &Rule) -> Result<(), Problem> {
    rule.check()
        .map_err(|unfit| Problem::impossible(unfit.field, Message::new(unfit.message.0, unfit.message.1)))
}

/// A year that may still be planned: this one or a later one, soon.
fn planned_year(service: &TrainingService, year: Option<FiscalYear>) -> Result<FiscalYear, Problem> {
    let this = FiscalYear::of(service.today()).year();
    year.filter(|year| (this..=this + 5).contains(&year.year())).ok_or_else(|| {
        let message = Message::new(
            "今年度から5年先の年度までを指定してください。",
            "Please give this fiscal year or one of the next five.",
        );
        Problem::impossible("fiscal_year", message)
    })
}

fn frozen() -> Problem {
    let message = Message::new(
        "この年度は始まっているので、内容を変えられません。次の年度の計画を変えてください。",
        "This year is open, so its rule is frozen. Please change the plan of the next one.",
    );
    Problem::new(ProblemKind::Conflict, message)
}

pub(super) fn document(status: StatusCode, found: ProgrammeYear) -> Response {
    let tag: HeaderValue = version_tag(found.version);
    (status, [(header::ETAG, tag)], Private(ProgrammeDocument::from(found))).into_response()
}
