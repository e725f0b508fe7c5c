//! What residents are told of an activation.

use serde_json::{Value, json};

use crate::{
    councils::model::ResidencyId,
    notify::{Kind as NoticeKind, NewNotice, Words},
    staff::StaffId,
    text::ReaderLanguage,
};

use super::model::{ActivationId, Announcement, Kind};

/// A drill was declared.
pub static DRILL: NoticeKind = NoticeKind {
    id: "activation_drill",
    urgent: true,
    mail: true,
    words: |payload, language| {
        let marked = language.pick("【訓練】", "[Drill 訓練] ", "【訓練(くんれん)】");
        let about = language.pick(
            "これは訓練です。実際には何も起きていません。",
            "This is a drill (訓練). Nothing has happened.",
            "これは 訓練(くんれん)です。ほんとうの さいがいでは ありません。",
        );
        words(payload, language, marked, Some(about))
    },
};

/// Something has happened.
pub static REAL: NoticeKind = NoticeKind {
    id: "activation_real",
    urgent: true,
    mail: true,
    words: |payload, language| {
        words(payload, language, language.pick("【発令】", "[Activation] ", "【たいせつな おしらせ】"), None)
    },
};

/// The key under which a resident is told.
#[must_use]
pub fn key(activation: ActivationId, residency: ResidencyId) -> String {
    format!("activation:{activation}:{residency}")
}

/// What a resident is told. In the database they are their residency: a copy of it does not say who lives in disaster housing.
#[must_use]
pub fn notice(
    activation: ActivationId,
    announcement: &Announcement,
    residency: ResidencyId,
    staff: StaffId,
) -> NewNotice {
    let kind = match announcement.kind {
        Kind::Drill => &DRILL,
        Kind::Real => &REAL,
    };
    let payload = json!({
        "title": { "ja": announcement.title, "en": announcement.title_en },
        "message": { "ja": announcement.message, "en": announcement.message_en },
    });
    let dedup = key(activation, residency);
    NewNotice { staff, pseudonym: Some(residency.0), kind, payload, dedup, due_at: None }
}

fn words(payload: &Value, language: ReaderLanguage, mark: &str, about: Option<&str>) -> Words {
    let said = |member: &str| {
        let text = |name: &str| payload[member][name].as_str().unwrap_or_default();
        let own = text(language.pick("ja", "en", "ja"));
        if own.is_empty() { text("ja") } else { own }.to_owned()
    };
    let how = language.pick(
        "まちあるきを開き、画面の上で「無事」「参集中」「参集済」「参集不能」のどれかを押して答えてください。参集先も、そこに出ます。電波がないときに押した答えは、つながったときに送られます。",
        "Open Machiaruki and answer at the top of the page: safe, on the way, arrived, or unable to come. Where you gather is shown there too. What you tap without a network is sent once there is one.",
        "まちあるきを ひらいて、うえの ボタンを おしてください。「無事(ぶじ)」「参集中(いま むかっています)」「参集済(つきました)」「参集不能(いけません)」から えらびます。あつまる ばしょも でます。",
    );
    let mut parts = vec![said("message")];
    parts.extend(about.map(str::to_owned));
    parts.push(how.to_owned());
    parts.retain(|part| !part.is_empty());
    Words {
        title: format!("{mark}{}", said("title")),
        text: parts.join("\n\n"),
        link: Some("/council".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_says_so_in_every_language_and_the_real_thing_does_not() {
        let announcement = Announcement {
            kind: Kind::Drill,
            title: "震度6弱の地震".into(),
            message: "参集してください。".into(),
            title_en: "Earthquake".into(),
            message_en: String::new(),
        };
        let id = ActivationId(uuid::Uuid::nil());
        let residency = ResidencyId(uuid::Uuid::max());
        let told = notice(id, &announcement, residency, StaffId(uuid::Uuid::nil()));
        assert_eq!(told.pseudonym, Some(residency.0));
        assert_eq!((told.kind.urgent, told.kind.mail), (true, true));
        for language in [ReaderLanguage::Ja, ReaderLanguage::En, ReaderLanguage::Easy] {
            let drill = (told.kind.words)(&told.payload, language);
            assert!(drill.title.contains("訓練") && drill.text.contains("訓練"), "{drill:?}");
            // What has no English is said in Japanese.
            assert!(drill.text.starts_with("参集してください。"), "{drill:?}");
            let real = (REAL.words)(&told.payload, language);
            assert!(!real.title.contains("訓練") && !real.text.contains("訓練"), "{real:?}");
            assert!(!(DRILL.words)(&Value::Null, language).text.is_empty());
        }
        assert!((DRILL.words)(&told.payload, ReaderLanguage::En).title.ends_with("Earthquake"));
    }
}
