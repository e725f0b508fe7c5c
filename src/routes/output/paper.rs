//! What sheets and posters have in common: colours that stay apart in grey, the 見本 badge, texts of a few lines.

use crate::print::{
    Rect,
    canvas::{Canvas, Colour, Pen},
    fonts::Weight,
    typeset::Line,
};

use super::SAMPLE;

pub use crate::print::NoPaper;

pub(super) const INK: Colour = Colour::Grey(0x1a);
pub(super) const MUTED: Colour = Colour::Grey(0x50);
pub(super) const RULE: Colour = Colour::Grey(0xb4);
pub(super) const TINT: Colour = Colour::Grey(0xf1);
/// Dark enough to be read in grey.
pub(super) const ACCENT: Colour = Colour::Rgb(0x00, 0x2b, 0x8f);

/// How far below the upper edge of a line its baseline is, and how far lines are apart, in units of the letters' size.
pub(super) const BASELINE: f32 = 1.08;
pub(super) const LEADING: f32 = 1.5;

/// How high so many lines are.
pub(super) fn height(lines: &[Line], size: f32) -> f32 {
    lines.len() as f32 * size * LEADING
}

/// Draws lines from the top of a rectangle, spread over its width, and says where they end.
pub(super) fn lines(canvas: &mut Canvas<'_>, area: &Rect, lines: &[Line], size: f32, colour: Colour) -> f32 {
    let mut y = area.y;
    for line in lines {
        let spread = line.clone().spread(size, area.width);
        canvas.text([area.x, y + size * BASELINE], &spread, size, colour);
        y += size * LEADING;
    }
    y
}

/// A line of text at the left edge: its first letter, not its bracket's blank half, begins there.
pub(super) fn flush(canvas: &mut Canvas<'_>, [x, y]: [f32; 2], line: &Line, size: f32, colour: Colour) {
    canvas.text([x - line.overhang() * size, y], line, size, colour);
}

/// The badge of invented things, with its right upper corner at a point; says how wide it is.
pub(super) fn sample_badge(canvas: &mut Canvas<'_>, [right, y]: [f32; 2], size: f32) -> f32 {
    let line = canvas.setter.line(SAMPLE, Weight::Bold);
    let (width, high) = (line.width * size + size * 1.2, size * 1.7);
    let frame = Rect::new(right - width, y, width, high);
    canvas.rect(&frame, Some(Colour::WHITE), Some(&Pen::new(INK, size * 0.11)));
    canvas.centred([frame.x + width / 2.0, y + size * 1.21], &line, size, INK);
    width
}

/// A stop's number in a circle: filled when it is required, open when it is optional.
pub(super) fn number(canvas: &mut Canvas<'_>, at: [f32; 2], radius: f32, number: usize, required: bool) {
    let line = canvas.setter.line(&number.to_string(), Weight::Bold);
    let size = radius * if number > 9 { 1.05 } else { 1.3 };
    let (fill, ink) = if required { (ACCENT, Colour::WHITE) } else { (Colour::WHITE, ACCENT) };
    canvas.circle(at, radius + radius * 0.16, Some(Colour::WHITE), None);
    canvas.circle(at, radius, Some(fill), Some(&Pen::new(ACCENT, radius * 0.2)));
    canvas.centred([at[0], at[1] + size * 0.36], &line, size, ink);
}
