//! Being exempt, having more time, having study at a desk count: asked for by staff, decided by HR.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    clock::{Date, Timestamp},
    db::Tx,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, said},
    staff::{self, StaffId},
    table::TableFormat,
    training::{
        model::{ExemptionId, ExemptionKind, on_day},
        service::assessing::assess_person,
        store::{self, NewExemption, ProgrammeYear},
    },
    visits::model::{FiscalYear, NoFiscalYear},
};

use super::{
    documents::{AskExemption, DecideExemption, ExemptionItem, ExemptionList, GrantExemption, MyExemption},
    people::person,
    report::department_names,
    shared::{LONGEST_TEXT, Refused, TrainingService, day, programme_year},
};

/// As many as one may wait for at a time.
const OPEN_PER_PERSON: usize = 3;

/// The days of what is asked for, as its kind needs them.
fn days(
    kind: ExemptionKind,
    (done_on, until): (Option<&str>, Option<&str>),
    year: FiscalYear,
    today: Date,
) -> Result<(Option<Date>, Option<Date>), Problem> {
    let missing =
        |field| Problem::impossible(field, Message::new("日付を入力してください。", "Please give the day."));
    match kind {
        ExemptionKind::Exempt => Ok((None, None)),
        ExemptionKind::Deferred => {
            let until = day("until", until.ok_or_else(|| missing("until"))?)?;
            if until < today || until > year.last() {
                let message = Message::new(
                    "今日から年度末までの日付にしてください。",
                    "Please choose a day from today until the end of the fiscal year.",
                );
                return Err(Problem::impossible("until", message));
            }
            Ok((None, Some(until)))
        }
        ExemptionKind::Desk => {
            let done_on = day("day", done_on.ok_or_else(|| missing("day"))?)?;
            if done_on < year.first() || done_on > today.min(year.last()) {
                let message = Message::new(
                    "年度の初めから今日までの日付にしてください。",
                    "Please choose a day from the beginning of the fiscal year until today.",
                );
                return Err(Problem::impossible("day", message));
            }
            Ok((Some(done_on), None))
        }
    }
}

/// The programme of somebody who is obliged by it.
async fn obliged(
    tx: &mut Tx,
    programme: ProgrammeYear,
    staff: StaffId,
    (kind, today): (ExemptionKind, Date),
) -> Result<ProgrammeYear, Refused> {
    let steps = store::steps_of(tx, staff, programme.year).await?;
    let pieces: Vec<_> = steps
        .into_iter()
        .filter(|step| step.programme == programme.programme.id)
        .map(|step| step.piece)
        .collect();
    if on_day(&pieces, today).is_none() {
        return Err(absent().into());
    }
    if kind == ExemptionKind::Desk && !programme.rule.requirement.or_desk {
        let message = Message::new(
            "この研修では、机上学習での代替は認められていません。",
            "Study at a desk does not count for this programme.",
        );
        return Err(Problem::impossible("kind", message).into());
    }
    Ok(programme)
}

/// Asks to be exempt, for more time, or to have study at a desk count. HR decides.
#[utoipa::path(post, tag = "training", path = "/api/me/exemptions", operation_id = "ask_exemption",
    request_body = AskExemption,
    responses(
        (status = 201, body = MyExemption),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn ask(
    State(service): State<TrainingService>,
    caller: Caller,
    JsonBody(body): JsonBody<AskExemption>,
) -> Result<(StatusCode, Private<MyExemption>), Problem> {
    let staff = caller.principal.staff.ok_or_else(absent)?;
    let (now, today, year) =
        (service.now(), service.today(), FiscalYear::new(body.fiscal_year).ok_or(NoFiscalYear)?);
    let (day, until) = days(body.kind, (body.day.as_deref(), body.until.as_deref()), year, today)?;
    let new = NewExemption {
        id: ExemptionId(service.gate.random().id()),
        programme: body.programme_id,
        year,
        staff,
        kind: body.kind,
        day,
        until,
        reason: said(&body.reason, "reason", LONGEST_TEXT, true)?,
        asked_by: caller.principal.account,
    };
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let programme = programme_year(tx, new.programme, year).await?;
                obliged(tx, programme, staff, (new.kind, today)).await?;
                let known = store::exemptions_of(tx, staff, year).await?;
                if known.iter().filter(|known| known.granted.is_none()).count() >= OPEN_PER_PERSON {
                    let message = Message::new(
                        "まだ決まっていない申請があります。決まるまでお待ちください。",
                        "HR has yet to decide on what you asked for before. Please wait for that.",
                    );
                    return Err(Problem::new(ProblemKind::Conflict, message).into());
                }
                let change = store::next_change(tx).await?;
                store::insert_exemption(tx, &new, change, now).await?;
                let found = store::exemption(tx, new.id).await?.ok_or_else(absent)?;
                Ok(MyExemption::from(&found))
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Private(found)))
}

