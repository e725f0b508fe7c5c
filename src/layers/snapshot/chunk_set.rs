//! An ordered set of features in chunks: shared between snapshots, changed by rebuilding chunks.

use std::sync::Arc;

use bytes::Bytes;

use crate::{
    geo::{Bbox, QueryBox},
    http::{
        KeptBytes,
        encoding::{Coding, KeptParts, Part},
    },
    layers::{Feature, PlaceId},
};

use super::{
    Cursor,
    chunk::{Chunk, ChunkBuilder},
};

/// How many features a chunk is built with. Small enough that an edit rebuilds little and a small box
/// looks at few features in vain, large enough that a million features have few chunks.
const TARGET: usize = 256;
/// A chunk that grows beyond this many features is built anew as several.
const MOST: usize = 2 * TARGET;
/// A chunk that shrinks below this many takes its neighbour in.
const FEWEST: usize = TARGET / 4;
/// A chunk of large polygons is closed early, so that an edit copies little.
const JSON_TARGET: usize = 512 * 1024;

/// Features in the order of their cursors.
#[derive(Clone, Debug, Default)]
pub(crate) struct ChunkSet {
    list: Arc<ChunkList>,
    ids: IdIndex,
    len: usize,
}

/// The chunks, in order, and the compressed forms of all of them together.
#[derive(Debug, Default)]
pub(crate) struct ChunkList {
    chunks: Vec<Arc<Chunk>>,
    /// The boxes of the chunks, side by side: a question reads them all.
    boxes: Vec<Bbox>,
    /// The boxes of every [`BLOCK`] chunks, so that of a million features it need not.
    blocks: Vec<Bbox>,
    kept: KeptParts,
}

/// Chunks per block.
const BLOCK: usize = 64;

/// A list longer than this is put together for each response rather than kept twice.
const LONGEST_KEPT: usize = 16 * 1024 * 1024;

impl ChunkList {
    fn of(chunks: Vec<Arc<Chunk>>) -> Arc<Self> {
        let boxes: Vec<Bbox> = chunks.iter().map(|chunk| chunk.bbox()).collect();
        let around = |boxes: &[Bbox]| boxes.iter().copied().fold(Bbox::EMPTY, Bbox::union);
        let blocks = boxes.chunks(BLOCK).map(around).collect();
        Arc::new(Self { chunks, boxes, blocks, kept: KeptParts::default() })
    }

    /// The chunks whose boxes meet the one asked for, with whether they lie wholly inside; all of them when
    /// none is asked for.
    pub(crate) fn meeting(&self, asked: Option<QueryBox>) -> impl Iterator<Item = (&Arc<Chunk>, bool)> {
        let may = move |bbox: Bbox| asked.is_none_or(|asked| asked.intersects(bbox));
        self.blocks
            .iter()
            .enumerate()
            .filter(move |(_, block)| may(**block))
            .flat_map(|(block, _)| block * BLOCK..((block + 1) * BLOCK).min(self.chunks.len()))
            .filter(move |chunk| may(self.boxes[*chunk]))
            .map(move |chunk| {
                let inside = asked.is_none_or(|asked| asked.contains(self.boxes[chunk]));
                (&self.chunks[chunk], inside)
            })
    }
}

impl KeptBytes for ChunkList {
    fn len(&self) -> usize {
        let commas = self.chunks.len().saturating_sub(1);
        self.chunks.iter().map(|chunk| chunk.json().len()).sum::<usize>() + commas
    }

    fn write_to(&self, body: &mut Vec<Bytes>) {
        for (index, chunk) in self.chunks.iter().enumerate() {
            if index > 0 {
                body.push(Bytes::from_static(b","));
            }
            body.push(chunk.json().clone());
        }
    }

    fn part(&self, coding: Coding) -> Part {
        let join = || {
            let comma = coding.store(b",");
            let mut parts = Vec::with_capacity(2 * self.chunks.len());
            for chunk in &self.chunks {
                if !parts.is_empty() {
                    parts.push(comma.clone());
                }
                parts.push(chunk.part(coding));
            }
            coding.join(&parts)
        };
        if self.len() > LONGEST_KEPT { join() } else { self.kept.get_or(coding, join) }
    }

