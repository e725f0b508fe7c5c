//! What the routes of routes share.

use std::{collections::HashSet, sync::Arc};

use tokio::sync::Semaphore;

use crate::{
    audit::Recorder,
    auth::{Caller, Gate},
    catalogue::LayerId,
    clock::tokyo_date,
    db::DbError,
    http::Site,
    layers,
    network::{Loaded, NetworkPublisher, Profile},
    places::Purpose,
    print::fonts::Fonts,
    routes::{
        checklist::{Check, Facts, checklist},
        lay::{NoLine, lay},
        model::{Design, Line},
        published::PublishedRoutes,
        service::{Actor, Publisher},
        surroundings::Surroundings,
    },
};

/// Designing, reviewing and publishing routes, over HTTP.
#[derive(Clone)]
pub struct RoutesService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// The pedestrian network.
    pub network: Arc<NetworkPublisher>,
    /// The deployment's face.
    pub site: Arc<Site>,
    /// What the database is for.
    pub purpose: Purpose,
    /// The versions in force.
    pub published: Arc<PublishedRoutes>,
    /// What lies around routes.
    pub surroundings: Arc<Surroundings>,
    /// Fonts for what is printed.
    pub fonts: Arc<Fonts>,
    /// So many PDFs are made at once.
    pub paper: Arc<Semaphore>,
    /// So many tracks and photos are read at once: each may take hundreds of megabytes.
    pub files: Arc<Semaphore>,
    layers: Arc<layers::Publisher>,
}

/// PDFs that are made at once.
const PAPER: usize = 2;
/// Tracks and photos that are read at once.
const FILES: usize = 2;

/// A design laid on the network and checked.
#[derive(Clone, Debug)]
pub struct Laid {
    /// Its way, or why there is none.
    pub line: Result<Line, NoLine>,
    /// The checklist.
    pub checks: Vec<Check>,
}

impl RoutesService {
    /// A service.
    #[must_use]
    pub fn new(
        gate: Gate,
        recorder: Recorder,
        network: Arc<NetworkPublisher>,
        publisher: Arc<layers::Publisher>,
        site: Arc<Site>,
        purpose: Purpose,
    ) -> Self {
        let published = Arc::new(PublishedRoutes::new(gate.db().clone(), publisher.layers().clone()));
        let surroundings = Arc::new(Surroundings::new(publisher.layers().clone()));
        let fonts = Arc::new(Fonts::new(site.font_folders.clone()));
        let (paper, files) = (Arc::new(Semaphore::new(PAPER)), Arc::new(Semaphore::new(FILES)));
        let layers = publisher;
        Self { gate, recorder, network, site, purpose, published, surroundings, fonts, paper, files, layers }
    }

    /// Who does something, now.
    pub(super) fn actor(&self, caller: &Caller) -> Actor {
        let now = self.gate.clock().now();
        Actor {
            account: caller.principal.account,
            department: caller.principal.department,
            reach: caller.reach(),
            now,
            today: tokyo_date(now),
            random: self.gate.random().clone(),
        }
    }

    /// In whose name routes are published.
    pub(super) fn publisher(&self) -> Publisher {
        if self.purpose == Purpose::Demo {
            return Publisher::demo();
        }
        let municipality = self.site.municipality.name.ja.to_owned();
        Publisher { municipality, licence: None }
    }

    /// Publishes the walking layers, so that whoever wrote reads what was written. What was written stays written when
    /// this fails: the publisher tries again by itself.
    pub(super) async fn publish(&self) {
        for layer in [LayerId::Routes, LayerId::Stops] {
            if let Err(error) = self.layers.refresh(layer).await {
                tracing::error!(%error, "a route is stored and not yet published");
            }
        }
    }

    /// Lays a design on the network and checks it. A draft in review keeps the line that it was frozen with.
    ///
    /// # Errors
    /// When the routes in force cannot be read.
    pub(super) async fn laid(
        &self,
        design: Design,
        frozen: Option<Line>,
        base: Option<Design>,
    ) -> Result<Laid, DbError> {
        let in_force = self.published.in_force().await?;
        let step_free_routes: HashSet<_> = in_force
            .versions
            .iter()
            .filter(|version| version.design.profile == Profile::StepFree && version.line.stairs == 0)
            .map(|version| version.route)
            .collect();
        let (network, surroundings): (Arc<Loaded>, _) = (self.network.get(), self.surroundings.clone());
        let work = move || {
            let line = frozen.map_or_else(|| lay(&network, &design), Ok);
            let facts = Facts {
                line: line.as_ref().map_err(|why| *why),
                base: base.as_ref(),
                is_inside: &|position| surroundings.is_inside(position),
                step_free_routes: &step_free_routes,
            };
            let checks = checklist(&design, &facts);
            Laid { line, checks }
        };
        // Long paths take milliseconds of one core.
        tokio::task::spawn_blocking(work).await.map_err(|_| DbError::JobPanicked)
    }
}
