//! Known facts of real networks, and what single rules do.

mod properties;

use std::collections::BinaryHeap;

use crate::network::{
    graph::{Graph, Weights},
    merge::{Part, merge},
    model::{Attributes, Kind, Link, Network, Node, Slope, Spot, spot},
    path::{NoPath, path},
    profile::Profile,
    search::way,
    source::{BadNetwork, figures, read},
};

fn real(path: &str) -> Option<(String, Vec<u8>)> {
    let bytes = std::fs::read(format!("{}/../shared/data/{path}", env!("CARGO_MANIFEST_DIR"))).ok()?;
    Some((path.to_owned(), bytes))
}

fn text(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

fn at(lon: f64, lat: f64) -> Spot {
    spot([lon, lat]).unwrap()
}

fn graph(network: &Network) -> Graph {
    Graph::build(network, |_| 0)
}

#[test]
fn daimon_is_read_with_its_known_facts() {
    let files =
        ["node", "link"].map(|name| real(&format!("minato/pedestrian-network-daimon-{name}.geojson")));
    let [Some(nodes), Some(links)] = files else { return };
    let read = read(&[nodes, links], None).unwrap();
    let facts = figures(&read.network);
    assert_eq!((facts.nodes, facts.links, facts.components), (1_197, 1_322, 2), "{:?}", read.dropped);
    assert_eq!(facts.largest, [1_195, 2]);
    assert_eq!((facts.kinds[&Kind::Stairs], facts.kinds[&Kind::Lift], facts.steps), (75, 6, 110));
    assert!((facts.length_m - 21_400.0).abs() < 60.0, "{}", facts.length_m);
    // Every way that one can take without steps is one that everybody can take, and never shorter.
    let graph = graph(&read.network);
    let (mut tried, mut longer) = (0, 0);
    for index in (0..1_190).step_by(70) {
        let points = [read.network.nodes[index].at, read.network.nodes[1_195 - index].at];
        let walk = path(&graph, Profile::Walk, &points, &[]).unwrap();
        let Ok(free) = path(&graph, Profile::StepFree, &points, &[]) else { continue };
        assert_eq!(free.legs[0].stairs, 0);
        tried += 1;
        longer += u32::from(free.legs[0].length_mm > walk.legs[0].length_mm);
    }
    assert!(tried > 5 && longer > 0, "{tried} {longer}");
}

#[test]
fn shibuya_is_read_with_its_known_facts_from_either_format() {
    let (Some(xml), Some(pbf)) = (real("osm/shibuya.osm"), real("osm/shibuya.osm.pbf")) else { return };
    let (from_xml, from_pbf) = (read(&[xml], None).unwrap(), read(&[pbf], None).unwrap());
    let (facts, same) = (figures(&from_xml.network), figures(&from_pbf.network));
    assert_eq!((facts.nodes, facts.links, facts.components), (same.nodes, same.links, same.components));
    assert_eq!(from_xml.dropped, from_pbf.dropped);
    // 1,651 ways, of which 1,528 are walkable.
    let ways: std::collections::HashSet<&str> =
        from_xml.network.links.iter().map(|link| link.origin.as_str()).collect();
    assert_eq!(ways.len(), 1_528);
    assert_eq!(from_xml.dropped[&crate::network::draft::Dropped::NoAccess], 123);
    assert!(facts.kinds[&Kind::Stairs] + facts.kinds[&Kind::Escalator] >= 164, "{:?}", facts.kinds);
    // From the crossing in front of the station to the shrine's side: on the network, and not far off the crow's way.
    let graph = graph(&from_pbf.network);
    let found = path(&graph, Profile::Walk, &[at(139.7005, 35.6595), at(139.7055, 35.6612)], &[]).unwrap();
    let leg = &found.legs[0];
    assert!(!leg.straight && (480_000..900_000).contains(&leg.length_mm), "{}", leg.length_mm);
}

/// The costs from one node to all, by Dijkstra's method without any refinement.
fn dijkstra(graph: &Graph, profile: Profile, from: u32) -> Vec<u32> {
    let weights = graph.weights(profile);
    let mut costs = vec![u32::MAX; graph.size().0];
    let mut heap = BinaryHeap::from([(std::cmp::Reverse(0), from)]);
    costs[from as usize] = 0;
    while let Some((std::cmp::Reverse(cost), node)) = heap.pop() {
        for (index, arc) in graph.arcs_of(node) {
            if weights.arcs[index] == Weights::NEVER {
                continue;
            }
            let next = cost + weights.arcs[index];
            if next < costs[arc.head as usize] {
                costs[arc.head as usize] = next;
                heap.push((std::cmp::Reverse(next), arc.head));
            }
        }
    }
    costs
}

/// Every cost that a search finds from some nodes is the one that Dijkstra's method finds without any refinement.
fn assert_exact(graph: &Graph, step: usize) {
    for profile in Profile::ALL {
        let usable = &graph.weights(profile).usable;
        let two_way = |edge: &u32| {
            let of = &graph.edges[*edge as usize];
            let what = of.attributes;
            // Who stands at a lift's door has not taken it, unlike who came through its node; who stands on its link is
            // in it.
            let free = profile.passing(&graph.nodes[of.from as usize]) == Some(0) && what.kind != Kind::Lift;
            usable[*edge as usize] && what.forward && what.backward && free
        };
        let edges: Vec<u32> = (0..graph.size().1 as u32).filter(two_way).collect();
        let place = |edge: u32| crate::network::snap::Snapped {
            edge,
            along_mm: 0,
            segment: 0,
            at: graph.nodes[graph.edges[edge as usize].from as usize].at,
            away_m: 0.0,
        };
        for from in edges.iter().step_by(edges.len() / step + 1) {
            let costs = dijkstra(graph, profile, graph.edges[*from as usize].from);
            for to in edges.iter().step_by(7) {
                let expected = costs[graph.edges[*to as usize].from as usize];
                let found = way(graph, profile, &place(*from), &place(*to)).map_or(u32::MAX, |way| way.cost);
                assert_eq!(found, expected, "{profile:?} from {from} to {to}");
            }
        }
    }
}

#[test]
fn ways_are_exactly_the_best_on_real_networks_and_where_there_is_a_core() {
    if let (Some(pbf), Some(nodes), Some(links)) = (
        real("osm/shibuya.osm.pbf"),
        real("minato/pedestrian-network-daimon-node.geojson"),
        real("minato/pedestrian-network-daimon-link.geojson"),
    ) {
        assert_exact(&graph(&read(&[pbf], None).unwrap().network), 5);
        assert_exact(&graph(&read(&[nodes, links], None).unwrap().network), 5);
    }
    // Blocks without dead ends or rivers have no order of importance: the hardest there is.
    let (side, mut network) = (70_u32, Network::default());
    for node in 0..side * side {
        let shaken = |salt: u32| (node.wrapping_mul(2_654_435_761).rotate_left(salt) % 2_000) as i32;
        let (x, y) = ((node % side) as i32 * 5_000, (node / side) as i32 * 5_000);
        let at = [1_397_000_000 + x + shaken(3), 356_000_000 + y + shaken(11)];
        network.nodes.push(Node { at, level: 0, closed: false, step: node % 41 == 0, lift: false });
        for other in [(node % side > 0).then(|| node - 1), node.checked_sub(side)].into_iter().flatten() {
            let kind = if (node + other) % 13 == 0 { Kind::Stairs } else { Kind::Plain };
            let attributes = Attributes { kind, backward: node % 17 != 0, ..Attributes::default() };
            let (shape, origin) = (Vec::new(), String::new());
            network.links.push(Link { from: node, to: other, shape, attributes, said_mm: 0, origin });
        }
    }
    let graph = graph(&network);
    assert!((0..side * side).any(|node| graph.weights(Profile::Walk).hierarchy.landmarks.has(node)));
    assert_exact(&graph, 12);
}

#[test]
fn at_daimon_who_cannot_climb_takes_the_lift() {
    let files =
        ["node", "link"].map(|name| real(&format!("minato/pedestrian-network-daimon-{name}.geojson")));
    let [Some(nodes), Some(links)] = files else { return };
    let network = read(&[nodes, links], None).unwrap().network;
    let graph = graph(&network);
    // Around each lift some ways need it.
    let mut taken = 0;
    for lift in network.links.iter().filter(|link| link.attributes.kind == Kind::Lift) {
        let [lon, lat] = network.nodes[lift.from as usize].at;
        let near = |node: &&Node| {
            let away = crate::network::measure::metres(node.at, [lon, lat]);
            (10.0..90.0).contains(&away)
        };
        let around: Vec<Spot> = network.nodes.iter().filter(near).map(|node| node.at).step_by(9).collect();
        for (from, to) in around.iter().flat_map(|from| around.iter().map(move |to| (*from, *to))) {
            let Ok(walk) = path(&graph, Profile::Walk, &[from, to], &[]) else { continue };
            let Ok(free) = path(&graph, Profile::StepFree, &[from, to], &[]) else { continue };
            assert_eq!(free.legs[0].stairs, 0);
            taken += u32::from(walk.legs[0].stairs > 0 && free.legs[0].lifts > 0);
        }
    }
    assert!(taken > 0, "no stairs were avoided by a lift");
}

const SMALL: &str =
    "link_id,start_id,end_id,distance,route_type,rt_struct,direction,width,vtcl_slope,lev_diff
a,1,2,90,1,2,1,4,1,1
stairs,2,3,20,6,2,1,4,1,1
x,2,4,30,1,2,1,4,1,1
lift,4,5,6,4,7,1,4,1,1
y,5,3,30,1,6,1,4,1,1
b,3,6,90,1,2,1,4,1,1
gone,6,99,90,1,2,1,4,1,1
";
const NODES: &str = "node_id,lat,lon,floor
1,35.6000,139.7000,0
2,35.6000,139.7010,0
3,35.6000,139.7012,0
4,35.6003,139.7010,0
5,35.6003,139.7010,1
6,35.6000,139.7022,0
";

#[test]
fn who_cannot_climb_takes_the_lift() {
    let read = read(&[text("links.csv", SMALL), text("nodes.csv", NODES)], None).unwrap();
    assert_eq!(read.dropped[&crate::network::draft::Dropped::Dangling], 1);
    let graph = graph(&read.network);
    let points = [at(139.7000, 35.6), at(139.7022, 35.6)];
    let walk = &path(&graph, Profile::Walk, &points, &[]).unwrap().legs[0];
    let free = &path(&graph, Profile::StepFree, &points, &[]).unwrap().legs[0];
    assert_eq!((walk.stairs, walk.lifts), (1, 0));
    assert_eq!((free.stairs, free.lifts), (0, 1));
    assert!(free.length_mm > walk.length_mm && free.estimate_s > walk.estimate_s);
    assert!(walk.stairs_mm > 0);
    // Cut off by a step, both still walk, and only one arrives.
    let stepped = SMALL.replace("lift,4,5,6,4,7,1,4,1,1", "lift,4,5,6,4,7,1,4,1,2");
    let read =
        crate::network::source::read(&[text("links.csv", &stepped), text("nodes.csv", NODES)], None).unwrap();
    let graph = Graph::build(&read.network, |_| 0);
    assert!(path(&graph, Profile::Walk, &points, &[]).is_ok());
    assert_eq!(path(&graph, Profile::StepFree, &points, &[]), Err(NoPath::Apart(0)));
}

#[test]
fn codes_mean_what_the_specification_says() {
    let link = |columns: &str, values: &str| {
        let links = format!("link_id,start_id,end_id,{columns}\nx,1,2,{values}\n");
        read(&[text("links.csv", &links), text("nodes.csv", NODES)], None).unwrap().network.links[0]
            .attributes
    };
    for (codes, kind) in [
        ("1,1", Kind::Plain),
        ("1,2", Kind::Plain),
        ("1,3", Kind::Crossing),
        ("1,4", Kind::Crossing),
        ("1,5", Kind::Underpass),
        ("1,6", Kind::Footbridge),
        ("1,7", Kind::Plain),
        ("2,7", Kind::MovingWalk),
        ("3,8", Kind::RailwayCrossing),
        ("4,7", Kind::Lift),
        ("5,7", Kind::Escalator),
        ("6,6", Kind::Stairs),
        ("7,99", Kind::Ramp),
        ("99,99", Kind::Plain),
        (",", Kind::Plain),
    ] {
        assert_eq!(link("route_type,rt_struct", codes).kind, kind, "{codes}");
    }
    let slopes = ["1", "2", "3", "99"].map(|code| link("vtcl_slope", code).slope);
    assert_eq!(slopes, [Slope::Gentle, Slope::Steep, Slope::Steep, Slope::Unknown]);
    assert_eq!(["1", "2", "99"].map(|code| link("lev_diff", code).step), [false, true, false]);
    assert_eq!(["1", "2", "3", "4", "99"].map(|code| link("width", code).width_cm), [80, 100, 200, 300, 0]);
    assert_eq!(
        ["1", "2", "3", "4", "99"].map(|code| link("tfc_signal", code).signals),
        [false, true, true, true, false]
    );
    let ways =
        ["1", "2", "3", "99"].map(|code| link("direction", code)).map(|what| (what.forward, what.backward));
    assert_eq!(ways, [(true, true), (true, false), (false, true), (true, true)]);
    // The edition of 2024: up to 2 cm is no step, the percentage says the slope.
    let finer = |lev_diff: &str| link("rank,lev_diff,vSlope_max,vtcl_slope", &format!("AAA,{lev_diff},-6,2"));
    assert_eq!(["1", "2", "3", "4", "5"].map(|code| finer(code).step), [false, false, true, true, true]);
    assert_eq!(finer("1").slope, Slope::Steep);
    assert_eq!(link("r_method,vtcl_slope", "111,2").slope, Slope::Unknown);
}

#[test]
fn narrow_and_steep_ways_are_avoided_by_those_who_cannot_climb() {
    // Two ways round a block: the shorter is narrow, or steep.
    let nodes = "node_id,lat,lon\n1,35.6,139.7\n2,35.6,139.702\n3,35.6004,139.701\n";
    for short in ["1,1", "4,2", "4,3"] {
        let links =
            format!("link_id,start_id,end_id,width,vtcl_slope\nshort,1,2,{short}\na,1,3,4,1\nb,3,2,4,1\n");
        let read = read(&[text("links.csv", &links), text("nodes.csv", nodes)], None).unwrap();
        let graph = graph(&read.network);
        let points = [at(139.7, 35.6), at(139.702, 35.6)];
        let walk = path(&graph, Profile::Walk, &points, &[]).unwrap().legs[0].line.len();
        let free = path(&graph, Profile::StepFree, &points, &[]).unwrap().legs[0].line.len();
        assert_eq!((walk, free), (2, 3), "{short}");
    }
}

#[test]
fn one_way_passages_are_walked_one_way() {
    let escalator =
        SMALL.replace("stairs,2,3,20,6,2,1", "stairs,2,3,20,5,2,2").replace("lift,4,5", "lift,4,1");
    let read = read(&[text("links.csv", &escalator), text("nodes.csv", NODES)], None).unwrap();
    let graph = graph(&read.network);
    // Behind the escalator nobody comes back: the two sides are components of their own.
    let (start, end) = (at(139.7000, 35.6), at(139.7022, 35.6));
    assert!(path(&graph, Profile::Walk, &[start, end], &[]).is_ok());
    assert_eq!(path(&graph, Profile::Walk, &[end, start], &[]), Err(NoPath::Apart(0)));
}

#[test]
fn far_points_get_a_straight_leg_and_no_network_no_path() {
    let read = read(&[text("links.csv", SMALL), text("nodes.csv", NODES)], None).unwrap();
    let graph = graph(&read.network);
    let found = path(&graph, Profile::Walk, &[at(139.7, 35.6), at(139.72, 35.6), at(139.7022, 35.6001)], &[])
        .unwrap();
    assert!(found.legs.iter().all(|leg| leg.straight));
    assert!(found.snapped[1].is_none());
    let near = found.snapped[2].unwrap();
    assert!((near.away_m - 11.1).abs() < 0.2, "{}", near.away_m);
    let empty = Graph::build(&Network::default(), |_| 0);
    assert_eq!(path(&empty, Profile::Walk, &[at(0.0, 0.0), at(1.0, 1.0)], &[]), Err(NoPath::Empty));
}

#[test]
fn a_leg_is_straight_where_somebody_wishes_it() {
    let read = read(&[text("links.csv", SMALL), text("nodes.csv", NODES)], None).unwrap();
    let graph = graph(&read.network);
    // 11 m north of the way at its start, and 22 m north of it at its end; then back on the way.
    let points = [at(139.7, 35.6001), at(139.7022, 35.6002), at(139.7012, 35.6)];
    let found = path(&graph, Profile::Walk, &points, &[true, false]).unwrap();
    let [wished, snapped] = &found.legs[..] else { panic!("{found:?}") };
    let place = found.snapped[1].unwrap().at;
    // From point to point, and to where the next leg begins.
    assert_eq!(wished.line, [points[0], points[1], place]);
    assert_eq!(snapped.line[0], place);
    assert!(wished.straight && !snapped.straight && wished.sources.is_empty());
    let drawn: f64 =
        wished.line.windows(2).map(|pair| crate::network::measure::metres(pair[0], pair[1])).sum();
    assert!((wished.length_mm as f64 - drawn * 1000.0).abs() < 1.0, "{}", wished.length_mm);
    assert_eq!(wished.stairs + wished.lifts + wished.crossings, 0);
    // Between two such legs nobody goes to the network, and none is needed.
    let empty = Graph::build(&Network::default(), |_| 0);
    for graph in [&graph, &empty] {
        let found = path(graph, Profile::StepFree, &points, &[true, true]).unwrap();
        assert_eq!([&found.legs[0].line[..], &found.legs[1].line[..]], [&points[..2], &points[1..]]);
    }
    assert_eq!(path(&empty, Profile::Walk, &points, &[true, false]), Err(NoPath::Empty));
    // The same point twice is a leg of no length.
    let twice = path(&graph, Profile::Walk, &[points[0]; 2], &[true]).unwrap();
    assert_eq!((&twice.legs[0].line[..], twice.legs[0].length_mm), (&[points[0]; 2][..], 0));
}

#[test]
fn files_that_are_no_network_are_refused_with_why() {
    let refused = |name, content| read(&[text(name, content)], None).unwrap_err();
    assert!(matches!(refused("a.csv", "名称,緯度\nx,1\n"), BadNetwork::NoNetwork(_)));
    assert!(matches!(refused("a.csv", SMALL), BadNetwork::Nothing(_)));
    assert!(matches!(refused("a.osm", "<osm></osm>"), BadNetwork::Nothing(_)));
    assert!(matches!(refused("a.osm", "<!DOCTYPE x><osm/>"), BadNetwork::Osm(..)));
    let both = [text("l.csv", SMALL), text("a.osm", "<osm></osm>")];
    assert!(matches!(read(&both, None), Err(BadNetwork::Mixed)));
    let area = crate::network::source::area("139.69,35.59,139.7005,35.61").unwrap();
    let clipped = read(&[text("links.csv", SMALL), text("nodes.csv", NODES)], Some(&area)).unwrap();
    assert_eq!(
        (clipped.network.links.len(), clipped.dropped[&crate::network::draft::Dropped::OutOfArea]),
        (1, 5)
    );
    assert!(crate::network::source::area("1,2,3").is_err());
}

#[test]
fn where_a_better_source_covers_the_ground_the_other_is_joined_to_it() {
    let read = read(&[text("links.csv", SMALL), text("nodes.csv", NODES)], None).unwrap();
    // A street along the same line, and one that leads out of it.
    let osm = r#"<osm><node id="1" lat="35.60001" lon="139.70001"/><node id="2" lat="35.60001" lon="139.7009"/>
        <node id="3" lat="35.60003" lon="139.7021"/><node id="4" lat="35.6030" lon="139.7021"/>
        <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
        <way id="2"><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/></way></osm>"#;
    let other = crate::network::source::read(&[text("a.osm", osm)], None).unwrap();
    let part = |network| Part { network, area: None };
    let merged = merge(vec![part(read.network), part(other.network)]);
    assert_eq!((merged.covered, merged.joined), (1, 1));
    let graph = Graph::build(&merged.network, |link| merged.source_of[link]);
    let found = path(&graph, Profile::Walk, &[at(139.7000, 35.6), at(139.7021, 35.6029)], &[]).unwrap();
    assert!(!found.legs[0].straight);
    assert_eq!(found.legs[0].sources, [0, 1]);
}
