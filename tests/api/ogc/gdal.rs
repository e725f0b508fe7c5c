//! GDAL's OGC API – Features driver reads the demo ward over a real connection.

use serde_json::Value;
use tokio::{net::TcpListener, sync::oneshot};

use super::{COLLECTIONS, IN_FORCE};
use crate::support::{Ward, demo, features, gdal, site};

/// The demo ward on a free port of this machine, until dropped.
struct Served {
    address: String,
    _stop: oneshot::Sender<()>,
    _ward: Ward,
}

impl Served {
    async fn demo() -> Self {
        let ward = Ward::demo().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let router = ward.app.router(site(true));
        tokio::spawn(machiaruki::http::server::serve(listener, router, async {
            let _ = stopped.await;
        }));
        Self { address, _stop: stop, _ward: ward }
    }

    fn source(&self) -> String {
        format!("OAPIF:{}/ogc", self.address)
    }
}

/// Features by id: geometry and name.
fn by_id(collection: &Value, id: impl Fn(&Value) -> String) -> Vec<(String, Value, Value)> {
    let mut found: Vec<_> = features(collection)
        .iter()
        .map(|one| (id(one), one["geometry"].clone(), one["properties"]["name"].clone()))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn own_id(feature: &Value) -> String {
    feature["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn gdal_lists_every_collection_with_its_count() {
    if !gdal::is_installed() {
        return;
    }
    let served = Served::demo().await;
    let source = served.source();
    let info = tokio::task::spawn_blocking(move || gdal::info(&source)).await.unwrap();
    let expected: Vec<(String, u64)> =
        COLLECTIONS.iter().zip(IN_FORCE).map(|(name, count)| ((*name).to_owned(), count)).collect();
    assert_eq!(gdal::layers(&info), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn gdal_reads_every_feature_of_every_collection_as_it_is() {
    if !gdal::is_installed() {
        return;
    }
    let served = Served::demo().await;
    let folder = tempfile::tempdir().unwrap();
    for collection in COLLECTIONS {
        let (source, path) = (served.source(), folder.path().to_owned());
        let read = tokio::task::spawn_blocking(move || gdal::geojson(&source, collection, &path, &[]))
            .await
            .unwrap();
        let own = demo().json(&format!("/ogc/collections/{collection}/items?limit=1000")).await;
        let read_id = |feature: &Value| match &feature["id"] {
            Value::String(id) => id.clone(),
            _ => feature["properties"]["id"].as_str().unwrap_or_default().to_owned(),
        };
        assert_eq!(by_id(&read, read_id), by_id(&own, own_id), "{collection}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gdal_reads_pages_and_filters_by_place() {
    if !gdal::is_installed() {
        return;
    }
    let served = Served::demo().await;
    let folder = tempfile::tempdir().unwrap();
    for collection in ["stops", "organisations", "school_districts"] {
        let (source, path) = (served.source(), folder.path().to_owned());
        let read = tokio::task::spawn_blocking(move || {
            let narrow = ["-oo", "PAGE_SIZE=7", "-spat", "139.74", "35.645", "139.755", "35.66"];
            gdal::geojson(&source, collection, &path, &narrow)
        })
        .await
        .unwrap();
        let address =
            format!("/ogc/collections/{collection}/items?limit=1000&bbox=139.74,35.645,139.755,35.66");
        let own = demo().json(&address).await;
        let names = |collection: &Value| {
            let mut names: Vec<String> = features(collection)
                .iter()
                .map(|feature| feature["properties"]["name"].as_str().unwrap().to_owned())
                .collect();
            names.sort();
            names
        };
        assert!(!names(&own).is_empty());
        assert_eq!(names(&read), names(&own), "{collection}");
    }
}
