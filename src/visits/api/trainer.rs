//! Visits, as trainers see them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use http::HeaderMap;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    audit::{self, Entry},
    auth::{AccountId, Caller, fold_login, store::account_by_login},
    db::DbError,
    http::{Language, Message, Private, Problem, ProblemDocument, query_string},
    visits::{
        model::{FiscalYear, VisitId, too_fast},
        store,
    },
};

use super::{
    documents::{OwnedVisit, VisitList},
    mine::{documents, steps},
    shared::{VisitsService, YearParams, owner},
};

/// Visits on a page, unless somebody asks for another number.
const PAGE: usize = 50;
const MOST: usize = 200;

/// Which visits a trainer asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = VisitListState)]
pub(super) enum ListState {
    /// Those that wait for a decision.
    #[default]
    Pending,
    /// Those that something makes suspicious, whatever counts of them.
    Flagged,
    /// All of one person, whom `login` names.
    Person,
}

impl ListState {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Flagged => "flagged",
            Self::Person => "person",
        }
    }
}

#[derive(Deserialize)]
pub(super) struct ListParams {
    #[serde(default)]
    state: ListState,
    fiscal_year: Option<String>,
    login: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    after: String,
}

/// Visits of everybody: those that wait for a decision, or the suspicious ones of a fiscal year; or all of one person in it.
#[utoipa::path(get, tag = "visits", path = "/api/visits", operation_id = "list_visits",
    params(
        ("state" = Option<ListState>, Query, description = "Which; `pending` when it is left out"),
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "For `flagged` and `person`: the year in which the fiscal year begins; this one when it is left out"),
        ("login" = Option<String>, Query, description = "For `person`: the number with which they sign in"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "Visits on a page; 50 when it is left out"),
        ("after" = Option<String>, Query, description = "Where the last answer ended")),
    responses(
        (status = 200, body = VisitList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<VisitsService>,
    caller: Caller,
    Query(params): Query<ListParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let limit = params.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        let message =
            Message::new(format!("1〜{MOST}で指定してください。"), format!("Please give 1 to {MOST}."));
        return Err(Problem::impossible("limit", message));
    }
    let year = service.year(&YearParams { fiscal_year: params.fiscal_year.clone() })?;
    // One more than a page shows whether there is a next one.
    let mut ids = match params.state {
        ListState::Pending => {
            let mut tx = service.gate.db().read().await?;
            store::pending(&mut tx, &params.after, limit as i64 + 1).await?
        }
        ListState::Flagged => flagged(&service, year, &params.after, limit + 1).await?,
        ListState::Person => of_person(&service, year, &params, limit + 1).await?,
    };
    let more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().filter(|_| more).map(|last| {
        let (year, limit, last) = (year.year().to_string(), limit.to_string(), last.to_string());
        let mut pairs = vec![
            ("state", params.state.as_str()),
            ("fiscal_year", &*year),
            ("limit", &*limit),
            ("after", &*last),
        ];
        if let Some(login) = &params.login {
            pairs.push(("login", login));
        }
        format!("/api/visits?{}", query_string(&pairs))
    });
    let (today, language, me) = (service.today(), Language::of(&headers), caller.principal.account);
    let entry = Entry::by(&caller, audit::Action::ReadVisits);
    let shared = Arc::new(service);
    let service = shared.clone();
    let visits = shared
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let found = store::with_ids(tx, &ids).await?;
                let owners: Vec<AccountId> = found.iter().map(|visit| visit.account).collect();
                let mut known = BTreeMap::new();
                for account in owners.iter().copied().collect::<BTreeSet<_>>() {
                    known.insert(account, owner(tx, account, today).await?);
                }
                let count = found.len();
                let documents = documents(&service, tx, found, (me, language)).await?;
                let others = known.iter().filter(|(account, _)| **account != me);
                let people: Vec<_> = others.map(|(_, (person, _))| *person).collect();
                if !people.is_empty() {
                    let entry = entry.about(people).with(json!({ "visits": count }));
                    service.recorder.record(tx, entry).await?;
                }
                let visits = owners.into_iter().zip(documents);
                let owned = visits.filter_map(|(account, visit)| {
                    let (_, owner) = known.get(&account)?;
                    Some(OwnedVisit { owner: owner.clone(), own: account == me, visit })
                });
                Ok::<_, DbError>(owned.collect::<Vec<_>>())
            })
        })
        .await?;
    Ok(Private(VisitList { visits, next }).into_response())
}

/// The suspicious visits of a fiscal year, by id.
async fn flagged(
    service: &VisitsService,
    year: FiscalYear,
    after: &str,
    limit: usize,
) -> Result<Vec<VisitId>, DbError> {
    let mut tx = service.gate.db().read().await?;
    let seen = store::seen(&mut tx, year, None).await?;
    let mut found: BTreeSet<VisitId> = seen.iter().filter(|one| one.flagged).map(|one| one.id).collect();
    let mut by_account: BTreeMap<AccountId, Vec<store::Seen>> = BTreeMap::new();
    for one in seen {
        by_account.entry(one.account).or_default().push(one);
    }
    for seen in by_account.values() {
        found.extend(too_fast(steps(service, &mut tx, seen).await?));
    }
    Ok(found.into_iter().filter(|id| id.to_string().as_str() > after).take(limit).collect())
}

/// The visits of one person in a fiscal year, by id. Who they are has to be said: nobody leafs through everybody's walks.
async fn of_person(
    service: &VisitsService,
    year: FiscalYear,
    params: &ListParams,
    limit: usize,
) -> Result<Vec<VisitId>, Problem> {
    let login = params.login.as_deref().map(str::trim).filter(|login| !login.is_empty());
    let login = login.ok_or_else(|| {
        let message = Message::new("職員番号を入力してください。", "Please give their staff number.");
        Problem::impossible("login", message)
    })?;
    let mut tx = service.gate.db().read().await?;
    let found = account_by_login(&mut tx, &fold_login(login), service.today()).await?;
    let account = found.ok_or_else(|| {
        let message = Message::new(
            "その職員番号のアカウントはありません。番号を確かめてください。",
            "There is no account with that number. Please check it.",
        );
        Problem::impossible("login", message)
    })?;
    let visits = store::of_account(&mut tx, account.id, year).await?;
    let mut ids: Vec<VisitId> = visits.into_iter().map(|visit| visit.id).collect();
    ids.sort_unstable();
    Ok(ids.into_iter().filter(|id| id.to_string() > params.after).take(limit).collect())
}
