//! What each council has of disaster housing, for planning: buildings, units, residents, and how far they are from where it meets.

use std::collections::{BTreeMap, BTreeSet};

use super::{CouncilId, HousingId};

/// A unit as it is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedUnit {
    /// Its building.
    pub housing: HousingId,
    /// Its council: that which was decided for whoever lives there, or at which most hints where nobody does.
    pub council: Option<CouncilId>,
    /// Whether somebody lives there.
    pub lived_in: bool,
    /// So many seconds it takes on foot to where its council meets; none where the network has no way.
    pub walk_s: Option<u64>,
}

/// Units by the minutes that it takes on foot to where their council meets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Minutes {
    /// Up to 5.
    pub to_5: usize,
    /// Up to 10.
    pub to_10: usize,
    /// Up to 15.
    pub to_15: usize,
    /// More.
    pub over_15: usize,
    /// There is no way, or no meeting place.
    pub unreachable: usize,
}

impl Minutes {
    fn add(&mut self, walk_s: Option<u64>) {
        let count = match walk_s {
            Some(0..=300) => &mut self.to_5,
            Some(301..=600) => &mut self.to_10,
            Some(601..=900) => &mut self.to_15,
            Some(_) => &mut self.over_15,
            None => &mut self.unreachable,
        };
        *count += 1;
    }
}

/// What a council has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CouncilFigures {
    /// Buildings with at least one of its units.
    pub buildings: usize,
    /// Units.
    pub units: usize,
    /// Units that are lived in.
    pub residents: usize,
    /// Its units by the way on foot.
    pub minutes: Minutes,
}

/// What all councils have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// By council: each that there is, also where it has nothing.
    pub councils: BTreeMap<CouncilId, CouncilFigures>,
    /// Units that belong to no council: undecided, or with nothing that hints at one.
    pub without: CouncilFigures,
}

/// Counts units by council. Those of councils that are no more belong to none.
#[must_use]
pub fn figures(
    councils: impl IntoIterator<Item = CouncilId>,
    units: impl IntoIterator<Item = PlannedUnit>,
) -> Figures {
    let mut figures = Figures::default();
    figures.councils.extend(councils.into_iter().map(|id| (id, CouncilFigures::default())));
    let mut seen: BTreeSet<(Option<CouncilId>, HousingId)> = BTreeSet::new();
    for unit in units {
        let council = unit.council.filter(|id| figures.councils.contains_key(id));
        let of = match council.and_then(|id| figures.councils.get_mut(&id)) {
            Some(of) => of,
            None => &mut figures.without,
        };
        of.buildings += usize::from(seen.insert((council, unit.housing)));
        of.units += 1;
        of.residents += usize::from(unit.lived_in);
        of.minutes.add(unit.walk_s.filter(|_| council.is_some()));
    }
    figures
}
