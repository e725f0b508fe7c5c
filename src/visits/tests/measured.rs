//! How often each verdict is right: phones with errors, walking along the paths of real networks.
//!
//! **The walks.** A stop lies up to [`BESIDE_M`] metres beside the way (assumption). Somebody walks through the network from a few
//! hundred metres away, past the stop, and on, and their phone is asked every [`STEP_M`] metres within [`NEAR_M`] of the stop:
//! so the distances are those that the streets make. Networks: the demo ward's, and where they are there 大門 (歩行空間ネットワーク)
//! and Shibuya (OpenStreetMap).
//!
//! **The errors** are normal in both directions, so that their length follows Rayleigh's distribution: within r in a share of
//! 1 − exp(−r²/2σ²). What the reported accuracy means differs:
//!
//! | [`Errors`] | σ | source |
//! |---|---|---|
//! | `Specified` | 95 % lie within the accuracy | W3C, Geolocation: the accuracy has a 95 % confidence level |
//! | `Android` | 68 % do | Android, `Location.getAccuracy`: the 68th percentile; browsers pass it on (assumption) |
//! | `Towers` | as Android, and in [`JUMPS`] of the fixes a jump across the street of [`JUMP_M`] metres that the accuracy does not know | assumption: signals that come by a wall |
//!
//! Accuracies are spread evenly within each band (assumption). The same seed gives the same figures. `make verdicts` prints the
//! table of `docs/visits.md`; a plain test walks less and prints nothing.

#![expect(clippy::print_stdout, reason = "a measurement says what it has measured")]

use std::f64::consts::TAU;

use serde_json::json;

use crate::{
    clock::{Date, Timestamp},
    geo::{Position, distance_m},
    network::{
        Profile,
        graph::Graph,
        measure,
        model::{Spot, degrees},
        path::path,
        source,
    },
    routes::{Design, DesignDocument, model::Stop},
    visits::model::{Evidence, Facts, Fix, Flags, Moment, Outcome, Shown, Verdict, judge, verdict},
};

/// How far a stop lies beside the way at most, in metres.
const BESIDE_M: f64 = 12.0;
/// From question to question, in metres along the way.
const STEP_M: f64 = 5.0;
/// How far from the stop the phone is asked, in metres.
const NEAR_M: f64 = 150.0;
/// How many of the fixes between towers jump.
const JUMPS: f64 = 0.3;
/// How far they jump, in metres.
const JUMP_M: (f64, f64) = (10.0, 40.0);
const RADII_M: [f64; 3] = [30.0, 50.0, 100.0];
/// Reported accuracies, in metres.
const BANDS_M: [(f64, f64); 4] = [(4.0, 10.0), (10.0, 20.0), (20.0, 50.0), (50.0, 200.0)];

/// What the reported accuracy means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Errors {
    Specified,
    Android,
    Towers,
}

impl Errors {
    const ALL: [Self; 3] = [Self::Specified, Self::Android, Self::Towers];

    /// The standard deviation in each direction for an accuracy, in metres.
    fn sigma(self, accuracy_m: f64) -> f64 {
        let within: f64 = if self == Self::Specified { 0.95 } else { 0.68 };
        accuracy_m / (-2.0 * (1.0 - within).ln()).sqrt()
    }
}

/// Numbers that follow from a seed (`splitmix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// In (0, 1].
    fn share(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, (low, high): (f64, f64)) -> f64 {
        low + (high - low) * self.share()
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// East and north of an error (Box and Muller).
    fn error(&mut self, sigma: f64) -> [f64; 2] {
        let (length, angle) = ((-2.0 * self.share().ln()).sqrt() * sigma, TAU * self.share());
        [length * angle.cos(), length * angle.sin()]
    }
}

fn moved([lon, lat]: [f64; 2], [east, north]: [f64; 2]) -> [f64; 2] {
    let [x, y] = measure::scale(lat);
    [lon + east / x * 1e-7, lat + north / y * 1e-7]
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    distance_m(Position(a).into(), Position(b).into())
}

/// A network by its name; none, with a word why, where its files are not there.
fn network(name: &'static str, files: &[&str]) -> Option<(&'static str, Graph)> {
    let mut read = Vec::new();
    for file in files {
        let Ok(bytes) = std::fs::read(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))) else {
            println!("skipped: {file} is not there");
            return None;
        };
        read.push(((*file).to_owned(), bytes));
    }
    Some((name, Graph::build(&source::read(&read, None).unwrap().network, |_| 0)))
}

