//! What walkers notice (気づき): sent by phones, read and answered by trainers.

use std::{
    collections::{BTreeMap, btree_map::Entry as Slot},
    sync::Arc,
};

use axum::{
    extract::{Path, Query, Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    clock::Date,
    db::{DbError, Tx},
    geo::Position,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, query_string, said},
    routes::{RouteVersionId, StopId, model::Text},
    visits::{
        model::ObservationId,
        store::{self, Answer, Observation},
        versions::Found,
    },
};

use super::{
    documents::{ItemResults, OwnerDocument, SendObservations},
    send::{body, envelope, results},
    shared::{VisitsService, YearParams, owner},
};

/// The longest answer, in characters.
const LONGEST_ANSWER: usize = 1_000;
/// Observations on a page.
const PAGE: usize = 50;

/// An observation as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObservationDocument {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    id: ObservationId,
    /// The day in Tokyo.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// The time by the phone's clock; null when it was erased after its retention period.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// Its kind.
    category: String,
    /// Where.
    location: Option<Position>,
    /// On which version of a route.
    #[schema(value_type = Option<String>, format = "uuid")]
    route_version_id: Option<RouteVersionId>,
    /// That version's title.
    route_title: Option<Text>,
    /// At which stop.
    #[schema(value_type = Option<String>, format = "uuid")]
    stop_id: Option<StopId>,
    /// That stop's name.
    stop_name: Option<Text>,
    /// What was noticed; null when it was erased.
    text: Option<String>,
    /// Whether the walker wishes for an answer.
    wants_answer: bool,
    /// When a trainer took it in from a file, until its phone has sent it.
    #[schema(format = DateTime)]
    imported_at: Option<String>,
    /// The answers, the first one first.
    answers: Vec<AnswerDocument>,
}

/// An answer to an observation.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerDocument {
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// What is answered.
    text: String,
}

impl ObservationDocument {
    fn new(observation: Observation, versions: &Found) -> Self {
        let walked = observation.route_version.and_then(|version| versions.get(&version));
        let stop = observation.stop.and_then(|stop| walked?.stop(stop));
        Self {
            id: observation.id,
            day: observation.day,
            at: observation.moment.map(crate::visits::model::Moment::text),
            category: observation.category,
            location: observation.location,
            route_version_id: observation.route_version,
            route_title: walked.map(|walked| walked.version.design.title.clone()),
            stop_id: observation.stop,
            stop_name: stop.map(|stop| stop.name.clone()),
            text: observation.text,
            wants_answer: observation.wants_answer,
            imported_at: observation.imported_at.map(|at| at.to_string()),
            answers: observation
                .answers
                .into_iter()
                .map(|answer| AnswerDocument { at: answer.at.to_string(), text: answer.text })
                .collect(),
        }
    }
}

/// One's own observations of a fiscal year.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyObservations {
    /// The year in which the fiscal year begins.
    fiscal_year: i16,
    /// By time.
    observations: Vec<ObservationDocument>,
}

/// Observations, as trainers see them.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObservationList {
    /// By id, which is about by time.
    observations: Vec<OwnedObservation>,
    /// The next page.
    next: Option<String>,
}

/// An observation with whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnedObservation {
    /// Whose it is.
    owner: OwnerDocument,
    /// Whether it is the caller's own.
    own: bool,
    /// The observation.
    observation: ObservationDocument,
}

/// An answer to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerObservation {
    /// What is answered.
    #[schema(max_length = 1000)]
    text: String,
}

/// The versions on which these were made.
async fn walked(service: &VisitsService, tx: &mut Tx, found: &[Observation]) -> Result<Found, DbError> {
    service.visits.versions(tx, found.iter().filter_map(|one| one.route_version)).await
}

/// Keeps observations. Each is taken or refused by itself.
#[utoipa::path(post, tag = "visits", path = "/api/observations", operation_id = "send_observations",
    request_body = SendObservations,
    responses(
        (status = 200, body = ItemResults),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn send(
    State(service): State<VisitsService>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let (bytes, language) = body(request).await?;
    let envelope = envelope(&bytes, "observations")?;
    let account = caller.principal.account;
    service.spend(account, envelope.items.len())?;
    let received = service.visits.observe(account, &envelope.items).await?;
    Ok(results(&envelope.items, received, language, false))
}

/// One's own observations of a fiscal year, with the answers.
#[utoipa::path(get, tag = "visits", path = "/api/me/observations", operation_id = "my_observations",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, body = MyObservations),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn mine(
    State(service): State<VisitsService>,
    caller: Caller,
    Query(params): Query<YearParams>,
) -> Result<Response, Problem> {
    let year = service.year(&params)?;
    let mut tx = service.gate.db().read().await?;
    let found = store::observations_of(&mut tx, caller.principal.account, year).await?;
    let versions = walked(&service, &mut tx, &found).await?;
    let document = |observation| ObservationDocument::new(observation, &versions);
    let observations = found.into_iter().map(document).collect();
    Ok(Private(MyObservations { fiscal_year: year.year(), observations }).into_response())
}

