//! One's own answers before and after. Who answered what is in no log and no audit entry, and no address of this service shows it to
//! anybody but themselves.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Query, State};
use http::HeaderMap;
use serde_json::Value;

use crate::{
    auth::Caller,
    clock::Timestamp,
    http::{JsonBody, Language, Message, Private, Problem, ProblemDocument},
    staff::StaffId,
    training::{
        model::{QuestionId, SheetMoment, SheetStanding, Survey, usual_questions},
        service::{
            Own,
            surveying::{own_sheets, take},
        },
        store::{Sheet, Taken},
    },
    visits::model::FiscalYear,
};

use super::{
    mine::YearParams,
    shared::TrainingService,
    survey_documents::{
        MySheet, MySurvey, MySurveys, SendSheets, SentSheet, SheetReason, SheetReasonCode as Code,
        SheetResult, SheetResults, SheetStatus, UsualQuestions,
    },
};

/// Sheets in one request.
const MOST: usize = 50;

/// Questions to begin with, for whoever plans a programme.
#[utoipa::path(get, tag = "training", path = "/api/programmes/usual-questions", operation_id = "usual_questions",
    responses(
        (status = 200, body = UsualQuestions),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn usual() -> Private<UsualQuestions> {
    Private(UsualQuestions { questions: usual_questions() })
}

/// What one is asked before and after in a fiscal year, and what one answered oneself, as long as it can be told whose it is.
#[utoipa::path(get, tag = "training", path = "/api/me/surveys", operation_id = "my_surveys",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, body = MySurveys),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn mine(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<YearParams>,
) -> Result<Private<MySurveys>, Problem> {
    let (year, now) = (service.year(params.fiscal_year.as_deref())?, service.now());
    let mut surveys = Vec::new();
    if let Some(staff) = caller.principal.staff {
        let mut tx = service.read().await?;
        let of = (year, service.today());
        let own = Own::read(&mut tx, caller.principal.account, Some(staff), of).await?;
        for id in own.obligations.keys() {
            let Some((found, survey)) = own.survey(*id) else { continue };
            let mut sheets = own_sheets(&mut tx, (*id, year), staff).await?;
            let mut sheet = |moment| {
                let known = sheets.remove(&moment);
                MySheet {
                    standing: survey.standing(moment, now, now),
                    revision: known.as_ref().map_or(0, |sheet| sheet.revision),
                    answers: known.map(|sheet| sheet.answers).unwrap_or_default(),
                }
            };
            surveys.push(MySurvey {
                programme_id: *id,
                title: found.rule.title.clone(),
                questions: found.rule.questions.clone(),
                until: Survey::last_day(year).to_string(),
                before: sheet(SheetMoment::Before),
                after: sheet(SheetMoment::After),
            });
        }
    }
    Ok(Private(MySurveys { fiscal_year: year.year(), surveys }))
}

/// Keeps one's answers, in place of those that one gave before. Each is taken or refused by itself; sending it again changes nothing.
#[utoipa::path(post, tag = "training", path = "/api/me/sheets", operation_id = "send_sheets", request_body = SendSheets,
    responses(
        (status = 200, body = SheetResults),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn send(
    State(service): State<TrainingService>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SendSheets>,
) -> Result<Private<SheetResults>, Problem> {
    if body.sheets.len() > MOST {
        let message =
            Message::new(format!("一度に送れるのは{MOST}件までです。"), format!("At most {MOST} at a time."));
        return Err(Problem::impossible("sheets", message));
    }
    let language = Language::of(&headers);
    let now = service.now();
    let read: Vec<Read> = body
        .sheets
        .into_iter()
        .map(|item| (item["id"].as_str().filter(|id| id.len() <= 64).map(str::to_owned), read(item)))
        .collect();
    let years: BTreeSet<FiscalYear> = read.iter().filter_map(|(_, one)| Some(one.as_ref().ok()?.1)).collect();
    let owns = owns(&service, &caller, years).await?;
    let (mut results, mut fit) = (Vec::with_capacity(read.len()), Vec::new());
    for (index, (id, one)) in read.into_iter().enumerate() {
        let judged = one.and_then(|(sent, year)| {
            let own = owns.get(&year).ok_or(Code::NotAsked)?;
            let (moment, sheet) = judged(&sent, own, now)?;
            Ok(((sent.programme_id, year), moment, sheet))
        });
        let code = match judged {
            Ok(one) => {
                fit.push((index, one));
                None
            }
            Err(code) => Some((SheetStatus::Refused, code)),
        };
        results.push(result(id, code, language));
    }
    if let Some(staff) = caller.principal.staff
        && !fit.is_empty()
    {
        for (index, taken) in store_all(&service, staff, fit).await? {
            let code = match taken {
                Some(Taken::Stored) => None,
                Some(Taken::Known) => {
                    results[index].status = SheetStatus::Duplicate;
                    continue;
                }
                Some(Taken::Other) => Some((SheetStatus::Conflict, Code::Answered)),
                None => Some((SheetStatus::Refused, Code::Closed)),
            };
            results[index] = result(results[index].id.take(), code, language);
        }
    }
    Ok(Private(SheetResults { results }))
}

/// One's own training in each of some years.
async fn owns(
    service: &TrainingService,
    caller: &Caller,
    years: BTreeSet<FiscalYear>,
) -> Result<BTreeMap<FiscalYear, Own>, Problem> {
    let (account, staff) = (caller.principal.account, caller.principal.staff);
    let mut tx = service.read().await?;
    let mut owns = BTreeMap::new();
    for year in years {
        let own = Own::read(&mut tx, account, staff, (year, service.today())).await?;
        owns.insert(year, own);
    }
    Ok(owns)
}

/// What was sent as one sheet: the id that it names, and what can be read.
type Read = (Option<String>, Result<(SentSheet, FiscalYear), Code>);

/// A sheet that can be kept: of which survey, at which moment.
type Fit = (crate::training::store::SurveyOf, SheetMoment, Sheet);

/// Keeps them, each in its place, and says what became of each.
async fn store_all(
    service: &TrainingService,
    staff: StaffId,
    mut fit: Vec<(usize, Fit)>,
) -> Result<Vec<(usize, Option<Taken>)>, Problem> {
    // In one order: nobody waits for somebody who waits for them.
    fit.sort_by_key(|(index, (survey, moment, _))| (*survey, *moment, *index));
    let random = service.gate.random().clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                let mut taken = Vec::with_capacity(fit.len());
                for (index, (survey, moment, sheet)) in &fit {
                    taken.push((*index, take(tx, *survey, (staff, *moment), sheet, &random).await?));
                }
                Ok(taken)
            })
        })
        .await
}

