//! `machiaruki demo`: the demo ward on an embedded database.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;

use crate::{
    activations::{seed_drill, service::ActivationError},
    app::{App, prepare, system_clock, system_random},
    auth::{Surface, seed_personas},
    catalogue::LayerId,
    clock::{Date, SharedClock},
    config::{BaseMapConfig, ListenConfig, MunicipalityConfig, OidcConfig, PrintConfig, site},
    councils::{seed_register, service::Vault},
    db::{DatabaseUrl, Db, DbError},
    gatherings::seed_gatherings,
    http::Embedding,
    network::{
        NetworkPublisher,
        import::{NetworkImport, import_network},
    },
    outings::{OutingCodes, seed_outings},
    places::{Import, ImportOptions, NoProgress, Outcome, Purpose, datasets as datasets_of, import},
    random::SharedRandom,
    routes::seed_routes,
    staff::seed_roster,
    training::{
        archive::{ArchiveKey, BadKey},
        seed_offices, seed_programmes,
    },
    vault::{BadKeyring, Keyring},
    visits::service::Visits,
};

use super::serve::{Door, listen};

/// Serve the demo ward.
#[derive(Args, Debug)]
pub struct Demo {
    #[command(flatten)]
    listen: ListenConfig,
    /// The folder in which the demo keeps its database
    #[arg(long, env = "MACHIARUKI_DATA", default_value = "data/demo", value_name = "DIR")]
    data: PathBuf,
    #[command(flatten)]
    municipality: MunicipalityConfig,
    #[command(flatten)]
    base_map: BaseMapConfig,
    #[command(flatten)]
    print: PrintConfig,
    #[command(flatten)]
    oidc: OidcConfig,
}

impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let single_sign_on = self.oidc.single_sign_on(self.listen.public_url.as_deref())?;
        let path = self.data.join("demo.sqlite");
        let db = Db::open(&DatabaseUrl::Sqlite(path.clone()))
            .await
            .with_context(|| format!("cannot open {}", path.display()))?;
        let clock = system_clock();
        let installation = prepare(&db, &clock, Purpose::Demo).await?;
        if installation.purpose == Purpose::Demo {
            seed(&db, &clock, &system_random()).await?;
            plan_outings(&db, &clock, &system_random()).await?;
        }
        let mut app = App::start(db, clock, system_random(), Purpose::Demo)
            .await
            .with_context(|| format!("cannot show the demo in {}", path.display()))?;
        app.single_sign_on = single_sign_on;
        app.archive_key = Some(Arc::new(archive_key(&self.data.join("archive.key"))?));
        let keys = Arc::new(register_keys(&self.data.join("register.key"))?);
        fill_register(&app.db, &app.clock, &Vault::new(keys.clone(), app.random.clone())).await?;
        plan_gatherings(&app.db, &app.clock, &Vault::new(keys.clone(), app.random.clone())).await?;
        app.register_keys = Some(keys);
        app.keep(&Surface::ALL).await?;
        let site = site(&self.listen, self.municipality, self.base_map, self.print, Embedding::Anybody, true);
        println!("見本の区(デモ)を表示します。 / Serving the demo ward.");
        let router = app.router(site.clone());
        listen(&self.listen, Door::default(), &app, &site, router).await
    }
}

/// The demo's own key of archives, made when it is not there.
fn archive_key(path: &Path) -> Result<ArchiveKey, BadKey> {
    if path.exists() {
        return ArchiveKey::read(path);
    }
    let key = ArchiveKey::new(&system_random().bytes());
    key.write_new(path)?;
    Ok(key)
}

/// The keys of the demo's register, made when they are not there.
fn register_keys(path: &Path) -> Result<Keyring, BadKeyring> {
    if !path.exists() {
        Keyring::draw(&*system_random()).write_new(path)?;
    }
    Keyring::read(path)
}

#[derive(rust_embed::RustEmbed)]
#[folder = "geodata"]
#[include = "*.json"]
#[include = "*.geojson"]
struct Geodata;

/// One entry of `geodata/datasets.json`.
#[derive(Deserialize)]
struct DemoDataset {
    id: String,
    layer: LayerId,
    file: String,
    title: String,
    source: String,
    source_url: Option<String>,
    licence: String,
    licence_url: Option<String>,
    attribution: String,
    as_of: Option<Date>,
    steward: String,
    refresh_days: Option<i64>,
    last_confirmed: Option<Date>,
    key: Vec<String>,
    sample: bool,
}

