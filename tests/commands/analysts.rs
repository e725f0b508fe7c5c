//! `analysts setup`: the layers for QGIS on PostgreSQL.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions};

use crate::support::{Ward, csv, eventually};

fn ask(url: &str, sql: &str) -> i64 {
    let run = async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.unwrap()
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run)
}

fn texts(url: &str, sql: &str) -> Vec<String> {
    let run = async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await.unwrap()
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run)
}

/// Runs statements as the server's administrator.
fn run_as(url: &str, sql: &str) {
    let run = async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        connection.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await.unwrap();
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run);
}

#[test]
fn a_role_is_made_and_reads_what_serve_keeps_up_to_date() {
    let Some(ward) = Ward::on_postgres() else { return };
    let role = format!("analyst_commands_{}", std::process::id());
    let refused = ward.run(&["analysts", "setup", "--role", &role]).refused();
    assert!(refused.contains("run machiaruki migrate first"), "{refused}");
    ward.file("s.csv", csv(&["芝小学校"]));
    ward.stored("schools", "s.csv", &[]);
    let said = ward.run(&["doctor"]).ok().out;
    assert!(
        said.contains("note  analysts: PostGIS is missing") && said.contains("analysts setup --role NAME"),
        "{said}"
    );

    let refused = ward.run(&["analysts", "setup", "--role", "Not A Name"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    ward.file("short", "short\n");
    let refused = ward.run(&["analysts", "setup", "--role", &role, "--password-file", "short"]).refused();
    assert!(refused.contains("12 to 200"), "{refused}");
    ward.file("password", "correct horse battery\n");
    let ran = ward.run(&["analysts", "setup", "--role", &role, "--password-file", "password"]).ok();
    assert!(
        ran.out.contains(&format!("role {role}: made")) && ran.out.contains("11 layer(s) written"),
        "{ran:?}"
    );
    assert!(!format!("{ran:?}").contains("horse"), "{ran:?}");
    let again = ward.run(&["analysts", "setup", "--role", &role]).ok().out;
    assert!(again.contains("was there already") && again.contains("0 layer(s) written"), "{again}");
    let said = ward.run(&["doctor"]).ok().out;
    assert!(said.contains("ok    analysts: PostGIS 3") && said.contains("11 layer(s) published"), "{said}");

    let analyst = ward.url.replace("postgres@", &format!("{role}@"));
    let schools = "SELECT count(*) FROM published.schools";
    assert_eq!(ask(&analyst, schools), 1);
    let _server = ward.serve();
    ward.file("s.csv", csv(&["芝小学校", "赤羽小学校"]));
    ward.stored("schools", "s.csv", &[]);
    let took = eventually("the import in the table", Duration::from_secs(20), || ask(&analyst, schools) == 2);
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// What a connection with that password says of a statement: an error's code, or how many rows there are.
fn try_with(url: &str, password: Option<&str>, sql: &str) -> Result<usize, String> {
    let run = async {
        let options: PgConnectOptions = url.parse().unwrap();
        // Their sessions only read, which they could change.
        let options = options.options([("default_transaction_read_only", "off")]);
        let options = if let Some(password) = password { options.password(password) } else { options };
        let mut connection = PgConnection::connect_with(&options).await.map_err(|error| code(&error))?;
        let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await;
        rows.map(|rows| rows.len()).map_err(|error| code(&error))
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run)
}

fn code(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.code().unwrap_or_default().into_owned(),
        other => other.to_string(),
    }
}

#[test]
fn an_analyst_signs_in_by_password_and_reads_nothing_else() {
    let Some(ward) = Ward::on_postgres() else { return };
    let role = format!("analyst_password_{}", std::process::id());
    ward.file("s.csv", csv(&["芝小学校"]));
    ward.stored("schools", "s.csv", &[]);
    ward.file("password", "correct horse battery\n");
    ward.run(&["analysts", "setup", "--role", &role, "--password-file", "password"]).ok();
    // The server's rule for this role is SCRAM: nobody gets in without the password.
    run_as(&ward.url, &format!("GRANT asked_for_password TO {role}"));
    let analyst = ward.url.replace("postgres@", &format!("{role}@"));
    let schools = "SELECT * FROM published.schools";
    for wrong in [None, Some("correct horse batter"), Some("")] {
        let refused = try_with(&analyst, wrong, schools).unwrap_err();
        assert!(refused == "28P01" || refused.to_lowercase().contains("password"), "{wrong:?}: {refused}");
    }
    let with = |sql: &str| try_with(&analyst, Some("correct horse battery"), sql);
    assert_eq!(with(schools), Ok(1));
    assert_eq!(with("SELECT * FROM published.datasets"), Ok(1));
    // Whatever else there is: no reading, no writing, no making.
    let tables = "SELECT table_schema || '.' || table_name FROM information_schema.tables
         WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'published')";
    let tables = texts(&ward.url, tables);
    assert!(tables.contains(&"public.staff_spell".to_owned()) && tables.len() > 20, "{tables:?}");
    for table in tables.iter().filter(|table| !table.ends_with(".spatial_ref_sys")) {
        assert_eq!(with(&format!("SELECT * FROM {table}")), Err("42501".to_owned()), "{table}");
    }
    for sql in [
        "DELETE FROM published.schools",
        "UPDATE published.schools SET name = 'x'",
        "CREATE TABLE published.mine (id int)",
        "CREATE TABLE public.mine (id int)",
    ] {
        assert_eq!(with(sql), Err("42501".to_owned()), "{sql}");
    }
    run_as(&ward.url, &format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn on_sqlite_the_way_for_qgis_is_named() {
    let ward = Ward::new();
    ward.run(&["migrate"]).ok();
    let refused = ward.run(&["analysts", "setup", "--role", "analyst"]).refused();
    assert!(refused.contains("machiaruki export"), "{refused}");
    assert!(!ward.run(&["doctor"]).ok().out.contains("analysts"));
}
