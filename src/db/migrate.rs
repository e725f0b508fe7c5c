//! Migrations: append-only, the same file names for both engines.

use sqlx::migrate::Migrator;

use super::{Db, DbError, Tx};
use crate::on;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How far a database has been migrated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    /// Migrations that this version of the program knows.
    pub known: usize,
    /// Those of them that the database has.
    pub applied: usize,
    /// Whether the database has migrations that this version does not know: it was used by a newer
    /// one.
    pub newer: bool,
}

/// Brings the database up to date. Doing it twice, or from two processes at once, is harmless.
///
/// # Errors
/// When a migration fails, or was changed after it had been applied.
pub async fn migrate(db: &Db) -> Result<(), DbError> {
    match db {
        Db::Sqlite(db) => {
            // PostgreSQL locks out a second migrator. On SQLite it fails on what the first has just made, is
            // rolled back, and finds it done when it looks again.
            let mut attempts = 0;
            while let Err(error) = SQLITE.run(db.writer_pool()).await {
                attempts += 1;
                if attempts == ATTEMPTS {
                    return Err(error.into());
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
        Db::Postgres(db) => POSTGRES.run(db.pool()).await?,
    }
    Ok(())
}

const ATTEMPTS: u32 = 5;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

/// How far the database has been migrated.
///
/// # Errors
/// When it cannot be asked.
pub async fn migration_state(db: &Db) -> Result<MigrationState, DbError> {
    let migrator = match db {
        Db::Sqlite(_) => &SQLITE,
        Db::Postgres(_) => &POSTGRES,
    };
    let applied = applied(db).await?;
    let known: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
    Ok(MigrationState {
        known: known.len(),
        applied: applied.iter().filter(|version| known.contains(version)).count(),
        newer: applied.iter().any(|version| !known.contains(version)),
    })
}

/// The versions that were applied. Only looks: a database without the table has none.
async fn applied(db: &Db) -> Result<Vec<i64>, DbError> {
    let mut tx = db.read().await?;
    let tables: i64 = match &mut tx {
        Tx::Sqlite(conn) => {
            sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
                .fetch_one(&mut **conn)
                .await?
        }
        Tx::Postgres(conn) => {
            sqlx::query_scalar(
                "SELECT count(*) FROM pg_tables WHERE tablename = '_sqlx_migrations' AND schemaname = ANY (current_schemas(false))",
            )
            .fetch_one(&mut **conn)
            .await?
        }
    };
    if tables == 0 {
        return Ok(Vec::new());
    }
    Ok(
        on!(&mut tx, conn => sqlx::query_scalar("SELECT version FROM _sqlx_migrations").fetch_all(conn).await)?,
    )
}
