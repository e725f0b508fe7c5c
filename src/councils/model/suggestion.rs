//! Which council a home may belong to, with the reasons, and what makes that doubtful.
//!
//! Nothing is assigned by this: a registrar decides. What hints at a council, the stronger first:
//!
//! 1. a rule on addresses, which somebody wrote down;
//! 2. what was decided of the building's other homes, where all of them agree;
//! 3. the council's area, in which the home lies;
//! 4. the school district in which it lies, where that has one council alone;
//! 5. the nearest meeting place on foot, where nothing else hints at any.
//!
//! The strongest hint is suggested. Where it names several councils, where a weaker one names others and not the same, where nothing but
//! the distance hints at any, where a district is undecided, or where a council is named that the map does not have, there is a [`Doubt`] and nothing is suggested: the registrar has to
//! choose. Near a border ([`BORDER_M`]) the suggestion stands and says how near.

use std::collections::{BTreeMap, BTreeSet};

use geo::{
    BoundingRect as _, Contains as _, Intersects as _, LineString, MultiPolygon, Point, Polygon, Rect, coord,
};

use crate::{
    clock::Date,
    geo::{Position, distance_m},
    layers::PlaceId,
};

use super::{Council, CouncilId, Links, RuleId};

/// Nearer to a border than this, a home may be on the other side of it: maps are drawn by hand, and entrances are on streets.
pub const BORDER_M: f64 = 50.0;
/// So many meeting places are looked at for the nearest one on foot: those that are nearest as the crow flies.
const NEAREST: usize = 3;

/// A home for which a council is looked for.
#[derive(Clone, Debug)]
pub struct Home<'a> {
    /// Where its building's entrance is.
    pub location: Position,
    /// Its address.
    pub address: &'a str,
    /// What was decided of the other homes of its building: how many belong to which council.
    pub building: &'a BTreeMap<CouncilId, usize>,
}

/// How far it is to walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walk {
    /// In metres.
    pub metres: f64,
    /// Whether it follows the pedestrian network; otherwise it is as the crow flies.
    pub on_network: bool,
}

/// Measures ways on foot.
pub trait WalkFinder {
    /// How far it is from one place to another.
    fn walk(&self, from: Position, to: Position) -> Walk;
}

/// What hints at a council.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// A rule names the address.
    AddressRule(RuleId),
    /// So many homes of the building belong to it, and none to another.
    Building(usize),
    /// The home lies in its area.
    InArea,
    /// The home lies in a school district that it looks after.
    SchoolDistrict(PlaceId),
    /// Its meeting place is the nearest one on foot.
    Nearest,
}

impl Reason {
    /// How strong it is: the stronger, the smaller.
    const fn rank(self) -> usize {
        match self {
            Self::AddressRule(_) => 0,
            Self::Building(_) => 1,
            Self::InArea => 2,
            Self::SchoolDistrict(_) => 3,
            Self::Nearest => 4,
        }
    }
}

/// The hints that somebody wrote down by name, which settle what maps leave open.
const WRITTEN: usize = 2;
/// The hints that can contradict one another: all but the distance.
const TELLING: usize = 4;

/// Why a registrar should look twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt {
    /// The home is so many metres from where the areas of councils change.
    NearBorder(f64),
    /// The home lies in no area, though some councils have one.
    NoArea,
    /// The strongest hint names several councils: areas overlap, or a district has more than one.
    Several,
    /// A weaker hint names others.
    Disagreement,
    /// The school district is undecided.
    Undecided,
    /// A rule or a district names a council that is on the map no more, or not yet.
    Gone,
    /// Nothing but the distance hints at any.
    NoHint,
}

/// A council that a home may belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The council.
    pub council: CouncilId,
    /// What hints at it, the strongest first.
    pub reasons: Vec<Reason>,
    /// How far its meeting place is, where it has one.
    pub walk: Option<Walk>,
}

/// What is suggested of a home.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What is suggested; none where the registrar has to choose.
    pub council: Option<CouncilId>,
    /// The councils that something hints at, the strongest hint first, then the nearest.
    pub candidates: Vec<Candidate>,
    /// Why it is doubtful.
    pub doubts: Vec<Doubt>,
}

/// An area with the box around it, so that most are never looked into.
struct Area<T> {
    of: T,
    around: Rect,
    shape: MultiPolygon,
}

