//! The pedestrian network against Valhalla, on the same extract with the same questions, and a city of its own.

mod distances;
mod http;
mod import;
mod valhalla;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use machiaruki::{
    import::osm,
    network::{
        Profile,
        from_osm::from_osm,
        graph::Graph,
        model::spot,
        order::{End, best_order, matrix},
        path::{Path, path},
    },
};

use crate::{
    city,
    random::Random,
    report::{Line, Section, Spread, Target, Unit},
    stage::Stage,
};

use valhalla::{Kind, Valhalla};

/// A place, longitude first.
type Point = [f64; 2];

/// West, south, east and north of the extract, as it says itself.
const BOX: [f64; 4] = [139.695, 35.655, 139.71, 35.665];
const PAIRS: usize = 200;
const TOURS: usize = 20;
const STOPS: usize = 8;

/// The extract that both read.
fn extract() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/osm/shibuya.osm.pbf"))
}

/// Every section of the network. Without the extract or without Valhalla those that need it are left out, and why
/// is said.
pub fn run(stage: &Stage) -> anyhow::Result<Vec<Section>> {
    let mut sections = Vec::new();
    match std::fs::read(extract()) {
        Ok(bytes) => match Valhalla::start(&extract(), &stage.folder().join("valhalla")) {
            Ok(mut yardstick) => sections.extend(against(stage, &mut yardstick, &bytes)?),
            Err(error) => println!("no comparison with Valhalla: {error:#}"),
        },
        Err(error) => println!("no comparison with Valhalla: {}: {error}", extract().display()),
    }
    sections.push(city(stage)?);
    Ok(sections)
}

/// A graph as a running service has it.
fn graph(bytes: &[u8]) -> anyhow::Result<Graph> {
    let (network, _) = from_osm(&osm::open(bytes)?);
    Ok(Graph::build(&network, |_| 0))
}

fn found(graph: &Graph, points: &[Point]) -> anyhow::Result<Path> {
    let spots: Vec<_> = points.iter().filter_map(|point| spot(*point)).collect();
    path(graph, Profile::Walk, &spots, &[]).context("no path")
}

fn microseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

/// Points in the box of the extract.
fn points(random: &mut Random, count: usize) -> Vec<Point> {
    let [west, south, east, north] = BOX;
    (0..count)
        .map(|_| [west + random.unit() * (east - west), south + random.unit() * (north - south)])
        .collect()
}

/// How long each question took on both sides: the fastest of all rounds, so that what else the machine does falls upon
/// neither.
#[derive(Default)]
struct Fastest {
    ours: Vec<f64>,
    theirs: Vec<f64>,
}

fn keep(known: &mut Vec<f64>, times: &[f64]) {
    known.resize(times.len(), f64::INFINITY);
    for (known, time) in known.iter_mut().zip(times) {
        *known = known.min(*time);
    }
}

fn percentile(times: &[f64], percent: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() * percent / 100).copied().unwrap_or_default()
}

impl Fastest {
    fn add(&mut self, ours: &[f64], theirs: &[f64]) {
        keep(&mut self.ours, ours);
        keep(&mut self.theirs, theirs);
    }

    /// How much longer theirs takes.
    fn line(&self, what: &str, percent: usize, target: Target) -> Line {
        let (ours, theirs) = (percentile(&self.ours, percent), percentile(&self.theirs, percent));
        Line {
            what: what.to_owned(),
            target,
            measured: Spread::one(theirs / ours),
            unit: Unit::Ratio,
            remark: String::new(),
            absolute: format!("{ours:.0} µs : {theirs:.0} µs"),
        }
    }
}

