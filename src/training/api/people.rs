//! Who stands how: no positions, no times, no notes.

use std::collections::HashMap;

use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    clock::Date,
    db::{DbError, Tx},
    http::{Message, Private, Problem, ProblemDocument},
    routes::store::reaches,
    staff::{self, DepartmentId, StaffId},
    training::{
        model::{Completion, Piece, State as Stand},
        service,
    },
};

use super::{
    documents::{PersonItem, StandingItem, StandingList, Stands},
    report::{Asked, department_names},
    shared::{TrainingService, internal},
};

/// People on a page, unless somebody asks for another number.
const PAGE: usize = 50;
const MOST: usize = 200;

#[derive(Deserialize)]
pub(super) struct PeopleParams {
    fiscal_year: Option<String>,
    programme: Option<String>,
    as_of: Option<String>,
    stands: Option<Stands>,
    department: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

fn wrong(name: &str) -> Problem {
    Problem::impossible(
        name,
        Message::new(
            "この値は使えません。選び直してください。",
            "This value cannot be used. Please choose another.",
        ),
    )
}

impl Stands {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Overdue => "overdue",
            Self::Completed => "completed",
            Self::Deferred => "deferred",
            Self::Exempt => "exempt",
        }
    }

    /// Whether somebody stands so as of a day.
    pub(super) fn holds(self, entry: &service::Entry<'_>, as_of: Date) -> bool {
        let (counts, complete) = (entry.piece.state.counts(), entry.completion.day.is_some());
        match self {
            Self::Missing => counts && !complete,
            Self::Overdue => counts && !complete && entry.piece.due_on.is_some_and(|due| due < as_of),
            Self::Completed => counts && complete,
            Self::Deferred => entry.piece.state == Stand::Deferred,
            Self::Exempt => entry.piece.state == Stand::Exempt,
        }
    }
}

/// A person on a page, before it is known who they are.
struct Line {
    staff: StaffId,
    piece: Piece,
    completion: Completion,
}

/// Who stands how to a programme, by name: of everybody for HR, of their department and below for managers. Each reading is in the
/// audit log.
#[utoipa::path(get, tag = "training", path = "/api/training/people", operation_id = "training_people",
    params(
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out"),
        ("programme" = Option<String>, Query, format = "uuid", description = "The programme; the first one when it is left out"),
        ("as_of" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$",
            description = "As of the end of that day of the year; today, or its last day, when it is left out"),
        ("stands" = Option<Stands>, Query, description = "Who stands so; who has to and has not when it is left out"),
        ("department" = Option<String>, Query, format = "uuid", description = "In that department and below"),
        ("after" = Option<String>, Query, format = "uuid", description = "Where the last page ended"),
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 200, description = "At most so many")),
    responses(
        (status = 200, body = StandingList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn people(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<PeopleParams>,
) -> Result<Private<StandingList>, Problem> {
    let reach = caller.reach();
    let text = (params.fiscal_year.as_deref(), params.programme.as_deref(), params.as_of.as_deref());
    let asked = Asked::read(&service, &reach, text)?;
    let stands = params.stands.unwrap_or(Stands::Missing);
    let limit = params.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(wrong("limit"));
    }
    let department: Option<DepartmentId> =
        params.department.as_deref().map(str::parse).transpose().map_err(|_| wrong("department"))?;
    let after: Option<StaffId> =
        params.after.as_deref().map(str::parse).transpose().map_err(|_| wrong("after"))?;
    let found = service.training.books.with(asked.year, move |book| {
        let programme = asked.programme(book)?;
        let (mut total, mut lines, mut more) = (0, Vec::new(), false);
        for entry in book.entries(programme, asked.as_of) {
            let is_there = department.is_none_or(|wanted| {
                book.departments.upwards(entry.piece.department, asked.as_of).any(|one| one == wanted)
            });
            if !is_there || !reaches(&reach, entry.piece.department) || !stands.holds(&entry, asked.as_of) {
                continue;
            }
            total += 1;
            if after.is_some_and(|after| entry.staff <= after) {
                continue;
            }
            if lines.len() == limit {
                more = true;
                continue;
            }
            let (staff, piece, completion) = (entry.staff, entry.piece.clone(), entry.completion);
            lines.push(Line { staff, piece, completion });
        }
        Some((programme.programme.id, total, lines, more))
    });
    let (programme, total, lines, more) = found.await.map_err(internal)?.ok_or_else(absent)?;
    let last = lines.last().map(|line| line.staff);
    let people: Vec<StaffId> =
        lines.iter().map(|line| line.staff).filter(|staff| Some(*staff) != caller.principal.staff).collect();
    let entry = Entry::by(&caller, audit::Action::ReadCompletion).on("programme", programme);
    let entry = entry.about_staff(people).with(json!({
        "fiscal_year": asked.year.year(), "as_of": asked.as_of.to_string(), "stands": stands.as_str(),
    }));
    let recorder = service.recorder.clone();
    let items = service
        .write(move |tx| {
            Box::pin(async move {
                recorder.record(tx, entry).await?;
                let names = department_names(tx, asked.as_of).await?;
                let mut items = Vec::with_capacity(lines.len());
                for line in lines {
                    items.push(item(tx, line, &names, asked.as_of).await?);
                }
                Ok(items)
            })
        })
        .await?;
    let within = department.map(|id| format!("&department={id}")).unwrap_or_default();
    let next = last.filter(|_| more).map(|last| {
        format!(
            "/api/training/people?fiscal_year={}&programme={programme}&as_of={}&stands={}&limit={limit}&after={last}{within}",
            asked.year.year(),
            asked.as_of,
            stands.as_str(),
        )
    });
    Ok(Private(StandingList {
        fiscal_year: asked.year.year(),
        as_of: asked.as_of.to_string(),
        total,
        people: items,
        next,
    }))
}

async fn item(
    tx: &mut Tx,
    line: Line,
    names: &HashMap<DepartmentId, String>,
    as_of: Date,
) -> Result<StandingItem, DbError> {
    let Line { staff, piece, completion } = line;
    Ok(StandingItem {
        person: person(tx, staff, (piece.department, names), as_of).await?,
        tier: piece.tier,
        employment: piece.employment,
        state: piece.state,
        due_on: piece.due_on.map(|day| day.to_string()),
        routes_needed: piece.routes,
        routes_done: completion.routes,
        completed_on: completion.day.map(|day| day.to_string()),
    })
}

/// Somebody by name, in a department.
pub(super) async fn person(
    tx: &mut Tx,
    staff: StaffId,
    (department, names): (DepartmentId, &HashMap<DepartmentId, String>),
    day: Date,
) -> Result<PersonItem, DbError> {
    let found = staff::store::person(tx, staff).await?;
    // Who has left is called as they were last.
    let spell = found.as_ref().and_then(|person| person.on(day).or_else(|| person.spells.last()));
    let name = spell.map(|spell| spell.spell.facts.name.clone()).filter(|name| !name.is_empty());
    Ok(PersonItem {
        staff_id: staff,
        number: found.and_then(|person| person.number),
        name,
        department_id: department,
        department_name: names.get(&department).cloned().unwrap_or_default(),
    })
}
