//! Importing a file into a dataset.
//!
//! Read, then compare, then write: the file is read into valid records and refused rows before any
//! transaction begins; within the transaction the records are compared with what the dataset holds,
//! and only the differences are written. It is all or nothing. Importing a file twice changes nothing.

mod plan;
mod prepare;
mod report;
mod summary;

use std::sync::Arc;

use crate::{
    catalogue::LayerId,
    clock::{Clock, Date},
    db::{Db, DbError, JobFuture, Tx},
    import::BadFile,
};

use super::{columns::BadMapping, dataset::DatasetId, installation::installation, purpose::Purpose, store};

use summary::{obstacle, summarise};

pub use prepare::{Preview, preview};
pub use report::{Changed, ColumnUse, EditedPlace, Linked, Note, Obstacle, Outcome, Refused, Report};

/// What is to be imported.
#[derive(Clone, Debug)]
pub struct Import {
    /// Into which layer.
    pub layer: LayerId,
    /// The file's name, for the report and as a default title.
    pub file_name: String,
    /// The dataset.
    pub dataset: DatasetId,
    /// How.
    pub options: ImportOptions,
}

/// How to import. What is `None` keeps what the dataset has, or a default for a new one.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent switch, named where it is set")]
pub struct ImportOptions {
    /// The fields (or columns) that tell records apart.
    pub key: Option<Vec<String>>,
    /// Fields that every record gets, unless a column says otherwise.
    pub constants: Vec<(String, String)>,
    /// Which field a column is, where its heading does not say so; an empty field leaves it out.
    pub mapping: Vec<(String, String)>,
    /// The plan that somebody has seen in a dry run: anything else is not stored.
    pub expected_plan: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Who made the data.
    pub source: Option<String>,
    /// Where it was found.
    pub source_url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// The licence's text.
    pub licence_url: Option<String>,
    /// What must be said wherever it is shown.
    pub attribution: Option<String>,
    /// The day that it describes.
    pub as_of: Option<Date>,
    /// The department that looks after it.
    pub steward: Option<String>,
    /// How many days after a confirmation it is to be confirmed again.
    pub refresh_days: Option<i64>,
    /// When somebody confirmed that it is true. Without it, an import that changes something counts.
    pub last_confirmed: Option<Date>,
    /// Whether it is 見本.
    pub sample: bool,
    /// Only say what would happen.
    pub dry_run: bool,
    /// Take the valid rows even when others are refused.
    pub accept_valid: bool,
    /// Go on even when most of the dataset's records would vanish.
    pub accept_vanished: bool,
    /// For the demo ward itself: a demo database takes nothing else.
    pub into_demo: bool,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] BadFile),
    /// A wish about columns that cannot be granted.
    #[error(transparent)]
    Mapping(#[from] BadMapping),
    /// A demo database takes no real data.
    #[error(
        "this is a demo database: it shows invented data marked 見本 and takes no real data, so that the two \
         are never mixed up. Import into a database of your own: --database-url sqlite:ward.sqlite"
    )]
    DemoDatabase,
    /// The dataset belongs to another layer.
    #[error("dataset {dataset} belongs to layer {actual}, not {asked}; choose another --dataset")]
    OtherLayer {
        /// The dataset.
        dataset: DatasetId,
        /// Its layer.
        actual: LayerId,
        /// The layer asked for.
        asked: LayerId,
    },
    /// The key cannot change: ids follow from it.
    #[error(
        "dataset {dataset} tells its records apart by {known:?}; with another key all ids would change. \
         Import without --key, or into another --dataset"
    )]
    OtherKey {
        /// The dataset.
        dataset: DatasetId,
        /// Its key.
        known: Vec<String>,
    },
    /// Editors add its records by hand: a file would retire them all.
    #[error("dataset {0} is filled by hand; import files into another --dataset")]
    OwnDataset(DatasetId),
    /// What would be stored is not what was previewed.
    #[error("what would be stored is no longer what was previewed: look at it again")]
    OtherPlan,
    /// Nothing tells the records apart.
    #[error("nothing tells the records apart: {tried}. Say which columns do with --key")]
    NoKey {
        /// What was tried.
        tried: String,
    },
    /// No column is the name.
    #[error("no column is known to be the name of a place; the columns are: {columns}")]
    NoName {
        /// What there is.
        columns: String,
    },
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Hears how far an import has come.
pub trait Progress: Send + Sync {
    /// `done` of `total` steps of `stage` are done.
    fn advance(&self, stage: &'static str, done: u64, total: Option<u64>);
}

/// Nobody listens.
#[derive(Debug)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn advance(&self, _stage: &'static str, _done: u64, _total: Option<u64>) {}
}

/// Imports a file.
///
/// # Errors
/// When nothing could be read at all. Rows that are refused, and what stopped the import because of
/// them, are in the report.
pub async fn import(
    db: &Db,
    clock: &dyn Clock,
    import: Import,
    bytes: &[u8],
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    import_and(db, clock, import, bytes, progress, None).await
}

/// Something that is done in the transaction of an import that was stored, or found nothing to change.
pub type AfterImport = Box<dyn for<'t> FnOnce(&'t mut Tx, &Report) -> JobFuture<'t, (), DbError> + Send>;

/// Imports a file, and does something else in the same transaction.
///
/// # Errors
/// As [`import`]; and when `after` fails, then nothing is stored.
pub async fn import_and(
    db: &Db,
    clock: &dyn Clock,
    import: Import,
    bytes: &[u8],
    progress: Arc<dyn Progress>,
    after: Option<AfterImport>,
) -> Result<Report, ImportError> {
    let (now, today) = (clock.now(), clock.today());
    let purpose = if import.options.into_demo { Purpose::Demo } else { Purpose::Ward };
    let known = installation(db, purpose, now).await?;
    if known.purpose == Purpose::Demo && !import.options.into_demo {
        return Err(ImportError::DemoDatabase);
    }
    let stored = {
        let mut tx = db.read().await?;
        if store::is_own(&mut tx, &import.dataset).await? {
            return Err(ImportError::OwnDataset(import.dataset));
        }
        store::dataset(&mut tx, &import.dataset).await?
    };
    if let Some(stored) = &stored
        && stored.layer != import.layer
    {
        return Err(ImportError::OtherLayer {
            dataset: import.dataset,
            actual: stored.layer,
            asked: import.layer,
        });
    }
    let prepared = prepare::prepare(&import, stored.as_ref(), bytes, &*progress)?;
    if import.options.dry_run {
        let mut tx = db.read().await?;
        let plan = plan::make(&mut tx, &import, &prepared).await?;
        return Ok(summarise(&import, prepared, &plan, Outcome::DryRun));
    }
    db.write(move |tx| {
        Box::pin(async move {
            // A dataset's first import and another one of it may come at once.
            store::lock_layer(tx, import.layer).await?;
            let plan = plan::make(tx, &import, &prepared).await?;
            let expected = import.options.expected_plan.as_ref();
            if expected.is_some_and(|expected| *expected != plan.digest(&import, &prepared)) {
                return Err(ImportError::OtherPlan);
            }
            if obstacle(&import, &prepared, &plan).is_some() {
                return Ok(summarise(&import, prepared, &plan, Outcome::Stopped));
            }
            let changed = plan::apply(tx, &import, &prepared, &plan, (now, today), &*progress).await?;
            let outcome = if changed { Outcome::Stored } else { Outcome::Unchanged };
            let report = summarise(&import, prepared, &plan, outcome);
            if let Some(after) = after {
                after(tx, &report).await?;
            }
            Ok(report)
        })
    })
    .await
}
