//! Who is walking: what each link costs them, in millimetres of plain way.

use serde::{Deserialize, Serialize};

use super::model::{Attributes, Kind, Node, Slope};

/// Who is walking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Somebody who can climb stairs.
    #[default]
    Walk,
    /// Somebody who cannot: no stairs, no escalators, no step over 2 cm; narrow and steep ways are
    /// avoided where that is known.
    StepFree,
}

/// What waiting for a lift costs: half a minute's walk.
const LIFT_MM: u32 = 40_000;

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 2] = [Self::Walk, Self::StepFree];

    /// What a link of that length costs, apart from its direction; `None` where one cannot go. Never less
    /// than its length.
    #[must_use]
    pub fn cost(self, length_mm: u32, what: &Attributes) -> Option<u32> {
        let mut cost = f64::from(length_mm);
        if self == Self::StepFree {
            let barred = what.step || what.no_wheels;
            if barred || matches!(what.kind, Kind::Stairs | Kind::Escalator | Kind::MovingWalk) {
                return None;
            }
            cost *= match what.width_cm {
                1..100 => 3.0,
                100..120 => 1.2,
                _ => 1.0,
            };
            if what.slope == Slope::Steep && what.kind != Kind::Lift {
                cost *= 2.0;
            }
        }
        let cost = (cost.ceil() as u32).min(u32::MAX / 4);
        Some(cost + if what.kind == Kind::Lift { LIFT_MM } else { 0 })
    }

    /// What passing a node costs; `None` where one cannot pass.
    #[must_use]
    pub fn passing(self, node: &Node) -> Option<u32> {
        match self {
            _ if node.closed => None,
            Self::StepFree if node.step => None,
            _ => Some(if node.lift { LIFT_MM } else { 0 }),
        }
    }
}
