//! `machiaruki analysts`: a role for QGIS on PostgreSQL.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::{
    app::{system_clock, system_random},
    config::DatabaseConfig,
    places::{PlacesSource, Purpose, installation},
    published::{AnalystPassword, Mirror, RoleName, setup},
};

use super::open_current;

/// Let analysts read the public layers with QGIS (PostgreSQL only).
#[derive(Args, Debug)]
pub struct Analysts {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make the schema `published` and a role that reads it and nothing else; doing it again is harmless
    Setup {
        #[command(flatten)]
        database: DatabaseConfig,
        /// The role to make
        #[arg(long, value_name = "NAME")]
        role: RoleName,
        /// A file with the role's password on its first line; without it the role is made without one
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

impl Analysts {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let What::Setup { database, role, password_file } = self.what;
        let password = match &password_file {
            Some(file) => {
                let text = std::fs::read_to_string(file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                let line = text.lines().next().unwrap_or_default();
                Some(AnalystPassword::new(line).with_context(|| format!("in {}", file.display()))?)
            }
            None => None,
        };
        let url = &database.database_url;
        let db = open_current(&database).await?;
        let done = setup(&db, role.clone(), password, &system_random()).await?;
        let installation = installation(&db, Purpose::Ward, system_clock().now()).await?;
        let source = PlacesSource::new(db.clone(), &installation);
        let written = Mirror::new(db.clone(), Arc::clone(&source) as _).refresh().await?;
        println!("PostGIS {}", done.postgis);
        println!(
            "role {role}: {}; it reads the schema published and nothing else",
            if done.role_is_new { "made" } else { "was there already" }
        );
        if done.role_is_new && password_file.is_none() {
            println!("it has no password yet: set one with --password-file, or let pg_hba.conf decide");
        }
        println!("{} layer(s) written; serve keeps them up to date", written.layers.len());
        println!(
            "QGIS: a PostgreSQL connection to {url}, user {role}, schema published. See docs/analysts.md"
        );
        db.close().await;
        Ok(())
    }
}
