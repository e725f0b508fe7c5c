//! Changing members of staff by hand, each time with a reason.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{self, Caller, absent},
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    http::{
        JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, changed_meanwhile, meant_version,
        version_tag,
    },
    staff::{
        StaffService,
        edit::{self, Edit, NotThere},
        model::{
            Absence, ChangeId, DepartmentId, Facts, Spell, StaffId, Unfit, check_email, check_label,
            check_name, check_number,
        },
        store::{self, ChangeKind, ChangeRow},
    },
};

use super::{
    documents::{AddStaff, ChangeStaff, EndStaff, Sight, StaffDocument},
    people::answer,
};

/// The longest reason that is kept.
const REASON: usize = 500;
/// How many absences somebody can have.
const ABSENCES: usize = 100;

enum EditError {
    Absent,
    Changed,
    NoDepartment,
    NoTier(String),
    NotThere(Date),
    AlreadyThere(Date),
    BeforeFirst,
    Db(DbError),
}

impl From<DbError> for EditError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<NotThere> for EditError {
    fn from(error: NotThere) -> Self {
        Self::NotThere(error.0)
    }
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Absent => absent(),
            EditError::Changed => changed_meanwhile(),
            EditError::NoDepartment => Self::impossible(
                "department",
                Message::new(
                    "その日に、この所属はありません。選び直してください。",
                    "There is no such department on that day. Please choose another.",
                ),
            ),
            EditError::NoTier(grade) => Self::impossible(
                "grade",
                Message::new(
                    format!(
                        "職級「{grade}」がどの階層にも割り当てられていません。「階層」の画面で割り当ててください。"
                    ),
                    format!("The grade “{grade}” is mapped to no tier. Please map it on the “Tiers” page."),
                ),
            ),
            EditError::NotThere(day) => Self::impossible(
                "effective_on",
                Message::new(
                    format!("{day} には名簿にいません。在籍している日を指定してください。"),
                    format!("They are not on the roster on {day}. Please give a day on which they are."),
                ),
            ),
            EditError::AlreadyThere(day) => Self::new(
                ProblemKind::Conflict,
                Message::new(
                    format!("この職員番号の人は {day} に在籍しています。その人の画面で変更してください。"),
                    format!(
                        "Whoever has this number is on the roster on {day}. Please change them on their own page."
                    ),
                ),
            ),
            EditError::BeforeFirst => Self::impossible(
                "last_day",
                Message::new(
                    "退職日が在籍の最初の日より前です。",
                    "The last day is before the first day on the roster.",
                ),
            ),
            EditError::Db(error) => error.into(),
        }
    }
}

fn unfit(field: &str, why: Unfit) -> Problem {
    let message = match why {
        Unfit::Empty => Message::new("入力してください。", "Please fill this in."),
        Unfit::TooLong => {
            Message::new("長すぎます。短くしてください。", "This is too long. Please shorten it.")
        }
        Unfit::Malformed => {
            Message::new("この形では使えません。直してください。", "This cannot be used. Please mend it.")
        }
    };
    Problem::impossible(field, message)
}

fn reason(text: &str) -> Result<String, Problem> {
    let reason = text.trim();
    if reason.is_empty() {
        return Err(Problem::impossible(
            "reason",
            Message::new("変更の理由を書いてください。", "Please say why."),
        ));
    }
    if reason.chars().count() > REASON || reason.contains('\0') {
        return Err(unfit("reason", Unfit::TooLong));
    }
    Ok(reason.to_owned())
}

fn optional(
    field: &str,
    text: Option<&str>,
    check: fn(&str) -> Result<String, Unfit>,
) -> Result<Option<String>, Problem> {
    // An empty field of a form means none.
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| check(text).map_err(|why| unfit(field, why))).transpose()
}

fn checked_absences(absences: Option<Vec<Absence>>) -> Result<Option<Vec<Absence>>, Problem> {
    let Some(mut absences) = absences else { return Ok(None) };
    absences.sort();
    let wrong = || {
        Problem::impossible(
            "absences",
            Message::new(
                "期間が重なっているか、終わりが始まりより前です。",
                "Two periods overlap, or one ends before it begins.",
            ),
        )
    };
    let ends_well = absences.iter().all(|absence| absence.until.is_none_or(|until| until > absence.since));
    let apart = absences.windows(2).all(|pair| {
        pair[0].kind != pair[1].kind || pair[0].until.is_some_and(|until| until <= pair[1].since)
    });
    if !ends_well || !apart || absences.len() > ABSENCES {
        return Err(wrong());
    }
    Ok(Some(absences))
}

