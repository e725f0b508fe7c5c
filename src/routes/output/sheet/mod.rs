//! The print sheet of a route: map, facts and the table of stops, on A4 or A3.
//!
//! A4 is upright: the map on the first page, the stops under it, on the back and on as many pages as they need. A3 lies on
//! its side: the map on the left, the stops beside it. Everything is drawn as vectors, and nothing is fetched.

mod ground;
mod header;
mod map;
mod placing;
mod table;
mod view;

use crate::{
    print::{
        MM, Paper, Rect,
        canvas::{About, Booklet, Canvas, Pen},
        fonts::{Fonts, Weight},
        typeset::Setter,
    },
    routes::model::Version,
};

use self::{
    header::{Footer, Header},
    table::{Density, Row, rows},
};

use super::{Words, labels, paper, tag};

pub use super::paper::NoPaper;
pub use ground::{Ground, Named, Way};

/// The paper of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// A4, upright.
    #[default]
    A4,
    /// A3, on its side.
    A3,
}

impl Size {
    const fn paper(self) -> Paper {
        match self {
            Self::A4 => Paper::A4,
            Self::A3 => Paper::A3_LANDSCAPE,
        }
    }
}

/// Printers leave this much white at the edges.
const MARGIN: f32 = 11.0 * MM;
const GAP: f32 = 4.0 * MM;
/// A page of any paper; there is always a better one.
const FULL: Rect = Rect::new(MARGIN, MARGIN, 190.0 * MM, 270.0 * MM);
/// No row is higher than this: each of its texts has at most so many lines.
const TALLEST_ROW: f32 = 100.0 * MM;
/// Less room than this under a map is not worth a table.
const LEAST_ROWS: f32 = 55.0 * MM;

/// The sheet as a PDF. Takes some tens of milliseconds of one core.
///
/// # Errors
/// When the machine has no Japanese font.
pub fn sheet(
    version: &Version,
    ground: &Ground,
    words: &Words,
    size: Size,
    fonts: &Fonts,
) -> Result<Vec<u8>, NoPaper> {
    let family = fonts.load()?;
    let setter = Setter::new(&family).ok_or_else(|| NoPaper::BrokenFont(family.name.clone()))?;
    let about = About {
        title: words.title(version).into_owned(),
        author: words.say(words.publisher).to_owned(),
        language: tag(words.language).to_owned(),
    };
    let mut booklet = Booklet::new(&setter, about);
    let paper = size.paper();
    let inner = Rect::new(0.0, 0.0, paper.width, paper.height).inset(MARGIN);
    let footer = Footer::new(&setter, &attributions(version, ground, words), words, inner.width);
    let body = Rect { height: inner.height - footer.height(), ..inner };

    let header = Header::new(&setter, version, words, body.width);
    let below = Rect::new(body.x, body.y + header.height(), body.width, body.height - header.height());
    let (map, beside) = first_page(below, version, size);
    let later = columns(body, size);
    let width = later.first().map_or(body.width, |column| column.width);
    // The tightest setting that saves paper; the most comfortable one when none does.
    let pages = Density::ALL
        .into_iter()
        .map(|density| fill(rows(&setter, version, words, (width, density)), beside, &later))
        .min_by_key(Vec::len)
        .unwrap_or_default();
    let count = pages.len();
    for (index, page) in pages.into_iter().enumerate() {
        booklet.page(paper, |canvas| {
            if index == 0 {
                header.draw(canvas, body);
                let legend = Rect { y: map.bottom() - header::LEGEND, height: header::LEGEND, ..map };
                let map = Rect { height: map.height - header::LEGEND, ..map };
                map::draw(canvas, map, version, ground, words);
                header::legend(canvas, legend, version, ground, words);
            } else {
                header.draw_small(canvas, body);
            }
            for column in page {
                table::draw(canvas, column.area, &column.rows, words);
            }
            footer.draw(canvas, inner, (index + 1, count));
        });
    }
    Ok(booklet.finish()?)
}

