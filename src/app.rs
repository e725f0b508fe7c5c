//! The application: its state, its routes and the order of what wraps them. The only file that knows
//! every feature.

mod document;
mod logged;
mod middleware;
mod pages;
mod tasks;

use std::sync::Arc;

use axum::{Router, http::Method};

use crate::{
    activations::{
        self, RollCallsKept,
        api::ActivationsService,
        service::{ActivationSeals, RollCalls},
    },
    audit::{self, Pseudonyms, Recorder, Sealer, routes::AuditService},
    auth::{self, Access, AuthService, Departures, Gate, Routes, Surface, oidc::SingleSignOn},
    clock::{SharedClock, SystemClock},
    councils::{
        self,
        api::CouncilsService,
        service::{Sealing, Vault},
    },
    db::{Db, DbError, migrate, migration_state},
    gatherings::{self, GatheringEntries, api::GatheringsService, service::GatheringSeals},
    http::{Embedding, Site},
    introductions::{self, api::IntroductionsService, service::IntroductionSeals},
    layers::{self, Layers, LayersService, PublishError, Publisher},
    network::{self, NetworkPublisher, routes::NetworkService},
    notify::{self, Kind, Kinds, Mailer, api::NoticesService},
    outings::{self, OutingCodes, api::OutingsService},
    places::{self, Installation, PlacesService, PlacesSource, Purpose, installation},
    published::Mirror,
    random::{SharedRandom, SystemRandom},
    retention::{self, AuditPersons, Keeper, Retained, Retention},
    routes::{self, api::RoutesService},
    settings::{self, Settings, SettingsService},
    staff::{self, Leavers, RosterPreviews, StaffService},
    training::{
        self, Deadlines,
        api::{Archives, TrainingService},
        archive::ArchiveKey,
        service::Training,
    },
    vault::Keyring,
    visits::{self, api::VisitsService, service::Visits},
};

use tasks::Tasks;

pub use document::openapi;
pub use middleware::served;

/// A running application.
pub struct App {
    /// Its database.
    pub db: Db,
    /// Its clock.
    pub clock: SharedClock,
    /// Its source of randomness.
    pub random: SharedRandom,
    /// What its database is for.
    pub installation: Installation,
    /// What administrators had set when it started.
    pub settings: Settings,
    /// Keeps the layers up to date.
    pub publisher: Arc<Publisher>,
    /// The ward's single sign-on; none until it is set.
    pub single_sign_on: Option<SingleSignOn>,
    /// Keeps the pedestrian network up to date.
    pub network: Arc<NetworkPublisher>,
    /// Finds people on the roster.
    pub finder: Arc<staff::Finder>,
    /// Keeps the yearly training up to date.
    pub training: Training,
    /// Sends mails; none until it is set.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Where people reach the service, if that is configured: links in mails begin with it.
    pub public_url: Option<String>,
    /// Signs yearly archives; none until it is set.
    pub archive_key: Option<Arc<ArchiveKey>>,
    /// Seal the register of disaster housing; none until they are set.
    pub register_keys: Option<Arc<Keyring>>,
    /// Follows the roll-calls that registrars look at.
    pub roll_calls: Arc<RollCalls>,
    /// What runs beside the requests.
    pub tasks: Tasks,
}

/// Why an application did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A layer.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// A demo over real data, or the other way round.
    #[error(
        "this database holds {}: use another one", if *.found == Purpose::Demo { "the demo ward" } else { "a ward's own data" }
    )]
    OtherPurpose {
        /// What the database is for.
        found: Purpose,
    },
    /// The database was used by a newer release.
    #[error("this database was used by a newer release of machiaruki: run that one")]
    Newer,
}

/// Brings a database up to date and finds out what it is for.
///
/// # Errors
/// When it cannot be migrated.
pub async fn prepare(db: &Db, clock: &SharedClock, purpose: Purpose) -> Result<Installation, StartError> {
    if migration_state(db).await?.newer {
        return Err(StartError::Newer);
    }
    migrate(db).await?;
    Ok(installation(db, purpose, clock.now()).await?)
}

