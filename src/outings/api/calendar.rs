//! One's outings, deadlines and gatherings in a calendar.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use jiff::SignedDuration;

use crate::{
    auth::{Caller, Token, absent},
    calendar::{Event, Status, When, calendar},
    clock::{Timestamp, tokyo_date},
    db::{DbError, Tx},
    http::{Message, Private, Problem, ProblemDocument, ProblemKind},
    notify,
    outings::{
        model::{OutingState, SignUpState},
        service,
        store::{self, Outing},
    },
    routes::model::Language as TextLanguage,
    staff::StaffId,
    text::ReaderLanguage,
};

use super::{OutingsService, documents::CalendarState, host_documents::LinkDocument};

/// How far back a calendar goes.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 366);

/// Whether one's calendar has an address.
#[utoipa::path(get, tag = "me", path = "/api/me/calendar", operation_id = "get_my_calendar",
    responses(
        (status = 200, body = CalendarState),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn state(
    State(service): State<OutingsService>,
    caller: Caller,
) -> Result<Private<CalendarState>, Problem> {
    let Some(staff) = caller.principal.staff else { return Ok(Private(CalendarState { made_at: None })) };
    let mut tx = service.read().await?;
    let made_at = store::feed_made_at(&mut tx, staff).await?;
    Ok(Private(CalendarState { made_at }))
}

/// The address of one's calendar, in place of the one before. It is shown this once; whoever has it reads the calendar.
#[utoipa::path(post, tag = "me", path = "/api/me/calendar", operation_id = "make_calendar",
    responses(
        (status = 200, body = LinkDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn make(
    State(service): State<OutingsService>,
    caller: Caller,
) -> Result<Private<LinkDocument>, Problem> {
    let Some(staff) = caller.principal.staff else {
        return Err(Problem::new(
            ProblemKind::Conflict,
            Message::new(
                "名簿に登録がないため、カレンダーはありません。",
                "You are not on the roster, so there is no calendar.",
            ),
        ));
    };
    let now = service.gate.clock().now();
    let token = Token::new(service.gate.random().bytes());
    let hash = token.hash();
    service
        .write(move |tx| Box::pin(async move { Ok(store::put_feed(tx, staff, &hash, now).await?) }))
        .await?;
    Ok(Private(LinkDocument { path: format!("/api/calendar/{}.ics", token.reveal()), expires_at: None }))
}

/// Takes the address of one's calendar away: from then on nobody reads it.
#[utoipa::path(delete, tag = "me", path = "/api/me/calendar", operation_id = "revoke_calendar",
    responses(
        (status = 204, description = "It has no address"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn revoke(
    State(service): State<OutingsService>,
    caller: Caller,
) -> Result<StatusCode, Problem> {
    if let Some(staff) = caller.principal.staff {
        service.write(move |tx| Box::pin(async move { Ok(store::delete_feed(tx, staff).await?) })).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody's outings and deadlines as iCalendar (RFC 5545), by the calendar's secret address.
#[utoipa::path(get, tag = "hosts", path = "/api/calendar/{file}", operation_id = "get_calendar",
    params(("file" = String, Path, description = "The secret and `.ics`")),
    responses(
        (status = 200, body = String, content_type = "text/calendar"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn feed(
    State(service): State<OutingsService>,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let token = file.strip_suffix(".ics").and_then(Token::parse).ok_or_else(absent)?;
    let now = service.gate.clock().now();
    let mut tx = service.read().await?;
    let owner = store::feed_owner(&mut tx, &token.hash(), tokyo_date(now)).await?;
    let events = events(&service, &mut tx, owner.ok_or_else(absent)?, now).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, calendar(&events)).into_response())
}

async fn events(
    service: &OutingsService,
    tx: &mut Tx,
    staff: StaffId,
    now: Timestamp,
) -> Result<Vec<Event>, DbError> {
    let since = now.saturating_sub(BACK).unwrap_or(now);
    let reader = notify::store::reader(tx, staff, tokyo_date(now)).await?;
    let language = reader.map(|reader| reader.language).unwrap_or_default();
    let mut events = Vec::new();
    for outing in store::outings_of(tx, staff, since).await? {
        let leads = service::is_trainer(tx, outing.id, Some(staff)).await?;
        let sign_up = store::sign_up(tx, outing.id, staff).await?;
        let has_place = leads || sign_up.is_some_and(|one| one.state == SignUpState::Confirmed);
        events.push(event(outing, has_place, language));
    }
    for entries in &service.entries {
        events.extend(entries.of(tx, staff, language, now).await?);
    }
    Ok(events)
}

fn event(outing: Outing, has_place: bool, language: ReaderLanguage) -> Event {
    let status = match outing.state {
        OutingState::Cancelled => Status::Cancelled,
        _ if has_place => Status::Confirmed,
        _ => Status::Tentative,
    };
    let course = outing.title.best(language.pick(TextLanguage::Ja, TextLanguage::En, TextLanguage::Easy));
    let name = language.pick(
        format!("まち歩き: {course}"),
        format!("Town walk: {course}"),
        format!("まちあるき: {course}"),
    );
    let title = match status {
        Status::Cancelled => language.pick(
            format!("【中止】{name}"),
            format!("Cancelled: {name}"),
            format!("なくなりました: {name}"),
        ),
        Status::Tentative => language.pick(
            format!("【未定】{name}"),
            format!("Not sure: {name}"),
            format!("まだ きまって いません: {name}"),
        ),
        Status::Confirmed => name,
    };
    Event {
        uid: format!("{}@machiaruki", outing.id),
        sequence: outing.version,
        changed_at: outing.updated_at,
        when: When::At { starts_at: outing.starts_at, ends_at: outing.ends_at() },
        title,
        place: outing.meeting_point,
        text: outing.reason,
        status,
    }
}
