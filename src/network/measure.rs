//! Short distances, fast: on a plane that touches the WGS 84 ellipsoid at the middle of the two places.
//! Over the length of a ward it differs from the geodesic by less than a millimetre per kilometre.

use super::model::Spot;

/// Metres per 10⁻⁷ degrees of longitude and latitude at that latitude.
#[must_use]
pub fn scale(latitude: f64) -> [f64; 2] {
    const EQUATOR: f64 = 6_378_137.0;
    const E2: f64 = 0.006_694_379_990_14;
    let radians = latitude.to_radians();
    let w2 = 1.0 / (1.0 - E2 * radians.sin().powi(2));
    let w = w2.sqrt();
    let unit = 1e-7_f64.to_radians();
    [EQUATOR * w * radians.cos() * unit, EQUATOR * w * w2 * (1.0 - E2) * unit]
}

/// The distance between two places in metres.
#[must_use]
pub fn metres(a: Spot, b: Spot) -> f64 {
    let [x, y] = scale(f64::midpoint(f64::from(a[1]), f64::from(b[1])) / 1e7);
    ((f64::from(a[0]) - f64::from(b[0])) * x).hypot((f64::from(a[1]) - f64::from(b[1])) * y)
}

#[cfg(test)]
mod tests {
    use geo::Point;

    use super::*;
    use crate::geo::distance_m;

    #[test]
    fn the_other_side_of_the_world_is_no_overflow() {
        let far = metres([1_800_000_000, 900_000_000], [-1_800_000_000, -900_000_000]);
        assert!(far.is_finite() && far > 1e7, "{far}");
    }

    #[test]
    fn it_agrees_with_the_geodesic() {
        for b in [[1_397_600_000, 356_600_000], [1_397_450_000, 357_000_000], [1_397_450_010, 356_580_000]] {
            let a: Spot = [1_397_450_000, 356_580_000];
            let point = |spot: Spot| Point::new(f64::from(spot[0]) / 1e7, f64::from(spot[1]) / 1e7);
            let (ours, exact) = (metres(a, b), distance_m(point(a), point(b)));
            assert!((ours - exact).abs() <= exact * 1e-6 + 1e-6, "{ours} {exact}");
        }
    }
}
