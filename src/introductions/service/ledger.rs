//! What a registrar sees: who consents to what, and which sheets were made.

use std::collections::BTreeMap;

use crate::{
    clock::{Date, Timestamp},
    councils::{
        model::ResidencyId,
        service::{Register, Vault},
        store::begin_change,
    },
    db::Tx,
    introductions::{
        model::{Consent, Shared, Sheet, SheetId},
        store,
    },
};

use super::{
    IntroductionError,
    seals::{opened_consent, opened_given, opened_sheet},
    settle,
};

/// Somebody on a sheet.
#[derive(Clone, Debug)]
pub struct OnSheet {
    /// Who.
    pub residency: ResidencyId,
    /// What was given of them; none while the link was not opened.
    pub given: Option<Shared>,
}

/// All consents that stand, and all sheets.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The register.
    pub register: Register,
    /// Who consents to what.
    pub consents: BTreeMap<ResidencyId, Consent>,
    /// The sheets, the newest first, with who is on them.
    pub sheets: Vec<(Sheet, Vec<OnSheet>)>,
}

impl Ledger {
    /// When something of somebody was last given.
    #[must_use]
    pub fn last_given(&self, residency: ResidencyId) -> Option<Timestamp> {
        let theirs = self
            .sheets
            .iter()
            .filter(|(_, people)| people.iter().any(|one| one.residency == residency && one.given.is_some()));
        theirs.filter_map(|(sheet, _)| sheet.given_at()).max()
    }
}

/// Reads it all. Consents that stand no more are ended on the way.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn ledger(tx: &mut Tx, vault: &Vault, today: Date) -> Result<Ledger, IntroductionError> {
    begin_change(tx).await?;
    for (id, _) in store::consents(tx).await? {
        settle(tx, vault, id, today).await?;
    }
    let register = Register::read(tx, vault).await?;
    let mut consents = BTreeMap::new();
    for (id, sealed) in store::consents(tx).await? {
        consents.insert(id, opened_consent(vault, id, &sealed)?);
    }
    let mut on: BTreeMap<SheetId, Vec<OnSheet>> = BTreeMap::new();
    for row in store::given(tx).await? {
        let given = row.sealed.map(|sealed| opened_given(vault, (row.sheet, row.residency), &sealed));
        let given = given.transpose()?.map(|facts| facts.shared);
        on.entry(row.sheet).or_default().push(OnSheet { residency: row.residency, given });
    }
    let mut sheets = Vec::new();
    for row in store::sheets(tx).await? {
        sheets.push((opened_sheet(vault, &row)?, on.remove(&row.id).unwrap_or_default()));
    }
    Ok(Ledger { register, consents, sheets })
}