impl<T> Area<T> {
    fn new(of: T, shape: MultiPolygon) -> Option<Self> {
        Some(Self { of, around: shape.bounding_rect()?, shape })
    }

    fn holds(&self, point: Point) -> bool {
        self.around.intersects(&point) && self.shape.contains(&point)
    }
}

/// What hints at what.
struct Hints {
    /// At which council, the strongest hint first.
    of: BTreeMap<CouncilId, Vec<Reason>>,
    /// Whether the home's school district is undecided.
    undecided: bool,
    /// Whether a council is named that is on the map no more.
    gone: bool,
}

/// Suggests councils, on a day.
pub struct Suggester<'a, W> {
    councils: &'a [Council],
    links: &'a Links,
    day: Date,
    areas: Vec<Area<CouncilId>>,
    districts: Vec<Area<PlaceId>>,
    walks: W,
}

impl<'a, W: WalkFinder> Suggester<'a, W> {
    /// Of councils and what is said of them, and the areas of school districts.
    pub fn new(
        councils: &'a [Council],
        links: &'a Links,
        districts: impl IntoIterator<Item = (PlaceId, MultiPolygon)>,
        walks: W,
        day: Date,
    ) -> Self {
        let area = |council: &Council| Area::new(council.id, council.area.clone()?);
        Self {
            areas: councils.iter().filter_map(area).collect(),
            districts: districts.into_iter().filter_map(|(id, shape)| Area::new(id, shape)).collect(),
            councils,
            links,
            day,
            walks,
        }
    }

    /// What is suggested of a home.
    #[must_use]
    pub fn suggest(&self, home: &Home<'_>) -> Suggestion {
        let point = Point::from(home.location);
        let Hints { of: mut hints, undecided, gone } = self.hints(home, point);
        let (mut council, mut doubts) = judged(&hints, undecided);
        if gone {
            council = None;
            doubts.push(Doubt::Gone);
        }
        if !self.areas.is_empty() && !self.areas.iter().any(|area| area.holds(point)) {
            doubts.push(Doubt::NoArea);
        }
        if let Some(metres) = self.border(point) {
            doubts.push(Doubt::NearBorder(metres));
        }
        let walks = self.walks(home.location, &hints);
        let nearest = walks.iter().min_by(|(_, a), (_, b)| a.metres.total_cmp(&b.metres));
        if let Some((nearest, _)) = nearest
            && (hints.is_empty() || hints.contains_key(nearest))
        {
            hints.entry(*nearest).or_default().push(Reason::Nearest);
        }
        let candidate =
            |(council, reasons)| Candidate { council, reasons, walk: walks.get(&council).copied() };
        let mut candidates: Vec<Candidate> = hints.into_iter().map(candidate).collect();
        candidates.sort_by(|a, b| {
            let rank = |one: &Candidate| one.reasons.first().map_or(TELLING, |reason| reason.rank());
            let metres = |one: &Candidate| one.walk.map_or(f64::INFINITY, |walk| walk.metres);
            rank(a).cmp(&rank(b)).then(metres(a).total_cmp(&metres(b))).then(a.council.cmp(&b.council))
        });
        Suggestion { council, candidates, doubts }
    }

    fn hints(&self, home: &Home<'_>, point: Point) -> Hints {
        let mut hints: BTreeMap<CouncilId, Vec<Reason>> = BTreeMap::new();
        let mut gone = false;
        let mut hint = |council: CouncilId, reason: Reason| {
            let stands = self.stands(council);
            if stands {
                hints.entry(council).or_default().push(reason);
            }
            stands
        };
        if let Some(rule) = self.links.of_address(home.address, self.day) {
            gone |= !hint(rule.council, Reason::AddressRule(rule.id));
        }
        // After a merger all homes of a building have a council that is no more: that is no hint, and no doubt.
        if home.building.len() == 1 {
            for (council, homes) in home.building {
                hint(*council, Reason::Building(*homes));
            }
        }
        for area in self.areas.iter().filter(|area| area.holds(point)) {
            hint(area.of, Reason::InArea);
        }
        let mut undecided = false;
        for district in self.districts.iter().filter(|district| district.holds(point)) {
            let linked: BTreeSet<Option<CouncilId>> = self.links.of_district(district.of, self.day).collect();
            undecided |= linked.contains(&None);
            for council in linked.into_iter().flatten() {
                gone |= !hint(council, Reason::SchoolDistrict(district.of));
            }
        }
        Hints { of: hints, undecided, gone }
    }

