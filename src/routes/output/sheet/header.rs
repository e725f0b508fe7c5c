//! What stands above, under and around the map: title, facts, legend, attributions.

use crate::{
    print::{
        MM, Rect,
        canvas::{Canvas, Pen},
        fonts::Weight,
        qr,
        typeset::{Line, Setter},
    },
    routes::{
        model::{Language, Version},
        output::{
            Words, is_sample, labels,
            paper::{BASELINE, INK, LEADING, MUTED, RULE, TINT, flush, height, lines, number, sample_badge},
        },
    },
    text::Text3,
};

use super::{
    ground::Ground,
    map::{self, landmark_sign, route_pen, stairs_pen, straight_pen},
    table::minutes,
};

/// How high the legend under the map is.
pub(super) const LEGEND: f32 = 7.0 * MM;
/// How high the head of later pages is.
pub(super) const SMALL: f32 = 8.0 * MM;

const TITLE: f32 = 19.0;
const KICKER: f32 = 8.2;
const TEXT: f32 = 9.2;
const FACT: f32 = 13.5;
const FACT_SMALL: f32 = 6.8;
const FACTS: f32 = 14.5 * MM;
const CODE: f32 = 27.0 * MM;
const GAP: f32 = 2.5 * MM;

/// One of three texts by language.
pub(super) const fn pick(
    words: &Words,
    (ja, en, easy): (&'static str, &'static str, &'static str),
) -> &'static str {
    words.say(Text3::new(ja, en, easy))
}

pub(super) fn is_english(words: &Words) -> bool {
    words.language == Language::En
}

/// The head of the first page.
pub(super) struct Header<'v> {
    version: &'v Version,
    words: &'v Words,
    kicker: Line,
    title: Vec<Line>,
    title_width: f32,
    texts: Vec<Vec<Line>>,
}

impl<'v> Header<'v> {
    pub(super) fn new(setter: &Setter<'_>, version: &'v Version, words: &'v Words, width: f32) -> Self {
        let title_width = width - CODE - GAP;
        let design = &version.design;
        let hosts: Vec<&str> = design.hosts.iter().map(|host| host.name.as_str()).collect();
        let said = |label: Text3, text: &str| {
            if text.is_empty() { String::new() } else { format!("{}: {text}", words.say(label)) }
        };
        let texts = [
            (words.best(&design.summary).to_owned(), 4),
            (said(labels::ACCESSIBILITY, words.best(&design.accessibility)), 3),
            (said(labels::HOSTS, &hosts.join(pick(words, ("、", ", ", "、")))), 2),
        ];
        let wrap =
            |(text, most): (String, usize)| setter.wrap(&text, Weight::Regular, TEXT, title_width, most);
        // The badge stands in the same line as the kicker.
        let badge = if is_sample(version) { 16.0 * MM } else { 0.0 };
        Self {
            version,
            words,
            kicker: setter.short(&kicker(version, words), Weight::Regular, KICKER, title_width - badge),
            title: setter.wrap(words.best(&design.title), Weight::Bold, TITLE, title_width, 2),
            title_width,
            texts: texts.into_iter().map(wrap).filter(|lines| !lines.is_empty()).collect(),
        }
    }

    fn text_height(&self) -> f32 {
        let texts: f32 = self.texts.iter().map(|lines| height(lines, TEXT) + 1.5).sum();
        KICKER * LEADING + 3.0 + self.title.len() as f32 * TITLE * 1.3 + 3.0 + texts
    }

    /// How high it is, with the facts and the space under them.
    pub(super) fn height(&self) -> f32 {
        // The code has its address under it.
        self.text_height().max(CODE + 10.0) + GAP + FACTS + GAP
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let mut y = area.y;
        canvas.text([area.x, y + KICKER * BASELINE], &self.kicker, KICKER, MUTED);
        if is_sample(self.version) {
            sample_badge(canvas, [area.x + self.title_width, y - 2.0], 10.5);
        }
        y += KICKER * LEADING + 3.0;
        for line in &self.title {
            flush(canvas, [area.x, y + TITLE], line, TITLE, INK);
            y += TITLE * 1.3;
        }
        y += 3.0;
        for text in &self.texts {
            let room = Rect::new(area.x, y, self.title_width, 0.0);
            y = lines(canvas, &room, text, TEXT, INK) + 1.5;
        }
        self.code(canvas, area);
        let top = area.y + self.text_height().max(CODE + 10.0) + GAP;
        self.facts(canvas, Rect::new(area.x, top, area.width, FACTS));
    }

