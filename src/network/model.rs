//! What a pedestrian network is made of, before it is a graph: nodes and links of one source.

use serde::Serialize;

/// A place in units of 10⁻⁷ degrees, longitude first: a centimetre on the ground.
pub type Spot = [i32; 2];

/// Degrees as a [`Spot`]; `None` out of the world.
#[must_use]
pub fn spot([lon, lat]: [f64; 2]) -> Option<Spot> {
    // NaN is in no range.
    let in_world = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
    in_world.then(|| [(lon * 1e7).round() as i32, (lat * 1e7).round() as i32])
}

/// A [`Spot`] in degrees.
#[must_use]
pub fn degrees([lon, lat]: Spot) -> [f64; 2] {
    // Division rounds correctly, so that 139.7511 comes back as 139.7511.
    [f64::from(lon) / 1e7, f64::from(lat) / 1e7]
}

/// The kind of way that a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Kind {
    /// A street, a pavement or a path.
    Plain,
    /// Stairs.
    Stairs,
    /// A lift.
    Lift,
    /// A ramp.
    Ramp,
    /// An escalator.
    Escalator,
    /// A moving walkway.
    MovingWalk,
    /// A crossing of a street.
    Crossing,
    /// A crossing of a railway.
    RailwayCrossing,
    /// A footbridge.
    Footbridge,
    /// An underground passage.
    Underpass,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::Plain,
        Self::Stairs,
        Self::Lift,
        Self::Ramp,
        Self::Escalator,
        Self::MovingWalk,
        Self::Crossing,
        Self::RailwayCrossing,
        Self::Footbridge,
        Self::Underpass,
    ];
}

/// How steep a link is, from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Slope {
    /// Nobody says.
    #[default]
    Unknown,
    /// At most 5 %.
    Gentle,
    /// More than 5 %.
    Steep,
}

impl Slope {
    /// Of a gradient in percent, uphill or downhill.
    #[must_use]
    pub fn of_percent(percent: f64) -> Self {
        if percent.abs() > 5.0 { Self::Steep } else { Self::Gentle }
    }
}

/// What is known of a link.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// The kind of way.
    pub kind: Kind,
    /// Whether there is a step over 2 cm.
    pub step: bool,
    /// Whether wheels are told to stay away.
    pub no_wheels: bool,
    /// Whether a crossing has signals.
    pub signals: bool,
    /// Whether one may walk from its start to its end.
    pub forward: bool,
    /// Whether one may walk from its end to its start.
    pub backward: bool,
    /// The width in centimetres; 0 when nobody says.
    pub width_cm: u16,
    /// How steep it is.
    pub slope: Slope,
    /// Twice the level: 0 is the ground, −2 the first basement.
    pub level: i8,
}

impl Default for Attributes {
    fn default() -> Self {
        Self {
            kind: Kind::Plain,
            step: false,
            no_wheels: false,
            signals: false,
            forward: true,
            backward: true,
            width_cm: 0,
            slope: Slope::Unknown,
            level: 0,
        }
    }
}

/// A node of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it is.
    pub at: Spot,
    /// Twice its level.
    pub level: i8,
    /// Whether it cannot be passed at all, such as a locked gate.
    pub closed: bool,
    /// Whether it cannot be passed without a step, such as a raised kerb.
    pub step: bool,
    /// Whether it is a lift.
    pub lift: bool,
}

/// A link of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The node from which it starts.
    pub from: u32,
    /// The node at which it ends.
    pub to: u32,
    /// The points between the two.
    pub shape: Vec<Spot>,
    /// What is known of it.
    pub attributes: Attributes,
    /// Its length in millimetres where the source says it and its line does not, such as of a lift.
    pub said_mm: u32,
    /// Its id in the source.
    pub origin: String,
}

/// The network of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its links. Their ends are among the nodes.
    pub links: Vec<Link>,
}

impl Link {
    /// Its points from start to end.
    pub fn points<'a>(&'a self, nodes: &'a [Node]) -> impl Iterator<Item = Spot> + 'a {
        let (from, to) = (nodes[self.from as usize].at, nodes[self.to as usize].at);
        std::iter::once(from).chain(self.shape.iter().copied()).chain(std::iter::once(to))
    }

    /// Its length in millimetres.
    #[must_use]
    pub fn length_mm(&self, nodes: &[Node]) -> u32 {
        let points: Vec<Spot> = self.points(nodes).collect();
        let metres: f64 = points.windows(2).map(|pair| super::measure::metres(pair[0], pair[1])).sum();
        // Rounded up: a path is never shorter than the straight line.
        ((metres * 1000.0).ceil() as u32).max(self.said_mm)
    }
}
