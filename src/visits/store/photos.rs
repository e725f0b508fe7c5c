//! SQL of photos that show visits.

use sqlx::QueryBuilder;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    photo::Photo,
    visits::model::{VisitId, VisitPhotoId},
};

use super::parsed;

/// How far a photo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoState {
    /// How many bytes are here, from the first on without a gap.
    pub received: i64,
    /// How many there are in all; none while nothing is here.
    pub total: Option<i64>,
    /// Whether it is whole and kept.
    pub complete: bool,
}

/// A photo that is kept.
#[derive(Clone, Debug)]
pub struct KeptPhoto {
    /// SHA-256 of the file as it was sent.
    pub digest: Vec<u8>,
    /// The file's length as it was sent, in bytes.
    pub total: i64,
    /// The photo as it is shown.
    pub bytes: Vec<u8>,
}

/// A photo of a visit that is whole.
///
/// # Errors
/// When the database cannot be read.
pub async fn photo(tx: &mut Tx, visit: VisitId, id: VisitPhotoId) -> Result<Option<KeptPhoto>, DbError> {
    let row: Option<(Vec<u8>, i64, Vec<u8>)> = on!(tx, conn =>
        sqlx::query_as("SELECT digest, total, bytes FROM visit_photo WHERE visit = $1 AND id = $2")
            .bind(visit.to_string()).bind(id.to_string()).fetch_optional(conn).await)?;
    Ok(row.map(|(digest, total, bytes)| KeptPhoto { digest, total, bytes }))
}

/// Adds a part of a photo, which begins where the last one ended. Parts of a file of another length go first.
///
/// # Errors
/// When the database cannot be written.
pub async fn add_part(
    tx: &mut Tx,
    (visit, id): (VisitId, VisitPhotoId),
    (start, total): (i64, i64),
    bytes: &[u8],
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "DELETE FROM visit_photo_part WHERE visit = $1 AND photo = $2 AND (total <> $3 OR start >= $4)")
        .bind(visit.to_string()).bind(id.to_string()).bind(total).bind(start).execute(conn).await.map(|_| ()))?;
    on!(tx, conn => sqlx::query(
        "INSERT INTO visit_photo_part (visit, photo, start, total, bytes, received_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(visit.to_string()).bind(id.to_string()).bind(start).bind(total).bind(bytes)
        .bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// The file as far as it is here, and its length in all.
///
/// # Errors
/// When the database cannot be read.
pub async fn parts(tx: &mut Tx, visit: VisitId, id: VisitPhotoId) -> Result<(Vec<u8>, Option<i64>), DbError> {
    let rows: Vec<(i64, i64, Vec<u8>)> = on!(tx, conn => sqlx::query_as(
        "SELECT start, total, bytes FROM visit_photo_part WHERE visit = $1 AND photo = $2 ORDER BY start")
        .bind(visit.to_string()).bind(id.to_string()).fetch_all(conn).await)?;
    let total = rows.first().map(|(_, total, _)| *total);
    let mut file = Vec::new();
    for (start, _, bytes) in rows {
        if start != file.len() as i64 {
            break;
        }
        file.extend(bytes);
    }
    Ok((file, total))
}

/// Throws away the parts of a photo.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_parts(tx: &mut Tx, visit: VisitId, id: VisitPhotoId) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM visit_photo_part WHERE visit = $1 AND photo = $2")
        .bind(visit.to_string()).bind(id.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Keeps a whole photo. One that is there already stays as it is.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep(
    tx: &mut Tx,
    (visit, id): (VisitId, VisitPhotoId),
    (digest, total): ([u8; 32], i64),
    photo: &Photo,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO visit_photo (visit, id, digest, total, width, height, bytes, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (visit, id) DO NOTHING")
        .bind(visit.to_string()).bind(id.to_string()).bind(digest.to_vec()).bind(total)
        .bind(i64::from(photo.width)).bind(i64::from(photo.height)).bind(&photo.bytes[..])
        .bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    drop_parts(tx, visit, id).await
}

/// How far the photos of these visits are; those of which nothing is here are left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn photo_states(
    tx: &mut Tx,
    visits: &[VisitId],
) -> Result<Vec<(VisitId, VisitPhotoId, PhotoState)>, DbError> {
    let mut found = Vec::new();
    for bulk in visits.chunks(400) {
        let rows: Vec<(String, String, i64, i64, bool)> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT visit, id, total AS received, total, TRUE AS complete FROM visit_photo WHERE visit IN (");
            let mut list = query.separated(", ");
            for visit in bulk {
                list.push_bind(visit.to_string());
            }
            query.push(
                ") UNION ALL SELECT visit, photo, CAST(sum(length(bytes)) AS BIGINT), max(total), FALSE
                 FROM visit_photo_part WHERE visit IN (");
            let mut list = query.separated(", ");
            for visit in bulk {
                list.push_bind(visit.to_string());
            }
            query.push(") GROUP BY visit, photo");
            query.build_query_as().fetch_all(conn).await
        })?;
        for (visit, id, received, total, complete) in rows {
            let state = PhotoState { received, total: Some(total), complete };
            found.push((parsed(&visit)?, parsed(&id)?, state));
        }
    }
    Ok(found)
}
