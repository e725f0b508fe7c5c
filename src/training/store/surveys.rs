//! SQL of questions before and after: keys, sheets, and what was released of them.
//!
//! Nothing here knows a person: sheets are found by their pseudonym alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    routes::RouteId,
    training::model::{Answers, Change, Pair, Part, ProgrammeId, Released, SheetMoment},
    visits::model::FiscalYear,
};

use super::{corrupt, fiscal_year, maybe, parsed};

/// The survey of a programme in a fiscal year.
pub type SurveyOf = (ProgrammeId, FiscalYear);

/// By what the sheets of one survey are told apart. It cannot be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SurveyKey(pub [u8; 32]);

/// Somebody in one survey, who is not named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pseudonym(pub String);

/// Answers as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Counts how often they were given, from 1.
    pub revision: i64,
    /// What was answered.
    pub answers: Answers,
    /// Afterwards: the routes that were completed then.
    pub routes: BTreeSet<RouteId>,
}

/// What became of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It counts.
    Stored,
    /// It counts already, or a later one does.
    Known,
    /// Another one of the same revision counts: it came from another device.
    Other,
}

fn key_of(bytes: &[u8]) -> Result<SurveyKey, DbError> {
    bytes.try_into().map(SurveyKey).map_err(corrupt)
}

/// The key of a survey, which is `new` where it had none. Whoever asks holds it until the end of the transaction. None once it was
/// destroyed.
///
/// # Errors
/// When the database cannot be written.
pub async fn hold_survey_key(
    tx: &mut Tx,
    (programme, year): SurveyOf,
    new: &SurveyKey,
) -> Result<Option<SurveyKey>, DbError> {
    let key: Option<Vec<u8>> = on!(tx, conn => sqlx::query_scalar(
        "INSERT INTO survey_key (programme, fiscal_year, key) VALUES ($1, $2, $3)
         ON CONFLICT (programme, fiscal_year) DO UPDATE SET programme = survey_key.programme RETURNING key")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(new.0.as_slice()).fetch_one(conn).await)?;
    key.as_deref().map(key_of).transpose()
}

/// The key of a survey; none before its first sheet, and once it was destroyed.
///
/// # Errors
/// When the database cannot be read.
pub async fn survey_key(tx: &mut Tx, (programme, year): SurveyOf) -> Result<Option<SurveyKey>, DbError> {
    let key: Option<Option<Vec<u8>>> = on!(tx, conn => sqlx::query_scalar(
        "SELECT key FROM survey_key WHERE programme = $1 AND fiscal_year = $2")
        .bind(programme.to_string()).bind(i64::from(year.year())).fetch_optional(conn).await)?;
    key.flatten().as_deref().map(key_of).transpose()
}

/// The surveys whose keys are there.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_surveys(tx: &mut Tx) -> Result<Vec<SurveyOf>, DbError> {
    let rows: Vec<(String, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT programme, fiscal_year FROM survey_key WHERE key IS NOT NULL ORDER BY fiscal_year, programme")
        .fetch_all(conn).await)?;
    rows.into_iter().map(|(programme, year)| Ok((parsed(&programme)?, fiscal_year(year)?))).collect()
}

/// Keeps a sheet in place of an earlier one.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_sheet(
    tx: &mut Tx,
    survey: SurveyOf,
    (pseudonym, moment): (&Pseudonym, SheetMoment),
    sheet: &Sheet,
) -> Result<Taken, DbError> {
    let (programme, year) = survey;
    let answers = serde_json::to_string(&sheet.answers).map_err(corrupt)?;
    let routes = serde_json::to_string(&sheet.routes).map_err(corrupt)?;
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO survey_sheet (programme, fiscal_year, pseudonym, moment, revision, answers, routes)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (programme, fiscal_year, pseudonym, moment)
         DO UPDATE SET revision = excluded.revision, answers = excluded.answers, routes = excluded.routes
         WHERE survey_sheet.revision < excluded.revision")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(&pseudonym.0).bind(moment.as_str())
        .bind(sheet.revision).bind(answers).bind(routes).execute(conn).await.map(|done| done.rows_affected()))?;
    if done > 0 {
        return Ok(Taken::Stored);
    }
    let known = sheets_of(tx, survey, pseudonym).await?.remove(&moment);
    let is_other =
        known.is_none_or(|known| known.revision == sheet.revision && known.answers != sheet.answers);
    Ok(if is_other { Taken::Other } else { Taken::Known })
}

