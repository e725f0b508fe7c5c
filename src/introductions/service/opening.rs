//! The chair of a council opens a link: once.

use crate::{
    auth::Token,
    clock::{Date, Timestamp},
    councils::{model::ResidencyId, service::Vault, store::begin_change},
    db::Tx,
    introductions::{
        model::{Link, Shared, Sheet, Standing},
        store,
    },
};

use super::{
    IntroductionError,
    making::given_to,
    seals::{opened_sheet, seal_given},
};

/// What a link opened.
#[derive(Clone, Debug)]
pub enum Opening {
    /// Nobody made such a link, or everybody on it has withdrawn.
    Nothing,
    /// It opens no more.
    Closed(Sheet, Standing),
    /// It was opened now: who is on it, and what is given of them.
    Opened(Sheet, Vec<(ResidencyId, Shared)>),
}

/// The sheet of a link, without opening it.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn look(tx: &mut Tx, vault: &Vault, token: &Token) -> Result<Option<Sheet>, IntroductionError> {
    let row = store::sheet_of_token(tx, &token.hash()).await?;
    Ok(row.map(|row| opened_sheet(vault, &row)).transpose()?)
}

/// Opens a link. What it gives is what is consented to now, and is kept as what was given.
///
/// # Errors
/// When the database cannot be written, or it does not open.
pub async fn open(
    tx: &mut Tx,
    vault: &Vault,
    token: &Token,
    (now, today): (Timestamp, Date),
) -> Result<Opening, IntroductionError> {
    // Whoever withdraws or decides at the same time comes before or after.
    begin_change(tx).await?;
    let Some(sheet) = look(tx, vault, token).await? else { return Ok(Opening::Nothing) };
    let standing = sheet.standing(now);
    if standing != Standing::Waiting {
        return Ok(Opening::Closed(sheet, standing));
    }
    let mut people = Vec::new();
    for row in store::given_on(tx, sheet.id).await? {
        let id = (sheet.id, row.residency);
        let given = given_to(tx, vault, (row.residency, sheet.facts.council), today).await?;
        let Some(facts) = given else {
            store::delete_given(tx, id).await?;
            continue;
        };
        if store::give(tx, id, &seal_given(vault, id, &facts)?).await? {
            people.push((row.residency, facts.shared));
        }
    }
    if people.is_empty() {
        store::delete_empty_sheets(tx).await?;
        return Ok(Opening::Nothing);
    }
    if !store::mark_opened(tx, sheet.id, now).await? {
        return Err(IntroductionError::Final);
    }
    let link = sheet.link.map(|link| Link { opened_at: Some(now), ..link });
    Ok(Opening::Opened(Sheet { link, ..sheet }, people))
}
