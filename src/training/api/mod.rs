//! `/api/programmes`, `/api/me/training` and `/api/training`.

mod archives;
mod change;
mod coverage;
mod documents;
mod exemptions;
mod exports;
mod mine;
mod offices;
mod outlook;
mod outlook_documents;
mod people;
mod programmes;
mod reminders;
mod report;
mod shared;
mod survey_documents;
mod surveys;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

pub use shared::{Archives, TrainingService};

/// The routes, for a service.
#[must_use]
pub fn routes(service: &TrainingService) -> Routes {
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let needs = Access::Needs;
    let (read, write) = (needs(Permission::ReadProgrammes), needs(Permission::WriteProgrammes));
    let (completion, decide) = (needs(Permission::ReadCompletion), needs(Permission::DecideExemptions));
    let remind = needs(Permission::SendReminders);
    let archive = needs(Permission::ArchiveTraining);
    let change = needs(Permission::ReadChange);
    let covered = needs(Permission::ReadCoverage);
    let (organisation, organise) =
        (needs(Permission::ReadOrganisation), needs(Permission::WriteOrganisation));
    let office = "/api/training/offices/{department}/{since}";
    let year = "/api/programmes/{programme}/years/{fiscal_year}";
    let printing = Routes::new(&[Surface::Staff])
        .route(post.clone(), "/api/training/archives/report.pdf", archive, archives::print, service)
        .body_limit(archives::LIMIT);
    Routes::new(&[Surface::Staff])
        .route(get.clone(), "/api/programmes", read, programmes::list, service)
        .route(post.clone(), "/api/programmes", write, programmes::create, service)
        .route(put.clone(), year, write, programmes::plan, service)
        .route(delete.clone(), year, write, programmes::take_back, service)
        .route(get.clone(), "/api/training/offices", organisation, offices::list, service)
        .route(put.clone(), office, organise, offices::put, service)
        .route(delete, office, organise, offices::remove, service)
        .route(
            post.clone(),
            "/api/programmes/{programme}/years/{fiscal_year}/open",
            write,
            programmes::open,
            service,
        )
        .route(
            put.clone(),
            "/api/programmes/{programme}/years/{fiscal_year}/reminders",
            write,
            reminders::change_days,
            service,
        )
        .route(get.clone(), "/api/programmes/usual-questions", write, surveys::usual, service)
        .route(put, "/api/programmes/{programme}/ended", write, programmes::end, service)
        .route(get.clone(), "/api/me/training", needs(Permission::ReadMe), mine::training, service)
        .route(post.clone(), "/api/me/exemptions", needs(Permission::WriteMe), exemptions::ask, service)
        .route(get.clone(), "/api/me/surveys", needs(Permission::ReadMe), surveys::mine, service)
        .route(post.clone(), "/api/me/sheets", needs(Permission::WriteMe), surveys::send, service)
        .route(get.clone(), "/api/training/change", change, change::change, service)
        .route(get.clone(), "/api/training/change/export/{format}", change, exports::change, service)
        .route(get.clone(), "/api/training/report", completion, report::report, service)
        .route(get.clone(), "/api/training/trend", completion, outlook::trend, service)
        .route(get.clone(), "/api/training/forecast", completion, outlook::forecast, service)
        .route(get.clone(), "/api/training/coverage", covered, coverage::coverage, service)
        .route(get.clone(), "/api/training/people", completion, people::people, service)
        .route(get.clone(), "/api/training/reminders", remind, reminders::preview, service)
        .route(post.clone(), "/api/training/reminders", remind, reminders::send, service)
        .route(get.clone(), "/api/training/exemptions", decide, exemptions::list, service)
        .route(
            post.clone(),
            "/api/training/exemptions/{exemption}/decision",
            decide,
            exemptions::decide,
            service,
        )
        .route(post.clone(), "/api/training/exemptions", decide, exemptions::grant, service)
        .route(get.clone(), "/api/training/report/export/{format}", completion, exports::report, service)
        .route(get.clone(), "/api/training/people/export/{format}", completion, exports::people, service)
        .route(get.clone(), "/api/training/exemptions/export/{format}", decide, exports::exemptions, service)
        .route(get.clone(), "/api/training/coverage/export/{format}", covered, exports::coverage, service)
        .route(get, "/api/programmes/export/{format}", read, exports::programmes, service)
        .route(post, "/api/training/archives", archive, archives::make, service)
        .merge(printing)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(
    paths(
        programmes::list,
        programmes::create,
        programmes::plan,
        programmes::take_back,
        programmes::open,
        programmes::end,
        reminders::change_days,
        reminders::preview,
        reminders::send,
        mine::training,
        surveys::usual,
        surveys::mine,
        surveys::send,
        change::change,
        exemptions::ask,
        exemptions::list,
        exemptions::decide,
        exemptions::grant,
        report::report,
        outlook::trend,
        outlook::forecast,
        people::people,
        coverage::coverage,
        offices::list,
        offices::put,
        offices::remove,
        exports::report,
        exports::change,
        exports::people,
        exports::exemptions,
        exports::coverage,
        exports::programmes,
        archives::make,
        archives::print
    ),
    components(schemas(documents::Stands, survey_documents::SentSheet))
)]
pub struct TrainingApi;
