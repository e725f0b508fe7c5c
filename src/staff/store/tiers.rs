//! Tiers and what is mapped to them.

use std::collections::BTreeSet;

use sqlx::FromRow;

use crate::{
    db::{DbError, Tx},
    on,
    staff::model::{Tier, TierId, TierName},
};

#[derive(FromRow)]
struct Row {
    id: String,
    name: String,
    name_en: String,
    name_easy: String,
}

/// All tiers, the highest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn tiers(tx: &mut Tx) -> Result<Vec<Tier>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, name, name_en, name_easy FROM tier ORDER BY rank, id").fetch_all(conn).await)?;
    let grades: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT tier, grade FROM tier_grade ORDER BY grade").fetch_all(conn).await)?;
    Ok(rows
        .into_iter()
        .map(|row| Tier {
            grades: grades
                .iter()
                .filter(|(tier, _)| *tier == row.id)
                .map(|(_, grade)| grade.clone())
                .collect(),
            id: row.id,
            name: TierName { ja: row.name, en: row.name_en, easy: row.name_easy },
        })
        .collect())
}

/// The tier of a 職級.
///
/// # Errors
/// When the database cannot be read.
pub async fn tier_of_grade(tx: &mut Tx, grade: &str) -> Result<Option<TierId>, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT tier FROM tier_grade WHERE grade = $1")
        .bind(grade).fetch_optional(conn).await)?)
}

/// Tiers of which somebody is, or was.
///
/// # Errors
/// When the database cannot be read.
pub async fn tiers_in_use(tx: &mut Tx) -> Result<BTreeSet<TierId>, DbError> {
    let used: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT t.id FROM tier t WHERE EXISTS (SELECT 1 FROM staff_spell p WHERE p.tier = t.id)")
        .fetch_all(conn).await)?;
    Ok(used.into_iter().collect())
}

/// Writes all tiers anew. Those in use must be among them.
///
/// # Errors
/// When the database cannot be written.
pub async fn replace_tiers(tx: &mut Tx, tiers: &[Tier]) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM tier_grade").execute(conn).await.map(|_| ()))?;
    for known in self::tiers(tx).await? {
        if !tiers.iter().any(|tier| tier.id == known.id) {
            on!(tx, conn => sqlx::query("DELETE FROM tier WHERE id = $1").bind(&known.id)
                .execute(conn).await.map(|_| ()))?;
        }
    }
    for (rank, tier) in (1_i64..).zip(tiers) {
        on!(tx, conn => sqlx::query(
            "INSERT INTO tier (id, rank, name, name_en, name_easy) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET rank = excluded.rank, name = excluded.name,
                 name_en = excluded.name_en, name_easy = excluded.name_easy")
            .bind(&tier.id).bind(rank).bind(&tier.name.ja).bind(&tier.name.en).bind(&tier.name.easy)
            .execute(conn).await.map(|_| ()))?;
        for grade in &tier.grades {
            on!(tx, conn => sqlx::query("INSERT INTO tier_grade (grade, tier) VALUES ($1, $2)")
                .bind(grade).bind(&tier.id).execute(conn).await.map(|_| ()))?;
        }
    }
    Ok(())
}
