//! Where numbers and names go on a map, so that none lies on another.

use crate::print::Rect;

/// What is taken on a map already.
pub(super) struct Placer {
    within: Rect,
    taken: Vec<Rect>,
    /// Points of the route's line: a name may lie on it, but rather not.
    line: Vec<[f32; 2]>,
}

/// How often points are pushed apart before they stay where they are.
const ROUNDS: usize = 60;

/// Moves points apart until each is at least `least` from every other and within the rectangle, as far as there is room.
pub(super) fn spread(points: &[[f32; 2]], least: f32, within: &Rect) -> Vec<[f32; 2]> {
    let mut spread = points.to_vec();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for a in 0..spread.len() {
            for b in a + 1..spread.len() {
                let (dx, dy) = (spread[b][0] - spread[a][0], spread[b][1] - spread[a][1]);
                let apart = dx.hypot(dy);
                if apart >= least {
                    continue;
                }
                moved = true;
                // Two on one spot: side by side, the first one on the left.
                let (ux, uy) = if apart < 0.01 { (1.0, 0.0) } else { (dx / apart, dy / apart) };
                let push = (least - apart) / 2.0 + 0.01;
                for (index, sign) in [(a, -1.0), (b, 1.0)] {
                    spread[index][0] += ux * push * sign;
                    spread[index][1] += uy * push * sign;
                }
            }
        }
        for [x, y] in &mut spread {
            *x = x.clamp(within.x, within.right());
            *y = y.clamp(within.y, within.bottom());
        }
        if !moved {
            break;
        }
    }
    spread
}

impl Placer {
    /// Nothing is taken but the line.
    pub(super) fn new(within: Rect, line: &[[f32; 2]]) -> Self {
        Self { within, taken: Vec::new(), line: sampled(line) }
    }

    /// Takes a rectangle.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Takes the best free place of that size beside a point, at least `gap` from it; farther away in up to `rings` steps.
    /// `None` when there is none.
    pub(super) fn beside(
        &mut self,
        [x, y]: [f32; 2],
        gap: f32,
        [width, height]: [f32; 2],
        rings: u8,
    ) -> Option<Rect> {
        let best = (0..rings).find_map(|ring| {
            let gap = gap + f32::from(ring) * height * 0.8;
            let skew = gap * 0.75;
            let (left, right) = (x - gap - width, x + gap);
            let (above, below) = (y - gap - height, y + gap);
            let (middle_x, middle_y) = (x - width / 2.0, y - height / 2.0);
            let corners =
                [(x + skew, y - skew - height), (x + skew, y + skew), (x - skew - width, y - skew - height)];
            [(right, middle_y), (left, middle_y), (middle_x, above), (middle_x, below)]
                .into_iter()
                .chain(corners)
                .chain([(x - skew - width, y + skew)])
                .map(|(left, top)| Rect::new(left, top, width, height))
                .enumerate()
                .filter(|(_, rect)| self.is_free(rect))
                .min_by_key(|(order, rect)| (self.crossed(rect), *order))
                .map(|(_, rect)| rect)
        })?;
        self.taken.push(best);
        Some(best)
    }

    /// Takes the place of that size around a point, if it is free.
    pub(super) fn around(&mut self, [x, y]: [f32; 2], [width, height]: [f32; 2]) -> Option<Rect> {
        let rect = Rect::new(x - width / 2.0, y - height / 2.0, width, height);
        if !self.is_free(&rect) || self.crossed(&rect) > 0 {
            return None;
        }
        self.taken.push(rect);
        Some(rect)
    }

    fn is_free(&self, rect: &Rect) -> bool {
        self.within.contains(rect) && !self.taken.iter().any(|taken| taken.overlaps(rect))
    }

    fn crossed(&self, rect: &Rect) -> usize {
        self.line.iter().filter(|[x, y]| rect.overlaps(&Rect::new(*x, *y, 0.01, 0.01))).count()
    }
}

/// Points along a line, 4 points apart.
fn sampled(line: &[[f32; 2]]) -> Vec<[f32; 2]> {
    let mut points = Vec::new();
    for pair in line.windows(2) {
        let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
        let steps = (dx.hypot(dy) / 4.0).ceil().clamp(1.0, 1000.0);
        points.extend((0..steps as u16).map(|step| {
            let share = f32::from(step) / steps;
            [pair[0][0] + dx * share, pair[0][1] + dy * share]
        }));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: Rect = Rect::new(0.0, 0.0, 400.0, 300.0);

    #[test]
    fn crowded_points_are_moved_apart() {
        let crowd = [[200.0, 150.0], [200.0, 150.0], [203.0, 151.0], [0.0, 0.0], [2.0, 0.0]];
        let spread = spread(&crowd, 18.0, &MAP.inset(10.0));
        for (index, a) in spread.iter().enumerate() {
            assert!(MAP.inset(9.9).contains(&Rect::new(a[0], a[1], 0.0, 0.0)));
            for b in &spread[index + 1..] {
                assert!((a[0] - b[0]).hypot(a[1] - b[1]) > 17.0, "{spread:?}");
            }
        }
        let far = [[50.0, 50.0], [150.0, 50.0]];
        assert_eq!(super::spread(&far, 18.0, &MAP), far);
    }

    #[test]
    fn names_lie_beside_each_other_and_off_the_line() {
        let mut placer = Placer::new(MAP, &[[200.0, 150.0], [400.0, 150.0]]);
        placer.take(Rect::new(190.0, 140.0, 20.0, 20.0));
        let first = placer.beside([200.0, 150.0], 12.0, [80.0, 12.0], 3).unwrap();
        assert!(first.right() <= 188.01, "left of it, where no line is: {first:?}");
        let others: Vec<Rect> =
            (0..6).map_while(|_| placer.beside([200.0, 150.0], 12.0, [80.0, 12.0], 3)).collect();
        assert!(others.len() >= 4, "{}", others.len());
        for (index, a) in others.iter().enumerate() {
            assert!(MAP.contains(a) && !a.overlaps(&first));
            assert!(others[index + 1..].iter().all(|b| !a.overlaps(b)));
        }
        assert_eq!(placer.beside([200.0, 150.0], 12.0, [800.0, 12.0], 3), None);
        assert_eq!(placer.around([300.0, 150.0], [60.0, 12.0]), None, "on the line");
    }
}
