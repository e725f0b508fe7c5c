//! The JSON of files that trainers import for others.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::visits::phone_file::ItemKind;

use super::{OwnerDocument, sent::ItemResult};

/// A file that a phone wrote of what it could not send, or a part of its items.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ImportPhoneFile {
    /// What it says that it is.
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    format: PhoneFileFormat,
    /// The version of the form.
    #[schema(minimum = 1, maximum = 1)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    version: u32,
    /// At most 500, of which at most 20 photos. Each is taken or refused by itself.
    #[schema(max_items = 500)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    items: Vec<PhoneItem>,
}

/// What a file says that it is.
#[derive(Debug, Deserialize, ToSchema)]
pub enum PhoneFileFormat {
    /// The unsent items of a phone.
    #[serde(rename = "machiaruki-outbox")]
    Outbox,
}

/// An item as a phone keeps it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PhoneItem {
    /// Its id: that of the visit, the addition, the observation or the photo.
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    id: String,
    /// What it is.
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    kind: ItemKind,
    /// The account whose it is.
    #[schema(format = "uuid")]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    owner: String,
    /// What the phone would send.
    #[schema(value_type = Object)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    body: serde_json::Value,
    /// Of an addition and a photo: the visit to which it belongs.
    #[schema(format = "uuid")]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    visit: Option<String>,
    /// Of a photo: its bytes in base64.
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    file: Option<String>,
}

/// What became of each item of a file, in the order of the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportResults {
    /// One for each.
    pub results: Vec<ImportResult>,
}

/// What became of an item of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportResult {
    /// What it is, if that can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ItemKind>,
    /// Whose it is, if they are known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerDocument>,
    /// What became of it.
    #[serde(flatten)]
    pub item: ItemResult,
}
