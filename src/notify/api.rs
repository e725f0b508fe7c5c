//! `/api/me/notices`, and for administrators how deliveries stand.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use http::{HeaderMap, Method, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::{
    audit::Pseudonyms,
    auth::{Access, Caller, Gate, Permission, Routes, Surface, absent},
    clock::Timestamp,
    db::{DbError, Tx},
    http::{JsonBody, Message, Private, Problem, ProblemDocument},
    staff::StaffId,
    text::ReaderLanguage,
};

use super::{
    model::{Channel, Kinds, NoticeId, State as DeliveryState},
    store::{self, Notice, Owner, Wanted},
};

/// Notices, over HTTP.
#[derive(Clone)]
pub struct NoticesService {
    /// The database and who is asking.
    pub gate: Gate,
    /// What can be told.
    pub kinds: Kinds,
    /// What else the queue calls people, where something knows that.
    pub pseudonyms: Option<Arc<dyn Pseudonyms>>,
}

impl NoticesService {
    /// Whose notices are those of a member of staff.
    async fn owner(&self, tx: &mut Tx, staff: StaffId) -> Result<Owner, DbError> {
        owner(tx, self.pseudonyms.as_deref(), staff).await
    }
}

async fn owner(tx: &mut Tx, pseudonyms: Option<&dyn Pseudonyms>, staff: StaffId) -> Result<Owner, DbError> {
    let pseudonyms = match pseudonyms {
        Some(known) => known.of(tx, staff).await?,
        None => Vec::new(),
    };
    Ok(Owner { staff, pseudonyms })
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
    /// The moment of this answer.
    #[schema(value_type = String, format = "date-time")]
    as_of: Timestamp,
    /// Where the next page is.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// How many notices are not read yet.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = UnreadNotices)]
pub struct UnreadNotices {
    /// How many.
    unread: i64,
}

/// What one has seen.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SeenNotices)]
pub(super) struct SeenNotices {
    /// The `as_of` of the list that one saw: what came later stays unread.
    #[schema(value_type = String, format = "date-time")]
    as_of: Timestamp,
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
    #[serde(default)]
    unread: bool,
}

fn unreadable(name: &str) -> Problem {
    Problem::impossible(name, Message::new("値を読み取れません。", "The value cannot be read."))
}

impl NoticeItem {
    fn new(kinds: Kinds, notice: Notice, language: ReaderLanguage) -> Option<Self> {
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

/// What one was told, in the language that is asked for.
#[utoipa::path(get, tag = "me", path = "/api/me/notices", operation_id = "list_notices",
    params(
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 200, description = "At most so many"),
        ("before" = Option<String>, Query, pattern = r"^[0-9a-f-]{36}$", description = "Where the last page ended"),
        ("unread" = Option<bool>, Query, description = "Only those that are not read yet")),
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
    let as_of = service.gate.clock().now();
    // Operators who are not on the roster are told nothing.
    let Some(staff) = caller.principal.staff else {
        return Ok(Private(NoticeList { notices: Vec::new(), unread: 0, as_of, next: None }));
    };
    let language = ReaderLanguage::of(&headers);
    let mut tx = service.gate.db().read().await?;
    let wanted = Wanted { before, unread: params.unread };
    let owner = service.owner(&mut tx, staff).await?;
    let mut found = store::notices(&mut tx, owner.clone(), wanted, limit + 1).await?;
    let unread = store::unread(&mut tx, owner).await?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let only = if params.unread { "&unread=true" } else { "" };
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("/api/me/notices?limit={limit}{only}&before={}", last.id));
    let notices =
        found.into_iter().filter_map(|notice| NoticeItem::new(service.kinds, notice, language)).collect();
    Ok(Private(NoticeList { notices, unread, as_of, next }))
}

