//! Looking at members of staff.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::header;
use serde::Deserialize;

use crate::{
    audit::{self, Entry},
    auth::{Caller, Reach, absent, store::departments_below},
    db::DbError,
    http::{Message, Private, Problem, ProblemDocument, version_tag},
    layers::fold,
    staff::{
        StaffService,
        model::{DepartmentId, Employment, StaffId},
        search::{Search, State as Of},
        store,
    },
};

use super::{
    documents::{Sight, StaffDocument, StaffItem, StaffList},
    params::{day, query},
};

/// People on a page, unless somebody asks for another number.
const PAGE: usize = 50;
const MOST: usize = 100;

#[derive(Deserialize)]
pub(super) struct ListParams {
    #[serde(default)]
    q: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    tier: String,
    employment: Option<String>,
    state: Option<String>,
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    limit: String,
}

impl ListParams {
    fn wrong(name: &str) -> Problem {
        Problem::impossible(
            name,
            Message::new(
                "この値は使えません。選び直してください。",
                "This value cannot be used. Please choose another.",
            ),
        )
    }

    fn search(&self, today: crate::clock::Date) -> Result<(Search, Option<DepartmentId>), Problem> {
        let employment = match self.employment.as_deref() {
            None => None,
            Some(name) => Some(Employment::named(name).ok_or_else(|| Self::wrong("employment"))?),
        };
        let state = match self.state.as_deref() {
            None | Some("current") => Of::Current,
            Some("left") => Of::Left,
            Some("absent") => Of::Absent,
            Some(_) => return Err(Self::wrong("state")),
        };
        let limit = match &*self.limit {
            "" => PAGE,
            text => text
                .parse()
                .ok()
                .filter(|limit| (1..=MOST).contains(limit))
                .ok_or_else(|| Self::wrong("limit"))?,
        };
        let department = match &*self.department {
            "" => None,
            id => Some(id.parse().map_err(|_| Self::wrong("department"))?),
        };
        if self.q.contains('\0') || self.after.contains('\0') || self.tier.contains('\0') {
            return Err(Self::wrong("q"));
        }
        let search = Search {
            as_of: if self.as_of.is_empty() { today } else { day("as_of", &self.as_of)? },
            text: fold(&self.q),
            departments: None,
            tier: Some(self.tier.clone()).filter(|tier| !tier.is_empty()),
            employment,
            state,
            after: self.after.clone(),
            limit,
        };
        Ok((search, department))
    }

    fn next(&self, last: &str) -> String {
        let query = query(&[
            ("q", &self.q),
            ("department", &self.department),
            ("tier", &self.tier),
            ("employment", self.employment.as_deref().unwrap_or_default()),
            ("state", self.state.as_deref().unwrap_or_default()),
            ("as_of", &self.as_of),
            ("limit", &self.limit),
            ("after", last),
        ]);
        format!("/api/staff{query}")
    }
}

/// Managers may not find out by a filter what they may not see.
fn little_enough(params: &ListParams, search: &Search) -> Result<(), Problem> {
    let not_theirs = |name: &str| {
        Problem::impossible(
            name,
            Message::new(
                "この絞り込みは人事担当だけが使えます。外してお試しください。",
                "Only those who keep the roster can filter by this. Please leave it out.",
            ),
        )
    };
    if search.employment.is_some() {
        return Err(not_theirs("employment"));
    }
    if search.state != Of::Current {
        return Err(not_theirs("state"));
    }
    if !params.as_of.is_empty() {
        return Err(not_theirs("as_of"));
    }
    Ok(())
}

/// Members of staff, by number. Managers see those of their department and below.
#[utoipa::path(get, tag = "staff", path = "/api/staff", operation_id = "list_staff",
    params(
        ("q" = Option<String>, Query, description = "What number, name or reading contain"),
        ("department" = Option<String>, Query, description = "Only of this department and those below it"),
        ("tier" = Option<String>, Query, description = "Only of this tier"),
        ("employment" = Option<Employment>, Query, description = "Only so employed; for those who keep the roster"),
        ("state" = Option<Of>, Query, description = "Of whom; for those who keep the roster"),
        ("as_of" = Option<String>, Query, description = "The day; today when not given"),
        ("after" = Option<String>, Query, description = "Where the last answer ended"),
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 100, description = "At most so many")),
    responses(
        (status = 200, body = StaffList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<StaffService>,
    caller: Caller,
    Query(params): Query<ListParams>,
) -> Result<Response, Problem> {
    let (mut search, department) = params.search(service.today())?;
    let sight = Sight::of(&caller);
    if sight == Sight::Little {
        little_enough(&params, &search)?;
    }
    let (as_of, reach) = (search.as_of, caller.reach());
    // What is found is shown once the audit log says so; until then the writer is nobody's.
    let mut tx = service.db().read().await?;
    if let Some(department) = department {
        let below = departments_below(&mut tx, department, as_of).await?;
        search.departments = Some(Arc::from(below));
    }
    let page = service.finder.find(&mut tx, &search, &reach).await?;
    let people: Vec<StaffId> = page.people.iter().map(|person| person.staff).collect();
    let absences = store::absences_on(&mut tx, &people, as_of).await?;
    drop(tx);
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ReadStaff).about_staff(people);
    let recorded =
        service.db().write(move |tx| Box::pin(async move { recorder.record(tx, entry).await.map(|_| ()) }));
    recorded.await?;
    let next = page.people.last().filter(|_| page.more).map(|last| params.next(&last.number));
    let total = page.total as i64;
    let staff = page
        .people
        .into_iter()
        .map(|person| {
            let absence = absences.get(&person.staff);
            StaffItem::new(person, absence, sight)
        })
        .collect();
    Ok(Private(StaffList { staff, total, as_of, next }).into_response())
}

/// Whether somebody is within reach.
pub(super) fn reaches(reach: &Reach, person: &store::Person, today: crate::clock::Date) -> bool {
    match reach {
        Reach::Any => true,
        Reach::Departments(departments) => {
            person.on(today).is_some_and(|spell| departments.contains(&spell.department))
        }
        Reach::Own(_) => false,
    }
}

/// One member of staff, with their history.
#[utoipa::path(get, tag = "staff", path = "/api/staff/{staff}", operation_id = "get_staff",
    params(("staff" = String, Path, description = "Who")),
    responses(
        (status = 200, body = StaffDocument, headers(("ETag" = String, description = "The version"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<StaffService>,
    caller: Caller,
    Path(staff): Path<String>,
) -> Result<Response, Problem> {
    let staff: StaffId = staff.parse().map_err(|_| absent())?;
    let (today, reach, recorder) = (service.today(), caller.reach(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadStaff).about_staff([staff]);
    let person = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let person = store::person(tx, staff).await?;
                let person = person.filter(|person| reaches(&reach, person, today));
                if person.is_some() {
                    recorder.record(tx, entry).await?;
                }
                Ok::<_, DbError>(person)
            })
        })
        .await?
        .ok_or_else(absent)?;
    answer(&person, today, Sight::of(&caller))
}

/// Somebody as an answer, with the tag of their version.
pub(super) fn answer(
    person: &store::Person,
    today: crate::clock::Date,
    sight: Sight,
) -> Result<Response, Problem> {
    let document = StaffDocument::new(person, today, sight).ok_or_else(absent)?;
    Ok(([(header::ETAG, version_tag(person.version))], Private(document)).into_response())
}
