//! Rows of a file and what is known, put together.

use std::collections::BTreeMap;

use crate::{
    councils::{
        file::Draft,
        model::{HousingFacts, HousingId},
    },
    sheet::Reason,
};

use super::{Known, Row, Stay, Step, UnitStep, buildings, stays, units};

/// What came of it. Unless some are refused, all rows count.
#[derive(Default)]
pub(super) struct Merged {
    pub(super) housing: Vec<Step<HousingId, HousingFacts>>,
    pub(super) units: Vec<UnitStep>,
    pub(super) stays: Vec<Stay>,
    pub(super) rows: Vec<Row>,
    /// Which rows cannot be, and why.
    pub(super) refused: BTreeMap<usize, Reason>,
}

/// Rows on their way: the how many-th of the file, and what they say.
pub(super) type Drafts<'d> = Vec<(usize, &'d Draft)>;
/// The same, each with the number of its building or unit.
pub(super) type Placed<'d> = Vec<(usize, &'d Draft, usize)>;

/// Why rows are refused on the way.
#[derive(Default)]
pub(super) struct Refusals(pub(super) BTreeMap<usize, Reason>);

impl Refusals {
    /// A row is refused; the first reason counts.
    pub(super) fn add(&mut self, index: usize, reason: Reason) {
        self.0.entry(index).or_insert(reason);
    }

    /// What can be made of a row; otherwise it is refused.
    pub(super) fn take<T>(&mut self, index: usize, made: Result<T, Reason>) -> Option<T> {
        made.map_err(|reason| self.add(index, reason)).ok()
    }

    /// Whether a row still counts.
    pub(super) fn spares(&self, index: usize) -> bool {
        !self.0.contains_key(&index)
    }
}

/// Puts rows and what is known together.
pub(super) fn merge<'d>(drafts: impl Iterator<Item = (usize, &'d Draft)>, known: &Known<'_>) -> Merged {
    let mut refusals = Refusals::default();
    let (housing, homes) = buildings::merge(drafts.collect(), known, &mut refusals);
    let (units, homes) = units::merge(homes, &housing, known, &mut refusals);
    let (stays, rows) = stays::merge(homes, (&housing, &units), known, &mut refusals);
    Merged { housing, units, stays, rows, refused: refusals.0 }
}
