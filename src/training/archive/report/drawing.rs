//! The report's parts on a page.

use crate::{
    print::{
        MM, Rect,
        canvas::{Canvas, Colour, Pen},
        fonts::Weight,
        typeset::Line,
    },
    training::{archive::Verified, model::Count},
};

use super::blocks::{Block, Figures, HEADINGS, LEADING, NAMES, SIZE, figures};

const INK: Colour = Colour::Grey(0x1a);
const MUTED: Colour = Colour::Grey(0x50);
const RULE: Colour = Colour::Grey(0xb4);
const TINT: Colour = Colour::Grey(0xf1);
/// Dark enough to be read in grey.
const ACCENT: Colour = Colour::Rgb(0x00, 0x2b, 0x8f);

/// How wide a column of figures is.
const COLUMN: f32 = 15.2 * MM;

/// What each page says of itself.
pub(super) struct Frame<'f> {
    pub(super) of: &'f Verified,
    pub(super) number: usize,
    pub(super) count: usize,
}

/// Draws what is on every page.
pub(super) fn frame(canvas: &mut Canvas<'_>, page: &Rect, Frame { of, number, count }: &Frame<'_>) {
    let archive = &of.archive;
    let mut left = format!("{} {} 悉皆研修", archive.municipality.name, archive.fiscal_year.in_era());
    if archive.provisional {
        left.push_str("(速報)");
    }
    if archive.sample {
        left.push_str("【見本】");
    }
    let left = canvas.setter.line(&left, Weight::Regular);
    canvas.text([page.x, page.y + 8.0], &left, 8.0, MUTED);
    let right = canvas.setter.line(&format!("{number} / {count}"), Weight::Regular);
    canvas.right([page.right(), page.y + 8.0], &right, 8.0, MUTED);
    canvas.lines(&[vec![[page.x, page.y + 13.0], [page.right(), page.y + 13.0]]], &Pen::new(RULE, 0.6));
    let foot = page.bottom() - 9.0 * MM;
    canvas.lines(&[vec![[page.x, foot], [page.right(), foot]]], &Pen::new(RULE, 0.6));
    for (index, (name, value)) in
        [("記録のSHA-256", of.digest.clone()), ("鍵の指紋", of.key.fingerprint())].into_iter().enumerate()
    {
        let y = foot + 10.0 + index as f32 * 9.5;
        let name = canvas.setter.line(name, Weight::Regular);
        canvas.text([page.x, y], &name, 6.8, MUTED);
        let value = canvas.setter.line(&value, Weight::Regular);
        canvas.text([page.x + 20.0 * MM, y], &value, 6.8, INK);
    }
}

/// Draws a block from the top of a rectangle.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, block: &Block) {
    match block {
        Block::Title(text) => {
            let line = canvas.setter.line(text, Weight::Bold);
            canvas.text([area.x, area.y + 20.0], &line, 18.0, INK);
        }
        Block::Notice(lines) => {
            let frame = Rect { height: area.height - 2.0 * MM, ..area };
            canvas.rect(&frame, Some(Colour::WHITE), Some(&Pen::new(INK, 1.6)));
            let inner = Rect { x: area.x + 4.0 * MM, y: area.y + 2.5 * MM, ..area };
            text(canvas, &inner, lines, INK);
        }
        Block::Programme(lines) => {
            let bar = Rect { width: 1.6 * MM, height: area.height - 4.0 * MM, y: area.y + 1.0 * MM, ..area };
            canvas.rect(&bar, Some(ACCENT), None);
            for (index, line) in lines.iter().enumerate() {
                let y = area.y + (index as f32 + 0.82) * 7.0 * MM;
                canvas.text([area.x + 4.0 * MM, y], line, 13.0, INK);
            }
        }
        Block::Section(name) => {
            let line = canvas.setter.line(name, Weight::Bold);
            canvas.text([area.x, area.bottom() - 2.2 * MM], &line, 10.5, INK);
        }
        Block::Fact(name, lines) => {
            let name = canvas.setter.line(name, Weight::Bold);
            canvas.text([area.x, area.y + LEADING * 0.72], &name, SIZE, MUTED);
            text(canvas, &Rect { x: area.x + NAMES, ..area }, lines, INK);
        }
        Block::Text(lines) => text(canvas, &area, lines, MUTED),
        Block::Total(count) => total(canvas, area, count),
        Block::Headings(name) => headings(canvas, area, name),
        Block::Row(row) => of_row(canvas, area, row),
        Block::Gap(_) => {}
    }
}

