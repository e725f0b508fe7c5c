//! `/api/outings`, hosts' links and calendars.

mod attendance;
mod attendance_documents;
mod calendar;
mod documents;
mod host_documents;
mod hosts;
mod joining;
mod listing;
mod outings;
mod problems;

use std::sync::Arc;

use http::Method;
use utoipa::OpenApi;

use crate::{
    audit::Recorder,
    auth::{Access, Caller, Gate, Permission, Routes, Surface, absent},
    calendar::Entries,
    clock::tokyo_date,
    db::{JobFuture, Tx},
    http::Problem,
    visits::service::Visits,
};

use super::{
    model::OutingId,
    service::{Actor, OutingError},
};

/// Outings, over HTTP.
#[derive(Clone)]
pub struct OutingsService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Writes the visits of whoever was there.
    pub visits: Visits,
    /// What else is in people's calendars.
    pub entries: Vec<Arc<dyn Entries>>,
}

impl OutingsService {
    fn actor(&self, caller: &Caller) -> Actor {
        let now = self.gate.clock().now();
        Actor {
            account: caller.principal.account,
            staff: caller.principal.staff,
            department: caller.principal.department,
            reach: caller.reach(),
            now,
            today: tokyo_date(now),
            random: self.gate.random().clone(),
        }
    }

    async fn write<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, OutingError> + Send + 'static,
    {
        let now = self.gate.clock().now();
        self.gate.db().write(job).await.map_err(|error| problems::problem(error, now))
    }

    async fn read(&self) -> Result<Tx, Problem> {
        Ok(self.gate.db().read().await?)
    }
}

/// The outing of an address.
fn outing_id(text: &str) -> Result<OutingId, Problem> {
    text.parse().map_err(|_| absent())
}

/// The routes, for a service.
#[must_use]
pub fn routes(service: &OutingsService) -> Routes {
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let needs = Access::Needs;
    let (read, write) = (needs(Permission::ReadOutings), needs(Permission::WriteOutings));
    let (who, train) = (needs(Permission::ReadParticipants), needs(Permission::WriteParticipants));
    let join = needs(Permission::JoinOutings);
    let (my, me) = (needs(Permission::ReadMe), needs(Permission::WriteMe));
    Routes::new(&[Surface::Staff])
        .route(get.clone(), "/api/outings", read, outings::list, service)
        .route(get.clone(), "/api/outings/{outing}", read, outings::read, service)
        .route(post.clone(), "/api/outings", write, outings::create, service)
        .route(put.clone(), "/api/outings/{outing}", write, outings::change, service)
        .route(post.clone(), "/api/outings/{outing}/cancel", write, outings::cancel, service)
        .route(put.clone(), "/api/outings/{outing}/report", write, hosts::report, service)
        .route(put.clone(), "/api/outings/{outing}/sign-up", join, joining::sign_up, service)
        .route(delete.clone(), "/api/outings/{outing}/sign-up", join, joining::withdraw, service)
        .route(put.clone(), "/api/outings/{outing}/check-in", join, attendance::check_in, service)
        .route(get.clone(), "/api/outings/{outing}/participants", who, joining::participants, service)
        .route(
            post.clone(),
            "/api/outings/{outing}/nominations",
            needs(Permission::NominateParticipants),
            joining::nominate,
            service,
        )
        .route(post.clone(), "/api/outings/{outing}/participants", train, joining::enlist, service)
        .route(post.clone(), "/api/outings/{outing}/decisions", train, joining::decide, service)
        .route(put.clone(), "/api/outings/{outing}/attendance", train, attendance::mark, service)
        .route(
            get.clone(),
            "/api/outings/{outing}/code",
            needs(Permission::ReadCodes),
            attendance::code,
            service,
        )
        .route(post.clone(), "/api/outings/{outing}/hosts/{host}/link", write, hosts::ask, service)
        .route(put, "/api/outings/{outing}/hosts/{host}/answer", write, hosts::by_phone, service)
        .route(get.clone(), "/api/hosts/{token}", Access::Public, hosts::briefing, service)
        .route(post.clone(), "/api/hosts/{token}", Access::Public, hosts::answer, service)
        .route(get.clone(), "/api/calendar/{file}", Access::Public, calendar::feed, service)
        .route(get, "/api/me/calendar", my, calendar::state, service)
        .route(post, "/api/me/calendar", me, calendar::make, service)
        .route(delete, "/api/me/calendar", me, calendar::revoke, service)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(
    outings::list,
    outings::read,
    outings::create,
    outings::change,
    outings::cancel,
    joining::sign_up,
    joining::withdraw,
    joining::participants,
    joining::nominate,
    joining::enlist,
    joining::decide,
    attendance::code,
    attendance::check_in,
    attendance::mark,
    hosts::ask,
    hosts::by_phone,
    hosts::report,
    hosts::briefing,
    hosts::answer,
    calendar::feed,
    calendar::state,
    calendar::make,
    calendar::revoke
))]
pub struct OutingsApi;
