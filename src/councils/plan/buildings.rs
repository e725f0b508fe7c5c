//! The buildings that a file names.

use std::collections::HashMap;

use crate::{
    councils::{
        file::Draft,
        model::{HousingFacts, HousingId},
    },
    geo::Position,
    sheet::Reason,
};

use super::{
    Known, Step,
    known::plain,
    merging::{Drafts, Placed, Refusals},
};

/// Nearer than this, in degrees, two positions are one: files round them.
const SAME_DEG: f64 = 1e-7;

/// Which building is meant.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Target {
    Known(HousingId),
    New(String),
}

/// A building of the file: what its rows say of it, and which of them said it first.
struct Named<'d> {
    target: Target,
    name: &'d str,
    address: Option<(u64, &'d str)>,
    location: Option<(u64, Position)>,
    rows: Vec<(usize, &'d Draft)>,
}

/// Finds the building of each row. Returns the buildings, and each row with the number of its building.
pub(super) fn merge<'d>(
    drafts: Drafts<'d>,
    known: &Known<'_>,
    refusals: &mut Refusals,
) -> (Vec<Step<HousingId, HousingFacts>>, Placed<'d>) {
    let mut named: Vec<Named<'d>> = Vec::new();
    let mut places: HashMap<Target, usize> = HashMap::new();
    for (index, draft) in drafts {
        let Some(target) = refusals.take(index, target(draft, known)) else { continue };
        let place = *places.entry(target.clone()).or_insert_with(|| {
            named.push(Named {
                target,
                name: &draft.housing,
                address: None,
                location: None,
                rows: Vec::new(),
            });
            named.len() - 1
        });
        let Some(building) = named.get_mut(place) else { continue };
        if refusals.take(index, building.learn(draft)).is_some() {
            building.rows.push((index, draft));
        }
    }
    let (mut steps, mut homes) = (Vec::new(), Vec::new());
    for building in named {
        match building.step(known) {
            Ok(step) => {
                homes.extend(building.rows.into_iter().map(|(index, draft)| (index, draft, steps.len())));
                steps.push(step);
            }
            Err(reason) => {
                for (index, _) in building.rows {
                    refusals.add(index, reason.clone());
                }
            }
        }
    }
    homes.sort_by_key(|(index, ..)| *index);
    (steps, homes)
}

fn target(draft: &Draft, known: &Known<'_>) -> Result<Target, Reason> {
    let mut found: Vec<_> = known.housing_named(&draft.housing).collect();
    if found.len() > 1 {
        let address = draft.address.as_deref().map(plain);
        found.retain(|one| address.as_ref() == Some(&plain(&one.facts.address)));
    } else if found.is_empty() {
        return Ok(Target::New(plain(&draft.housing)));
    }
    match found.as_slice() {
        [one] => Ok(Target::Known(one.id)),
        _ => Err(Reason::new(
            format!(
                "「{}」という住宅が台帳に複数あります。台帳と同じ住所を書いて区別してください。",
                draft.housing
            ),
            format!(
                "Several buildings of the register are called “{}”. Please write the address as the register has it.",
                draft.housing
            ),
        )),
    }
}

impl<'d> Named<'d> {
    /// Takes in what a row says; what another row says otherwise cannot be right.
    fn learn(&mut self, draft: &'d Draft) -> Result<(), Reason> {
        if let (Some((line, known)), Some(said)) = (self.address, &draft.address)
            && plain(known) != plain(said)
        {
            return Err(differs("住所", "address", line));
        }
        if let (Some((line, known)), Some(said)) = (self.location, draft.location)
            && !is_same(known, said)
        {
            return Err(differs("経度・緯度", "position", line));
        }
        let line = draft.line;
        self.address = self.address.or_else(|| Some((line, draft.address.as_deref()?)));
        self.location = self.location.or_else(|| Some((line, draft.location?)));
        Ok(())
    }

    fn step(&self, known: &Known<'_>) -> Result<Step<HousingId, HousingFacts>, Reason> {
        let (address, location) = (self.address.map(|(_, text)| text), self.location.map(|(_, place)| place));
        if let Target::Known(id) = self.target
            && let Some(housing) = known.housing.get(&id)
        {
            let before = housing.facts.clone();
            let mut after = before.clone();
            if let Some(address) = address.filter(|text| plain(text) != plain(&before.address)) {
                address.clone_into(&mut after.address);
            }
            if let Some(location) = location.filter(|place| !is_same(*place, before.location)) {
                after.location = location;
            }
            return Ok(Step::Known { id, version: housing.version, before, after });
        }
        let (Some(address), Some(location)) = (address, location) else {
            return Err(Reason::new(
                format!(
                    "「{}」は台帳にない住宅です。住所と、経度・緯度を書くか、先に「住宅と入居者」で追加してください。",
                    self.name
                ),
                format!(
                    "“{}” is not in the register. Please write its address, longitude and latitude, or add it under “Housing and residents” first.",
                    self.name
                ),
            ));
        };
        Ok(Step::New(HousingFacts {
            name: self.name.to_owned(),
            address: address.to_owned(),
            location,
            note: String::new(),
        }))
    }
}

fn is_same(one: Position, other: Position) -> bool {
    one.0.iter().zip(other.0).all(|(one, other)| (one - other).abs() < SAME_DEG)
}

fn differs(ja: &str, en: &str, line: u64) -> Reason {
    Reason::new(
        format!("同じ住宅の{ja}が{line}行目と違います。どちらかに揃えてください。"),
        format!("The {en} of this building differs from that on line {line}. Please write the same."),
    )
}
