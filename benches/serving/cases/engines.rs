//! The same measurement on a database of each engine.

use anyhow::Context as _;
use machiaruki::db::{DatabaseUrl, Db, Engine};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::runtime::Runtime;

use crate::stage::Stage;

/// Measures on SQLite, in a file of that name, and on PostgreSQL where `MACHIARUKI_TEST_POSTGRES` names a server, in a database that
/// is dropped afterwards.
pub fn on_each(
    stage: &Stage,
    name: &str,
    runtime: &Runtime,
    mut measure: impl FnMut(&DatabaseUrl) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    measure(&DatabaseUrl::Sqlite(stage.folder().join(format!("{name}.sqlite"))))?;
    let Ok(server) = std::env::var("MACHIARUKI_TEST_POSTGRES") else {
        println!("  not measured on PostgreSQL: MACHIARUKI_TEST_POSTGRES is not set");
        return Ok(());
    };
    let database = format!("bench_{name}_{}", std::process::id());
    let (base, _) = server.rsplit_once('/').context("MACHIARUKI_TEST_POSTGRES names no database")?;
    runtime.block_on(execute(&server, &format!("CREATE DATABASE {database}")))?;
    let measured = measure(&format!("{base}/{database}").parse()?);
    runtime.block_on(execute(&server, &format!("DROP DATABASE {database} WITH (FORCE)")))?;
    measured
}

async fn execute(server: &str, statement: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(server).await?;
    sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
    Ok(())
}

/// What an engine is called.
pub fn engine_name(db: &Db) -> &'static str {
    match db.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}