async fn code(tx: &mut Tx, department: &str, day: Date) -> Result<String, EditError> {
    let id: DepartmentId = department.parse().map_err(|_| EditError::NoDepartment)?;
    store::code_of(tx, id, day).await?.ok_or(EditError::NoDepartment)
}

async fn tier(tx: &mut Tx, grade: &str) -> Result<String, EditError> {
    store::tier_of_grade(tx, grade).await?.ok_or_else(|| EditError::NoTier(grade.to_owned()))
}

/// What is kept of an edit, besides what it does.
struct Kept {
    caller: Caller,
    effective_on: Date,
    reason: String,
    fields: Vec<&'static str>,
}

async fn keep(
    tx: &mut Tx,
    service: &StaffService,
    kept: Kept,
    staff: StaffId,
    now: Timestamp,
) -> Result<(), DbError> {
    let id = ChangeId(service.random().id_at(now));
    let change = ChangeRow {
        id,
        kind: ChangeKind::Edit,
        account: Some(kept.caller.principal.account),
        staff: Some(staff),
        effective_on: kept.effective_on,
        reason: kept.reason,
        file_name: None,
        summary: json!(kept.fields).to_string(),
        made_at: now,
    };
    store::insert_change(tx, &change).await?;
    let entry = Entry::by(&kept.caller, audit::Action::ChangeStaff)
        .about_staff([staff])
        .on("roster_change", id)
        .with(json!({ "fields": kept.fields, "effective_on": kept.effective_on }));
    service.recorder.record(tx, entry).await?;
    let ending = Entry::by(&kept.caller, audit::Action::EndRole);
    auth::end_roles_of_leavers(tx, &service.recorder, &ending, now).await.map(|_| ())
}

/// Somebody after a change.
async fn after(tx: &mut Tx, staff: StaffId) -> Result<store::Person, EditError> {
    store::person(tx, staff).await?.ok_or(EditError::Absent)
}

/// Changes somebody from a day on.
#[utoipa::path(patch, tag = "staff", path = "/api/staff/{staff}", operation_id = "change_staff",
    request_body = ChangeStaff,
    params(
        ("staff" = String, Path, description = "Who"),
        ("If-Match" = Option<String>, Header, description = "The version that is changed")),
    responses(
        (status = 200, body = StaffDocument, headers(("ETag" = String, description = "The version"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<StaffService>,
    caller: Caller,
    Path(staff): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ChangeStaff>,
) -> Result<Response, Problem> {
    let staff: StaffId = staff.parse().map_err(|_| absent())?;
    let version = meant_version(&headers)?;
    let name =
        body.name.as_deref().map(|name| check_name(name).map_err(|why| unfit("name", why))).transpose()?;
    let name_kana =
        body.name_kana.map(|kana| optional("name_kana", kana.as_deref(), check_label)).transpose()?;
    let email = body.email.map(|email| optional("email", email.as_deref(), check_email)).transpose()?;
    let grade = body
        .grade
        .as_deref()
        .map(|grade| check_label(grade).map_err(|why| unfit("grade", why)))
        .transpose()?;
    let absences = checked_absences(body.absences)?;
    let given = [
        ("name", name.is_some()),
        ("name_kana", name_kana.is_some()),
        ("department", body.department.is_some()),
        ("grade", grade.is_some()),
        ("employment", body.employment.is_some()),
        ("email", email.is_some()),
        ("hired_on", body.hired_on.is_some()),
        ("absences", absences.is_some()),
    ];
    let fields: Vec<&'static str> = given.into_iter().filter(|(_, is)| *is).map(|(field, _)| field).collect();
    let day = body.effective_on;
    let kept = Kept { caller, effective_on: day, reason: reason(&body.reason)?, fields };
    let (now, inner) = (service.now(), service.clone());
    let person = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let person = after(tx, staff).await?;
                let number = person.number.clone().ok_or(EditError::Absent)?;
                let department = match &body.department {
                    Some(department) => Some(code(tx, department, day).await?),
                    None => None,
                };
                let grade = match grade {
                    Some(grade) => {
                        let tier = tier(tx, &grade).await?;
                        Some((grade, tier))
                    }
                    None => None,
                };
                let edit = Edit { name, name_kana, department, grade, employment: body.employment, email };
                if !store::touch(tx, staff, version).await? {
                    return Err(EditError::Changed);
                }
                if edit != Edit::default() {
                    let spells = edit::edited(&person.spells(), day, &edit)?;
                    store::replace_spells(tx, staff, &number, &spells).await?;
                }
                if let Some(hired_on) = body.hired_on {
                    store::change_days(tx, staff, hired_on, person.left_on).await?;
                }
                if let Some(absences) = &absences {
                    store::replace_absences(tx, staff, absences).await?;
                }
                keep(tx, &inner, kept, staff, now).await?;
                after(tx, staff).await
            })
        })
        .await?;
    answer(&person, service.today(), Sight::All)
}