impl App {
    /// Migrates the database, reads every layer and starts to follow changes. What is done for the whole ward begins with
    /// [`keep`](Self::keep).
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn start(
        db: Db,
        clock: SharedClock,
        random: SharedRandom,
        purpose: Purpose,
    ) -> Result<Self, StartError> {
        let installation = prepare(&db, &clock, purpose).await?;
        if installation.purpose != purpose {
            return Err(StartError::OtherPurpose { found: installation.purpose });
        }
        let source = PlacesSource::new(db.clone(), &installation);
        let publisher = Arc::new(Publisher::start(source, clock.clone()).await?);
        let tasks = Tasks::default();
        tasks.spawn({
            let publisher = publisher.clone();
            async move { publisher.follow().await }
        });
        let network = NetworkPublisher::start(db.clone()).await?;
        tasks.spawn({
            let network = network.clone();
            async move { network.follow().await }
        });
        let roll_calls = Arc::new(RollCalls::new(db.clone(), clock.clone()));
        tasks.spawn({
            let roll_calls = roll_calls.clone();
            async move { roll_calls.follow().await }
        });
        let settings = settings::store::settings(&mut db.read().await?).await?;
        let finder = Arc::new(staff::Finder::default());
        let training = Training::new(db.clone(), clock.clone(), random.clone());
        let (single_sign_on, mailer, public_url, archive_key, register_keys) = (None, None, None, None, None);
        Ok(Self {
            db,
            clock,
            random,
            installation,
            settings,
            publisher,
            single_sign_on,
            network,
            finder,
            training,
            mailer,
            public_url,
            archive_key,
            register_keys,
            roll_calls,
            tasks,
        })
    }

