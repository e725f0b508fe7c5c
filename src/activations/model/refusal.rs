//! Why an answer is not taken.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Message;

/// The kinds of refusal. Sending it again unchanged ends the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AnswerRefusalCode)]
pub enum RefusalCode {
    /// It is no JSON of the documented form.
    Malformed,
    /// Its id is no UUIDv7.
    BadId,
    /// Its time is no RFC 3339, or before 2020.
    BadTime,
    /// There is no such activation for whoever sends it.
    UnknownActivation,
    /// It was tapped after the activation ended.
    Ended,
    /// Its id names another answer.
    Conflict,
}

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal(pub RefusalCode);

impl Refusal {
    /// In words.
    #[must_use]
    pub fn message(self) -> Message {
        let (ja, en) = match self.0 {
            RefusalCode::Malformed => (
                "回答の形式が正しくありません。画面を読み込み直して、もう一度答えてください。",
                "The answer does not have the right form. Please load the page again and answer once more.",
            ),
            RefusalCode::BadId => (
                "回答の番号(id)がUUIDv7ではありません。画面を読み込み直して、もう一度答えてください。",
                "Its id is no UUIDv7. Please load the page again and answer once more.",
            ),
            RefusalCode::BadTime => (
                "回答の日時が正しくありません。端末の時計を確かめて、もう一度答えてください。",
                "Its time is not valid. Please check the phone's clock and answer once more.",
            ),
            RefusalCode::UnknownActivation => (
                "あなたへの発令は見つかりません。無事を伝えるときは、住宅担当に電話してください。",
                "There is no such activation for you. To say how you are, please phone those in charge of the housing.",
            ),
            RefusalCode::Ended => (
                "この発令は、回答の前に終わっています。伝えることがあれば、住宅担当に電話してください。",
                "This activation had ended before the answer. If there is something to say, please phone those in charge of the housing.",
            ),
            RefusalCode::Conflict => (
                "同じ番号(id)で別の回答が届いています。もう一度答えてください。",
                "Another answer came under the same id. Please answer once more.",
            ),
        };
        Message::new(ja, en)
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self(code)
    }
}
