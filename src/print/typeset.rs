//! Text as lines of glyphs that fit a width.

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_normalization::UnicodeNormalization as _;

use super::{
    breaking::{is_wide, may_break},
    fonts::{Face, Family, Weight},
};

/// Sets text in one family.
pub struct Setter<'f> {
    pub(super) family: &'f Family,
    regular: Shaper<'f>,
    bold: Option<Shaper<'f>>,
}

struct Shaper<'f> {
    face: rustybuzz::Face<'f>,
    units: f32,
}

/// A line of text.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// How heavy it is.
    pub weight: Weight,
    /// How wide it is, in units of the size of its letters.
    pub width: f32,
    /// Whether the text goes on after it.
    pub broken: bool,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

/// Opening brackets whose left half is blank.
const WIDE_OPENING: [char; 8] = ['「', '『', '【', '〈', '《', '〔', '\u{ff08}', '\u{ff3b}'];

/// What stands for the rest of a text that does not fit: fonts of Japan set `…` at half height, which suits Japanese alone.
fn ellipsis(text: &str) -> &'static str {
    if text.chars().any(is_wide) { "…" } else { "..." }
}

impl<'f> Setter<'f> {
    /// A setter for a family; `None` when its files are broken.
    #[must_use]
    pub fn new(family: &'f Family) -> Option<Self> {
        let bold = match &family.bold {
            Some(face) => Some(Shaper::new(face)?),
            None => None,
        };
        Some(Self { family, regular: Shaper::new(&family.regular)?, bold })
    }

    fn shaper(&self, weight: Weight) -> &Shaper<'f> {
        match (weight, &self.bold) {
            (Weight::Bold, Some(bold)) => bold,
            _ => &self.regular,
        }
    }

    /// A text as one line, however long; line breaks in it are blanks.
    #[must_use]
    pub fn line(&self, text: &str, weight: Weight) -> Line {
        let text: String = text.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let glyphs = self.shaper(weight).shape(&text);
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Line { text, weight, width, broken: false, glyphs }
    }

    /// A text as one line that is at most `width` wide at that size; its end is left out where it is longer.
    #[must_use]
    pub fn short(&self, text: &str, weight: Weight, size: f32, width: f32) -> Line {
        let line = self.line(text, weight);
        if line.width * size <= width { line } else { self.shortened(&line.text, weight, width / size) }
    }

    /// A text as lines that are at most `width` wide at that size. Of more than `most` lines the rest is left out, and
    /// the last one says so.
    #[must_use]
    pub fn wrap(&self, text: &str, weight: Weight, size: f32, width: f32, most: usize) -> Vec<Line> {
        let ems = width / size;
        let mut lines: Vec<Line> = Vec::new();
        for paragraph in text.split('\n').filter(|paragraph| !paragraph.trim().is_empty()) {
            let whole = self.line(paragraph.trim(), weight);
            let ranges = break_up(&whole, ems);
            let count = ranges.len();
            for (index, range) in ranges.into_iter().enumerate() {
                if lines.len() == most {
                    if let Some(last) = lines.last_mut() {
                        *last = self.shortened(&last.text, weight, ems);
                    }
                    return lines;
                }
                // Shaped anew: kerning does not reach over the end of a line.
                let mut line = self.line(whole.text[range].trim(), weight);
                line.broken = index + 1 < count;
                lines.push(line);
            }
        }
        lines
    }

    /// As much of a text as fits with an ellipsis at its end.
    fn shortened(&self, text: &str, weight: Weight, ems: f32) -> Line {
        let (bare, ellipsis) = (text, ellipsis(text));
        let mut ends: Vec<usize> = bare.char_indices().map(|(at, _)| at).collect();
        ends.push(bare.len());
        let fits = |end: usize| {
            let line = self.line(&format!("{}{ellipsis}", bare[..end].trim_end()), weight);
            (line.width <= ems).then_some(line)
        };
        // The longest beginning that fits.
        let count = ends.partition_point(|end| fits(*end).is_some());
        let end = count.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(0);
        fits(end).unwrap_or_else(|| self.line("", weight))
    }
}

/// The byte ranges of the lines of a text that is set as one line.
fn break_up(whole: &Line, ems: f32) -> Vec<std::ops::Range<usize>> {
    let text = &whole.text;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    // Where each character ends, measured from the text's beginning.
    let mut ends = vec![0.0_f32; chars.len()];
    let mut at = 0.0;
    let mut next = 0;
    for glyph in &whole.glyphs {
        at += glyph.x_advance;
        while chars.get(next).is_some_and(|(index, _)| *index < glyph.text_range.end) {
            ends[next] = at;
            next += 1;
        }
    }
    let (mut lines, mut first) = (Vec::new(), 0);
    while first < chars.len() {
        let start = if first == 0 { 0.0 } else { ends[first - 1] };
        // Blanks at the end of a line take no room.
        let fits = |index: usize| chars[index].1 == ' ' || ends[index] - start <= ems;
        let mut end = first;
        while end < chars.len() && fits(end) {
            end += 1;
        }
        if end < chars.len() {
            let breaks = |index: &usize| may_break(chars[*index - 1].1, chars[*index].1);
            // What has no place to break is cut, so that every line takes at least one character.
            end = (first + 1..=end).rev().find(breaks).unwrap_or(end.max(first + 1));
        }
        let range_end = chars.get(end).map_or(text.len(), |(index, _)| *index);
        lines.push(chars[first].0..range_end);
        first = end;
    }
    lines
}

