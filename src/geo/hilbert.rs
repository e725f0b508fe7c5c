//! The Hilbert curve: one number for a place, such that near numbers are near places.

/// Where on a Hilbert curve of order 31 over the whole world a point lies: 0 to 2⁶² − 1.
///
/// The rotation is the classic one of Hamilton (1991), "`xy2d`".
#[must_use]
pub fn hilbert_position(lon: f64, lat: f64) -> i64 {
    const ORDER: u32 = 31;
    let side = f64::from(1_u32 << ORDER) - 1.0;
    // `as` saturates, so that whatever is asked has a place on the curve.
    let mut x = (((lon + 180.0) / 360.0) * side) as u32;
    let mut y = (((lat + 90.0) / 180.0) * side) as u32;
    let mut position: u64 = 0;
    let mut step = 1_u32 << (ORDER - 1);
    while step > 0 {
        let right = u32::from(x & step > 0);
        let upper = u32::from(y & step > 0);
        position += u64::from(step) * u64::from(step) * u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                x = (step.wrapping_sub(1)).wrapping_sub(x) & (step - 1);
                y = (step.wrapping_sub(1)).wrapping_sub(y) & (step - 1);
            }
            std::mem::swap(&mut x, &mut y);
        }
        x &= step - 1;
        y &= step - 1;
        step >>= 1;
    }
    position as i64
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn neighbours_on_the_curve_are_neighbours_on_the_ground() {
        // Points of a grid, in curve order, are one grid step apart when the grid is a power of two
        // wide: that is what makes the curve a Hilbert curve.
        let side = 32;
        let mut cells: Vec<(i64, i32, i32)> = Vec::new();
        for x in 0..side {
            for y in 0..side {
                let lon = -180.0 + 360.0 * (f64::from(x) + 0.5) / f64::from(side);
                let lat = -90.0 + 180.0 * (f64::from(y) + 0.5) / f64::from(side);
                cells.push((hilbert_position(lon, lat), x, y));
            }
        }
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let step = (pair[0].1 - pair[1].1).abs() + (pair[0].2 - pair[1].2).abs();
            assert_eq!(step, 1, "{pair:?}");
        }
    }

    #[test]
    fn distinct_places_of_a_street_are_distinct_on_the_curve() {
        let positions: HashSet<i64> =
            (0..1000).map(|i| hilbert_position(139.7 + f64::from(i) * 1e-6, 35.6)).collect();
        assert_eq!(positions.len(), 1000);
        assert!(positions.iter().all(|position| *position >= 0));
        assert!(hilbert_position(f64::NAN, f64::INFINITY) >= 0);
    }
}
