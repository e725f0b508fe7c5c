//! What people are told about the training. Nobody's name is in it.

use serde_json::{Value, json};

use crate::{
    clock::Date,
    notify::{Kind, NewNotice, Words, said, titled},
    routes::model::Text,
    staff::StaffId,
    text::ReaderLanguage,
    visits::model::FiscalYear,
};

use super::model::{Occasion, ProgrammeId};

/// What of a programme somebody still has to do.
pub static REMINDER: Kind = Kind { id: "training_reminder", urgent: false, mail: true, words: remind };
/// To a manager: how many of their departments have not done it.
pub static DIGEST: Kind = Kind { id: "training_digest", urgent: false, mail: true, words: digest };

/// What somebody is reminded of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reminder {
    pub staff: StaffId,
    pub programme: ProgrammeId,
    pub year: FiscalYear,
    pub title: Text,
    pub due_on: Date,
    pub routes_left: u8,
    pub occasion: Occasion,
}

impl Reminder {
    /// As it is told on a day.
    pub(super) fn notice(&self, day: Date) -> NewNotice {
        let Self { staff, programme, year, title, due_on, routes_left, occasion } = self;
        NewNotice {
            staff: *staff,
            pseudonym: None,
            kind: &REMINDER,
            payload: json!({
                "title": title, "due_on": due_on.to_string(), "is_late": *due_on < day, "routes_left": routes_left,
            }),
            dedup: format!("{}:{programme}:{}:{staff}:{occasion}", REMINDER.id, year.year()),
            due_at: None,
        }
    }
}

/// How a programme stands in a manager's departments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DigestLine {
    pub title: Text,
    pub due_on: Date,
    /// How many have not completed it; none where that would tell of single people.
    pub missing: Option<u32>,
}

/// What a manager is told in the week that begins on a Monday.
pub(super) fn digest_notice(staff: StaffId, monday: Date, lines: &[DigestLine]) -> NewNotice {
    let lines: Vec<Value> = lines
        .iter()
        .map(|DigestLine { title, due_on, missing }| {
            json!({ "title": title, "due_on": due_on.to_string(), "missing": missing })
        })
        .collect();
    NewNotice {
        staff,
        pseudonym: None,
        kind: &DIGEST,
        payload: json!({ "programmes": lines }),
        dedup: format!("{}:{monday}:{staff}", DIGEST.id),
        due_at: None,
    }
}

/// The name of a programme, and the day by which it is due.
fn named(payload: &Value, language: ReaderLanguage) -> (String, String) {
    let day = payload["due_on"].as_str().and_then(|day| day.parse().ok());
    (titled(payload, language), day.map(|day| said(day, language)).unwrap_or_default())
}

fn remind(payload: &Value, language: ReaderLanguage) -> Words {
    let (name, day) = named(payload, language);
    let left = payload["routes_left"].as_u64().unwrap_or(1);
    let title = if payload["is_late"].as_bool().unwrap_or_default() {
        language.pick(
            format!("【期限切れ】{name}"),
            format!("Overdue: {name}"),
            format!("おくれて います: {name}"),
        )
    } else {
        language.pick(
            format!("【期限 {day}】{name}"),
            format!("Due {day}: {name}"),
            format!("{day}までに: {name}"),
        )
    };
    let text = match language {
        ReaderLanguage::Ja => format!(
            "まだ修了していない研修があります。\n研修: {name}\n期限: {day}\n残り: {left}コース\n歩き終えたコースは、送信すると記録に入ります。"
        ),
        ReaderLanguage::Easy => format!(
            "まだ おわって いない けんしゅうが あります。\nけんしゅう: {name}\nいつまで: {day}\nのこり: {left}コース\nあるいた コースは、おくると きろくに はいります。"
        ),
        ReaderLanguage::En => {
            let routes = if left == 1 { "route" } else { "routes" };
            format!(
                "There is training that you have not completed yet.\nTraining: {name}\nDue: {day}\nLeft: {left} {routes}\nRoutes that you have walked count once your phone has sent them."
            )
        }
    };
    Words { title, text, link: Some("/training".to_owned()) }
}