/// Imports the demo ward. Doing it again changes nothing, unless a new release brings another ward.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed(db: &Db, clock: &SharedClock, random: &SharedRandom) -> anyhow::Result<()> {
    let list = Geodata::get("datasets.json").context("the demo ward is not embedded")?;
    let datasets: Vec<DemoDataset> = serde_json::from_slice(&list.data)?;
    for dataset in datasets {
        let file = Geodata::get(&dataset.file).with_context(|| format!("no file {}", dataset.file))?;
        let import_of = Import {
            layer: dataset.layer,
            file_name: dataset.file.clone(),
            dataset: dataset.id.parse()?,
            options: ImportOptions {
                key: Some(dataset.key),
                title: Some(dataset.title),
                source: Some(dataset.source),
                source_url: dataset.source_url,
                licence: Some(dataset.licence),
                licence_url: dataset.licence_url,
                attribution: Some(dataset.attribution),
                as_of: dataset.as_of,
                steward: Some(dataset.steward),
                refresh_days: dataset.refresh_days,
                // What was never confirmed stays so, whenever the demo is set up.
                last_confirmed: dataset.last_confirmed.or(dataset.as_of),
                sample: dataset.sample,
                accept_vanished: true,
                into_demo: true,
                ..ImportOptions::default()
            },
        };
        let report = import(db, &**clock, import_of, &file.data, Arc::new(NoProgress)).await?;
        if let (Outcome::Stopped, Some(first)) = (report.outcome, report.refused.first()) {
            anyhow::bail!("{}: {}: {}", dataset.file, first.at, first.reason);
        }
    }
    let network = Geodata::get("network.geojson").context("the demo's network is not embedded")?;
    let what = NetworkImport {
        id: "demo-network".into(),
        source: "まちあるき開発プロジェクト".into(),
        licence: "CC0 1.0".into(),
        attribution: Some("【見本】歩行者ネットワーク(まちあるき開発プロジェクト)".into()),
        area: None,
        sample: true,
        dry_run: false,
    };
    import_network(db, clock, what, &[("network.geojson".into(), network.data.into_owned())]).await?;
    retire_files(db, clock).await?;
    let network = NetworkPublisher::start(db.clone()).await?.get();
    let designs = Geodata::get("designs.json").context("the demo's routes are not embedded")?;
    let (random, now) = (random.clone(), clock.now());
    db.write(move |tx| {
        Box::pin(async move {
            seed_roster(tx, &random, now).await?;
            seed_personas(tx, &random, now).await?;
            seed_offices(tx, now).await?;
            seed_programmes(tx, &random, now).await?;
            seed_routes(tx, &network, &designs.data).await
        })
    })
    .await
    .map_err(|error: DbError| error.into())
}

/// Plans outings of the demo ward for the days to come, unless there are some, and holds a few in the weeks before, with whom they
/// have walked. They are not part of [`seed`]: the ward is the
/// same whenever it is set up, and outings follow the day.
///
/// # Errors
/// When the database cannot be written.
pub async fn plan_outings(db: &Db, clock: &SharedClock, random: &SharedRandom) -> anyhow::Result<()> {
    let (random, now) = (random.clone(), clock.now());
    let visits = Visits::new(db.clone(), clock.clone(), Arc::new(OutingCodes));
    db.write(move |tx| Box::pin(async move { seed_outings(tx, &visits, &random, now).await }))
        .await
        .map_err(|error: DbError| error.into())
}

/// Fills the register of the demo ward, unless there is something in it, and holds a drill there on the day before, unless there was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn fill_register(db: &Db, clock: &SharedClock, vault: &Vault) -> anyhow::Result<()> {
    let file = Geodata::get("housing.sample.json").context("the demo's housing is not embedded")?;
    let (vault, now) = (vault.clone(), clock.now());
    db.write::<_, ActivationError, _>(move |tx| {
        Box::pin(async move {
            seed_register(tx, &vault, &file.data, now).await?;
            seed_drill(tx, &vault, now).await
        })
    })
    .await
    .context("the demo's register cannot be filled")
}

/// Plans the demo's gatherings, unless one is still to come.
async fn plan_gatherings(db: &Db, clock: &SharedClock, vault: &Vault) -> anyhow::Result<()> {
    let (vault, now) = (vault.clone(), clock.now());
    db.write(move |tx| Box::pin(async move { seed_gatherings(tx, &vault, now).await }))
        .await
        .context("the demo's gatherings cannot be planned")
}

/// Files that earlier releases had and this one has not: what they said is retired.
const FORMER_FILES: [(LayerId, &str); 2] = [(LayerId::Routes, "demo-routes"), (LayerId::Stops, "demo-stops")];

async fn retire_files(db: &Db, clock: &SharedClock) -> anyhow::Result<()> {
    for (layer, id) in FORMER_FILES {
        let known = datasets_of(&mut db.read().await?, layer).await?;
        if !known.iter().any(|dataset| dataset.id == id && dataset.feature_count > 0) {
            continue;
        }
        let empty = br#"{"type":"FeatureCollection","features":[]}"#;
        let options = ImportOptions { accept_vanished: true, into_demo: true, ..ImportOptions::default() };
        let file_name = format!("{id}.geojson");
        let import_of = Import { layer, file_name, dataset: id.parse()?, options };
        import(db, &**clock, import_of, empty, Arc::new(NoProgress)).await?;
    }
    Ok(())
}