fn networks() -> Vec<(&'static str, Graph)> {
    let daimon = ["node", "link"]
        .map(|part| format!("../shared/data/minato/pedestrian-network-daimon-{part}.geojson"));
    [
        network("demo", &["geodata/network.geojson"]),
        network("大門", &[&*daimon[0], &*daimon[1]]),
        network("Shibuya", &["../shared/data/osm/shibuya.osm.pbf"]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where a phone is asked: where it is, and in which direction the way runs there.
struct Tap {
    at: [f64; 2],
    /// East and north, of length 1.
    along: [f64; 2],
}

/// A stop beside the way, and where phones are asked on a walk past it.
fn walk(graph: &Graph, chance: &mut Chance) -> Option<([f64; 2], Vec<Tap>)> {
    let mut place = || graph.line(chance.below(graph.size().1) as u32).next();
    let points: [Spot; 3] = [place()?, place()?, place()?];
    let found = path(graph, Profile::Walk, &points, &[]).ok()?;
    if found.legs.iter().any(|leg| leg.straight || leg.length_mm == 0) {
        return None;
    }
    let beside = [chance.between((-BESIDE_M, BESIDE_M)), chance.between((-BESIDE_M, BESIDE_M))];
    let stop = moved(degrees(points[1]), beside.map(|metres| metres / std::f64::consts::SQRT_2));
    let line: Vec<[f64; 2]> =
        found.legs.iter().flat_map(|leg| leg.line.iter().map(|spot| degrees(*spot))).collect();
    let (mut taps, mut left) = (Vec::new(), 0.0);
    for pair in line.windows(2) {
        let length = apart(pair[0], pair[1]);
        if length == 0.0 {
            continue;
        }
        let [x, y] = measure::scale(pair[0][1]).map(|unit| unit * 1e7);
        let along = [(pair[1][0] - pair[0][0]) * x / length, (pair[1][1] - pair[0][1]) * y / length];
        let mut at = left;
        while at < length {
            let here = moved(pair[0], along.map(|part| part * at));
            if apart(here, stop) <= NEAR_M {
                taps.push(Tap { at: here, along });
            }
            at += STEP_M;
        }
        left = at - length;
    }
    Some((stop, taps))
}

/// A fix of a phone that is somewhere, and how far it is from there.
fn fix(tap: &Tap, accuracy_m: f64, errors: Errors, chance: &mut Chance) -> (Fix, f64) {
    let mut error = chance.error(errors.sigma(accuracy_m));
    if errors == Errors::Towers && chance.share() <= JUMPS {
        let far = chance.between(JUMP_M) * if chance.next().is_multiple_of(2) { 1.0 } else { -1.0 };
        error = [error[0] - tap.along[1] * far, error[1] + tap.along[0] * far];
    }
    let location = Position(moved(tap.at, error));
    (Fix { location, accuracy_m, age_s: 1.0, mocked: None }, apart(location.0, tap.at))
}

/// What was said, and what was true: by verdict, how often one was inside, and outside.
#[derive(Clone, Copy, Default)]
struct Tally([[u32; 2]; 3]);

impl Tally {
    fn add(&mut self, verdict: Verdict, is_inside: bool) {
        self.0[verdict as usize][usize::from(!is_inside)] += 1;
    }

    /// How often it was said, and of these how often rightly.
    fn said(&self, verdict: Verdict) -> (u32, u32) {
        let [inside, outside] = self.0[verdict as usize];
        (inside + outside, if verdict == Verdict::Outside { outside } else { inside })
    }

    fn all(&self) -> u32 {
        self.0.iter().flatten().sum()
    }
}

/// A stop that asks for a position.
fn stop_at(location: [f64; 2]) -> Stop {
    let design: DesignDocument = serde_json::from_value(json!({
        "title": { "ja": "見本" }, "languages": ["ja"], "slot_min": 120, "waypoints": [{
            "kind": "stop", "stop_id": "019a9f6e-0000-7000-8000-000000000001", "location": location, "radius_m": 50,
            "required": true, "evidence": ["gps"], "name": { "ja": "見本の場所" },
        }],
    }))
    .unwrap();
    Design::new(design).unwrap().stops().next().unwrap().clone()
}

/// Nothing is ever refused for where it is: what is not accepted waits for a trainer.
fn is_never_refused(stop: [f64; 2], fix: Fix) {
    let stop = stop_at(stop);
    let facts = Facts {
        stop: &stop,
        code: None,
        published_at: Timestamp::UNIX_EPOCH,
        effective_from: Date::constant(1970, 1, 1),
        clock_off_s: None,
        trainer: &|_, _| Shown::Undecided,
    };
    let moment = Moment { at: Timestamp::from_second(1_790_000_000).unwrap(), offset_s: 32_400 };
    let judged = judge(&[Evidence::Gps(fix)], moment, &facts, &Flags::default());
    let expected = if judged.verdict == Some(Verdict::Inside) { Outcome::Accepted } else { Outcome::Pending };
    assert_eq!(judged.outcome, expected);
}

/// Walks past so many stops of a network, and counts by errors, radius and band.
fn measured(graph: &Graph, stops: usize, seed: u64) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); Errors::ALL.len() * RADII_M.len() * BANDS_M.len()];
    let mut chance = Chance(seed);
    let (mut walked, mut tried) = (0, 0);
    while walked < stops {
        tried += 1;
        assert!(tried < stops * 50, "the network has few paths");
        let Some((stop, taps)) = walk(graph, &mut chance) else { continue };
        walked += 1;
        for (turn, tap) in taps.iter().enumerate() {
            let real = apart(tap.at, stop);
            for (row, errors) in Errors::ALL.into_iter().enumerate() {
                for (column, band) in BANDS_M.into_iter().enumerate() {
                    let (fix, wrong_by) = fix(tap, chance.between(band), errors, &mut chance);
                    let distance = apart(fix.location.0, stop);
                    for (place, radius) in RADII_M.into_iter().enumerate() {
                        let said = verdict(distance, radius, &fix);
                        let is_inside = real <= radius;
                        holds((said, is_inside), (real, radius), (fix.accuracy_m, wrong_by));
                        tallies[(row * RADII_M.len() + place) * BANDS_M.len() + column].add(said, is_inside);
                    }
                    if turn == 0 {
                        is_never_refused(stop, fix);
                    }
                }
            }
        }
    }
    tallies
}

