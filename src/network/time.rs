//! How long a walk takes, in two ways.

use super::model::Kind;

/// 表示規約: the time of property advertisements (不動産の表示に関する公正競争規約施行規則), 80 metres a
/// minute and what is left over rounded up, in seconds.
///
/// ```
/// use machiaruki::network::time::convention_s;
/// assert_eq!(convention_s(80.0), 60);
/// assert_eq!(convention_s(81.0), 120);
/// assert_eq!(convention_s(0.0), 0);
/// ```
#[must_use]
pub fn convention_s(metres: f64) -> u64 {
    (metres / 80.0).ceil() as u64 * 60
}

/// Millimetres a second on plain ways: 4.8 km/h, as in the convention.
const PLAIN: f64 = 80_000.0 / 60.0;

/// How long one goes over that many millimetres of plain way, in seconds.
#[must_use]
pub fn plain_s(length_mm: u64) -> f64 {
    length_mm as f64 / PLAIN
}

/// How long one goes over a piece of that kind and length, in seconds, without waiting.
#[must_use]
pub fn going_s(kind: Kind, length_mm: u32) -> f64 {
    let speed = match kind {
        Kind::Stairs | Kind::Escalator => 500.0,
        Kind::Ramp => 1_000.0,
        Kind::Lift => return 0.0,
        _ => PLAIN,
    };
    f64::from(length_mm) / speed
}

/// How long one waits, once for each, in seconds.
#[must_use]
pub const fn waiting_s(kind: Kind, signals: bool) -> f64 {
    match (kind, signals) {
        (Kind::Lift, _) => 45.0,
        (Kind::Crossing, true) => 30.0,
        (Kind::Crossing, false) => 5.0,
        (Kind::RailwayCrossing, _) => 20.0,
        _ => 0.0,
    }
}
