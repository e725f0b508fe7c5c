//! A chunk: some hundred features that lie near each other, in columns.

use std::{ops::Range, sync::Arc};

use bytes::Bytes;

use crate::{
    clock::Date,
    geo::{Bbox, Geometry, QueryBox, write_geojson},
    http::encoding::KeptParts,
    layers::{Feature, search_text},
};

use super::Cursor;

/// Features of one stretch of the curve. Immutable; snapshots share it.
#[derive(Debug)]
pub(crate) struct Chunk {
    keys: Box<[Cursor]>,
    boxes: Box<[Bbox]>,
    /// Where each feature's GeoJSON starts in `json`, and one past the end.
    starts: Box<[u32]>,
    /// The features as GeoJSON, with a comma between them.
    json: Bytes,
    /// Geometries that are more than their box; empty for points.
    shapes: Box<[Option<Arc<Geometry>>]>,
    /// Days in force; empty when every feature is always in force.
    periods: Box<[Period]>,
    /// Folded text to search, and where each feature's starts.
    texts: Box<str>,
    text_starts: Box<[u32]>,
    bbox: Bbox,
    samples: u32,
    /// Compressed forms of `json`.
    pub(crate) kept: KeptParts,
}

/// The days on which a feature is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Period {
    pub(crate) valid_from: Option<Date>,
    pub(crate) retired_on: Option<Date>,
}

impl Period {
    /// The next day after `today` on which it begins or ends to be in force.
    pub(crate) fn next_change(self, today: Date) -> Option<Date> {
        [self.valid_from, self.retired_on].into_iter().flatten().filter(|day| *day > today).min()
    }

    /// Whether a day of the interval (both ends included, open where `None`) is in the period.
    pub(crate) fn meets(self, start: Option<Date>, end: Option<Date>) -> bool {
        let begins_in_time = match (self.valid_from, end) {
            (Some(from), Some(end)) => from <= end,
            _ => true,
        };
        let ends_late_enough = match (self.retired_on, start) {
            (Some(until), Some(start)) => start < until,
            _ => true,
        };
        begins_in_time && ends_late_enough
    }
}

impl Chunk {
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn bbox(&self) -> Bbox {
        self.bbox
    }

    pub(crate) fn samples(&self) -> u32 {
        self.samples
    }

    pub(crate) fn first(&self) -> Cursor {
        self.keys[0]
    }

    pub(crate) fn key(&self, index: usize) -> Cursor {
        self.keys[index]
    }

    pub(crate) fn feature_bbox(&self, index: usize) -> Bbox {
        self.boxes[index]
    }

    /// All features' GeoJSON, separated by commas.
    pub(crate) fn json(&self) -> &Bytes {
        &self.json
    }

    /// The GeoJSON of a run of features, separated by commas.
    pub(crate) fn run(&self, run: Range<usize>) -> Bytes {
        self.json.slice(self.starts[run.start] as usize..self.starts[run.end] as usize - 1)
    }

    pub(crate) fn period(&self, index: usize) -> Period {
        self.periods.get(index).copied().unwrap_or_default()
    }

    /// Whether the feature itself, not only its box, meets the box asked for.
    pub(crate) fn meets(&self, index: usize, asked: &QueryBox) -> bool {
        let bbox = self.boxes[index];
        asked.intersects(bbox)
            && (asked.contains(bbox)
                || self
                    .shapes
                    .get(index)
                    .and_then(Option::as_ref)
                    .is_none_or(|shape| asked.intersects_geometry(shape)))
    }

    pub(crate) fn shape(&self, index: usize) -> Option<&Geometry> {
        self.shapes.get(index).and_then(Option::as_deref)
    }

    /// Where in the chunk the feature with that key is.
    pub(crate) fn find(&self, key: Cursor) -> Option<usize> {
        self.keys.binary_search(&key).ok()
    }

    /// How many features come at or before `key`.
    pub(crate) fn rank_after(&self, key: Cursor) -> usize {
        self.keys.partition_point(|one| *one <= key)
    }

    /// The folded text of all features, and which feature a byte of it belongs to.
    pub(crate) fn texts(&self) -> &str {
        &self.texts
    }

