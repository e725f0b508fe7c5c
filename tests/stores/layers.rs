//! From the database to published layers, on both engines.

use std::{sync::Arc, time::Duration};

use machiaruki::{
    catalogue::LayerId,
    db::Db,
    layers::{Publisher, Query, Snapshot, When},
    places::{ImportOptions, PlacesSource, Purpose, installation},
};

use crate::support::{TestDb, databases, real_data};

async fn publisher(test: &TestDb, db: &Db) -> Arc<Publisher> {
    let now = machiaruki::clock::Clock::now(&*test.clock);
    let installation = installation(db, Purpose::Ward, now).await.unwrap();
    let source = PlacesSource::new(db.clone(), &installation);
    Arc::new(Publisher::start(source, test.shared_clock()).await.unwrap())
}

fn names(snapshot: &Snapshot, when: When) -> Vec<String> {
    let page = snapshot.query(&Query { bbox: None, when, filters: vec![], after: None, limit: 1_000 });
    let mut names: Vec<String> = page
        .features()
        .map(|json| {
            let feature: serde_json::Value = serde_json::from_slice(&json).unwrap();
            feature["properties"]["name"].as_str().unwrap().to_owned()
        })
        .collect();
    names.sort();
    names
}

const TWO: &str = "名称,緯度,経度\n甲,35.6,139.7\n乙,35.61,139.7\n";

#[tokio::test]
async fn an_import_by_another_process_is_published() {
    for test in databases().await {
        let publisher = publisher(&test, &test.db).await;
        let following = tokio::spawn({
            let publisher = publisher.clone();
            async move { publisher.follow().await }
        });
        // Another connection to the same database, as `machiaruki import` has.
        let other = TestDb::beside(&test).await;
        let mut changes = publisher.layers().changes();
        other.import(LayerId::Schools, "schools", TWO, ImportOptions::default()).await.unwrap();
        while publisher.layers().get(LayerId::Schools).len() < 2 {
            tokio::time::timeout(Duration::from_secs(20), changes.changed()).await.unwrap().unwrap();
        }
        following.abort();
    }
}

#[tokio::test]
async fn what_vanished_is_retired_from_that_day_and_still_found_by_an_earlier_date() {
    for test in databases().await {
        test.import(LayerId::Schools, "schools", TWO, ImportOptions::default()).await.unwrap();
        test.clock.set("2026-12-01T03:00:00Z".parse().unwrap());
        test.import(LayerId::Schools, "schools", "名称,緯度,経度\n甲,35.6,139.7\n", ImportOptions::default())
            .await
            .unwrap();
        let publisher = publisher(&test, &test.db).await;
        let snapshot = publisher.layers().get(LayerId::Schools);
        let day = |day: &str| Some(day.parse().unwrap());
        assert_eq!(names(&snapshot, When::Now), ["甲"]);
        assert_eq!(names(&snapshot, When::Between(day("2026-11-30"), day("2026-11-30"))), ["乙", "甲"]);
        assert_eq!(names(&snapshot, When::Between(day("2026-12-01"), None)), ["甲"]);
        let dataset = &snapshot.datasets()[0];
        assert_eq!((dataset.feature_count, dataset.vanished_count), (1, 1));
    }
}

#[tokio::test]
async fn only_public_fields_are_published() {
    for test in databases().await {
        let text = "名称,緯度,経度,代表者名,代表者電話番号,電話番号\n甲町会,35.6,139.7,カナリア太郎,000-canary,03-0000-0000\n";
        test.import(LayerId::Organisations, "organisations", text, ImportOptions::default()).await.unwrap();
        let publisher = publisher(&test, &test.db).await;
        let snapshot = publisher.layers().get(LayerId::Organisations);
        let page =
            snapshot.query(&Query { bbox: None, when: When::Now, filters: vec![], after: None, limit: 9 });
        let json = page.features().next().unwrap();
        let json = std::str::from_utf8(&json).unwrap();
        assert!(json.contains("03-0000-0000"));
        assert!(!json.contains("カナリア") && !json.contains("canary"), "{json}");
        assert!(snapshot.search("カナリア", 5).is_empty());
    }
}

#[tokio::test]
async fn the_real_shelters_of_minato_are_published_with_both_roles() {
    let (Some(emergency), Some(evacuation)) = (
        real_data("minato/shelters-emergency-131032.json"),
        real_data("minato/shelters-evacuation-131032.json"),
    ) else {
        return;
    };
    for test in databases().await {
        for (dataset, file) in [("emergency", &emergency), ("evacuation", &evacuation)] {
            let text = std::fs::read_to_string(file).unwrap();
            test.import(LayerId::Shelters, dataset, &text, ImportOptions::default()).await.unwrap();
        }
        let publisher = publisher(&test, &test.db).await;
        let snapshot = publisher.layers().get(LayerId::Shelters);
        let page =
            snapshot.query(&Query { bbox: None, when: When::Now, filters: vec![], after: None, limit: 999 });
        let roles: Vec<(bool, bool, usize)> = page
            .features()
            .map(|json| {
                let feature: serde_json::Value = serde_json::from_slice(&json).unwrap();
                let properties = &feature["properties"];
                let datasets = properties["datasets"].as_array().unwrap().len();
                (properties["emergency"] == true, properties["evacuation"] == true, datasets)
            })
            .collect();
        assert_eq!(roles.iter().filter(|role| role.0).count(), 61);
        assert_eq!(roles.iter().filter(|role| role.1).count(), 83);
        assert_eq!(roles.iter().filter(|role| **role == (true, true, 2)).count(), 57);
        assert_eq!(roles.len(), 87);
    }
}

#[tokio::test]
async fn an_edit_is_read_alone_and_not_the_whole_layer() {
    for test in databases().await {
        test.import(LayerId::Schools, "schools", TWO, ImportOptions::default()).await.unwrap();
        let publisher = publisher(&test, &test.db).await;
        let before = publisher.layers().get(LayerId::Schools);
        let edited = "名称,緯度,経度,住所\n甲,35.6,139.7,新しい住所\n乙,35.61,139.7,\n";
        test.import(LayerId::Schools, "schools", edited, ImportOptions::default()).await.unwrap();
        publisher.refresh(LayerId::Schools).await.unwrap();
        let after = publisher.layers().get(LayerId::Schools);
        assert_eq!(after.version(), before.version() + 1);
        assert_eq!(after.search("新しい住所", 5).len(), 1);
        assert_eq!(after.len(), 2);
    }
}
