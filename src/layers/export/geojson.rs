//! GeoJSON: the features with what must be said of them.

use serde_json::json;

use crate::layers::Snapshot;

pub(super) fn write(snapshot: &Snapshot) -> Vec<u8> {
    let layer = snapshot.layer().layer();
    let datasets: Vec<_> = snapshot
        .datasets()
        .iter()
        .map(|dataset| {
            json!({
                "id": dataset.id, "title": dataset.title, "source": dataset.source, "licence": dataset.licence,
                "attribution": dataset.attribution, "as_of": dataset.as_of.map(|day| day.to_string()),
                "sample": dataset.sample,
            })
        })
        .collect();
    let head = json!({
        "type": "FeatureCollection",
        "name": layer.id.as_str(),
        "title": layer.title.ja,
        "datasets": datasets,
    })
    .to_string();
    let mut out = head.into_bytes();
    out.pop();
    out.extend_from_slice(b",\"features\":[");
    for (index, chunk) in snapshot.chunks().iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(chunk.json());
    }
    out.extend_from_slice(b"]}\n");
    out
}
