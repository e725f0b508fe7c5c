//! Paper: PDF pages with Japanese text. Knows no feature.
//!
//! - [`fonts`] finds a Japanese font on the machine; none is shipped. Only the glyphs that are used are embedded, and only
//!   of fonts that allow it.
//! - [`typeset`] turns text into lines of glyphs that fit a width; [`breaking`] says where a line may end.
//! - [`canvas`] draws on a page; all lengths are points (1/72 inch) from the top left corner.
//! - [`qr`] draws addresses as QR codes.

mod breaking;
pub mod canvas;
pub mod fonts;
mod no_paper;
pub mod qr;
pub mod typeset;

pub use no_paper::NoPaper;

/// One millimetre in points.
pub const MM: f32 = 72.0 / 25.4;

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

impl Paper {
    /// A4, upright: 210 × 297 mm.
    pub const A4: Self = Self { width: 210.0 * MM, height: 297.0 * MM };
    /// A3, on its side: 420 × 297 mm.
    pub const A3_LANDSCAPE: Self = Self { width: 420.0 * MM, height: 297.0 * MM };
}

/// A rectangle in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
}

impl Rect {
    /// A rectangle.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The rectangle smaller by that much on every side; never turned inside out.
    #[must_use]
    pub fn inset(&self, by: f32) -> Self {
        let (dx, dy) = (by.min(self.width / 2.0), by.min(self.height / 2.0));
        Self::new(self.x + dx, self.y + dy, self.width - 2.0 * dx, self.height - 2.0 * dy)
    }

    /// Whether the two have any area in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether the other lies wholly within.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.x <= other.x
            && other.right() <= self.right()
            && self.y <= other.y
            && other.bottom() <= self.bottom()
    }
}
