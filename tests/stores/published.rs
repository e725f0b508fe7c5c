//! The analysts' schema on PostgreSQL: the public layers as the snapshots have them, and nothing else.

use std::{
    collections::BTreeMap,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use machiaruki::{
    app::{App, prepare, system_random},
    auth::Surface,
    catalogue::LayerId,
    clock::Clock as _,
    commands::seed,
    db::{DatabaseUrl, Db},
    geo::to_wkb,
    layers::{Feature, Publisher, Source as _},
    places::{ImportOptions, PlacesSource, Purpose, installation},
    published::{AnalystPassword, Mirror, RoleName, SetupError, columns, postgis, setup},
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::support::{TestDb, databases, unmigrated};

/// A role of the test's own: roles belong to the whole server.
fn role() -> RoleName {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("analyst_{}_{number}", std::process::id()).parse().unwrap()
}

fn options(test: &TestDb) -> PgConnectOptions {
    match &test.url {
        DatabaseUrl::Postgres(options) => (**options).clone(),
        DatabaseUrl::Sqlite(_) => unreachable!("a test on PostgreSQL"),
    }
}

async fn on_postgres() -> Option<TestDb> {
    databases().await.into_iter().nth(1)
}

async fn source(test: &TestDb, purpose: Purpose) -> Arc<PlacesSource> {
    PlacesSource::new(test.db.clone(), &installation(&test.db, purpose, test.clock.now()).await.unwrap())
}

async fn admin(test: &TestDb) -> PgConnection {
    options(test).connect().await.unwrap()
}

async fn execute(connection: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.map(|_| ())
}

async fn count(connection: &mut PgConnection, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(connection).await.unwrap()
}

/// The demo ward, set up for analysts.
async fn demo() -> Option<(TestDb, RoleName)> {
    let test = unmigrated().await.into_iter().nth(1)?;
    let clock = test.shared_clock();
    prepare(&test.db, &clock, Purpose::Demo).await.unwrap();
    seed(&test.db, &clock, &system_random()).await.unwrap();
    let role = role();
    let done = setup(&test.db, role.clone(), None, &system_random()).await.unwrap();
    assert!(done.role_is_new && done.postgis.starts_with('3'));
    let written = Mirror::new(test.db.clone(), source(&test, Purpose::Demo).await).refresh().await.unwrap();
    assert_eq!(written.layers.len(), LayerId::ALL.len());
    Some((test, role))
}

async fn drop_role(test: &TestDb, role: &RoleName) {
    let mut admin = admin(test).await;
    execute(&mut admin, &format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
}

#[tokio::test]
async fn tables_hold_what_the_snapshots_hold() {
    let Some((test, role)) = demo().await else { return };
    let source = source(&test, Purpose::Demo).await;
    let publisher = Publisher::start(source.clone(), test.shared_clock()).await.unwrap();
    let mut analyst = options(&test).username(role.as_str()).connect().await.unwrap();
    let today = test.clock.today();
    for layer in LayerId::ALL {
        let mut features: Vec<Feature> = Vec::new();
        let state = source.read(layer, 0, &mut |feature| features.push(feature)).await.unwrap();
        features.sort_by_key(|feature| feature.id);
        let in_force = format!(
            "SELECT count(*) FROM published.{layer} WHERE (valid_from IS NULL OR valid_from <= '{today}')
                 AND (retired_on IS NULL OR retired_on > '{today}')"
        );
        let snapshot = publisher.layers().get(layer);
        assert_eq!(count(&mut analyst, &in_force).await as usize, snapshot.len(), "{layer}");

        let sql = format!(
            "SELECT id, ST_AsBinary(geometry, 'NDR'), ST_SRID(geometry), (to_jsonb(t) - 'geometry')::text
             FROM published.{layer} t ORDER BY id COLLATE \"C\""
        );
        let rows: Vec<(String, Vec<u8>, i32, String)> =
            sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut analyst).await.unwrap();
        assert_eq!(rows.len(), features.len(), "{layer}");
        for ((id, wkb, srid, json), feature) in rows.into_iter().zip(features) {
            assert_eq!((id.as_str(), srid), (feature.id.as_str(), 4326));
            assert!(wkb == to_wkb(&feature.geometry), "{layer} {id} has moved");
            let mut row: serde_json::Value = serde_json::from_str(&json).unwrap();
            let row = row.as_object_mut().unwrap();
            row.retain(|name, value| !value.is_null() && name != "id");
            let mut wanted = feature.properties.clone();
            wanted.entry("sample").or_insert(false.into());
            wanted.retain(|_, value| !value.is_null());
            for (name, value) in &wanted {
                match (value.as_f64(), row.get(name).and_then(serde_json::Value::as_f64)) {
                    (Some(wanted), Some(found)) => assert!((wanted - found).abs() < f64::EPSILON),
                    _ => assert_eq!(Some(value), row.get(name), "{layer} {id} {name}"),
                }
            }
            assert_eq!(row.len(), wanted.len(), "{layer} {id}");
        }
        let said: (i64, i64) = sqlx::query_as(
            "SELECT version, (SELECT count(*) FROM published.datasets d WHERE d.layer = l.layer)
             FROM published.layers l WHERE layer = $1",
        )
        .bind(layer.as_str())
        .fetch_one(&mut analyst)
        .await
        .unwrap();
        assert_eq!(said, (state.version, state.datasets.len() as i64), "{layer}");
    }
    let unsaid = "SELECT count(*) FROM published.datasets WHERE attribution = '' OR licence = ''";
    assert_eq!(count(&mut analyst, unsaid).await, 0);
    analyst.close().await.unwrap();
    drop_role(&test, &role).await;
}

#[tokio::test]
async fn the_role_reads_the_published_tables_and_nothing_else() {
    let Some((test, role)) = demo().await else { return };
    let mut analyst = options(&test).username(role.as_str()).connect().await.unwrap();
    // As an administrator sees them: the role might not.
    let tables: Vec<(String, String)> = sqlx::query_as(
        "SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
             AND n.nspname NOT LIKE 'pg_toast%'
             AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')",
    )
    .fetch_all(&mut admin(&test).await)
    .await
    .unwrap();
    let mut tried = BTreeMap::new();
    for (schema, table) in &tables {
        let table = format!("\"{schema}\".\"{table}\"");
        let read = execute(&mut analyst, &format!("SELECT * FROM {table} LIMIT 1")).await;
        assert_eq!(read.is_ok(), schema == "published", "{table}: {read:?}");
        if let Err(sqlx::Error::Database(error)) = &read {
            assert_eq!(error.code().as_deref(), Some("42501"), "{table}");
        }
        for change in [format!("DELETE FROM {table}"), format!("DROP TABLE {table}")] {
            execute(&mut analyst, "SET default_transaction_read_only = off").await.unwrap();
            assert!(execute(&mut analyst, &change).await.is_err(), "{change}");
        }
        *tried.entry(schema.as_str()).or_insert(0) += 1;
    }
    assert_eq!(tried["published"], LayerId::ALL.len() + 2);
    assert!(tried["public"] > 15, "{tried:?}");
    for making in [
        "CREATE TABLE published.mine (a int)",
        "CREATE TABLE public.mine (a int)",
        "CREATE SCHEMA mine",
        "SET ROLE postgres",
        "CREATE ROLE mine",
    ] {
        assert!(execute(&mut analyst, making).await.is_err(), "{making}");
    }
    analyst.close().await.unwrap();
    let mut analyst = options(&test).username(role.as_str()).connect().await.unwrap();
    for (setting, value) in [("statement_timeout", "1min"), ("default_transaction_read_only", "on")] {
        let sql = format!("SHOW {setting}");
        let found: String = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut analyst).await.unwrap();
        assert_eq!(found, value, "{setting}");
    }
    // A table that a later release makes is no different.
    execute(
        &mut admin(&test).await,
        "CREATE TABLE public.later (secret text); CREATE TABLE published.later (open text)",
    )
    .await
    .unwrap();
    assert!(execute(&mut analyst, "SELECT * FROM public.later").await.is_err());
    execute(&mut analyst, "SELECT * FROM published.later").await.unwrap();
    analyst.close().await.unwrap();
    drop_role(&test, &role).await;
}

#[tokio::test]
async fn no_table_outside_the_schema_has_a_geometry_column() {
    let Some((test, role)) = demo().await else { return };
    let outside: Vec<String> = sqlx::query_scalar(
        "SELECT table_schema || '.' || table_name || '.' || column_name FROM information_schema.columns
         WHERE udt_name IN ('geometry', 'geography', 'raster', 'box2d', 'box3d', 'point', 'polygon', 'path', 'line', 'lseg')
             AND table_schema NOT IN ('published', 'pg_catalog')",
    )
    .fetch_all(&mut admin(&test).await)
    .await
    .unwrap();
    assert!(outside.is_empty(), "{outside:?}");
    let inside = "SELECT count(*) FROM information_schema.columns WHERE udt_name = 'geometry' AND table_schema = 'published'";
    assert_eq!(count(&mut admin(&test).await, inside).await as usize, LayerId::ALL.len());
    let indexed = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'published' AND indexdef LIKE '%USING gist (geometry)%'";
    assert_eq!(count(&mut admin(&test).await, indexed).await as usize, LayerId::ALL.len());
    // Nor does anything of persons get in by another way: the columns are the catalogue's.
    for layer in LayerId::ALL {
        let found: Vec<String> = sqlx::query_scalar(
            "SELECT column_name::text FROM information_schema.columns
             WHERE table_schema = 'published' AND table_name = $1 AND column_name <> 'geometry' ORDER BY ordinal_position")
            .bind(layer.as_str()).fetch_all(&mut admin(&test).await).await.unwrap();
        let wanted: Vec<&str> = columns(layer).iter().map(|column| column.name).collect();
        assert_eq!(found, wanted, "{layer}");
    }
    drop_role(&test, &role).await;
}

const HEADER: &str = "名称,緯度,経度,代表者名,代表者電話番号,メールアドレス(非公開)\n";

async fn organisations(test: &TestDb, db: &Db, names: &[&str]) {
    let beside = TestDb::beside(test).await;
    drop(db.clone());
    let rows: Vec<String> = names
        .iter()
        .map(|name| format!("{name},35.65,139.75,会長カナリア,090-5555-0199,c@example.jp\n"))
        .collect();
    let options = ImportOptions { accept_vanished: true, ..ImportOptions::default() };
    beside
        .import(LayerId::Organisations, "organisations", &format!("{HEADER}{}", rows.concat()), options)
        .await
        .unwrap();
    beside.db.close().await;
}

#[tokio::test]
async fn an_edit_appears_within_two_seconds_and_what_is_retired_stays() {
    let Some(test) = on_postgres().await else { return };
    let role = role();
    organisations(&test, &test.db, &["甲町会", "乙町会"]).await;
    setup(&test.db, role.clone(), None, &system_random()).await.unwrap();
    let app = App::start(test.db.clone(), test.shared_clock(), system_random(), Purpose::Ward).await.unwrap();
    app.keep(&Surface::ALL).await.unwrap();
    // Two replicas: one does it.
    let other = TestDb::beside(&test).await;
    let replica =
        App::start(other.db.clone(), test.shared_clock(), system_random(), Purpose::Ward).await.unwrap();
    replica.keep(&Surface::ALL).await.unwrap();
    let mut analyst = options(&test).username(role.as_str()).connect().await.unwrap();
    let all = "SELECT count(*) FROM published.organisations";
    let until = async |analyst: &mut PgConnection, sql: &str, wanted: i64| {
        let started = Instant::now();
        while count(analyst, sql).await != wanted {
            assert!(started.elapsed() < Duration::from_secs(20), "{sql} never became {wanted}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        started.elapsed()
    };
    until(&mut analyst, all, 2).await;
    organisations(&test, &app.db, &["甲町会", "丙町会"]).await;
    let took = until(&mut analyst, all, 3).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    let retired =
        "SELECT count(*) FROM published.organisations WHERE name = '乙町会' AND retired_on = '2026-11-20'";
    assert_eq!(count(&mut analyst, retired).await, 1);
    assert_eq!(app.layers().get(LayerId::Organisations).len(), 2);
    // Only what is public ever got there.
    let dump: Vec<String> = sqlx::query_scalar("SELECT to_jsonb(t)::text FROM published.organisations t")
        .fetch_all(&mut analyst)
        .await
        .unwrap();
    let dump = dump.join("\n");
    assert!(dump.contains("甲町会"));
    for canary in ["カナリア", "5555", "c@example"] {
        assert!(!dump.contains(canary), "{dump}");
    }
    // The schema is dropped under a running service, which goes on, and comes back with a new set-up.
    execute(&mut admin(&test).await, "DROP SCHEMA published CASCADE").await.unwrap();
    organisations(&test, &app.db, &["甲町会", "丙町会", "丁町会"]).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    setup(&test.db, role.clone(), None, &system_random()).await.unwrap();
    until(&mut analyst, all, 4).await;
    drop(replica);
    analyst.close().await.unwrap();
}

#[tokio::test]
async fn only_what_changed_is_written_and_drift_is_mended() {
    let Some(test) = on_postgres().await else { return };
    let role = role();
    organisations(&test, &test.db, &["甲町会", "乙町会"]).await;
    setup(&test.db, role.clone(), None, &system_random()).await.unwrap();
    let mirror = Mirror::new(test.db.clone(), source(&test, Purpose::Ward).await);
    assert_eq!(mirror.refresh().await.unwrap().layers.len(), LayerId::ALL.len());
    assert_eq!(mirror.refresh().await.unwrap().layers, []);
    let mut admin = admin(&test).await;
    // A row that did not change is not written again: what was done to it by hand stays.
    execute(&mut admin, "UPDATE published.organisations SET note = 'by hand' WHERE name = '甲町会'")
        .await
        .unwrap();
    organisations(&test, &test.db, &["甲町会", "乙町会", "丙町会"]).await;
    assert_eq!(mirror.refresh().await.unwrap().layers, [LayerId::Organisations]);
    let by_hand = "SELECT count(*) FROM published.organisations WHERE note = 'by hand'";
    assert_eq!(count(&mut admin, by_hand).await, 1);
    // Another release published another field: it goes, with the view that somebody built upon it.
    execute(
        &mut admin,
        "ALTER TABLE published.organisations ADD COLUMN contact_name text; ALTER TABLE published.organisations DROP COLUMN phone;
         UPDATE published.organisations SET contact_name = 'カナリア';
         CREATE VIEW published.mine AS SELECT contact_name FROM published.organisations;
         UPDATE published.layers SET definition = 'another' WHERE layer = 'organisations'",
    )
    .await
    .unwrap();
    assert_eq!(mirror.refresh().await.unwrap().layers, [LayerId::Organisations]);
    let columns = "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'published'
        AND table_name = 'organisations' AND column_name IN ('contact_name', 'phone')";
    assert_eq!(count(&mut admin, columns).await, 1);
    assert_eq!(count(&mut admin, by_hand).await, 0, "filled anew");
    // The database was put back to an earlier day.
    execute(&mut admin, "UPDATE published.layers SET version = 99 WHERE layer = 'organisations'; INSERT INTO published.organisations
        (id, geometry) VALUES ('gone', postgis.ST_SetSRID(postgis.ST_MakePoint(139, 35), 4326))").await.unwrap();
    assert_eq!(mirror.refresh().await.unwrap().layers, [LayerId::Organisations]);
    assert_eq!(count(&mut admin, "SELECT count(*) FROM published.organisations").await, 3);
    // While another server has the turn, nobody waits.
    organisations(&test, &test.db, &["甲町会"]).await;
    execute(&mut admin, "BEGIN; SELECT pg_advisory_xact_lock(7237121)").await.unwrap();
    let refreshed = mirror.refresh().await.unwrap();
    assert!(refreshed.busy && refreshed.layers.is_empty());
    execute(&mut admin, "ROLLBACK").await.unwrap();
    assert_eq!(mirror.refresh().await.unwrap().layers, [LayerId::Organisations]);
    drop_role(&test, &role).await;
}

#[tokio::test]
async fn a_role_that_could_do_more_is_refused_and_nothing_is_made() {
    let Some(test) = on_postgres().await else { return };
    let mut admin = admin(&test).await;
    let refused = |role: RoleName| {
        let db = test.db.clone();
        async move {
            match setup(&db, role, None, &system_random()).await {
                Err(SetupError::UnfitRole { what, .. }) => what,
                other => panic!("{other:?}"),
            }
        }
    };
    assert!(refused("postgres".parse().unwrap()).await.contains("this service itself"));
    let (builder, reader) = (role(), role());
    execute(&mut admin, &format!("CREATE ROLE {builder} CREATEROLE; CREATE ROLE {reader} LOGIN; GRANT SELECT (login) ON account TO {reader}"))
        .await
        .unwrap();
    assert!(refused(builder.clone()).await.contains("whole server"));
    assert!(refused(reader.clone()).await.contains("account"));
    assert_eq!(count(&mut admin, "SELECT count(*) FROM pg_namespace WHERE nspname = 'published'").await, 0);
    execute(&mut admin, &format!("REVOKE SELECT (login) ON account FROM {reader}")).await.unwrap();
    let done = setup(&test.db, reader.clone(), None, &system_random()).await.unwrap();
    assert!(!done.role_is_new);
    setup(&test.db, reader.clone(), None, &system_random()).await.unwrap();
    execute(&mut admin, &format!("DROP ROLE {builder}")).await.unwrap();
    drop_role(&test, &reader).await;
}

#[tokio::test]
async fn a_service_without_the_rights_is_told_what_the_administrator_has_to_run() {
    let Some(test) = on_postgres().await else { return };
    let (owner, analyst) = (role(), role());
    let mut admin = admin(&test).await;
    execute(&mut admin, &format!("CREATE ROLE {owner} LOGIN")).await.unwrap();
    let url = DatabaseUrl::Postgres(Box::new(options(&test).username(owner.as_str())));
    let db = Db::open(&url).await.unwrap();
    let mut told = Vec::new();
    let password = || Some(AnalystPassword::new("correct horse battery").unwrap());
    for _ in 0..8 {
        match setup(&db, analyst.clone(), password(), &system_random()).await {
            Err(SetupError::NeedsAdministrator { statement }) => {
                assert!(!statement.contains("SCRAM"), "{statement}");
                execute(&mut admin, statement.split("--").next().unwrap()).await.unwrap();
                told.push(statement);
            }
            Ok(_) => break,
            Err(error) => panic!("{error}: after {told:?}"),
        }
        // The password of a role that is there is the administrator's business.
        if told.iter().any(|told| told.starts_with("CREATE ROLE")) {
            break;
        }
    }
    assert!(told[0].contains("CREATE EXTENSION postgis"), "{told:?}");
    assert!(told.iter().any(|told| told.starts_with("CREATE SCHEMA published AUTHORIZATION")), "{told:?}");
    for _ in 0..8 {
        match setup(&db, analyst.clone(), None, &system_random()).await {
            Err(SetupError::NeedsAdministrator { statement }) => {
                execute(&mut admin, &statement).await.unwrap();
                told.push(statement);
            }
            other => {
                other.unwrap();
                break;
            }
        }
    }
    let mut reader = options(&test).username(analyst.as_str()).connect().await.unwrap();
    execute(&mut reader, "SELECT * FROM published.organisations").await.unwrap();
    reader.close().await.unwrap();
    db.close().await;
    execute(
        &mut admin,
        &format!(
            "DROP SCHEMA published CASCADE; DROP OWNED BY {analyst}, {owner}; DROP ROLE {analyst}, {owner}"
        ),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_password_is_kept_as_postgresql_keeps_it() {
    let Some(test) = on_postgres().await else { return };
    let role = role();
    let password = AnalystPassword::new("correct horse battery").unwrap();
    setup(&test.db, role.clone(), Some(password), &system_random()).await.unwrap();
    let mut admin = admin(&test).await;
    let kept: String = sqlx::query_scalar("SELECT rolpassword FROM pg_authid WHERE rolname = $1")
        .bind(role.as_str())
        .fetch_one(&mut admin)
        .await
        .unwrap();
    assert!(kept.starts_with("SCRAM-SHA-256$4096:"), "{kept}");
    drop_role(&test, &role).await;
}

#[tokio::test]
async fn sqlite_has_no_analysts_and_says_what_to_do_instead() {
    let test = databases().await.remove(0);
    let error = setup(&test.db, role(), None, &system_random()).await.unwrap_err();
    assert!(
        matches!(error, SetupError::Sqlite) && error.to_string().contains("machiaruki export"),
        "{error}"
    );
    let mut tx = test.db.read().await.unwrap();
    assert!(postgis(&mut tx).await.is_err());
}

#[tokio::test]
async fn gdal_reads_the_layers_as_the_role_like_qgis_does() {
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        println!("skipped: GDAL's ogrinfo is not installed");
        return;
    }
    let Some((test, role)) = demo().await else { return };
    let options = options(&test);
    let place = format!(
        "PG:host={} port={} dbname={} user={role} active_schema=published",
        options.get_host(),
        options.get_port(),
        options.get_database().unwrap()
    );
    let output = tokio::task::spawn_blocking(move || {
        Command::new("ogrinfo").args(["-ro", "-so", "-al", &place]).output().unwrap()
    })
    .await
    .unwrap();
    let (said, complained) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success() && !complained.contains("ERROR"), "{complained}");
    let mut admin = admin(&test).await;
    for layer in LayerId::ALL {
        let features = count(&mut admin, &format!("SELECT count(*) FROM published.{layer}")).await;
        let (_, part) =
            said.split_once(&format!("Layer name: {layer}\n")).unwrap_or_else(|| panic!("{layer}: {said}"));
        assert!(part.contains(&format!("Feature Count: {features}\n")), "{layer}: {part}");
    }
    assert!(said.contains("WGS 84") && !said.contains("Layer name: account"), "{said}");
    drop_role(&test, &role).await;
}
