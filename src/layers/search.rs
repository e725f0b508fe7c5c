//! Search over names, readings, addresses and former names.

use std::sync::Arc;

use memchr::memmem;

use super::{
    PlaceId,
    search_text::{SEARCHED, best_match, fold},
    snapshot::{Chunk, Entry, Snapshot},
};

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The feature.
    pub id: PlaceId,
    /// The field that matched.
    pub field: &'static str,
    /// Its GeoJSON.
    pub json: bytes::Bytes,
    /// A point that stands for it.
    pub location: [f64; 2],
    /// The smaller, the better.
    pub rank: u32,
}

impl Snapshot {
    /// Features in force that match `query`, which may be several words that must all match. At most
    /// `limit`, the best first.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Found> {
        let words: Vec<String> = query.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
        let Some((first, others)) = words.split_first() else {
            return Vec::new();
        };
        let mut hits: Vec<(u32, u32, Arc<Chunk>, usize)> = Vec::new();
        let finder = memmem::Finder::new(first.as_bytes());
        for chunk in self.chunks() {
            let mut last = None;
            for at in finder.find_iter(chunk.texts().as_bytes()) {
                let index = chunk.feature_at_text(at);
                if last.replace(index) == Some(index) {
                    continue;
                }
                let text = chunk.text(index);
                if !others.iter().all(|word| text.contains(word.as_str())) {
                    continue;
                }
                let (rank, field) = best_match(text, first);
                hits.push((rank, field as u32, chunk.clone(), index));
            }
            // Bounds what a single letter costs in a layer of a million.
            if hits.len() > 20 * limit.max(50) {
                hits.sort_by_key(|hit| hit.0);
                hits.truncate(limit);
            }
        }
        hits.sort_by_key(|hit| hit.0);
        hits.truncate(limit);
        hits.into_iter()
            .map(|(rank, field, chunk, index)| {
                let entry = Entry::new(chunk, index);
                Found {
                    id: entry.id(),
                    field: SEARCHED[field as usize],
                    json: entry.json(),
                    location: entry.point(),
                    rank,
                }
            })
            .collect()
    }
}
