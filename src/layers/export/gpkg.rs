//! OGC GeoPackage 1.3: <https://www.geopackage.org/spec130/>.

use serde_json::Value;
use sqlx::{
    AssertSqlSafe, Connection, QueryBuilder, Sqlite, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    catalogue::{FieldKind, Shape},
    geo::{Geometry, MultiPolygon, to_wkb},
    layers::Snapshot,
};

use super::{cell, features};

/// The file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum GpkgError {
    /// By the database library.
    #[error("the GeoPackage could not be written: {0}")]
    Sql(#[from] sqlx::Error),
    /// By the operating system.
    #[error("the GeoPackage could not be written: {0}")]
    Io(#[from] std::io::Error),
}

const WGS84: i32 = 4326;

/// The tables that every GeoPackage has; its application id is "GPKG", its version 1.3.
const SCHEMA: &str = "
    PRAGMA application_id = 1196444487;
    PRAGMA user_version = 10300;
    CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
    CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,
        max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id));
    CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
    INSERT INTO gpkg_spatial_ref_sys VALUES
        ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
        ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
        ('WGS 84 geodetic', 4326, 'EPSG', 4326,
         'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]',
         'longitude/latitude');
";

pub(super) async fn write(snapshot: &Snapshot) -> Result<Vec<u8>, GpkgError> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("layer.gpkg");
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Off)
        .synchronous(SqliteSynchronous::Off);
    let mut file = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql(SCHEMA).execute(&mut file).await?;
    fill(&mut file, snapshot).await?;
    file.close().await?;
    Ok(tokio::fs::read(&path).await?)
}

async fn fill(file: &mut SqliteConnection, snapshot: &Snapshot) -> Result<(), sqlx::Error> {
    let layer = snapshot.layer().layer();
    // Names come from the catalogue; none needs quoting, and quoting is right all the same.
    let table = layer.id.as_str();
    let columns: Vec<(&str, &str)> = std::iter::once(("feature_id", "TEXT"))
        .chain(layer.public_fields().map(|field| (field.name, sql_type(field.kind))))
        .chain(std::iter::once(("datasets", "TEXT")))
        .collect();
    let list = columns.iter().map(|(name, kind)| format!("\"{name}\" {kind}")).collect::<Vec<_>>().join(", ");
    let geometry_type = match layer.shape {
        Shape::Point => "POINT",
        Shape::Line => "LINESTRING",
        Shape::Area => "MULTIPOLYGON",
        Shape::AreaOrPoint => "GEOMETRY",
    };
    let create = format!(
        "CREATE TABLE \"{table}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry_type}, {list})"
    );
    sqlx::query(AssertSqlSafe(create)).execute(&mut *file).await?;
    let said: Vec<&str> = snapshot.datasets().iter().map(|dataset| dataset.attribution.as_str()).collect();
    let bbox = snapshot.bbox();
    sqlx::query("INSERT INTO gpkg_contents VALUES ($1, 'features', $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(table)
        .bind(layer.title.ja)
        .bind(format!("{} {}", layer.description.ja, said.join("; ")))
        .bind(snapshot.modified().moment().strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string())
        .bind(bbox.map(|bbox| bbox.west))
        .bind(bbox.map(|bbox| bbox.south))
        .bind(bbox.map(|bbox| bbox.east))
        .bind(bbox.map(|bbox| bbox.north))
        .bind(WGS84)
        .execute(&mut *file)
        .await?;
    sqlx::query("INSERT INTO gpkg_geometry_columns VALUES ($1, 'geom', $2, $3, 0, 0)")
        .bind(table)
        .bind(geometry_type)
        .bind(WGS84)
        .execute(&mut *file)
        .await?;
    let names = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let insert = format!("INSERT INTO \"{table}\" (geom, {names}) ");
    let mut transaction = file.begin().await?;
    let mut rows = features(snapshot).peekable();
    while rows.peek().is_some() {
        let mut bulk = QueryBuilder::<Sqlite>::new(&insert);
        bulk.push_values(rows.by_ref().take(BULK), |mut row, feature| {
            row.push_bind(geometry(&multi(feature.geometry, layer.shape)));
            for (name, _) in &columns {
                match (*name, feature.properties.get(*name)) {
                    ("feature_id", _) => row.push_bind(feature.id.clone()),
                    (_, Some(Value::Bool(flag))) => row.push_bind(*flag),
                    (_, Some(Value::Number(number))) if number.is_i64() => row.push_bind(number.as_i64()),
                    (_, Some(Value::Number(number))) => row.push_bind(number.as_f64()),
                    (_, Some(value)) => row.push_bind(cell(value)),
                    (_, None) => row.push_bind(None::<String>),
                };
            }
        });
        bulk.build().execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Rows per statement: the widest layer has some thirty columns.
const BULK: usize = 500;

const fn sql_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Integer => "INTEGER",
        FieldKind::Number => "DOUBLE",
        FieldKind::Flag => "BOOLEAN",
        FieldKind::Date => "DATE",
        FieldKind::Text | FieldKind::List | FieldKind::Url | FieldKind::Choice(_) => "TEXT",
    }
}

/// Areas of one layer are all of one type.
fn multi(geometry: Geometry, shape: Shape) -> Geometry {
    match (shape, geometry) {
        (Shape::Area, Geometry::Polygon(area)) => Geometry::MultiPolygon(MultiPolygon(vec![area])),
        (_, other) => other,
    }
}

/// A GeoPackage binary geometry without an envelope (section 2.1.3).
fn geometry(shape: &Geometry) -> Vec<u8> {
    const LITTLE_ENDIAN: u8 = 1;
    let mut bytes = vec![b'G', b'P', 0, LITTLE_ENDIAN];
    bytes.extend_from_slice(&WGS84.to_le_bytes());
    bytes.extend_from_slice(&to_wkb(shape));
    bytes
}
