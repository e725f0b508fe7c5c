//! Rules of residencies, assignments and suggestions.

mod figures;
mod real_districts;

use std::collections::{BTreeMap, BTreeSet};

use geo::{MultiPolygon, polygon};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    geo::{Position, distance_m},
    layers::PlaceId,
    staff::StaffId,
};

use super::*;

const TODAY: Date = Date::constant(2026, 11, 29);

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn span(from: &str, until: Option<&str>) -> Span {
    Span::new(day(from), until.map(day)).unwrap()
}

fn residency(number: u128, unit: u128, staff: u128, span: Span) -> Residency {
    Residency {
        id: ResidencyId(Uuid::from_u128(number)),
        unit: UnitId(Uuid::from_u128(unit)),
        version: 1,
        facts: ResidencyFacts {
            staff: StaffId(Uuid::from_u128(staff)),
            span,
            settled: false,
            note: String::new(),
            muster: None,
        },
    }
}

fn council(name: &str) -> CouncilId {
    CouncilId(PlaceId::of_record("councils", name))
}

fn decided(residency: u128, number: i64, from: &str, of: Option<&str>) -> Decided {
    Decided {
        residency: ResidencyId(Uuid::from_u128(residency)),
        number,
        decision: Decision {
            council: of.map(council),
            from: day(from),
            as_suggested: true,
            reason: String::new(),
            by: AccountId(Uuid::nil()),
            at: Timestamp::UNIX_EPOCH,
        },
    }
}

/// As the crow flies.
struct Crow;

impl WalkFinder for Crow {
    fn walk(&self, from: Position, to: Position) -> Walk {
        Walk { metres: distance_m(from.into(), to.into()), on_network: false }
    }
}

/// A square of a hundredth of a degree whose south-western corner is there.
fn square(lon: f64, lat: f64) -> MultiPolygon {
    MultiPolygon(vec![polygon![
        (x: lon, y: lat), (x: lon + 0.01, y: lat), (x: lon + 0.01, y: lat + 0.01), (x: lon, y: lat + 0.01),
    ]])
}

/// West, and east of it; east's people meet in the west of their area.
fn councils() -> Vec<Council> {
    let one = |name: &str, lon: f64, meeting: f64| Council {
        id: council(name),
        name: name.to_owned(),
        area: Some(square(lon, 35.0)),
        meeting_place: Some(Position([meeting, 35.005])),
    };
    vec![one("west", 139.0, 139.001), one("east", 139.01, 139.011)]
}

fn suggest(
    councils: &[Council],
    links: &Links,
    home: ([f64; 2], &str),
    building: &[(&str, usize)],
) -> Suggestion {
    let building: BTreeMap<CouncilId, usize> =
        building.iter().map(|(name, homes)| (council(name), *homes)).collect();
    let district = PlaceId::of_record("school_districts", "1");
    let suggester = Suggester::new(councils, links, [(district, square(139.0, 35.0))], Crow, TODAY);
    suggester.suggest(&Home { location: Position(home.0), address: home.1, building: &building })
}

const IN_WEST: ([f64; 2], &str) = ([139.005, 35.005], "見本町1-2-3");

#[test]
fn the_area_in_which_a_home_lies_is_suggested() {
    let found = suggest(&councils(), &Links::default(), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (Some(council("west")), vec![]));
    assert_eq!(found.candidates[0].reasons, [Reason::InArea, Reason::Nearest]);
    assert!((found.candidates[0].walk.unwrap().metres - 365.0).abs() < 1.0, "{:?}", found.candidates[0]);
}

#[test]
fn a_nearer_meeting_place_of_another_council_is_no_doubt() {
    let found = suggest(&councils(), &Links::default(), ([139.009, 35.005], ""), &[]);
    assert_eq!(found.council, Some(council("west")));
    assert_eq!(found.candidates[0].reasons, [Reason::InArea]);
    assert_eq!(found.doubts, []);
}

#[test]
fn near_a_border_it_says_how_near() {
    let found = suggest(&councils(), &Links::default(), ([139.0098, 35.005], ""), &[]);
    assert_eq!(found.council, Some(council("west")));
    let [Doubt::NearBorder(metres)] = found.doubts[..] else { panic!("{:?}", found.doubts) };
    assert!((metres - 18.3).abs() < 0.2, "{metres}");
}

#[test]
fn where_areas_overlap_the_registrar_chooses() {
    let mut councils = councils();
    councils[1].area = councils[0].area.clone();
    let found = suggest(&councils, &Links::default(), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::Several]));
    assert_eq!(found.candidates.len(), 2);
    // A rule settles it.
    let found = suggest(&councils, &ruled("見本町1丁目", "east"), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (Some(council("east")), vec![]));
}

