//! Which council each unit counts for, and how far it is from there on foot.

use std::collections::{BTreeMap, HashMap};

use crate::{
    clock::Date,
    councils::model::{
        Council, CouncilId, Figures, Home, HousingId, Links, PlannedUnit, Suggester, WalkFinder, figures,
    },
    layers::Layers,
    network::{graph::Graph, time::convention_s},
};

use super::{NetworkWalks, Register, suggesting::districts};

/// What each council has on a day. A unit in which somebody lives counts for the council that was decided for them; an empty one for that at
/// which the strongest hint points, or which is the nearest. Units that are let no more count while they are lived in.
#[must_use]
pub fn planned(
    register: &Register,
    (layers, graph): (&Layers, &Graph),
    (councils, links): (&[Council], &Links),
    day: Date,
) -> Figures {
    let suggester = Suggester::new(councils, links, districts(layers), NetworkWalks::new(graph), day);
    let walks = NetworkWalks::new(graph);
    let decided = register.decided_of(day);
    let mut suggested: HashMap<HousingId, Option<CouncilId>> = HashMap::new();
    let mut measured: HashMap<(HousingId, CouncilId), Option<u64>> = HashMap::new();
    let meeting: BTreeMap<CouncilId, _> =
        councils.iter().filter_map(|council| Some((council.id, council.meeting_place?))).collect();
    let lived_in: BTreeMap<_, _> = register
        .residencies
        .values()
        .filter(|one| one.facts.span.holds(day))
        .map(|one| (one.unit, one.id))
        .collect();
    let nobody = BTreeMap::new();
    let units = register.units.values().filter_map(|unit| {
        let residency = lived_in.get(&unit.id);
        let housing = register.housing.get(&unit.housing)?;
        if unit.facts.closed && residency.is_none() {
            return None;
        }
        let council = match residency {
            Some(id) => register.assignments.on(*id, day).and_then(|decision| decision.council),
            None => *suggested.entry(housing.id).or_insert_with(|| {
                let building = decided.get(&housing.id).unwrap_or(&nobody);
                let facts = &housing.facts;
                let home = Home { location: facts.location, address: &facts.address, building };
                let suggestion = suggester.suggest(&home);
                // What is doubtful still points somewhere: nothing is decided by it.
                suggestion.council.or_else(|| Some(suggestion.candidates.first()?.council))
            }),
        };
        let walk_s = council.and_then(|council| {
            *measured.entry((housing.id, council)).or_insert_with(|| {
                let walk = walks.walk(housing.facts.location, *meeting.get(&council)?);
                walk.on_network.then(|| convention_s(walk.metres))
            })
        });
        Some(PlannedUnit { housing: housing.id, council, lived_in: residency.is_some(), walk_s })
    });
    figures(councils.iter().map(|council| council.id), units)
}
