//! Snapshots against a plain list of features.

use std::{collections::BTreeMap, sync::Mutex};

use futures_util::{FutureExt as _, future::BoxFuture};
use geo::{Intersects, Rect, coord, line_string, point};
use jiff::civil::date;
use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value};

use super::*;
use crate::{
    geo::{Geometry, QueryBox, hilbert_position},
    layers::SourceError,
};

const TODAY: Date = date(2026, 11, 20);

/// A source that holds its features in a list and counts versions.
#[derive(Default)]
struct ListSource(Mutex<(i64, Features)>);

/// Each with the version in which it last changed.
type Features = BTreeMap<Cursor, (i64, Feature)>;

impl ListSource {
    fn put(&self, features: Vec<Feature>) {
        let mut list = self.0.lock().unwrap();
        list.0 += 1;
        let version = list.0;
        for feature in features {
            let key = Cursor { position: feature.position, id: feature.id };
            list.1.insert(key, (version, feature));
        }
    }

    fn features(&self) -> Vec<Feature> {
        self.0.lock().unwrap().1.values().map(|(_, feature)| feature.clone()).collect()
    }
}

impl Source for ListSource {
    fn versions(&self) -> BoxFuture<'_, Result<Vec<(LayerId, i64)>, SourceError>> {
        let version = self.0.lock().unwrap().0;
        Box::pin(async move { Ok(vec![(LayerId::Facilities, version)]) })
    }

    fn read<'a>(
        &'a self,
        _: LayerId,
        since: i64,
        sink: &'a mut (dyn FnMut(Feature) + Send),
    ) -> BoxFuture<'a, Result<LayerState, SourceError>> {
        let (version, list) = self.0.lock().unwrap().clone();
        for (changed, feature) in list.into_values() {
            if changed > since {
                sink(feature);
            }
        }
        Box::pin(async move { Ok(LayerState { version, ..LayerState::default() }) })
    }

    fn changed(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn instance(&self) -> &'static str {
        "test"
    }
}

fn refreshed(snapshot: &Snapshot, source: &ListSource, today: Date) -> Snapshot {
    snapshot.refreshed(source, today).now_or_never().unwrap().unwrap()
}

fn feature(number: u32, geometry: Geometry, kind: &str) -> Feature {
    let centre = Bbox::around(&geometry).unwrap().centre();
    let mut properties = Map::new();
    properties.insert("code".into(), number.to_string().into());
    properties.insert("name".into(), format!("施設{number}").into());
    properties.insert("kind".into(), kind.into());
    properties.insert("child_ready".into(), number.is_multiple_of(2).into());
    Feature {
        id: PlaceId::of_record("test", &number.to_string()),
        position: hilbert_position(centre[0], centre[1]),
        geometry,
        properties,
        valid_from: None,
        retired_on: None,
    }
}

fn everything(limit: usize) -> Query {
    Query { bbox: None, when: When::Now, filters: Vec::new(), after: None, limit }
}

/// The ids on a page, by parsing its bytes as a client would.
fn ids(page: &Page) -> Vec<String> {
    let mut ids = Vec::new();
    for run in &page.runs {
        let json = [b"[", &run.chunk.run(run.range.clone())[..], b"]"].concat();
        let features: Vec<Value> = serde_json::from_slice(&json).unwrap();
        ids.extend(features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()));
    }
    assert_eq!(ids.len(), page.returned);
    ids
}

fn geometries() -> impl Strategy<Value = Geometry> {
    let lon = 139.0..140.0_f64;
    let lat = 35.0..36.0_f64;
    prop_oneof![
        6 => (lon.clone(), lat.clone()).prop_map(|(x, y)| point! { x: x, y: y }.into()),
        1 => (lon.clone(), lat.clone(), lon, lat).prop_map(|(a, b, c, d)| {
            line_string![(x: a, y: b), (x: c, y: d)].into()
        }),
    ]
}

fn days() -> impl Strategy<Value = (Option<Date>, Option<Date>)> {
    let day = || proptest::option::weighted(0.2, (1_i8..=28).prop_map(|day| date(2026, 11, day)));
    (day(), day())
}

