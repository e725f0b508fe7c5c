//! SQL of photos that show visits.

use sqlx::QueryBuilder;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    photo::Photo,
    visits::model::{Outcome, VisitId, VisitPhotoId},
};

use super::{
    ImportedKind,
    imports::{note_import, note_sent},
    parsed,
};

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
    /// Whether it came in a file, and its phone has not sent it.
    pub imported: bool,
}

/// A photo of a visit that is whole.
///
/// # Errors
/// When the database cannot be read.
pub async fn photo(tx: &mut Tx, visit: VisitId, id: VisitPhotoId) -> Result<Option<KeptPhoto>, DbError> {
    let row: Option<(Vec<u8>, i64, Vec<u8>, bool)> = on!(tx, conn => sqlx::query_as(
        "SELECT p.digest, p.total, p.bytes, EXISTS (SELECT 1 FROM visit_import i WHERE i.visit = p.visit
             AND i.kind = 'photo' AND i.item = p.id AND i.sent_at IS NULL)
         FROM visit_photo p WHERE p.visit = $1 AND p.id = $2")
        .bind(visit.to_string()).bind(id.to_string()).fetch_optional(conn).await)?;
    Ok(row.map(|(digest, total, bytes, imported)| KeptPhoto { digest, total, bytes, imported }))
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

/// Keeps a whole photo that its owner's phone sent. One that is there already stays as it is, but for one that came in a file: the
/// phone's own takes its place.
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
    if note_sent(tx, ImportedKind::Photo, &[(visit, id.to_string())], now).await? {
        on!(tx, conn => sqlx::query("DELETE FROM visit_photo WHERE visit = $1 AND id = $2")
            .bind(visit.to_string()).bind(id.to_string()).execute(conn).await.map(|_| ()))?;
    }
    insert(tx, (visit, id), (digest, total), photo, now).await?;
    drop_parts(tx, visit, id).await
}

/// Keeps a whole photo that came in a file, unless one is there already. Whether it is kept now. Parts that the phone has sent
/// stay: it goes on from them.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_imported(
    tx: &mut Tx,
    (visit, id): (VisitId, VisitPhotoId),
    (digest, total): ([u8; 32], i64),
    photo: &Photo,
    (by, now): (AccountId, Timestamp),
) -> Result<bool, DbError> {
    let is_new = insert(tx, (visit, id), (digest, total), photo, now).await?;
    if is_new {
        let item = id.to_string();
        note_import(tx, (visit, ImportedKind::Photo, &item), (by, now), (Outcome::Pending, false)).await?;
    }
    Ok(is_new)
}

async fn insert(
    tx: &mut Tx,
    (visit, id): (VisitId, VisitPhotoId),
    (digest, total): ([u8; 32], i64),
    photo: &Photo,
    now: Timestamp,
) -> Result<bool, DbError> {
    let inserted = on!(tx, conn => sqlx::query(
        "INSERT INTO visit_photo (visit, id, digest, total, width, height, bytes, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (visit, id) DO NOTHING")
        .bind(visit.to_string()).bind(id.to_string()).bind(digest.to_vec()).bind(total)
        .bind(i64::from(photo.width)).bind(i64::from(photo.height)).bind(&photo.bytes[..])
        .bind(now.as_microsecond()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(inserted > 0)
}

/// How far the photos of these visits are; those of which nothing is here are left out. Parts behind a whole one that came in a file
/// do not count.
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
                 FROM visit_photo_part WHERE NOT EXISTS (SELECT 1 FROM visit_photo p
                     WHERE p.visit = visit_photo_part.visit AND p.id = visit_photo_part.photo) AND visit IN (");
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
