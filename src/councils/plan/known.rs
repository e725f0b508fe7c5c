//! The register, found by what people call its parts.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization as _;

use crate::{
    councils::model::{Housing, HousingId, Residency, ResidencyId, Unit, UnitId},
    staff::{StaffId, check_number},
};

/// What is known before a file.
pub struct Known<'a> {
    pub(super) housing: &'a BTreeMap<HousingId, Housing>,
    pub(super) units: &'a BTreeMap<UnitId, Unit>,
    pub(super) residencies: &'a BTreeMap<ResidencyId, Residency>,
    staff: HashMap<String, StaffId>,
    housing_by_name: HashMap<String, Vec<HousingId>>,
    units_by_name: HashMap<(HousingId, String), Vec<UnitId>>,
    residencies_by_unit: HashMap<UnitId, Vec<ResidencyId>>,
}

impl<'a> Known<'a> {
    /// The register, and whose staff numbers are whose.
    #[must_use]
    pub fn new(
        housing: &'a BTreeMap<HousingId, Housing>,
        units: &'a BTreeMap<UnitId, Unit>,
        residencies: &'a BTreeMap<ResidencyId, Residency>,
        staff: HashMap<String, StaffId>,
    ) -> Self {
        let mut known = Self {
            housing,
            units,
            residencies,
            staff,
            housing_by_name: HashMap::new(),
            units_by_name: HashMap::new(),
            residencies_by_unit: HashMap::new(),
        };
        for one in housing.values() {
            known.housing_by_name.entry(plain(&one.facts.name)).or_default().push(one.id);
        }
        for unit in units.values() {
            let name = (unit.housing, plain_unit(&unit.facts.name));
            known.units_by_name.entry(name).or_default().push(unit.id);
        }
        for one in residencies.values() {
            known.residencies_by_unit.entry(one.unit).or_default().push(one.id);
        }
        known
    }

    /// The buildings that are called so.
    pub(super) fn housing_named(&self, name: &str) -> impl Iterator<Item = &'a Housing> + '_ {
        let ids = self.housing_by_name.get(&plain(name)).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.housing.get(id))
    }

    /// The units of a building that are called so.
    pub(super) fn units_named(&self, housing: HousingId, name: &str) -> impl Iterator<Item = &'a Unit> + '_ {
        let ids = self.units_by_name.get(&(housing, plain_unit(name))).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.units.get(id))
    }

    /// The residencies of a unit.
    pub(super) fn residencies_in(&self, unit: UnitId) -> impl Iterator<Item = &'a Residency> + '_ {
        let ids = self.residencies_by_unit.get(&unit).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.residencies.get(id))
    }

    /// Who has a staff number.
    pub(super) fn staff_of(&self, number: &str) -> Option<StaffId> {
        self.staff.get(&check_number(number).ok()?).copied()
    }
}

/// A name or an address as it is compared: in one width and case, without spaces.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// A unit's name as it is compared: 101号室 and 101 are one.
pub(super) fn plain_unit(text: &str) -> String {
    let text = plain(text);
    let number = text.trim_end_matches('室').trim_end_matches('号');
    if number.is_empty() { text } else { number.to_owned() }
}