/// What the brute-force model says of a query without paging.
fn expected(features: &[Feature], asked: Option<[f64; 4]>, when: When, kind: Option<&str>) -> Vec<String> {
    let rect = asked.map(|[w, s, e, n]| Rect::new(coord! { x: w, y: s }, coord! { x: e, y: n }));
    let mut matching: Vec<&Feature> = features
        .iter()
        .filter(|feature| rect.is_none_or(|rect| rect.intersects(&feature.geometry)))
        .filter(|feature| kind.is_none_or(|kind| feature.properties["kind"] == kind))
        .filter(|feature| match when {
            When::Now => feature.is_valid_on(TODAY),
            When::Between(start, end) => {
                feature.valid_from.is_none_or(|from| end.is_none_or(|end| from <= end))
                    && feature.retired_on.is_none_or(|until| start.is_none_or(|start| start < until))
            }
        })
        .collect();
    matching.sort_by_key(|feature| (feature.position, feature.id));
    matching.iter().map(|feature| feature.id.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every kind of question gets the answer of a plain list, whatever the history of changes.
    #[test]
    fn a_snapshot_answers_like_a_list(
        rounds in vec(vec((0_u32..900, geometries(), days(), any::<bool>()), 0..700), 1..5),
        corners in [139.0..140.0_f64, 35.0..36.0_f64, 139.0..140.0_f64, 35.0..36.0_f64],
        limit in 1_usize..200,
        interval in days(),
        by_kind in any::<bool>(),
        at_once in any::<bool>(),
    ) {
        let source = ListSource::default();
        let mut snapshot = Snapshot::empty(LayerId::Facilities, TODAY);
        let mut positions: BTreeMap<u32, i64> = BTreeMap::new();
        for round in rounds {
            let mut batch: BTreeMap<u32, Feature> = BTreeMap::new();
            for (number, geometry, (valid_from, retired_on), is_aed) in round {
                let mut one = feature(number, geometry, if is_aed { "aed" } else { "park" });
                // A place keeps its position when it moves.
                one.position = *positions.entry(number).or_insert(one.position);
                (one.valid_from, one.retired_on) = (valid_from, retired_on);
                batch.insert(number, one);
            }
            source.put(batch.into_values().collect());
            if !at_once {
                snapshot = refreshed(&snapshot, &source, TODAY);
            }
        }
        snapshot = refreshed(&snapshot, &source, TODAY);
        let features = source.features();

        let [a, b, c, d] = corners;
        let asked = [a.min(c), b.min(d), a.max(c), b.max(d)];
        let [w, s, e, n] = asked;
        let bbox = QueryBox::new(w, s, e, n).unwrap();
        let (start, end) = interval;
        let between = When::Between(start.min(end.or(start)), end.max(start));
        let kind = by_kind.then_some("aed");
        let filters: Vec<Filter> = kind
            .iter()
            .map(|kind| Filter::new(LayerId::Facilities.layer().field("kind").unwrap(), kind))
            .collect();

        prop_assert_eq!(snapshot.len(), expected(&features, None, When::Now, None).len());
        for when in [When::Now, between] {
            for boxed in [None, Some(asked)] {
                let wanted = expected(&features, boxed, when, kind);
                // Page by page.
                let mut query = Query {
                    bbox: boxed.map(|_| bbox), when, filters: filters.clone(), after: None, limit,
                };
                let mut found = Vec::new();
                loop {
                    let page = snapshot.query(&query);
                    prop_assert_eq!(page.matched, wanted.len());
                    prop_assert!(page.returned <= limit);
                    found.extend(ids(&page));
                    match page.next {
                        Some(next) => query.after = Some(next),
                        None => break,
                    }
                }
                prop_assert_eq!(&found, &wanted);
            }
        }
        for feature in &features {
            let entry = snapshot.find(feature.id).unwrap();
            let json: Value = serde_json::from_slice(&entry.json()).unwrap();
            prop_assert_eq!(&json["properties"], &Value::Object(feature.properties.clone()));
        }
        prop_assert!(snapshot.find(PlaceId::of_record("test", "nobody")).is_none());
    }

    /// Whoever follows `next` links while features come, change and go sees each feature that was there
    /// all along exactly once.
    #[test]
    fn next_links_stay_right_while_data_change(
        first in vec(geometries(), 1..400),
        changes in vec((0_u32..600, geometries(), any::<bool>()), 0..300),
        limit in 1_usize..60,
    ) {
        let source = ListSource::default();
        let stay: Vec<Feature> =
            first.into_iter().zip(0..).map(|(geometry, number)| feature(number, geometry, "park")).collect();
        source.put(stay.clone());
        let mut snapshot = refreshed(&Snapshot::empty(LayerId::Facilities, TODAY), &source, TODAY);
        let mut changes = changes.into_iter();
        let mut query = everything(limit);
        let mut seen = Vec::new();
        let mut positions: BTreeMap<PlaceId, i64> =
            stay.iter().map(|feature| (feature.id, feature.position)).collect();
        loop {
            let page = snapshot.query(&query);
            seen.extend(ids(&page));
            let Some(next) = page.next else { break };
            query.after = Some(next);
            for (number, geometry, goes) in changes.by_ref().take(20) {
                // Old features move but keep their position; new ones come and some of them go.
                let mut changed = feature(number, geometry, "aed");
                changed.position = *positions.entry(changed.id).or_insert(changed.position);
                if goes && !stay.iter().any(|one| one.id == changed.id) {
                    changed.retired_on = Some(TODAY);
                }
                source.put(vec![changed]);
            }
            snapshot = refreshed(&snapshot, &source, TODAY);
        }
        let unique: std::collections::HashSet<&String> = seen.iter().collect();
        prop_assert_eq!(unique.len(), seen.len());
        for feature in &stay {
            prop_assert!(unique.contains(&feature.id.to_string()));
        }
    }
}

#[test]
fn an_edit_shares_all_but_one_chunk() {
    let source = ListSource::default();
    let features: Vec<Feature> = (0..10_000)
        .map(|number| {
            let at = point! { x: 139.0 + f64::from(number % 100) / 100.0, y: 35.0 + f64::from(number / 100) / 100.0 };
            feature(number, at.into(), "park")
        })
        .collect();
    source.put(features.clone());
    let before = refreshed(&Snapshot::empty(LayerId::Facilities, TODAY), &source, TODAY);
    let mut edited = features[5_000].clone();
    edited.properties.insert("name".into(), "新しい名前".into());
    source.put(vec![edited.clone()]);
    let after = refreshed(&before, &source, TODAY);
    let changed: Vec<_> = after
        .chunks()
        .iter()
        .filter(|chunk| !before.chunks().iter().any(|old| Arc::ptr_eq(old, chunk)))
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(after.len(), 10_000);
    assert_ne!(before.tag(), after.tag());
    let json: Value = serde_json::from_slice(&after.find(edited.id).unwrap().json()).unwrap();
    assert_eq!(json["properties"]["name"], "新しい名前");
    assert_eq!(after.search("新しい名前", 5)[0].id, edited.id);
}

#[test]
fn a_new_day_brings_features_into_force_and_out_of_it() {
    let source = ListSource::default();
    let tomorrow = TODAY.tomorrow().unwrap();
    let mut coming = feature(1, point! { x: 139.0, y: 35.0 }.into(), "park");
    coming.valid_from = Some(tomorrow);
    let mut going = feature(2, point! { x: 139.0, y: 35.0 }.into(), "park");
    going.retired_on = Some(tomorrow);
    source.put(vec![coming.clone(), going.clone()]);
    let today = refreshed(&Snapshot::empty(LayerId::Facilities, TODAY), &source, TODAY);
    assert_eq!(ids(&today.query(&everything(9))), [going.id.to_string()]);
    let next = refreshed(&today, &source, tomorrow);
    assert_eq!(ids(&next.query(&everything(9))), [coming.id.to_string()]);
    assert_ne!(today.tag(), next.tag());
    // A link to what is retired still leads somewhere.
    assert!(next.find(going.id).is_some());
}

#[test]
fn a_database_that_was_put_back_is_read_anew() {
    let source = ListSource::default();
    source.put(vec![feature(1, point! { x: 139.0, y: 35.0 }.into(), "park")]);
    source.put(vec![feature(2, point! { x: 139.0, y: 35.0 }.into(), "park")]);
    let newer = refreshed(&Snapshot::empty(LayerId::Facilities, TODAY), &source, TODAY);
    let restored = ListSource::default();
    restored.put(vec![feature(3, point! { x: 139.0, y: 35.0 }.into(), "park")]);
    let older = refreshed(&newer, &restored, TODAY);
    assert_eq!(older.len(), 1);
    assert_eq!(older.version(), 1);
}

#[test]
fn filters_look_at_properties_and_not_at_texts_that_look_like_them() {
    let source = ListSource::default();
    let mut sly = feature(1, point! { x: 139.0, y: 35.0 }.into(), "park");
    sly.properties.insert("name".into(), "\"kind\":\"aed\"".into());
    sly.properties.insert("note".into(), "\\\"kind\":\"aed\\\"".into());
    source.put(vec![sly, feature(12, point! { x: 139.0, y: 35.0 }.into(), "aed")]);
    let snapshot = refreshed(&Snapshot::empty(LayerId::Facilities, TODAY), &source, TODAY);
    let count = |name: &str, value: &str| {
        let filter = Filter::new(LayerId::Facilities.layer().field(name).unwrap(), value);
        snapshot.query(&Query { filters: vec![filter], ..everything(9) }).matched
    };
    assert_eq!(count("kind", "aed"), 1);
    assert_eq!(count("kind", "ae"), 0);
    assert_eq!(count("code", "1"), 1);
    assert_eq!(count("child_ready", "true"), 1);
    assert_eq!(count("child_ready", "maybe"), 0);
    assert_eq!(count("name", "\"kind\":\"aed\""), 1);
}

#[test]
fn a_filter_finds_an_item_of_a_list() {
    let source = ListSource::default();
    let mut one = feature(1, point! { x: 139.0, y: 35.0 }.into(), "park");
    one.properties.insert("former_names".into(), vec!["旧\"名", "古い名"].into());
    source.put(vec![one]);
    let snapshot = refreshed(&Snapshot::empty(LayerId::Facilities, TODAY), &source, TODAY);
    let count = |value: &str| {
        let field = LayerId::Facilities.layer().field("former_names").unwrap();
        snapshot.query(&Query { filters: vec![Filter::new(field, value)], ..everything(9) }).matched
    };
    assert_eq!(count("旧\"名"), 1);
    assert_eq!(count("古い名"), 1);
    assert_eq!(count("古い"), 0);
}
