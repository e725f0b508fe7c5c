//! Departments, tiers and counts: no persons.

use std::collections::{BTreeSet, HashMap};

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::{
    audit::{self, Entry},
    auth::Caller,
    clock::Date,
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, changed_meanwhile},
    staff::{
        StaffService,
        model::{Tier, check_label},
        store::{self, DepartmentRow},
    },
};

use super::{
    documents::{CountItem, CountsDocument, DepartmentItem, DepartmentsDocument, TiersDocument},
    params::day,
};

#[derive(Deserialize)]
pub(super) struct DayParams {
    #[serde(default)]
    as_of: String,
}

impl DayParams {
    fn day(&self, today: Date) -> Result<Date, Problem> {
        if self.as_of.is_empty() { Ok(today) } else { day("as_of", &self.as_of) }
    }
}

/// The departments of a day, as a tree.
#[utoipa::path(get, tag = "staff", path = "/api/departments", operation_id = "list_departments",
    params(("as_of" = Option<String>, Query, description = "The day; today when not given")),
    responses(
        (status = 200, body = DepartmentsDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn departments(
    State(service): State<StaffService>,
    Query(params): Query<DayParams>,
) -> Result<Response, Problem> {
    let as_of = params.day(service.today())?;
    let mut tx = service.db().read().await?;
    let rows = store::departments(&mut tx, as_of).await?;
    Ok(Private(DepartmentsDocument { as_of, departments: in_order(&rows) }).into_response())
}

/// Each behind the one above it. One whose upper one stands no more is at the top.
fn in_order(rows: &[DepartmentRow]) -> Vec<DepartmentItem> {
    let ids: BTreeSet<&str> = rows.iter().map(|row| &*row.id).collect();
    let mut below: HashMap<Option<&str>, Vec<&DepartmentRow>> = HashMap::new();
    for row in rows {
        let parent = row.parent.as_deref().filter(|parent| ids.contains(parent));
        below.entry(parent).or_default().push(row);
    }
    let mut out = Vec::with_capacity(rows.len());
    let mut open: Vec<(&DepartmentRow, usize)> =
        below.get(&None).into_iter().flatten().rev().map(|row| (*row, 0)).collect();
    while let Some((row, depth)) = open.pop() {
        out.push(DepartmentItem {
            id: row.id.clone(),
            code: row.code.clone(),
            name: row.name.clone(),
            parent: row.parent.clone().filter(|_| depth > 0),
            depth,
        });
        open.extend(below.get(&Some(&*row.id)).into_iter().flatten().rev().map(|row| (*row, depth + 1)));
    }
    out
}

/// The tag of the tiers as they are.
fn tiers_tag(tiers: &[Tier]) -> HeaderValue {
    let digest = Sha256::digest(serde_json::to_vec(tiers).unwrap_or_default());
    let tag = digest.iter().take(8).fold(0_u64, |tag, byte| tag << 8 | u64::from(*byte));
    HeaderValue::try_from(format!("\"{tag:016x}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// The tiers, and the 職級 that are mapped to each.
#[utoipa::path(get, tag = "staff", path = "/api/tiers", operation_id = "list_tiers",
    responses(
        (status = 200, body = TiersDocument, headers(("ETag" = String, description = "The version"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn tiers(State(service): State<StaffService>) -> Result<Response, Problem> {
    let mut tx = service.db().read().await?;
    let tiers = store::tiers(&mut tx).await?;
    Ok(([(header::ETAG, tiers_tag(&tiers))], Private(TiersDocument { tiers })).into_response())
}

/// The tiers as somebody wants them, checked.
fn checked(tiers: Vec<Tier>) -> Result<Vec<Tier>, Problem> {
    let wrong = |index: usize, field: &str, ja: &str, en: &str| {
        Problem::impossible(&format!("tiers[{index}].{field}"), Message::new(ja, en))
    };
    if tiers.is_empty() || tiers.len() > 20 {
        return Err(Problem::impossible(
            "tiers",
            Message::new("階層は1から20までにしてください。", "Please keep between 1 and 20 tiers."),
        ));
    }
    let (mut ids, mut grades) = (BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::with_capacity(tiers.len());
    for (index, mut tier) in tiers.into_iter().enumerate() {
        let is_id = (1..=40).contains(&tier.id.len())
            && tier.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_id || !ids.insert(tier.id.clone()) {
            return Err(wrong(
                index,
                "id",
                "英小文字・数字・_ で、ほかと重ならない名前にしてください。",
                "Please use lower-case letters, digits and _, and no name twice.",
            ));
        }
        for (field, text) in [
            ("name.ja", &mut tier.name.ja),
            ("name.en", &mut tier.name.en),
            ("name.easy", &mut tier.name.easy),
        ] {
            *text = crate::staff::check_name(text)
                .map_err(|_| wrong(index, field, "名前を入れてください。", "Please give a name."))?;
        }
        for grade in &mut tier.grades {
            *grade = check_label(grade).map_err(|_| {
                wrong(index, "grades", "職級の名前を入れてください。", "Please name the grade.")
            })?;
            if !grades.insert(grade.clone()) {
                return Err(wrong(
                    index,
                    "grades",
                    "同じ職級が二度割り当てられています。",
                    "A grade is mapped twice.",
                ));
            }
        }
        out.push(tier);
    }
    Ok(out)
}

enum TiersError {
    Changed,
    InUse(String),
    Db(DbError),
}

impl From<DbError> for TiersError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// Replaces the tiers. Who is of which tier changes with the next roster or edit.
#[utoipa::path(put, tag = "staff", path = "/api/tiers", operation_id = "replace_tiers",
    request_body = TiersDocument,
    params(("If-Match" = Option<String>, Header, description = "The version that is replaced")),
    responses(
        (status = 200, body = TiersDocument, headers(("ETag" = String, description = "The version"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn replace_tiers(
    State(service): State<StaffService>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(body): JsonBody<TiersDocument>,
) -> Result<Response, Problem> {
    let Some(meant) = headers.get(header::IF_MATCH).cloned() else {
        return Err(Problem::new(
            ProblemKind::PreconditionRequired,
            Message::new(
                "どの時点の内容を変えるのかが分かりません。画面を開き直して、もう一度お試しください。",
                "It is not clear which version is to be changed (If-Match). Please open the page again.",
            ),
        ));
    };
    let tiers = checked(body.tiers)?;
    let recorder = service.recorder.clone();
    let names: Vec<String> = tiers.iter().map(|tier| tier.id.clone()).collect();
    let entry = Entry::by(&caller, audit::Action::ChangeTiers).with(json!({ "tiers": names }));
    let tiers = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if tiers_tag(&store::tiers(tx).await?) != meant {
                    return Err(TiersError::Changed);
                }
                let used = store::tiers_in_use(tx).await?;
                if let Some(gone) = used.iter().find(|used| !tiers.iter().any(|tier| tier.id == **used)) {
                    return Err(TiersError::InUse(gone.clone()));
                }
                store::replace_tiers(tx, &tiers).await?;
                recorder.record(tx, entry).await?;
                Ok(store::tiers(tx).await?)
            })
        })
        .await
        .map_err(|error| match error {
            TiersError::Changed => changed_meanwhile(),
            TiersError::InUse(tier) => Problem::new(
                ProblemKind::Conflict,
                Message::new(
                    format!("階層「{tier}」の職員がいる(いた)ため、なくせません。名前を変えるか、残してください。"),
                    format!("Somebody is, or was, of the tier “{tier}”, so it cannot be removed. Please rename or keep it."),
                ),
            ),
            TiersError::Db(error) => error.into(),
        })?;
    Ok(([(header::ETAG, tiers_tag(&tiers))], Private(TiersDocument { tiers })).into_response())
}

/// How many members of staff there are on a day, by department and tier.
#[utoipa::path(get, tag = "staff", path = "/api/staff/counts", operation_id = "count_staff",
    params(("as_of" = Option<String>, Query, description = "The day; today when not given")),
    responses(
        (status = 200, body = CountsDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn counts(
    State(service): State<StaffService>,
    Query(params): Query<DayParams>,
) -> Result<Response, Problem> {
    let as_of = params.day(service.today())?;
    let mut tx = service.db().read().await?;
    let rows = store::counts(&mut tx, as_of).await?;
    let total = rows.iter().map(|row| row.count).sum();
    let counts = rows
        .into_iter()
        .map(|row| CountItem { department: row.department, tier: row.tier, count: row.count })
        .collect();
    Ok(Private(CountsDocument { as_of, total, counts }).into_response())
}
