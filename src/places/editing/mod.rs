//! Editing places by hand: what editors say is kept apart from what files say, so that an import destroys
//! nothing of it, and every change can be undone.

mod check;
mod model;
mod reach;
mod service;

pub use check::{Wrong, is_far};
pub use model::{Difference, EDITABLE, Former, Override, Patch, can_edit, can_hide, from_geojson, geojson};
pub use reach::Stewards;
pub use service::{
    Author, Change, Confirmed, EditError, Edited, HistoryItem, ListItem, NewPlace, PlaceDataset, PlaceQuery,
    PlaceView, confirm, create, edit, history, list, unconfirm, view,
};
