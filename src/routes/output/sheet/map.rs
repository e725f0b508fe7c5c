//! The map of a sheet: the ground, the line and the numbered stops.

use geo::{LineString, MultiPolygon};

use crate::{
    geo::Position,
    print::{
        MM, Rect,
        canvas::{Canvas, Colour, Pen},
        fonts::Weight,
    },
    routes::{
        model::{Language, Stop, Version},
        output::{
            Words, labels,
            paper::{ACCENT, INK, MUTED, number},
        },
    },
};

use super::{
    ground::{Ground, Named},
    placing::{Placer, spread},
    view::View,
};

const OUTSIDE: Colour = Colour::Grey(0xe4);
const BORDER: Colour = Colour::Grey(0x8c);
pub(super) const WAY: Colour = Colour::Grey(0xc4);
pub(super) const STAIRS: Colour = Colour::Grey(0x6e);
const QUIET: Colour = Colour::Grey(0x66);
/// The radius of a stop's number.
const RADIUS: f32 = 8.2;
const NAME: f32 = 8.4;
const SMALL: f32 = 6.6;
const HALO: f32 = 1.4;

/// What lies between the route and the edge of its map.
const AROUND: f32 = 15.0 * MM;

/// How high the map of a route has to be that is as wide as a rectangle, and shows the route as large as that allows.
pub(super) fn height(rect: Rect, version: &Version) -> f32 {
    let endless = Rect { height: 1e6, ..rect };
    let view = View::fit(endless, shown(version), AROUND);
    view.height(shown(version)) + 2.0 * AROUND
}

fn shown(version: &Version) -> impl Iterator<Item = Position> {
    let line = version.line.coordinates.iter().copied();
    line.chain(version.design.stops().map(|stop| stop.location))
}

/// Draws the map into a rectangle.
pub(super) fn draw(canvas: &mut Canvas<'_>, rect: Rect, version: &Version, ground: &Ground, words: &Words) {
    let stops: Vec<&Stop> = version.design.stops().collect();
    let view = View::fit(rect, shown(version), AROUND);
    canvas.within(&rect, |canvas| {
        areas(canvas, &view, ground);
        ways(canvas, &view, ground);
        route(canvas, &view, version);
        names(canvas, &view, version, &stops, ground, words);
    });
    furniture(canvas, &view);
    canvas.rect(&rect, None, Some(&Pen::new(INK, 0.8)));
}

fn rings(view: &View, area: &MultiPolygon) -> Vec<Vec<[f32; 2]>> {
    let ring = |ring: &LineString| ring.0.iter().map(|at| view.point(Position([at.x, at.y]))).collect();
    area.0
        .iter()
        .flat_map(|area| {
            std::iter::once(area.exterior()).chain(area.interiors()).map(ring).collect::<Vec<_>>()
        })
        .collect()
}

fn areas(canvas: &mut Canvas<'_>, view: &View, ground: &Ground) {
    if ground.outline.0.is_empty() {
        canvas.rect(&view.rect, Some(Colour::WHITE), None);
    } else {
        canvas.rect(&view.rect, Some(OUTSIDE), None);
        canvas.areas(&rings(view, &ground.outline), Colour::WHITE);
    }
    for district in &ground.districts {
        canvas.lines(&rings(view, district), &Pen::dashed(BORDER, 0.7, [5.0, 2.5]));
    }
    if !ground.outline.0.is_empty() {
        canvas.lines(&rings(view, &ground.outline), &Pen::new(BORDER, 1.1));
    }
}

fn ways(canvas: &mut Canvas<'_>, view: &View, ground: &Ground) {
    let [west, south, east, north] = view.bounds();
    let near = |line: &[Position]| {
        let all = |side: &dyn Fn(&[f64; 2]) -> bool| line.iter().all(|at| side(&at.0));
        !(all(&|at| at[0] < west)
            || all(&|at| at[0] > east)
            || all(&|at| at[1] < south)
            || all(&|at| at[1] > north))
    };
    let of = |stairs: bool| -> Vec<Vec<[f32; 2]>> {
        let ways = ground.ways.iter().filter(|way| way.stairs == stairs && near(&way.line));
        ways.map(|way| view.line(&way.line)).collect()
    };
    canvas.lines(&of(false), &Pen::new(WAY, 1.7));
    canvas.lines(&of(true), &stairs_pen());
}

/// Short strokes across the way, as maps have stairs.
pub(super) fn stairs_pen() -> Pen {
    Pen::dashed(STAIRS, 3.2, [0.7, 1.1])
}

/// The line itself, with a white edge so that it stands out.
pub(super) fn route_pen() -> Pen {
    Pen::new(ACCENT, 2.8)
}

/// Where the line does not follow the network.
pub(super) fn straight_pen() -> Pen {
    Pen::dashed(ACCENT, 2.2, [4.5, 3.0])
}