/// How many notices one has not read: what a page asks for that only shows a number.
#[utoipa::path(get, tag = "me", path = "/api/me/notices/unread", operation_id = "count_unread_notices",
    responses(
        (status = 200, body = UnreadNotices),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn unread(
    State(service): State<NoticesService>,
    caller: Caller,
) -> Result<Private<UnreadNotices>, Problem> {
    let Some(staff) = caller.principal.staff else { return Ok(Private(UnreadNotices { unread: 0 })) };
    let mut tx = service.gate.db().read().await?;
    let owner = service.owner(&mut tx, staff).await?;
    let unread = store::unread(&mut tx, owner).await?;
    Ok(Private(UnreadNotices { unread }))
}

/// Notes that one has read all that one saw in a list.
#[utoipa::path(post, tag = "me", path = "/api/me/notices/read", operation_id = "read_all_notices",
    request_body = SeenNotices,
    responses(
        (status = 200, body = UnreadNotices),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read_all(
    State(service): State<NoticesService>,
    caller: Caller,
    JsonBody(seen): JsonBody<SeenNotices>,
) -> Result<Private<UnreadNotices>, Problem> {
    let Some(staff) = caller.principal.staff else { return Ok(Private(UnreadNotices { unread: 0 })) };
    let (now, pseudonyms) = (service.gate.clock().now(), service.pseudonyms.clone());
    let job = service.gate.db().write::<_, DbError, _>(move |tx| {
        Box::pin(async move {
            let owner = owner(tx, pseudonyms.as_deref(), staff).await?;
            store::mark_all_read(tx, owner.clone(), seen.as_of, now).await?;
            store::unread(tx, owner).await
        })
    });
    Ok(Private(UnreadNotices { unread: job.await? }))
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
    service.mark(&caller, &notice, true).await
}

/// Takes it back that one has read a notice.
#[utoipa::path(delete, tag = "me", path = "/api/me/notices/{notice}/read", operation_id = "unread_notice",
    params(("notice" = String, Path, description = "The notice")),
    responses(
        (status = 204, description = "Noted"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn take_back_read(
    State(service): State<NoticesService>,
    caller: Caller,
    Path(notice): Path<String>,
) -> Result<StatusCode, Problem> {
    service.mark(&caller, &notice, false).await
}

impl NoticesService {
    /// Notes whether one has read a notice of one's own.
    async fn mark(&self, caller: &Caller, notice: &str, read: bool) -> Result<StatusCode, Problem> {
        let id: NoticeId = notice.parse().map_err(|_| absent())?;
        let staff = caller.principal.staff.ok_or_else(absent)?;
        let (now, pseudonyms) = (self.gate.clock().now(), self.pseudonyms.clone());
        let job = self.gate.db().write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                let owner = owner(tx, pseudonyms.as_deref(), staff).await?;
                if read {
                    store::mark_read(tx, owner, id, now).await
                } else {
                    store::mark_unread(tx, owner, id).await
                }
            })
        });
        if job.await? { Ok(StatusCode::NO_CONTENT) } else { Err(absent()) }
    }
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
    let mut tx = service.gate.db().read().await?;
    let counts = store::counts(&mut tx).await?;
    let counts =
        counts.into_iter().map(|(channel, state, count)| DeliveryCount { channel, state, count }).collect();
    Ok(Private(Deliveries { counts }))
}

/// The routes, for a service.
#[must_use]
pub fn routes(service: &NoticesService) -> Routes {
    let needs = Access::Needs;
    let one = "/api/me/notices/{notice}/read";
    Routes::new(&[Surface::Staff, Surface::Register])
        .route(Method::GET, "/api/me/notices", needs(Permission::ReadMe), list, service)
        .route(Method::GET, "/api/me/notices/unread", needs(Permission::ReadMe), unread, service)
        .route(Method::POST, "/api/me/notices/read", needs(Permission::WriteMe), read_all, service)
        .route(Method::POST, one, needs(Permission::WriteMe), read, service)
        .route(Method::DELETE, one, needs(Permission::WriteMe), take_back_read, service)
        .route(Method::GET, "/api/notices/deliveries", needs(Permission::ReadDeliveries), deliveries, service)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(list, unread, read_all, read, take_back_read, deliveries))]
pub struct NoticesApi;
