//! A registrar makes sheets and revokes links.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    auth::{AccountId, Token},
    clock::{Date, Timestamp},
    councils::{
        model::{Council, CouncilId, ResidencyId},
        service::{RegisterError, Vault, home_of},
        store::begin_change,
    },
    db::Tx,
    introductions::{
        model::{Consent, GivenFacts, How, LINK_LASTS, Link, Shared, Sheet, SheetFacts, SheetId, Standing},
        store::{self, LinkRow, SheetRow},
    },
};

use super::{
    IntroductionError,
    seals::{opened_consent, opened_given, opened_sheet, seal_given, seal_sheet},
};

/// A sheet that is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its id, drawn by whoever wants it.
    pub id: SheetId,
    /// For which council.
    pub council: CouncilId,
    /// To whom it is given.
    pub recipient: String,
    /// Who is on it, each once.
    pub residents: Vec<ResidencyId>,
    /// How it is given.
    pub how: How,
    /// Who makes it.
    pub by: AccountId,
}

/// A sheet that was made, now or when the same was wanted before.
#[derive(Clone, Debug)]
pub struct Made {
    /// The sheet.
    pub sheet: Sheet,
    /// What its link holds; shown this once.
    pub token: Option<Token>,
    /// What is given on paper; nothing where a link gives it.
    pub people: Vec<Shared>,
}

/// What somebody has consented to be given to a council, if they have.
pub(super) async fn given_to(
    tx: &mut Tx,
    vault: &Vault,
    (id, council): (ResidencyId, CouncilId),
    today: Date,
) -> Result<Option<GivenFacts>, RegisterError> {
    let Some(sealed) = store::consent(tx, id).await? else { return Ok(None) };
    let consent: Consent = opened_consent(vault, id, &sealed)?;
    let Some((residency, assignments)) = home_of(tx, vault, id).await? else { return Ok(None) };
    let shared = consent.given_to(council, &residency, &assignments, today).cloned();
    Ok(shared.map(|shared| GivenFacts { shared, consented_at: consent.at }))
}

/// Makes a sheet: on paper it is given now, by a link once that is opened. The same id with the same wish is the same sheet; a link that
/// waits is then made anew, since nobody has seen the one before.
///
/// # Errors
/// When there is no such council, somebody has not consented, or there is another sheet of that id.
pub async fn make(
    tx: &mut Tx,
    vault: &Vault,
    councils: &BTreeMap<CouncilId, Council>,
    wanted: &Wanted,
    (now, today): (Timestamp, Date),
) -> Result<Made, IntroductionError> {
    begin_change(tx).await?;
    if let Some(row) = store::sheet(tx, wanted.id).await? {
        return again(tx, vault, wanted, &row, now).await;
    }
    let council = councils.get(&wanted.council).ok_or(IntroductionError::NoCouncil)?;
    let mut given = Vec::with_capacity(wanted.residents.len());
    for (index, id) in wanted.residents.iter().enumerate() {
        let facts = given_to(tx, vault, (*id, wanted.council), today).await?;
        given.push((*id, facts.ok_or(IntroductionError::NoConsent(index))?));
    }
    let facts = SheetFacts {
        council: council.id,
        council_name: council.name.clone(),
        recipient: wanted.recipient.clone(),
        by: wanted.by,
    };
    let token = (wanted.how == How::Link).then(|| Token::new(vault.random().bytes()));
    let expires_at = now.saturating_add(LINK_LASTS).unwrap_or(Timestamp::MAX);
    let row = token.as_ref().map(|token| LinkRow { token: token.hash(), expires_at });
    let sealed = seal_sheet(vault, wanted.id, &facts)?;
    store::insert_sheet(tx, (wanted.id, now), row, &sealed)
        .await?
        .then_some(())
        .ok_or(IntroductionError::Another)?;
    let mut people = Vec::new();
    for (residency, facts) in given {
        let id = (wanted.id, residency);
        // What a link gives is taken from the consents when it is opened.
        let sealed = token.is_none().then(|| seal_given(vault, id, &facts)).transpose()?;
        store::insert_given(tx, id, sealed.as_ref()).await?;
        people.extend(sealed.is_some().then_some(facts.shared));
    }
    let link = row.map(|link| Link { expires_at: link.expires_at, opened_at: None, revoked_at: None });
    Ok(Made { sheet: Sheet { id: wanted.id, made_at: now, link, facts }, token, people })
}

/// The same was wanted before: the answer may have been lost on the way.
async fn again(
    tx: &mut Tx,
    vault: &Vault,
    wanted: &Wanted,
    row: &SheetRow,
    now: Timestamp,
) -> Result<Made, IntroductionError> {
    let sheet = opened_sheet(vault, row)?;
    let facts = &sheet.facts;
    let rows = store::given_on(tx, sheet.id).await?;
    let meant: BTreeSet<ResidencyId> = wanted.residents.iter().copied().collect();
    let is_same = (facts.council, &facts.recipient, facts.by, sheet.how())
        == (wanted.council, &wanted.recipient, wanted.by, wanted.how)
        // Some may have withdrawn since.
        && rows.iter().all(|row| meant.contains(&row.residency));
    if !is_same {
        return Err(IntroductionError::Another);
    }
    if sheet.link.is_none() {
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(sealed) = &row.sealed {
                people.push(opened_given(vault, (row.sheet, row.residency), sealed)?.shared);
            }
        }
        return Ok(Made { sheet, token: None, people });
    }
    let token = Token::new(vault.random().bytes());
    if sheet.standing(now) != Standing::Waiting
        || !store::renew_link(tx, sheet.id, &token.hash(), now).await?
    {
        return Err(IntroductionError::Final);
    }
    Ok(Made { sheet, token: Some(token), people: Vec::new() })
}

/// Revokes a link that nobody has opened.
///
/// # Errors
/// When there is no such sheet, or it was given already.
pub async fn revoke(tx: &mut Tx, id: SheetId, now: Timestamp) -> Result<(), IntroductionError> {
    begin_change(tx).await?;
    store::sheet(tx, id).await?.ok_or(RegisterError::Absent)?;
    store::revoke_link(tx, id, now).await?.then_some(()).ok_or(IntroductionError::Final)
}