    pub(crate) fn feature_at_text(&self, byte: usize) -> usize {
        self.text_starts.partition_point(|start| *start as usize <= byte).saturating_sub(1)
    }

    pub(crate) fn text(&self, index: usize) -> &str {
        let end = self.text_starts.get(index + 1).map_or(self.texts.len(), |end| *end as usize);
        &self.texts[self.text_starts[index] as usize..end]
    }
}

/// Puts features, in order, into a chunk.
#[derive(Debug, Default)]
pub(crate) struct ChunkBuilder {
    keys: Vec<Cursor>,
    boxes: Vec<Bbox>,
    starts: Vec<u32>,
    json: Vec<u8>,
    shapes: Vec<Option<Arc<Geometry>>>,
    periods: Vec<Period>,
    texts: String,
    text_starts: Vec<u32>,
    samples: u32,
}

impl ChunkBuilder {
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn json_len(&self) -> usize {
        self.json.len()
    }

    fn open(&mut self, key: Cursor, bbox: Bbox, period: Period) {
        self.keys.push(key);
        self.boxes.push(bbox);
        self.periods.push(period);
        self.starts.push(self.json.len() as u32);
        self.text_starts.push(self.texts.len() as u32);
    }

    /// Encodes and adds a feature.
    pub(crate) fn push(&mut self, feature: &Feature) {
        let key = Cursor { position: feature.position, id: feature.id };
        let bbox = Bbox::around(&feature.geometry).unwrap_or(Bbox::EMPTY);
        let period = Period { valid_from: feature.valid_from, retired_on: feature.retired_on };
        self.open(key, bbox, period);
        self.shapes.push(match feature.geometry {
            Geometry::Point(_) => None,
            ref shape => Some(Arc::new(shape.clone())),
        });
        self.json.extend_from_slice(b"{\"type\":\"Feature\",\"id\":\"");
        self.json.extend_from_slice(feature.id.as_str().as_bytes());
        self.json.extend_from_slice(b"\",\"geometry\":");
        write_geojson(&feature.geometry, &mut self.json);
        self.json.extend_from_slice(b",\"properties\":");
        // Maps with string keys always serialise.
        let _ = serde_json::to_writer(&mut self.json, &feature.properties);
        self.json.extend_from_slice(b"},");
        search_text::write_text(&feature.properties, &mut self.texts);
        self.samples += u32::from(feature.properties.get("sample") == Some(&true.into()));
    }

    /// Adds a feature of an older chunk as it is.
    pub(crate) fn copy(&mut self, chunk: &Chunk, index: usize) {
        self.open(chunk.keys[index], chunk.boxes[index], chunk.period(index));
        self.shapes.push(chunk.shapes.get(index).cloned().flatten());
        let json = &chunk.json[chunk.starts[index] as usize..chunk.starts[index + 1] as usize - 1];
        self.json.extend_from_slice(json);
        self.json.push(b',');
        self.texts.push_str(chunk.text(index));
        self.samples += u32::from(memchr::memmem::find(json, b"\"sample\":true").is_some());
    }

    /// The chunk, and a fresh start. `None` when nothing was added.
    pub(crate) fn finish(&mut self) -> Option<Chunk> {
        let mut built = std::mem::take(self);
        if built.keys.is_empty() {
            return None;
        }
        built.starts.push(built.json.len() as u32);
        built.json.pop();
        if built.shapes.iter().all(Option::is_none) {
            built.shapes = Vec::new();
        }
        if built.periods.iter().all(|period| *period == Period::default()) {
            built.periods = Vec::new();
        }
        Some(Chunk {
            bbox: built.boxes.iter().copied().fold(Bbox::EMPTY, Bbox::union),
            keys: built.keys.into(),
            boxes: built.boxes.into(),
            starts: built.starts.into(),
            json: built.json.into_boxed_slice().into(),
            shapes: built.shapes.into(),
            periods: built.periods.into(),
            texts: built.texts.into(),
            text_starts: built.text_starts.into(),
            samples: built.samples,
            kept: KeptParts::default(),
        })
    }
}
