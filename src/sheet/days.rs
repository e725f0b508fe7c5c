//! Days as wards write them.

use jiff::Span;
use unicode_normalization::UnicodeNormalization as _;

use crate::clock::Date;

/// 元号 and the year before its first.
const ERAS: [(&str, &str, i16); 5] =
    [("令和", "R", 2018), ("平成", "H", 1988), ("昭和", "S", 1925), ("大正", "T", 1911), ("明治", "M", 1867)];

/// A day, as people write it: `2026-04-01`, `2026/4/1`, `20260401`, `令和8年4月1日`, `R8.4.1`, `令和元年5月1日`, or
/// a serial day of Excel.
///
/// ```
/// use machiaruki::sheet::japanese_date;
/// assert_eq!(japanese_date("令和８年４月１日").unwrap().to_string(), "2026-04-01");
/// assert_eq!(japanese_date("R8.4.1").unwrap().to_string(), "2026-04-01");
/// assert!(japanese_date("いつか").is_none());
/// ```
#[must_use]
pub fn japanese_date(text: &str) -> Option<Date> {
    let text: String = text.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    for (name, letter, before) in ERAS {
        let upper = text.to_ascii_uppercase();
        let rest = text
            .strip_prefix(name)
            .map(str::to_owned)
            .or_else(|| upper.strip_prefix(letter).map(str::to_owned));
        if let Some(rest) = rest {
            let (year, month, day) = three_numbers(&rest.replacen('元', "1", 1))?;
            return Date::new(before.checked_add(i16::try_from(year).ok()?)?, month, day).ok();
        }
    }
    if text.chars().all(|letter| letter.is_ascii_digit()) {
        let number: u32 = text.parse().ok()?;
        return match text.len() {
            8 => day_of(number / 10_000, number / 100 % 100, number % 100),
            5 => serial_date(f64::from(number)),
            _ => None,
        };
    }
    let (year, month, day) = three_numbers(&text)?;
    if year < 1_000 { None } else { day_of(year, month as u32, day as u32) }
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The three numbers of a day; a time after them is passed over.
fn three_numbers(text: &str) -> Option<(u32, i8, i8)> {
    let date = text.split(['T', 't']).next().unwrap_or_default();
    // A full date with a time behind it, whose space is gone: 2026/4/100:00:00 cannot be told apart.
    if date.contains(':') {
        return None;
    }
    let date = date.strip_suffix('日').unwrap_or(date);
    let mut parts = date.split(['年', '月', '-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// The day of one of Excel's serial numbers, counted from 1900.
#[must_use]
pub fn serial_date(serial: f64) -> Option<Date> {
    // Excel believes in 29 February 1900; nobody was hired before.
    if !(61.0..=2_958_465.0).contains(&serial) {
        return None;
    }
    Date::constant(1899, 12, 30).checked_add(Span::new().days(serial.trunc() as i64)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_in_every_way_that_wards_write_them() {
        for text in [
            "2026-04-01",
            "2026/4/1",
            "2026.4.1",
            "20260401",
            "２０２６年４月１日",
            "令和8年4月1日",
            "令和８年４月１日",
            "R8.4.1",
            "r8/4/1",
            "R08.04.01",
            "46113",
            "2026-04-01T00:00:00",
        ] {
            assert_eq!(japanese_date(text), Some(Date::constant(2026, 4, 1)), "{text}");
        }
        assert_eq!(japanese_date("令和元年5月1日"), Some(Date::constant(2019, 5, 1)));
        assert_eq!(japanese_date("H31.4.30"), Some(Date::constant(2019, 4, 30)));
        assert_eq!(japanese_date("S63/4/1"), Some(Date::constant(1988, 4, 1)));
        for text in [
            "",
            "4/1",
            "8.4.1",
            "2026-13-01",
            "2026-02-30",
            "令和8年4月",
            "R8.4.1.2",
            "未定",
            "123",
            "202641",
        ] {
            assert_eq!(japanese_date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = japanese_date(&text);
        }

        #[test]
        fn every_day_is_read_back(serial in 61_i64..80_000) {
            let day = serial_date(serial as f64).unwrap();
            prop_assert_eq!(japanese_date(&day.to_string()), Some(day));
        }
    }
}
