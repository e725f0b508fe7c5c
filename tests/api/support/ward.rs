//! A ward to ask: its own temporary database, and a clock that stands still.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use axum::Router;
use machiaruki::{
    app::{App, system_random},
    auth::Surface,
    catalogue::LayerId,
    clock::{Clock as _, FixedClock, SharedClock},
    commands::{fill_register, seed},
    councils::service::Vault,
    db::{DatabaseUrl, Db},
    geo::Bbox,
    http::{Embedding, Municipality, Site},
    places::{Import, ImportOptions, NoProgress, Outcome, Purpose, Report, import},
    random::SeededRandom,
    text::Text3,
    training::store,
    vault::Keyring,
};
use serde_json::Value;
use tokio::sync::OnceCell;

use super::{Anonymous, Caller};

/// Noon in Tokyo on the day on which the demo is set.
const NOW: &str = "2026-11-20T03:00:00Z";

/// A ward that a test may change.
pub struct Ward {
    pub app: App,
    pub clock: Arc<FixedClock>,
    purpose: Purpose,
    // Goes with the test.
    folder: tempfile::TempDir,
}

/// What a deployment says of itself in these tests: links follow the Host, no tiles.
pub fn site(demo: bool) -> Site {
    Site {
        public_url: None,
        municipality: Municipality {
            code: "131032".into(),
            name: Text3::new("港区", "Minato City", "みなとく"),
            bbox: Bbox { west: 139.70, south: 35.62, east: 139.79, north: 35.69 },
        },
        base_map: None,
        embedding: Embedding::Anybody,
        demo,
        signs_in: true,
        font_folders: vec!["/usr/share/fonts".into()],
    }
}

/// The demo ward's database, as bytes: it is set up once, for setting it up takes most of a test's time.
async fn demo_database() -> &'static (Vec<u8>, Vec<u8>) {
    static DATABASE: OnceCell<(Vec<u8>, Vec<u8>)> = OnceCell::const_new();
    DATABASE
        .get_or_init(|| async {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("demo.sqlite");
            let db = Db::open(&DatabaseUrl::Sqlite(path.clone())).await.unwrap();
            set_up(&db).await;
            db.close().await;
            // Of two connections that close at the same moment neither moves the log into the file.
            let log = std::fs::read(log_of(&path)).unwrap_or_default();
            (std::fs::read(path).unwrap(), log)
        })
        .await
}

/// SQLite's write-ahead log of a database.
fn log_of(path: &Path) -> PathBuf {
    path.with_extension("sqlite-wal")
}

async fn set_up(db: &Db) {
    let clock: SharedClock = Arc::new(FixedClock::new(NOW.parse().unwrap()));
    machiaruki::app::prepare(db, &clock, Purpose::Demo).await.unwrap();
    seed(db, &clock, &system_random()).await.unwrap();
    fill_register(db, &clock, &Vault::new(register_keys(), system_random())).await.unwrap();
}

/// The same keys each time: they open what was sealed when the demo ward was set up.
fn register_keys() -> Arc<Keyring> {
    Arc::new(Keyring::draw(&SeededRandom::new("keys of the tests")))
}

/// A caller of the demo ward, which all tests that change nothing share. It is made once, and lives in
/// memory alone: its database is gone when the first test asks.
pub fn demo() -> Anonymous {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        let make = || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let router = runtime.block_on(async {
                let ward = Ward::demo().await;
                let router = ward.app.router(site(true));
                ward.app.db.close().await;
                router
            });
            runtime.shutdown_background();
            router
        };
        std::thread::spawn(make).join().unwrap()
    });
    Anonymous::new(ROUTER.clone())
}

impl Ward {
    /// Waits until walks are derived and obligations assessed of today: the service itself may be at it.
    pub async fn looked(&self) {
        loop {
            self.app.training.look().await.unwrap();
            let looked = store::looked(&mut self.app.db.read().await.unwrap()).await.unwrap();
            if looked.on == Some(self.clock.today()) {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// A ward without any data.
    pub async fn empty() -> Self {
        Self::start(Purpose::Ward).await
    }

    /// The demo ward, for one test alone.
    pub async fn demo() -> Self {
        Self::start(Purpose::Demo).await
    }

    async fn start(purpose: Purpose) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.sqlite");
        if purpose == Purpose::Demo {
            let (file, log) = demo_database().await;
            std::fs::write(&path, file).unwrap();
            if !log.is_empty() {
                std::fs::write(log_of(&path), log).unwrap();
            }
        }
        let db = Db::open(&DatabaseUrl::Sqlite(path)).await.unwrap();
        Self::start_on(db, purpose, folder).await
    }

    /// The demo ward on a database that is there.
    pub async fn demo_on(url: &str) -> Self {
        let db = Db::open(&url.parse().unwrap()).await.unwrap();
        set_up(&db).await;
        Self::start_on(db, Purpose::Demo, tempfile::tempdir().unwrap()).await
    }

    async fn start_on(db: Db, purpose: Purpose, folder: tempfile::TempDir) -> Self {
        let clock = Arc::new(FixedClock::new(NOW.parse().unwrap()));
        let shared: SharedClock = clock.clone();
        let mut app = App::start(db, shared, system_random(), purpose).await.unwrap();
        app.register_keys = Some(register_keys());
        app.keep(&Surface::ALL).await.unwrap();
        Self { app, clock, purpose, folder }
    }

    /// What the ward's database has on the disk: the file, and the log beside it.
    pub fn files(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    /// An anonymous caller.
    pub fn anonymous(&self) -> Anonymous {
        Anonymous::new(self.app.router(site(self.purpose == Purpose::Demo)))
    }

    /// A caller on this machine, not signed in.
    pub fn caller(&self) -> Caller {
        Caller::here(self.app.router(site(self.purpose == Purpose::Demo)))
    }

    /// A caller on this machine, signed in as one of the demo's personas.
    pub async fn persona(&self, persona: &str) -> Caller {
        self.caller().signed_in_as(persona).await
    }

    /// Imports a GeoJSON document and publishes it.
    pub async fn import(&self, layer: LayerId, dataset: &str, document: &Value) -> Report {
        self.import_bytes(layer, dataset, document.to_string().as_bytes()).await
    }

    /// Imports a file of any format and publishes it.
    pub async fn import_bytes(&self, layer: LayerId, dataset: &str, bytes: &[u8]) -> Report {
        let options = ImportOptions { into_demo: self.purpose == Purpose::Demo, ..ImportOptions::default() };
        self.import_with(layer, dataset, bytes, options).await
    }

    /// Imports a file with options and publishes it. Every row must be taken.
    pub async fn import_with(
        &self,
        layer: LayerId,
        dataset: &str,
        bytes: &[u8],
        options: ImportOptions,
    ) -> Report {
        let what = Import {
            layer,
            file_name: format!("{dataset}.geojson"),
            dataset: dataset.parse().unwrap(),
            options,
        };
        let report = import(&self.app.db, &*self.clock, what, bytes, Arc::new(NoProgress)).await.unwrap();
        assert!(
            matches!(report.outcome, Outcome::Stored | Outcome::Unchanged),
            "{:?}: {:?}",
            report.outcome,
            report.refused
        );
        self.app.publisher.refresh(layer).await.unwrap();
        report
    }
}