fn digest(payload: &Value, language: ReaderLanguage) -> Words {
    let mut text = language
        .pick(
            "あなたの所属の受講状況です。",
            "How the training stands in your departments.",
            "あなたの しょぞくの けんしゅうの ようすです。",
        )
        .to_owned();
    for one in payload["programmes"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let (name, day) = named(one, language);
        let missing = match one["missing"].as_u64() {
            Some(count) => language.pick(
                format!("未受講 {count}人"),
                format!("{count} not completed"),
                format!("まだの ひと {count}にん"),
            ),
            None => language.pick(
                "人数は画面で確認してください(少人数のため)".to_owned(),
                "see the page for the number (a small group)".to_owned(),
                "なんにんかは ページで みて ください".to_owned(),
            ),
        };
        text.push_str(&language.pick(
            format!("\n・{name}(期限 {day}): {missing}"),
            format!("\n- {name} (due {day}): {missing}"),
            format!("\n・{name}({day}まで): {missing}"),
        ));
    }
    text.push_str(language.pick(
        "\n氏名の確認とリマインドは「受講状況」のページでできます。",
        "\nThe page of completion shows names and sends reminders.",
        "\nなまえは ページで みられます。",
    ));
    let title = language.pick(
        "【今週の受講状況】所属の未受講者数",
        "This week's training in your departments",
        "こんしゅうの けんしゅうの ようす",
    );
    Words { title: title.to_owned(), text, link: Some("/completion".to_owned()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn title() -> Text {
        serde_json::from_value(json!({ "ja": "まち歩き研修(見本)", "en": "Walk training (sample)" })).unwrap()
    }

    #[test]
    fn a_reminder_says_what_is_left_until_when_and_names_nobody() {
        let due_on = date(2027, 2, 28);
        let staff = StaffId(Uuid::from_u128(7));
        let reminder = Reminder {
            staff,
            programme: ProgrammeId(Uuid::from_u128(1)),
            year: FiscalYear::new(2026).unwrap(),
            title: title(),
            due_on,
            routes_left: 2,
            occasion: Occasion::Before { due_on, days: 30 },
        };
        let notice = reminder.notice(date(2027, 1, 29));
        assert!(!notice.payload.to_string().contains(&staff.to_string()));
        let ja = (REMINDER.words)(&notice.payload, ReaderLanguage::Ja);
        assert_eq!(ja.title, "【期限 2027年2月28日(日)】まち歩き研修(見本)");
        assert!(ja.text.contains("期限: 2027年2月28日(日)\n残り: 2コース"), "{}", ja.text);
        assert_eq!(ja.link.as_deref(), Some("/training"));
        let easy = (REMINDER.words)(&notice.payload, ReaderLanguage::Easy);
        assert!(easy.title.contains("までに"), "{}", easy.title);
        let en = (REMINDER.words)(&notice.payload, ReaderLanguage::En);
        assert_eq!(en.title, "Due Sun 28 Feb 2027: Walk training (sample)");
        assert!(en.text.contains("Left: 2 routes"), "{}", en.text);
        let late = reminder.notice(date(2027, 3, 1));
        assert!((REMINDER.words)(&late.payload, ReaderLanguage::Ja).title.starts_with("【期限切れ】"));
        // Each occasion is another thing, and each is one thing.
        assert_eq!(notice.dedup, late.dedup);
        let by_hand = Reminder { occasion: Occasion::ByHand { on: due_on }, ..reminder };
        assert_ne!(by_hand.notice(due_on).dedup, late.dedup);
    }

    #[test]
    fn a_digest_says_numbers_and_none_of_a_small_group() {
        let line = |missing| DigestLine { title: title(), due_on: date(2027, 2, 28), missing };
        let notice = digest_notice(StaffId(Uuid::nil()), date(2026, 11, 23), &[line(Some(12)), line(None)]);
        let ja = (DIGEST.words)(&notice.payload, ReaderLanguage::Ja).text;
        assert!(ja.contains("未受講 12人") && ja.contains("少人数のため"), "{ja}");
        let en = (DIGEST.words)(&notice.payload, ReaderLanguage::En).text;
        assert!(en.contains("12 not completed") && en.contains("a small group"), "{en}");
        // Whatever a payload is, there are words for it.
        assert!(!(DIGEST.words)(&Value::Null, ReaderLanguage::En).text.is_empty());
        assert!(!(REMINDER.words)(&Value::Null, ReaderLanguage::Ja).title.is_empty());
    }
}