/// Which observations a trainer asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ObservationListState)]
pub(super) enum ListState {
    /// Those whose walkers wait for an answer.
    #[default]
    Open,
    /// All.
    All,
}

#[derive(Deserialize)]
pub(super) struct ListParams {
    #[serde(default)]
    state: ListState,
    #[serde(default)]
    after: String,
}

/// Observations of everybody.
#[utoipa::path(get, tag = "visits", path = "/api/observations", operation_id = "list_observations",
    params(
        ("state" = Option<ListState>, Query, description = "Which; `open` when it is left out"),
        ("after" = Option<String>, Query, description = "Where the last answer ended")),
    responses(
        (status = 200, body = ObservationList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<VisitsService>,
    caller: Caller,
    Query(params): Query<ListParams>,
) -> Result<Response, Problem> {
    let (today, me) = (service.today(), caller.principal.account);
    let entry = Entry::by(&caller, audit::Action::ReadVisits);
    let shared = Arc::new(service);
    let service = shared.clone();
    let open = params.state == ListState::Open;
    let document = shared
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut found = store::observations(tx, (&params.after, PAGE as i64 + 1), open).await?;
                let more = found.len() > PAGE;
                found.truncate(PAGE);
                let next = found.last().filter(|_| more).map(|last| {
                    let (state, last) = (if open { "open" } else { "all" }, last.id.to_string());
                    format!("/api/observations?{}", query_string(&[("state", state), ("after", &last)]))
                });
                let mut known = BTreeMap::new();
                for observation in &found {
                    if let Slot::Vacant(slot) = known.entry(observation.account) {
                        slot.insert(owner(tx, observation.account, today).await?);
                    }
                }
                let others = known.iter().filter(|(account, _)| **account != me);
                let people: Vec<_> = others.map(|(_, (person, _))| *person).collect();
                if !people.is_empty() {
                    let entry = entry.about(people).with(json!({ "observations": found.len() }));
                    service.recorder.record(tx, entry).await?;
                }
                let versions = walked(&service, tx, &found).await?;
                let observations = found
                    .into_iter()
                    .filter_map(|observation| {
                        let (_, owner) = known.get(&observation.account)?;
                        let (owner, own) = (owner.clone(), observation.account == me);
                        let observation = ObservationDocument::new(observation, &versions);
                        Some(OwnedObservation { owner, own, observation })
                    })
                    .collect();
                Ok::<_, DbError>(ObservationList { observations, next })
            })
        })
        .await?;
    Ok(Private(document).into_response())
}

/// Answers an observation. Its walker sees it; nobody's name stands below it.
#[utoipa::path(post, tag = "visits", path = "/api/observations/{observation}/answer", operation_id = "answer_observation",
    params(("observation" = String, Path, description = "The observation")),
    request_body = AnswerObservation,
    responses(
        (status = 204, description = "It is answered"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn answer(
    State(service): State<VisitsService>,
    caller: Caller,
    Path(observation): Path<String>,
    JsonBody(body): JsonBody<AnswerObservation>,
) -> Result<StatusCode, Problem> {
    let id: ObservationId = observation.parse().map_err(|_| absent())?;
    let text = said(&body.text, "text", LONGEST_ANSWER, true)?;
    let (today, recorder) = (service.today(), service.recorder.clone());
    let answer = Answer { at: service.gate.clock().now(), account: caller.principal.account, text };
    let entry = Entry::by(&caller, audit::Action::AnswerObservation).on("observation", id);
    let answered = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(account) = store::answer(tx, id, &answer).await? else { return Ok(false) };
                let (person, _) = owner(tx, account, today).await?;
                recorder.record(tx, entry.about([person])).await?;
                Ok::<_, DbError>(true)
            })
        })
        .await;
    match answered {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(absent()),
        Err(error) if error.is_unique_violation() => {
            let message = Message::new(
                "ほかの研修担当が同時に回答しました。画面を開き直して確かめてください。",
                "Another trainer answered at the same time. Please open the page again.",
            );
            Err(Problem::new(crate::http::ProblemKind::Conflict, message))
        }
        Err(error) => Err(error.into()),
    }
}