/// What must be said of the route and the ground, each once.
fn attributions(version: &Version, ground: &Ground, words: &Words) -> Vec<String> {
    let mut all = words.attributions(version);
    for other in &ground.attributions {
        if !all.contains(other) {
            all.push(other.clone());
        }
    }
    all
}

/// A column of a page with the rows in it.
struct Column {
    area: Rect,
    rows: Vec<Row>,
}

/// Where the map is, its legend included, and where stops are on the first page.
fn first_page(below: Rect, version: &Version, size: Size) -> (Rect, Option<Rect>) {
    match size {
        Size::A4 => {
            // A wide route needs no high map: the rest is for its first stops.
            let height = map::height(below, version).max(below.height * 0.5) + header::LEGEND;
            let rest = below.height - height - GAP;
            if rest < LEAST_ROWS {
                return (below, None);
            }
            let map = Rect { height, ..below };
            (map, Some(Rect { y: map.bottom() + GAP, height: rest, ..below }))
        }
        Size::A3 => {
            let width = (below.width - 2.0 * GAP) / 3.0;
            let map = Rect { width: below.width - width - GAP, ..below };
            (map, Some(Rect { x: map.right() + GAP, width, ..below }))
        }
    }
}

/// The columns of every page but the first.
fn columns(body: Rect, size: Size) -> Vec<Rect> {
    let top = header::SMALL + GAP;
    let area = Rect { y: body.y + top, height: body.height - top, ..body };
    match size {
        Size::A4 => vec![area],
        Size::A3 => {
            let width = (area.width - 2.0 * GAP) / 3.0;
            (0..3).map(|index| Rect { x: area.x + (width + GAP) * index as f32, width, ..area }).collect()
        }
    }
}

/// Fills columns with rows, page by page. The first page has at most one column, beside or under the map; where a row does not
/// fit into it, it is for notes.
fn fill(rows: Vec<Row>, beside: Option<Rect>, later: &[Rect]) -> Vec<Vec<Column>> {
    let mut pages: Vec<Vec<Column>> = vec![Vec::new()];
    let mut free: Vec<Rect> = beside.into_iter().collect();
    for row in rows {
        while !pages.last().and_then(|page| page.last()).is_some_and(|column| column.takes(&row)) {
            let area = free.pop().unwrap_or_else(|| {
                pages.push(Vec::new());
                free = later.iter().rev().copied().collect();
                free.pop().unwrap_or(FULL)
            });
            if let Some(page) = pages.last_mut() {
                page.push(Column { area, rows: Vec::new() });
            }
        }
        if let Some(column) = pages.last_mut().and_then(|page| page.last_mut()) {
            column.rows.push(row);
        }
    }
    if let Some(last) = pages.last_mut() {
        // What stays free on the last page is for notes.
        last.extend(free.into_iter().map(|area| Column { area, rows: Vec::new() }));
    }
    pages
}

impl Column {
    /// Whether there is room for one more row. A whole column takes any row.
    fn takes(&self, row: &Row) -> bool {
        let is_whole = self.rows.is_empty() && self.area.height > TALLEST_ROW;
        is_whole || table::height(&self.rows) + row.height() <= self.area.height
    }
}

/// Lines to write on, with a word above them.
fn notes(canvas: &mut Canvas<'_>, area: Rect, words: &Words) {
    let line = canvas.setter.line(words.say(labels::NOTES), Weight::Bold);
    canvas.text([area.x, area.y + 9.0], &line, 8.5, paper::MUTED);
    let pen = Pen::dashed(paper::RULE, 0.5, [1.2, 1.6]);
    let mut y = area.y + 9.0 * MM;
    while y <= area.bottom() {
        canvas.lines(&[vec![[area.x, y], [area.right(), y]]], &pen);
        y += 8.0 * MM;
    }
}