    /// Whether a council still is.
    fn stands(&self, council: CouncilId) -> bool {
        self.councils.iter().any(|one| one.id == council)
    }

    /// How far it is to the meeting places of those that are hinted at, and of the nearest ones.
    fn walks(&self, home: Position, hints: &BTreeMap<CouncilId, Vec<Reason>>) -> BTreeMap<CouncilId, Walk> {
        let mut near: Vec<(f64, &Council, Position)> = self
            .councils
            .iter()
            .filter_map(|council| {
                let place = council.meeting_place?;
                Some((distance_m(home.into(), place.into()), council, place))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let wanted = |index: usize, council: &Council| index < NEAREST || hints.contains_key(&council.id);
        near.into_iter()
            .enumerate()
            .filter(|(index, (_, council, _))| wanted(*index, council))
            .map(|(_, (_, council, place))| (council.id, self.walks.walk(home, place)))
            .collect()
    }

    /// How near a border is, in metres, where it is nearer than [`BORDER_M`].
    fn border(&self, point: Point) -> Option<f64> {
        let metre = Metre::at(point);
        let (lon, lat) = (metre.lon * BORDER_M, metre.lat * BORDER_M);
        let reach = Rect::new(
            coord! { x: point.x() - lon, y: point.y() - lat },
            coord! { x: point.x() + lon, y: point.y() + lat },
        );
        // The border of one's own area counts as well as that of another: either may be drawn a street too far.
        let near = self.areas.iter().filter(|area| area.around.intersects(&reach));
        let rings = near.flat_map(|area| area.shape.iter()).flat_map(rings);
        let nearest = rings.map(|ring| metre.to_ring(point, ring)).fold(f64::INFINITY, f64::min);
        (nearest < BORDER_M).then_some(nearest)
    }
}

/// Which council the hints settle, and why they do not.
fn judged(hints: &BTreeMap<CouncilId, Vec<Reason>>, undecided: bool) -> (Option<CouncilId>, Vec<Doubt>) {
    let mut named: [BTreeSet<CouncilId>; TELLING] = Default::default();
    for (council, reasons) in hints {
        for reason in reasons {
            if let Some(named) = named.get_mut(reason.rank()) {
                named.insert(*council);
            }
        }
    }
    let Some(strongest) = named.iter().position(|councils| !councils.is_empty()) else {
        return (None, vec![if undecided { Doubt::Undecided } else { Doubt::NoHint }]);
    };
    let mut doubts = Vec::new();
    if named[strongest].len() > 1 {
        doubts.push(Doubt::Several);
    }
    let council = named[strongest].first().copied();
    let others = named[strongest + 1..].iter().filter(|councils| !councils.is_empty());
    if others.clone().any(|councils| councils.is_disjoint(&named[strongest])) {
        doubts.push(Doubt::Disagreement);
    }
    if undecided && strongest >= WRITTEN {
        doubts.push(Doubt::Undecided);
    }
    (council.filter(|_| doubts.is_empty()), doubts)
}

fn rings(polygon: &Polygon) -> impl Iterator<Item = &LineString> {
    [polygon.exterior()].into_iter().chain(polygon.interiors())
}

/// Degrees that a metre is long around a place. Over a few hundred metres a plane is exact to the millimetre.
struct Metre {
    lon: f64,
    lat: f64,
}

impl Metre {
    fn at(point: Point) -> Self {
        // Of WGS 84: lengths of a degree along the meridian and the parallel.
        let lat = point.y().to_radians();
        let meridian = 111_132.92 - 559.82 * (2.0 * lat).cos() + 1.175 * (4.0 * lat).cos();
        let parallel = 111_412.84 * lat.cos() - 93.5 * (3.0 * lat).cos();
        Self { lon: 1.0 / parallel.max(1.0), lat: 1.0 / meridian }
    }

    /// How far a place is from a ring, in metres.
    fn to_ring(&self, point: Point, ring: &LineString) -> f64 {
        let at = |coord: &geo::Coord| [(coord.x - point.x()) / self.lon, (coord.y - point.y()) / self.lat];
        ring.0.windows(2).map(|pair| from_origin(at(&pair[0]), at(&pair[1]))).fold(f64::INFINITY, f64::min)
    }
}

/// How far the origin is from a piece of a line.
fn from_origin([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (ax + along * dx).hypot(ay + along * dy)
}
