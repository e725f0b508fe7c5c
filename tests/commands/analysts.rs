//! `analysts setup`: the layers for QGIS on PostgreSQL.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::support::{Ward, csv, eventually};

fn ask(url: &str, sql: &str) -> i64 {
    let run = async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.unwrap()
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run)
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

#[test]
fn on_sqlite_the_way_for_qgis_is_named() {
    let ward = Ward::new();
    ward.run(&["migrate"]).ok();
    let refused = ward.run(&["analysts", "setup", "--role", "analyst"]).refused();
    assert!(refused.contains("machiaruki export"), "{refused}");
    assert!(!ward.run(&["doctor"]).ok().out.contains("analysts"));
}
