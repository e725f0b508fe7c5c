//! `machiaruki export`: a whole layer as a file, with what is public of it.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::{
    app::{prepare, system_clock},
    catalogue::LayerId,
    config::DatabaseConfig,
    db::Db,
    layers::{self, ExportFormat, Snapshot},
    places::{PlacesSource, Purpose},
};

/// Write a whole layer to a file.
#[derive(Args, Debug)]
pub struct Export {
    /// The layer: routes, stops, organisations, councils, shelters, facilities, schools,
    /// `school_districts`, districts, localities or boundary
    layer: LayerId,
    /// geojson, gpkg, csv or kml
    #[arg(long, env = "MACHIARUKI_EXPORT_FORMAT", default_value = "geojson")]
    format: ExportFormat,
    /// The file; LAYER.FORMAT when not given
    #[arg(long, short, env = "MACHIARUKI_EXPORT_OUTPUT", value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseConfig,
}

impl Export {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let url = &self.database.database_url;
        let db = Db::open_existing(url).await.with_context(|| format!("cannot open {url}"))?;
        let clock = system_clock();
        let installation = prepare(&db, &clock, Purpose::Ward).await?;
        let source = PlacesSource::new(db.clone(), &installation);
        let today = clock.today();
        let snapshot = Snapshot::empty(self.layer, today).refreshed(&*source, today).await?;
        let file = layers::export(&snapshot, self.format).await?;
        let path =
            self.output.unwrap_or_else(|| format!("{}.{}", self.layer, self.format.extension()).into());
        std::fs::write(&path, file).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}: {} features", path.display(), snapshot.len());
        db.close().await;
        Ok(())
    }
}
