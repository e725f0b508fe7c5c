//! What holds in any network.

use proptest::prelude::*;

use crate::network::{
    order::{End, best_order, matrix},
    search::{length, way},
    snap::snap,
};

use super::*;

/// Any graph: nodes in a neighbourhood, links between any two of them, some one-way.
fn networks() -> impl Strategy<Value = Network> {
    let nodes = proptest::collection::vec((0..20_000_i32, 0..20_000_i32), 2..14);
    let links = proptest::collection::vec(
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..10_u8),
        1..40,
    );
    (nodes, links).prop_map(|(places, pairs)| {
        let node = |(x, y)| Node {
            at: [1_397_000_000 + x, 356_000_000 + y],
            level: 0,
            closed: false,
            step: false,
            lift: false,
        };
        let mut network = Network { nodes: places.into_iter().map(node).collect(), links: Vec::new() };
        for (from, to, what) in pairs {
            let (from, to) = (from.index(network.nodes.len()), to.index(network.nodes.len()));
            let attributes = Attributes {
                kind: if what == 1 { Kind::Stairs } else { Kind::Plain },
                backward: what != 0,
                ..Attributes::default()
            };
            let link = Link {
                from: from as u32,
                to: to as u32,
                shape: vec![],
                attributes,
                said_mm: 0,
                origin: String::new(),
            };
            if link.length_mm(&network.nodes) > 0 {
                network.links.push(link);
            }
        }
        network
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_path_is_what_dijkstra_finds_and_no_shorter_than_the_crow_flies(network in networks()) {
        let graph = graph(&network);
        for profile in Profile::ALL {
            let usable = &graph.weights(profile).usable;
            // Places exactly at the starts of edges, so that costs between nodes are comparable.
            let places: Vec<(u32, _)> = (0..graph.size().1 as u32)
                .filter(|edge| usable[*edge as usize])
                .map(|edge| (graph.edges[edge as usize].from, edge))
                .collect();
            for (from, edge) in places.iter().take(4) {
                let costs = dijkstra(&graph, profile, *from);
                let place = |node: u32, edge: u32| crate::network::snap::Snapped {
                    edge, along_mm: 0, segment: 0, at: graph.nodes[node as usize].at, away_m: 0.0,
                };
                for (to, other) in &places {
                    let length = length(&graph, profile, &place(*from, *edge), &place(*to, *other));
                    let found = way(&graph, profile, &place(*from, *edge), &place(*to, *other));
                    let may_leave = graph.edges[*edge as usize].attributes.backward || edge == other;
                    if may_leave && graph.edges[*other as usize].attributes.forward {
                        let expected = (costs[*to as usize] != u32::MAX).then_some(costs[*to as usize]);
                        // Leaving by the edge itself is never cheaper; being on it may be the only way in.
                        if graph.edges[*other as usize].attributes.backward {
                            prop_assert_eq!(found.as_ref().map(|way| way.cost), expected);
                            prop_assert_eq!(length, expected.map(u64::from));
                        }
                    }
                    if let Some(found) = found {
                        let crow = crate::network::measure::metres(graph.nodes[*from as usize].at, graph.nodes[*to as usize].at);
                        prop_assert!(f64::from(found.cost) >= crow * 1000.0 - 1.0);
                    }
                }
            }
        }
    }

    #[test]
    fn paths_between_any_points_hold_together(network in networks(), points in proptest::collection::vec((0..20_000_i32, 0..20_000_i32), 2..6)) {
        let graph = graph(&network);
        let points: Vec<Spot> = points.into_iter().map(|(x, y)| [1_397_000_000 + x, 356_000_000 + y]).collect();
        for profile in Profile::ALL {
            let Ok(found) = path(&graph, profile, &points, &[]) else { continue };
            prop_assert_eq!(found.legs.len(), points.len() - 1);
            for (leg, ends) in found.legs.iter().zip(found.snapped.windows(2)) {
                prop_assert!(leg.line.len() >= 2);
                let drawn: f64 = leg.line.windows(2).map(|pair| crate::network::measure::metres(pair[0], pair[1])).sum();
                // Places are rounded to a centimetre, edges up to a millimetre.
                prop_assert!((drawn * 1000.0 - leg.length_mm as f64).abs() < 100.0, "{drawn} {}", leg.length_mm);
                if let [Some(from), Some(to)] = ends {
                    prop_assert!(leg.length_mm as f64 >= crate::network::measure::metres(from.at, to.at) * 1000.0 - 30.0);
                    prop_assert_eq!(leg.line[0], from.at);
                    prop_assert_eq!(leg.line[leg.line.len() - 1], to.at);
                }
            }
            let both_ways = network.links.iter().all(|link| link.attributes.backward);
            let back: Vec<Spot> = points.iter().rev().copied().collect();
            if both_ways {
                let back = path(&graph, profile, &back, &[]).unwrap();
                let total = |path: &crate::network::path::Path| path.legs.iter().map(|leg| leg.length_mm).sum::<u64>();
                prop_assert_eq!(total(&found), total(&back));
            }
            let costs = matrix(&graph, profile, &points);
            if let Ok(costs) = costs {
                let order = best_order(&costs, End::Anywhere);
                let ordered: Vec<Spot> = order.iter().map(|stop| points[*stop]).collect();
                let given: u64 = found.legs.iter().map(|leg| leg.length_mm).sum();
                let better: u64 = path(&graph, profile, &ordered, &[]).unwrap().legs.iter().map(|leg| leg.length_mm).sum();
                prop_assert!(better <= given + points.len() as u64 * 2);
            }
        }
    }

    #[test]
    fn the_nearest_place_is_the_nearest(network in networks(), x in -5_000..25_000_i32, y in -5_000..25_000_i32) {
        let graph = graph(&network);
        let point = [1_397_000_000 + x, 356_000_000 + y];
        let scale = crate::network::measure::scale(35.6);
        let mut nearest = f64::INFINITY;
        for edge in 0..graph.size().1 as u32 {
            if graph.weights(Profile::Walk).usable[edge as usize] {
                for share in 0..=1_000 {
                    let line: Vec<Spot> = graph.line(edge).collect();
                    let on = [0, 1].map(|axis| f64::from(line[0][axis]) + f64::from(line[1][axis] - line[0][axis]) * f64::from(share) / 1_000.0);
                    let away = ((f64::from(point[0]) - on[0]) * scale[0]).hypot((f64::from(point[1]) - on[1]) * scale[1]);
                    nearest = nearest.min(away);
                }
            }
        }
        match snap(&graph, Profile::Walk, point) {
            Some(place) => prop_assert!((place.away_m - nearest).abs() < 0.5, "{} {nearest}", place.away_m),
            None => prop_assert!(nearest > 199.0, "{nearest}"),
        }
    }

    #[test]
    fn no_table_makes_it_panic(cells in "(link_id|start_id|end_id|node_id|lat|lon|floor|1|2|99|-1e9|nan|,|\n|\"){0,60}") {
        let _ = read(&[text("a.csv", &format!("link_id,start_id,end_id,node_id,lat,lon\n{cells}"))], None);
    }
}
