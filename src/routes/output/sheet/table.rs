//! The table of stops: number, name, what is done there, its story, and room to write.

use crate::{
    print::{
        MM, Rect,
        canvas::{Canvas, Colour, Pen},
        fonts::Weight,
        typeset::{Line, Setter},
    },
    routes::{
        model::{Stop, Version},
        output::{
            Words, labels,
            paper::{INK, MUTED, RULE, TINT, height as text_height, lines, number},
        },
    },
};

use super::notes;

/// A stop, set for a width.
pub(super) struct Row {
    density: Density,
    number: usize,
    required: bool,
    name: Vec<Line>,
    facts: Vec<Line>,
    story: Vec<Line>,
    question: Vec<Line>,
}

/// How large a row's texts are, and how much is left white above and below them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Density {
    name: f32,
    facts: f32,
    story: f32,
    pad: f32,
}

impl Density {
    /// From the most comfortable to the tightest that is still read with ease.
    pub(super) const ALL: [Self; 2] = [
        Self { name: 11.0, facts: 7.6, story: 8.8, pad: 2.2 * MM },
        Self { name: 9.8, facts: 7.0, story: 8.0, pad: 1.2 * MM },
    ];
}

const HEAD: f32 = 6.0 * MM;
const NUMBER: f32 = 10.0 * MM;
const BETWEEN: f32 = 1.5;
/// A story that goes on is read on the phone.
const MOST_STORY: usize = 9;
/// Less room than this is not worth lines.
const LEAST_NOTES: f32 = 24.0 * MM;

/// A column narrower than this has no room to write beside its text.
const WIDE: f32 = 150.0 * MM;

/// How wide the text of a row is, and how wide the room to write beside it.
fn split(width: f32) -> (f32, f32) {
    let notes = if width < WIDE { 0.0 } else { 48.0 * MM };
    (width - NUMBER - notes - 3.0 * MM, notes)
}

/// The rows of a version for columns of that width.
pub(super) fn rows(
    setter: &Setter<'_>,
    version: &Version,
    words: &Words,
    (width, density): (f32, Density),
) -> Vec<Row> {
    let (width, _) = split(width);
    let Density { name, facts: small, story, .. } = density;
    let row = |(index, stop): (usize, &Stop)| Row {
        density,
        number: index + 1,
        required: stop.required,
        name: setter.wrap(words.best(&stop.name), Weight::Bold, name, width, 2),
        facts: setter.wrap(&facts(stop, words), Weight::Regular, small, width, 3),
        story: setter.wrap(words.best(&stop.story), Weight::Regular, story, width, MOST_STORY),
        question: stop.question.as_ref().map_or_else(Vec::new, |question| {
            let text = format!("{}: {}", words.say(labels::QUESTION), words.best(&question.text));
            setter.wrap(&text, Weight::Bold, story, width, 3)
        }),
    };
    version.design.stops().enumerate().map(row).collect()
}

fn facts(stop: &Stop, words: &Words) -> String {
    let mut facts = vec![
        words.say(if stop.required { labels::REQUIRED } else { labels::OPTIONAL }).to_owned(),
        format!("{} {}", words.say(labels::STAY), minutes(u64::from(stop.stay_min), words)),
    ];
    if !stop.evidence.is_empty() {
        let all: Vec<&str> = stop.evidence.iter().map(|one| words.say(labels::evidence(*one))).collect();
        let or = super::header::pick(words, ("または", " or ", "か "));
        facts.push(format!("{}: {}", words.say(labels::EVIDENCE), all.join(or)));
    }
    if !stop.address.is_empty() {
        facts.push(stop.address.clone());
    }
    facts.join(super::header::pick(words, (" / ", " · ", " / ")))
}

/// Minutes as people say them.
pub(super) fn minutes(minutes: u64, words: &Words) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (super::header::is_english(words), hours, rest) {
        (true, 0, _) => format!("{rest} min"),
        (true, _, 0) => format!("{hours} h"),
        (true, ..) => format!("{hours} h {rest} min"),
        (false, 0, _) => format!("{rest}分"),
        (false, _, 0) => format!("{hours}時間"),
        (false, ..) => format!("{hours}時間{rest}分"),
    }
}

impl Row {
    /// Its texts from top to bottom, with their sizes and colours.
    fn parts(&self) -> [(&[Line], f32, Colour); 4] {
        let Density { name, facts, story, .. } = self.density;
        [
            (&self.name, name, INK),
            (&self.facts, facts, MUTED),
            (&self.story, story, INK),
            (&self.question, story, INK),
        ]
    }

    pub(super) fn height(&self) -> f32 {
        let text: f32 = self.parts().iter().map(|(lines, size, _)| text_height(lines, *size)).sum();
        let gaps = self.parts().iter().filter(|(lines, ..)| !lines.is_empty()).count().saturating_sub(1);
        text + gaps as f32 * BETWEEN + 2.0 * self.density.pad
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let (width, notes) = split(area.width);
        let Density { name, pad, .. } = self.density;
        let middle = [area.x + NUMBER / 2.0, area.y + pad + name * 0.75];
        number(canvas, middle, name * 0.75, self.number, self.required);
        let mut text = Rect::new(area.x + NUMBER, area.y + pad, width, area.height);
        for (part, size, colour) in self.parts() {
            if !part.is_empty() {
                text.y = lines(canvas, &text, part, size, colour) + BETWEEN;
            }
        }
        if notes > 0.0 {
            let left = area.right() - notes;
            canvas.lines(&[vec![[left, area.y], [left, area.bottom()]]], &Pen::new(RULE, 0.4));
        }
        canvas.lines(&[vec![[area.x, area.bottom()], [area.right(), area.bottom()]]], &Pen::new(RULE, 0.6));
    }
}

/// How high a column with these rows is, its head included.
pub(super) fn height(rows: &[Row]) -> f32 {
    HEAD + rows.iter().map(Row::height).sum::<f32>()
}

/// Draws rows from the top of a column, and lines for notes where room is left.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, rows: &[Row], words: &Words) {
    if rows.is_empty() {
        return notes(canvas, area, words);
    }
    let head = Rect { height: HEAD, ..area };
    canvas.rect(&head, Some(TINT), None);
    canvas.lines(&[vec![[head.x, head.bottom()], [head.right(), head.bottom()]]], &Pen::new(INK, 0.8));
    let (_, notes_width) = split(area.width);
    let mut heads = vec![(head.x + NUMBER, labels::STOPS)];
    if notes_width > 0.0 {
        heads.push((head.right() - notes_width + 2.0 * MM, labels::NOTES));
    }
    for (x, label) in heads {
        let line = canvas.setter.line(words.say(label), Weight::Bold);
        canvas.text([x, head.y + HEAD * 0.68], &line, 8.5, INK);
    }
    let mut y = head.bottom();
    for row in rows {
        row.draw(canvas, Rect { y, height: row.height(), ..area });
        y += row.height();
    }
    let rest = area.bottom() - y;
    if rest > LEAST_NOTES {
        notes(canvas, Rect::new(area.x, y + 5.0 * MM, area.width, rest - 5.0 * MM), words);
    }
}
