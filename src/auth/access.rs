//! Routes that say who may use them.
//!
//! A feature offers [`Routes`], not a bare router: a route cannot be added without its [`Access`], and
//! [`Routes::list`] is what the application really serves, for the tests that try every route as everybody.

use axum::{
    Router,
    handler::Handler,
    routing::{MethodFilter, MethodRouter, on},
};
use http::Method;
use tower::ServiceBuilder;
use tower_http::limit::RequestBodyLimitLayer;

use crate::http::limits::BODY_LIMIT;

use super::{gate::Gate, guard::Guard, permission::Permission};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Whoever has the permission.
    Needs(Permission),
}

/// The part of the service to which a route belongs. Each can run in a network zone of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum)]
pub enum Surface {
    /// Public layers, open data and the map.
    Public,
    /// Walks, training, and what is needed to run them: accounts, roster, audit, map editing.
    Staff,
    /// The register of disaster housing.
    Register,
}

impl Surface {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Public, Self::Staff, Self::Register];
}

/// A route as it is served.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteEntry {
    /// Its method; GET includes HEAD.
    pub method: Method,
    /// Its path, with `{parameters}`.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// The parts of the service that serve it.
    pub surfaces: &'static [Surface],
}

struct Route {
    entry: RouteEntry,
    service: MethodRouter,
    body_limit: usize,
}

/// Routes, each with its access.
pub struct Routes {
    surfaces: &'static [Surface],
    routes: Vec<Route>,
}

impl Routes {
    /// No routes yet, for these parts of the service.
    #[must_use]
    pub const fn new(surfaces: &'static [Surface]) -> Self {
        Self { surfaces, routes: Vec::new() }
    }

    /// Adds a route whose handler has `state`.
    #[must_use]
    pub fn route<H, T, S>(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: H,
        state: &S,
    ) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
        S: Clone + Send + Sync + 'static,
    {
        // Methods of our own making do not exist.
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        let entry = RouteEntry { method, path, access, surfaces: self.surfaces };
        let service = on(filter, handler).with_state(state.clone());
        self.routes.push(Route { entry, service, body_limit: BODY_LIMIT });
        self
    }

    /// Adds other routes.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self
    }

    /// The same routes for another audience.
    #[must_use]
    pub fn with_access(mut self, access: Access) -> Self {
        for route in &mut self.routes {
            route.entry.access = access;
        }
        self
    }

    /// Lets these routes read bodies of up to so many bytes.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        for route in &mut self.routes {
            route.body_limit = bytes;
        }
        self
    }

    /// Wraps every route, such as in a layer.
    #[must_use]
    pub fn map(mut self, wrap: impl Fn(MethodRouter) -> MethodRouter) -> Self {
        self.routes =
            self.routes.into_iter().map(|route| Route { service: wrap(route.service), ..route }).collect();
        self
    }

    /// What is served.
    #[must_use]
    pub fn list(&self) -> Vec<RouteEntry> {
        self.routes.iter().map(|route| route.entry.clone()).collect()
    }

    /// The router of those parts of the service, each route behind its guard.
    pub fn into_router(self, gate: &Gate, surfaces: &[Surface]) -> Router {
        let mut router = Router::new();
        for Route { entry, service, body_limit } in self.routes {
            if !entry.surfaces.iter().any(|surface| surfaces.contains(surface)) {
                continue;
            }
            // Nothing reads the body of a GET. Of others it is limited behind the guard: whoever may not use a route does
            // not learn how much it would read.
            let limit = RequestBodyLimitLayer::new(body_limit);
            let is_get = entry.method == Method::GET;
            let guard = Guard::new(gate.clone(), entry.access);
            let service = match entry.access {
                Access::Public if is_get => service,
                _ if is_get => service.route_layer(guard),
                // One layer of both: axum boxes each.
                _ => service.route_layer(ServiceBuilder::new().layer(guard).layer(limit)),
            };
            router = router.route(entry.path, service);
        }
        router
    }
}
