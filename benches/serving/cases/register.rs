//! The register of a large city: opening it, and suggesting a council for every home.

use std::{collections::BTreeMap, time::Instant};

use anyhow::{Context as _, ensure};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use machiaruki::{
    app::system_random,
    clock::Date,
    councils::{
        model::{Council, CouncilId, Home, Links, ResidencyFacts, ResidencyId, Span, Suggester},
        service::NetworkWalks,
    },
    geo::Position,
    layers::PlaceId,
    network::{from_osm::from_osm, graph::Graph},
    staff::StaffId,
    vault::{Keyring, Slot},
};

use crate::{
    city,
    random::Random,
    report::{Line, Section, Spread, Target, Unit},
    stage::{Stage, grouped},
};

/// Homes, each in a building of its own: the worst case.
const HOMES: usize = 5_000;
/// Councils along each side of a square.
const SIDE: usize = 10;
/// Points of a border between two corners.
const BORDER: usize = 50;
/// What all suggestions may take, in milliseconds.
const SUGGESTED: f64 = 2_000.0;
/// The ways of the city.
const WAYS: usize = 200_000;
const DAY: Date = Date::constant(2026, 11, 29);

pub fn run(stage: &Stage) -> anyhow::Result<Section> {
    let mut section = Section::new(
        format!("A register of {} homes and {} councils", grouped(HOMES), SIDE * SIDE),
        format!(
            "In the invented city of {} ways: every council has an area whose border has {} points, and a meeting place \
             somewhere in it; every home is a building of its own. One thread; the target holds for the slowest of all rounds.",
            grouped(WAYS),
            4 * BORDER
        ),
    );
    let (network, _) = from_osm(&city::build(WAYS));
    let graph = Graph::build(&network, |_| 0);
    let [west, south, east, north] = graph.bbox().context("the city is empty")?;
    let mut random = Random::new(2_026);
    let (width, height) = ((east - west) / SIDE as f64, (north - south) / SIDE as f64);
    let councils: Vec<Council> = (0..SIDE * SIDE)
        .map(|number| {
            let corner = [west + (number % SIDE) as f64 * width, south + (number / SIDE) as f64 * height];
            let mut within = || [corner[0] + random.unit() * width, corner[1] + random.unit() * height];
            Council {
                id: CouncilId(PlaceId::of_record("councils", &number.to_string())),
                name: format!("見本協議会{number}"),
                meeting_place: Some(Position(within())),
                area: Some(area(corner, width, height)),
            }
        })
        .collect();
    let homes: Vec<Position> = (0..HOMES)
        .map(|_| Position([west + random.unit() * (east - west), south + random.unit() * (north - south)]))
        .collect();
    let (links, nobody) = (Links::default(), BTreeMap::new());
    let mut took = Vec::new();
    for _ in 0..stage.rounds.count {
        let started = Instant::now();
        let suggester = Suggester::new(&councils, &links, [], NetworkWalks::new(&graph), DAY);
        let suggested = homes
            .iter()
            .filter(|home| {
                suggester
                    .suggest(&Home { location: **home, address: "", building: &nobody })
                    .council
                    .is_some()
            })
            .count();
        took.push(started.elapsed().as_secs_f64() * 1e3);
        ensure!(suggested == HOMES, "only {suggested} of {HOMES} lie in an area");
    }
    section.push(line(
        "councils suggested for all homes, with ways on foot",
        Target::NeverAbove(SUGGESTED),
        &took,
    ));
    section.push(line("the residencies opened", Target::None, &opened(stage)?));
    Ok(section)
}

fn line(what: &str, target: Target, took: &[f64]) -> Line {
    Line {
        what: what.to_owned(),
        target,
        measured: Spread::of(took.iter().copied()),
        unit: Unit::Milliseconds,
        remark: String::new(),
        absolute: String::new(),
    }
}

/// A rectangle with many points on its border.
fn area([west, south]: [f64; 2], width: f64, height: f64) -> MultiPolygon {
    let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
    let sides = corners.windows(2).flat_map(|pair| {
        let (from, to) = (pair[0], pair[1]);
        (0..BORDER).map(move |step| {
            let share = step as f64 / BORDER as f64;
            Coord {
                x: west + width * (from[0] + (to[0] - from[0]) * share),
                y: south + height * (from[1] + (to[1] - from[1]) * share),
            }
        })
    });
    let mut ring: Vec<Coord> = sides.collect();
    ring.extend(ring.first().copied());
    MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())])
}

/// How long opening all residencies takes, of which each request of the register opens all.
fn opened(stage: &Stage) -> anyhow::Result<Vec<f64>> {
    let random = system_random();
    let keys = Keyring::draw(&*random);
    let span = Span::new(DAY, None).context("a span")?;
    let mut sealed = Vec::with_capacity(HOMES);
    for _ in 0..HOMES {
        let facts = ResidencyFacts {
            staff: StaffId(random.id()),
            span,
            settled: false,
            note: "見本".into(),
            muster: None,
        };
        let row = ResidencyId(random.id()).to_string();
        let value = keys.seal(Slot { column: "residency.sealed", row: &row }, &facts, &*random)?;
        sealed.push((row, value));
    }
    let mut took = Vec::new();
    for _ in 0..stage.rounds.count {
        let started = Instant::now();
        for (row, value) in &sealed {
            let _: ResidencyFacts = keys.open(Slot { column: "residency.sealed", row }, value)?;
        }
        took.push(started.elapsed().as_secs_f64() * 1e3);
    }
    Ok(took)
}
