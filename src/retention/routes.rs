//! `/api/retention`: how long data is kept, and erasing what is past it.

use std::time::Duration;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::Method;
use utoipa::OpenApi;

use crate::{
    audit::{Action, Entry},
    auth::{Access, Caller, Permission, Routes, Surface, absent},
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind},
};

use super::{
    documents::{
        ChangedRetentionPeriod, NewRetentionPeriod, RetentionDocument, RetentionRunDocument,
        RetentionRunRequest,
    },
    model::{BadPeriod, Period},
    run::Cause,
    service::{Change, ChangeError, Retention},
};

/// The longest reason, in characters.
const REASON: usize = 500;
/// Runs that are listed.
const RUNS: i64 = 20;
/// A run on request stops in time to answer; the next one goes on.
const RUN_FOR: Duration = Duration::from_secs(30);

/// The routes, for a service.
#[must_use]
pub fn routes(service: &Retention) -> Routes {
    Routes::new(&[Surface::Staff])
        .route(Method::GET, "/api/retention", Access::Needs(Permission::ReadRetention), read, service)
        .route(
            Method::PUT,
            "/api/retention/{class}",
            Access::Needs(Permission::WriteRetention),
            change,
            service,
        )
        .route(Method::POST, "/api/retention/run", Access::Needs(Permission::WriteRetention), run, service)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(read, change, run))]
pub struct RetentionApi;

/// Every class of data: how long it is kept, and how much of it is past that now.
#[utoipa::path(get, tag = "retention", path = "/api/retention", operation_id = "read_retention",
    responses(
        (status = 200, body = RetentionDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
async fn read(State(service): State<Retention>, _: Caller) -> Result<Response, Problem> {
    let states = service.states().await?;
    let runs = service.runs(RUNS).await?;
    Ok(Private(RetentionDocument::new(&states, &runs)).into_response())
}

/// Changes how long a class is kept. A shorter period has to be confirmed.
#[utoipa::path(put, tag = "retention", path = "/api/retention/{class}", operation_id = "change_retention",
    params(("class" = String, Path, description = "The class")),
    request_body = NewRetentionPeriod,
    responses(
        (status = 200, body = ChangedRetentionPeriod),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json")))]
async fn change(
    State(service): State<Retention>,
    caller: Caller,
    Path(class): Path<String>,
    JsonBody(body): JsonBody<NewRetentionPeriod>,
) -> Result<Response, Problem> {
    let reason = body.reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(Problem::impossible(
            "reason",
            Message::new(
                "理由を500文字以内で書いてください。",
                "Please give a reason of at most 500 characters.",
            ),
        ));
    }
    let period = Period::new(body.amount, body.unit, body.counted_from)?;
    let entry = Entry::by(&caller, Action::ChangeRetention);
    let change = Change { class, period, reason, confirmed: body.confirm };
    let due = service.change(change, caller.principal.account, entry).await?;
    Ok(Private(ChangedRetentionPeriod { due }).into_response())
}

/// Erases what is past its period now, or only says what that would be.
#[utoipa::path(post, tag = "retention", path = "/api/retention/run", operation_id = "run_retention",
    request_body = RetentionRunRequest,
    responses(
        (status = 200, body = RetentionRunDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json")))]
async fn run(
    State(service): State<Retention>,
    caller: Caller,
    JsonBody(body): JsonBody<RetentionRunRequest>,
) -> Result<Response, Problem> {
    if body.dry_run {
        let states = service.states().await?;
        return Ok(Private(RetentionRunDocument::dry(&states)).into_response());
    }
    let entry = Entry::by(&caller, Action::Erase);
    let account = caller.principal.account;
    // In a task of its own: whoever hangs up does not leave a run half done.
    let running =
        tokio::spawn(async move { service.run(Cause::Person, Some(account), &entry, Some(RUN_FOR)).await });
    let outcome = running.await.map_err(|error| Problem::internal(&error))??;
    Ok(Private(RetentionRunDocument::of(&outcome)).into_response())
}

impl From<BadPeriod> for Problem {
    fn from(error: BadPeriod) -> Self {
        match error {
            BadPeriod::Amount { most, .. } => Self::impossible(
                "amount",
                Message::new(
                    format!("期間は1から{most}までの数で指定してください。"),
                    format!("Please give a number from 1 to {most}."),
                ),
            ),
            BadPeriod::Unit => Self::impossible(
                "unit",
                Message::new(
                    "年度末から数えるときは、月または年で指定してください。",
                    "From the end of a fiscal year, please give months or years.",
                ),
            ),
        }
    }
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Absent => absent(),
            ChangeError::Unit(class) => {
                let units: Vec<&str> = class.units.iter().map(|unit| unit.as_str()).collect();
                Self::impossible(
                    "unit",
                    Message::new(
                        "この種類のデータには使えない単位です。別の単位を選んでください。",
                        format!("That unit makes no sense here. Please choose one of: {}.", units.join(", ")),
                    ),
                )
            }
            ChangeError::TooShort(class) => {
                let (amount, unit) = (class.shortest.amount(), class.shortest.unit());
                Self::impossible(
                    "amount",
                    Message::new(
                        format!("短すぎます。{amount}{}以上にしてください。", unit.name_ja()),
                        format!("That is too short. Please give at least {amount} {}.", unit.as_str()),
                    ),
                )
            }
            ChangeError::Shorter { due } => Self::new(
                ProblemKind::Conflict,
                Message::new(
                    format!(
                        "期間が短くなり、いま{due}件が消去の対象になります。消したデータは戻せません。確認のうえ、もう一度保存してください。"
                    ),
                    format!(
                        "The period becomes shorter, and {due} items would be due for erasure now. What is erased cannot be brought back. Please confirm and save again."
                    ),
                ),
            )
            .with(
                "confirm",
                Message::new("確認が必要です。", "This has to be confirmed."),
            ),
            ChangeError::Db(error) => Self::internal(&error),
        }
    }
}
