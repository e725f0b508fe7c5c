//! What people read when something cannot be done with a route.

use crate::{
    auth::absent,
    http::{Message, Problem, ProblemKind, changed_meanwhile},
    routes::{model::Wrong, service::DesignError},
};

fn conflict(ja: &str, en: &str) -> Problem {
    Problem::new(ProblemKind::Conflict, Message::new(ja, en))
}

/// The fields of a document that are wrong, by their paths below `prefix`.
pub(super) fn invalid(prefix: &str, wrong: Vec<Wrong>) -> Problem {
    let detail = Message::new(
        "入力を確かめてください。変更は保存されていません。",
        "Please check what is marked. Nothing was stored.",
    );
    let problem = Problem::new(ProblemKind::Unprocessable, detail);
    wrong.into_iter().fold(problem, |problem, (field, why)| problem.with(&format!("{prefix}.{field}"), why))
}

pub(super) fn problem(error: DesignError) -> Problem {
    match error {
        DesignError::Absent => absent(),
        DesignError::Stale => changed_meanwhile(),
        DesignError::NoDepartment => conflict(
            "所属がないため、どの課のコースか決められません。名簿の担当に所属を登録してもらってください。",
            "You belong to no department, so nobody would keep the route. Please ask those who keep the roster.",
        ),
        DesignError::CodeTaken => {
            let message = Message::new(
                "このコース番号は使われています。別の番号にしてください。",
                "Another route has this code. Please choose another one.",
            );
            Problem::new(ProblemKind::Conflict, message.clone()).with("code", message)
        }
        DesignError::DraftOpen => conflict(
            "このコースには作成中の下書きがあります。その下書きを開いて編集してください。",
            "This route has an open draft. Please open that draft and go on there.",
        ),
        DesignError::InReview => conflict(
            "確認待ちのため変更できません。変更するには、先に確認の依頼を取り下げてください。",
            "It is in review and cannot be changed. Please withdraw it first.",
        ),
        DesignError::NotInReview => conflict(
            "確認待ちではありません。画面を開き直して、いまの状態を確かめてください。",
            "It is not in review. Please open the page again to see how it stands.",
        ),
        DesignError::OwnWork => conflict(
            "ご自身が編集した下書きは、ご自身では公開・差し戻しできません。ほかの研修担当に依頼してください。",
            "You wrote some of this draft, so another trainer has to review it. Please ask one.",
        ),
        DesignError::NotGreen(checks) => {
            let open = checks.iter().filter(|check| !check.ok).count();
            let detail = Message::new(
                format!("チェックリストに未解決の項目が{open}件あります。解決してから確認に出してください。"),
                format!("{open} item(s) of the checklist are open. Please settle them before the review."),
            );
            let problem = Problem::new(ProblemKind::Unprocessable, detail);
            checks.iter().filter(|check| !check.ok).fold(problem, |problem, check| {
                let name = serde_json::to_value(check.id).ok();
                let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default();
                let count = check.findings.len();
                problem.with(
                    &format!("checklist.{name}"),
                    Message::new(format!("{count}件の指摘があります。"), format!("{count} finding(s).")),
                )
            })
        }
        DesignError::BadDay { first } => {
            let message = Message::new(
                format!("{first} 以降の日を指定してください。"),
                format!("Please choose {first} or a later day."),
            );
            Problem::impossible("effective_from", message)
        }
        DesignError::ForeignStop(stops) => {
            let detail = Message::new(
                format!(
                    "ほかのコースの立ち寄り点が{}件含まれています。「別の場所として登録」で新しい立ち寄り点にしてください。",
                    stops.len()
                ),
                format!(
                    "{} stop(s) belong to another route. Please make them stops of their own (“Another place”).",
                    stops.len()
                ),
            );
            Problem::impossible("design.waypoints", detail)
        }
        DesignError::Invalid(wrong) => invalid("design", wrong),
        DesignError::Db(error) => Problem::internal(&error),
    }
}
