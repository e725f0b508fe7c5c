//! How many took part, by council.

use std::collections::BTreeMap;

use crate::councils::model::CouncilId;

use super::{Duty, Gathering, GatheringKind, Hours};

/// What the people of one council took part in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouncilFigures {
    /// The council; none of those who had none decided.
    pub council: Option<CouncilId>,
    /// By kind and duty.
    pub lines: Vec<CouncilLine>,
}

/// One kind and duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CouncilLine {
    /// What kind of gathering.
    pub kind: GatheringKind,
    /// How it counted as duty.
    pub duty: Duty,
    /// How many gatherings somebody of the council came to.
    pub gatherings: u32,
    /// How often somebody was there, and how long in all.
    pub hours: Hours,
}

/// By kind and duty, how many gatherings and what they add up to.
type Lines = BTreeMap<(GatheringKind, Duty), (u32, Hours)>;

/// What gatherings add up to, by council: each with the councils as whose somebody was there, once for each person.
#[must_use]
pub fn council_figures(attended: &[(Gathering, Vec<Option<CouncilId>>)]) -> Vec<CouncilFigures> {
    let mut of: BTreeMap<Option<CouncilId>, Lines> = BTreeMap::new();
    for (gathering, present) in attended {
        let mut people: BTreeMap<Option<CouncilId>, u32> = BTreeMap::new();
        for council in present {
            *people.entry(*council).or_default() += 1;
        }
        for (council, count) in people {
            let lines = of.entry(council).or_default();
            let (gatherings, hours) = lines.entry((gathering.kind, gathering.duty)).or_default();
            *gatherings += 1;
            for _ in 0..count {
                hours.add(gathering.duration_min);
            }
        }
    }
    let line = |((kind, duty), (gatherings, hours))| CouncilLine { kind, duty, gatherings, hours };
    of.into_iter()
        .map(|(council, lines)| CouncilFigures { council, lines: lines.into_iter().map(line).collect() })
        .collect()
}
