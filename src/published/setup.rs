//! Makes the schema `published`, and a role that reads it and nothing else.

use crate::{
    catalogue::LayerId,
    db::{Db, DbError, Engine, Tx},
    random::SharedRandom,
};

use super::{
    role::{AnalystPassword, RoleName},
    store::{self, execute, literal, name, pg},
};

/// Why it was not set up. Nothing of it is kept then.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// SQLite has no roles.
    #[error(
        "analysts read PostgreSQL; this database is SQLite. machiaruki export writes files for QGIS instead"
    )]
    Sqlite,
    /// The server has no PostGIS to offer.
    #[error(
        "the database server has no PostGIS. Ask its administrator to install the package (Debian: postgresql-NN-postgis-3), then run this again"
    )]
    NotInstalled,
    /// Somebody else has to do it.
    #[error(
        "the database account of this service may not do this itself. Ask the database administrator to run, in this database:\n\n    {statement}\n\nthen run this again"
    )]
    NeedsAdministrator {
        /// What to run.
        statement: String,
    },
    /// The role is more than a reader.
    #[error("the role {role} {what}: choose another name, or take that away first")]
    UnfitRole {
        /// The role.
        role: RoleName,
        /// What it is.
        what: String,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The version of PostGIS.
    pub postgis: String,
    /// Whether the role was made now.
    pub role_is_new: bool,
    /// The database, for whoever connects.
    pub database: String,
}

/// Makes what is missing; doing it again changes nothing but a password that is given.
///
/// # Errors
/// When something is missing that somebody else has to give, or the role could read more than it should.
pub async fn setup(
    db: &Db,
    role: RoleName,
    password: Option<AnalystPassword>,
    random: &SharedRandom,
) -> Result<Done, SetupError> {
    if db.engine() != Engine::Postgres {
        return Err(SetupError::Sqlite);
    }
    let verifier = password.map(|password| password.verifier(random));
    db.write(move |tx| Box::pin(async move { set_up(tx, role, verifier).await })).await
}

async fn set_up(tx: &mut Tx, role: RoleName, verifier: Option<String>) -> Result<Done, SetupError> {
    let database: String = one(tx, "SELECT current_database()::text").await?;
    if store::postgis(tx).await?.is_none() {
        // In a schema of its own: analysts need no right upon `public`.
        try_to(
            tx,
            "CREATE SCHEMA IF NOT EXISTS postgis; GRANT USAGE ON SCHEMA postgis TO PUBLIC; \
             CREATE EXTENSION postgis SCHEMA postgis;",
        )
        .await?;
    }
    let postgis = store::postgis(tx).await?.ok_or(SetupError::NotInstalled)?;
    if one::<bool>(tx, "SELECT to_regnamespace('published') IS NULL").await? {
        let owner: String = one(tx, "SELECT current_user::text").await?;
        try_to(tx, &format!("CREATE SCHEMA published AUTHORIZATION {};", name(&owner))).await?;
    }
    let role_is_new = make_role(tx, &role, verifier.as_deref()).await?;
    let connection = pg(tx)?;
    execute(connection, "REVOKE ALL ON SCHEMA published FROM PUBLIC".to_owned()).await?;
    store::create_common(connection).await?;
    for layer in LayerId::ALL {
        store::ensure_table(connection, layer, &postgis.schema).await?;
    }
    let reader = name(role.as_str());
    execute(
        connection,
        format!(
            "GRANT USAGE ON SCHEMA published TO {reader};
             GRANT SELECT ON ALL TABLES IN SCHEMA published TO {reader};
             ALTER DEFAULT PRIVILEGES IN SCHEMA published GRANT SELECT ON TABLES TO {reader};"
        ),
    )
    .await?;
    let uses: bool = sqlx::query_scalar("SELECT has_schema_privilege($1::name, $2, 'USAGE')")
        .bind(role.as_str())
        .bind(&postgis.schema)
        .fetch_one(&mut **connection)
        .await
        .map_err(DbError::from)?;
    if !uses {
        try_to(tx, &format!("GRANT USAGE ON SCHEMA {} TO {reader};", name(&postgis.schema))).await?;
    }
    check_reach(tx, &role).await?;
    Ok(Done { postgis: postgis.version, role_is_new, database })
}

