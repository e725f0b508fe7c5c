//! What lists of homes change, and what they never do.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    clock::Date,
    councils::{
        file::{self, Draft, Line, Resident},
        model::{Span, clash},
    },
    geo::Position,
    http::Language,
    staff::StaffId,
    table::{TableFormat, write},
};

use super::*;

const TODAY: Date = Date::constant(2026, 11, 29);

/// A register in memory.
#[derive(Clone, Debug, Default, PartialEq)]
struct Book {
    housing: BTreeMap<HousingId, Housing>,
    units: BTreeMap<UnitId, Unit>,
    residencies: BTreeMap<ResidencyId, Residency>,
    drawn: u128,
}

impl Book {
    fn id(&mut self) -> Uuid {
        self.drawn += 1;
        Uuid::from_u128(self.drawn)
    }

    fn building(&mut self, name: &str) -> HousingId {
        let id = HousingId(self.id());
        let facts = HousingFacts {
            name: name.into(),
            address: format!("架空町{name}"),
            location: Position([139.75, 35.66]),
            note: "台帳の備考".into(),
        };
        self.housing.insert(id, Housing { id, version: 1, facts });
        id
    }

    fn unit(&mut self, housing: HousingId, name: &str) -> UnitId {
        let id = UnitId(self.id());
        let facts = UnitFacts { name: name.into(), closed: false, note: String::new() };
        self.units.insert(id, Unit { id, housing, version: 1, facts });
        id
    }

    fn lives(&mut self, unit: UnitId, number: u32, from: &str, until: Option<&str>) -> ResidencyId {
        let id = ResidencyId(self.id());
        let span = Span::new(day(from), until.map(day)).unwrap();
        let facts =
            ResidencyFacts { staff: staff(number), span, settled: false, note: String::new(), muster: None };
        self.residencies.insert(id, Residency { id, unit, version: 1, facts });
        id
    }

    /// Staff 1 to 9 are on the roster.
    fn plan(&self, listing: &Listing) -> Plan {
        let numbers: HashMap<String, StaffId> =
            (1..10).map(|number| (number.to_string(), staff(number))).collect();
        plan(listing, &Known::new(&self.housing, &self.units, &self.residencies, numbers), TODAY)
    }

    /// Does what a plan says.
    fn with(&self, plan: &Plan) -> Self {
        let mut book = self.clone();
        let (mut housing, mut units) = (Vec::new(), Vec::new());
        for step in &plan.housing {
            let id = step.id().unwrap_or_else(|| HousingId(book.id()));
            housing.push(id);
            book.housing.insert(id, Housing { id, version: 1, facts: step.after().clone() });
        }
        for unit in &plan.units {
            let id = unit.step.id().unwrap_or_else(|| UnitId(book.id()));
            units.push(id);
            let facts = unit.step.after().clone();
            book.units.insert(id, Unit { id, housing: housing[unit.housing], version: 1, facts });
        }
        for stay in &plan.stays {
            let id = stay.step.id().unwrap_or_else(|| ResidencyId(book.id()));
            let facts = stay.step.after().clone();
            book.residencies.insert(id, Residency { id, unit: units[stay.unit], version: 1, facts });
        }
        book
    }