fn route(canvas: &mut Canvas<'_>, view: &View, version: &Version) {
    let line = view.line(&version.line.coordinates);
    canvas.lines(std::slice::from_ref(&line), &Pen::new(Colour::WHITE, 5.4));
    let legs = |straight: bool| -> Vec<Vec<[f32; 2]>> {
        let legs = version.line.legs.iter().filter(|leg| leg.straight == straight);
        legs.filter_map(|leg| line.get(leg.first_coordinate..=leg.last_coordinate))
            .map(<[_]>::to_vec)
            .collect()
    };
    let whole = if version.line.legs.is_empty() { vec![line.clone()] } else { legs(false) };
    canvas.lines(&whole, &route_pen());
    canvas.lines(&legs(true), &straight_pen());
    for (at, [ux, uy]) in along(&line, 62.0) {
        // A small arrow head in white on the line.
        let tip = [at[0] + ux * 3.4, at[1] + uy * 3.4];
        let wing = |side: f32| [at[0] - ux * 2.2 - uy * 3.4 * side, at[1] - uy * 2.2 + ux * 3.4 * side];
        canvas.lines(&[vec![wing(1.0), tip, wing(-1.0)]], &Pen::new(Colour::WHITE, 3.2));
        canvas.lines(&[vec![wing(1.0), tip, wing(-1.0)]], &Pen::new(ACCENT, 1.5));
    }
}

/// Points along a line at equal distances, and the direction of the line there.
fn along(line: &[[f32; 2]], every: f32) -> Vec<([f32; 2], [f32; 2])> {
    let (mut points, mut next) = (Vec::new(), every / 2.0);
    let mut gone = 0.0;
    for pair in line.windows(2) {
        let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
        let length = dx.hypot(dy);
        // On a very short piece an arrow would stand askew.
        while length > 5.0 && next < gone + length {
            let share = ((next - gone) / length).clamp(0.0, 1.0);
            points.push(([pair[0][0] + dx * share, pair[0][1] + dy * share], [dx / length, dy / length]));
            next += every;
        }
        gone += length;
        next = next.max(gone);
    }
    points
}

fn names(
    canvas: &mut Canvas<'_>,
    view: &View,
    version: &Version,
    stops: &[&Stop],
    ground: &Ground,
    words: &Words,
) {
    let true_places: Vec<[f32; 2]> = stops.iter().map(|stop| view.point(stop.location)).collect();
    let room = view.rect.inset(RADIUS + 2.0);
    let places = spread(&true_places, RADIUS * 2.0 + 3.0, &room);
    let mut placer = Placer::new(view.rect.inset(3.0), &view.line(&version.line.coordinates));
    for area in furniture_areas(view) {
        placer.take(area);
    }
    for [x, y] in &places {
        let side = RADIUS * 2.3;
        placer.take(Rect::new(x - side / 2.0, y - side / 2.0, side, side));
    }
    for (place, at) in places.iter().zip(&true_places) {
        if (place[0] - at[0]).hypot(place[1] - at[1]) > RADIUS * 0.5 {
            canvas.lines(&[vec![*at, *place]], &Pen::new(INK, 0.8));
            canvas.circle(*at, 1.8, Some(INK), None);
        }
    }
    // Names of stops first: where there is little room, they stay.
    let ends = ends(version, stops.len(), words);
    let mut labels = Vec::new();
    for (index, (stop, at)) in stops.iter().zip(&places).enumerate() {
        let name = words.best(&stop.name);
        let name = match (ends.get(index).copied().flatten(), words.language) {
            (None, _) => name.to_owned(),
            (Some(end), Language::En) => format!("{name} ({end})"),
            (Some(end), Language::Ja | Language::Easy) => format!("{name}({end})"),
        };
        let line = canvas.setter.short(&name, Weight::Bold, NAME, 58.0 * MM);
        let size = [line.width * NAME + 2.0, NAME * 1.35];
        labels.extend(placer.beside(*at, RADIUS * 1.3, size, 4).map(|rect| (rect, line)));
    }
    for locality in &ground.localities {
        quiet_name(canvas, view, &mut placer, locality, words);
    }
    let is_stop = |name: &str| {
        stops
            .iter()
            .any(|stop| words.best(&stop.name).contains(name) || name.contains(words.best(&stop.name)))
    };
    // A landmark that is a stop is on the map already.
    for landmark in ground.landmarks.iter().filter(|landmark| !is_stop(landmark.label(words.language))) {
        landmark_name(canvas, view, &mut placer, landmark, words);
    }
    for (rect, line) in labels {
        let at = [rect.x + 1.0, rect.y + NAME * 1.02];
        canvas.halo(at, &line, NAME, HALO);
        canvas.text(at, &line, NAME, INK);
    }
    for (index, (stop, at)) in stops.iter().zip(&places).enumerate() {
        number(canvas, *at, RADIUS, index + 1, stop.required);
    }
}

