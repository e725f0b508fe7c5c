//! Homes counted by council.

use super::*;

fn unit(housing: u128, of: Option<&str>, lived_in: bool, walk_s: Option<u64>) -> PlannedUnit {
    PlannedUnit { housing: HousingId(Uuid::from_u128(housing)), council: of.map(council), lived_in, walk_s }
}

#[test]
fn each_unit_counts_once_and_councils_without_any_are_there() {
    let found = figures(
        ["west", "east", "empty"].map(council),
        [
            unit(1, Some("west"), true, Some(300)),
            unit(1, Some("west"), false, Some(300)),
            unit(2, Some("west"), true, Some(360)),
            unit(2, Some("east"), true, Some(960)),
            unit(2, Some("east"), false, None),
            unit(3, Some("east"), false, Some(900)),
            unit(3, None, true, None),
            // A council that is no more.
            unit(3, Some("gone"), true, Some(60)),
        ],
    );
    let west = &found.councils[&council("west")];
    assert_eq!((west.buildings, west.units, west.residents), (2, 3, 2));
    assert_eq!(west.minutes, Minutes { to_5: 2, to_10: 1, ..Minutes::default() });
    let east = &found.councils[&council("east")];
    assert_eq!(east.minutes, Minutes { to_15: 1, over_15: 1, unreachable: 1, ..Minutes::default() });
    assert_eq!(found.councils[&council("empty")], CouncilFigures::default());
    assert_eq!((found.without.buildings, found.without.units, found.without.residents), (1, 2, 2));
}