#[test]
fn outside_all_areas_only_the_distance_is_known_and_nothing_is_suggested() {
    let found = suggest(&councils(), &Links::default(), ([139.005, 35.03], ""), &[]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::NoHint, Doubt::NoArea]));
    assert_eq!(found.candidates[0].council, council("west"));
    assert_eq!(found.candidates[0].reasons, [Reason::Nearest]);
}

#[test]
fn a_rule_that_contradicts_the_area_is_not_followed_silently() {
    let found = suggest(&councils(), &ruled("見本町1丁目", "east"), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::Disagreement]));
    assert!(matches!(found.candidates[0].reasons[0], Reason::AddressRule(_)), "{:?}", found.candidates);
}

#[test]
fn a_buildings_other_homes_count_where_they_agree() {
    let found = suggest(&councils(), &Links::default(), IN_WEST, &[("west", 3)]);
    assert_eq!(found.candidates[0].reasons, [Reason::Building(3), Reason::InArea, Reason::Nearest]);
    let found = suggest(&councils(), &Links::default(), IN_WEST, &[("east", 3)]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::Disagreement]));
    let found = suggest(&councils(), &Links::default(), IN_WEST, &[("east", 3), ("west", 1)]);
    assert_eq!(found.candidates[0].reasons, [Reason::InArea, Reason::Nearest]);
}

#[test]
fn a_district_hints_and_an_undecided_one_leaves_it_open() {
    let mut bare = councils();
    for one in &mut bare {
        one.area = None;
    }
    let found = suggest(&bare, &linked(&[Some("east")]), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (Some(council("east")), vec![]));
    let found = suggest(&bare, &linked(&[Some("east"), Some("west")]), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::Several]));
    let found = suggest(&bare, &linked(&[None]), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::Undecided]));
    // With an area, an undecided district is still a reason to choose; a rule settles it.
    let found = suggest(&councils(), &linked(&[None]), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::Undecided]));
    let links = Links { rules: ruled("見本町", "west").rules, ..linked(&[None]) };
    assert_eq!(suggest(&councils(), &links, IN_WEST, &[]).council, Some(council("west")));
    // A district that has the area's council among others agrees with it.
    let found = suggest(&councils(), &linked(&[Some("east"), Some("west")]), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (Some(council("west")), vec![]));
}

#[test]
fn what_is_over_hints_at_nothing() {
    let mut links = ruled("見本町", "east");
    links.rules[0].span = span("2020-04-01", Some("2026-03-31"));
    assert_eq!(suggest(&councils(), &links, IN_WEST, &[]).council, Some(council("west")));
    // After a merger the building's other homes hint at nothing.
    assert_eq!(
        suggest(&councils(), &Links::default(), IN_WEST, &[("gone", 3)]).council,
        Some(council("west"))
    );
}

#[test]
fn a_rule_that_names_a_council_that_is_gone_is_not_passed_over() {
    let found = suggest(&councils(), &ruled("見本町", "gone"), IN_WEST, &[]);
    assert_eq!((found.council, found.doubts), (None, vec![Doubt::Gone]));
    assert_eq!(found.candidates[0].council, council("west"));
}

fn ruled(beginning: &str, of: &str) -> Links {
    let rule = AddressRule {
        id: RuleId(Uuid::nil()),
        beginning: beginning.to_owned(),
        council: council(of),
        span: span("2020-04-01", None),
    };
    Links { rules: vec![rule], ..Links::default() }
}

fn linked(of: &[Option<&str>]) -> Links {
    let district = PlaceId::of_record("school_districts", "1");
    let link = |of: Option<&str>| DistrictLink {
        district,
        council: of.map(council),
        span: span("2020-04-01", None),
        note: String::new(),
    };
    Links { districts: of.iter().copied().map(link).collect(), ..Links::default() }
}

#[test]
fn an_address_begins_with_a_rule_however_it_is_written() {
    for (beginning, address, fits) in [
        ("見本町一丁目", "見本町1-2-3", true),
        ("見本町1丁目", "見本町 １丁目２番３号", true),
        ("見本町1-1", "見本町1丁目12番", false),
        ("見本町1-1", "見本町一丁目1番2号", true),
        ("見本町十一丁目", "見本町1-1-1", false),
        ("見本町", "見本町北1-1", true),
        ("見本町2", "見本町1-2", false),
        ("", "見本町1-2", false),
    ] {
        let links = ruled(beginning, "west");
        assert_eq!(links.of_address(address, TODAY).is_some(), fits, "{beginning}: {address}");
    }
    // The longer one is the more exact one.
    let mut links = ruled("見本町", "west");
    links.rules.extend(ruled("見本町1-2", "east").rules);
    assert_eq!(links.of_address("見本町1-2-3", TODAY).unwrap().council, council("east"));
}