/// What holds of every single fix, whatever the errors are.
fn holds((said, is_inside): (Verdict, bool), (real, radius): (f64, f64), (accuracy, wrong_by): (f64, f64)) {
    // A hair for the sums on a sphere.
    let hair = 1e-6;
    let is_wrong = (said == Verdict::Inside && !is_inside) || (said == Verdict::Outside && is_inside);
    assert!(
        !is_wrong || wrong_by > accuracy - hair,
        "only a phone that is farther off than it says misleads"
    );
    let is_near = wrong_by <= accuracy - hair;
    assert!(!is_near || real > radius - 2.0 * accuracy || said == Verdict::Inside, "well inside is said");
    assert!(!is_near || real <= radius + 2.0 * accuracy || said == Verdict::Outside, "well outside is said");
}

/// The tallies of several networks together.
fn together(all: &[Vec<Tally>]) -> Vec<Tally> {
    let mut sum = vec![Tally::default(); all[0].len()];
    for tallies in all {
        for (sum, tally) in sum.iter_mut().zip(tallies) {
            for (sum, counts) in sum.0.iter_mut().flatten().zip(tally.0.iter().flatten()) {
                *sum += counts;
            }
        }
    }
    sum
}

/// The table of `docs/visits.md`, in per cent: each cell has all [`Errors`] in their order.
fn print(tallies: &[Tally]) {
    let share = |part: u32, of: u32| {
        if of == 0 { "–".to_owned() } else { format!("{:.1}", 100.0 * f64::from(part) / f64::from(of)) }
    };
    let right = |tally: &Tally, verdict| {
        let (said, right) = tally.said(verdict);
        share(right, said)
    };
    println!(
        "| radius | accuracy | `inside` is right | `outside` is right | `undecidable` | of those who are inside, told so |"
    );
    println!("|---|---|---|---|---|---|");
    for (place, radius) in RADII_M.into_iter().enumerate() {
        for (column, (low, high)) in BANDS_M.into_iter().enumerate() {
            let each = |cell: &dyn Fn(&Tally) -> String| {
                let rows = 0..Errors::ALL.len();
                let cells =
                    rows.map(|row| cell(&tallies[(row * RADII_M.len() + place) * BANDS_M.len() + column]));
                cells.collect::<Vec<_>>().join(" / ")
            };
            let inside = each(&|tally| right(tally, Verdict::Inside));
            let outside = each(&|tally| right(tally, Verdict::Outside));
            let undecided = each(&|tally| share(tally.said(Verdict::Undecidable).0, tally.all()));
            let told = each(&|tally| {
                let there = tally.0.iter().map(|[inside, _]| inside).sum();
                share(tally.said(Verdict::Inside).1, there)
            });
            println!("| {radius} m | {low}–{high} m | {inside} | {outside} | {undecided} | {told} |");
        }
    }
}

#[test]
fn verdicts_are_as_right_as_the_phones_accuracy_is_honest() {
    let is_full = std::env::var("MACHIARUKI_VERDICTS").is_ok_and(|how| how == "full");
    let stops = if is_full { 1_000 } else { 30 };
    let networks = networks();
    let tallies: Vec<_> = networks.iter().map(|(_, graph)| measured(graph, stops, 20_261_120)).collect();
    for ((name, graph), tallies) in networks.iter().zip(&tallies) {
        for (index, tally) in tallies.iter().enumerate() {
            let errors = Errors::ALL[index / (RADII_M.len() * BANDS_M.len())];
            let wrongly_inside = tally.0[Verdict::Inside as usize][1];
            let outside: u32 = tally.0.iter().map(|[_, outside]| outside).sum();
            // Of those who are outside, with a margin of four standard deviations for the walks that were made.
            let honest = 0.05 * f64::from(outside);
            let margin = 4.0 * (honest * 0.95).sqrt();
            if errors == Errors::Specified {
                assert!(
                    f64::from(wrongly_inside) <= honest + margin,
                    "{name} {index}: {wrongly_inside} of {outside}"
                );
            }
        }
        // The same seed, the same figures.
        assert_eq!(
            measured(graph, 2, 7).iter().map(|one| one.0).collect::<Vec<_>>(),
            measured(graph, 2, 7).iter().map(|one| one.0).collect::<Vec<_>>()
        );
    }
    if is_full {
        let names: Vec<&str> = networks.iter().map(|(name, _)| *name).collect();
        let sum = together(&tallies);
        println!("{stops} stops in each of {}: {} fixes in each row", names.join(", "), sum[0].all());
        print(&sum);
    }
}