/// What is said of the first and the last stop.
fn ends(version: &Version, count: usize, words: &Words) -> Vec<Option<&'static str>> {
    let mut ends = vec![None; count];
    if let Some(last) = ends.last_mut() {
        *last = (!version.design.round_trip).then(|| words.say(labels::GOAL));
    }
    if let Some(first) = ends.first_mut() {
        let both = version.design.round_trip || count == 1;
        *first = Some(words.say(if both { labels::START_AND_GOAL } else { labels::START }));
    }
    ends
}

fn quiet_name(canvas: &mut Canvas<'_>, view: &View, placer: &mut Placer, name: &Named, words: &Words) {
    let line = canvas.setter.line(name.label(words.language), Weight::Regular);
    let size = 7.6;
    let at = view.point(name.location);
    if let Some(rect) = placer.around(at, [line.width * size + 6.0, size * 1.4]) {
        let at = [rect.x + 3.0, rect.y + size * 1.05];
        canvas.halo(at, &line, size, HALO);
        canvas.text(at, &line, size, QUIET);
    }
}

fn landmark_name(canvas: &mut Canvas<'_>, view: &View, placer: &mut Placer, name: &Named, words: &Words) {
    let line = canvas.setter.short(name.label(words.language), Weight::Regular, SMALL, 36.0 * MM);
    let at = view.point(name.location);
    let dot = Rect::new(at[0] - 2.4, at[1] - 2.4, 4.8, 4.8);
    if placer.around(at, [dot.width, dot.height]).is_none() {
        return;
    }
    if let Some(rect) = placer.beside(at, 3.4, [line.width * SMALL + 1.0, SMALL * 1.3], 1) {
        landmark_sign(canvas, at);
        let at = [rect.x, rect.y + SMALL * 1.0];
        canvas.halo(at, &line, SMALL, HALO);
        canvas.text(at, &line, SMALL, MUTED);
    }
}

/// A small square.
pub(super) fn landmark_sign(canvas: &mut Canvas<'_>, [x, y]: [f32; 2]) {
    canvas.rect(&Rect::new(x - 1.9, y - 1.9, 3.8, 3.8), Some(MUTED), Some(&Pen::new(Colour::WHITE, 0.8)));
}

/// Where the north arrow and the scale bar are.
fn furniture_areas(view: &View) -> [Rect; 2] {
    let rect = &view.rect;
    let bar = view.round_metres(45.0 * MM) / view.metres_per_point;
    [
        Rect::new(rect.right() - 28.0, rect.y + 6.0, 22.0, 34.0),
        Rect::new(rect.x + 6.0, rect.bottom() - 26.0, bar as f32 + 34.0, 20.0),
    ]
}

fn furniture(canvas: &mut Canvas<'_>, view: &View) {
    let [north, scale] = furniture_areas(view);
    for area in [&north, &scale] {
        canvas.rect(area, Some(Colour::WHITE), Some(&Pen::new(BORDER, 0.4)));
    }
    let middle = north.x + north.width / 2.0;
    let (top, foot) = (north.y + 13.0, north.bottom() - 4.0);
    let half = |side: f32| vec![[middle, top], [middle + 5.0 * side, foot], [middle, foot - 4.5]];
    canvas.areas(&[half(-1.0)], INK);
    let mut open = half(1.0);
    open.push([middle, top]);
    canvas.lines(&[open], &Pen::new(INK, 0.7));
    let letter = canvas.setter.line("N", Weight::Bold);
    canvas.centred([middle, north.y + 10.5], &letter, 9.0, INK);

    let metres = view.round_metres(45.0 * MM);
    let bar = (metres / view.metres_per_point) as f32;
    let (left, y) = (scale.x + 10.0, scale.bottom() - 6.0);
    // Two halves, dark and open, so that half of it can be read as well.
    let frame = Pen { flat: true, ..Pen::new(INK, 0.7) };
    canvas.rect(&Rect::new(left, y - 3.2, bar / 2.0, 3.2), Some(INK), Some(&frame));
    canvas.rect(&Rect::new(left + bar / 2.0, y - 3.2, bar / 2.0, 3.2), Some(Colour::WHITE), Some(&frame));
    let text = |metres: f64| match metres {
        metres if metres >= 1000.0 => format!("{} km", metres / 1000.0),
        metres => format!("{metres} m"),
    };
    for (at, label) in [(0.0, "0".to_owned()), (bar, text(metres))] {
        let line = canvas.setter.line(&label, Weight::Regular);
        canvas.centred([left + at, y - 6.0], &line, 6.8, INK);
    }
}
