//! QR codes as vectors.

use qrcode::{Color, EcLevel, QrCode};

use super::{
    Rect,
    canvas::{Canvas, Colour},
};

/// Modules of white around a code (ISO/IEC 18004 section 7.3.8).
const QUIET: f32 = 4.0;

/// Draws an address as a QR code with its white margin into a square whose upper left corner is given; the square is a link, too.
/// Error correction is M: 15 % of it may be soiled.
pub fn draw(canvas: &mut Canvas<'_>, [x, y]: [f32; 2], side: f32, address: &str) {
    // Addresses are far shorter than what a code holds.
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else { return };
    let width = code.width();
    let module = side / (width as f32 + 2.0 * QUIET);
    let square = Rect::new(x, y, side, side);
    canvas.rect(&square, Some(Colour::WHITE), None);
    let colours = code.to_colors();
    let rows = colours.chunks(width).enumerate().flat_map(|(row, colours)| {
        // Neighbours in one piece: no printer leaves a seam between them.
        dark_runs(colours).into_iter().map(move |(first, count)| {
            let (left, top) = (QUIET + first as f32, QUIET + row as f32);
            Rect::new(x + left * module, y + top * module, count as f32 * module, module)
        })
    });
    canvas.rects(rows, Colour::BLACK);
    canvas.link(square, address);
}

/// First module and length of each dark run of a row.
fn dark_runs(row: &[Color]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (index, _) in row.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        match runs.last_mut() {
            Some((first, count)) if *first + *count == index => *count += 1,
            _ => runs.push((index, 1)),
        }
    }
    runs
}
