//! Sealing and opening consents, sheets and what was given, with the register's keys.

use futures_util::future::BoxFuture;

use crate::{
    councils::{
        model::ResidencyId,
        service::{RegisterError, Resealed, Sealing, Vault},
    },
    db::Tx,
    introductions::{
        model::{Consent, GivenFacts, Sheet, SheetFacts, SheetId},
        store::{self, SheetRow},
    },
    vault::{Sealed, Unopened, Unsealed},
};

const CONSENT: &str = "introduction.sealed";
const SHEET: &str = "introduction_sheet.sealed";
const GIVEN: &str = "introduction_given.sealed";

pub(super) fn seal_consent(vault: &Vault, id: ResidencyId, consent: &Consent) -> Result<Sealed, Unsealed> {
    vault.sealed(CONSENT, &id.to_string(), consent)
}

pub(super) fn opened_consent(vault: &Vault, id: ResidencyId, sealed: &Sealed) -> Result<Consent, Unopened> {
    vault.opened(CONSENT, &id.to_string(), sealed)
}

pub(super) fn seal_sheet(vault: &Vault, id: SheetId, facts: &SheetFacts) -> Result<Sealed, Unsealed> {
    vault.sealed(SHEET, &id.to_string(), facts)
}

pub(super) fn opened_sheet(vault: &Vault, row: &SheetRow) -> Result<Sheet, Unopened> {
    let facts = vault.opened(SHEET, &row.id.to_string(), &row.sealed)?;
    Ok(Sheet { id: row.id, made_at: row.made_at, link: row.link, facts })
}

fn given_slot((sheet, residency): (SheetId, ResidencyId)) -> String {
    format!("{sheet}/{residency}")
}

pub(super) fn seal_given(
    vault: &Vault,
    row: (SheetId, ResidencyId),
    facts: &GivenFacts,
) -> Result<Sealed, Unsealed> {
    vault.sealed(GIVEN, &given_slot(row), facts)
}

pub(super) fn opened_given(
    vault: &Vault,
    row: (SheetId, ResidencyId),
    sealed: &Sealed,
) -> Result<GivenFacts, Unopened> {
    vault.opened(GIVEN, &given_slot(row), sealed)
}

/// What introductions have sealed.
pub struct IntroductionSeals;

impl Sealing for IntroductionSeals {
    fn reseal<'t>(
        &'t self,
        tx: &'t mut Tx,
        vault: &'t Vault,
    ) -> BoxFuture<'t, Result<Resealed, RegisterError>> {
        Box::pin(async move {
            let (keys, mut done) = (vault.keys(), Resealed::default());
            for (id, sealed) in store::consents(tx).await? {
                done.all += 1;
                if !keys.is_newest(&sealed) {
                    let anew = seal_consent(vault, id, &opened_consent(vault, id, &sealed)?)?;
                    store::reseal_consent(tx, id, &anew).await?;
                    done.sealed_anew += 1;
                }
            }
            for row in store::sheets(tx).await? {
                done.all += 1;
                if !keys.is_newest(&row.sealed) {
                    let anew = seal_sheet(vault, row.id, &opened_sheet(vault, &row)?.facts)?;
                    store::reseal_sheet(tx, row.id, &anew).await?;
                    done.sealed_anew += 1;
                }
            }
            for row in store::given(tx).await? {
                let Some(sealed) = row.sealed else { continue };
                let id = (row.sheet, row.residency);
                done.all += 1;
                if !keys.is_newest(&sealed) {
                    let anew = seal_given(vault, id, &opened_given(vault, id, &sealed)?)?;
                    store::reseal_given(tx, id, &anew).await?;
                    done.sealed_anew += 1;
                }
            }
            Ok(done)
        })
    }

    fn check<'t>(&'t self, tx: &'t mut Tx, vault: &'t Vault) -> BoxFuture<'t, Result<(), RegisterError>> {
        Box::pin(async move {
            for (id, sealed) in store::consents(tx).await? {
                opened_consent(vault, id, &sealed)?;
            }
            for row in store::sheets(tx).await? {
                opened_sheet(vault, &row)?;
            }
            for row in store::given(tx).await? {
                if let Some(sealed) = &row.sealed {
                    opened_given(vault, (row.sheet, row.residency), sealed)?;
                }
            }
            Ok(())
        })
    }
}