async fn make_role(tx: &mut Tx, role: &RoleName, verifier: Option<&str>) -> Result<bool, SetupError> {
    let found: Option<(bool, bool, bool)> = sqlx::query_as(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls, rolname = current_user,
             coalesce(array_to_string(setconfig, ',') LIKE '%statement_timeout=%search_path=%', false)
         FROM pg_roles LEFT JOIN pg_db_role_setting ON setrole = pg_roles.oid
             AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
         WHERE rolname = $1",
    )
    .bind(role.as_str())
    .fetch_optional(&mut **pg(tx)?)
    .await
    .map_err(DbError::from)?;
    let unfit = |what: &str| SetupError::UnfitRole { role: role.clone(), what: what.to_owned() };
    let reader = name(role.as_str());
    let password = verifier.map(|verifier| format!(" PASSWORD {}", literal(verifier)));
    let limits = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";
    match found {
        Some((_, true, _)) => return Err(unfit("is the one that this service itself uses")),
        Some((true, _, _)) => return Err(unfit("has rights upon the whole server")),
        Some(_) => {
            if let Some(password) = &password {
                try_to(tx, &format!("ALTER ROLE {reader}{password};")).await?;
            }
        }
        None => {
            let password = password.unwrap_or_default();
            try_to(tx, &format!("CREATE ROLE {reader} LOGIN {limits}{password};")).await?;
        }
    }
    if !found.is_some_and(|(_, _, has_settings)| has_settings) {
        let database: String = one(tx, "SELECT quote_ident(current_database())").await?;
        let postgis = store::postgis(tx).await?.ok_or(SetupError::NotInstalled)?.schema;
        let set = format!("ALTER ROLE {reader} IN DATABASE {database} SET");
        try_to(
            tx,
            &format!(
                "{set} default_transaction_read_only = on; {set} statement_timeout = '60s'; \
                 {set} idle_in_transaction_session_timeout = '10min'; {set} search_path = published, {};",
                name(&postgis)
            ),
        )
        .await?;
    }
    Ok(found.is_none())
}

/// The role reads nothing but the schema: whatever else was ever granted to it, or to everybody, is named.
async fn check_reach(tx: &mut Tx, role: &RoleName) -> Result<(), SetupError> {
    let more: Vec<String> = sqlx::query_scalar(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
             AND n.nspname NOT LIKE 'pg_toast%'
             AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
             AND (n.nspname <> 'published' AND has_any_column_privilege($1::name, c.oid, 'SELECT')
                 OR has_table_privilege($1::name, c.oid, 'INSERT') OR has_table_privilege($1::name, c.oid, 'UPDATE')
                 OR has_table_privilege($1::name, c.oid, 'DELETE'))
         ORDER BY 1 LIMIT 5",
    )
    .bind(role.as_str())
    .fetch_all(&mut **pg(tx)?)
    .await
    .map_err(DbError::from)?;
    if more.is_empty() {
        return Ok(());
    }
    let what = format!("could reach more than the published tables ({})", more.join(", "));
    Err(SetupError::UnfitRole { role: role.clone(), what })
}

async fn one<T>(tx: &mut Tx, sql: &'static str) -> Result<T, DbError>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    Ok(sqlx::query_scalar(sql).fetch_one(&mut **pg(tx)?).await?)
}

/// Does what may need an administrator; when it does, says what they have to run.
async fn try_to(tx: &mut Tx, statement: &str) -> Result<(), SetupError> {
    match execute(pg(tx)?, statement.to_owned()).await {
        Ok(()) => Ok(()),
        Err(DbError::Sql(sqlx::Error::Database(error))) => match error.code().as_deref() {
            // insufficient_privilege
            Some("42501") => {
                // A verifier is no password, and still not for other people's eyes.
                let shown = statement.split(" PASSWORD ").next().unwrap_or_default();
                let end = if shown.len() < statement.len() {
                    ";  -- and set its password with \\password"
                } else {
                    ""
                };
                Err(SetupError::NeedsAdministrator { statement: format!("{shown}{end}") })
            }
            // undefined_file, feature_not_supported: there is no such extension on the server.
            Some("58P01" | "0A000") => Err(SetupError::NotInstalled),
            _ => Err(DbError::from(sqlx::Error::Database(error)).into()),
        },
        Err(error) => Err(error.into()),
    }
}
