//! Editing places by hand: what editors say is kept apart from what files say, so that an import destroys
//! nothing of it, and every change can be undone.

mod check;
mod confirm;
mod history;
mod list;
mod model;
mod reach;
mod service;

pub use check::{Wrong, is_far};
pub use confirm::{Confirmed, confirm, unconfirm};
pub use history::{HistoryItem, history};
pub use list::{ListItem, PlaceQuery, list};
pub use model::{Difference, EDITABLE, Former, Override, Patch, can_edit, can_hide, from_geojson, geojson};
pub use reach::Stewards;
pub use service::{Author, Change, EditError, Edited, NewPlace, PlaceDataset, PlaceView, create, edit, view};
