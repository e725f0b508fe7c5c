//! What residents are told of their council. No place is named, and in the database whom it is for is a residency: a copy of it does not
//! say who lives in disaster housing.

use serde_json::json;

use crate::{
    clock::{Date, tokyo_midnight},
    notify::{Kind, NewNotice, Words},
    text::ReaderLanguage,
};

use super::model::{CouncilId, Residency};

/// Their council was decided.
pub static DECIDED: Kind = Kind {
    id: "council_decided",
    urgent: false,
    mail: true,
    words: |_, language| {
        words(
            language,
            ("担当の協議会が決まりました", "Your council is decided", "あなたの きょうぎかいが きまりました"),
            (
                "集まる場所とそこまでの道、連絡先は「わたしの協議会」で確かめられます。",
                "Where it meets, the way there and whom to turn to are on “My council”.",
                "あつまる ばしょや みちは「わたしの きょうぎかい」で みられます。",
            ),
        )
    },
};

/// Another council was decided.
pub static CHANGED: Kind = Kind {
    id: "council_changed",
    urgent: false,
    mail: true,
    words: |_, language| {
        words(
            language,
            (
                "担当の協議会が変わりました",
                "Your council has changed",
                "あなたの きょうぎかいが かわりました",
            ),
            (
                "新しい協議会は「わたしの協議会」で確かめてください。前の協議会への紹介の同意は終わりました。紹介してほしいときは、もう一度同意してください。",
                "Please look at the new one on “My council”. Your consent to be introduced to the one before has ended: consent again if you want to be introduced.",
                "あたらしい きょうぎかいは「わたしの きょうぎかい」で みて ください。まえの きょうぎかいへの しょうかいは おわりました。しょうかいして ほしい ときは、もういちど きめて ください。",
            ),
        )
    },
};

/// At which hour of the day people are told what begins on a later day.
const HOUR: i64 = 9;

/// What somebody is told of a decision: that their council is decided, or is another than before; nothing where it is the same, or is
/// undecided. `number` is that of the decision, and `from` the day on which it begins to count.
pub(super) fn notice(
    residency: &Residency,
    (before, after): (Option<CouncilId>, Option<CouncilId>),
    (number, from): (i64, Date),
) -> Option<NewNotice> {
    after.filter(|after| before != Some(*after))?;
    Some(NewNotice {
        staff: residency.facts.staff,
        pseudonym: Some(residency.id.0),
        kind: if before.is_none() { &DECIDED } else { &CHANGED },
        payload: json!({}),
        dedup: format!("council:{}:{number}", residency.id),
        // A day that is over is told at once.
        due_at: Some(tokyo_midnight(from) + jiff::SignedDuration::from_hours(HOUR)),
    })
}

fn words(language: ReaderLanguage, title: (&str, &str, &str), text: (&str, &str, &str)) -> Words {
    let said = |(ja, en, easy): (&str, &str, &str)| language.pick(ja, en, easy).to_owned();
    Words { title: said(title), text: said(text), link: Some("/council".to_owned()) }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use uuid::Uuid;

    use super::*;
    use crate::{
        councils::model::{ResidencyFacts, ResidencyId, Span, UnitId},
        layers::PlaceId,
        staff::StaffId,
    };

    fn council(name: &str) -> CouncilId {
        CouncilId(PlaceId::of_record("councils", name))
    }

    fn told(before: Option<CouncilId>, after: Option<CouncilId>) -> Option<&'static str> {
        let day = Date::constant(2026, 11, 20);
        let facts = ResidencyFacts {
            staff: StaffId(Uuid::nil()),
            span: Span::new(day, None).unwrap(),
            settled: false,
            note: String::new(),
            muster: None,
        };
        let residency =
            Residency { id: ResidencyId(Uuid::max()), unit: UnitId(Uuid::nil()), version: 1, facts };
        let notice = notice(&residency, (before, after), (2, day))?;
        assert_eq!(notice.pseudonym, Some(Uuid::max()));
        assert_eq!(notice.payload, json!({}), "a payload is stored in plain sight");
        assert_eq!(notice.due_at, Some("2026-11-20T00:00:00Z".parse().unwrap()));
        Some(notice.kind.id)
    }

    #[test]
    fn what_is_decided_and_what_changes_is_told_and_nothing_else() {
        let (one, other) = (council("1"), council("2"));
        assert_eq!(told(None, Some(one)), Some("council_decided"));
        assert_eq!(told(Some(other), Some(one)), Some("council_changed"));
        assert_eq!(told(Some(one), Some(one)), None);
        assert_eq!(told(Some(one), None), None);
        assert_eq!(told(None, None), None);
    }

    #[test]
    fn no_language_names_a_place_and_plain_japanese_has_no_kanji() {
        for kind in [&DECIDED, &CHANGED] {
            for language in [ReaderLanguage::Ja, ReaderLanguage::En, ReaderLanguage::Easy] {
                let words = (kind.words)(&Value::Null, language);
                assert_eq!(words.link.as_deref(), Some("/council"));
                let is_kanji = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
                let all = words.title + &words.text;
                assert_eq!(all.contains(is_kanji), language == ReaderLanguage::Ja, "{all}");
            }
        }
    }
}
