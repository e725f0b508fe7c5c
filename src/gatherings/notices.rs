//! What residents are told of gatherings. In the queue they are called by their residency.

use serde_json::{Value, json};

use crate::{
    clock::Timestamp,
    councils::model::ResidencyId,
    notify::{Kind, NewNotice, Words, said},
    staff::StaffId,
    text::ReaderLanguage,
};

use super::model::Gathering;

/// There will be one.
pub static PLANNED: Kind = Kind {
    id: "gathering_planned",
    urgent: false,
    mail: true,
    words: |payload, language| {
        let title = (
            "協議会の集まりが予定されました",
            "Your council has planned a gathering",
            "きょうぎかいの あつまりが あります",
        );
        words(payload, language, title)
    },
};
/// When or where it is has changed.
pub static CHANGED: Kind = Kind {
    id: "gathering_changed",
    urgent: true,
    mail: true,
    words: |payload, language| {
        let title = (
            "【変更】協議会の集まりの日時や場所が変わりました",
            "Changed: when or where your council gathers",
            "あつまりの じかんや ばしょが かわりました",
        );
        words(payload, language, title)
    },
};
/// It will not be.
pub static CANCELLED: Kind = Kind {
    id: "gathering_cancelled",
    urgent: true,
    mail: true,
    words: |payload, language| {
        let title = (
            "【中止】協議会の集まりは中止になりました",
            "Cancelled: your council does not gather",
            "あつまりは なくなりました",
        );
        words(payload, language, title)
    },
};

/// What is told, to one resident. Each version of a gathering is told once.
pub(super) fn notice(
    kind: &'static Kind,
    gathering: &Gathering,
    (residency, staff): (ResidencyId, StaffId),
) -> NewNotice {
    let payload = json!({
        "gathering_id": gathering.id,
        "title": gathering.title,
        "starts_at": gathering.starts_at,
        "place": gathering.place,
        "reason": gathering.reason,
    });
    let dedup = format!("{}:{}:{residency}:{}", kind.id, gathering.id, gathering.version);
    NewNotice { staff, pseudonym: Some(residency.0), kind, payload, dedup, due_at: None }
}

fn words(payload: &Value, language: ReaderLanguage, title: (&str, &str, &str)) -> Words {
    let text = |name: &str| payload[name].as_str().unwrap_or_default();
    let when = text("starts_at").parse::<Timestamp>().map(|at| when(at, language)).unwrap_or_default();
    let (name, place, reason) = (text("title"), text("place"), text("reason"));
    let mut lines = language.pick(
        format!("{name}\n日時: {when}\n場所: {place}"),
        format!("{name}\nWhen: {when}\nWhere: {place}"),
        format!("{name}\nいつ: {when}\nばしょ: {place}"),
    );
    if !reason.is_empty() {
        lines.push_str(&language.pick(
            format!("\n理由: {reason}"),
            format!("\nReason: {reason}"),
            format!("\nどうして: {reason}"),
        ));
    }
    let title = language.pick(title.0, title.1, title.2).to_owned();
    Words { title, text: lines, link: Some("/council".to_owned()) }
}

/// A moment as people in Tokyo say it.
fn when(at: Timestamp, language: ReaderLanguage) -> String {
    let local = jiff::tz::offset(9).to_datetime(at);
    let (day, hour, minute) = (said(local.date(), language), local.hour(), local.minute());
    let clock = format!("{day} {hour}:{minute:02}");
    language.pick(clock.clone(), format!("{day}, {hour:02}:{minute:02} (Tokyo)"), clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_in_the_readers_language_and_in_tokyos_time() {
        let payload = json!({
            "title": "【見本】総会", "starts_at": "2026-12-01T09:00:00Z", "place": "集会室", "reason": "大雨のため",
        });
        let ja = (CANCELLED.words)(&payload, ReaderLanguage::Ja);
        assert_eq!(ja.text, "【見本】総会\n日時: 2026年12月1日(火) 18:00\n場所: 集会室\n理由: 大雨のため");
        let en = (CHANGED.words)(&payload, ReaderLanguage::En);
        assert!(en.text.contains("When: Tue 1 Dec 2026, 18:00 (Tokyo)"), "{}", en.text);
        let easy = (PLANNED.words)(&payload, ReaderLanguage::Easy);
        assert!(easy.text.contains("いつ: 2026ねん12がつ1にち(か) 18:00"), "{}", easy.text);
        // Whatever a payload is, there are words for it.
        assert!(!(PLANNED.words)(&Value::Null, ReaderLanguage::Ja).title.is_empty());
    }
}