/// Adds somebody who comes, or comes back, between two rosters.
#[utoipa::path(post, tag = "staff", path = "/api/staff", operation_id = "add_staff", request_body = AddStaff,
    responses(
        (status = 201, body = StaffDocument, headers(("ETag" = String, description = "The version"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn add(
    State(service): State<StaffService>,
    caller: Caller,
    JsonBody(body): JsonBody<AddStaff>,
) -> Result<Response, Problem> {
    let number = check_number(&body.number).map_err(|why| unfit("number", why))?;
    let name = check_name(&body.name).map_err(|why| unfit("name", why))?;
    let name_kana = optional("name_kana", body.name_kana.as_deref(), check_label)?;
    let grade = check_label(&body.grade).map_err(|why| unfit("grade", why))?;
    let email = optional("email", body.email.as_deref(), check_email)?;
    let day = body.effective_on;
    let kept = Kept { caller, effective_on: day, reason: reason(&body.reason)?, fields: vec!["joined"] };
    let (now, new, inner) = (service.now(), StaffId(service.random().id()), service.clone());
    let person = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let department = code(tx, &body.department, day).await?;
                let tier = tier(tx, &grade).await?;
                let facts =
                    Facts { name, name_kana, department, tier, grade, employment: body.employment, email };
                let known = store::id_of_number(tx, &number).await?;
                let staff = known.unwrap_or(new);
                let spells: Vec<Spell> = match known {
                    Some(known) => after(tx, known).await?.spells(),
                    None => Vec::new(),
                };
                let spells = edit::joined(&spells, day, facts).map_err(EditError::AlreadyThere)?;
                if known.is_some() {
                    let version = after(tx, staff).await?.version;
                    store::touch(tx, staff, version).await?;
                    store::change_days(tx, staff, Some(day), None).await?;
                } else {
                    store::insert_person(tx, staff, &number, Some(day), now).await?;
                }
                store::replace_spells(tx, staff, &number, &spells).await?;
                keep(tx, &inner, kept, staff, now).await?;
                after(tx, staff).await
            })
        })
        .await
        .map_err(|error: EditError| Problem::from(error))?;
    let today = service.today();
    let document = StaffDocument::new(&person, today, Sight::All).ok_or_else(absent)?;
    let location = format!("/api/staff/{}", person.staff);
    let headers = [
        (header::ETAG, version_tag(person.version)),
        (
            header::LOCATION,
            location.try_into().map_err(|error: header::InvalidHeaderValue| Problem::internal(&error))?,
        ),
    ];
    Ok((StatusCode::CREATED, headers, Private(document)).into_response())
}

/// Ends somebody's employment, or takes that back. Their sessions end with it.
#[utoipa::path(post, tag = "staff", path = "/api/staff/{staff}/end", operation_id = "end_staff",
    request_body = EndStaff,
    params(
        ("staff" = String, Path, description = "Who"),
        ("If-Match" = Option<String>, Header, description = "The version that is changed")),
    responses(
        (status = 200, body = StaffDocument, headers(("ETag" = String, description = "The version"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn end(
    State(service): State<StaffService>,
    caller: Caller,
    Path(staff): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<EndStaff>,
) -> Result<Response, Problem> {
    let staff: StaffId = staff.parse().map_err(|_| absent())?;
    let version = meant_version(&headers)?;
    let (now, today, inner) = (service.now(), service.today(), service.clone());
    let kept = Kept {
        caller,
        effective_on: body.last_day.unwrap_or(today),
        reason: reason(&body.reason)?,
        fields: vec![if body.last_day.is_some() { "left" } else { "stays" }],
    };
    let person = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let person = after(tx, staff).await?;
                let number = person.number.clone().ok_or(EditError::Absent)?;
                if !store::touch(tx, staff, version).await? {
                    return Err(EditError::Changed);
                }
                let spells = edit::ended(&person.spells(), body.last_day);
                if spells.is_empty() {
                    return Err(EditError::BeforeFirst);
                }
                store::replace_spells(tx, staff, &number, &spells).await?;
                store::change_days(tx, staff, person.hired_on, body.last_day).await?;
                if body.last_day.is_some_and(|last| last < today) {
                    auth::store::end_sessions_of_staff(tx, &[staff], "left", now).await?;
                }
                keep(tx, &inner, kept, staff, now).await?;
                after(tx, staff).await
            })
        })
        .await
        .map_err(|error: EditError| Problem::from(error))?;
    answer(&person, today, Sight::All)
}
