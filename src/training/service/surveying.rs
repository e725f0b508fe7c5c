//! Questions before and after: takes sheets, releases figures of many, and destroys what could tell whose a sheet is.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::{
    audit::hex,
    clock::tokyo_date,
    db::{DbError, Tx},
    random::SharedRandom,
    staff::{ForgetsStaff, StaffId},
    training::{
        model::{SheetMoment, Survey, release},
        store::{self, Pseudonym, Sheet, SurveyKey, SurveyOf, Taken},
    },
};

use super::Training;

/// Whose a sheet is, under the key of its survey. The same person has another pseudonym in every survey.
fn pseudonym(key: &SurveyKey, person: StaffId) -> Pseudonym {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key.0) else { return Pseudonym(String::new()) };
    mac.update(person.0.as_bytes());
    Pseudonym(hex(&mac.finalize().into_bytes()))
}

/// Keeps somebody's sheet. None when the survey is closed.
///
/// # Errors
/// When the database cannot be written.
pub async fn take(
    tx: &mut Tx,
    survey: SurveyOf,
    (person, moment): (StaffId, SheetMoment),
    sheet: &Sheet,
    random: &SharedRandom,
) -> Result<Option<Taken>, DbError> {
    let new = SurveyKey(random.bytes());
    let Some(key) = store::hold_survey_key(tx, survey, &new).await? else { return Ok(None) };
    store::put_sheet(tx, survey, (&pseudonym(&key, person), moment), sheet).await.map(Some)
}

/// Somebody's own sheets, as long as it can be told whose they are.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_sheets(
    tx: &mut Tx,
    survey: SurveyOf,
    person: StaffId,
) -> Result<BTreeMap<SheetMoment, Sheet>, DbError> {
    match store::survey_key(tx, survey).await? {
        Some(key) => store::sheets_of(tx, survey, &pseudonym(&key, person)).await,
        None => Ok(BTreeMap::new()),
    }
}

/// Deletes the sheets of people who are erased, as long as it can be told which they are.
pub struct SurveysForget;

impl ForgetsStaff for SurveysForget {
    fn forget<'t>(&'t self, tx: &'t mut Tx, people: &'t [StaffId]) -> BoxFuture<'t, Result<i64, DbError>> {
        Box::pin(async move {
            let mut rows = 0;
            for survey in store::open_surveys(tx).await? {
                let Some(key) = store::survey_key(tx, survey).await? else { continue };
                for person in people {
                    rows += store::delete_sheets(tx, survey, &pseudonym(&key, *person)).await?;
                }
            }
            Ok(rows)
        })
    }
}

/// Once a day, releases what is to be released, and closes the surveys of years that ended long enough ago. Returns whether it was done
/// now.
///
/// # Errors
/// When the database cannot be used.
pub(super) async fn look(training: &Training) -> Result<bool, DbError> {
    let (db, today) = (&training.db, tokyo_date(training.clock.now()));
    // Most often it is done already; then nobody has to wait for a writer.
    if store::released_on(&mut db.read().await?).await?.is_some_and(|day| day >= today) {
        return Ok(false);
    }
    db.write(move |tx| {
        Box::pin(async move {
            if !store::claim_release(tx, today).await? {
                return Ok(false);
            }
            for survey in store::open_surveys(tx).await? {
                release_one(tx, survey).await?;
                if Survey::is_closed(survey.1, today) {
                    store::close_survey(tx, survey).await?;
                }
            }
            Ok(true)
        })
    })
    .await
}

async fn release_one(tx: &mut Tx, survey: SurveyOf) -> Result<(), DbError> {
    let Some(programme) = store::year_of(tx, survey.0, survey.1).await? else { return Ok(()) };
    let (pairs, shown) = (store::pairs(tx, survey).await?, store::released(tx, survey).await?);
    store::put_released(tx, survey, &release(&programme.rule.questions, &pairs, &shown)).await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_pseudonym_is_an_hmac_of_the_id() {
        // RFC 4231, test case 1, has a key of 20 bytes, filled up with zeros, and the data "Hi There": HMAC fills keys up the same way.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(b"Hi There");
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(hex(&mac.finalize().into_bytes()), expected);
        let person = |number| StaffId(Uuid::from_u128(number));
        let (one, other) = (SurveyKey(key), SurveyKey([7; 32]));
        assert_eq!(pseudonym(&one, person(1)), pseudonym(&one, person(1)));
        assert_ne!(pseudonym(&one, person(1)), pseudonym(&one, person(2)));
        assert_ne!(pseudonym(&one, person(1)), pseudonym(&other, person(1)));
        assert!(!pseudonym(&one, person(1)).0.contains(&person(1).0.simple().to_string()));
    }
}
