//! Questions to a snapshot.

use std::{ops::Range, sync::Arc};

use memchr::memmem::Finder;

use crate::{
    catalogue::{Field, FieldKind},
    clock::Date,
    geo::QueryBox,
};

use super::{
    Cursor, Snapshot,
    chunk::Chunk,
    chunk_set::{ChunkList, ChunkSet},
};

/// Which features are asked for, and how many.
#[derive(Clone, Debug)]
pub struct Query {
    /// Only features that share a point with this box.
    pub bbox: Option<QueryBox>,
    /// In force when.
    pub when: When,
    /// Only features with all these properties.
    pub filters: Vec<Filter>,
    /// Only features after this one.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: usize,
}

/// When a feature is to be in force.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum When {
    /// On the snapshot's day.
    #[default]
    Now,
    /// On some day of the interval, both ends included; open where `None`.
    Between(Option<Date>, Option<Date>),
}

/// A property that must have a value. A list must have it among its items.
#[derive(Clone, Debug)]
pub struct Filter {
    kind: FilterKind,
}

#[derive(Clone, Debug)]
enum FilterKind {
    /// The bytes that the feature's JSON must hold, and whether a number could go on after them.
    Bytes { finder: Box<Finder<'static>>, number: bool },
    /// A list's opening and one item as JSON.
    Item { opening: Box<Finder<'static>>, item: Vec<u8> },
    /// No value of the field can be that.
    Never,
}

impl Filter {
    /// Features whose `field` is `value`, written as in a URL.
    ///
    /// A filter looks for bytes: a feature's JSON holds `"kind":"pta"` exactly when its kind is so,
    /// because a quotation mark inside a JSON string is always escaped and only the catalogue's
    /// names are keys.
    #[must_use]
    pub fn new(field: &Field, value: &str) -> Self {
        let text = || serde_json::Value::from(value).to_string();
        let json = match field.kind {
            FieldKind::Text | FieldKind::Date | FieldKind::Url | FieldKind::Choice(_) => Some(text()),
            FieldKind::Flag => matches!(value, "true" | "false").then(|| value.to_owned()),
            FieldKind::Integer => value.parse::<i64>().ok().map(|number| number.to_string()),
            FieldKind::Number => {
                value.parse::<f64>().ok().map(|number| serde_json::Value::from(number).to_string())
            }
            FieldKind::List => {
                let opening = format!("\"{}\":[", field.name);
                return Self {
                    kind: FilterKind::Item {
                        opening: Box::new(Finder::new(opening.as_bytes()).into_owned()),
                        item: text().into_bytes(),
                    },
                };
            }
        };
        let kind = match json {
            None => FilterKind::Never,
            Some(json) => {
                let bytes = format!("\"{}\":{json}", field.name);
                FilterKind::Bytes {
                    finder: Box::new(Finder::new(bytes.as_bytes()).into_owned()),
                    number: matches!(field.kind, FieldKind::Integer | FieldKind::Number),
                }
            }
        };
        Self { kind }
    }

    fn accepts(&self, json: &[u8]) -> bool {
        match &self.kind {
            FilterKind::Never => false,
            FilterKind::Bytes { finder, number } => finder.find(json).is_some_and(|at| {
                let next = json.get(at + finder.needle().len());
                !number || matches!(next, Some(b',' | b'}'))
            }),
            FilterKind::Item { opening, item } => {
                opening.find(json).is_some_and(|at| has_item(&json[at + opening.needle().len()..], item))
            }
        }
    }
}

/// Whether a list of JSON strings, whose opening bracket has been read, holds `item`.
fn has_item(mut list: &[u8], item: &[u8]) -> bool {
    while list.first() == Some(&b'"') {
        let mut end = 1;
        while end < list.len() && list[end] != b'"' {
            end += if list[end] == b'\\' { 2 } else { 1 };
        }
        if list.get(..=end) == Some(item) {
            return true;
        }
        list = list.get(end + 1..).unwrap_or_default();
        if list.first() != Some(&b',') {
            return false;
        }
        list = &list[1..];
    }
    false
}

/// Neighbouring features of one chunk.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) chunk: Arc<Chunk>,
    pub(crate) range: Range<usize>,
}

impl Run {
    /// Whether it is the whole chunk, whose compressed forms are kept.
    pub(crate) fn is_whole(&self) -> bool {
        self.range.len() == self.chunk.len()
    }

