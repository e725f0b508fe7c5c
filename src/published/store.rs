//! SQL of the schema `published`. On PostgreSQL alone; every name in it is the program's own.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Postgres, Transaction, raw_sql};

use crate::{
    catalogue::LayerId,
    db::{Db, DbError, Tx},
    geo::to_wkb,
    layers::{Dataset, Feature, LayerState},
};

use super::columns::{Column, columns, definition};

/// One server at a time fills the tables.
const LOCK: i64 = 7_237_121;
/// Features per statement.
const BULK: usize = 500;

type Pg = Transaction<'static, Postgres>;

/// The transaction, which is on PostgreSQL.
pub(super) fn pg(tx: &mut Tx) -> Result<&mut Pg, DbError> {
    match tx {
        Tx::Postgres(transaction) => Ok(transaction),
        Tx::Sqlite(_) => Err(DbError::Corrupt("only PostgreSQL has a schema for analysts".into())),
    }
}

/// Runs statements of the program's own.
pub(super) async fn execute(tx: &mut Pg, sql: String) -> Result<(), DbError> {
    raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await?;
    Ok(())
}

/// A text within a statement.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name within a statement.
pub(super) fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Where PostGIS is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postgis {
    /// The schema in which the extension was made.
    pub schema: String,
    /// Its version.
    pub version: String,
}

/// Where PostGIS is; `None` when the database does not have it.
///
/// # Errors
/// When the database cannot be asked, or is not on PostgreSQL.
pub async fn postgis(tx: &mut Tx) -> Result<Option<Postgis>, DbError> {
    let row: Option<(String, String)> = sqlx::query_as(
        "SELECT n.nspname::text, e.extversion FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
         WHERE e.extname = 'postgis'",
    )
    .fetch_optional(&mut **pg(tx)?)
    .await?;
    Ok(row.map(|(schema, version)| Postgis { schema, version }))
}

/// Whether the schema has been set up.
///
/// # Errors
/// When the database cannot be asked, or is not on PostgreSQL.
pub async fn is_set_up(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar("SELECT to_regclass('published.layers') IS NOT NULL")
        .fetch_one(&mut **pg(tx)?)
        .await?)
}

/// A layer as analysts see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Published {
    pub(super) layer: String,
    pub(super) version: i64,
    pub(super) instance: String,
    pub(super) definition: String,
}

/// Every layer that analysts see.
pub(super) async fn published(tx: &mut Tx) -> Result<Vec<Published>, DbError> {
    Ok(sqlx::query_as("SELECT layer, version, instance, definition FROM published.layers")
        .fetch_all(&mut **pg(tx)?)
        .await?)
}

/// The version of every layer that analysts see.
///
/// # Errors
/// When the database cannot be asked, or the schema has not been set up.
pub async fn published_versions(db: &Db) -> Result<Vec<(String, i64)>, DbError> {
    let mut tx = db.read().await?;
    Ok(published(&mut tx).await?.into_iter().map(|row| (row.layer, row.version)).collect())
}

/// Takes the turn until the transaction ends; `false` when another server has it.
pub(super) async fn try_lock(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1)")
        .bind(LOCK)
        .fetch_one(&mut **pg(tx)?)
        .await?)
}

/// The tables that say what there is.
pub(super) async fn create_common(tx: &mut Pg) -> Result<(), DbError> {
    execute(
        tx,
        "CREATE TABLE IF NOT EXISTS published.layers (
             layer text PRIMARY KEY, title text NOT NULL, version bigint NOT NULL, instance text NOT NULL,
             definition text NOT NULL, features bigint NOT NULL, changed_at timestamptz,
             published_at timestamptz NOT NULL);
         CREATE TABLE IF NOT EXISTS published.datasets (
             id text PRIMARY KEY, layer text NOT NULL, title text NOT NULL, source text NOT NULL, source_url text,
             licence text NOT NULL, licence_url text, attribution text NOT NULL, as_of date, steward text NOT NULL,
             refresh_days bigint, last_confirmed date, sample boolean NOT NULL, features bigint NOT NULL,
             vanished bigint NOT NULL);
         COMMENT ON TABLE published.layers IS 'レイヤの一覧と更新日時';
         COMMENT ON TABLE published.datasets IS '出典とライセンス。地図や表を公開するときは attribution を表示してください';"
            .to_owned(),
    )
    .await
}