/// Somebody's sheets in a survey.
///
/// # Errors
/// When the database cannot be read.
pub async fn sheets_of(
    tx: &mut Tx,
    (programme, year): SurveyOf,
    pseudonym: &Pseudonym,
) -> Result<BTreeMap<SheetMoment, Sheet>, DbError> {
    let rows: Vec<(String, i64, String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT moment, revision, answers, routes FROM survey_sheet
         WHERE programme = $1 AND fiscal_year = $2 AND pseudonym = $3")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(&pseudonym.0).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(moment, revision, answers, routes)| {
            let answers = serde_json::from_str(&answers).map_err(corrupt)?;
            let routes = serde_json::from_str(&routes).map_err(corrupt)?;
            Ok((parsed(&moment)?, Sheet { revision, answers, routes }))
        })
        .collect()
}

/// The pairs of a survey: who answered both times.
///
/// # Errors
/// When the database cannot be read.
pub async fn pairs(tx: &mut Tx, (programme, year): SurveyOf) -> Result<Vec<Pair>, DbError> {
    let rows: Vec<(String, String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT b.answers, a.answers, a.routes FROM survey_sheet b JOIN survey_sheet a
             ON a.programme = b.programme AND a.fiscal_year = b.fiscal_year AND a.pseudonym = b.pseudonym
         WHERE b.programme = $1 AND b.fiscal_year = $2 AND b.moment = 'before' AND a.moment = 'after'")
        .bind(programme.to_string()).bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(before, after, routes)| {
            Ok(Pair {
                before: serde_json::from_str(&before).map_err(corrupt)?,
                after: serde_json::from_str(&after).map_err(corrupt)?,
                routes: serde_json::from_str(&routes).map_err(corrupt)?,
            })
        })
        .collect()
}

/// What was released of a survey.
///
/// # Errors
/// When the database cannot be read.
pub async fn released(tx: &mut Tx, (programme, year): SurveyOf) -> Result<Released, DbError> {
    let rows: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT part, change FROM survey_release WHERE programme = $1 AND fiscal_year = $2")
        .bind(programme.to_string()).bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(part, change)| {
            let part: Part = serde_json::from_str(&part).map_err(corrupt)?;
            let change: Change = serde_json::from_str(&change).map_err(corrupt)?;
            Ok((part, change))
        })
        .collect()
}

/// Releases figures in place of what was released before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_released(tx: &mut Tx, (programme, year): SurveyOf, new: &Released) -> Result<(), DbError> {
    for (part, change) in new {
        let part = serde_json::to_string(part).map_err(corrupt)?;
        let change = serde_json::to_string(change).map_err(corrupt)?;
        on!(tx, conn => sqlx::query(
            "INSERT INTO survey_release (programme, fiscal_year, part, change) VALUES ($1, $2, $3, $4)
             ON CONFLICT (programme, fiscal_year, part) DO UPDATE SET change = excluded.change")
            .bind(programme.to_string()).bind(i64::from(year.year())).bind(part).bind(change)
            .execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

/// Destroys the key of a survey, and what else could tell whose a sheet is: which routes they had walked, and how often they answered.
///
/// # Errors
/// When the database cannot be written.
pub async fn close_survey(tx: &mut Tx, (programme, year): SurveyOf) -> Result<(), DbError> {
    for sql in [
        "UPDATE survey_key SET key = NULL WHERE programme = $1 AND fiscal_year = $2",
        "UPDATE survey_sheet SET routes = '[]', revision = 0 WHERE programme = $1 AND fiscal_year = $2",
    ] {
        on!(tx, conn => sqlx::query(sql).bind(programme.to_string()).bind(i64::from(year.year()))
            .execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

/// Deletes somebody's sheets in a survey. Returns how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_sheets(
    tx: &mut Tx,
    (programme, year): SurveyOf,
    pseudonym: &Pseudonym,
) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "DELETE FROM survey_sheet WHERE programme = $1 AND fiscal_year = $2 AND pseudonym = $3")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(&pseudonym.0).execute(conn).await
        .map(|done| done.rows_affected() as i64))?)
}

/// The day on which it was last looked whether there is anything to release.
///
/// # Errors
/// When the database cannot be read.
pub async fn released_on(tx: &mut Tx) -> Result<Option<Date>, DbError> {
    let day: String = on!(tx, conn => sqlx::query_scalar("SELECT released_on FROM training_state")
        .fetch_one(conn).await)?;
    maybe(Some(day.as_str()).filter(|day| !day.is_empty()))
}

/// Notes that it is looked on a day. Returns false when somebody did already; whoever is told true has the day until the end of the
/// transaction, and if that fails, nobody did.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim_release(tx: &mut Tx, day: Date) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query("UPDATE training_state SET released_on = $1 WHERE released_on < $1")
        .bind(day.to_string()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}