#[derive(Deserialize)]
pub(super) struct ListParams {
    fiscal_year: Option<String>,
}

/// What was asked for in a fiscal year, and what HR decided. Each reading is in the audit log.
#[utoipa::path(get, tag = "training", path = "/api/training/exemptions", operation_id = "list_exemptions",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, body = ExemptionList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<ListParams>,
) -> Result<Private<ExemptionList>, Problem> {
    listed(&service, &caller, &params, None).await.map(Private)
}

/// What was asked for in a fiscal year. The reading is recorded, with the format of the file that it is for.
pub(super) async fn listed(
    service: &TrainingService,
    caller: &Caller,
    params: &ListParams,
    format: Option<TableFormat>,
) -> Result<ExemptionList, Problem> {
    let (year, today) = (service.year(params.fiscal_year.as_deref())?, service.today());
    let (recorder, own) = (service.recorder.clone(), caller.principal.staff);
    let mut detail = json!({ "of": "exemptions" });
    if let Some(format) = format {
        detail["format"] = format.as_str().into();
    }
    let entry = Entry::by(caller, audit::Action::ReadCompletion).on("fiscal_year", year.year()).with(detail);
    let exemptions = service
        .write(move |tx| {
            Box::pin(async move {
                let found = store::exemptions_of_year(tx, year).await?;
                let mut people: Vec<StaffId> = found.iter().map(|one| one.asked.staff).collect();
                people.sort_unstable();
                people.dedup();
                let others = people.iter().copied().filter(|staff| Some(*staff) != own);
                recorder.record(tx, entry.about_staff(others)).await?;
                let programmes: HashMap<_, _> = store::years_of(tx, year)
                    .await?
                    .into_iter()
                    .map(|found| (found.programme.id, found.rule.title))
                    .collect();
                let names = department_names(tx, today).await?;
                let called = staff::store::called(tx, &people, today).await?;
                let mut items = Vec::with_capacity(found.len());
                for one in found {
                    let staff = one.asked.staff;
                    let steps = store::steps_of(tx, staff, year).await?;
                    let step = steps.iter().rfind(|step| step.programme == one.asked.programme);
                    let Some(step) = step else { continue };
                    let called = called.get(&staff).cloned().unwrap_or_default();
                    items.push(ExemptionItem {
                        person: person(staff, called, step.piece.department, &names),
                        programme_id: one.asked.programme,
                        programme_title: programmes.get(&one.asked.programme).cloned().unwrap_or_default(),
                        decided_at: one.decided_at.map(|at| at.to_string()),
                        exemption: MyExemption::from(&one),
                    });
                }
                Ok(items)
            })
        })
        .await?;
    Ok(ExemptionList { fiscal_year: year.year(), exemptions })
}