/// Makes a layer's table, or brings it to what this release publishes. What is no longer public goes, with
/// all that analysts built upon it.
pub(super) async fn ensure_table(tx: &mut Pg, layer: LayerId, postgis: &str) -> Result<(), DbError> {
    let (columns, title) = (columns(layer), layer.layer().title.ja);
    let table = format!("published.{}", name(layer.as_str()));
    let known: Vec<(String, String)> = sqlx::query_as(
        "SELECT a.attname::text, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
         WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped",
    )
    .bind(&table)
    .fetch_all(&mut **tx)
    .await?;
    execute(tx, statements(&table, &columns, title, &known, postgis).join("; ")).await
}

/// What brings a table, which has the `known` columns with their types, to these columns.
fn statements(
    table: &str,
    columns: &[Column],
    title: &str,
    known: &[(String, String)],
    postgis: &str,
) -> Vec<String> {
    let mut statements = Vec::new();
    if known.is_empty() {
        let list: Vec<String> =
            columns.iter().map(|column| format!("{} {}", name(column.name), column.kind)).collect();
        statements.push(format!(
            "CREATE TABLE {table} ({}, geometry {}.geometry(Geometry, 4326) NOT NULL, PRIMARY KEY (id))",
            list.join(", "),
            name(postgis)
        ));
        statements.push(format!("CREATE INDEX ON {table} USING gist (geometry)"));
    } else {
        let surplus = known.iter().filter(|(column, kind)| {
            column != "geometry" && !columns.iter().any(|wanted| wanted.name == column && wanted.kind == kind)
        });
        statements.extend(
            surplus.map(|(column, _)| format!("ALTER TABLE {table} DROP COLUMN {} CASCADE", name(column))),
        );
        let missing = columns.iter().filter(|wanted| {
            !known.iter().any(|(column, kind)| wanted.name == column && wanted.kind == kind)
        });
        statements.extend(
            missing.map(|wanted| {
                format!("ALTER TABLE {table} ADD COLUMN {} {}", name(wanted.name), wanted.kind)
            }),
        );
    }
    statements.push(format!("COMMENT ON TABLE {table} IS {}", literal(title)));
    statements.extend(columns.iter().map(|column| {
        format!("COMMENT ON COLUMN {table}.{} IS {}", name(column.name), literal(column.label))
    }));
    statements
}

/// What is to be written of a layer.
pub(super) struct LayerUpdate<'u> {
    pub(super) layer: LayerId,
    /// Whether these are all features, not only those that changed.
    pub(super) whole: bool,
    pub(super) features: &'u [Feature],
    pub(super) state: &'u LayerState,
    pub(super) instance: &'u str,
    pub(super) postgis: &'u str,
}

