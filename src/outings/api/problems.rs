//! What people read when something cannot be done with an outing.

use std::time::Duration;

use crate::{
    auth::absent,
    clock::Timestamp,
    http::{Message, Problem, ProblemKind, changed_meanwhile},
    outings::service::OutingError,
    routes::Wrong,
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

pub(super) fn problem(error: OutingError, now: Timestamp) -> Problem {
    match error {
        OutingError::Absent => absent(),
        OutingError::Stale => changed_meanwhile(),
        OutingError::NotOnRoster => conflict(
            "名簿に登録がないため、この操作はできません。名簿の担当に確かめてください。",
            "You are not on the roster, so this cannot be done. Please ask those who keep it.",
        ),
        OutingError::NoVersion => Problem::impossible(
            "route_version_id",
            Message::new(
                "その日に公開されているコースではありません。コースを選び直してください。",
                "That is no route that is published on that day. Please choose another one.",
            ),
        ),
        OutingError::NoTrainer => Problem::impossible(
            "trainer_numbers",
            Message::new(
                "名簿にない職員番号があります。番号を確かめてください。",
                "A staff number is not on the roster. Please check the numbers.",
            ),
        ),
        OutingError::InThePast => Problem::impossible(
            "starts_at",
            Message::new("これからの日時にしてください。", "Please choose a time to come."),
        ),
        OutingError::TooFewPlaces { confirmed } => Problem::impossible(
            "capacity",
            Message::new(
                format!("受講の決まった人が{confirmed}人います。それより少なくはできません。"),
                format!("{confirmed} people have a place. There cannot be fewer places."),
            ),
        ),
        OutingError::Closed => conflict(
            "この実施回は終了したか、中止になりました。",
            "This outing is over, or it was cancelled.",
        ),
        OutingError::RefusedBefore => conflict(
            "この実施回の受講は見送りになっています。研修の担当に相談してください。",
            "The trainer decided against it. Please talk to the trainer.",
        ),
        OutingError::WrongCode => Problem::impossible(
            "code",
            Message::new(
                "番号が違うか、時間が合いません。画面に出ている6けたの番号を入れ直してください。",
                "The code is wrong, or was not shown at that time. Please type the six digits on the screen again.",
            ),
        ),
        OutingError::TooManyTries { until } => {
            let wait = until.duration_since(now).unsigned_abs();
            Problem::new(
                ProblemKind::TooManyRequests,
                Message::new(
                    "間違いが続いたため、少し待ってください。研修の担当に出席をつけてもらうこともできます。",
                    "Too many wrong codes: please wait a little, or ask the trainer to mark you as present.",
                ),
            )
            .retry_after(wait)
        }
        OutingError::OwnOuting => conflict(
            "ご自身が担当する実施回の出席は、ほかの担当者につけてもらってください。",
            "You lead this outing yourself. Please ask another of its trainers to mark you as present.",
        ),
        OutingError::NotSignedUp => conflict(
            "受講の決まった人ではありません。先に申し込んでください。",
            "There is no place for this person. Please sign up first.",
        ),
        // Another trainer decided on one of the visits, or made the account, in the same moment. Not a conflict: phones that
        // send by themselves send it again.
        OutingError::Db(error) if error.is_unique_violation() => Problem::new(
            ProblemKind::Unavailable,
            Message::new(
                "ほかの人が同時に変更しました。もう一度送ってください。",
                "Somebody else changed it in the same moment. Please send it again.",
            ),
        )
        .retry_after(Duration::from_secs(1)),
        OutingError::Db(error) => Problem::internal(&error),
    }
}
