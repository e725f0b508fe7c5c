//! SQL of photos of stops.

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    photo::Photo,
    routes::model::{PhotoId, RouteId},
};

use super::parsed;

/// A photo that is kept.
#[derive(Clone, Debug)]
pub struct StoredPhoto {
    /// The route for which it was taken.
    pub route: RouteId,
    /// Its media type.
    pub content_type: String,
    /// The photo.
    pub bytes: Vec<u8>,
}

/// Keeps a photo for a route.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_photo(
    tx: &mut Tx,
    (id, route): (PhotoId, RouteId),
    photo: &Photo,
    (by, now): (AccountId, Timestamp),
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO route_photo (id, route, content_type, width, height, bytes, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id.to_string()).bind(route.to_string()).bind(Photo::MEDIA_TYPE)
        .bind(i64::from(photo.width)).bind(i64::from(photo.height)).bind(&photo.bytes[..])
        .bind(now.as_microsecond()).bind(by.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// How many photos a route has.
///
/// # Errors
/// When the database cannot be read.
pub async fn photo_count(tx: &mut Tx, route: RouteId) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM route_photo WHERE route = $1")
        .bind(route.to_string()).fetch_one(conn).await)?)
}

/// A photo.
///
/// # Errors
/// When the database cannot be read.
pub async fn photo(tx: &mut Tx, id: PhotoId) -> Result<Option<StoredPhoto>, DbError> {
    let row: Option<(String, String, Vec<u8>)> = on!(tx, conn =>
        sqlx::query_as("SELECT route, content_type, bytes FROM route_photo WHERE id = $1")
            .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(|(route, content_type, bytes)| Ok(StoredPhoto { route: parsed(&route)?, content_type, bytes }))
        .transpose()
}

/// Whether any published version of a route shows a photo.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_published(tx: &mut Tx, route: RouteId, photo: PhotoId) -> Result<bool, DbError> {
    // An id stands in a design's JSON for the photo alone.
    let pattern = format!("%\"photo_id\":\"{photo}\"%");
    let found: Option<i64> = on!(tx, conn => sqlx::query_scalar(
        "SELECT number FROM route_version WHERE route = $1 AND design LIKE $2 LIMIT 1")
        .bind(route.to_string()).bind(&pattern).fetch_optional(conn).await)?;
    Ok(found.is_some())
}
