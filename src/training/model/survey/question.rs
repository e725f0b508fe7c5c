//! Questions, as a programme's rule asks them.

use std::{collections::HashSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{routes::model::Text, training::model::named};

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SurveyAbout)]
pub enum About {
    /// What somebody knows of the town (知識).
    Knowledge,
    /// What the town is to them (愛着).
    Attachment,
}

named!(About { Knowledge = "knowledge", Attachment = "attachment" });

/// The id of a question in its programme: it stays the same over the years.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuestionId(String);

/// It is no id of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 40 small Latin letters, digits and -")]
pub struct BadQuestionId;

impl QuestionId {
    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for QuestionId {
    type Err = BadQuestionId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = (1..=40).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(BadQuestionId) }
    }
}

impl TryFrom<String> for QuestionId {
    type Error = BadQuestionId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<QuestionId> for String {
    fn from(id: QuestionId) -> Self {
        id.0
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A sentence to which somebody says from 1 (not at all) to 5 (very much) how true it is of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SurveyQuestion)]
pub struct Question {
    /// Its id: the same over the years.
    #[schema(value_type = String, pattern = "^[a-z0-9-]{1,40}$")]
    pub id: QuestionId,
    /// What it is about.
    pub about: About,
    /// The sentence.
    pub text: Text,
}

/// As many questions a programme asks at most: more of them fewer people answer.
const MOST_QUESTIONS: usize = 10;
/// The longest sentence, in characters.
const LONGEST: usize = 200;

/// What is wrong with questions: the path of the field, and the message in Japanese and English.
type UnfitQuestions = (&'static str, (&'static str, &'static str));

/// Says what of some questions cannot be.
pub(in crate::training::model) fn check(questions: &[Question]) -> Result<(), UnfitQuestions> {
    const FIELD: &str = "rule.questions";
    if questions.len() > MOST_QUESTIONS {
        return Err((FIELD, ("質問は10問までにしてください。", "At most 10 questions.")));
    }
    if questions.iter().any(|one| one.text.ja.trim().is_empty()) {
        return Err((
            FIELD,
            ("質問の文(日本語)を入力してください。", "Please write each question in Japanese."),
        ));
    }
    let is_long = |text: &String| text.chars().count() > LONGEST;
    if questions.iter().any(|one| [&one.text.ja, &one.text.en, &one.text.easy].into_iter().any(is_long)) {
        return Err((
            FIELD,
            ("質問の文は200文字以内にしてください。", "A question has at most 200 characters."),
        ));
    }
    let ids: HashSet<&QuestionId> = questions.iter().map(|one| &one.id).collect();
    if ids.len() < questions.len() {
        return Err((FIELD, ("同じ番号(id)の質問があります。", "Two questions have the same id.")));
    }
    Ok(())
}

/// Questions to begin with, three about knowledge and three about attachment. Written for this project.
#[must_use]
pub fn usual_questions() -> Vec<Question> {
    use About::{Attachment as A, Knowledge as K};
    let usual = [
        (
            "shelters",
            K,
            "職場の近くの避難所がどこにあるか、人に説明できる。",
            "I can tell others where the shelters near my workplace are.",
            "しごとばの ちかくの ひなんじょを、ほかの ひとに おしえられる。",
        ),
        (
            "hazards",
            K,
            "大雨や地震のとき、まちのどこが危ないか知っている。",
            "I know which places in town are dangerous in heavy rain or an earthquake.",
            "おおあめや じしんの とき、まちの どこが あぶないか しっている。",
        ),
        (
            "organisations",
            K,
            "町会・自治会や商店街など、地域で活動している団体を知っている。",
            "I know the groups that are active in town, such as neighbourhood associations and shopping streets.",
            "ちょうかいや しょうてんがいなど、まちの だんたいを しっている。",
        ),
        (
            "at-home",
            A,
            "このまちに親しみを感じている。",
            "I feel at home in this town.",
            "この まちに したしみを かんじている。",
        ),
        (
            "show-others",
            A,
            "このまちの好きな場所を、人に案内したい。",
            "I would like to show others the places in this town that I like.",
            "この まちの すきな ばしょを、ほかの ひとに あんないしたい。",
        ),
        (
            "take-part",
            A,
            "仕事でなくても、このまちの行事や防災訓練に参加したい。",
            "I would like to join this town's events and drills, even when it is not my job.",
            "しごとで なくても、まちの ぎょうじや くんれんに さんかしたい。",
        ),
    ];
    usual
        .into_iter()
        .map(|(id, about, ja, en, easy)| Question {
            id: QuestionId(id.to_owned()),
            about,
            text: Text { ja: ja.to_owned(), en: en.to_owned(), easy: easy.to_owned() },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_questions_can_be_asked_in_every_language() {
        let usual = usual_questions();
        assert_eq!(check(&usual), Ok(()));
        for one in &usual {
            assert_eq!(one.id.as_str().parse(), Ok(one.id.clone()));
            assert!(!one.text.en.is_empty());
            let kanji = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(!one.text.easy.is_empty() && !one.text.easy.contains(kanji), "{}", one.text.easy);
        }
        assert_eq!(usual.iter().filter(|one| one.about == About::Knowledge).count(), 3);
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let message = |change: fn(&mut Vec<Question>)| {
            let mut questions = usual_questions();
            change(&mut questions);
            check(&questions).unwrap_err().1.1
        };
        assert_eq!(message(|all| all.extend(usual_questions())), "At most 10 questions.");
        assert_eq!(message(|all| all[1].id = all[0].id.clone()), "Two questions have the same id.");
        assert_eq!(message(|all| all[0].text.ja = " ".into()), "Please write each question in Japanese.");
        assert_eq!(
            message(|all| all[0].text.easy = "あ".repeat(201)),
            "A question has at most 200 characters."
        );
        assert!(["", "A", "a b", "あ"].into_iter().all(|text| text.parse::<QuestionId>().is_err()));
        assert!("x".repeat(41).parse::<QuestionId>().is_err());
    }
}