fn against(stage: &Stage, yardstick: &mut Valhalla, bytes: &[u8]) -> anyhow::Result<Vec<Section>> {
    let graph = graph(bytes)?;
    let mut random = Random::new(20_261_128);
    let pairs: Vec<Vec<Point>> = (0..PAIRS).map(|_| points(&mut random, 2)).collect();
    let tours: Vec<Vec<Point>> = (0..TOURS).map(|_| points(&mut random, STOPS)).collect();
    let mut section = Section::new(
        "Paths on foot, by Valhalla",
        format!(
            "OpenStreetMap of Shibuya, {} nodes and {} links here; {PAIRS} pairs of random points within it, and \
             {TOURS} tours of {STOPS} stops. Valhalla {} in its own process without HTTP, one thread, walking the \
             shortest way (`shortest`, no penalties), without directions. Both in turn; of each question the fastest of \
             all rounds counts. How much longer Valhalla takes.",
            graph.size().0,
            graph.size().1,
            yardstick.version
        ),
    );
    // Warm, and what the distances are compared by.
    let theirs = yardstick.ask(Kind::Path, &pairs)?;
    let mut served = http::Served::start(stage, bytes)?;
    let (mut paths, mut over_http, mut orders) = (Fastest::default(), Fastest::default(), Fastest::default());
    for _ in 0..stage.rounds.count {
        let theirs = yardstick.ask(Kind::Path, &pairs)?.took_us;
        let timed = |points: &Vec<Point>| {
            let started = Instant::now();
            found(&graph, points).map(|_| microseconds(started.elapsed()))
        };
        let here = pairs.iter().map(timed).collect::<anyhow::Result<Vec<f64>>>()?;
        paths.add(&here, &theirs);
        over_http.add(&served.ask(&pairs)?, &theirs);
        let theirs = yardstick.ask(Kind::Order, &tours)?.took_us;
        let timed = |points: &Vec<Point>| -> anyhow::Result<f64> {
            let spots: Vec<_> = points.iter().filter_map(|point| spot(*point)).collect();
            let started = Instant::now();
            let costs = matrix(&graph, Profile::Walk, &spots).map_err(|(_, why)| why)?;
            let order = best_order(&costs, End::Last);
            let took = microseconds(started.elapsed());
            ensure!(order.len() == STOPS, "a stop is lost");
            Ok(took)
        };
        let here = tours.iter().map(timed).collect::<anyhow::Result<Vec<f64>>>()?;
        orders.add(&here, &theirs);
    }
    section.push(paths.line("a path, in process, median", 50, Target::AtLeast(10.0)));
    section.push(paths.line("a path, in process, 99th percentile", 99, Target::AtLeast(10.0)));
    section.push(over_http.line("a path over HTTP, signed in, median", 50, Target::AtLeast(1.0)));
    section.push(over_http.line("a path over HTTP, signed in, 99th percentile", 99, Target::AtLeast(1.0)));
    section.push(orders.line(
        "8 stops in the best order, by `optimized_route`, median",
        50,
        Target::AtLeast(5.0),
    ));
    for line in distances::compared(&graph, bytes, &pairs, &theirs.found)? {
        section.push(line);
    }
    section.push(memory(&graph));
    Ok(vec![section])
}

fn memory(graph: &Graph) -> Line {
    Line {
        what: "memory for each link, with both profiles' hierarchies".to_owned(),
        target: Target::None,
        measured: Spread::one(graph.memory() as f64 / graph.size().1 as f64),
        unit: Unit::Bytes,
        remark: String::new(),
        absolute: String::new(),
    }
}

/// How many ways the city has, and how many pairs are asked for in a round.
const WAYS: usize = 200_000;
const CITY_PAIRS: usize = 1_000;

fn city(stage: &Stage) -> anyhow::Result<Section> {
    let file = city::build(WAYS);
    let (network, _) = from_osm(&file);
    let started = Instant::now();
    let graph = Graph::build(&network, |_| 0);
    let built = started.elapsed();
    let mut section = Section::new(
        format!("A city of {} walkable ways", crate::stage::grouped(file.ways.len())),
        format!(
            "Invented, the same in every run: blocks of about 50 m without two alike, rivers with few bridges, stairs, \
             narrow ways; {} nodes and {} links. {CITY_PAIRS} pairs of points anywhere in it, with moving them to the \
             network and the line of the way; of each the fastest of all rounds.",
            graph.size().0,
            graph.size().1
        ),
    );
    let [west, south, east, north] = graph.bbox().context("the city is empty")?;
    for profile in Profile::ALL {
        let mut random = Random::new(1_128);
        let mut any =
            || spot([west + random.unit() * (east - west), south + random.unit() * (north - south)]);
        let pairs: Vec<Vec<_>> =
            (0..CITY_PAIRS).map(|_| [any(), any()].into_iter().flatten().collect()).collect();
        // Some corners are cut off from the rest.
        let pairs: Vec<_> =
            pairs.into_iter().filter(|points| path(&graph, profile, points, &[]).is_ok()).collect();
        ensure!(pairs.len() > CITY_PAIRS * 9 / 10, "the city falls to pieces");
        let mut fastest = Vec::new();
        for _ in 0..stage.rounds.count {
            let timed = |points: &Vec<_>| {
                let started = Instant::now();
                path(&graph, profile, points, &[]).map(|_| microseconds(started.elapsed()) / 1000.0)
            };
            keep(&mut fastest, &pairs.iter().map(timed).collect::<Result<Vec<f64>, _>>()?);
        }
        let name = match profile {
            Profile::Walk => "on foot",
            Profile::StepFree => "without steps",
        };
        for (percent, at, target) in
            [(50, "median", Target::None), (99, "99th percentile", Target::AtMost(5.0))]
        {
            section.push(Line {
                what: format!("a path {name}, {at}"),
                target,
                measured: Spread::one(percentile(&fastest, percent)),
                unit: Unit::Milliseconds,
                remark: String::new(),
                absolute: String::new(),
            });
        }
    }
    section.push(Line {
        what: "building the graph, once after an import".to_owned(),
        target: Target::None,
        measured: Spread::one(built.as_secs_f64() * 1000.0),
        unit: Unit::Milliseconds,
        remark: String::new(),
        absolute: String::new(),
    });
    section.push(memory(&graph));
    section.push(import::of_a_megabyte(stage)?);
    Ok(section)
}
