//! iCalendar (RFC 5545) of somebody's outings and deadlines; knows no feature but asks what else is in a calendar.

use futures_util::future::BoxFuture;

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    staff::StaffId,
    text::ReaderLanguage,
};

/// What a feature puts into people's calendars.
pub trait Entries: Send + Sync {
    /// The events of somebody, in their language, from a moment on.
    fn of<'t>(
        &'t self,
        tx: &'t mut Tx,
        staff: StaffId,
        language: ReaderLanguage,
        now: Timestamp,
    ) -> BoxFuture<'t, Result<Vec<Event>, DbError>>;
}

/// When an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// From one moment to another.
    At {
        /// When it starts.
        starts_at: Timestamp,
        /// When it ends.
        ends_at: Timestamp,
    },
    /// All of a day. Nobody is busy because of it.
    Day(Date),
}

/// Something in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same through all its changes.
    pub uid: String,
    /// Counts its changes.
    pub sequence: i64,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When it is.
    pub when: When,
    /// One line.
    pub title: String,
    /// Where people meet; empty where they need not.
    pub place: String,
    /// More to say.
    pub text: String,
    /// What to expect.
    pub status: Status,
}

/// What to expect of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It will be.
    Confirmed,
    /// They wait for a place, or for a decision.
    Tentative,
    /// It will not be.
    Cancelled,
}

/// Octets of a line, without its end.
const LONGEST: usize = 75;

