//! What was changed, when and by whom.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    audit::{self, Entry},
    auth::{AccountId, Caller},
    db::DbError,
    http::{Message, Private, Problem, ProblemDocument},
    staff::{
        StaffService,
        model::StaffId,
        store::{self, ChangeRow},
    },
};

use super::{
    documents::{ChangeItem, ChangesDocument},
    params::query,
};

const PAGE: i64 = 30;

#[derive(Deserialize)]
pub(super) struct ChangesParams {
    #[serde(default)]
    staff: String,
    #[serde(default)]
    before: String,
}

fn wrong(name: &str) -> Problem {
    Problem::impossible(
        name,
        Message::new(
            "この値は使えません。一覧から開き直してください。",
            "This value cannot be used. Please start again from the list.",
        ),
    )
}

/// Imports and edits, the newest first.
#[utoipa::path(get, tag = "roster", path = "/api/roster/changes", operation_id = "list_roster_changes",
    params(
        ("staff" = Option<String>, Query, description = "Only edits of this person"),
        ("before" = Option<String>, Query, description = "Where the last answer ended")),
    responses(
        (status = 200, body = ChangesDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<StaffService>,
    caller: Caller,
    Query(params): Query<ChangesParams>,
) -> Result<Response, Problem> {
    let staff: Option<StaffId> = match &*params.staff {
        "" => None,
        id => Some(id.parse().map_err(|_| wrong("staff"))?),
    };
    let before = match &*params.before {
        "" => None,
        text => {
            let (at, id) = text.split_once('.').ok_or_else(|| wrong("before"))?;
            let id: crate::staff::ChangeId = id.parse().map_err(|_| wrong("before"))?;
            Some((at.parse::<i64>().map_err(|_| wrong("before"))?, id.to_string()))
        }
    };
    let (today, recorder) = (service.today(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadStaff);
    let (rows, names) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let rows = store::changes(tx, staff, before, PAGE + 1).await?;
                let people: Vec<StaffId> = rows.iter().filter_map(|row| row.staff).collect();
                let accounts: Vec<AccountId> = rows.iter().filter_map(|row| row.account).collect();
                let names = store::names_of(tx, &accounts, &people, today).await?;
                let concerned: std::collections::BTreeSet<StaffId> = people.into_iter().collect();
                recorder.record(tx, entry.about_staff(concerned)).await?;
                Ok::<_, DbError>((rows, names))
            })
        })
        .await?;
    let shown = &rows[..rows.len().min(PAGE as usize)];
    let next = shown.last().filter(|_| rows.len() > shown.len()).map(|last: &ChangeRow| {
        let before = format!("{}.{}", last.made_at.as_microsecond(), last.id);
        format!("/api/roster/changes{}", query(&[("staff", &params.staff), ("before", &before)]))
    });
    let changes = shown.iter().map(|row| ChangeItem::new(row, &names)).collect();
    Ok(Private(ChangesDocument { changes, next }).into_response())
}
