//! SQL of what is said of councils besides their places: school districts and rules on addresses.

use sqlx::FromRow;

use crate::{
    clock::Date,
    councils::model::{AddressRule, CouncilId, DistrictLink, Links, RuleId, Span},
    db::{DbError, Tx},
    layers::PlaceId,
    on,
    staff::LEFT_OPEN,
};

use super::{corrupt, parsed};

#[derive(FromRow)]
struct LinkRow {
    district: String,
    council: String,
    valid_from: String,
    valid_to: String,
    note: String,
}

#[derive(FromRow)]
struct RuleRow {
    id: String,
    beginning: String,
    council: String,
    valid_from: String,
    valid_to: String,
}

/// A span of days as it is stored: until the day before `valid_to`.
fn span(from: &str, to: &str) -> Result<Span, DbError> {
    let to: Date = parsed(to)?;
    let until = if to == LEFT_OPEN { None } else { Some(to.yesterday().map_err(corrupt)?) };
    Span::new(parsed(from)?, until).ok_or_else(|| corrupt("a span that ends before it begins"))
}

fn valid_to(span: Span) -> String {
    span.until().and_then(|until| until.tomorrow().ok()).unwrap_or(LEFT_OPEN).to_string()
}

/// All that is said, over time.
///
/// # Errors
/// When the database cannot be read.
pub async fn links(tx: &mut Tx) -> Result<Links, DbError> {
    let districts: Vec<LinkRow> = on!(tx, conn => sqlx::query_as(
        "SELECT district, council, valid_from, valid_to, note FROM council_district
         ORDER BY district, valid_from, council").fetch_all(conn).await)?;
    let rules: Vec<RuleRow> = on!(tx, conn => sqlx::query_as(
        "SELECT id, beginning, council, valid_from, valid_to FROM council_address_rule ORDER BY beginning, valid_from, id")
        .fetch_all(conn).await)?;
    let link = |row: LinkRow| {
        Ok(DistrictLink {
            district: parsed(&row.district)?,
            council: if row.council.is_empty() { None } else { Some(parsed(&row.council)?) },
            span: span(&row.valid_from, &row.valid_to)?,
            note: row.note,
        })
    };
    let rule = |row: RuleRow| {
        Ok(AddressRule {
            id: parsed(&row.id)?,
            beginning: row.beginning,
            council: parsed(&row.council)?,
            span: span(&row.valid_from, &row.valid_to)?,
        })
    };
    Ok(Links {
        districts: districts.into_iter().map(link).collect::<Result<_, DbError>>()?,
        rules: rules.into_iter().map(rule).collect::<Result<_, DbError>>()?,
    })
}

fn council_text(council: Option<CouncilId>) -> String {
    council.map_or_else(String::new, |council| council.to_string())
}

/// Says that a council looks after a district from a day on, in place of what was said of that day.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_district_link(tx: &mut Tx, link: &DistrictLink) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO council_district (district, council, valid_from, valid_to, note) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (district, council, valid_from) DO UPDATE SET valid_to = excluded.valid_to, note = excluded.note")
        .bind(link.district.as_str()).bind(council_text(link.council))
        .bind(link.span.from().to_string()).bind(valid_to(link.span)).bind(&link.note)
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Takes back what was said of a district from a day on. Returns whether anything was.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_district_link(
    tx: &mut Tx,
    district: PlaceId,
    council: Option<CouncilId>,
    from: Date,
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "DELETE FROM council_district WHERE district = $1 AND council = $2 AND valid_from = $3")
        .bind(district.as_str()).bind(council_text(council)).bind(from.to_string())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Makes a rule on addresses, or changes it.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_address_rule(tx: &mut Tx, rule: &AddressRule) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO council_address_rule (id, beginning, council, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET beginning = excluded.beginning, council = excluded.council,
             valid_from = excluded.valid_from, valid_to = excluded.valid_to")
        .bind(rule.id.to_string()).bind(&rule.beginning).bind(rule.council.to_string())
        .bind(rule.span.from().to_string()).bind(valid_to(rule.span))
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Takes a rule away. Returns whether there was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_address_rule(tx: &mut Tx, id: RuleId) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query("DELETE FROM council_address_rule WHERE id = $1")
        .bind(id.to_string()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}
