//! What people read when something cannot be done with a gathering or a handover note.

use crate::{
    auth::absent,
    clock::Timestamp,
    gatherings::{model::Wrong, service::GatheringError},
    http::{Message, Problem, ProblemKind, changed_meanwhile},
};

fn conflict(ja: &str, en: &str) -> Problem {
    Problem::new(ProblemKind::Conflict, Message::new(ja, en))
}

/// The fields of a document that are wrong.
pub(super) fn invalid(wrong: Vec<Wrong>) -> Problem {
    let detail = Message::new(
        "入力を確かめてください。変更は保存されていません。",
        "Please check what is marked. Nothing was stored.",
    );
    let problem = Problem::new(ProblemKind::Unprocessable, detail);
    wrong.into_iter().fold(problem, |problem, (field, why)| problem.with(&field, why))
}

pub(super) fn problem(error: GatheringError, now: Timestamp) -> Problem {
    match error {
        GatheringError::Absent => absent(),
        GatheringError::Stale => changed_meanwhile(),
        GatheringError::NoRollCaller => Problem::impossible(
            "roll_caller_numbers",
            Message::new(
                "名簿にない職員番号があります。番号を確かめてください。",
                "A staff number is not on the roster. Please check the numbers.",
            ),
        ),
        GatheringError::Closed => conflict(
            "この集まりは終わったか、中止になったため、この操作はできません。住宅担当に相談してください。",
            "This gathering is over or was cancelled, so this cannot be done. Please ask the registrar.",
        ),
        GatheringError::WrongCode => Problem::impossible(
            "code",
            Message::new(
                "番号が違うか、時間が合いません。画面に出ている6けたの番号を入れ直してください。",
                "The code is wrong, or was not shown at that time. Please type the six digits on the screen again.",
            ),
        ),
        GatheringError::TooManyTries { until } => Problem::new(
            ProblemKind::TooManyRequests,
            Message::new(
                "間違いが続いたため、少し待ってください。点呼をする人に出席をつけてもらうこともできます。",
                "Too many wrong codes: please wait a little, or ask whoever calls the roll to mark you as present.",
            ),
        )
        .retry_after(until.duration_since(now).unsigned_abs()),
        GatheringError::OwnRoll => conflict(
            "ご自身が点呼をする集まりの出席は、住宅担当やほかの点呼係につけてもらってください。",
            "You call the roll of this gathering yourself. Please ask somebody else who does to mark you as present.",
        ),
        GatheringError::NoHandover => conflict(
            "引き継ぎを書けるのは、災害対策住宅に住んでいる間と、退居してから60日以内です。住宅担当に相談してください。",
            "Handover notes are written while one lives in disaster housing, or within 60 days after. Please ask the registrar.",
        ),
        GatheringError::Released => conflict(
            "この引き継ぎは公開されています。直すときは、住宅担当に差し戻しを頼んでください。",
            "These notes are released. To change them, please ask the registrar to send them back.",
        ),
        GatheringError::Register(error) => error.into(),
        GatheringError::Db(error) => error.into(),
    }
}
