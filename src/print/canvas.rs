//! Drawing on the pages of a PDF.

use krilla::{
    Document,
    action::LinkAction,
    annotation::{LinkAnnotation, Target},
    color::{luma, rgb},
    geom::{Path, PathBuilder, Point, Rect as KrillaRect},
    metadata::Metadata,
    num::NormalizedF32,
    page::{Page, PageSettings},
    paint::{Fill, FillRule, LineCap, LineJoin, Paint, Stroke, StrokeDash},
    surface::Surface,
};

use super::{
    Paper, Rect,
    fonts::Weight,
    typeset::{Line, Setter},
};

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// From 0, black, to 255, white.
    Grey(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self::Grey(0);
    /// White.
    pub const WHITE: Self = Self::Grey(255);

    fn paint(self) -> Paint {
        match self {
            Self::Grey(light) => luma::Color::new(light).into(),
            Self::Rgb(r, g, b) => rgb::Color::new(r, g, b).into(),
        }
    }

    fn fill(self) -> Fill {
        Fill { paint: self.paint(), opacity: NormalizedF32::ONE, rule: FillRule::EvenOdd }
    }
}

/// How a line is drawn.
#[derive(Clone, Debug)]
pub struct Pen {
    /// Its colour.
    pub colour: Colour,
    /// Its width.
    pub width: f32,
    /// Lengths of strokes and gaps; none is a whole line.
    pub dashes: Option<[f32; 2]>,
    /// Whether its ends are cut off straight; they are round otherwise.
    pub flat: bool,
}

impl Pen {
    /// A whole line.
    #[must_use]
    pub const fn new(colour: Colour, width: f32) -> Self {
        Self { colour, width, dashes: None, flat: false }
    }

    /// A line of strokes and gaps.
    #[must_use]
    pub const fn dashed(colour: Colour, width: f32, dashes: [f32; 2]) -> Self {
        Self { colour, width, dashes: Some(dashes), flat: true }
    }

    fn stroke(&self) -> Stroke {
        Stroke {
            paint: self.colour.paint(),
            width: self.width,
            line_cap: if self.flat { LineCap::Butt } else { LineCap::Round },
            line_join: LineJoin::Round,
            dash: self.dashes.map(|array| StrokeDash { array: array.to_vec(), offset: 0.0 }),
            ..Stroke::default()
        }
    }
}

/// A PDF in the making.
pub struct Booklet<'f> {
    document: Document,
    setter: &'f Setter<'f>,
}

/// What a PDF says of itself.
#[derive(Clone, Debug)]
pub struct About {
    /// Its title.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// The tag of its language (BCP 47).
    pub language: String,
}

/// The PDF could not be written.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the PDF could not be written: {0}")]
pub struct BadPdf(String);

impl<'f> Booklet<'f> {
    /// An empty one.
    #[must_use]
    pub fn new(setter: &'f Setter<'f>, about: About) -> Self {
        let mut document = Document::new();
        document.set_metadata(
            Metadata::new()
                .title(about.title)
                .authors(vec![about.author])
                .language(about.language)
                .creator("Machiaruki".to_owned()),
        );
        Self { document, setter }
    }

    /// One more page.
    pub fn page(&mut self, paper: Paper, draw: impl FnOnce(&mut Canvas<'_>)) {
        // Every paper has a size.
        let Some(settings) = PageSettings::from_wh(paper.width, paper.height) else { return };
        let mut page = self.document.start_page_with(settings);
        let links = {
            let mut canvas = Canvas { surface: page.surface(), setter: self.setter, links: Vec::new() };
            draw(&mut canvas);
            std::mem::take(&mut canvas.links)
        };
        link(&mut page, links);
        page.finish();
    }

    /// The PDF.
    ///
    /// # Errors
    /// When a font turns out to be broken.
    pub fn finish(self) -> Result<Vec<u8>, BadPdf> {
        self.document.finish().map_err(|error| BadPdf(format!("{error:?}")))
    }
}

fn link(page: &mut Page<'_>, links: Vec<(Rect, String)>) {
    for (area, address) in links {
        if let Some(area) = krilla_rect(&area) {
            let target = Target::Action(LinkAction::new(address).into());
            page.add_annotation(LinkAnnotation::new(area, target).into());
        }
    }
}

fn krilla_rect(rect: &Rect) -> Option<KrillaRect> {
    KrillaRect::from_xywh(rect.x, rect.y, rect.width, rect.height)
}

/// A page.
pub struct Canvas<'c> {
    surface: Surface<'c>,
    /// Sets its text.
    pub setter: &'c Setter<'c>,
    links: Vec<(Rect, String)>,
}

