//! `/api/me/notices`, and for administrators how deliveries stand.

use axum::extract::{Path, Query, State};
use http::{HeaderMap, Method, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::{
    auth::{Access, Caller, Gate, Permission, Routes, Surface, absent},
    clock::Timestamp,
    http::{Language, Message, Private, Problem, ProblemDocument},
};

use super::{
    model::{Channel, Kinds, NoticeId, State as DeliveryState},
    store::{self, Notice},
};

/// Notices, over HTTP.
#[derive(Clone)]
pub struct NoticesService {
    /// The database and who is asking.
    pub gate: Gate,
    /// What can be told.
    pub kinds: Kinds,
}

/// Notices per page.
const PAGE: i64 = 50;
const MOST: i64 = 200;

/// A notice.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
pub struct NoticeItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    id: NoticeId,
    /// What kind of thing it is, such as `outing_cancelled`.
    kind: String,
    /// Whether it is urgent.
    urgent: bool,
    /// One line.
    title: String,
    /// The text; may have several lines.
    text: String,
    /// A path of this service where more is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// Since when it is there.
    #[schema(value_type = String, format = "date-time")]
    at: Timestamp,
    /// When it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "date-time")]
    read_at: Option<Timestamp>,
}

/// What one was told.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = NoticeList)]
pub struct NoticeList {
    /// Notices, the latest first.
    notices: Vec<NoticeItem>,
    /// How many of all are not read yet.
    unread: i64,
    /// Where the next page is.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// How many deliveries are in a state.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = DeliveryCount)]
pub struct DeliveryCount {
    /// By which channel.
    channel: Channel,
    /// The state.
    state: DeliveryState,
    /// How many.
    count: i64,
}

/// How deliveries stand.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Deliveries)]
pub struct Deliveries {
    /// Counts by channel and state; what there is none of is absent.
    counts: Vec<DeliveryCount>,
}

/// Which notices are asked for.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ListParams {
    limit: Option<i64>,
    before: Option<String>,
}

fn internal(error: impl std::fmt::Display) -> Problem {
    Problem::internal(&error)
}

fn unreadable(name: &str) -> Problem {
    Problem::impossible(name, Message::new("値を読み取れません。", "The value cannot be read."))
}

impl NoticeItem {
    fn new(kinds: Kinds, notice: Notice, language: Language) -> Option<Self> {
        // A kind of a newer release is shown by that one.
        let words = (kinds.get(&notice.kind)?.words)(&notice.payload, language);
        Some(Self {
            id: notice.id,
            kind: notice.kind,
            urgent: notice.urgent,
            title: words.title,
            text: words.text,
            link: words.link,
            at: notice.due_at,
            read_at: notice.read_at,
        })
    }
}

/// What one was told, in one's own language.
#[utoipa::path(get, tag = "me", path = "/api/me/notices", operation_id = "list_notices",
    params(
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 200, description = "At most so many"),
        ("before" = Option<String>, Query, pattern = r"^[0-9a-f-]{36}$", description = "Where the last page ended")),
    responses(
        (status = 200, body = NoticeList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<NoticesService>,
    caller: Caller,
    Query(params): Query<ListParams>,
    headers: HeaderMap,
) -> Result<Private<NoticeList>, Problem> {
    let limit = params.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(unreadable("limit"));
    }
    let before = params.before.as_deref().map(str::parse::<NoticeId>).transpose();
    let before = before.map_err(|_| unreadable("before"))?;
    // Operators who are not on the roster are told nothing.
    let Some(staff) = caller.principal.staff else {
        return Ok(Private(NoticeList { notices: Vec::new(), unread: 0, next: None }));
    };
    let language = match caller.principal.language.as_deref() {
        Some("en") => Language::En,
        Some(_) => Language::Ja,
        None => Language::of(&headers),
    };
    let mut tx = service.gate.db().read().await.map_err(internal)?;
    let mut found = store::notices(&mut tx, staff, before, limit + 1).await.map_err(internal)?;
    let unread = store::unread(&mut tx, staff).await.map_err(internal)?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let next =
        found.last().filter(|_| more).map(|last| format!("/api/me/notices?limit={limit}&before={}", last.id));
    let notices =
        found.into_iter().filter_map(|notice| NoticeItem::new(service.kinds, notice, language)).collect();
    Ok(Private(NoticeList { notices, unread, next }))
}

/// Notes that one has read a notice.
#[utoipa::path(post, tag = "me", path = "/api/me/notices/{notice}/read", operation_id = "read_notice",
    params(("notice" = String, Path, description = "The notice")),
    responses(
        (status = 204, description = "Noted"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<NoticesService>,
    caller: Caller,
    Path(notice): Path<String>,
) -> Result<StatusCode, Problem> {
    let id: NoticeId = notice.parse().map_err(|_| absent())?;
    let staff = caller.principal.staff.ok_or_else(absent)?;
    let now = service.gate.clock().now();
    let job = service.gate.db().write::<_, crate::db::DbError, _>(move |tx| {
        Box::pin(async move { store::mark_read(tx, staff, id, now).await })
    });
    if job.await.map_err(internal)? { Ok(StatusCode::NO_CONTENT) } else { Err(absent()) }
}

/// How many deliveries are in each state: no persons, no texts.
#[utoipa::path(get, tag = "notices", path = "/api/notices/deliveries", operation_id = "count_deliveries",
    responses(
        (status = 200, body = Deliveries),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn deliveries(
    State(service): State<NoticesService>,
    _: Caller,
) -> Result<Private<Deliveries>, Problem> {
    let mut tx = service.gate.db().read().await.map_err(internal)?;
    let counts = store::counts(&mut tx).await.map_err(internal)?;
    let counts =
        counts.into_iter().map(|(channel, state, count)| DeliveryCount { channel, state, count }).collect();
    Ok(Private(Deliveries { counts }))
}

/// The routes, for a service.
#[must_use]
pub fn routes(service: &NoticesService) -> Routes {
    let needs = Access::Needs;
    Routes::new(&[Surface::Staff, Surface::Register])
        .route(Method::GET, "/api/me/notices", needs(Permission::ReadMe), list, service)
        .route(Method::POST, "/api/me/notices/{notice}/read", needs(Permission::WriteMe), read, service)
        .route(Method::GET, "/api/notices/deliveries", needs(Permission::ReadDeliveries), deliveries, service)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(list, read, deliveries))]
pub struct NoticesApi;