#[test]
fn a_unit_has_one_resident_and_nobody_has_two_units() {
    let others = [
        residency(1, 1, 1, span("2025-04-01", Some("2026-03-31"))),
        residency(2, 2, 2, span("2026-04-01", None)),
    ];
    let meant =
        |staff: u128, from: &str, until: Option<&str>| residency(9, 9, staff, span(from, until)).facts;
    let unit = |number| UnitId(Uuid::from_u128(number));
    let id = |number| ResidencyId(Uuid::from_u128(number));
    assert_eq!(clash(None, unit(1), &meant(3, "2026-04-01", None), &others), None);
    assert_eq!(clash(None, unit(1), &meant(3, "2026-03-31", None), &others), Some(Clash::UnitTaken(id(1))));
    assert_eq!(
        clash(None, unit(3), &meant(2, "2027-01-01", None), &others),
        Some(Clash::LivesElsewhere(id(2)))
    );
    assert_eq!(clash(None, unit(3), &meant(2, "2025-01-01", Some("2026-03-31")), &others), None);
    assert_eq!(clash(Some(id(2)), unit(2), &meant(2, "2026-05-01", None), &others), None);
}

#[test]
fn the_latest_decision_that_has_begun_counts() {
    let assignments = Assignments::new([
        decided(1, 3, "2027-04-01", Some("east")),
        decided(1, 1, "2026-04-01", Some("west")),
        decided(1, 2, "2026-04-01", Some("east")),
        decided(2, 1, "2026-04-01", None),
    ]);
    let of = |number: u128, on: &str| {
        let found = assignments.on(ResidencyId(Uuid::from_u128(number)), day(on));
        found.map(|decision| decision.council)
    };
    assert_eq!(of(1, "2026-03-31"), None);
    assert_eq!(of(1, "2026-04-01"), Some(Some(council("east"))), "the later of one day");
    assert_eq!(of(2, "2026-04-01"), Some(None), "undecided is a decision");
    assert_eq!(of(3, "2026-04-01"), None);
}

#[test]
fn moving_in_out_and_mergers_raise_tasks() {
    let residencies = [
        residency(1, 1, 1, span("2026-04-01", None)),
        residency(2, 2, 2, span("2026-04-01", None)),
        residency(3, 3, 3, span("2026-04-01", None)),
        residency(4, 4, 4, span("2026-04-01", Some("2026-10-31"))),
        residency(5, 5, 5, span("2026-12-15", None)),
        residency(6, 6, 6, span("2027-04-01", None)),
        residency(7, 7, 7, span("2026-04-01", None)),
    ];
    let assignments = Assignments::new([
        decided(2, 1, "2026-04-01", Some("gone")),
        decided(3, 1, "2026-04-01", None),
        decided(4, 1, "2026-04-01", Some("west")),
        decided(7, 1, "2026-04-01", Some("west")),
    ]);
    let found = tasks(&residencies, &assignments, &BTreeSet::from([council("west")]), TODAY);
    let found: Vec<(u128, TaskKind)> =
        found.iter().map(|task| (task.residency.0.as_u128(), task.kind)).collect();
    assert_eq!(
        found,
        [
            (1, TaskKind::Assign),
            (3, TaskKind::Undecided),
            (4, TaskKind::MovedOut),
            (2, TaskKind::Reassign),
            (5, TaskKind::Assign)
        ]
    );
}

proptest! {
    /// Two spans meet exactly when some day is in both.
    #[test]
    fn spans_meet_when_they_share_a_day(a in 0i64..40, b in 0i64..40, c in 0i64..40, d in 0i64..40, open in any::<bool>()) {
        let at = |days: i64| TODAY.checked_add(jiff::ToSpan::days(days)).unwrap();
        let one = Span::new(at(a.min(b)), (!open).then(|| at(a.max(b)))).unwrap();
        let other = Span::new(at(c.min(d)), Some(at(c.max(d)))).unwrap();
        let shared = (0..40).map(at).any(|day| one.holds(day) && other.holds(day));
        prop_assert_eq!(one.meets(other), shared);
        prop_assert_eq!(other.meets(one), shared);
    }

    /// What is suggested is always a candidate, the first of them, and stands.
    #[test]
    fn only_the_first_candidate_is_suggested(lon in 138.98f64..139.04, lat in 34.98f64..35.03, building in 0usize..3, ruled_east in any::<bool>()) {
        let links = if ruled_east { ruled("見本町", "east") } else { Links::default() };
        let building: Vec<(&str, usize)> = [("east", 1), ("west", 2)].into_iter().take(building).collect();
        let found = suggest(&councils(), &links, ([lon, lat], "見本町1"), &building);
        prop_assert!(!found.candidates.is_empty());
        if let Some(council) = found.council {
            prop_assert_eq!(council, found.candidates[0].council);
            prop_assert!(found.candidates[0].reasons.iter().any(|reason| *reason != Reason::Nearest));
        } else {
            prop_assert!(!found.doubts.is_empty());
        }
    }
}