impl Canvas<'_> {
    fn draw(&mut self, path: Option<Path>, fill: Option<Fill>, stroke: Option<Stroke>) {
        // A path without any length has nothing to draw.
        if let Some(path) = path
            && (fill.is_some() || stroke.is_some())
        {
            self.surface.set_fill(fill);
            self.surface.set_stroke(stroke);
            self.surface.draw_path(&path);
        }
    }

    /// Areas within closed lines; a line within another is a hole.
    pub fn areas(&mut self, rings: &[Vec<[f32; 2]>], colour: Colour) {
        self.draw(path(rings, true), Some(colour.fill()), None);
    }

    /// Lines, in one go: where they cross nothing is darker.
    pub fn lines(&mut self, lines: &[Vec<[f32; 2]>], pen: &Pen) {
        self.draw(path(lines, false), None, Some(pen.stroke()));
    }

    /// A rectangle, filled and framed.
    pub fn rect(&mut self, rect: &Rect, fill: Option<Colour>, frame: Option<&Pen>) {
        let mut builder = PathBuilder::new();
        if let Some(rect) = krilla_rect(rect) {
            builder.push_rect(rect);
        }
        self.draw(builder.finish(), fill.map(Colour::fill), frame.map(Pen::stroke));
    }

    /// Many filled rectangles.
    pub fn rects(&mut self, rects: impl Iterator<Item = Rect>, fill: Colour) {
        let mut builder = PathBuilder::new();
        for rect in rects.filter_map(|rect| krilla_rect(&rect)) {
            builder.push_rect(rect);
        }
        self.draw(builder.finish(), Some(fill.fill()), None);
    }

    /// A circle, filled and framed.
    pub fn circle(&mut self, [x, y]: [f32; 2], radius: f32, fill: Option<Colour>, frame: Option<&Pen>) {
        // Four Bézier curves, off by 0.03 % of the radius at most.
        let k = radius * 0.552_285;
        let r = radius;
        let mut builder = PathBuilder::new();
        builder.move_to(x + r, y);
        builder.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
        builder.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
        builder.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
        builder.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
        builder.close();
        self.draw(builder.finish(), fill.map(Colour::fill), frame.map(Pen::stroke));
    }

    /// A line of text whose baseline begins at a point.
    pub fn text(&mut self, [x, y]: [f32; 2], line: &Line, size: f32, colour: Colour) {
        let drawn_bold = line.weight == Weight::Bold && self.setter.family.bold.is_none();
        let thicker = drawn_bold.then(|| Pen::new(colour, size * 0.035).stroke());
        self.glyphs([x, y], line, size, (Some(colour.fill()), thicker), false);
    }

    /// Clears the ground around a line of text, so that it can be read on a map.
    pub fn halo(&mut self, at: [f32; 2], line: &Line, size: f32, width: f32) {
        let stroke = Pen::new(Colour::WHITE, width * 2.0).stroke();
        // As outlines: a halo is no text that somebody could search for.
        self.glyphs(at, line, size, (None, Some(stroke)), true);
    }

    fn glyphs(
        &mut self,
        [x, y]: [f32; 2],
        line: &Line,
        size: f32,
        (fill, stroke): (Option<Fill>, Option<Stroke>),
        outlined: bool,
    ) {
        if line.glyphs.is_empty() {
            return;
        }
        let family = self.setter.family;
        let face = match (line.weight, &family.bold) {
            (Weight::Bold, Some(bold)) => bold,
            _ => &family.regular,
        };
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        let font = face.font.clone();
        self.surface.draw_glyphs(Point::from_xy(x, y), &line.glyphs, font, &line.text, size, outlined);
    }

    /// A line of text around the middle of a point.
    pub fn centred(&mut self, [x, y]: [f32; 2], line: &Line, size: f32, colour: Colour) {
        self.text([x - line.width * size / 2.0, y], line, size, colour);
    }

    /// A line of text that ends at a point.
    pub fn right(&mut self, [x, y]: [f32; 2], line: &Line, size: f32, colour: Colour) {
        self.text([x - line.width * size, y], line, size, colour);
    }

    /// Draws only within a rectangle.
    pub fn within(&mut self, rect: &Rect, draw: impl FnOnce(&mut Self)) {
        let mut builder = PathBuilder::new();
        let Some(area) = krilla_rect(rect) else { return };
        builder.push_rect(area);
        let Some(path) = builder.finish() else { return };
        self.surface.push_clip_path(&path, &FillRule::NonZero);
        draw(self);
        self.surface.pop();
    }

    /// Makes an area of the page a link.
    pub fn link(&mut self, area: Rect, address: &str) {
        self.links.push((area, address.to_owned()));
    }
}

fn path(lines: &[Vec<[f32; 2]>], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for line in lines.iter().filter(|line| line.len() > 1) {
        for (index, [x, y]) in line.iter().enumerate() {
            if index == 0 { builder.move_to(*x, *y) } else { builder.line_to(*x, *y) }
        }
        if closed {
            builder.close();
        }
    }
    builder.finish()
}