    fn is_made(&self, coding: Coding) -> bool {
        self.kept.has(coding)
    }
}

/// Builds a set from features that arrive in order.
#[derive(Debug, Default)]
pub(crate) struct ChunkSetBuilder {
    chunks: Vec<Arc<Chunk>>,
    len: usize,
    open: ChunkBuilder,
    ids: Vec<(u64, i64)>,
}

impl ChunkSetBuilder {
    pub(crate) fn push(&mut self, feature: &Feature) {
        self.open.push(feature);
        self.ids.push((feature.id.spread(), feature.position));
        if self.open.len() >= TARGET || self.open.json_len() >= JSON_TARGET {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(chunk) = self.open.finish() {
            self.len += chunk.len();
            self.chunks.push(Arc::new(chunk));
        }
    }

    pub(crate) fn finish(mut self) -> ChunkSet {
        self.close();
        self.chunks.shrink_to_fit();
        ChunkSet { list: ChunkList::of(self.chunks), ids: IdIndex::build(self.ids), len: self.len }
    }
}

impl ChunkSet {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn chunks(&self) -> &[Arc<Chunk>] {
        &self.list.chunks
    }

    /// All chunks as one content.
    pub(crate) fn list(&self) -> &Arc<ChunkList> {
        &self.list
    }

    pub(crate) fn bbox(&self) -> Option<Bbox> {
        let bbox = self.list.blocks.iter().copied().fold(Bbox::EMPTY, Bbox::union);
        (!bbox.is_empty()).then_some(bbox)
    }

    pub(crate) fn samples(&self) -> usize {
        self.chunks().iter().map(|chunk| chunk.samples() as usize).sum()
    }

    /// The chunk in which a feature with that key is, or would be.
    fn chunk_of(&self, key: Cursor) -> usize {
        self.chunks().partition_point(|chunk| chunk.first() <= key).saturating_sub(1)
    }

    pub(crate) fn find(&self, id: PlaceId) -> Option<(&Arc<Chunk>, usize)> {
        self.ids.positions(id).find_map(|position| {
            let key = Cursor { position, id };
            let chunk = self.chunks().get(self.chunk_of(key))?;
            chunk.find(key).map(|index| (chunk, index))
        })
    }