    /// Ends the roles of whoever has left, and starts what is done in the background for the whole ward: that again and
    /// again, sealing the audit log, erasing what is past its period, keeping the analysts' tables, delivering notices. A process that
    /// serves only what is public does none of it: it stands where the internet begins, and has to write nothing.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn keep(&self, surfaces: &[Surface]) -> Result<(), DbError> {
        if surfaces.iter().all(|surface| *surface == Surface::Public) {
            return Ok(());
        }
        let (db, clock, random) = (&self.db, &self.clock, &self.random);
        let recorder = Recorder::new(clock.clone(), random.clone());
        let departures = Departures::new(db.clone(), clock.clone(), recorder);
        // Before anybody is let in.
        departures.look().await?;
        let sealer = Sealer::new(db.clone(), clock.clone());
        let keeper = Keeper::new(retention(db.clone(), clock.clone(), random.clone()));
        let mirror = Mirror::new(db.clone(), PlacesSource::new(db.clone(), &self.installation));
        let changes = self.layers().changes();
        let (finder, roster) = (self.finder.clone(), db.clone());
        let training = self.training.clone();
        // So that the first search need not wait.
        finder.refresh(db).await?;
        let worker = notify::Worker {
            db: db.clone(),
            clock: clock.clone(),
            random: random.clone(),
            kinds: notice_kinds(),
            mailer: self.mailer.clone(),
            pseudonyms: self.pseudonyms(),
            public_url: self.public_url.clone(),
        };
        self.tasks.spawn(async move { worker.run().await });
        self.tasks.spawn(async move { finder.follow(&roster).await });
        self.tasks.spawn(async move { training.follow().await });
        self.tasks.spawn(async move { departures.follow().await });
        self.tasks.spawn(async move { sealer.run().await });
        self.tasks.spawn(async move { keeper.follow().await });
        self.tasks.spawn(async move { mirror.follow(changes).await });
        Ok(())
    }

    /// Ends what runs beside the requests, and closes the database.
    pub async fn stop(&self) {
        self.tasks.stop().await;
        self.db.close().await;
    }

    /// The published layers.
    #[must_use]
    pub fn layers(&self) -> &Layers {
        self.publisher.layers()
    }

    /// What opens the register; none until its keys are set.
    fn vault(&self) -> Option<Vault> {
        self.register_keys.clone().map(|keys| Vault::new(keys, self.random.clone()))
    }

    /// Who knows whose pseudonyms are whose.
    fn pseudonyms(&self) -> Option<Arc<dyn Pseudonyms>> {
        self.vault().map(|vault| Arc::new(vault) as Arc<dyn Pseudonyms>)
    }

    /// What lets callers in.
    #[must_use]
    pub fn gate(&self, site: &Site) -> Gate {
        let (db, clock, random) = (self.db.clone(), self.clock.clone(), self.random.clone());
        Gate::new(db, clock, random, self.settings.clone(), site.public_url.clone())
    }

    /// Every route, with who may use it.
    #[must_use]
    pub fn routes(&self, site: &Arc<Site>, gate: &Gate) -> Routes {
        let layers = LayersService { layers: self.layers().clone(), site: site.clone() };
        let recorder = Recorder::new(self.clock.clone(), self.random.clone());
        let audit = AuditService { gate: gate.clone(), recorder: recorder.clone() };
        let settings = SettingsService { gate: gate.clone(), recorder: recorder.clone() };
        let purpose = self.installation.purpose;
        let vault = self.vault();
        let places =
            PlacesService::new(gate.clone(), recorder.clone(), self.publisher.clone(), site.clone(), purpose);
        let staff =
            StaffService { gate: gate.clone(), recorder: recorder.clone(), finder: self.finder.clone() };
        let auth = AuthService {
            gate: gate.clone(),
            recorder: recorder.clone(),
            purpose,
            single_sign_on: self.single_sign_on.clone(),
            signs_in: site.signs_in,
            pseudonyms: self.pseudonyms(),
        };
        let network = NetworkService::new(gate.clone(), self.network.clone());
        let walking = RoutesService::new(
            gate.clone(),
            recorder.clone(),
            self.network.clone(),
            self.publisher.clone(),
            site.clone(),
            purpose,
        );
        let notices =
            NoticesService { gate: gate.clone(), kinds: notice_kinds(), pseudonyms: self.pseudonyms() };
        let log = Visits::new(self.db.clone(), self.clock.clone(), Arc::new(OutingCodes));
        let outings = OutingsService {
            gate: gate.clone(),
            recorder: recorder.clone(),
            visits: log.clone(),
            entries: vec![Arc::new(Deadlines), Arc::new(GatheringEntries { vault: vault.clone() })],
        };
        let visits = VisitsService::new(gate.clone(), recorder.clone(), log);
        let training = TrainingService {
            gate: gate.clone(),
            recorder: recorder.clone(),
            training: self.training.clone(),
            archives: Archives::new(site.clone(), self.archive_key.clone()),
            surroundings: walking.surroundings.clone(),
        };
        let activations = ActivationsService {
            gate: gate.clone(),
            recorder: recorder.clone(),
            vault: vault.clone(),
            layers: self.layers().clone(),
            roll_calls: self.roll_calls.clone(),
        };
        let gatherings = GatheringsService {
            gate: gate.clone(),
            recorder: recorder.clone(),
            vault: vault.clone(),
            layers: self.layers().clone(),
        };
        let councils = CouncilsService {
            gate: gate.clone(),
            recorder: recorder.clone(),
            vault: vault.clone(),
            layers: self.layers().clone(),
            network: self.network.clone(),
        };
        let introductions = IntroductionsService {
            gate: gate.clone(),
            recorder: recorder.clone(),
            vault,
            layers: self.layers().clone(),
            site: site.clone(),
        };
        let (get, public) = (Method::GET, Access::Public);
        let routes = Routes::new(&Surface::ALL)
            .route(get.clone(), "/healthz", public, health, &())
            .route(get, "/api/openapi.json", public, document::api_document, &())
            .merge(layers::routes::routes(&layers))
            .merge(auth::routes::routes(&auth))
            .merge(audit::routes::routes(&audit))
            .merge(settings::routes(&settings))
            .merge(places::routes::routes(&places))
            .merge(staff::routes::routes(&staff))
            .merge(retention::routes::routes(&retention(
                self.db.clone(),
                self.clock.clone(),
                self.random.clone(),
            )))
            .merge(network::routes::routes(&network))
            .merge(routes::api::routes(&walking))
            .merge(notify::api::routes(&notices))
            .merge(outings::api::routes(&outings))
            .merge(visits::api::routes(&visits))
            .merge(training::api::routes(&training))
            .merge(councils::api::routes(&councils))
            .merge(introductions::api::routes(&introductions))
            .merge(activations::api::routes(&activations))
            .merge(gatherings::api::routes(&gatherings));
        routes.merge(pages::routes(site))
    }

    /// The whole service, as people reach it.
    pub fn router(&self, site: Site) -> Router {
        self.router_of(site, &Surface::ALL)
    }

    /// Some parts of the service, as people reach them.
    pub fn router_of(&self, mut site: Site, surfaces: &[Surface]) -> Router {
        if !surfaces.contains(&Surface::Public) {
            // Where people sign in, no page of others frames anything.
            site.embedding = Embedding::Nobody;
        }
        site.signs_in = surfaces.iter().any(|surface| *surface != Surface::Public);
        let site = Arc::new(site);
        let gate = self.gate(&site);
        gate.follow_settings();
        served(self.routes(&site, &gate).into_router(&gate, surfaces))
    }
}

