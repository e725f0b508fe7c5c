//! The file that a phone writes of what it could not send (`static/src/outbox/export.ts`).
//!
//! Anybody can write such a file: every item is read by itself, and none is believed because of where it came from.

use std::collections::HashMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    photo::{self, Photo},
};

use super::{
    envelope::{items, members},
    model::{Refusal, RefusalCode as Code, SentAddition, SentObservation, SentVisit, VisitId, VisitPhotoId},
};

/// What the file says that it is.
const FORMAT: &str = "machiaruki-outbox";
/// The version that is read here.
const VERSION: i64 = 1;

/// A file taken apart: its items as they stand.
#[derive(Debug, PartialEq, Eq)]
pub struct PhoneFile<'a> {
    /// The items.
    pub items: Vec<&'a [u8]>,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    /// It is no JSON object with a list of items.
    #[error("it is no object with items")]
    Unreadable,
    /// It is something else.
    #[error("it is no file of a phone")]
    OtherFormat,
    /// A newer app wrote it.
    #[error("it is of another version")]
    OtherVersion,
}

impl<'a> PhoneFile<'a> {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When it is none, or of another version.
    pub fn read(bytes: &'a [u8]) -> Result<Self, BadFile> {
        // Editors on Windows put it there.
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let found = unique(bytes).ok_or(BadFile::Unreadable)?;
        let says = |name: &str| found.get(name).and_then(|value| serde_json::from_slice(value).ok());
        if says("format").and_then(|value: serde_json::Value| Some(value.as_str()? == FORMAT)) != Some(true) {
            return Err(BadFile::OtherFormat);
        }
        if says("version").and_then(|value| value.as_i64()) != Some(VERSION) {
            return Err(BadFile::OtherVersion);
        }
        let list = found.get("items").ok_or(BadFile::Unreadable)?;
        Ok(Self { items: items(list).map_err(|_| BadFile::Unreadable)? })
    }
}

/// The members of an object in which no name stands twice.
fn unique(bytes: &[u8]) -> Option<HashMap<String, &[u8]>> {
    let list = members(bytes).ok()?;
    let count = list.len();
    let found: HashMap<_, _> = list.into_iter().collect();
    (found.len() == count).then_some(found)
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PhoneItemKind)]
pub enum ItemKind {
    /// A visit.
    Visit,
    /// Something added to a visit.
    Addition,
    /// An observation.
    Observation,
    /// A photo of a visit.
    Photo,
}

impl ItemKind {
    /// The kind that an item names, even when it cannot be read as a whole: for limits and answers.
    #[must_use]
    pub fn of(item: &[u8]) -> Option<Self> {
        let members = members(item).ok()?;
        let (_, value) = members.into_iter().find(|(name, _)| name == "kind")?;
        serde_json::from_slice(value).ok()
    }
}

/// An item of a file that can be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct FileItem {
    /// Whose it says that it is.
    pub owner: AccountId,
    /// What it holds.
    pub content: Content,
}

/// What an item of a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A visit.
    Visit(SentVisit),
    /// Something added to a visit.
    Addition(VisitId, SentAddition),
    /// An observation.
    Observation(SentObservation),
    /// A photo.
    Photo(FilePhoto),
}

/// A photo of a file, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePhoto {
    /// The visit that names it.
    pub visit: VisitId,
    /// Its id.
    pub id: VisitPhotoId,
    /// SHA-256 of the bytes that the phone would send.
    pub digest: [u8; 32],
    /// Their number.
    pub total: i64,
    /// The picture alone.
    pub photo: Photo,
}

impl FileItem {
    /// Reads an item. A photo is decoded: that takes up to a second, so not on a thread that answers others.
    ///
    /// # Errors
    /// When it cannot be meant; whose it is and to what it belongs is looked up by whoever stores it.
    pub fn read(item: &[u8], now: Timestamp) -> Result<Self, Refusal> {
        let list = members(item).map_err(|_| Refusal::from(Code::Malformed))?;
        let count = list.len();
        let found: HashMap<_, _> = list.into_iter().collect();
        if found.len() != count {
            return Err(Code::DuplicateKey.into());
        }
        let text = |name: &str| -> Result<String, Refusal> {
            let value = found.get(name).ok_or_else(|| Refusal::of(Code::Malformed, name))?;
            serde_json::from_slice(value).map_err(|_| Refusal::of(Code::Malformed, name))
        };
        let body = || found.get("body").copied().ok_or_else(|| Refusal::of(Code::Malformed, "body"));
        let kind = ItemKind::of(item).ok_or_else(|| Refusal::of(Code::UnknownKind, "kind"))?;
        let owner = text("owner")?.parse().map_err(|_| Refusal::of(Code::Malformed, "owner"))?;
        let id = text("id")?;
        // The item is told by its own id, and what is stored by that of its body.
        let same = |of: String| if of == id { Ok(()) } else { Err(Refusal::of(Code::BadId, "id")) };
        let visit = || text("visit")?.parse().map_err(|_| Refusal::of(Code::Malformed, "visit"));
        let content = match kind {
            ItemKind::Visit => {
                let sent = SentVisit::read(body()?, now)?;
                same(sent.id.to_string())?;
                Content::Visit(sent)
            }
            ItemKind::Addition => {
                let sent = SentAddition::read(body()?, now)?;
                same(sent.id.to_string())?;
                Content::Addition(visit()?, sent)
            }
            ItemKind::Observation => {
                let sent = SentObservation::read(body()?, now)?;
                same(sent.id.to_string())?;
                Content::Observation(sent)
            }
            ItemKind::Photo => {
                let bad = || Refusal::of(Code::BadPhoto, "file");
                let visit = visit()?;
                let photo_id = id.parse().map_err(|_| Refusal::of(Code::BadId, "id"))?;
                let file = BASE64_STANDARD.decode(text("file").map_err(|_| bad())?).map_err(|_| bad())?;
                let photo = photo::prepare(&file).map_err(|_| bad())?;
                let (digest, total) = (Sha256::digest(&file).into(), file.len() as i64);
                Content::Photo(FilePhoto { visit, id: photo_id, digest, total, photo })
            }
        };
        Ok(Self { owner, content })
    }
}
