//! Looking at an activation afterwards.

use axum::extract::{Path, State};

use crate::{
    activations::{
        model::{Happened, Roll, What, happened, minutes_to, per_council, per_minute},
        service::People,
    },
    auth::Caller,
    http::{Private, Problem, ProblemDocument},
    notify::Channel,
};

use super::{
    activations::opened,
    documents::{DeclaredActivation, RollRow},
    review_documents::{ActivationReview, TimelineItem, TimelineWhat},
    shared::{ActivationsService, activation_id},
};

/// An activation afterwards: how fast residents answered, who did not, and all that happened. Each reading is in the audit log.
#[utoipa::path(get, tag = "activations", path = "/api/activations/{activation}/review", operation_id = "review_activation",
    params(("activation" = String, Path, format = "uuid", description = "The activation")),
    responses(
        (status = 200, body = ActivationReview),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn review(
    State(service): State<ActivationsService>,
    caller: Caller,
    Path(activation): Path<String>,
) -> Result<Private<ActivationReview>, Problem> {
    let id = activation_id(&activation)?;
    let (activation, roll, people) = opened(&service, &caller, id, "review").await?;
    let silent = roll.rows().filter(|row| row.latest().is_none());
    Ok(Private(ActivationReview {
        minutes_to: minutes_to(&activation, &roll),
        by_minute: per_minute(&activation, &roll),
        by_council: per_council(&roll).into_iter().map(Into::into).collect(),
        silent: silent.map(|row| RollRow::new(row, &people)).collect(),
        timeline: happened(&activation, &roll).into_iter().map(|one| item(one, &roll, &people)).collect(),
        activation: DeclaredActivation::new(&activation, roll.counts()),
    }))
}

fn item(Happened { at, what }: Happened, roll: &Roll, people: &People) -> TimelineItem {
    let bare = |what| TimelineItem {
        at,
        what,
        channel: None,
        count: None,
        residency_id: None,
        staff_name: None,
        answer: None,
        by: None,
        received_at: None,
    };
    match what {
        What::Declared => bare(TimelineWhat::Declared),
        What::Ended => bare(TimelineWhat::Ended),
        What::Told { mail, count } => {
            let channel = if mail { Channel::Mail } else { Channel::App };
            TimelineItem { channel: Some(channel), count: Some(count), ..bare(TimelineWhat::Told) }
        }
        What::Answer { residency, answer, by, received_at } => TimelineItem {
            residency_id: Some(residency),
            staff_name: roll.get(residency).and_then(|row| people.called(row.facts.staff).name),
            answer: Some(answer),
            by: Some(by),
            received_at: Some(received_at),
            ..bare(TimelineWhat::Answer)
        },
    }
}