    fn code(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let address = self.words.route_url(self.version);
        let (x, y) = (area.right() - CODE, area.y - 2.0 * MM);
        qr::draw(canvas, [x, y], CODE, &address);
        let setter = canvas.setter;
        let bare = address.trim_start_matches("https://").trim_start_matches("http://");
        let said =
            [setter.line(self.words.say(labels::MORE), Weight::Bold), setter.line(bare, Weight::Regular)];
        for (index, line) in said.iter().enumerate() {
            let size = 6.6_f32.min(CODE / line.width);
            canvas.centred([x + CODE / 2.0, y + CODE + 5.5 + 9.0 * index as f32], line, size, INK);
        }
    }

    fn facts(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.rect(&area, Some(TINT), None);
        canvas.lines(&[vec![[area.x, area.y], [area.right(), area.y]]], &Pen::new(INK, 0.8));
        let facts = facts(self.version, self.words);
        let width = area.width / facts.len() as f32;
        for (index, [label, value, note]) in facts.iter().enumerate() {
            let x = area.x + width * index as f32;
            if index > 0 {
                canvas.lines(&[vec![[x, area.y + 7.0], [x, area.bottom() - 7.0]]], &Pen::new(RULE, 0.6));
            }
            let (x, room) = (x + 3.0 * MM, width - 4.0 * MM);
            for (y, text, weight, size, colour) in [
                (11.0, label, Weight::Regular, FACT_SMALL + 0.4, MUTED),
                (25.5, value, Weight::Bold, FACT, INK),
                (35.0, note, Weight::Regular, FACT_SMALL, MUTED),
            ] {
                let line = canvas.setter.line(text, weight);
                // Long words of other languages get smaller rather than lost.
                let size = size.min(room / line.width.max(0.1));
                canvas.text([x, area.y + y], &line, size, colour);
            }
        }
    }

    /// The head of a later page.
    pub(super) fn draw_small(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let badge = if is_sample(self.version) {
            sample_badge(canvas, [area.right(), area.y - 1.0], 9.0) + GAP
        } else {
            0.0
        };
        let title = self.words.best(&self.version.design.title);
        let line = canvas.setter.short(title, Weight::Bold, 12.0, area.width * 0.6);
        flush(canvas, [area.x, area.y + 12.0], &line, 12.0, INK);
        let right = area.right() - badge;
        let left = area.x + line.width * 12.0 + GAP;
        let kicker =
            canvas.setter.short(&kicker(self.version, self.words), Weight::Regular, 7.6, right - left);
        canvas.right([right, area.y + 12.0], &kicker, 7.6, MUTED);
    }
}

fn kicker(version: &Version, words: &Words) -> String {
    let route = words.say(labels::ROUTE);
    let (code, number, from) = (&version.code, version.number, version.effective_from);
    let (publisher, department) = (words.say(words.publisher), &version.department_name);
    match words.language {
        Language::En => {
            format!("{route} {code} · version {number}, from {from} · {publisher}, {department}")
        }
        Language::Ja | Language::Easy => {
            format!("{route} {code}  第{number}版({from} から) {publisher} {department}")
        }
    }
}

fn facts(version: &Version, words: &Words) -> Vec<[String; 3]> {
    let (line, english) = (&version.line, is_english(words));
    let say = |text: Text3| words.say(text).to_owned();
    let (stops, required) =
        (version.design.stops().count(), version.design.stops().filter(|stop| stop.required).count());
    let places = |count: u32| if english { count.to_string() } else { format!("{count}か所") };
    let stairs = if line.stairs == 0 { say(labels::NONE) } else { places(line.stairs) };
    let stairs_note = match (line.stairs, english) {
        (0, _) => String::new(),
        (_, true) => format!("{:.0} m in all", line.stairs_m),
        (_, false) => format!("合わせて{:.0} m", line.stairs_m),
    };
    let lifts = match (line.lifts, english) {
        (0, _) => String::new(),
        (lifts, true) => format!(", {lifts} lifts"),
        (lifts, false) => format!("・エレベーター{lifts}回"),
    };
    let crossings = line.crossings;
    let crossings = if english {
        format!("{crossings} crossings{lifts}")
    } else {
        format!("横断{crossings}回{lifts}")
    };
    vec![
        [say(labels::DISTANCE), kilometres(line.distance_m), crossings],
        [say(labels::WALKING), minutes(line.duration_s.div_ceil(60), words), say(labels::WALKING_NOTE)],
        [
            say(labels::ESTIMATE),
            minutes(line.estimated_duration_s.div_ceil(60), words),
            say(labels::ESTIMATE_NOTE),
        ],
        [say(labels::STAIRS), stairs, stairs_note],
        [
            say(labels::STOPS),
            if english { stops.to_string() } else { format!("{stops}か所") },
            format!("{} {required}", words.say(labels::REQUIRED)),
        ],
    ]
}