/// Japan has had no daylight saving time since 1951.
const TOKYO: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Tokyo",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:JST",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// Events as an iCalendar stream.
#[must_use]
pub fn calendar(events: &[Event]) -> String {
    let mut out = String::new();
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//machiaruki//calendar//JA", "CALSCALE:GREGORIAN"]
    {
        line(&mut out, text);
    }
    for text in [
        "METHOD:PUBLISH",
        "X-WR-CALNAME:まちあるき",
        "X-WR-TIMEZONE:Asia/Tokyo",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ] {
        line(&mut out, text);
    }
    for text in TOKYO {
        line(&mut out, text);
    }
    for event in events {
        write(&mut out, event);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn write(out: &mut String, event: &Event) {
    let status = match event.status {
        Status::Confirmed => "CONFIRMED",
        Status::Tentative => "TENTATIVE",
        Status::Cancelled => "CANCELLED",
    };
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", escaped(&event.uid)));
    line(out, &format!("SEQUENCE:{}", event.sequence));
    line(
        out,
        &format!(
            "DTSTAMP:{}",
            jiff::tz::Offset::UTC.to_datetime(event.changed_at).strftime("%Y%m%dT%H%M%SZ")
        ),
    );
    match event.when {
        When::At { starts_at, ends_at } => {
            line(out, &format!("DTSTART;TZID=Asia/Tokyo:{}", local(starts_at)));
            line(out, &format!("DTEND;TZID=Asia/Tokyo:{}", local(ends_at)));
        }
        // Without an end it is that one day.
        When::Day(day) => line(out, &format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d"))),
    }
    line(out, &format!("SUMMARY:{}", escaped(&event.title)));
    if !event.place.is_empty() {
        line(out, &format!("LOCATION:{}", escaped(&event.place)));
    }
    if !event.text.is_empty() {
        line(out, &format!("DESCRIPTION:{}", escaped(&event.text)));
    }
    line(out, &format!("STATUS:{status}"));
    // Who does not know yet whether they go is not busy, and a deadline is no meeting.
    let is_busy = event.status == Status::Confirmed && matches!(event.when, When::At { .. });
    line(out, if is_busy { "TRANSP:OPAQUE" } else { "TRANSP:TRANSPARENT" });
    line(out, "CLASS:PRIVATE");
    line(out, "END:VEVENT");
}

fn local(at: Timestamp) -> String {
    jiff::tz::offset(9).to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string()
}

/// TEXT (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded (RFC 5545, 3.1) between characters.
fn line(out: &mut String, text: &str) {
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(title: &str, status: Status) -> Event {
        Event {
            uid: "019a9f6e-0000-7000-8000-000000000000@machiaruki".into(),
            sequence: 3,
            changed_at: "2026-11-20T03:00:00Z".parse().unwrap(),
            when: When::At {
                starts_at: "2026-12-01T01:00:00Z".parse().unwrap(),
                ends_at: "2026-12-01T03:00:00Z".parse().unwrap(),
            },
            title: title.into(),
            place: "ロビー; 1階, 正面".into(),
            text: "一行目\n二行目".into(),
            status,
        }
    }

    #[test]
    fn an_event_is_in_tokyos_time_and_says_when_it_is_cancelled() {
        let text = calendar(&[event("坂のコース", Status::Cancelled)]);
        for expected in [
            "DTSTART;TZID=Asia/Tokyo:20261201T100000\r\n",
            "DTEND;TZID=Asia/Tokyo:20261201T120000\r\n",
            "DTSTAMP:20261120T030000Z\r\n",
            "SEQUENCE:3\r\n",
            "STATUS:CANCELLED\r\n",
            "LOCATION:ロビー\\; 1階\\, 正面\r\n",
            "DESCRIPTION:一行目\\n二行目\r\n",
            "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\n",
        ] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
    }

    #[test]
    fn a_deadline_is_all_of_a_day_on_which_nobody_is_busy() {
        let day = "2027-02-28".parse().unwrap();
        let deadline =
            Event { when: When::Day(day), place: String::new(), ..event("期限", Status::Confirmed) };
        let text = calendar(&[deadline]);
        for expected in ["DTSTART;VALUE=DATE:20270228\r\n", "STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        assert!(!text.contains("DTEND") && !text.contains("LOCATION"), "{text}");
        assert!(calendar(&[event("会", Status::Confirmed)]).contains("TRANSP:OPAQUE"));
    }

    /// Reads a stream as RFC 5545 says, without mercy: components within one another, each property by name with its value.
    fn read(text: &str) -> Vec<(String, String, String)> {
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
        for line in text.split("\r\n") {
            assert!(line.len() <= LONGEST, "{line}");
        }
        let whole = text.replace("\r\n ", "");
        let (mut inside, mut properties): (Vec<&str>, _) = (Vec::new(), Vec::new());
        for line in whole.split_terminator("\r\n") {
            let (name, value) = line.split_once(':').unwrap();
            let bare = name.split(';').next().unwrap();
            assert!(bare.bytes().all(|b| b.is_ascii_uppercase() || b == b'-') && !bare.is_empty(), "{line}");
            match bare {
                "BEGIN" => inside.push(value),
                "END" => assert_eq!(inside.pop(), Some(value)),
                _ => properties.push((inside.join("/"), name.to_owned(), value.to_owned())),
            }
        }
        assert!(inside.is_empty(), "{inside:?}");
        properties
    }

    fn unescaped(value: &str) -> String {
        let (mut out, mut chars) = (String::new(), value.chars());
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n') => out.push('\n'),
                    Some(c @ ('\\' | ';' | ',')) => out.push(c),
                    other => panic!("{other:?} is not escaped in {value}"),
                },
                ';' | ',' => panic!("{c} has to be escaped in {value}"),
                c => out.push(c),
            }
        }
        out
    }

    #[test]
    fn a_calendar_without_events_is_one_as_well() {
        let properties = read(&calendar(&[]));
        assert!(properties.contains(&("VCALENDAR".into(), "VERSION".into(), "2.0".into())));
        // A stream has at least one component.
        assert!(properties.iter().any(|(inside, ..)| inside == "VCALENDAR/VTIMEZONE"));
    }

    proptest! {
        #[test]
        fn whatever_people_write_it_is_valid_and_says_what_they_wrote(
            texts in proptest::collection::vec(("[\\PC,;:\\\\\n\u{7}\r]{0,90}", "\\PC{0,60}", "[\\PC\n]{0,60}"), 0..4)
        ) {
            let events: Vec<Event> = texts
                .iter()
                .map(|(title, place, text)| Event {
                    place: place.clone(), text: text.clone(), ..event(title, Status::Confirmed)
                })
                .collect();
            let properties = read(&calendar(&events));
            let all = |wanted: &str| -> Vec<String> {
                let found = properties.iter().filter(|(inside, name, _)| inside == "VCALENDAR/VEVENT" && name == wanted);
                found.map(|(.., value)| value.clone()).collect()
            };
            let plain = |text: &String| text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>();
            let titles: Vec<String> = all("SUMMARY").iter().map(|value| unescaped(value)).collect();
            prop_assert_eq!(titles, texts.iter().map(|(title, ..)| plain(title)).collect::<Vec<_>>());
            let places: Vec<String> = all("LOCATION").iter().map(|value| unescaped(value)).collect();
            let said = texts.iter().map(|(_, place, _)| plain(place)).filter(|place| !place.is_empty());
            prop_assert_eq!(places, said.collect::<Vec<_>>());
            for name in ["UID", "DTSTAMP", "SEQUENCE", "STATUS", "DTSTART;TZID=Asia/Tokyo", "DTEND;TZID=Asia/Tokyo"] {
                prop_assert_eq!(all(name).len(), events.len(), "{}", name);
            }
            let zones: Vec<_> = properties.iter().filter(|(_, name, _)| name == "TZID").collect();
            prop_assert_eq!(zones.len(), 1);
            prop_assert_eq!(&zones[0].2, "Asia/Tokyo");
        }
    }
}