/// Reads what is sent.
fn read(item: Value) -> Result<(SentSheet, FiscalYear), Code> {
    let sent: SentSheet = serde_json::from_value(item).map_err(|_| Code::Malformed)?;
    let year = FiscalYear::new(sent.fiscal_year).ok_or(Code::Malformed)?;
    let fits = (1..=1_000_000).contains(&sent.revision) && (1..=64).contains(&sent.id.len());
    if fits { Ok((sent, year)) } else { Err(Code::Malformed) }
}

/// Whether it may be answered then, and what of it is kept.
fn judged(sent: &SentSheet, own: &Own, now: Timestamp) -> Result<(SheetMoment, Sheet), Code> {
    let (found, survey) = own.survey(sent.programme_id).ok_or(Code::NotAsked)?;
    let is_asked = |id: &QuestionId| found.rule.questions.iter().any(|question| question.id == *id);
    if !sent.answers.keys().all(is_asked) {
        return Err(Code::NotAsked);
    }
    match survey.standing(sent.moment, sent.at, now) {
        SheetStanding::Open => {}
        SheetStanding::TooLate => return Err(Code::TooLate),
        SheetStanding::NotYet => return Err(Code::NotYet),
        SheetStanding::Closed => return Err(Code::Closed),
    }
    let routes = match sent.moment {
        SheetMoment::Before => BTreeSet::new(),
        SheetMoment::After => own.completed_routes(),
    };
    Ok((sent.moment, Sheet { revision: sent.revision, answers: sent.answers.clone(), routes }))
}

fn result(id: Option<String>, code: Option<(SheetStatus, Code)>, language: Language) -> SheetResult {
    let Some((status, code)) = code else {
        return SheetResult { id, status: SheetStatus::Stored, reason: None };
    };
    let (ja, en) = match code {
        Code::Malformed => ("回答の形式が正しくありません。", "The answers do not have the right form."),
        Code::NotAsked => (
            "この研修では、この質問をしていません。ページを開き直してください。",
            "This programme does not ask you that. Please open the page again.",
        ),
        Code::TooLate => (
            "もう歩き始めているので、事前アンケートには答えられません。研修はこのまま続けられます。",
            "You have begun to walk, so the questions before it cannot be answered any more. Your training goes on as it is.",
        ),
        Code::NotYet => (
            "事後アンケートは、修了してからお答えください。",
            "Please answer the questions after the training once you have completed it.",
        ),
        Code::Closed => ("この年度の回答は締め切りました。", "The answers of this fiscal year are closed."),
        Code::Answered => (
            "別の端末から送った回答が残っています。研修のページで確かめて、必要なら答え直してください。",
            "Answers that you sent from another device count. Please look at the training page, and answer again if you want to.",
        ),
    };
    let message = language.pick(ja, en).to_owned();
    SheetResult { id, status, reason: Some(SheetReason { code, message }) }
}
