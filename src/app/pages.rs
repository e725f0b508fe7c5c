//! The browser app: the map, the other pages with the parts of the service that have them, and their files.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::{HeaderValue, Method, Uri, header};

use crate::{
    auth::{Access, Routes, Surface},
    http::{Head, Site, assets},
};

/// A page of the browser app. Every page is public: what it shows is asked for by its reader.
struct Page {
    path: &'static str,
    file: &'static str,
    surfaces: &'static [Surface],
}

/// The pages besides the map.
const PAGES: &[Page] = &[
    Page { path: "/sign-in", file: "sign-in.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/activate", file: "activate.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/account", file: "account.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/notices", file: "notices.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/people", file: "people.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/roster", file: "roster.html", surfaces: &[Surface::Staff] },
    Page { path: "/audit", file: "audit.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/data", file: "data.html", surfaces: &[Surface::Staff] },
    Page { path: "/design", file: "design.html", surfaces: &[Surface::Staff] },
    Page { path: "/walk", file: "walk.html", surfaces: &[Surface::Public, Surface::Staff] },
    Page { path: "/record", file: "record.html", surfaces: &[Surface::Staff] },
    Page { path: "/training", file: "training.html", surfaces: &[Surface::Staff] },
    Page { path: "/completion", file: "completion.html", surfaces: &[Surface::Staff] },
    Page { path: "/coverage", file: "coverage.html", surfaces: &[Surface::Staff] },
    Page { path: "/programmes", file: "programmes.html", surfaces: &[Surface::Staff] },
    Page { path: "/visits", file: "visits.html", surfaces: &[Surface::Staff] },
    Page { path: "/outings", file: "outings.html", surfaces: &[Surface::Staff] },
    Page { path: "/lead", file: "lead.html", surfaces: &[Surface::Staff] },
    Page { path: "/hosts", file: "hosts.html", surfaces: &[Surface::Staff] },
    Page { path: "/housing", file: "housing.html", surfaces: &[Surface::Register] },
    Page { path: "/introductions", file: "introductions.html", surfaces: &[Surface::Register] },
    // For chairs of councils, who have a link and no account.
    Page { path: "/introduction", file: "introduction.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/activations", file: "activations.html", surfaces: &[Surface::Register] },
    Page { path: "/gatherings", file: "gatherings.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/council", file: "council.html", surfaces: &[Surface::Staff, Surface::Register] },
    Page { path: "/edit", file: "edit.html", surfaces: &[Surface::Staff] },
    Page { path: "/retention", file: "retention.html", surfaces: &[Surface::Staff] },
    Page { path: "/settings", file: "settings.html", surfaces: &[Surface::Staff] },
];

/// A route for each page, and one for their files.
pub(super) fn routes(site: &Arc<Site>) -> Routes {
    let (get, public) = (Method::GET, Access::Public);
    let shared = Routes::new(&Surface::ALL).route(get.clone(), "/", public, map_page, site).route(
        get,
        "/assets/{*path}",
        public,
        asset,
        &(),
    );
    PAGES.iter().fold(shared, |routes, page| {
        let named = NamedPage { file: page.file, site: site.clone() };
        let own = Routes::new(page.surfaces);
        routes.merge(own.route(Method::GET, page.path, Access::Public, named_page, &named))
    })
}

#[derive(Clone)]
struct NamedPage {
    file: &'static str,
    site: Arc<Site>,
}

async fn named_page(State(page): State<NamedPage>, head: Head) -> Response {
    let mut response = assets::page(page.file, &head, &page.site, None).await;
    // Others need not learn under which name the ward's staff work.
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

async fn map_page(State(site): State<Arc<Site>>, uri: Uri, head: Head) -> Response {
    let embedded = uri.query().is_some_and(|query| query.split('&').any(|part| part == "embed=1"));
    assets::page("index.html", &head, &site, embedded.then_some(&site.embedding)).await
}

async fn asset(Path(path): Path<String>, head: Head) -> Response {
    assets::file(&format!("assets/{path}"), &head).await
}