/// Every class of data that is kept for a time. A feature that keeps personal data names its class here.
fn retained() -> Vec<&'static dyn Retained> {
    vec![
        &Leavers { with: &[&training::service::surveying::SurveysForget] },
        &auth::SESSIONS,
        &auth::ATTEMPTS,
        &auth::ACTIVATIONS,
        &auth::SIGN_ON_FLOWS,
        &RosterPreviews,
        &places::ContactHistory,
        &notify::Notices,
        &outings::Outings,
        &visits::VisitsKept,
        &visits::ObservationsKept,
        &training::TrainingKept,
        &councils::Residencies,
        &councils::RegisterImports,
        &RollCallsKept,
        &gatherings::ParticipationKept,
        &gatherings::HandoversKept,
        &AuditPersons,
    ]
}

/// Everything that people can be told. A feature that tells something names its kinds here.
#[must_use]
pub const fn notice_kinds() -> Kinds {
    use activations::notices as activation;
    use councils::notices as council;
    use gatherings::notices as gathering;
    use outings::notices as outing;
    use training::notices as training;
    const KINDS: &[&Kind] = &[
        &outing::CONFIRMED,
        &outing::PROMOTED,
        &outing::WAITING,
        &outing::REFUSED,
        &outing::NOMINATED,
        &outing::CANCELLED,
        &outing::CHANGED,
        &council::DECIDED,
        &council::CHANGED,
        &gathering::PLANNED,
        &gathering::CHANGED,
        &gathering::CANCELLED,
        &training::REMINDER,
        &training::DIGEST,
        &activation::DRILL,
        &activation::REAL,
    ];
    Kinds(KINDS)
}

/// What is sealed with the register's keys besides the register. A feature that seals something names it here.
pub const SEALED: &[&dyn Sealing] = &[&ActivationSeals, &IntroductionSeals, &GatheringSeals];

/// The retention of a database, with every class.
#[must_use]
pub fn retention(db: Db, clock: SharedClock, random: SharedRandom) -> Retention {
    Retention::new(retained(), db, clock, random)
}

/// The machine's clock, to be handed to everything that needs one.
#[must_use]
pub fn system_clock() -> SharedClock {
    Arc::new(SystemClock)
}

/// The machine's source of randomness.
#[must_use]
pub fn system_random() -> SharedRandom {
    Arc::new(SystemRandom)
}

/// For load balancers: the process answers and has its layers.
async fn health() -> &'static str {
    "ok\n"
}