/// A distance as people say it.
fn kilometres(metres: f64) -> String {
    if metres < 1000.0 { format!("{metres:.0} m") } else { format!("{:.1} km", metres / 1000.0) }
}

/// A sign: whether it is on the map, what it means, how wide it is, and how it is drawn.
type Sign<'s> = (bool, Text3, f32, Box<dyn Fn(&mut Canvas<'_>, f32) + 's>);

/// What the signs on the map mean; only those that are on it.
pub(super) fn legend(canvas: &mut Canvas<'_>, area: Rect, version: &Version, ground: &Ground, words: &Words) {
    let mut x = area.x;
    let y = area.y + area.height * 0.55;
    let line =
        |pen: Pen| move |canvas: &mut Canvas<'_>, x: f32| canvas.lines(&[vec![[x, y], [x + 20.0, y]]], &pen);
    let has = |required: bool| version.design.stops().any(|stop| stop.required == required);
    let signs: [Sign<'_>; 7] = [
        (true, labels::LINE, 20.0, Box::new(line(route_pen()))),
        (
            version.line.legs.iter().any(|leg| leg.straight),
            labels::STRAIGHT,
            20.0,
            Box::new(line(straight_pen())),
        ),
        (has(true), labels::REQUIRED, 10.0, Box::new(|canvas, x| number(canvas, [x + 5.0, y], 5.0, 1, true))),
        (
            has(false),
            labels::OPTIONAL,
            10.0,
            Box::new(|canvas, x| number(canvas, [x + 5.0, y], 5.0, 1, false)),
        ),
        (!ground.ways.is_empty(), labels::WAYS, 20.0, Box::new(line(Pen::new(map::WAY, 1.7)))),
        (ground.ways.iter().any(|way| way.stairs), labels::STEPS, 20.0, Box::new(line(stairs_pen()))),
        (
            !ground.landmarks.is_empty(),
            labels::LANDMARK,
            6.0,
            Box::new(|canvas, x| landmark_sign(canvas, [x + 3.0, y])),
        ),
    ];
    for (_, label, width, sign) in signs.iter().filter(|sign| sign.0) {
        sign(canvas, x);
        let text = canvas.setter.line(words.say(*label), Weight::Regular);
        canvas.text([x + width + 3.0, y + 2.7], &text, 7.4, INK);
        x += width + 3.0 + text.width * 7.4 + 11.0;
    }
}

/// The foot of every page: care, attributions, the number of the page.
pub(super) struct Footer {
    lines: Vec<Line>,
}

const SMALLEST: f32 = 6.6;

impl Footer {
    pub(super) fn new(setter: &Setter<'_>, attributions: &[String], words: &Words, width: f32) -> Self {
        let care = words.say(labels::NOT_SURVEYED);
        let said = format!("{care}\n{}", attributions.join(pick(words, (" / ", "; ", " / "))));
        Self { lines: setter.wrap(&said, Weight::Regular, SMALLEST, width - 14.0 * MM, 6) }
    }

    pub(super) fn height(&self) -> f32 {
        height(&self.lines, SMALLEST) + 2.5 * MM
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, page: Rect, (number, count): (usize, usize)) {
        let top = page.bottom() - height(&self.lines, SMALLEST);
        lines(canvas, &Rect::new(page.x, top, 0.0, 0.0), &self.lines, SMALLEST, MUTED);
        let line = canvas.setter.line(&format!("{number} / {count}"), Weight::Regular);
        canvas.right([page.right(), page.bottom() - SMALLEST * 0.4], &line, 8.0, MUTED);
    }
}
