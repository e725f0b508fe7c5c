//! A resident consents, looks at what was given, and withdraws.

use std::collections::BTreeMap;

use crate::{
    clock::Date,
    councils::{
        model::{Council, CouncilId, ResidencyId},
        service::{Own, RegisterError, Vault, home_of, homes_of, own},
        store::begin_change,
    },
    db::Tx,
    introductions::{
        model::{Consent, Field, Shared, Sheet},
        store,
    },
    staff::{self, StaffId},
};

use super::{
    IntroductionError,
    seals::{opened_consent, opened_given, opened_sheet, seal_consent},
};

/// What the roster knows of somebody, so that they need not write it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Their name.
    pub name: Option<String>,
    /// How it is read.
    pub reading: Option<String>,
    /// Their mail.
    pub email: Option<String>,
}

/// A sheet on which a resident is or was.
#[derive(Clone, Debug)]
pub struct OwnSheet {
    /// The sheet.
    pub sheet: Sheet,
    /// What was given of them; none while its link was not opened.
    pub given: Option<Shared>,
}

/// What a resident is told of their introduction.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// Where they live; none of somebody who lives, or by now lives, in no disaster housing.
    pub home: Option<Own>,
    /// Their council, where one was decided that there is.
    pub council: Option<Council>,
    /// What they have consented to, while that stands.
    pub consent: Option<Consent>,
    /// What the roster knows of them.
    pub known: Known,
    /// What was given to whom, of all homes in which they have lived; the newest first.
    pub sheets: Vec<OwnSheet>,
}

async fn known(tx: &mut Tx, staff: StaffId, today: Date) -> Result<Known, RegisterError> {
    let person = staff::store::person(tx, staff).await?;
    let facts = person.as_ref().and_then(|person| person.on(today)).map(|spell| &spell.spell.facts);
    Ok(facts.map_or_else(Known::default, |facts| Known {
        name: Some(facts.name.clone()).filter(|name| !name.is_empty()),
        reading: facts.name_kana.clone(),
        email: facts.email.clone(),
    }))
}

/// A home with the council that it belongs to, as far as that is decided and is on the map.
fn council_of<'c>(home: &Own, councils: &'c BTreeMap<CouncilId, Council>) -> Option<&'c Council> {
    councils.get(&home.decision.as_ref()?.council?)
}

/// What somebody is told of their introduction.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn mine(
    tx: &mut Tx,
    vault: &Vault,
    councils: &BTreeMap<CouncilId, Council>,
    staff: StaffId,
    today: Date,
) -> Result<Mine, IntroductionError> {
    let (homes, assignments) = homes_of(tx, vault, staff).await?;
    let ids: Vec<ResidencyId> = homes.iter().map(|home| home.id).collect();
    let mut sheets = Vec::new();
    for row in store::given_of(tx, &ids).await? {
        let Some(sheet) = store::sheet(tx, row.sheet).await? else { continue };
        let given = row.sealed.map(|sealed| opened_given(vault, (row.sheet, row.residency), &sealed));
        let given = given.transpose()?.map(|facts| facts.shared);
        sheets.push(OwnSheet { sheet: opened_sheet(vault, &sheet)?, given });
    }
    sheets.sort_by_key(|one| std::cmp::Reverse((one.sheet.made_at, one.sheet.id)));
    let Some(home) = own(tx, vault, staff, today).await? else {
        return Ok(Mine { sheets, ..Mine::default() });
    };
    let id = home.residency.id;
    let consent =
        store::consent(tx, id).await?.map(|sealed| opened_consent(vault, id, &sealed)).transpose()?;
    let consent = consent.filter(|consent| consent.stands(&home.residency, &assignments, today));
    let council = council_of(&home, councils).cloned();
    Ok(Mine { council, consent, known: known(tx, staff, today).await?, sheets, home: Some(home) })
}

/// Keeps what a resident consents to, in place of what they consented to before: to the council that they saw, with every word that they
/// saw.
///
/// # Errors
/// When they live in no disaster housing, no council was decided, or council or home are others by now.
pub async fn consent(
    tx: &mut Tx,
    vault: &Vault,
    councils: &BTreeMap<CouncilId, Council>,
    staff: StaffId,
    consent: Consent,
    today: Date,
) -> Result<(), IntroductionError> {
    begin_change(tx).await?;
    let home = own(tx, vault, staff, today).await?.ok_or(IntroductionError::NoHome)?;
    let council = council_of(&home, councils).ok_or(IntroductionError::NoCouncil)?;
    // What the register says is shared as the register says it.
    let registered = [(Field::Housing, &home.housing.facts.name), (Field::Unit, &home.unit.facts.name)];
    let as_registered = |(field, text): (Field, &String)| {
        consent.shared.get(field).is_none_or(|shared| shared == text.trim())
    };
    if council.id != consent.council || !registered.into_iter().all(as_registered) {
        return Err(IntroductionError::Changed);
    }
    let id = home.residency.id;
    store::put_consent(tx, id, &seal_consent(vault, id, &consent)?).await?;
    Ok(())
}

/// Ends the consent to a home's introduction: it is forgotten, and taken out of every link that was not opened. What was given stays on
/// record.
async fn end(tx: &mut Tx, id: ResidencyId) -> Result<(), RegisterError> {
    store::delete_consent(tx, id).await?;
    store::take_out(tx, id).await?;
    Ok(())
}

/// A resident withdraws.
///
/// # Errors
/// When the database cannot be written, or it does not open.
pub async fn withdraw(tx: &mut Tx, vault: &Vault, staff: StaffId) -> Result<(), IntroductionError> {
    begin_change(tx).await?;
    for home in homes_of(tx, vault, staff).await?.0 {
        end(tx, home.id).await?;
    }
    store::delete_empty_sheets(tx).await?;
    Ok(())
}

/// Ends the consent to a home's introduction if it does not stand any more: another council was decided, or they have moved out.
///
/// # Errors
/// When the database cannot be written, or it does not open.
pub async fn settle(tx: &mut Tx, vault: &Vault, id: ResidencyId, today: Date) -> Result<(), RegisterError> {
    let Some(sealed) = store::consent(tx, id).await? else { return Ok(()) };
    let consent = opened_consent(vault, id, &sealed)?;
    let home = home_of(tx, vault, id).await?;
    if !home.is_some_and(|(residency, assignments)| consent.stands(&residency, &assignments, today)) {
        end(tx, id).await?;
        store::delete_empty_sheets(tx).await?;
    }
    Ok(())
}