/// Decides on what somebody asked for. A decision stays; another one is asked for anew. Nobody decides on their own.
#[utoipa::path(post, tag = "training", path = "/api/training/exemptions/{exemption}/decision",
    operation_id = "decide_exemption", request_body = DecideExemption,
    params(("exemption" = String, Path, description = "What was asked for")),
    responses(
        (status = 200, body = MyExemption),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn decide(
    State(service): State<TrainingService>,
    caller: Caller,
    Path(exemption): Path<String>,
    JsonBody(body): JsonBody<DecideExemption>,
) -> Result<Private<MyExemption>, Problem> {
    let id: ExemptionId = exemption.parse().map_err(|_| absent())?;
    let answer = said(&body.answer, "answer", LONGEST_TEXT, false)?;
    let (when, by, own) = (service.now(), caller.principal.account, caller.principal.staff);
    let (recorder, today) = (service.recorder.clone(), service.today());
    let entry = Entry::by(&caller, audit::Action::DecideExemption).on("exemption", id);
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let asked = store::exemption(tx, id).await?.ok_or_else(absent)?.asked;
                not_own(asked.staff, own)?;
                let programme = programme_year(tx, asked.programme, asked.year).await?;
                let change = store::next_change(tx).await?;
                if !store::decide_exemption(tx, id, (body.grant, &answer), by, change, when).await? {
                    let message = Message::new(
                        "もう決まっています。画面を開き直してください。",
                        "It was decided already. Please open the page again.",
                    );
                    return Err(Problem::new(ProblemKind::Conflict, message).into());
                }
                let detail = json!({ "kind": asked.kind.as_str(), "granted": body.grant });
                recorder.record(tx, entry.about_staff([asked.staff]).with(detail)).await?;
                assess_person(tx, &programme, asked.staff, today.min(asked.year.last())).await?;
                let found = store::exemption(tx, id).await?.ok_or_else(absent)?;
                Ok(MyExemption::from(&found))
            })
        })
        .await?;
    Ok(Private(found))
}

/// Grants something to somebody who did not ask for it.
#[utoipa::path(post, tag = "training", path = "/api/training/exemptions", operation_id = "grant_exemption",
    request_body = GrantExemption,
    responses(
        (status = 201, body = MyExemption),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn grant(
    State(service): State<TrainingService>,
    caller: Caller,
    JsonBody(body): JsonBody<GrantExemption>,
) -> Result<(StatusCode, Private<MyExemption>), Problem> {
    let (now, today, year): (Timestamp, _, _) =
        (service.now(), service.today(), FiscalYear::new(body.fiscal_year).ok_or(NoFiscalYear)?);
    let (day, until) = days(body.kind, (body.day.as_deref(), body.until.as_deref()), year, today)?;
    let new = NewExemption {
        id: ExemptionId(service.gate.random().id()),
        programme: body.programme_id,
        year,
        staff: body.staff_id,
        kind: body.kind,
        day,
        until,
        reason: said(&body.reason, "reason", LONGEST_TEXT, true)?,
        asked_by: caller.principal.account,
    };
    not_own(new.staff, caller.principal.staff)?;
    let (recorder, by) = (service.recorder.clone(), caller.principal.account);
    let entry = Entry::by(&caller, audit::Action::DecideExemption).on("exemption", new.id);
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let programme = programme_year(tx, new.programme, year).await?;
                let programme = obliged(tx, programme, new.staff, (new.kind, today)).await?;
                let change = store::next_change(tx).await?;
                store::insert_exemption(tx, &new, change, now).await?;
                store::decide_exemption(tx, new.id, (true, ""), by, change, now).await?;
                let detail = json!({ "kind": new.kind.as_str(), "granted": true });
                recorder.record(tx, entry.about_staff([new.staff]).with(detail)).await?;
                assess_person(tx, &programme, new.staff, today.min(year.last())).await?;
                let found = store::exemption(tx, new.id).await?.ok_or_else(absent)?;
                Ok(MyExemption::from(&found))
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Private(found)))
}

fn not_own(staff: StaffId, own: Option<StaffId>) -> Result<(), Problem> {
    if Some(staff) != own {
        return Ok(());
    }
    let message = Message::new(
        "自分のことは自分では決められません。ほかの人事担当に頼んでください。",
        "Nobody decides on their own. Please ask another HR officer.",
    );
    Err(Problem::new(ProblemKind::Conflict, message))
}
