//! What an import does to a dataset, on both engines.

use std::fmt::Write as _;

use machiaruki::{
    catalogue::LayerId,
    places::{ImportError, ImportOptions, Obstacle, Outcome, Report},
};
use proptest::prelude::*;

use crate::support::{TestDb, databases};

const HEADER: &str = "名称,緯度,経度,住所\n";

fn csv(rows: &[(&str, f64, f64, &str)]) -> String {
    let mut text = String::from(HEADER);
    for (name, lat, lon, address) in rows {
        writeln!(text, "{name},{lat},{lon},{address}").unwrap();
    }
    text
}

async fn schools(test: &TestDb, text: &str) -> Report {
    test.import(LayerId::Schools, "schools", text, ImportOptions::default()).await.unwrap()
}

fn counts(report: &Report) -> [u64; 5] {
    [report.added, report.changed, report.unchanged, report.vanished, report.returned]
}

#[tokio::test]
async fn records_are_added_changed_retired_and_come_back() {
    for test in databases().await {
        let first = schools(&test, &csv(&[("甲", 35.6, 139.7, "一"), ("乙", 35.61, 139.7, "二")])).await;
        assert_eq!(first.outcome, Outcome::Stored);
        assert!(first.dataset_is_new);
        assert_eq!(counts(&first), [2, 0, 0, 0, 0]);
        assert_eq!(first.key, ["name"]);
        assert!(first.key_was_chosen);

        let second = schools(&test, &csv(&[("甲", 35.6, 139.7, "三"), ("丙", 35.62, 139.7, "四")])).await;
        assert_eq!(counts(&second), [1, 1, 0, 1, 0]);
        assert_eq!(second.vanished_keys, ["乙"]);
        assert!(!second.key_was_chosen);

        let third = schools(
            &test,
            &csv(&[("甲", 35.6, 139.7, "三"), ("丙", 35.62, 139.7, "四"), ("乙", 35.61, 139.7, "二")]),
        )
        .await;
        assert_eq!(counts(&third), [0, 0, 2, 0, 1]);
    }
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    for test in databases().await {
        let text = csv(&[("甲", 35.6, 139.7, "一"), ("乙", 35.61, 139.7, "二")]);
        schools(&test, &text).await;
        let before = version(&test).await;
        test.clock.set("2027-01-05T00:00:00Z".parse().unwrap());
        let again = schools(&test, &text).await;
        assert_eq!(again.outcome, Outcome::Unchanged);
        assert_eq!(counts(&again), [0, 0, 2, 0, 0]);
        assert_eq!(version(&test).await, before);
    }
}

async fn version(test: &TestDb) -> i64 {
    version_or_none(test).await.unwrap()
}

async fn version_or_none(test: &TestDb) -> Option<i64> {
    let mut tx = test.db.read().await.unwrap();
    machiaruki::on!(&mut tx, conn => sqlx::query_scalar("SELECT version FROM layer WHERE id = 'schools'")
        .fetch_optional(conn).await)
    .unwrap()
}

#[tokio::test]
async fn a_refused_row_stops_everything_unless_the_valid_ones_are_accepted() {
    for test in databases().await {
        let text = csv(&[("甲", 35.6, 139.7, "一"), ("乙", 139.7, 35.6, "二"), ("甲", 35.6, 139.7, "三")]);
        let by_name = ImportOptions { key: Some(vec!["名称".into()]), ..ImportOptions::default() };
        let refused = test.import(LayerId::Schools, "schools", &text, by_name.clone()).await.unwrap();
        assert_eq!(refused.outcome, Outcome::Stopped);
        assert_eq!(refused.refused_count, 2, "{:?}", refused.refused);
        let swapped = refused.refused.iter().find(|row| row.at == "line 3").unwrap();
        assert!(swapped.reason.contains("swapped"), "{swapped:?}");
        assert_eq!(version_or_none(&test).await.unwrap_or(0), 0);

        let options = ImportOptions { accept_valid: true, ..by_name };
        let taken = test.import(LayerId::Schools, "schools", &text, options).await.unwrap();
        assert_eq!(taken.outcome, Outcome::Stored);
        assert_eq!(taken.added, 1);
        // The second of two records with one key is refused too, and says which it repeats.
        assert!(taken.refused.iter().any(|row| row.at == "line 4" && row.reason.contains("line 2")));
    }
}

#[tokio::test]
async fn what_cannot_be_read_today_has_not_vanished() {
    for test in databases().await {
        schools(&test, &csv(&[("甲", 35.6, 139.7, "一"), ("乙", 35.61, 139.7, "二")])).await;
        let options = ImportOptions { accept_valid: true, ..ImportOptions::default() };
        let broken = "名称,緯度,経度,住所\n甲,35.6,139.7,一\n乙,,,二\n";
        let report = test.import(LayerId::Schools, "schools", broken, options).await.unwrap();
        assert_eq!((report.vanished, report.refused_count), (0, 1));
    }
}

#[tokio::test]
async fn a_dry_run_says_everything_and_stores_nothing() {
    for test in databases().await {
        let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
        let text = csv(&[("甲", 35.6, 139.7, "一")]);
        let report = test.import(LayerId::Schools, "schools", &text, options).await.unwrap();
        assert_eq!(report.outcome, Outcome::DryRun);
        assert_eq!(report.added, 1);
        let stored = schools(&test, &text).await;
        assert_eq!(stored.added, 1);
    }
}

