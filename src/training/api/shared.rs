//! What the routes of the training share.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::{
    audit::Recorder,
    auth::{Gate, absent},
    clock::{Date, Timestamp, tokyo_date},
    db::{DbError, JobFuture, Tx},
    http::{Message, Problem, Site},
    print::fonts::Fonts,
    routes::surroundings::Surroundings,
    training::{
        archive::ArchiveKey,
        model::ProgrammeId,
        service::Training,
        store::{self, ProgrammeYear},
    },
    visits::model::FiscalYear,
};

/// The longest text that somebody writes, in characters.
pub(super) const LONGEST_TEXT: usize = 1_000;

/// The training, over HTTP.
#[derive(Clone)]
pub struct TrainingService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Answers from memory.
    pub training: Training,
    /// What archives are made with.
    pub archives: Archives,
    /// The places of the map.
    pub surroundings: Arc<Surroundings>,
}

/// What archives are made with.
#[derive(Clone)]
pub struct Archives {
    /// Signs them; none until it is set.
    pub key: Option<Arc<ArchiveKey>>,
    /// Whose they are.
    pub site: Arc<Site>,
    /// Fonts for their reports.
    pub fonts: Arc<Fonts>,
    /// So many reports are made at once.
    pub paper: Arc<Semaphore>,
}

impl Archives {
    /// Of a deployment, with its key.
    #[must_use]
    pub fn new(site: Arc<Site>, key: Option<Arc<ArchiveKey>>) -> Self {
        let fonts = Arc::new(Fonts::new(site.font_folders.clone()));
        Self { key, site, fonts, paper: Arc::new(Semaphore::new(1)) }
    }
}

/// Why a job was not done.
pub(super) enum Refused {
    /// The answer says why.
    Because(Box<Problem>),
    /// The database.
    Db(DbError),
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Because(Box::new(problem))
    }
}

impl TrainingService {
    pub(super) fn now(&self) -> Timestamp {
        self.gate.clock().now()
    }

    pub(super) fn today(&self) -> Date {
        tokyo_date(self.now())
    }

    pub(super) async fn read(&self) -> Result<Tx, Problem> {
        Ok(self.gate.db().read().await?)
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, Refused> + Send + 'static,
    {
        self.gate.db().write(job).await.map_err(|refused| match refused {
            Refused::Because(problem) => *problem,
            Refused::Db(error) => Problem::internal(&error),
        })
    }

    /// The fiscal year that is asked for, or this one.
    pub(super) fn year(&self, asked: Option<&str>) -> Result<FiscalYear, Problem> {
        Ok(asked.map_or_else(|| Ok(FiscalYear::of(self.today())), str::parse)?)
    }
}

/// A day of a query or a body.
pub(super) fn day(field: &str, text: &str) -> Result<Date, Problem> {
    // The parser takes other forms of ISO 8601 as well.
    let day = if text.len() == 10 { text.parse().ok() } else { None };
    day.ok_or_else(|| {
        let message = Message::new(
            "日付を 2026-04-01 の形で指定してください。",
            "Please give the day like 2026-04-01.",
        );
        Problem::impossible(field, message)
    })
}

/// The programme of an address.
pub(super) fn programme_id(text: &str) -> Result<ProgrammeId, Problem> {
    text.parse().map_err(|_| absent())
}

/// A programme in a year.
pub(super) async fn programme_year(
    tx: &mut Tx,
    programme: ProgrammeId,
    year: FiscalYear,
) -> Result<ProgrammeYear, Refused> {
    Ok(store::year_of(tx, programme, year).await?.ok_or_else(absent)?)
}
