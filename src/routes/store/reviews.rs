//! SQL of what was said of drafts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    routes::model::{RouteId, StopId},
};

use super::{corrupt, json, moment, parsed};

/// What was done with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// It went to review.
    Submitted,
    /// Its authors took it back.
    Withdrawn,
    /// The reviewer sent it back.
    SentBack,
    /// The reviewer published it.
    Published,
}

impl ReviewKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Withdrawn => "withdrawn",
            Self::SentBack => "sent_back",
            Self::Published => "published",
        }
    }

    fn read(text: &str) -> Result<Self, DbError> {
        [Self::Submitted, Self::Withdrawn, Self::SentBack, Self::Published]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| corrupt(format!("review {text:?}")))
    }
}

/// What a reviewer says of one stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopComment {
    /// The stop.
    #[schema(value_type = String, format = "uuid")]
    pub stop_id: StopId,
    /// What is said of it.
    pub comment: String,
}

/// A step of a draft's review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// What was done.
    pub kind: ReviewKind,
    /// The number of the version that was published.
    pub number: Option<i64>,
    /// What was said.
    pub comment: String,
    /// What was said of single stops.
    pub comments: Vec<StopComment>,
}

/// Notes a step of a review.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_review(tx: &mut Tx, route: RouteId, review: &Review) -> Result<(), DbError> {
    let comments = json(&review.comments)?;
    on!(tx, conn => sqlx::query(
        "INSERT INTO route_review (route, step, at, account, kind, number, comment, comments)
         VALUES ($1, (SELECT coalesce(max(step), 0) + 1 FROM route_review WHERE route = $1), $2, $3, $4, $5, $6, $7)")
        .bind(route.to_string()).bind(review.at.as_microsecond())
        .bind(review.account.to_string()).bind(review.kind.as_str()).bind(review.number)
        .bind(&review.comment).bind(comments).execute(conn).await.map(|_| ()))?;
    Ok(())
}

type Row = (i64, String, String, Option<i64>, String, String);

/// The steps of all reviews of a route, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn reviews(tx: &mut Tx, route: RouteId) -> Result<Vec<Review>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT at, account, kind, number, comment, comments FROM route_review WHERE route = $1
         ORDER BY step DESC")
        .bind(route.to_string()).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(at, account, kind, number, comment, comments)| {
            Ok(Review {
                at: moment(at)?,
                account: parsed(&account)?,
                kind: ReviewKind::read(&kind)?,
                number,
                comment,
                comments: serde_json::from_str(&comments).map_err(corrupt)?,
            })
        })
        .collect()
}
