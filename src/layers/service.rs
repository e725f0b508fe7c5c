//! What the routes of the layers share.

use std::sync::Arc;

use bytes::Bytes;

use crate::http::{KeptBytes, Piece, Site, encoding::KeptParts};

use super::{
    Layers, Page,
    snapshot::{Chunk, Run},
};

/// The layers and the deployment's face.
#[derive(Clone)]
pub struct LayersService {
    /// The published snapshots.
    pub layers: Layers,
    /// Who serves them.
    pub site: Arc<Site>,
}

impl KeptBytes for Chunk {
    fn bytes(&self) -> &Bytes {
        self.json()
    }

    fn kept(&self) -> &KeptParts {
        &self.kept
    }
}

/// A `FeatureCollection`: `opening` (ending in `"features":[`), the features, and `closing` (beginning
/// with `]`). Whole chunks keep their compressed forms.
pub(super) fn collection(opening: Vec<u8>, runs: &[Run], closing: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open = opening;
    for (index, run) in runs.iter().enumerate() {
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