impl Line {
    /// How far a line may begin to the left of its place, in units of the size of its letters: half of an opening bracket
    /// is blank.
    #[must_use]
    pub fn overhang(&self) -> f32 {
        if self.text.starts_with(WIDE_OPENING) { 0.5 } else { 0.0 }
    }

    /// The line spread over a width, as Japanese text is set: lines that are broken end at the same edge.
    #[must_use]
    pub fn spread(mut self, size: f32, width: f32) -> Self {
        let (slack, gaps) = (width / size - self.width, self.glyphs.len().saturating_sub(1));
        let wide = self.text.chars().filter(|c| is_wide(*c)).count() * 2 > self.glyphs.len();
        // More than a letter or two would tear the line apart.
        if self.broken && wide && gaps > 0 && slack > 0.0 && slack < 2.2 {
            for glyph in self.glyphs.iter_mut().take(gaps) {
                glyph.x_advance += slack / gaps as f32;
            }
            self.width += slack;
        }
        self
    }
}

impl<'f> Shaper<'f> {
    fn new(face: &'f Face) -> Option<Self> {
        let face = rustybuzz::Face::from_slice(&face.bytes, face.index)?;
        let units = face.units_per_em() as f32;
        Some(Self { face, units })
    }

    fn shape(&self, text: &str) -> Vec<KrillaGlyph> {
        let mut glyphs = Vec::new();
        for run in runs(text) {
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(&text[run.clone()]);
            buffer.guess_segment_properties();
            buffer.set_direction(Direction::LeftToRight);
            let shaped = rustybuzz::shape(&self.face, &[], buffer);
            let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
            for (index, (info, place)) in infos.iter().zip(places).enumerate() {
                let later = infos[index + 1..].iter().map(|next| next.cluster);
                let end = later.into_iter().find(|next| *next != info.cluster);
                let end = end.map_or(run.end, |end| run.start + end as usize);
                glyphs.push(KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    place.x_advance as f32 / self.units,
                    place.x_offset as f32 / self.units,
                    place.y_offset as f32 / self.units,
                    0.0,
                    run.start + info.cluster as usize..end,
                    None,
                ));
            }
        }
        glyphs
    }
}

/// Runs of wide characters, and of others: a font's rules for one script do not hold for another.
fn runs(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut last = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if last == Some(is_wide(c)) => run.end = end,
            _ => runs.push(at..end),
        }
        last = Some(is_wide(c));
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::fonts::Fonts, *};

    fn with_setter(run: impl Fn(&Setter<'_>)) {
        match Fonts::new(vec!["/usr/share/fonts".into()]).load() {
            Ok(family) => run(&Setter::new(&family).unwrap()),
            Err(_) => eprintln!("skipped: no Japanese font is installed"),
        }
    }

    #[test]
    fn lines_fit_and_say_everything() {
        with_setter(|setter| {
            let text = "江戸時代の初め、1622年に建てられたとされ、震災も空襲も越えて残った門です。\
                        「三解脱門(さんげだつもん)」と呼ばれます。See https://map.example/r/shiba-01 for more.";
            for width in [60.0, 100.0, 240.0] {
                let lines = setter.wrap(text, Weight::Regular, 10.0, width, 99);
                let joined: String = lines.iter().map(|line| line.text.replace(' ', "")).collect();
                assert_eq!(joined, text.replace(' ', ""));
                for line in &lines {
                    assert!(line.width * 10.0 <= width + 0.01, "{}", line.text);
                    assert!(!line.text.starts_with(['、', '。', '」', ')']), "{}", line.text);
                    assert!(!line.text.ends_with(['「', '(']), "{}", line.text);
                }
            }
        });
    }

    #[test]
    fn the_rest_of_a_long_text_is_left_out() {
        with_setter(|setter| {
            let lines = setter.wrap(&"坂の多い町を歩く。".repeat(30), Weight::Regular, 9.0, 120.0, 3);
            assert_eq!(lines.len(), 3);
            assert!(lines[2].text.ends_with('…') && lines[2].width * 9.0 <= 120.0, "{}", lines[2].text);
            let line = setter.short("とても長い名前の立ち寄り点", Weight::Bold, 9.0, 50.0);
            assert!(line.text.starts_with("とても") && line.text.ends_with('…'), "{}", line.text);
            assert!(setter.short("門", Weight::Bold, 9.0, 0.5).text.is_empty());
        });
    }

    #[test]
    fn broken_lines_of_japanese_end_at_one_edge() {
        with_setter(|setter| {
            let lines = setter.wrap(&"坂の多い町を、歩く。".repeat(9), Weight::Regular, 9.0, 125.0, 99);
            let last = lines.len() - 1;
            for (index, line) in lines.into_iter().enumerate() {
                let spread = line.clone().spread(9.0, 125.0);
                let wanted = if index == last { line.width * 9.0 } else { 125.0 };
                assert!((spread.width * 9.0 - wanted).abs() < 0.01, "{}", line.text);
            }
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_is_set_within_any_width(text in ".{0,80}", width in 0.1_f32..200.0) {
            with_setter(|setter| {
                let lines = setter.wrap(&text, Weight::Regular, 10.0, width, 5);
                assert!(lines.len() <= 5);
                // One character is wider than a very narrow column.
                for line in lines {
                    assert!(line.width * 10.0 <= width + 0.01 || line.text.chars().count() <= 2, "{}", line.text);
                }
            });
        }
    }
}
