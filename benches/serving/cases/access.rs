//! What it costs to know who is asking, and whether they may.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context as _, ensure};
use axum::Router;
use machiaruki::{
    app::{self, App, prepare, system_clock, system_random},
    auth::{Access, Permission, Surface},
    commands::seed,
    db::{DatabaseUrl, Db},
    http::Peer,
    layers::{self, LayersService},
    places::Purpose,
};
use tower::ServiceExt as _;

use crate::{
    duel::{Side, duel},
    http::Client,
    report::{Section, Target},
    stage::Stage,
    wrk::{Load, Paths},
};

/// A layer of the demo as a whole, and one of its features.
const LAYER: &str = "/api/layers/organisations/features";

pub fn run(stage: &Stage) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "The permission check and the look-up of the session",
        "Requests of the demo, in one process: the same handler behind the guard of signed-in routes, by itself \
         without it; both with all of the middleware that the service has, and both asked with the session's cookie.",
    );
    let runtime = tokio::runtime::Runtime::new()?;
    let (open, guarded, cookie) = runtime.block_on(demo(stage))?;
    let id = first_feature(open)?;
    for (path, target) in [(LAYER.to_owned(), Target::AtLeast(0.95)), (format!("{LAYER}/{id}"), Target::None)]
    {
        let refused = Client::connect(guarded)?.get(&path, "")?;
        ensure!(refused.status == 401, "{path} answers {} to strangers", refused.status);
        let side = |address| Side {
            load: Load { address, paths: Paths::One(path.clone()), accepted: "", cookie: cookie.clone() },
            process: std::process::id(),
        };
        let outcome = duel(&side(guarded), &side(open), stage.rounds)?;
        let what = if path == LAYER { format!("`{path}`") } else { format!("`{LAYER}/…`, one feature") };
        section.push_duel(what, target, &outcome);
    }
    runtime.shutdown_timeout(Duration::from_secs(5));
    Ok(section)
}

/// The demo twice: open, and for those who are signed in; and the cookie of somebody who is.
async fn demo(stage: &Stage) -> anyhow::Result<(SocketAddr, SocketAddr, String)> {
    let (clock, random) = (system_clock(), system_random());
    let db = Db::open(&DatabaseUrl::Sqlite(stage.folder().join("access.sqlite"))).await?;
    prepare(&db, &clock, Purpose::Demo).await?;
    seed(&db, &clock, &random).await?;
    let app = App::start(db, clock, random, Purpose::Demo).await?;
    let site = Arc::new(super::edits::site());
    let gate = app.gate(&site);
    let service = LayersService { layers: app.layers().clone(), site: site.clone() };
    let routes = || layers::routes::routes(&service);
    let open = routes().into_router(&gate, &Surface::ALL);
    let needs = Access::Needs(Permission::ReadMe);
    let guarded = routes().with_access(needs).into_router(&gate, &Surface::ALL);
    let cookie = cookie(app.routes(&site, &gate).into_router(&gate, &Surface::ALL), "staff").await?;
    Ok((served(app::served(open)).await?, served(app::served(guarded)).await?, cookie))
}

/// The cookie of somebody who is signed in as one of the demo's personas.
pub(super) async fn cookie(router: Router, persona: &str) -> anyhow::Result<String> {
    let here = Peer { address: "127.0.0.1".parse()?, secure: false, forwarded: false };
    let request = http::Request::post("/api/demo/sign-in")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .extension(here)
        .body(axum::body::Body::from(format!("{{\"persona\":\"{persona}\"}}")))?;
    let response = router.oneshot(request).await?;
    let cookie = response.headers().get("set-cookie").context("nobody was signed in")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Serves a router on a free port.
pub(super) async fn served(router: Router) -> anyhow::Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(machiaruki::http::server::serve(listener, router, std::future::pending()));
    Ok(address)
}

fn first_feature(address: SocketAddr) -> anyhow::Result<String> {
    let body = Client::connect(address)?.body(LAYER, "")?;
    let layer: serde_json::Value = serde_json::from_slice(&body)?;
    Ok(layer["features"][0]["id"].as_str().context("the layer is empty")?.to_owned())
}