/// Writes a layer's features, its datasets and its version.
pub(super) async fn apply(tx: &mut Pg, update: &LayerUpdate<'_>) -> Result<(), DbError> {
    let (layer, columns) = (update.layer, columns(update.layer));
    let table = format!("published.{}", name(layer.as_str()));
    if update.whole {
        ensure_table(tx, layer, update.postgis).await?;
        execute(tx, format!("DELETE FROM {table}")).await?;
    }
    let upsert = upsert(&table, &columns, update.postgis);
    for bulk in update.features.chunks(BULK) {
        let rows: Vec<Value> = bulk.iter().map(|feature| row(feature, &columns)).collect();
        sqlx::query(AssertSqlSafe(upsert.clone()))
            .bind(Value::Array(rows).to_string())
            .execute(&mut **tx)
            .await?;
    }
    save_datasets(tx, layer, &update.state.datasets).await?;
    let count = format!("SELECT count(*) FROM {table}");
    let features: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut **tx).await?;
    sqlx::query(
        "INSERT INTO published.layers (layer, title, version, instance, definition, features, changed_at, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7::timestamptz, now())
         ON CONFLICT (layer) DO UPDATE SET title = excluded.title, version = excluded.version,
             instance = excluded.instance, definition = excluded.definition, features = excluded.features,
             changed_at = excluded.changed_at, published_at = excluded.published_at",
    )
    .bind(layer.as_str())
    .bind(layer.layer().title.ja)
    .bind(update.state.version)
    .bind(update.instance)
    .bind(definition(&columns))
    .bind(features)
    .bind(update.state.changed_at.map(|at| at.to_string()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn upsert(table: &str, columns: &[Column], postgis: &str) -> String {
    let names: Vec<String> = columns.iter().map(|column| name(column.name)).collect();
    let typed: Vec<String> =
        columns.iter().map(|column| format!("{} {}", name(column.name), column.kind)).collect();
    let set: Vec<String> =
        names.iter().skip(1).map(|column| format!("{column} = excluded.{column}")).collect();
    format!(
        "INSERT INTO {table} ({names}, geometry)
         SELECT {names}, {postgis}.ST_GeomFromWKB(decode(wkb, 'hex'), 4326)
         FROM jsonb_to_recordset($1::jsonb) AS feature({typed}, wkb text)
         ON CONFLICT (id) DO UPDATE SET {set}, geometry = excluded.geometry",
        names = names.join(", "),
        typed = typed.join(", "),
        set = set.join(", "),
        postgis = name(postgis),
    )
}

/// A feature as a record: the columns' names and nothing else.
fn row(feature: &Feature, columns: &[Column]) -> Value {
    let mut row = serde_json::Map::with_capacity(columns.len() + 2);
    for column in columns {
        if let Some(value) = feature.properties.get(column.name) {
            row.insert(column.name.to_owned(), value.clone());
        }
    }
    row.insert("id".to_owned(), feature.id.as_str().into());
    row.entry("sample").or_insert(Value::Bool(false));
    let wkb = to_wkb(&feature.geometry);
    let mut hex = String::with_capacity(wkb.len() * 2);
    for byte in wkb {
        // Writing into a string cannot fail.
        let _ = std::fmt::Write::write_fmt(&mut hex, format_args!("{byte:02x}"));
    }
    row.insert("wkb".to_owned(), hex.into());
    Value::Object(row)
}

async fn save_datasets(tx: &mut Pg, layer: LayerId, datasets: &[Dataset]) -> Result<(), DbError> {
    let rows: Vec<Value> = datasets
        .iter()
        .map(|dataset| {
            json!({
                "id": dataset.id, "title": dataset.title, "source": dataset.source,
                "source_url": dataset.source_url, "licence": dataset.licence, "licence_url": dataset.licence_url,
                "attribution": dataset.attribution, "as_of": dataset.as_of.map(|day| day.to_string()),
                "steward": dataset.steward, "refresh_days": dataset.refresh_days,
                "last_confirmed": dataset.last_confirmed.map(|day| day.to_string()),
                "sample": dataset.sample, "features": dataset.feature_count, "vanished": dataset.vanished_count,
            })
        })
        .collect();
    sqlx::query("DELETE FROM published.datasets WHERE layer = $1")
        .bind(layer.as_str())
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "INSERT INTO published.datasets (layer, id, title, source, source_url, licence, licence_url, attribution, as_of,
             steward, refresh_days, last_confirmed, sample, features, vanished)
         SELECT $1, id, title, source, source_url, licence, licence_url, attribution, as_of, steward, refresh_days,
             last_confirmed, sample, features, vanished
         FROM jsonb_to_recordset($2::jsonb) AS dataset(id text, title text, source text, source_url text, licence text,
             licence_url text, attribution text, as_of date, steward text, refresh_days bigint, last_confirmed date,
             sample boolean, features bigint, vanished bigint)",
    )
    .bind(layer.as_str())
    .bind(Value::Array(rows).to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
