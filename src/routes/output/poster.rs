//! Posters: for each stop one A4 page with its name and the QR code that shows that somebody was there.

use crate::{
    print::{
        MM, Paper, Rect,
        canvas::{About, Booklet, Canvas, Colour, Pen},
        fonts::{Fonts, Weight},
        qr,
        typeset::{Line, Setter},
    },
    routes::model::{Language, Stop, StopId, Version},
};

use super::{
    Words, is_sample, labels,
    paper::{ACCENT, INK, MUTED, NoPaper, RULE, flush, number, sample_badge},
    say, tag,
};

const MARGIN: f32 = 18.0 * MM;
const CODE: f32 = 108.0 * MM;
const NUMBER: f32 = 10.0 * MM;

/// A poster for each of these stops, in the order of walking; `codes` are what their QR codes lead to. A stop without a
/// code has none.
///
/// # Errors
/// When the machine has no Japanese font.
pub fn posters(
    version: &Version,
    codes: &[(StopId, String)],
    words: &Words,
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
    for (index, stop) in version.design.stops().enumerate() {
        if let Some((_, code)) = codes.iter().find(|(id, _)| *id == stop.stop_id) {
            let address = words.stop_url(code);
            booklet.page(Paper::A4, |canvas| poster(canvas, version, (index + 1, stop), &address, words));
        }
    }
    Ok(booklet.finish()?)
}

fn poster(
    canvas: &mut Canvas<'_>,
    version: &Version,
    (sequence, stop): (usize, &Stop),
    address: &str,
    words: &Words,
) {
    let page = Rect::new(0.0, 0.0, Paper::A4.width, Paper::A4.height);
    let inner = page.inset(MARGIN);
    let middle = page.width / 2.0;
    canvas.rect(&page.inset(8.0 * MM), None, Some(&Pen::new(ACCENT, 2.4)));
    let setter = canvas.setter;

    let title = setter.short(words.best(&version.design.title), Weight::Bold, 14.0, inner.width - 30.0 * MM);
    flush(canvas, [inner.x, inner.y + 12.0], &title, 14.0, INK);
    let kind = setter.line(words.say(labels::ROUTE), Weight::Regular);
    canvas.text([inner.x, inner.y + 27.0], &kind, 9.5, MUTED);
    if is_sample(version) {
        sample_badge(canvas, [inner.right(), inner.y - 2.0], 17.0);
    }
    let rule = inner.y + 13.0 * MM;
    canvas.lines(&[vec![[inner.x, rule], [inner.right(), rule]]], &Pen::new(RULE, 0.8));

    // The code keeps its place, so that posters of one route look alike; the name stands in the middle of what is above.
    let top = page.height - 36.0 * MM - CODE - 27.0 * MM;
    let square = Rect::new(middle - CODE / 2.0, top, CODE, CODE);
    let names: Vec<(Vec<Line>, f32)> =
        names(stop).into_iter().map(|name| fitted(canvas, name, inner.width)).collect();
    let high: f32 = names.iter().map(|(lines, size)| lines.len() as f32 * size * 1.3 + 5.0).sum();
    let mut y = rule + ((top - rule - high - 2.0 * NUMBER - 4.0 * MM) / 2.0).max(0.0);
    number(canvas, [middle, y + NUMBER], NUMBER, sequence, stop.required);
    y += 2.0 * NUMBER + 4.0 * MM;
    for (lines, size) in &names {
        for line in lines {
            canvas.centred([middle, y + size], line, *size, INK);
            y += size * 1.3;
        }
        y += 5.0;
    }

    canvas.rect(&square, Some(Colour::WHITE), Some(&Pen::new(ACCENT, 1.6)));
    qr::draw(canvas, [square.x + 2.0 * MM, square.y + 2.0 * MM], CODE - 4.0 * MM, address);
    let link = setter.line(address, Weight::Bold);
    let size = 13.0_f32.min(inner.width / link.width);
    canvas.centred([middle, square.bottom() + 8.0 * MM], &link, size, INK);

    let mut y = square.bottom() + 15.5 * MM;
    for language in Language::ALL {
        let line = setter.line(say(labels::SCAN, language), Weight::Regular);
        let size = 11.0_f32.min(inner.width / line.width);
        canvas.centred([middle, y], &line, size, INK);
        y += 6.2 * MM;
    }
    contact(canvas, inner, version, sequence, words);
}

/// What a stop is called, in each language that has a name of its own, and how large that is set.
fn names(stop: &Stop) -> Vec<(&str, Weight, f32, usize)> {
    let mut names = vec![(stop.name.best(Language::Ja), Weight::Bold, 46.0, 2)];
    for (language, size) in [(Language::En, 21.0), (Language::Easy, 18.0)] {
        let name = stop.name.get(language);
        if !name.is_empty() && names.iter().all(|(known, ..)| *known != name) {
            names.push((name, Weight::Regular, size, 1));
        }
    }
    names
}

/// A name as large as it fits: in one line down to seven tenths of its size, then in more.
fn fitted(
    canvas: &Canvas<'_>,
    (text, weight, largest, most): (&str, Weight, f32, usize),
    width: f32,
) -> (Vec<Line>, f32) {
    let setter = canvas.setter;
    let sizes = [1.0, 0.85, 0.7, 0.55].map(|share| largest * share);
    let whole = setter.line(text, weight).width;
    let in_one = sizes[..3].iter().find(|size| whole * **size <= width);
    let in_more = sizes.iter().find(|size| setter.wrap(text, weight, **size, width, 99).len() <= most);
    let size = in_one.or(in_more).copied().unwrap_or(sizes[3]);
    (setter.wrap(text, weight, size, width, most), size)
}

fn contact(canvas: &mut Canvas<'_>, inner: Rect, version: &Version, sequence: usize, words: &Words) {
    let setter = canvas.setter;
    let y = inner.bottom() + 2.0 * MM;
    canvas.lines(&[vec![[inner.x, y - 7.0 * MM], [inner.right(), y - 7.0 * MM]]], &Pen::new(RULE, 0.8));
    let whom =
        format!("{}: {} {}", words.say(labels::CONTACT), words.say(words.publisher), version.department_name);
    let line = setter.short(&whom, Weight::Bold, 11.0, inner.width * 0.7);
    canvas.text([inner.x, y], &line, 11.0, INK);
    let which = setter.line(&format!("{}-{sequence}", version.code), Weight::Regular);
    canvas.right([inner.right(), y], &which, 9.0, MUTED);
}
