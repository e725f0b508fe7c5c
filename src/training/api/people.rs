//! Who stands how: no positions, no times, no notes.

use std::collections::HashMap;

use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, Reach, absent},
    clock::Date,
    http::{Message, Private, Problem, ProblemDocument},
    routes::store::reaches,
    staff::{self, DepartmentId, StaffId, store::Called},
    table::TableFormat,
    training::{
        model::{Completion, Piece, State as Stand},
        service,
        store::ProgrammeYear,
    },
};

use super::{
    documents::{PersonItem, StandingItem, StandingList, Stands},
    report::{Asked, department_names},
    shared::TrainingService,
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
    pub(super) const fn as_str(self) -> &'static str {
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
    let limit = params.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(wrong("limit"));
    }
    let after: Option<StaffId> =
        params.after.as_deref().map(str::parse).transpose().map_err(|_| wrong("after"))?;
    let wanted = Wanted::read(&service, &caller, &params)?;
    let (asked, stands, department) = (wanted.asked, wanted.stands, wanted.department);
    let page = Page { after, limit };
    let Listed { programme, total, more, items } = listed(&service, &caller, wanted, page, None).await?;
    let within = department.map(|id| format!("&department={id}")).unwrap_or_default();
    let next = items.last().filter(|_| more).map(|last| {
        format!(
            "/api/training/people?fiscal_year={}&programme={}&as_of={}&stands={}&limit={limit}&after={}{within}",
            asked.year.year(),
            programme.programme.id,
            asked.as_of,
            stands.as_str(),
            last.person.staff_id,
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

/// Of whom it is asked.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) asked: Asked,
    pub(super) stands: Stands,
    reach: Reach,
    department: Option<DepartmentId>,
}

impl Wanted {
    /// Reads a query. Whoever asks gets nobody out of their reach.
    pub(super) fn read(
        service: &TrainingService,
        caller: &Caller,
        params: &PeopleParams,
    ) -> Result<Self, Problem> {
        let reach = caller.reach();
        let text = (params.fiscal_year.as_deref(), params.programme.as_deref(), params.as_of.as_deref());
        let asked = Asked::read(service, &reach, text)?;
        let department =
            params.department.as_deref().map(str::parse).transpose().map_err(|_| wrong("department"))?;
        Ok(Self { asked, stands: params.stands.unwrap_or(Stands::Missing), reach, department })
    }
}

/// Which of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    after: Option<StaffId>,
    limit: usize,
}

impl Page {
    /// Everybody.
    pub(super) const WHOLE: Self = Self { after: None, limit: usize::MAX };
}

/// Those of a page.
pub(super) struct Listed {
    pub(super) programme: ProgrammeYear,
    /// How many there are on all pages.
    total: usize,
    /// Whether there are more.
    more: bool,
    /// The people, by id.
    pub(super) items: Vec<StandingItem>,
}

/// Who stands so, by name. The reading is recorded, with the format of the file that it is for.
pub(super) async fn listed(
    service: &TrainingService,
    caller: &Caller,
    wanted: Wanted,
    page: Page,
    format: Option<TableFormat>,
) -> Result<Listed, Problem> {
    let Wanted { asked, stands, reach, department } = wanted;
    let found = service.training.books.with(asked.year, move |book| {
        let programme = asked.programme(book)?;
        let (mut total, mut lines, mut more) = (0, Vec::new(), false);
        for entry in book.entries(programme, asked.as_of) {
            let is_there = department.is_none_or(|wanted| {
                book.town.departments.upwards(entry.piece.department, asked.as_of).any(|one| one == wanted)
            });
            if !is_there || !reaches(&reach, entry.piece.department) || !stands.holds(&entry, asked.as_of) {
                continue;
            }
            total += 1;
            if page.after.is_some_and(|after| entry.staff <= after) {
                continue;
            }
            if lines.len() == page.limit {
                more = true;
                continue;
            }
            let (staff, piece, completion) = (entry.staff, entry.piece.clone(), entry.completion);
            lines.push(Line { staff, piece, completion });
        }
        Some((programme.clone(), total, lines, more))
    });
    let (programme, total, lines, more) = found.await?.ok_or_else(absent)?;
    let people: Vec<StaffId> = lines.iter().map(|line| line.staff).collect();
    let others = people.iter().copied().filter(|staff| Some(*staff) != caller.principal.staff);
    let mut detail = json!({
        "fiscal_year": asked.year.year(), "as_of": asked.as_of.to_string(), "stands": stands.as_str(),
    });
    if let Some(format) = format {
        detail["format"] = format.as_str().into();
    }
    let entry = Entry::by(caller, audit::Action::ReadCompletion).on("programme", programme.programme.id);
    let entry = entry.about_staff(others).with(detail);
    let recorder = service.recorder.clone();
    let items = service
        .write(move |tx| {
            Box::pin(async move {
                recorder.record(tx, entry).await?;
                let names = department_names(tx, asked.as_of).await?;
                let mut called = staff::store::called(tx, &people, asked.as_of).await?;
                let item = |line: Line| {
                    let called = called.remove(&line.staff).unwrap_or_default();
                    item(line, called, &names)
                };
                Ok(lines.into_iter().map(item).collect())
            })
        })
        .await?;
    Ok(Listed { programme, total, more, items })
}

fn item(line: Line, called: Called, names: &HashMap<DepartmentId, String>) -> StandingItem {
    let Line { staff, piece, completion } = line;
    StandingItem {
        person: person(staff, called, piece.department, names),
        tier: piece.tier,
        employment: piece.employment,
        state: piece.state,
        due_on: piece.due_on.map(|day| day.to_string()),
        routes_needed: piece.routes,
        routes_done: completion.routes,
        completed_on: completion.day.map(|day| day.to_string()),
    }
}

/// Somebody by name, in a department.
pub(super) fn person(
    staff: StaffId,
    called: Called,
    department: DepartmentId,
    names: &HashMap<DepartmentId, String>,
) -> PersonItem {
    PersonItem {
        staff_id: staff,
        number: called.number,
        name: called.name,
        department_id: department,
        department_name: names.get(&department).cloned().unwrap_or_default(),
    }
}
