//! Importing files as a source of the network, with a report.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    clock::SharedClock,
    db::{Db, DbError},
};

use super::{
    blob,
    draft::Dropped,
    source::{self, BadNetwork, Figures, SourceInfo, figures},
    store,
};

/// What to import.
#[derive(Clone, Debug)]
pub struct NetworkImport {
    /// The id of the source; files of the same id replace each other.
    pub id: String,
    /// Who made it.
    pub source: String,
    /// Its licence.
    pub licence: String,
    /// What must be said wherever it is shown; the source when not given.
    pub attribution: Option<String>,
    /// The area that it covers: `west,south,east,north`, or GeoJSON with polygons.
    pub area: Option<String>,
    /// Whether it is 見本: invented.
    pub sample: bool,
    /// Whether nothing is to be stored.
    pub dry_run: bool,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored.
    Stored,
    /// It was there already.
    Unchanged,
    /// Nothing was to be stored.
    DryRun,
}

/// What was done.
#[derive(Clone, Debug, Serialize)]
pub struct NetworkReport {
    /// How it ended.
    pub outcome: Outcome,
    /// The source.
    #[serde(flatten)]
    pub source: SourceInfo,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// What was left out, and how often.
    pub dropped: BTreeMap<Dropped, u64>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum NetworkImportError {
    /// The files.
    #[error(transparent)]
    Bad(#[from] BadNetwork),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The network could not be written.
    #[error("the network could not be compressed: {0}")]
    Blob(#[from] std::io::Error),
}

/// Imports files, named for messages, as one source.
///
/// # Errors
/// When they cannot be read or stored; then nothing is changed.
pub async fn import_network(
    db: &Db,
    clock: &SharedClock,
    what: NetworkImport,
    files: &[(String, Vec<u8>)],
) -> Result<NetworkReport, NetworkImportError> {
    let area = what.area.as_deref().map(source::area).transpose()?;
    let read = source::read(files, area.as_ref())?;
    let figures = figures(&read.network);
    let source = SourceInfo {
        id: what.id,
        attribution: what.attribution.unwrap_or_else(|| what.source.clone()),
        source: what.source,
        licence: what.licence,
        format: read.format,
        sample: what.sample,
        area: what.area,
    };
    let outcome = if what.dry_run {
        Outcome::DryRun
    } else {
        let bytes = blob::write(&read.network)?;
        let (info, counted, now) = (source.clone(), figures.clone(), clock.now());
        let changed: Result<bool, DbError> = db
            .write(move |tx| Box::pin(async move { store::keep(tx, &info, &counted, &bytes, now).await }))
            .await;
        if changed? { Outcome::Stored } else { Outcome::Unchanged }
    };
    Ok(NetworkReport { outcome, source, figures, dropped: read.dropped })
}
