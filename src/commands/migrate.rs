//! `machiaruki migrate`.

use anyhow::Context as _;
use clap::Args;

use crate::{
    config::DatabaseConfig,
    db::{Db, migrate, migration_state},
};

/// Bring a database up to date.
#[derive(Args, Debug)]
pub struct Migrate {
    #[command(flatten)]
    database: DatabaseConfig,
}

impl Migrate {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let url = &self.database.database_url;
        let db = Db::open(url).await.with_context(|| format!("cannot open {url}"))?;
        let before = migration_state(&db).await?;
        anyhow::ensure!(!before.newer, "{url} was used by a newer release of machiaruki: run that one");
        migrate(&db).await?;
        let after = migration_state(&db).await?;
        println!("{url}: {} new migration(s), {} in all", after.applied - before.applied, after.applied);
        db.close().await;
        Ok(())
    }
}
