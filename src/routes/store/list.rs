//! SQL of the list of routes, as designers see it.

use crate::{
    auth::{AccountId, Reach},
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    routes::model::{DraftState, Line, RouteId, Text},
};

use super::{ROUTE, Route, RouteRow, design, line, moment, parsed, reaches};

/// A route in the list.
#[derive(Clone, Debug)]
pub struct ListedRoute {
    /// The route.
    pub route: Route,
    /// Its title: of the version that counts, else of the latest, else of the draft.
    pub title: Text,
    /// Its district.
    pub district: String,
    /// Its draft: state, last change, by whom.
    pub draft: Option<(DraftState, Timestamp, AccountId)>,
    /// Whether whoever asks wrote any of the draft.
    pub is_author: bool,
    /// The version that counts on the day: number, first day, way, number of stops.
    pub current: Option<ListedVersion>,
    /// The next version that will count: number and first day.
    pub next: Option<(i64, Date)>,
    /// The code of the route that it was cloned from.
    pub origin_code: Option<String>,
}

/// A version in the list.
#[derive(Clone, Debug)]
pub struct ListedVersion {
    /// Its number.
    pub number: i64,
    /// From which day on it counts.
    pub effective_from: Date,
    /// Its way.
    pub line: Line,
    /// How many stops it has.
    pub stop_count: usize,
}

type DraftRow = (String, String, String, i64, String);
type VersionRow = (String, i64, String, String, String);

/// The routes within reach, and those of others that are in review, by code; one of them alone when it is named.
///
/// # Errors
/// When the database cannot be read.
pub async fn listed(
    tx: &mut Tx,
    reach: &Reach,
    (me, today): (AccountId, Date),
    only: Option<RouteId>,
) -> Result<Vec<ListedRoute>, DbError> {
    let only = only.map(|id| id.to_string());
    let sql =
        format!("SELECT {ROUTE} FROM route r WHERE CAST($1 AS TEXT) IS NULL OR r.id = $1 ORDER BY r.code");
    let routes: Vec<RouteRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(only.as_deref()).fetch_all(conn).await)?;
    let drafts: Vec<DraftRow> = on!(tx, conn => sqlx::query_as(
        "SELECT route, state, design, updated_at, updated_by FROM route_draft
         WHERE CAST($1 AS TEXT) IS NULL OR route = $1")
        .bind(only.as_deref()).fetch_all(conn).await)?;
    // The last that has begun, and those that have not.
    let versions: Vec<VersionRow> = on!(tx, conn => sqlx::query_as(
        "SELECT route, number, effective_from, design, line FROM route_version v
         WHERE (CAST($1 AS TEXT) IS NULL OR route = $1) AND (effective_from > $2 OR number =
             (SELECT max(o.number) FROM route_version o WHERE o.route = v.route AND o.effective_from <= $2))
         ORDER BY route, number")
        .bind(only.as_deref()).bind(today.to_string()).fetch_all(conn).await)?;
    let codes: Vec<(String, String)> =
        on!(tx, conn => sqlx::query_as("SELECT id, code FROM route").fetch_all(conn).await)?;
    let own: Vec<String> = on!(tx, conn => sqlx::query_scalar("SELECT route FROM route_draft_author WHERE account = $1")
        .bind(me.to_string()).fetch_all(conn).await)?;
    let mut listed = Vec::new();
    for row in routes {
        let route = row.route()?;
        let id = route.id.to_string();
        let draft = drafts.iter().find(|(of, ..)| *of == id);
        let in_review = draft.is_some_and(|(_, state, ..)| state == DraftState::InReview.as_str());
        if !in_review && !reaches(reach, route.department) {
            continue;
        }
        let versions = versions.iter().filter(|(of, ..)| *of == id);
        listed.push(ListedRoute {
            is_author: own.contains(&id),
            ..one(route, draft, versions, &codes, today)?
        });
    }
    Ok(listed)
}

fn one<'a>(
    route: Route,
    draft: Option<&DraftRow>,
    versions: impl Iterator<Item = &'a VersionRow>,
    codes: &[(String, String)],
    today: Date,
) -> Result<ListedRoute, DbError> {
    let (mut current, mut next, mut shown) = (None, None, None);
    for (_, number, from, text, way) in versions {
        let (from, held): (Date, _) = (parsed(from)?, design(text)?);
        if from <= today {
            let stop_count = held.stops().count();
            current =
                Some(ListedVersion { number: *number, effective_from: from, line: line(way)?, stop_count });
            shown = Some(held);
        } else {
            next = next.or(Some((*number, from)));
            shown = shown.or(Some(held));
        }
    }
    if let (None, Some((_, _, text, _, _))) = (&shown, draft) {
        shown = Some(design(text)?);
    }
    let (title, district) = shown
        .map(|design| {
            let document = design.into_document();
            (document.title, document.district)
        })
        .unwrap_or_default();
    let draft = draft
        .map(|(_, state, _, at, by)| Ok::<_, DbError>((parsed(state)?, moment(*at)?, parsed(by)?)))
        .transpose()?;
    let origin_code = route.origin.and_then(|origin| {
        let origin = origin.route.to_string();
        codes.iter().find(|(id, _)| *id == origin).map(|(_, code)| code.clone())
    });
    Ok(ListedRoute { route, title, district, draft, is_author: false, current, next, origin_code })
}
