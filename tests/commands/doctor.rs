//! `doctor`.

use sqlx::{Connection as _, SqliteConnection};

use crate::support::{Ward, csv, on_every_engine, run};

#[test]
fn a_good_database_is_found_good() {
    for ward in on_every_engine() {
        ward.file("s.csv", csv(&["芝小学校"]));
        ward.stored("schools", "s.csv", &["--refresh-days", "365"]);
        let said = ward.run(&["doctor"]).ok().out;
        for words in [
            "can be opened",
            "its self-check is clean",
            "migration(s) applied",
            "schools: 1 dataset(s), 1 record(s)",
            "stops: empty. machiaruki import stops FILE fills it",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(!said.contains("FAIL"), "{said}");
        assert!(!said.contains("postgres@"), "{said}");
    }
}

#[test]
fn a_dataset_past_its_promise_is_named() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["芝小学校"]));
    ward.stored("schools", "s.csv", &["--refresh-days", "30", "--last-confirmed", "2020-01-01"]);
    let said = ward.run(&["doctor"]).ok().out;
    assert!(said.contains("was to be confirmed again by 2020-01-31"), "{said}");
}

#[test]
fn a_database_that_is_not_there_is_said_and_not_made() {
    let ward = Ward::new();
    let ran = ward.run(&["doctor"]);
    assert!(ran.out.contains("machiaruki migrate") || ran.out.contains("FAIL"), "{ran:?}");
    assert!(!ward.folder().join("ward.sqlite").exists(), "looking made a database: {ran:?}");
}

#[test]
fn a_database_that_is_not_migrated_is_advised_to_be() {
    for ward in on_every_engine().into_iter().skip(1) {
        let said = ward.run(&["doctor"]).ok().out;
        assert!(said.contains("migration(s) to apply: machiaruki migrate"), "{said}");
    }
}

#[test]
fn a_file_that_is_no_database_fails() {
    let ward = Ward::new();
    ward.file("ward.sqlite", "This is no database, but a letter to the ward office.".repeat(100));
    let ran = ward.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("FAIL"), "{ran:?}");
}

#[test]
fn a_server_that_cannot_be_reached_fails_without_showing_the_password() {
    let ward = Ward::new();
    // Nobody listens on port 1.
    let url = "postgres://ward:s3cret@127.0.0.1:1/ward";
    let ran = run(ward.folder(), &["doctor", "--database-url", url]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("FAIL") && ran.out.contains("postgres://127.0.0.1:1/ward"), "{ran:?}");
    assert!(!ran.out.contains("s3cret") && !ran.err.contains("s3cret"), "{ran:?}");
}

#[test]
fn a_database_of_a_newer_release_is_left_alone_by_every_command() {
    let ward = Ward::new();
    ward.run(&["migrate"]).ok();
    let insert = async {
        let mut connection = SqliteConnection::connect(&ward.url).await.unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (99999, 'from the future', true, x'00', 0)",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(insert);
    let ran = ward.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("newer release"), "{ran:?}");
    ward.file("s.csv", csv(&["芝小学校"]));
    for command in [
        &["migrate"][..],
        &["serve", "--listen", "127.0.0.1:0"],
        &["import", "schools", "s.csv"],
        &["export", "schools"],
    ] {
        let error = ward.run(command).refused();
        assert!(error.contains("newer release"), "{command:?}: {error}");
    }
}
