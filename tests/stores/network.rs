//! Sources of the pedestrian network.

use std::time::Duration;

use machiaruki::network::{
    NetworkPublisher,
    import::{NetworkImport, Outcome, import_network},
    store,
};

use crate::support::databases;

const LINKS: &str = "link_id,start_id,end_id,route_type\n甲,1,2,1\n";
const NODES: &str = "node_id,lat,lon\n1,35.6,139.7\n2,35.6,139.701\n";

fn what(dry_run: bool) -> NetworkImport {
    NetworkImport {
        id: "network-test".into(),
        source: "試験".into(),
        licence: "CC0 1.0".into(),
        attribution: None,
        area: Some("139.6,35.5,139.8,35.7".into()),
        sample: true,
        dry_run,
    }
}

fn files(links: &str) -> Vec<(String, Vec<u8>)> {
    vec![("links.csv".into(), links.into()), ("nodes.csv".into(), NODES.into())]
}

#[tokio::test]
async fn a_source_is_kept_replaced_and_followed() {
    for database in databases().await {
        let (db, clock) = (&database.db, database.shared_clock());
        let publisher = NetworkPublisher::start(db.clone()).await.unwrap();
        assert_eq!((publisher.get().version, publisher.get().graph.size()), (0, (0, 0)));
        let report = import_network(db, &clock, what(true), &files(LINKS)).await.unwrap();
        assert_eq!(report.outcome, Outcome::DryRun);
        assert_eq!(store::version(&mut db.read().await.unwrap()).await.unwrap(), 0);
        for outcome in [Outcome::Stored, Outcome::Unchanged] {
            let report = import_network(db, &clock, what(false), &files(LINKS)).await.unwrap();
            assert_eq!(report.outcome, outcome);
        }
        publisher.refresh().await.unwrap();
        let loaded = publisher.get();
        assert_eq!((loaded.version, loaded.graph.size()), (1, (2, 1)));
        assert_eq!(loaded.graph.origin(0), (0, "甲"));
        assert_eq!(loaded.sources[0].attribution, "試験");
        // A refused file changes nothing.
        assert!(import_network(db, &clock, what(false), &files("link_id,start_id,end_id\n")).await.is_err());
        assert_eq!(store::version(&mut db.read().await.unwrap()).await.unwrap(), 1);
        let bad: [(&str, &[u8]); 5] = [
            ("cut.osm.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7f"),
            (
                "entities.osm",
                b"<!DOCTYPE osm [<!ENTITY a \"aa\">]><osm><node id=\"1\" lat=\"&a;\" lon=\"1\"/></osm>",
            ),
            ("empty.osm", b"<osm></osm>"),
            ("out-of-the-world.csv", b"node_id,lat,lon\n1,95,139.7\n"),
            ("no-number.csv", b"node_id,lat,lon\n1,NaN,139.7\n"),
        ];
        for (name, bytes) in bad {
            let refused = import_network(db, &clock, what(false), &[(name.into(), bytes.to_vec())]).await;
            assert!(refused.is_err(), "{name}");
            assert_eq!(store::version(&mut db.read().await.unwrap()).await.unwrap(), 1, "{name}");
        }
        // Whoever follows sees a change without being told.
        let follower = publisher.clone();
        let following = tokio::spawn(async move { follower.follow().await });
        let longer = format!("{LINKS}乙,2,1,6\n丙,2,1,4\n");
        import_network(db, &clock, what(false), &files(&longer)).await.unwrap();
        for _ in 0..100 {
            if publisher.get().version == 2 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        following.abort();
        assert_eq!(publisher.get().version, 2);
        let removed = db.write(|tx| Box::pin(async move { store::remove(tx, "network-test").await })).await;
        assert!(removed.unwrap());
        publisher.refresh().await.unwrap();
        assert_eq!(publisher.get().graph.size(), (0, 0));
    }
}
