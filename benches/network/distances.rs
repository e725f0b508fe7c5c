//! Whether both find ways of the same length, and if not, why.
//!
//! Two rules differ for good reasons. In Valhalla a pedestrian street that is one-way for vehicles is one-way for people,
//! too; here `oneway` holds for them only on ways that have no vehicles. Valhalla does not walk along the outlines of
//! squares; here one does, as across them. And a point may be moved to another way. To see that nothing else differs,
//! the pairs are also asked for between the places where Valhalla's ways begin and end, under its rules.

use std::collections::BTreeMap;

use machiaruki::{
    import::osm,
    network::{from_osm::from_osm, graph::Graph, path::Path},
};

use crate::report::{Line, Spread, Target, Unit};

use super::{Point, found, valhalla::Found};

/// Ways that differ by more than this share differ.
const SAME: f64 = 0.02;

/// The graph under Valhalla's rules.
fn under_their_rules(bytes: &[u8]) -> anyhow::Result<Graph> {
    let mut file = osm::open(bytes)?;
    file.ways.retain(|way| way.tags.get("area") != Some("yes"));
    for way in &mut file.ways {
        if way.tags.get("highway") == Some("pedestrian")
            && let Some(oneway) = way.tags.get("oneway").map(str::to_owned)
        {
            way.tags.push("oneway:foot", &oneway);
        }
    }
    Ok(Graph::build(&from_osm(&file).0, |_| 0))
}

/// How many pairs have the same distance: as they are asked for, and between the same places under the same rules.
pub fn compared(
    graph: &Graph,
    bytes: &[u8],
    pairs: &[Vec<Point>],
    theirs: &[Option<Found>],
) -> anyhow::Result<[Line; 2]> {
    let rules = under_their_rules(bytes)?;
    let mut why: BTreeMap<Why, usize> = BTreeMap::new();
    for (pair, theirs) in pairs.iter().zip(theirs) {
        *why.entry(Why::of(graph, &rules, pair, theirs.as_ref())?).or_default() += 1;
    }
    let line = |what: &str, target: Target, explained: fn(&Why) -> bool| {
        let same: usize = why.iter().filter(|(why, _)| explained(why)).map(|(_, count)| count).sum();
        let others = why.iter().filter(|(why, _)| !explained(why));
        let others: Vec<String> = others.map(|(why, count)| format!("{count} {}", why.words())).collect();
        Line {
            what: what.to_owned(),
            target,
            measured: Spread::one(same as f64 * 100.0 / pairs.len() as f64),
            unit: Unit::Percent,
            remark: others.join("; "),
            absolute: String::new(),
        }
    };
    Ok([
        line("pairs whose distances are within 2 %", Target::None, |why| *why == Why::Same),
        line("the same between the same places under the same rules", Target::AtLeast(95.0), |why| {
            matches!(why, Why::Same | Why::Ends | Why::Rules | Why::Both)
        }),
    ])
}

/// Why two ways differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Same,
    Ends,
    Rules,
    Both,
    Shorter,
    Longer,
    None,
}

impl Why {
    fn of(graph: &Graph, rules: &Graph, pair: &[Point], theirs: Option<&Found>) -> anyhow::Result<Self> {
        let Some((theirs, ends)) = theirs.and_then(|theirs| Some((theirs, theirs.ends?))) else {
            return Ok(Self::None);
        };
        // Valhalla rounds to metres.
        let same = |graph: &Graph, points: &[Point]| -> bool {
            found(graph, points)
                .is_ok_and(|path| (metres(&path) - theirs.metres).abs() <= SAME * theirs.metres + 1.0)
        };
        let reasons = [
            (graph, pair, Self::Same),
            (graph, &ends[..], Self::Ends),
            (rules, pair, Self::Rules),
            (rules, &ends[..], Self::Both),
        ];
        let first = reasons.into_iter().find(|&(graph, points, _)| same(graph, points));
        Ok(match first {
            Some((_, _, why)) => why,
            None if metres(&found(graph, pair)?) < theirs.metres => Self::Shorter,
            None => Self::Longer,
        })
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Same => "are the same",
            Self::Ends => "begin or end at another place there",
            Self::Rules => "use pedestrian streets against their one way, or outlines of squares",
            Self::Both => "differ by both",
            Self::Shorter => "are shorter here",
            Self::Longer => "are longer here",
            Self::None => "have no way there",
        }
    }
}

fn metres(path: &Path) -> f64 {
    path.legs.iter().map(|leg| leg.length_mm).sum::<u64>() as f64 / 1000.0
}
