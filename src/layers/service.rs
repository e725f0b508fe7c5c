//! What the routes of the layers share.

use std::sync::Arc;

use bytes::Bytes;

use crate::http::{
    KeptBytes, Piece, Site,
    encoding::{Coding, Effort, Part},
};

use super::{Layers, Page, snapshot::Chunk};

/// The layers and the deployment's face.
#[derive(Clone)]
pub struct LayersService {
    /// The published snapshots.
    pub layers: Layers,
    /// Who serves them.
    pub site: Arc<Site>,
}

impl KeptBytes for Chunk {
    fn len(&self) -> usize {
        self.json().len()
    }

    fn write_to(&self, body: &mut Vec<Bytes>) {
        body.push(self.json().clone());
    }

    fn part(&self, coding: Coding) -> Part {
        self.kept.get_or(coding, || coding.compress(self.json(), Effort::Kept))
    }

    fn is_made(&self, coding: Coding) -> bool {
        self.kept.has(coding)
    }
}

/// A `FeatureCollection`: `opening` (ending in `"features":[`), the page's features, and `closing`
/// (beginning with `]`). Whole chunks, and the whole layer, keep their compressed forms.
pub(super) fn collection(opening: Vec<u8>, page: &Page, closing: &[u8]) -> Vec<Piece> {
    if let Some(whole) = &page.whole
        && whole.len() > SMALL
    {
        let closing = Bytes::copy_from_slice(closing);
        return vec![Piece::Fresh(opening.into()), Piece::Kept(whole.clone()), Piece::Fresh(closing)];
    }
    let mut pieces = Vec::new();
    let mut open = opening;
    for (index, run) in page.runs.iter().enumerate() {
        if index > 0 {
            open.push(b',');
        }
        if run.is_whole() && run.chunk.json().len() > SMALL {
            if !open.is_empty() {
                pieces.push(Piece::Fresh(std::mem::take(&mut open).into()));
            }
            pieces.push(Piece::Kept(run.chunk.clone()));
        } else {
            open.extend_from_slice(&run.chunk.run(run.range.clone()));
        }
    }
    open.extend_from_slice(closing);
    pieces.push(Piece::Fresh(open.into()));
    pieces
}

/// A whole chunk smaller than this is copied rather than sent apart.
const SMALL: usize = 4 * 1024;

impl Page {
    /// How many bytes its features have, without the commas between runs.
    pub(super) fn json_len(&self) -> usize {
        self.runs.iter().map(|run| run.chunk.run(run.range.clone()).len()).sum()
    }
}