#[tokio::test]
async fn a_file_without_most_of_the_records_is_rather_a_wrong_file() {
    for test in databases().await {
        let rows: Vec<_> = (0..12).map(|n| format!("校{n},35.6,139.7,x")).collect();
        schools(&test, &format!("{HEADER}{}\n", rows.join("\n"))).await;
        let report = schools(&test, &csv(&[("校0", 35.6, 139.7, "x")])).await;
        assert_eq!((report.outcome, report.obstacle), (Outcome::Stopped, Some(Obstacle::MostWouldVanish)));
        let options = ImportOptions { accept_vanished: true, ..ImportOptions::default() };
        let text = csv(&[("校0", 35.6, 139.7, "x")]);
        let report = test.import(LayerId::Schools, "schools", &text, options).await.unwrap();
        assert_eq!((report.outcome, report.vanished), (Outcome::Stored, 11));
    }
}

#[tokio::test]
async fn shelters_of_two_lists_are_one_place_and_vanish_apart() {
    for test in databases().await {
        let emergency = "施設・場所名,緯度,経度,指定避難所との住所同一,地震\n芝小学校,35.65,139.75,1,1\n芝公園,35.654,139.748,,1\n";
        let evacuation = "施設・場所名,緯度,経度,指定緊急避難場所との住所同一\n芝小学校,35.6502,139.7502,1\n福祉会館,35.66,139.74,\n";
        let a =
            test.import(LayerId::Shelters, "emergency", emergency, ImportOptions::default()).await.unwrap();
        assert_eq!(a.constants, [("emergency".to_owned(), "true".to_owned())]);
        let b =
            test.import(LayerId::Shelters, "evacuation", evacuation, ImportOptions::default()).await.unwrap();
        assert_eq!(b.linked.len(), 1);
        assert_eq!(b.linked[0].key, "芝小学校");

        let gone = "施設・場所名,緯度,経度,指定避難所との住所同一,地震\n芝公園,35.654,139.748,,1\n";
        let c = test.import(LayerId::Shelters, "emergency", gone, ImportOptions::default()).await.unwrap();
        assert_eq!((c.vanished, c.unchanged), (1, 1));
        let places: i64 = {
            let mut tx = test.db.read().await.unwrap();
            machiaruki::on!(&mut tx, conn => sqlx::query_scalar("SELECT count(*) FROM place").fetch_one(conn).await)
                .unwrap()
        };
        assert_eq!(places, 3);
    }
}

#[tokio::test]
async fn wishes_that_cannot_be_granted_are_said() {
    for test in databases().await {
        let text = csv(&[("甲", 35.6, 139.7, "一")]);
        schools(&test, &text).await;
        let other_layer =
            test.import(LayerId::Shelters, "schools", &text, ImportOptions::default()).await.unwrap_err();
        assert!(matches!(other_layer, ImportError::OtherLayer { actual: LayerId::Schools, .. }));
        let options = ImportOptions { key: Some(vec!["address".into()]), ..ImportOptions::default() };
        let other_key = test.import(LayerId::Schools, "schools", &text, options).await.unwrap_err();
        assert!(matches!(other_key, ImportError::OtherKey { .. }));
        let twice = csv(&[("甲", 35.6, 139.7, "一"), ("甲", 35.6, 139.7, "一")]);
        let no_key =
            test.import(LayerId::Schools, "twice", &twice, ImportOptions::default()).await.unwrap_err();
        assert!(no_key.to_string().contains("name is the same for two (甲)"), "{no_key}");
        let no_name = test
            .import(LayerId::Schools, "nameless", "謎,緯度,経度\n甲,35,139\n", ImportOptions::default())
            .await
            .unwrap_err();
        assert!(matches!(no_name, ImportError::NoName { .. }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// After any sequence of files, what is in force is exactly what the last file holds.
    #[test]
    fn the_last_file_decides(files in proptest::collection::vec(
        proptest::collection::btree_map(0_u8..30, (0_u8..3, 0_u8..3), 0..20), 1..6,
    )) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            for test in databases().await {
                for file in &files {
                    let mut text = String::from(HEADER);
                    for (number, (place, address)) in file {
                        writeln!(text, "校{number},35.{place},139.7,番地{address}").unwrap();
                    }
                    let options = ImportOptions { accept_vanished: true, ..ImportOptions::default() };
                    let report = test.import(LayerId::Schools, "schools", &text, options).await.unwrap();
                    assert_eq!(report.added + report.changed + report.unchanged + report.returned, file.len() as u64);
                    let live: Vec<String> = {
                        let mut tx = test.db.read().await.unwrap();
                        machiaruki::on!(&mut tx, conn => sqlx::query_scalar(
                            "SELECT key FROM record WHERE NOT vanished ORDER BY key").fetch_all(conn).await).unwrap()
                    };
                    let mut wanted: Vec<String> = file.keys().map(|number| format!("校{number}")).collect();
                    wanted.sort();
                    assert_eq!(live, wanted);
                    let counted: i64 = {
                        let mut tx = test.db.read().await.unwrap();
                        let datasets = machiaruki::places::datasets(&mut tx, LayerId::Schools).await.unwrap();
                        datasets.iter().map(|dataset| dataset.feature_count).sum()
                    };
                    assert_eq!(counted, file.len() as i64);
                }
            }
        });
    }
}
