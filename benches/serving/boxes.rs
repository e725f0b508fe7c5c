//! Boxes to ask for, made from the data, and what is in them by comparing every point.

use crate::{data::Dataset, random::Random};

/// West, south, east, north.
pub type Edges = [f64; 4];

/// A degree of latitude is so many of longitude here: boxes are squares on the ground.
const STRETCH: f64 = 1.23;

/// The points inside, edges included: the truth that answers are held against.
pub fn inside(dataset: &Dataset, [west, south, east, north]: Edges) -> Vec<usize> {
    let holds = |[lon, lat]: [f64; 2]| west <= lon && lon <= east && south <= lat && lat <= north;
    (0..dataset.points.len()).filter(|index| holds(dataset.points[*index])).collect()
}

/// Boxes around random points, each as large as it takes to hold about `wanted` of them.
pub fn holding(dataset: &Dataset, wanted: usize, count: usize) -> Vec<Edges> {
    let mut random = Random::new(20_261_120);
    let mut distances = Vec::with_capacity(dataset.points.len());
    (0..count)
        .map(|_| {
            let [lon, lat] = *random.pick(&dataset.points);
            distances.clear();
            let far = |[x, y]: &[f64; 2]| f64::max((x - lon).abs(), (y - lat).abs() * STRETCH);
            distances.extend(dataset.points.iter().map(far));
            let nth = wanted.min(distances.len() - 1);
            let half = *distances.select_nth_unstable_by(nth, f64::total_cmp).1;
            [lon - half, lat - half / STRETCH, lon + half, lat + half / STRETCH]
        })
        .collect()
}

/// Small boxes whose edges lie on a point, one float beside it, or a little farther: an index of 32-bit
/// floats alone answers many of them wrongly.
pub fn tiny(dataset: &Dataset, count: usize) -> Vec<Edges> {
    let mut random = Random::new(64);
    let mut edge = |at: f64, outwards: f64| match random.below(6) {
        0 => at,
        1 if outwards > 0.0 => at.next_up(),
        1 => at.next_down(),
        // Leaves the point out.
        2 if outwards > 0.0 => at.next_down(),
        2 => at.next_up(),
        3 => at + outwards * 1e-8,
        4 => at + outwards * 1e-6 * (1.0 + 9.0 * random.unit()),
        _ => at + outwards * 1e-4 * random.unit(),
    };
    let mut centres = Random::new(46);
    (0..count)
        .map(|_| {
            let [lon, lat] = *centres.pick(&dataset.points);
            let [west, south, east, north] =
                [edge(lon, -1.0), edge(lat, -1.0), edge(lon, 1.0), edge(lat, 1.0)];
            // Two edges that both leave the point out would cross; and west of west means the antimeridian.
            [west.min(east), south.min(north), west.max(east), south.max(north)]
        })
        .collect()
}

/// A box in a URL: digits that read back to the same floats.
pub fn written([west, south, east, north]: Edges) -> String {
    format!("bbox={west},{south},{east},{north}")
}
