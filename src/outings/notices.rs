//! What people are told about outings.

use serde_json::{Value, json};

use crate::{
    clock::Timestamp,
    notify::{Kind, NewNotice, Words, said, titled},
    staff::StaffId,
    text::ReaderLanguage,
};

use super::store::Outing;

/// They have a place: signed up, moved up from the waiting list, or decided by the trainer.
pub static CONFIRMED: Kind = Kind {
    id: "outing_confirmed",
    urgent: false,
    mail: true,
    words: |payload, language| {
        words(payload, language, ("受講が決まりました", "You have a place", "いけることに なりました"))
    },
};
/// They moved up from the waiting list.
pub static PROMOTED: Kind = Kind {
    id: "outing_promoted",
    urgent: false,
    mail: true,
    words: |payload, language| {
        words(
            payload,
            language,
            (
                "空きが出たため、受講が決まりました",
                "A place became free: it is yours",
                "あきが できたので、いけることに なりました",
            ),
        )
    },
};
/// The trainer put them on the waiting list.
pub static WAITING: Kind = Kind {
    id: "outing_waiting",
    urgent: false,
    mail: true,
    words: |payload, language| {
        words(
            payload,
            language,
            (
                "満員のため、空き待ちになりました",
                "It is full: you are on the waiting list",
                "いっぱいなので、あきを まって います",
            ),
        )
    },
};
/// The trainer decided against it.
pub static REFUSED: Kind = Kind {
    id: "outing_refused",
    urgent: false,
    mail: true,
    words: |payload, language| {
        words(
            payload,
            language,
            ("今回は受講になりませんでした", "You were not given a place this time", "こんかいは いけません"),
        )
    },
};
/// Their department put them forward.
pub static NOMINATED: Kind = Kind {
    id: "outing_nominated",
    urgent: false,
    mail: false,
    words: |payload, language| {
        words(
            payload,
            language,
            ("所属から推薦されました", "Your department put you forward", "しょぞくが すいせんしました"),
        )
    },
};
/// It will not be.
pub static CANCELLED: Kind = Kind {
    id: "outing_cancelled",
    urgent: true,
    mail: true,
    words: |payload, language| {
        words(
            payload,
            language,
            (
                "【中止】まち歩きは中止になりました",
                "Cancelled: the outing will not take place",
                "まちあるきは なくなりました",
            ),
        )
    },
};
/// When or where it is has changed.
pub static CHANGED: Kind = Kind {
    id: "outing_changed",
    urgent: true,
    mail: true,
    words: |payload, language| {
        words(
            payload,
            language,
            (
                "【変更】まち歩きの日時や集合場所が変わりました",
                "Changed: when or where to meet",
                "まちあるきの じかんや ばしょが かわりました",
            ),
        )
    },
};

/// What is told, to one person. `round` makes it another thing when it happens again.
pub(super) fn notice(kind: &'static Kind, outing: &Outing, staff: StaffId, round: i64) -> NewNotice {
    let payload = json!({
        "outing_id": outing.id,
        "title": outing.title,
        "starts_at": outing.starts_at,
        "meeting_point": outing.meeting_point,
        "reason": outing.reason,
    });
    let dedup = format!("{}:{}:{staff}:{round}", kind.id, outing.id);
    NewNotice { staff, pseudonym: None, kind, payload, dedup, due_at: None }
}

fn words(payload: &Value, language: ReaderLanguage, title: (&str, &str, &str)) -> Words {
    let text = |name: &str| payload[name].as_str().unwrap_or_default();
    let course = titled(payload, language);
    let when = text("starts_at").parse::<Timestamp>().map(|at| when(at, language)).unwrap_or_default();
    let place = text("meeting_point");
    let mut lines = language.pick(
        format!("コース: {course}\n日時: {when}\n集合: {place}"),
        format!("Route: {course}\nWhen: {when}\nMeet at: {place}"),
        format!("コース: {course}\nいつ: {when}\nあつまる ばしょ: {place}"),
    );
    let reason = text("reason");
    if !reason.is_empty() {
        let reason = language.pick(
            format!("\n理由: {reason}"),
            format!("\nReason: {reason}"),
            format!("\nどうして: {reason}"),
        );
        lines.push_str(&reason);
    }
    let link = payload["outing_id"].as_str().map(|id| format!("/outings#{id}"));
    Words { title: language.pick(title.0, title.1, title.2).to_owned(), text: lines, link }
}

/// A moment as people in Tokyo say it.
pub(super) fn when(at: Timestamp, language: ReaderLanguage) -> String {
    let local = jiff::tz::offset(9).to_datetime(at);
    let day = said(local.date(), language);
    let (hour, minute) = (local.hour(), local.minute());
    let clock = format!("{day} {hour}:{minute:02}");
    language.pick(clock.clone(), format!("{day}, {hour:02}:{minute:02} (Tokyo)"), clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_in_the_readers_language_and_in_tokyos_time() {
        let payload = json!({
            "outing_id": "019a9f6e-0000-7000-8000-000000000000",
            "title": { "ja": "坂のコース", "en": "Slopes" }, "starts_at": "2026-12-01T01:00:00Z",
            "meeting_point": "ロビー", "reason": "大雨のため",
        });
        let ja = (CANCELLED.words)(&payload, ReaderLanguage::Ja);
        assert_eq!(
            ja.text,
            "コース: 坂のコース\n日時: 2026年12月1日(火) 10:00\n集合: ロビー\n理由: 大雨のため"
        );
        let en = (CANCELLED.words)(&payload, ReaderLanguage::En);
        assert!(en.text.starts_with("Route: Slopes\nWhen: Tue 1 Dec 2026, 10:00 (Tokyo)"), "{}", en.text);
        let easy = (CANCELLED.words)(&payload, ReaderLanguage::Easy);
        assert_eq!(easy.title, "まちあるきは なくなりました");
        assert!(easy.text.contains("いつ: 2026ねん12がつ1にち(か) 10:00"), "{}", easy.text);
        // Whatever a payload is, there are words for it.
        assert!(!(CHANGED.words)(&Value::Null, ReaderLanguage::Ja).title.is_empty());
    }
}
