//! Migrations: append-only, the same file names for both engines.

use sqlx::migrate::{Migrate, Migrator};

use super::{Db, DbError};

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
    let (applied, migrator) = match db {
        Db::Sqlite(db) => {
            let mut conn = db.writer_pool().acquire().await?;
            conn.ensure_migrations_table("_sqlx_migrations").await?;
            (conn.list_applied_migrations("_sqlx_migrations").await?, &SQLITE)
        }
        Db::Postgres(db) => {
            let mut conn = db.pool().acquire().await?;
            conn.ensure_migrations_table("_sqlx_migrations").await?;
            (conn.list_applied_migrations("_sqlx_migrations").await?, &POSTGRES)
        }
    };
    let known: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
    Ok(MigrationState {
        known: known.len(),
        applied: applied.iter().filter(|one| known.contains(&one.version)).count(),
        newer: applied.iter().any(|one| !known.contains(&one.version)),
    })
}
