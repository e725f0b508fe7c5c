//! `/api/gatherings`, `/api/me/gatherings`, `/api/me/participation` and handover notes.

mod attendance;
mod documents;
mod gatherings;
mod handover_documents;
mod handovers;
mod mine;
mod problems;
mod roll_documents;
mod shared;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

pub use shared::GatheringsService;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &GatheringsService) -> Routes {
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let needs = Access::Needs;
    let (read, write) = (needs(Permission::ReadGatherings), needs(Permission::WriteGatherings));
    let (who, call) =
        (needs(Permission::ReadGatheringAttendance), needs(Permission::WriteGatheringAttendance));
    let (mine, join) = (needs(Permission::ReadMyGatherings), needs(Permission::JoinGatherings));
    let (handover, hand_over) = (needs(Permission::ReadMyHandover), needs(Permission::WriteMyHandover));
    let (handovers, decide) = (needs(Permission::ReadHandovers), needs(Permission::DecideHandovers));
    let (gathering, own) = ("/api/gatherings/{gathering}", "/api/me/gatherings/{gathering}/sign-up");
    let register = Routes::new(&[Surface::Register])
        .route(post.clone(), "/api/gatherings", write, gatherings::create, service)
        .route(put.clone(), gathering, write, gatherings::change, service)
        .route(post.clone(), "/api/gatherings/{gathering}/cancel", write, gatherings::cancel, service)
        .route(
            get.clone(),
            "/api/housing/participation",
            needs(Permission::ReadParticipation),
            gatherings::figures,
            service,
        )
        .route(get.clone(), "/api/housing/handovers", handovers, handovers::list, service)
        .route(post.clone(), "/api/housing/handovers/{handover}/release", decide, handovers::release, service)
        .route(post, "/api/housing/handovers/{handover}/return", decide, handovers::give_back, service);
    // Residents, and whoever calls a roll, do so from anywhere.
    Routes::new(&[Surface::Staff, Surface::Register])
        .route(get.clone(), "/api/gatherings", read, gatherings::list, service)
        .route(get.clone(), gathering, read, gatherings::one, service)
        .route(get.clone(), "/api/gatherings/{gathering}/roll", who, attendance::roll, service)
        .route(get.clone(), "/api/gatherings/{gathering}/code", who, attendance::code, service)
        .route(put.clone(), "/api/gatherings/{gathering}/attendance", call, attendance::mark, service)
        .route(get.clone(), "/api/me/gatherings", mine, mine::list, service)
        .route(put.clone(), own, join, mine::sign_up, service)
        .route(delete, own, join, mine::withdraw, service)
        .route(put.clone(), "/api/me/gatherings/{gathering}/check-in", join, mine::check_in, service)
        .route(get.clone(), "/api/me/participation", mine, mine::participation, service)
        .route(get, "/api/me/handover", handover, handovers::mine, service)
        .route(put, "/api/me/handover", hand_over, handovers::write, service)
        .merge(register)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(
    gatherings::list,
    gatherings::one,
    gatherings::create,
    gatherings::change,
    gatherings::cancel,
    gatherings::figures,
    attendance::roll,
    attendance::code,
    attendance::mark,
    mine::list,
    mine::sign_up,
    mine::withdraw,
    mine::check_in,
    mine::participation,
    handovers::mine,
    handovers::write,
    handovers::list,
    handovers::release,
    handovers::give_back
))]
pub struct GatheringsApi;
