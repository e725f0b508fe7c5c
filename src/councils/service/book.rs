//! The register, opened.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    clock::Date,
    councils::{
        model::{
            Assignments, CouncilId, Decided, Decision, Housing, HousingFacts, HousingId, Residency,
            ResidencyFacts, ResidencyId, Unit, UnitFacts, UnitId,
        },
        store::{self, DecisionRow, ResidencyRow, Row},
    },
    db::{Db, Tx},
    random::SharedRandom,
    staff::StaffId,
    vault::{Keyring, Sealed, Slot, Tag, Unopened, Unsealed},
};

use super::RegisterError;

const HOUSING: &str = "housing.sealed";
const UNIT: &str = "housing_unit.sealed";
const RESIDENCY: &str = "residency.sealed";
const DECISION: &str = "council_decision.sealed";
const STAFF: &str = "residency.staff";

/// Opens and seals what the register holds.
#[derive(Clone)]
pub struct Vault {
    keys: Arc<Keyring>,
    random: SharedRandom,
}

impl Vault {
    /// With the keys of a deployment.
    #[must_use]
    pub const fn new(keys: Arc<Keyring>, random: SharedRandom) -> Self {
        Self { keys, random }
    }

    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &Keyring {
        &self.keys
    }

    /// Seals what is known of residents for a row of a column; other features name columns of their own.
    ///
    /// # Errors
    /// When it cannot be said in JSON.
    pub fn sealed(
        &self,
        column: &'static str,
        row: &str,
        facts: &impl Serialize,
    ) -> Result<Sealed, Unsealed> {
        self.keys.seal(Slot { column, row }, facts, &*self.random)
    }

    /// Opens what was sealed for that row of that column.
    ///
    /// # Errors
    /// When the key is missing, or it is not what was stored there.
    pub fn opened<T: DeserializeOwned>(
        &self,
        column: &'static str,
        row: &str,
        sealed: &Sealed,
    ) -> Result<T, Unopened> {
        self.keys.open(Slot { column, row }, sealed)
    }

    /// A building as it is stored.
    pub(super) fn seal_housing(&self, id: HousingId, facts: &HousingFacts) -> Result<Sealed, Unsealed> {
        self.sealed(HOUSING, &id.to_string(), facts)
    }

    /// A building that is stored.
    pub(super) fn housing(&self, row: &Row<HousingId, HousingId>) -> Result<Housing, Unopened> {
        let facts = self.opened(HOUSING, &row.id.to_string(), &row.sealed)?;
        Ok(Housing { id: row.id, version: row.version, facts })
    }

    /// A unit as it is stored.
    pub(super) fn seal_unit(&self, id: UnitId, facts: &UnitFacts) -> Result<Sealed, Unsealed> {
        self.sealed(UNIT, &id.to_string(), facts)
    }

    /// A unit that is stored.
    pub(super) fn unit(&self, row: &Row<UnitId, HousingId>) -> Result<Unit, Unopened> {
        let facts = self.opened(UNIT, &row.id.to_string(), &row.sealed)?;
        Ok(Unit { id: row.id, housing: row.parent, version: row.version, facts })
    }

    /// A residency as it is stored.
    pub(super) fn seal_residency(&self, id: ResidencyId, facts: &ResidencyFacts) -> Result<Sealed, Unsealed> {
        self.sealed(RESIDENCY, &id.to_string(), facts)
    }

    /// A residency that is stored.
    pub(in crate::councils) fn residency(&self, row: &ResidencyRow) -> Result<Residency, Unopened> {
        let facts = self.opened(RESIDENCY, &row.id.to_string(), &row.sealed)?;
        Ok(Residency { id: row.id, unit: row.parent, version: row.version, facts })
    }

    /// A decision as it is stored.
    pub(super) fn seal_decision(
        &self,
        residency: ResidencyId,
        number: i64,
        decision: &Decision,
    ) -> Result<DecisionRow, Unsealed> {
        let sealed = self.sealed(DECISION, &decision_slot(residency, number), decision)?;
        Ok(DecisionRow { residency, number, sealed })
    }

    /// A decision that is stored.
    pub(super) fn decision(&self, row: &DecisionRow) -> Result<Decided, Unopened> {
        let decision = self.opened(DECISION, &decision_slot(row.residency, row.number), &row.sealed)?;
        Ok(Decided { residency: row.residency, number: row.number, decision })
    }

    /// By what the homes of somebody are found.
    pub(super) fn tag(&self, staff: StaffId) -> Tag {
        self.keys.tag(STAFF, staff.0.as_bytes())
    }

    /// By what they may be found: also in rows that are not sealed anew yet.
    pub(super) fn tags(&self, staff: StaffId) -> Vec<Tag> {
        self.keys.tags(STAFF, staff.0.as_bytes()).collect()
    }

    /// Where ids and secrets come from.
    #[must_use]
    pub fn random(&self) -> &SharedRandom {
        &self.random
    }
}

fn decision_slot(residency: ResidencyId, number: i64) -> String {
    format!("{residency}/{number}")
}

/// Everything that the register holds.
#[derive(Debug, Default)]
pub struct Register {
    /// The buildings.
    pub housing: BTreeMap<HousingId, Housing>,
    /// Their units.
    pub units: BTreeMap<UnitId, Unit>,
    /// Who lives or lived in them.
    pub residencies: BTreeMap<ResidencyId, Residency>,
    /// What was decided of them.
    pub assignments: Assignments,
}

impl Register {
    /// Reads and opens it.
    ///
    /// # Errors
    /// When the database cannot be read, or what it holds does not open.
    pub async fn read(tx: &mut Tx, vault: &Vault) -> Result<Self, RegisterError> {
        let (mut housing, mut units, mut residencies) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for row in store::housing_rows(tx).await? {
            housing.insert(row.id, vault.housing(&row)?);
        }
        for row in store::unit_rows(tx).await? {
            units.insert(row.id, vault.unit(&row)?);
        }
        for row in store::residency_rows(tx).await? {
            residencies.insert(row.id, vault.residency(&row)?);
        }
        let rows = store::decision_rows(tx).await?;
        let decisions = rows.iter().map(|row| vault.decision(row)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { housing, units, residencies, assignments: Assignments::new(decisions) })
    }

    /// Whether a vault's keys open everything that a database holds.
    ///
    /// # Errors
    /// When they do not, or the database cannot be read.
    pub async fn check(db: &Db, vault: &Vault) -> Result<(), RegisterError> {
        Self::read(&mut db.read().await?, vault).await.map(|_| ())
    }

    /// The building of a unit.
    #[must_use]
    pub fn housing_of(&self, unit: UnitId) -> Option<&Housing> {
        self.housing.get(&self.units.get(&unit)?.housing)
    }

    /// What was decided of the homes of each building that are lived in on a day: how many belong to which council.
    #[must_use]
    pub fn decided_of(&self, day: Date) -> BTreeMap<HousingId, BTreeMap<CouncilId, usize>> {
        let mut of: BTreeMap<HousingId, BTreeMap<CouncilId, usize>> = BTreeMap::new();
        for residency in self.residencies.values().filter(|one| one.facts.span.holds(day)) {
            let council = self.assignments.on(residency.id, day).and_then(|decision| decision.council);
            let unit = self.units.get(&residency.unit);
            if let (Some(council), Some(unit)) = (council, unit) {
                *of.entry(unit.housing).or_default().entry(council).or_default() += 1;
            }
        }
        of
    }

    /// The people who live or lived there, each once.
    #[must_use]
    pub fn people(&self) -> BTreeSet<StaffId> {
        self.residencies.values().map(|one| one.facts.staff).collect()
    }
}