    /// Whether no home has two residents and nobody two homes.
    fn holds_together(&self) -> bool {
        let all: Vec<&Residency> = self.residencies.values().collect();
        all.iter().all(|one| clash(Some(one.id), one.unit, &one.facts, all.iter().copied()).is_none())
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for unit in self.units.values() {
            let housing = &self.housing[&unit.housing].facts;
            let line = |resident| Line {
                housing: housing.name.clone(),
                address: housing.address.clone(),
                location: housing.location,
                unit: unit.facts.name.clone(),
                resident,
                note: String::new(),
            };
            let stays = self.residencies.values().filter(|one| one.unit == unit.id).map(|one| {
                let (number, span) = (one.facts.staff.0.as_u128().to_string(), one.facts.span);
                line(Some((number, span.from(), span.until())))
            });
            let stays: Vec<Line> = stays.collect();
            lines.extend(if stays.is_empty() { vec![line(None)] } else { stays });
        }
        lines
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn staff(number: u32) -> StaffId {
    StaffId(Uuid::from_u128(number.into()))
}

/// Rows of a file: building, unit, number, from, until.
fn listing(rows: &[[&str; 5]]) -> Listing {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let draft = |(index, [housing, unit, number, from, until]): (usize, &[&str; 5])| Draft {
        line: index as u64 + 2,
        housing: (*housing).into(),
        address: None,
        location: None,
        unit: (*unit).into(),
        resident: some(number).map(|number| Resident {
            number,
            from: some(from).map(|text| day(&text)),
            until: some(until).map(|text| day(&text)),
        }),
        note: None,
    };
    Listing { drafts: rows.iter().enumerate().map(draft).collect(), ..Listing::default() }
}

fn placed(mut listing: Listing) -> Listing {
    for draft in &mut listing.drafts {
        draft.address = Some(format!("架空町{}", draft.housing));
        draft.location = Some(Position([139.75, 35.66]));
    }
    listing
}

fn refused(plan: &Plan) -> Vec<u64> {
    plan.refused.iter().map(|row| row.line).collect()
}

#[test]
fn a_building_its_units_and_residents_are_added_and_then_known() {
    let file = placed(listing(&[
        ["見本寮", "101", "1", "2026-04-01", ""],
        ["見本寮", "102", "", "", ""],
        ["見本寮", "103", "2", "2026-12-01", "2027-03-31"],
    ]));
    let plan = Book::default().plan(&file);
    let counts = plan.counts();
    assert_eq!((counts.housing_new, counts.units_new, counts.residencies_new), (1, 3, 2));
    let book = Book::default().with(&plan);
    let again = book.plan(&file).counts();
    assert_eq!(again, Counts { unchanged: 3, ..Counts::default() });
}

#[test]
fn an_empty_cell_changes_nothing_and_names_are_known_in_any_width() {
    let mut book = Book::default();
    let home = book.building("見本寮");
    let unit = book.unit(home, "101");
    book.lives(unit, 1, "2026-04-01", Some("2027-03-31"));
    let plan = book.plan(&listing(&[["見本 寮", "１０１号室", "1", "", ""]]));
    assert_eq!(plan.counts(), Counts { unchanged: 1, ..Counts::default() });
}

#[test]
fn what_a_file_says_otherwise_changes_and_what_was_settled_is_open_again() {
    let mut book = Book::default();
    let home = book.building("見本寮");
    let unit = book.unit(home, "101");
    let id = book.lives(unit, 1, "2026-04-01", Some("2026-10-31"));
    book.residencies.get_mut(&id).unwrap().facts.settled = true;
    let mut file = listing(&[["見本寮", "101", "1", "2026-04-02", "2026-11-30"]]);
    file.drafts[0].note = Some("延長".into());
    file.drafts[0].address = Some("架空町2-2-2".into());
    let plan = book.plan(&file);
    let after = plan.stays[0].step.after();
    assert_eq!((after.span.from(), after.span.until()), (day("2026-04-02"), Some(day("2026-11-30"))));
    assert!(!after.settled);
    assert_eq!((plan.counts().residencies_changed, plan.counts().housing_changed), (1, 1));
    let after = plan.housing[0].after();
    assert_eq!((&*after.address, &*after.note), ("架空町2-2-2", "台帳の備考"));
}

#[test]
fn whoever_comes_back_to_the_same_unit_has_another_residency() {
    let mut book = Book::default();
    let home = book.building("見本寮");
    let unit = book.unit(home, "101");
    book.lives(unit, 1, "2020-04-01", Some("2021-03-31"));
    let plan = book.plan(&listing(&[["見本寮", "101", "1", "2026-04-01", ""]]));
    assert_eq!(plan.counts().residencies_new, 1);
    // Without a day nobody knows which one is meant.
    let book = book.with(&plan);
    assert_eq!(refused(&book.plan(&listing(&[["見本寮", "101", "1", "", "2026-12-31"]]))), [2]);
}

#[test]
fn one_moves_out_and_another_in_and_two_may_change_homes() {
    let mut book = Book::default();
    let home = book.building("見本寮");
    let (one, two) = (book.unit(home, "101"), book.unit(home, "102"));
    book.lives(one, 1, "2026-04-01", None);
    book.lives(two, 2, "2026-04-01", None);
    let plan = book.plan(&listing(&[
        ["見本寮", "102", "1", "2026-12-01", ""],
        ["見本寮", "101", "2", "2026-12-01", ""],
        ["見本寮", "101", "1", "2026-04-01", "2026-11-30"],
        ["見本寮", "102", "2", "2026-04-01", "2026-11-30"],
    ]));
    assert!(refused(&plan).is_empty(), "{plan:?}");
    assert_eq!((plan.counts().residencies_new, plan.counts().residencies_changed), (2, 2));
    assert!(book.with(&plan).holds_together());
}

#[test]
fn what_cannot_be_is_refused_by_row_with_its_reason() {
    let mut book = Book::default();
    let home = book.building("見本寮");
    let (one, closed) = (book.unit(home, "101"), book.unit(home, "102"));
    book.lives(one, 1, "2026-04-01", None);
    book.units.get_mut(&closed).unwrap().facts.closed = true;
    for (rows, lines, word) in [
        // Taken by somebody else, by the register and by another row.
        (vec![["見本寮", "101", "2", "2026-12-01", ""]], vec![2], "ほかの人"),
        (
            vec![["見本寮", "103", "2", "2026-12-01", ""], ["見本寮", "103", "3", "2027-01-01", ""]],
            vec![2, 3],
            "3行目",
        ),
        // They live elsewhere.
        (vec![["見本寮", "103", "1", "2026-12-01", ""]], vec![2], "見本寮 101"),
        (
            vec![["見本寮", "103", "2", "2026-12-01", ""], ["見本寮", "104", "2", "2026-12-31", ""]],
            vec![2, 3],
            "3行目",
        ),
        // Nobody on the roster; no day; a closed unit; a new building of which too little is known.
        (vec![["見本寮", "103", "99", "2026-12-01", ""]], vec![2], "99"),
        (vec![["見本寮", "103", "2", "", ""]], vec![2], "入居日"),
        (vec![["見本寮", "102", "2", "2026-12-01", ""]], vec![2], "使われていません"),
        (vec![["新見本寮", "101", "", "", ""]], vec![2], "経度"),
        // The same twice.
        (vec![["見本寮", "103", "", "", ""], ["見本寮", "１０３", "", "", ""]], vec![2, 3], "2行目と3行目"),
        (
            vec![["見本寮", "101", "1", "", ""], ["見本寮", "101", "1", "2026-04-01", ""]],
            vec![2, 3],
            "2行目と3行目",
        ),
        // The last day would be before the first.
        (vec![["見本寮", "101", "1", "", "2026-03-31"]], vec![2], "退居日"),
    ] {
        let plan = book.plan(&listing(&rows));
        assert_eq!(refused(&plan), lines, "{rows:?}");
        assert!(plan.refused[0].reason.ja.contains(word), "{word}: {:?}", plan.refused[0]);
        assert_eq!(book.with(&plan), book, "{rows:?}");
    }
}

#[test]
fn a_refused_row_takes_with_it_what_hangs_on_it() {
    let mut book = Book::default();
    let home = book.building("見本寮");
    let unit = book.unit(home, "101");
    book.lives(unit, 1, "2026-04-01", None);
    // Line 2 would end a residency and is no good, so line 3 finds the home taken.
    let mut file = listing(&[
        ["見本寮", "101", "1", "2026-04-01", "2026-11-30"],
        ["見本寮", "101", "2", "2026-12-01", ""],
        ["見本寮", "102", "3", "2026-12-01", ""],
    ]);
    file.drafts[0].address = Some("架空町1".into());
    file.drafts[2].address = Some("架空町2".into());
    file.drafts.swap(0, 2);
    let plan = book.plan(&file);
    assert_eq!(refused(&plan), [2, 3]);
    assert_eq!(plan.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4]);
}

#[test]
fn what_the_file_does_not_have_is_said_and_stays() {
    let mut book = Book::default();
    let (home, other) = (book.building("見本寮"), book.building("他見本寮"));
    let (one, two) = (book.unit(home, "101"), book.unit(home, "102"));
    let third = book.unit(other, "101");
    let now = book.lives(one, 1, "2026-04-01", None);
    book.lives(two, 2, "2020-04-01", Some("2021-03-31"));
    let there = book.lives(third, 3, "2026-04-01", None);
    let plan = book.plan(&listing(&[["見本寮", "101", "", "", ""]]));
    let missing = Missing { housing: vec![other], units: vec![two], residencies: vec![now, there] };
    assert_eq!(plan.missing, missing);
    assert_eq!(book.with(&plan), book);
    // A row that is refused is in the file all the same.
    let plan = book.plan(&listing(&[["見本寮", "101", "1", "", "2026-03-31"]]));
    assert_eq!((refused(&plan), &plan.missing.residencies), (vec![2], &vec![there]));
}

/// Registers in which everything holds together.
fn books() -> impl Strategy<Value = Book> {
    let stay = (0_usize..6, 1_u32..6, 0_i64..60, proptest::option::of(0_i64..20));
    (1_usize..4, proptest::collection::vec(stay, 0..12)).prop_map(|(buildings, stays)| {
        let mut book = Book::default();
        let mut units = Vec::new();
        for building in 0..buildings {
            let housing = book.building(&format!("見本{building}寮"));
            for unit in 0..2 {
                units.push(book.unit(housing, &format!("10{unit}")));
            }
        }
        for (unit, number, from, days) in stays {
            let before = book.clone();
            let from = TODAY + jiff::Span::new().days(from - 30);
            let until = days.map(|days| (from + jiff::Span::new().days(days)).to_string());
            book.lives(units[unit % units.len()], number, &from.to_string(), until.as_deref());
            if !book.holds_together() {
                book = before;
            }
        }
        book
    })
}

fn listings() -> impl Strategy<Value = Listing> {
    let resident = (1_u32..8, proptest::option::of(0_i64..60), proptest::option::of(0_i64..70));
    let row = (
        0_usize..4,
        0_usize..3,
        proptest::option::weighted(0.8, resident),
        proptest::option::of("[あい]{1,2}"),
        proptest::option::of(0_usize..2),
    );
    proptest::collection::vec(row, 1..10).prop_map(|rows| {
        let day = |days: i64| TODAY + jiff::Span::new().days(days - 30);
        let draft =
            |(index, (building, unit, resident, note, place)): (usize, (_, _, _, _, Option<usize>))| {
                let resident: Option<(u32, Option<i64>, Option<i64>)> = resident;
                let (building, unit): (usize, usize) = (building, unit);
                Draft {
                    line: index as u64 + 2,
                    housing: format!("見本{building}寮"),
                    address: place.map(|place| format!("架空町見本{building}寮{}", "改".repeat(place))),
                    location: place.map(|_| Position([139.75, 35.66])),
                    unit: format!("10{unit}"),
                    resident: resident.map(|(number, from, until)| Resident {
                        number: number.to_string(),
                        from: from.map(day),
                        until: until.map(day),
                    }),
                    note,
                }
            };
        Listing { drafts: rows.into_iter().enumerate().map(draft).collect(), ..Listing::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever a file says, what is taken in holds together, nothing goes, and it is what was counted.
    #[test]
    fn what_is_shown_is_what_is_done(book in books(), listing in listings()) {
        let plan = book.plan(&listing);
        let after = book.with(&plan);
        prop_assert!(after.holds_together(), "{:?}", plan);
        let counts = plan.counts();
        prop_assert_eq!(after.housing.len(), book.housing.len() + counts.housing_new);
        prop_assert_eq!(after.units.len(), book.units.len() + counts.units_new);
        prop_assert_eq!(after.residencies.len(), book.residencies.len() + counts.residencies_new);
        for (id, one) in &book.residencies {
            prop_assert_eq!(after.residencies[id].unit, one.unit);
            prop_assert_eq!(after.residencies[id].facts.staff, one.facts.staff);
        }
        let changed = book.residencies.iter().filter(|(id, one)| after.residencies[id] != **one).count();
        prop_assert_eq!(changed, counts.residencies_changed);
        // Each row counts or is refused, once.
        let mut lines: Vec<u64> = plan.rows.iter().map(|row| row.line).chain(refused(&plan)).collect();
        lines.sort_unstable();
        prop_assert_eq!(lines, listing.drafts.iter().map(|draft| draft.line).collect::<Vec<_>>());
    }

    /// The same file again changes nothing.
    #[test]
    fn the_same_file_twice_changes_nothing(book in books(), listing in listings()) {
        let after = book.with(&book.plan(&listing));
        let again = after.plan(&listing);
        prop_assert_eq!(after.with(&again), after, "{:?}", again);
    }

    /// What the register says as a file says nothing new.
    #[test]
    fn the_register_as_a_file_changes_nothing(book in books(), excel in any::<bool>()) {
        let format = if excel { TableFormat::Excel } else { TableFormat::Csv };
        let bytes = write(&file::table(&book.lines(), TODAY, Language::Ja), format).unwrap();
        let plan = book.plan(&file::read(&bytes).unwrap());
        prop_assert_eq!(plan.counts(), Counts { unchanged: book.lines().len(), ..Counts::default() });
        prop_assert!(plan.refused.is_empty());
    }
}