fn text(canvas: &mut Canvas<'_>, area: &Rect, lines: &[Line], colour: Colour) {
    for (index, line) in lines.iter().enumerate() {
        let y = area.y + (index as f32 + 0.72) * LEADING;
        canvas.text([area.x, y], &line.clone().spread(SIZE, area.width), SIZE, colour);
    }
}

/// The figures of everybody, side by side.
fn total(canvas: &mut Canvas<'_>, area: Rect, count: &Count) {
    let cell = area.width / HEADINGS.len() as f32;
    for (index, (heading, figure)) in HEADINGS.iter().zip(figures(count)).enumerate() {
        let frame = Rect {
            x: area.x + index as f32 * cell,
            width: cell - 1.2 * MM,
            height: area.height - 3.0 * MM,
            ..area
        };
        let is_rate = *heading == "修了率";
        let pen = Pen::new(if is_rate { ACCENT } else { RULE }, if is_rate { 1.4 } else { 0.7 });
        canvas.rect(&frame, Some(if is_rate { TINT } else { Colour::WHITE }), Some(&pen));
        let middle = frame.x + frame.width / 2.0;
        let name = canvas.setter.line(heading, Weight::Regular);
        canvas.centred([middle, frame.y + 5.0 * MM], &name, 8.0, MUTED);
        let figure = canvas.setter.line(&figure, Weight::Bold);
        let size = 15.0_f32.min((frame.width - 2.0 * MM) / figure.width.max(0.1));
        canvas.centred([middle, frame.y + 13.0 * MM], &figure, size, INK);
    }
}

fn headings(canvas: &mut Canvas<'_>, area: Rect, name: &str) {
    canvas.rect(&area, Some(TINT), None);
    canvas.lines(&[vec![[area.x, area.bottom()], [area.right(), area.bottom()]]], &Pen::new(INK, 0.8));
    let y = area.y + area.height * 0.68;
    let name = canvas.setter.line(name, Weight::Bold);
    canvas.text([area.x + 1.5 * MM, y], &name, 8.5, INK);
    for (right, heading) in columns(&area).zip(HEADINGS) {
        let heading = canvas.setter.line(heading, Weight::Bold);
        canvas.right([right, y], &heading, 8.0, INK);
    }
}

fn of_row(canvas: &mut Canvas<'_>, area: Rect, row: &Figures) {
    let y = area.y + area.height * 0.7;
    let room = area.width - HEADINGS.len() as f32 * COLUMN - 2.0 * MM;
    // A long name is set smaller before its end is left out.
    let size = (room / canvas.setter.line(&row.name, Weight::Regular).width.max(0.1)).clamp(6.5, 9.0);
    let name = canvas.setter.short(&row.name, Weight::Regular, size, room);
    canvas.text([area.x + 1.5 * MM, y], &name, size, INK);
    for (right, figure) in columns(&area).zip(figures(&row.count)) {
        let figure = canvas.setter.line(&figure, Weight::Regular);
        canvas.right([right, y], &figure, 9.0, INK);
    }
    canvas.lines(&[vec![[area.x, area.bottom()], [area.right(), area.bottom()]]], &Pen::new(RULE, 0.4));
}

/// The right edges of the columns of figures.
fn columns(area: &Rect) -> impl Iterator<Item = f32> + use<> {
    let (right, count) = (area.right() - 1.5 * MM, HEADINGS.len());
    (1..=count).map(move |index| right - (count - index) as f32 * COLUMN)
}