    fn key(&self) -> Cursor {
        self.chunk.key(self.range.start)
    }
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The features, in the order of their cursors.
    pub(crate) runs: Vec<Run>,
    /// How many features are on the page.
    pub returned: usize,
    /// How many match the whole query, on whichever page.
    pub matched: usize,
    /// The last feature of the page, when more follow.
    pub next: Option<Cursor>,
    /// All chunks together, when the page is the whole layer.
    pub(crate) whole: Option<Arc<ChunkList>>,
}

impl Page {
    /// Each feature's GeoJSON.
    pub fn features(&self) -> impl Iterator<Item = bytes::Bytes> + '_ {
        self.runs.iter().flat_map(|run| run.range.clone().map(|index| run.chunk.run(index..index + 1)))
    }

    fn push(&mut self, chunk: &Arc<Chunk>, range: Range<usize>) {
        self.returned += range.len();
        if let Some(last) = self.runs.last_mut()
            && Arc::ptr_eq(&last.chunk, chunk)
            && last.range.end == range.start
        {
            last.range.end = range.end;
        } else {
            self.runs.push(Run { chunk: chunk.clone(), range });
        }
    }

    fn last(&self) -> Option<Cursor> {
        self.runs.last().map(|run| run.chunk.key(run.range.end - 1))
    }
}

impl Snapshot {
    /// Answers a query. Answers about boxes are exact in 64-bit floats, for areas and lines too.
    #[must_use]
    pub fn query(&self, query: &Query) -> Page {
        match query.when {
            When::Now => scan(&self.current, query),
            // What is in force now and what is not are kept apart; an interval may want both.
            When::Between(..) => join(&scan(&self.current, query), &scan(&self.other, query), query.limit),
        }
    }
}

fn scan(set: &ChunkSet, query: &Query) -> Page {
    let mut page = Page::default();
    let narrow = !query.filters.is_empty() || query.when != When::Now;
    let mut more = false;
    for (chunk, inside) in set.list().meeting(query.bbox) {
        // How many features of this chunk come before the page.
        let skip = match query.after {
            Some(after) if after >= chunk.first() => chunk.rank_after(after),
            _ => 0,
        };
        if inside && !narrow {
            page.matched += chunk.len();
            let taken = (chunk.len() - skip).min(query.limit - page.returned);
            if taken > 0 {
                page.push(chunk, skip..skip + taken);
            }
            more |= skip + taken < chunk.len();
            continue;
        }
        for index in 0..chunk.len() {
            if !accepts(chunk, index, query, inside) {
                continue;
            }
            page.matched += 1;
            if index < skip {
                continue;
            }
            if page.returned < query.limit {
                page.push(chunk, index..index + 1);
            } else {
                more = true;
            }
        }
    }
    page.next = page.last().filter(|_| more);
    page.whole = (page.returned > 0 && page.returned == set.len()).then(|| set.list().clone());
    page
}

fn accepts(chunk: &Chunk, index: usize, query: &Query, inside: bool) -> bool {
    if !inside && !query.bbox.is_none_or(|asked| chunk.meets(index, &asked)) {
        return false;
    }
    if let When::Between(start, end) = query.when
        && !chunk.period(index).meets(start, end)
    {
        return false;
    }
    query.filters.is_empty() || {
        let json = chunk.run(index..index + 1);
        query.filters.iter().all(|filter| filter.accepts(&json))
    }
}

/// One page out of two, in order.
fn join(a: &Page, b: &Page, limit: usize) -> Page {
    let more = a.next.is_some() || b.next.is_some() || a.returned + b.returned > limit;
    let mut singles: Vec<Run> = a
        .runs
        .iter()
        .chain(&b.runs)
        .flat_map(|run| {
            run.range.clone().map(|index| Run { chunk: run.chunk.clone(), range: index..index + 1 })
        })
        .collect();
    singles.sort_by_key(Run::key);
    singles.truncate(limit);
    let mut page = Page { matched: a.matched + b.matched, ..Page::default() };
    for run in singles {
        page.push(&run.chunk, run.range);
    }
    page.next = page.last().filter(|_| more);
    page
}