    /// The set with features replaced or added (`Some`) and removed (`None`). `changes` are in the
    /// order of their cursors, each once. Chunks that no change touches are shared with this set.
    pub(crate) fn changed(&self, changes: &[(Cursor, Option<&Feature>)]) -> Self {
        let mut chunks = Vec::with_capacity(self.chunks().len() + 1);
        let mut added = Vec::new();
        let mut removed = Vec::new();
        let mut rest = changes;
        let mut open = ChunkBuilder::default();
        let close = |open: &mut ChunkBuilder, chunks: &mut Vec<Arc<Chunk>>| {
            chunks.extend(open.finish().map(Arc::new));
        };
        for (index, chunk) in self.chunks().iter().enumerate() {
            let upto = match self.chunks().get(index + 1) {
                Some(next) => rest.partition_point(|(key, _)| *key < next.first()),
                None => rest.len(),
            };
            let (mine, later) = rest.split_at(upto);
            rest = later;
            if mine.is_empty() {
                // A chunk that became too small takes this one in.
                if open.len() > 0 && open.len() < FEWEST && chunk.len() < MOST {
                    for old in 0..chunk.len() {
                        open.copy(chunk, old);
                    }
                } else {
                    close(&mut open, &mut chunks);
                    chunks.push(chunk.clone());
                    continue;
                }
            } else {
                if open.len() >= FEWEST {
                    close(&mut open, &mut chunks);
                }
                let pieces = (chunk.len() + mine.len()).div_ceil(MOST).max(1);
                let target = (chunk.len() + mine.len()).div_ceil(pieces) + FEWEST;
                merge(chunk, mine, |one| {
                    match one {
                        Merged::Old(old) => open.copy(chunk, old),
                        Merged::Changed(feature) => open.push(feature),
                        Merged::Added(feature) => {
                            added.push((feature.id.spread(), feature.position));
                            open.push(feature);
                        }
                        Merged::Removed(key) => removed.push((key.id.spread(), key.position)),
                    }
                    if open.len() >= target || open.json_len() >= JSON_TARGET {
                        close(&mut open, &mut chunks);
                    }
                });
            }
            if open.len() >= FEWEST {
                close(&mut open, &mut chunks);
            }
        }
        if self.chunks().is_empty() {
            for feature in rest.iter().filter_map(|(_, feature)| *feature) {
                added.push((feature.id.spread(), feature.position));
                open.push(feature);
                if open.len() >= TARGET || open.json_len() >= JSON_TARGET {
                    close(&mut open, &mut chunks);
                }
            }
        }
        close(&mut open, &mut chunks);
        Self {
            len: self.len + added.len() - removed.len(),
            ids: self.ids.changed(&added, &removed),
            list: ChunkList::of(chunks),
        }
    }
}

enum Merged<'a> {
    Old(usize),
    Changed(&'a Feature),
    Added(&'a Feature),
    Removed(Cursor),
}

/// Walks an old chunk and its changes in the order of their keys.
fn merge<'a>(chunk: &Chunk, changes: &[(Cursor, Option<&'a Feature>)], mut emit: impl FnMut(Merged<'a>)) {
    let mut old = 0;
    for (key, feature) in changes {
        while old < chunk.len() && chunk.key(old) < *key {
            emit(Merged::Old(old));
            old += 1;
        }
        let known = old < chunk.len() && chunk.key(old) == *key;
        if known {
            old += 1;
        }
        match (known, feature) {
            (true, Some(feature)) => emit(Merged::Changed(feature)),
            (false, Some(feature)) => emit(Merged::Added(feature)),
            (true, None) => emit(Merged::Removed(*key)),
            (false, None) => {}
        }
    }
    for index in old..chunk.len() {
        emit(Merged::Old(index));
    }
}

/// From an id to its place in the order: sorted shards, of which an edit copies few.
#[derive(Clone, Debug, Default)]
struct IdIndex {
    shards: Vec<Arc<[(u64, i64)]>>,
}

const SHARDS: usize = 256;

impl IdIndex {
    fn shard(spread: u64) -> usize {
        (spread % SHARDS as u64) as usize
    }

    fn build(entries: Vec<(u64, i64)>) -> Self {
        if entries.is_empty() {
            return Self::default();
        }
        let mut shards = vec![Vec::new(); SHARDS];
        for entry in entries {
            shards[Self::shard(entry.0)].push(entry);
        }
        let sorted = |mut shard: Vec<(u64, i64)>| {
            shard.sort_unstable();
            Arc::from(shard)
        };
        Self { shards: shards.into_iter().map(sorted).collect() }
    }

    fn positions(&self, id: PlaceId) -> impl Iterator<Item = i64> + '_ {
        let spread = id.spread();
        let shard: &[(u64, i64)] = self.shards.get(Self::shard(spread)).map_or(&[], |shard| shard);
        let start = shard.partition_point(|entry| entry.0 < spread);
        shard[start..].iter().take_while(move |entry| entry.0 == spread).map(|entry| entry.1)
    }

    fn changed(&self, added: &[(u64, i64)], removed: &[(u64, i64)]) -> Self {
        if self.shards.is_empty() {
            return Self::build(added.to_vec());
        }
        let mut shards = self.shards.clone();
        let mut touched: Vec<usize> = added.iter().chain(removed).map(|entry| Self::shard(entry.0)).collect();
        touched.sort_unstable();
        touched.dedup();
        for index in touched {
            let gone: Vec<_> = removed.iter().filter(|entry| Self::shard(entry.0) == index).collect();
            let mut shard: Vec<(u64, i64)> =
                shards[index].iter().filter(|entry| !gone.contains(entry)).copied().collect();
            shard.extend(added.iter().filter(|entry| Self::shard(entry.0) == index));
            shard.sort_unstable();
            shards[index] = shard.into();
        }
        Self { shards }
    }
}
